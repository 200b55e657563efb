"""WebSocket on a connection of the emulator: the handshake, frames, messages (RFC 6455)."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import Awaitable, Callable, Optional, Tuple, Union

from .request import Request
from .response import Response, empty_response

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
NORMAL, PROTOCOL_ERROR, UNSUPPORTED, TOO_LARGE = 1000, 1002, 1003, 1009
_ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

Read = Callable[[int], Awaitable[bytes]]
Write = Callable[[bytes], Awaitable[None]]
Conversation = Callable[["WebSocket"], Awaitable[None]]


class Closed(Exception):
    """The other side has closed, or has sent what cannot be gone on with."""


def wants_upgrade(request: Request) -> bool:
    """Whether the request asks for a WebSocket."""
    return request.headers.get("upgrade", "").lower() == "websocket"


def upgrade(request: Request, protocol: Optional[str], conversation: Conversation) -> Response:
    """The response that opens a WebSocket, and what is said on it; 426 for another version."""
    key = request.headers.get("sec-websocket-key", "")
    if request.headers.get("sec-websocket-version") != "13" or not key:
        return empty_response(426)
    digest = hashlib.sha1((key + _ACCEPT).encode()).digest()
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "upgrade: websocket",
        "connection: Upgrade",
        f"sec-websocket-accept: {base64.b64encode(digest).decode()}",
    ]
    if protocol:
        lines.append(f"sec-websocket-protocol: {protocol}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode()
    response = Response(101, None, body=[head], length=len(head), send_head=False)
    response.conversation = conversation
    return response


class WebSocket:
    """The server's side of one, behind the handshake."""

    def __init__(self, read: Read, write: Write, limit: int) -> None:
        """`limit` is the longest message in bytes."""
        self._read = read
        self._write = write
        self._limit = limit

    async def receive(self) -> str:
        """The next text message. Raises Closed where none will come."""
        message = b""
        while True:
            final, kind, data = await self._frame()
            if kind == CLOSE:
                await self._send(CLOSE, data[:2])
                raise Closed
            if kind == PING:
                await self._send(PONG, data)
            elif kind in (TEXT, CONTINUATION):
                message += data
                if len(message) > self._limit:
                    await self.refuse(TOO_LARGE)
                if final:
                    return message.decode("utf-8", "replace")
            elif kind != PONG:
                await self.refuse(UNSUPPORTED)

    async def send(self, message: Union[str, bytes]) -> None:
        """A text or a binary message."""
        if isinstance(message, str):
            await self._send(TEXT, message.encode())
        else:
            await self._send(BINARY, message)

    async def close(self) -> None:
        """Say that all is said, and wait for the other side to say so too."""
        await self._send(CLOSE, struct.pack(">H", NORMAL))
        while (await self._frame())[1] != CLOSE:
            pass

    async def refuse(self, code: int) -> None:
        """Close for a reason; raises Closed."""
        await self._send(CLOSE, struct.pack(">H", code))
        raise Closed

    async def _frame(self) -> Tuple[bool, int, bytes]:
        first, second = await self._read(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", await self._read(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await self._read(8))
        if not second & 0x80:  # a client masks what it sends
            await self.refuse(PROTOCOL_ERROR)
        if size > self._limit:
            await self.refuse(TOO_LARGE)
        mask, data = await self._read(4), await self._read(size)
        unmasked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
        return bool(first & 0x80), first & 0x0F, unmasked

    async def _send(self, kind: int, data: bytes) -> None:
        size = len(data)
        if size < 126:
            head = struct.pack(">BB", 0x80 | kind, size)
        elif size < 1 << 16:
            head = struct.pack(">BBH", 0x80 | kind, 126, size)
        else:
            head = struct.pack(">BBQ", 0x80 | kind, 127, size)
        await self._write(head + data)
