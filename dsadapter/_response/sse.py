"""Server-sent events from bytes, as the HTML standard parses an event stream.

Pure and incremental: any split of the same bytes gives the same events. Work is linear in the
number of bytes, also for one line of many megabytes that arrives in small pieces.
"""

from __future__ import annotations

from typing import List, Tuple

Event = Tuple[str, str]  # event type ("" is "message"), data
BOM = b"\xef\xbb\xbf"


class EventDecoder:
    """Feed bytes, get the events that they complete."""

    def __init__(self) -> None:
        self._parts: List[bytes] = []  # an unfinished line
        self._part_size = 0
        self._after_cr = False
        self._at_start = True
        self._data: List[bytes] = []
        self._data_size = 0
        self._type = ""
        self.last_event_id = ""
        self.held = 0  # bytes of the unfinished event

    @property
    def progress(self) -> Tuple[int, int]:
        """How far the unfinished event is: lines of data, bytes of the line after them (unless it
        is a comment). It differs after a feed that brought real data."""
        is_comment = self._parts and self._parts[0].startswith(b":")
        return len(self._data), 0 if is_comment else self._part_size

    def feed(self, data: bytes) -> List[Event]:
        """The events that these bytes complete."""
        if self._after_cr and data:
            self._after_cr = False
            if data.startswith(b"\n"):
                data = data[1:]
        if b"\r" in data:
            self._after_cr = data.endswith(b"\r")
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\n" not in data:
            if data:
                self._parts.append(data)
                self._part_size += len(data)
                self.held = self._part_size + self._data_size
            return []
        if self._parts:
            self._parts.append(data)
            data = b"".join(self._parts)
            self._parts = []
        lines = data.split(b"\n")
        unfinished = lines.pop()
        if unfinished:
            self._parts = [unfinished]
        self._part_size = len(unfinished)
        events = self._lines(lines)
        self.held = self._part_size + self._data_size
        return events

    def complete_events(self, data: bytes) -> Tuple[bytes, bytes]:
        """What :meth:`feed` would take apart, undivided: the bytes of all events that these bytes
        complete, and those of the line behind; nothing where it is not as simple as that."""
        if self._data or self._type or self._after_cr or self._at_start:
            return b"", b""
        end = data.rfind(b"\n\n") + 2
        unfinished = data[end:]
        if end < 2 or b"\n" in unfinished or b"\r" in unfinished:
            return b"", b""
        complete = data[:end] if unfinished else data
        return b"".join((*self._parts, complete)) if self._parts else complete, unfinished

    def skip_to(self, unfinished: bytes) -> None:
        """Somebody else read those events: go on with the line behind them."""
        self._parts = [unfinished] if unfinished else []
        self.held = self._part_size = len(unfinished)

    def flush(self) -> List[Event]:
        """At the end of the body: the event that only lacks its closing blank line, if any.

        The standard throws it away; openai 0.28 delivers it, and so a last chunk is not lost.
        """
        return self.feed(b"\n\n")

    def _lines(self, lines: List[bytes]) -> List[Event]:
        if self._at_start:
            self._at_start = False
            if lines[0].startswith(BOM):
                lines[0] = lines[0][3:]
        events: List[Event] = []
        data = self._data
        for line in lines:
            if line.startswith(b"data: "):
                data.append(line[6:])
                self._data_size += len(line)
            elif line:
                self._field(line)
            else:
                if data:
                    raw = data[0] if len(data) == 1 else b"\n".join(data)
                    events.append((self._type, raw.decode("utf-8", "replace")))
                    data.clear()
                    self._data_size = 0
                self._type = ""
        return events

    def _field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        if value.startswith(b" "):
            value = value[1:]
        if name == b"data":
            self._data.append(value)
            self._data_size += len(line)
        elif name == b"event":
            self._type = value.decode("utf-8", "replace")
        elif name == b"id" and b"\0" not in value:
            self.last_event_id = value.decode("utf-8", "replace")
