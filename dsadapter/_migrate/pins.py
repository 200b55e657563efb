"""What a project declares: versions of openai that only 0.28 has, and for dsadapter all of them."""

from __future__ import annotations

import os
import re
from typing import List

from .._source import declarations
from .._texts.migrate import HASHES, LOCK_FILE
from .._texts.text import untranslated
from .analysis import Options
from .requirement_texts import NAMED, RANGES, is_wanted, requirement
from .source_file import Left, Rewritten, read

LOCKS = frozenset({"uv.lock", "poetry.lock", "pipfile.lock"})
_TABLE = re.compile(r"""^(\s*)(["']?)openai\2(\s*=\s*)(\{.*?version\s*=\s*)?(["'])[^"']+\5""", re.I)


def rewrite_file(path: str, options: Options) -> Rewritten:
    """A file that declares requirements. Raises Left."""
    before = read(path)
    if b"openai" not in before.lower():
        return Rewritten(path, before, before, "", "", {}, ())
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError as err:
        raise Left(untranslated(str(err))) from err
    new_text = rewrite_text(path, text, options)
    applied = {"pin": len(_old_lines(path, text, options))} if new_text != text else {}
    return Rewritten(path, before, new_text.encode("utf-8"), text, new_text, applied, ())


def rewrite_text(path: str, text: str, options: Options) -> str:
    """The text of such a file; its name tells the format. Raises Left."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    numbers = _old_lines(path, text, options)
    if numbers and os.path.basename(path).lower() in LOCKS:
        raise Left(LOCK_FILE)
    for number in numbers:
        lines[number - 1] = _rewritten(lines[number - 1], options)
    return "".join(lines)


def _old_lines(path: str, text: str, options: Options) -> List[int]:
    rows = declarations.read(path, text)
    return [row.line for row in rows if is_wanted(row, options)]


def _rewritten(line: str, options: Options) -> str:
    if "--hash" in line or line.rstrip().endswith("\\"):
        raise Left(HASHES)
    table = _TABLE.match(line)
    if table:
        indent, quote, equals, opening, mark = table.groups()
        is_ours = options.to == "dsadapter"
        name, value = ("dsadapter", "*") if is_ours else ("openai", RANGES[options.target])
        start = f"{indent}{quote}{name}{quote}{equals}{opening or ''}"
        return f"{start}{mark}{value}{mark}{line[table.end() :]}"
    return NAMED.sub(requirement(options), line, count=1)
