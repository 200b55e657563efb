"""A reader of .env files that says where what stands. The grammar is python-dotenv's own: where
that is not installed, nothing is read, neither here nor by dsadapter.
"""

from __future__ import annotations

import io
import os
import re
from functools import lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from typing import Any, Dict, Iterator, List, NamedTuple, Optional

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Binding(NamedTuple):
    """One statement. ``name`` is "" for a line that cannot be read."""

    name: str
    value: Optional[str]
    line: int


@lru_cache(maxsize=None)
def _parser() -> Any:
    """python-dotenv's parser, None where there is none. It is loaded alone: what lies around it may
    be broken, and takes ten times as long."""
    try:
        found = find_spec("dotenv")
        folders = found.submodule_search_locations if found else None
        file = os.path.join(next(iter(folders or ())), "parser.py")
        spec: Any = spec_from_file_location("dotenv_parser", file)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.parse_stream
    except (Exception, SystemExit):  # whatever a broken one raises
        return None


def available() -> bool:
    """Whether .env files can be read."""
    return _parser() is not None


def forget() -> None:
    """Look for python-dotenv anew: an installation has changed."""
    _parser.cache_clear()


def statements(text: str) -> Iterator[Binding]:
    """Every assignment and every line that is none, comments and blanks left out; nothing where
    python-dotenv cannot be imported."""
    parse = _parser() if text.strip() else None
    for row in parse(io.StringIO(text)) if parse is not None else ():
        if row.error or row.key:
            written = row.original.string
            blank = written[: len(written) - len(written.lstrip())]
            line = row.original.line + len(_NEWLINE.findall(blank))
            yield Binding("" if row.error else row.key, row.value, line)


def values(text: str) -> Dict[str, Optional[str]]:
    """Name to value; ``${OTHER}`` in one stays as it is."""
    result: Dict[str, Optional[str]] = {}
    for row in statements(text):
        result[row.name] = row.value
    result.pop("", None)
    return result


def encoding_of(raw: bytes) -> str:
    """How the file was saved, as ``dotenv_file.decode`` reads it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:200]:
        return "utf-16"
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gbk"
    return "utf-8"


def lines_of(text: str) -> Dict[str, int]:
    """Name to the line of the assignment that counts, the last."""
    return {row.name: row.line for row in statements(text) if row.name}


def bad_lines(text: str) -> List[int]:
    """Lines without effect: unreadable ones, and words without ``=``."""
    return [row.line for row in statements(text) if not row.name or row.value is None]
