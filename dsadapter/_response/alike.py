"""Events that differ from one another in one text alone, told by the bytes around it.

From each line of a packet is cut what would be its text, and the packet is put together again from
the texts: if it comes out the same, and each is what may stand between the quotes of JSON, all of
its events are the known one with another text.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional

from . import json as json_reader

SEPARATOR = "x"  # between texts that are looked at together: completes no escape, no character
_DATA, _END = "data: ", "\n\n"

_raw_decode = json.JSONDecoder().raw_decode
_read_string = json.decoder.scanstring  # type: ignore[attr-defined]  # behind the first quote


class Template:
    """An event with a gap for its text."""

    def __init__(self, before: str, after: str) -> None:
        """The data around the text, with the quotes."""
        self._before = _DATA + before
        self._after = after + _END
        self._between = self._after + self._before
        self._text = slice(len(self._before), -len(after))  # of a line
        self._start, self._end = self._before.encode(), self._after.encode()

    def texts(self, block: bytes) -> Optional[List[str]]:
        """The texts of a block of such events, as JSON has them; None for any other block."""
        if not block.endswith(self._end):
            return None
        try:
            is_one = block.find(b"\n") == len(block) - len(_END)
            texts = self._in_one(block) if is_one else self._in_several(block.decode())
            joined = SEPARATOR.join(texts)
            _, end = _read_string(f'{joined}"', 0)
        except ValueError:  # no UTF-8, or no text of JSON
            return None
        return texts if texts and end == len(joined) + 1 else None  # no quote among them

    def end_of_last(self, block: bytes) -> int:
        """Where the last of such events ends, if there is any; else 0."""
        if block.endswith(self._end):
            return len(block)
        last = block.rfind(self._end)
        return 0 if last < 0 else last + len(self._end)

    def _in_one(self, block: bytes) -> List[str]:
        start, end = len(self._start), len(block) - len(self._end)
        return [block[start:end].decode()] if start <= end and block.startswith(self._start) else []

    def _in_several(self, events: str) -> List[str]:
        texts = [line[self._text] for line in events.split("\n")[:-2:2]]
        same = f"{self._before}{self._between.join(texts)}{self._after}"
        return texts if same == events else []


def unescaped(text: str) -> str:
    """The text that JSON has as this."""
    value: str = _read_string(f'{text}"', 0)[0] if "\\" in text else text
    return value


def template_of(
    payload: str, data: Dict[str, Any], holder: Dict[str, Any], key: str
) -> Optional[Template]:
    """The template of an event whose text is ``holder[key]``, somewhere in its ``data``; None where
    it cannot be seen which bytes it is. ``data`` is changed."""
    if "\n" in payload or "\r" in payload:  # blanks to JSON, but no event has them in a line
        return None
    start = payload.rfind(f'"{key}":') + len(key) + 3
    start += payload.startswith(" ", start)
    try:
        text, end = _raw_decode(payload, start)
        if text != holder[key]:
            return None
        before, after = payload[: start + 1], payload[end - 1 :]
        holder[key] = other = "1" if text == "0" else "0"  # what other bytes there must lead to
        if json_reader.loads(f"{before}{other}{after}") != data:
            return None
    except (ValueError, RecursionError):
        return None
    return Template(before, after)
