"""HTTP/1.1 chunked framing, taken off many chunks at a time.

http.client and urllib3 hand out one chunk per call, and a stream has one chunk per event: that
costs more than decoding the event.
"""

from __future__ import annotations

from typing import List

_LONGEST_LINE = 65536


class Dechunker:
    """Feed bytes off the wire, get the body; ``ended`` once the last chunk and trailers are in.

    Raises ValueError for what is no chunked framing.
    """

    def __init__(self) -> None:
        self._buffer = b""  # of a size line, or of the line break behind a chunk
        self._remaining = 0  # bytes missing of the current chunk, with its line break
        self._in_trailers = False
        self.ended = False

    def feed(self, data: bytes) -> bytes:
        body: List[bytes] = []
        position = self._continue_chunk(data, body)
        if self._remaining:
            return body[0] if body else b""
        if position:
            data = data[position:]
        if self._buffer:
            data = self._buffer + data
        position = 0
        while not self._in_trailers:
            line_end = data.find(b"\r\n", position)
            if line_end < 0:
                break
            size = int(data[position:line_end].partition(b";")[0], 16)
            if not size:
                self._in_trailers = True
                position = line_end + 2
                break
            position = line_end + 2 + size
            body.append(data[line_end + 2 : position])
            position += 2
            if position > len(data):
                self._remaining = position - len(data)
                self._buffer = b""
                return b"".join(body)
        self._buffer = data[position:]
        if self._in_trailers:
            self._read_trailers()
        elif len(self._buffer) > _LONGEST_LINE:
            raise ValueError("a chunk size line without end")
        return b"".join(body)

    def _continue_chunk(self, data: bytes, body: List[bytes]) -> int:
        """Take what is missing of the current chunk; gives where the next one begins."""
        if not self._remaining:
            return 0
        taken = min(self._remaining, len(data))
        content = min(max(self._remaining - 2, 0), len(data))
        if content:
            body.append(data[:content])
        self._remaining -= taken
        return taken

    def _read_trailers(self) -> None:
        while not self.ended:
            line, line_break, following = self._buffer.partition(b"\r\n")
            if not line_break:
                if len(line) > _LONGEST_LINE:
                    raise ValueError("a trailer without end")
                return
            self._buffer = following
            self.ended = not line
