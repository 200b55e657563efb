"""Bodies in chunks, read by httpx once a packet: httpx, httpcore and h11 take a step of each layer
for each chunk, and a stream has a chunk for each event, which costs more than reading the event.

Between the connection and h11 the chunks of a packet are joined into one. Where a chunk begins
means nothing in HTTP, whoever is on the way may join them. All else passes as it came, the end of a
body and what is wrong with one included: h11 stays the judge of it.
"""

from __future__ import annotations

import re
from typing import Any, List

from .chunked import CRLF

_size_line = re.compile(rb"([0-9A-Fa-f]{1,15})\r\n").match  # without extensions
_LONGEST_LINE = 17
_NO_BODY = (204, 304)
# From httpx's response inwards to httpcore's connection: what the layers call what they hold.
_INWARDS = ("_stream", "_httpcore_stream", "_connection")
_LAYERS = 8


class Joiner:
    """Feed the bytes of a body, packet by packet, get them with fewer chunks.

    Behind each packet it stands where the sender stands, so that it may stop at any: ``ended``
    behind the last chunk, or at anything unusual. Then bytes are to pass as they are.
    """

    def __init__(self) -> None:
        self._missing = 0  # bytes of the current chunk and its line break
        self._line = b""  # the first part of a size line
        self.ended = False

    def feed(self, packet: bytes) -> bytes:
        """The packet, its whole chunks joined into one."""
        if self._missing > len(packet):
            self._missing -= len(packet)
            return packet
        chunks: List[bytes] = []
        passed, wire = len(self._line), self._line + packet
        start = self._missing
        end = self._take(wire, start, chunks)
        if passed and chunks:  # its size is told already
            start = wire.index(CRLF) + 2 * len(CRLF) + len(chunks.pop(0))
        if len(chunks) < 2:
            return packet
        body = b"".join(chunks)
        return b"%b%x\r\n%b\r\n%b" % (wire[passed:start], len(body), body, wire[end:])

    def _take(self, wire: bytes, position: int, chunks: List[bytes]) -> int:
        """Append the whole chunks from ``position`` on; gives where they end."""
        self._missing, self._line = 0, b""
        length = len(wire)
        while position < length:
            line = _size_line(wire, position)
            if line is None:
                self._line = wire[position:]
                self.ended = len(self._line) > _LONGEST_LINE or b"\n" in self._line
                break
            begin = line.end()
            end = begin + int(line[1], 16)
            if end == begin:
                self.ended = True
                break
            if end + 2 > length:
                self._missing = end + 2 - length
                break
            if wire[end : end + 2] != CRLF:
                self.ended = True
                break
            chunks.append(wire[begin:end])
            position = end + 2
        return position


class JoinedChunks:
    """A context around the reading of a reply's body: its chunks are joined, where it has any and
    what reads them is known to be h11 beneath httpcore."""

    def __init__(self, reply: Any, *, is_async: bool = False) -> None:
        """``reply``: over a response of httpx's or httpcore's, nothing of its body is read."""
        self._is_async = is_async
        self._joiner = Joiner()
        self._stream: Any = None  # the connection's, while it reads by way of us
        if reply.headers.get("transfer-encoding") == "chunked" and reply.status not in _NO_BODY:
            self._stream = _stream_of(reply._response, self._joiner)
        self._read: Any = getattr(self._stream, "read", None)

    def __enter__(self) -> None:
        if self._stream is not None:
            vars(self._stream)["read"] = self._joined_async if self._is_async else self._joined

    def __exit__(self, *_: Any) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            vars(stream).pop("read", None)  # it is the method of its class again

    def _joined(self, *args: Any, **kwargs: Any) -> bytes:
        return self._feed(self._read(*args, **kwargs))

    async def _joined_async(self, *args: Any, **kwargs: Any) -> bytes:
        return self._feed(await self._read(*args, **kwargs))

    def _feed(self, packet: bytes) -> bytes:
        joined = self._joiner.feed(packet)
        if self._joiner.ended:  # before h11 sees it: then another reply may have the connection
            self.__exit__()
        return joined


def _stream_of(response: Any, joiner: Joiner) -> Any:
    """The connection's stream beneath a response, ``joiner`` as far as h11 has read it; None where
    anything is not as we know it, or where nothing is to be gained."""
    connection = _connection_beneath(response)
    stream = getattr(connection, "_network_stream", None)
    if stream is None or stream is not response.extensions.get("network_stream"):
        return None
    unread = getattr(connection._h11_state, "trailing_data", None)
    if type(unread) is not tuple or [*map(type, unread)] != [bytes, bool]:
        return None
    if "read" in getattr(stream, "__dict__", ("read",)) or not callable(stream.read):
        return None
    joiner.feed(unread[0])
    return None if joiner.ended else stream


def _connection_beneath(response: Any) -> Any:
    layer = getattr(response, "stream", None)
    for _ in range(_LAYERS):
        attributes = getattr(layer, "__dict__", {})
        if "_h11_state" in attributes:
            return layer
        layer = next((attributes[name] for name in _INWARDS if name in attributes), None)
    return None
