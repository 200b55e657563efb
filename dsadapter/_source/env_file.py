"""A reader of .env files that says where what stands, in the grammar of python-dotenv 1.2.

dsadapter itself reads them with python-dotenv; the doctor must read them where that is broken,
and name lines. A test holds both to the same files.
"""

from __future__ import annotations

import re
from typing import Dict, Iterator, List, NamedTuple, Optional

_BLANK = re.compile(r"[^\S\r\n]*")
_SPACE = re.compile(r"\s*")
_EXPORT = re.compile(r"(?:export[^\S\r\n]+)?")
_KEYS = {"'": re.compile(r"'([^']+)'"), "": re.compile(r"([^=#\s]+)")}
_EQUALS = re.compile(r"=[^\S\r\n]*")
_QUOTED = {
    "'": re.compile(r"'((?:\\.|[^'\\])*)'", re.S),
    '"': re.compile(r'"((?:\\.|[^"\\])*)"', re.S),
}
_ESCAPES = {"'": re.compile(r"\\[\\']"), '"': re.compile(r"\\[\\'\"abfnrtv]")}
_BARE = re.compile(r"[^\r\n]*")
_END = re.compile(r"(?:[^\S\r\n]*#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|$)")
_REST = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Binding(NamedTuple):
    """One statement. ``name`` is "" for a line that cannot be read."""

    name: str
    value: Optional[str]
    line: int


class _Unreadable(Exception):
    pass


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _Unreadable
        self.at = match.end()
        return match

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]


def statements(text: str) -> Iterator[Binding]:
    """Every assignment and every line that is none, comments and blanks left out."""
    reader = _Reader(text)
    while reader.at < len(text):
        reader.take(_SPACE)
        start, line = reader.at, len(_NEWLINE.findall(text, 0, reader.at)) + 1
        if start >= len(text):
            return
        try:
            name, value = _key(reader), _value(reader)
            reader.take(_END)
        except _Unreadable:
            reader.take(_REST)
            yield Binding("", None, line)
            continue
        if name:
            yield Binding(name, value, line)


def _key(reader: _Reader) -> str:
    reader.take(_EXPORT)
    first = reader.peek()
    if first == "#":
        return ""
    name = reader.take(_KEYS.get(first, _KEYS[""])).group(1)
    reader.take(_BLANK)
    return name


def _value(reader: _Reader) -> Optional[str]:
    if reader.peek() != "=":
        return None
    equals = reader.take(_EQUALS).group()
    first = reader.peek()
    if first == "#" and len(equals) > 1:
        return ""
    if first in _QUOTED and first:
        inner = reader.take(_QUOTED[first]).group(1)
        return _ESCAPES[first].sub(lambda match: _unescaped(match.group()), inner)
    return re.sub(r"\s+#.*", "", reader.take(_BARE).group()).rstrip()


def _unescaped(pair: str) -> str:
    return _NAMED.get(pair[1], pair[1])


def values(text: str) -> Dict[str, Optional[str]]:
    """Name to value; ``${OTHER}`` in one stays as it is."""
    result: Dict[str, Optional[str]] = {}
    for row in statements(text):
        result[row.name] = row.value
    result.pop("", None)
    return result


def encoding_of(raw: bytes) -> str:
    """How the file was saved, as ``_dotenv.decode`` reads it."""
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
