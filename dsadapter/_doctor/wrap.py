"""Text in columns: Chinese characters are two wide and may be broken anywhere, words may not."""

from __future__ import annotations

import re
from typing import Iterator, List, Optional
from unicodedata import east_asian_width

_PIECE = re.compile(r"`[^`\n]{1,30}`|[^\s\u2e80-\uffef]+|[\u2e80-\uffef]|\s+")
_NEVER_FIRST = "，。：；、）」》！？”’"
_NEVER_LAST = "（「《“‘"


def width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, columns: int, indent: str = "", first: Optional[str] = None) -> List[str]:
    """Lines of at most ``columns``; the first begins with ``first`` (default: ``indent``)."""
    lines: List[str] = []
    for part in text.splitlines() or [""]:
        lines += _wrap(part, columns, indent, indent if lines else first)
    return lines


def _wrap(text: str, columns: int, indent: str, first: Optional[str]) -> Iterator[str]:
    line, empty = indent if first is None else first, True  # nothing but the indent so far
    for piece in _glued(text.strip()):
        if not empty and width(line) + width(piece.rstrip()) > columns:
            yield line.rstrip()
            line, empty, piece = indent, True, piece.lstrip()
        line += piece
        empty = empty and not piece.strip()
    yield line.rstrip()


def _glued(text: str) -> Iterator[str]:
    """Pieces between which a line may end; punctuation stays with what it belongs to."""
    held = ""
    for piece in _PIECE.findall(text):
        if (
            held
            and piece[0] not in _NEVER_FIRST
            and not piece.isspace()
            and held[-1] not in _NEVER_LAST
        ):
            yield held
            held = ""
        held += piece
    if held:
        yield held


def padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
