"""Edits of byte ranges: everything outside of them stays as it is."""

from __future__ import annotations

import re
from typing import Callable, Dict, Iterable, List, Match, NamedTuple, Tuple

_MOVED = re.compile(r"\0(\d+):(\d+)\0")  # no source has NUL in it
Span = Tuple[int, int]


class Edit(NamedTuple):
    """``text`` in the place of the bytes from ``start`` to ``end``; both are one for an insertion.

    ``rule`` is the id of the rule that asks for it.
    """

    start: int
    end: int
    text: str
    rule: str


class Overlap(Exception):
    """Two edits want the same bytes, those of ``line``."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def moved(start: int, end: int) -> str:
    """For the text of an edit: what stands at another place, under the edits that are due there.

    Another edit must replace the place itself.
    """
    return f"\0{start}:{end}\0"


def shifted(edit: Edit, place: Callable[[int], int]) -> Edit:
    """An edit of the same text where each byte stands elsewhere. Raises what ``place`` does."""

    def again(match: Match[str]) -> str:
        return moved(place(int(match[1])), place(int(match[2])))

    return Edit(place(edit.start), place(edit.end), _MOVED.sub(again, edit.text), edit.rule)


def apply(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all edits in them; insertions at one point stay in the order they came in.

    Raises Overlap.
    """
    return _Pieces(raw, list(dict.fromkeys(edits))).text(0, len(raw)).encode("utf-8")


class _Pieces:
    """The edits by the piece that they belong to: one that is moved, or the whole."""

    def __init__(self, raw: bytes, edits: List[Edit]) -> None:
        self._raw = raw
        found = (match for edit in edits for match in _MOVED.finditer(edit.text))
        spans = {(int(match[1]), int(match[2])) for match in found}
        smallest_first = sorted(spans, key=lambda span: span[1] - span[0])
        self._edits: Dict[Span, List[Edit]] = {}
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            around = (s for s in smallest_first if s[0] <= edit.start and edit.end <= s[1])
            self._edits.setdefault(next(around, (0, len(raw))), []).append(edit)

    def text(self, start: int, end: int) -> str:
        """What becomes of a piece."""
        parts: List[str] = []
        position = start
        for edit in self._edits.get((start, end), []):
            if edit.start < position:
                raise Overlap(self._raw.count(b"\n", 0, edit.start) + 1)
            parts += [self._source(position, edit.start), _MOVED.sub(self._moved, edit.text)]
            position = edit.end
        return "".join([*parts, self._source(position, end)])

    def _moved(self, match: Match[str]) -> str:
        return self.text(int(match[1]), int(match[2]))

    def _source(self, start: int, end: int) -> str:
        return self._raw[start:end].decode("utf-8")
