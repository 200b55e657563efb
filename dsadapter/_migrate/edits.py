"""Edits of byte ranges: everything outside of them stays as it is."""

from __future__ import annotations

from typing import Iterable, List, NamedTuple


class Edit(NamedTuple):
    """``text`` in the place of the bytes from ``start`` to ``end``; both are one for an insertion.

    ``rule`` is the id of the rule that asks for it.
    """

    start: int
    end: int
    text: str
    rule: str


class Overlap(Exception):
    """Two edits want the same bytes."""


def apply(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all edits in them; insertions at one point stay in the order they came in.

    Raises Overlap.
    """
    parts: List[bytes] = []
    position = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start < position:
            raise Overlap(f"{edit.rule} at byte {edit.start}")
        parts += [raw[position : edit.start], edit.text.encode("utf-8")]
        position = edit.end
    return b"".join([*parts, raw[position:]])
