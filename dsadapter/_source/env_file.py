"""A reader of .env files that says where what stands. The grammar is python-dotenv's own: where
that cannot be imported, nothing is read, neither here nor by dsadapter.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from importlib import import_module
from typing import Any, Dict, Iterator, List, NamedTuple, Optional

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Binding(NamedTuple):
    """One statement. ``name`` is "" for a line that cannot be read."""

    name: str
    value: Optional[str]
    line: int


@lru_cache(maxsize=None)
def _parser() -> Any:
    """python-dotenv's parser, imported by name: no stranger that a checker should read; None where
    it cannot be."""
    try:
        return import_module("dotenv.parser").parse_stream
    except (Exception, SystemExit):  # whatever a broken one raises
        return None


def available() -> bool:
    """Whether .env files can be read."""
    return _parser() is not None


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
