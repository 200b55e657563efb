"""HTTP/1.1 chunked framing, taken off many chunks at a time.

http.client and urllib3 hand out one chunk per call, and a stream has one chunk per event: that
costs more than decoding the event. http.client also takes what is no framing (a size of -9).
"""

from __future__ import annotations

from itertools import repeat
from typing import List

CRLF = b"\r\n"
_LONGEST_LINE = 65536  # bytes of a size line with its extensions
_MAX_TRAILERS = 65536  # bytes of all trailers
_MAX_DIGITS = 16  # of a size: 64 bits
_DIGITS = b"0123456789abcdefABCDEF"
_HEX_DIGITS = frozenset(_DIGITS)
_SIXTEEN = repeat(16)


class Dechunker:
    """Feed bytes off the wire, get the body; ``ended`` once the last chunk and trailers are in.

    Raises ValueError for what is no chunked framing (RFC 9112, section 7.1).
    """

    def __init__(self) -> None:
        self._buffer = b""  # of a size line, a line break or the trailers
        self._remaining = 0  # bytes missing of the current chunk
        self._behind_chunk = False  # a line break comes next
        self._in_trailers = False
        self._trailers = 0  # bytes
        self.ended = False

    def feed(self, data: bytes) -> bytes:
        """The body bytes in these."""
        body: List[bytes] = []
        if self._remaining:
            content = data[: self._remaining]
            self._remaining -= len(content)
            if self._remaining:
                return content
            body.append(content)
            data = data[len(content) :]
        if self._buffer:
            data, self._buffer = self._buffer + data, b""
        if not self._in_trailers and self._split(data, body):
            return b"".join(body)
        position = self._chunks(data, body)
        if self._in_trailers:
            self._read_trailers(data[position:])
        else:
            self._buffer = data[position:]
            if len(self._buffer) > _LONGEST_LINE:
                raise ValueError("a chunk size line without end")
        return b"".join(body)

    def _split(self, data: bytes, body: List[bytes]) -> bool:
        """Take the chunks of a usual packet off in a few passes of C: where no chunk holds a line
        break, sizes and chunks take turns. False, and nothing done, for any other packet."""
        lines = data.split(CRLF)
        unfinished = lines.pop()
        first = 1 if self._behind_chunk else 0
        sizes, chunks = lines[first::2], lines[first + 1 :: 2]
        if not sizes or first and lines[0]:
            return False
        digits = b"".join(sizes)
        if digits.translate(None, _DIGITS) or len(max(sizes, key=len)) > _MAX_DIGITS:
            return False
        cut = len(sizes) > len(chunks)  # the last chunk has not come to its line break
        if cut:
            chunks.append(unfinished)
        lengths = list(map(len, chunks))
        try:
            numbers = list(map(int, sizes, _SIXTEEN))
        except ValueError:  # an empty line
            return False
        missing = numbers[-1] - lengths[-1] if cut else 0
        lengths[-1] += missing
        if missing < 0 or lengths != numbers or 0 in numbers:
            return False
        if not cut and len(unfinished) > _LONGEST_LINE:
            return False
        self._behind_chunk, self._remaining = cut, missing
        self._buffer = b"" if cut else unfinished
        body += chunks
        return True

    def _chunks(self, data: bytes, body: List[bytes]) -> int:
        """Append the chunks that are there; gives where the bytes begin that say too little."""
        position = 0
        while not self._in_trailers:
            if self._behind_chunk:
                if not data.startswith(CRLF, position):
                    if data[position:] not in (b"", b"\r"):
                        raise ValueError("a chunk is longer than its size")
                    return position
                position += 2
                self._behind_chunk = False
            line_end = data.find(CRLF, position)
            if line_end < 0:
                return position
            size = _size(data[position:line_end])
            position = line_end + 2
            if not size:
                self._in_trailers = True
                return position
            body.append(data[position : position + size])
            position += size
            self._behind_chunk = True
            if position > len(data):
                self._remaining = position - len(data)
                return len(data)
        return position

    def _read_trailers(self, data: bytes) -> None:
        self._trailers += len(data)
        while not self.ended:
            line, line_break, following = data.partition(CRLF)
            if not line_break:
                if self._trailers > _MAX_TRAILERS:
                    raise ValueError("trailers without end")
                self._buffer = data
                self._trailers -= len(data)  # they come again
                return
            data = following
            self.ended = not line


def _size(line: bytes) -> int:
    """The size in a line: hexadecimal digits alone, before blanks and extensions."""
    digits = line.partition(b";")[0].rstrip(b" \t")
    broken = b"\n" in line or b"\r" in line
    if broken or not 0 < len(digits) <= _MAX_DIGITS or not _HEX_DIGITS.issuperset(digits):
        raise ValueError(f"a chunk size of {digits[:_MAX_DIGITS]!r}")
    return int(digits, 16)
