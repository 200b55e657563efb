"""Text in columns: Chinese characters are two wide and may be broken anywhere, words may not."""

from __future__ import annotations

import re
from typing import Iterator, List, Optional
from unicodedata import east_asian_width

_WORDS = r"`[^`\n]{1,30}`|\S+|\s+"
_CHINESE_WORDS = r"`[^`\n]{1,30}`|[^\s\u2e80-\uffef]+|[\u2e80-\uffef]|\s+"  # takes 4 ms to compile
_NEVER_FIRST = "，。：；、）」》！？”’"
_NEVER_LAST = "（「《“‘"


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, columns: int, indent: str = "", first: Optional[str] = None) -> List[str]:
    """Lines of at most ``columns``; the first begins with ``first`` (default: ``indent``)."""
    lines: List[str] = []
    for part in text.splitlines() or [""]:
        lines += _wrap(part, columns, indent, indent if lines else first)
    return lines


def _wrap(text: str, columns: int, indent: str, first: Optional[str]) -> Iterator[str]:
    line, empty = indent if first is None else first, True  # nothing but the indent so far
    for unit in _units(text.strip()):
        if not empty and display_width(line) + display_width(unit.rstrip()) > columns:
            yield line.rstrip()
            line, empty, unit = indent, True, unit.lstrip()
        line += unit
        empty = empty and not unit.strip()
    yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    """Pieces between which a line may end; punctuation stays with what it belongs to."""
    unit = ""
    for token in re.findall(_CHINESE_WORDS if max(text, default="") > "\u2e7f" else _WORDS, text):
        if (
            unit
            and token[0] not in _NEVER_FIRST
            and not token.isspace()
            and unit[-1] not in _NEVER_LAST
        ):
            yield unit
            unit = ""
        unit += token
    if unit:
        yield unit


def pad(text: str, columns: int) -> str:
    """The text with blanks behind it, up to ``columns``."""
    return text + " " * max(0, columns - display_width(text))
