"""What a project declares: versions of openai that only 0.28 has, and for dsadapter all of them."""

from __future__ import annotations

import os
import re
from typing import List

from .._source import declarations, versions
from .._texts.migrate import HASHES, LOCK_FILE
from .._texts.text import untranslated
from .analysis import Options
from .source_file import Left, Rewritten, read

RANGES = {1: ">=1.55.3,<2", 2: ">=2,<3", 3: ">=3"}
NEWER = ("1.109.1", "2.54.0", "3.57.0")  # one of each generation
LOCKS = frozenset({"uv.lock", "poetry.lock", "pipfile.lock"})
_CLAUSES = r"(?:\s*(?:===|~=|==|!=|<=|>=|<|>|=)\s*[^\s,;#\"'<>=!~]+\s*,?)"
_NAMED = re.compile(rf"(?<![\w.-])openai(?![\w.-])(?:\[[^\]]*\])?{_CLAUSES}*(?<![\s,])", re.I)
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
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    numbers = _old_lines(path, text, options)
    if numbers and os.path.basename(path).lower() in LOCKS:
        raise Left(LOCK_FILE)
    for number in numbers:
        lines[number - 1] = _rewritten(lines[number - 1], options)
    new_text = "".join(lines)
    applied = {"pin": len(numbers)} if new_text != text else {}
    return Rewritten(path, before, new_text.encode("utf-8"), text, new_text, applied, ())


def _old_lines(path: str, text: str, options: Options) -> List[int]:
    rows = [row for row in declarations.read(path, text) if row.name == "openai"]
    if options.to == "dsadapter":
        return [row.line for row in rows]
    return [row.line for row in rows if _is_old(row.specifier)]


def _is_old(specifier: str) -> bool:
    """Whether no newer SDK satisfies it. Where nothing compares versions, it is left."""
    try:
        return bool(specifier) and not any(versions.contains(specifier, v) for v in NEWER)
    except versions.Unavailable:
        return False


def _rewritten(line: str, options: Options) -> str:
    if "--hash" in line or line.rstrip().endswith("\\"):
        raise Left(HASHES)
    wanted = RANGES[options.target]
    table = _TABLE.match(line)
    if table:
        indent, quote, equals, opening, mark = table.groups()
        name, value = ("dsadapter", "*") if options.to == "dsadapter" else ("openai", wanted)
        start = f"{indent}{quote}{name}{quote}{equals}{opening or ''}"
        return f"{start}{mark}{value}{mark}{line[table.end() :]}"
    text = "dsadapter" if options.to == "dsadapter" else f"openai{wanted}"
    return _NAMED.sub(text, line, count=1)
