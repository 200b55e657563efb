"""HTTP/1.1 on one connection: reads requests, plays answers."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from typing import Optional, Protocol

from .answers import Answer, End
from .heads import BadRequest, Head, chunk, chunked, parse_head, render_head
from .received import Received

#: Switched on, with no time to linger: closing sends a reset. Windows has shorts here.
RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
HEAD_LIMIT = 1 << 20
#: The documented limit of the real server's body.
BODY_LIMIT = 48 << 20
#: Writes in a row before other connections get their turn.
FAIR_SHARE = 32


class App(Protocol):
    """What a connection needs of the emulator."""

    def opened(self, connection: Connection) -> None: ...
    def closed(self, connection: Connection) -> None: ...
    def answer(self, request: Received, nth: int) -> Answer: ...


class Connection(asyncio.Protocol):
    """One client. Its task reads a request, asks the app, plays the answer, and starts over."""

    def __init__(self, app: App, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._buffer = bytearray()
        self._ended = False  # the client sends no more
        self._arrival: Optional[asyncio.Future[None]] = None
        self._writable: Optional[asyncio.Future[None]] = None
        self._pausing = False
        self._answering: Optional[Received] = None
        self._transport: Optional[asyncio.Transport] = None
        self.task: Optional[asyncio.Task[None]] = None

    # -- what the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        # With nothing allowed to wait in user space, a written piece is a sent piece:
        # `Received.closed` stays exact.
        transport.set_write_buffer_limits(high=0)
        self._app.opened(self)
        self.task = self._loop.create_task(self._serve())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._arrived()

    def eof_received(self) -> bool:
        """One that only closed its sending half still gets an answer which needs no waiting;
        where there is something to wait for, it is taken for gone.
        """
        self._ended = True
        self._arrived()
        if self._pausing:
            self._client_left()
        return True

    def connection_lost(self, exc: Optional[Exception]) -> None:
        self._client_left()
        self._app.closed(self)

    def pause_writing(self) -> None:
        self._writable = self._loop.create_future()

    def resume_writing(self) -> None:
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)
        self._writable = None

    def _arrived(self) -> None:
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_result(None)

    def _client_left(self) -> None:
        if self._answering is not None:
            self._answering.closed = True
        if self.task is not None:
            self.task.cancel()

    def drop(self) -> None:
        """End it from our side, without waiting for anything."""
        self._answering = None
        if self._transport is not None:
            self._transport.abort()

    # -- the conversation

    async def _serve(self) -> None:
        assert self._transport is not None
        try:
            await self._converse()
        except asyncio.CancelledError:
            pass  # nobody awaits this task for its result: the client left, or the emulator stops
        finally:
            self._transport.close()

    async def _converse(self) -> None:
        nth = 0
        while True:
            try:
                request = await self._read_request()
            except BadRequest as problem:
                await self._play(problem.answer, None, keep_alive=False)
                return
            if request is None:
                return
            nth += 1
            if not await self._reply(request, nth):
                return

    async def _reply(self, request: Received, nth: int) -> bool:
        self._answering = request
        complete = await self._play(self._app.answer(request, nth), request, request.keep_alive)
        self._answering = None
        return complete

    # -- reading

    async def _more(self) -> bool:
        if self._ended:
            return False
        self._arrival = self._loop.create_future()
        await self._arrival
        return True

    async def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            if not await self._more():
                raise asyncio.CancelledError  # cut off inside a request: nobody to answer
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    async def _take_until(self, mark: bytes, limit: int) -> Optional[bytes]:
        start = 0
        while True:
            at = self._buffer.find(mark, start)
            if at >= 0:
                return (await self._take(at + len(mark)))[:at]
            start = max(0, len(self._buffer) - len(mark))
            if start > limit:
                raise BadRequest(431, "request head too large")
            if not await self._more():
                return None

    async def _read_request(self) -> Optional[Received]:
        raw = await self._take_until(b"\r\n\r\n", HEAD_LIMIT)
        if raw is None:
            return None
        head = parse_head(raw.lstrip(b"\r\n"))
        if head.get("expect").lower() == "100-continue":
            self._write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return Received(
            head.method, head.target, head.headers, await self._read_body(head), head.version
        )

    async def _read_body(self, head: Head) -> bytes:
        if head.get("transfer-encoding").lower() == "chunked":
            return await self._read_chunked()
        announced = head.get("content-length") or "0"
        if not announced.isdigit():
            raise BadRequest(400, "malformed content-length")
        if int(announced) > BODY_LIMIT:
            raise BadRequest(413, "request body too large")
        return await self._take(int(announced))

    async def _read_chunked(self) -> bytes:
        body = bytearray()
        while True:
            size = await self._chunk_size()
            body += await self._take(size)
            if len(body) > BODY_LIMIT:
                raise BadRequest(413, "request body too large")
            if size == 0:
                break
            await self._take(2)
        while await self._take_until(b"\r\n", HEAD_LIMIT):
            pass  # trailers
        return bytes(body)

    async def _chunk_size(self) -> int:
        line = await self._take_until(b"\r\n", HEAD_LIMIT)
        try:
            return int((line or b"").partition(b";")[0], 16)
        except ValueError:
            raise BadRequest(400, "malformed chunk size") from None

    # -- writing

    async def _play(self, answer: Answer, request: Optional[Received], keep_alive: bool) -> bool:
        """Send the answer; True if another request may follow on this connection."""
        pieces = iter(answer.pieces())
        in_chunks = chunked(answer, request)
        keep_alive = keep_alive and (in_chunks or answer.length is not None)
        if answer.head:
            await self._send_head(render_head(answer, request, keep_alive), answer.head_interval)
        for count, piece in enumerate(pieces):
            if isinstance(piece, End):
                await self._end(piece)
                return False
            if isinstance(piece, bytes):
                await self._send(chunk(piece) if in_chunks else piece)
                if count % FAIR_SHARE == FAIR_SHARE - 1:
                    await asyncio.sleep(0)
            else:
                await self._pause(piece)
        if in_chunks:
            await self._send(b"0\r\n\r\n")
        return keep_alive and not answer.hang_up

    async def _send_head(self, head: bytes, interval: float) -> None:
        if not interval:
            await self._send(head)
            return
        for at in range(len(head)):
            await self._send(head[at : at + 1])
            await self._pause(interval)

    async def _send(self, data: bytes) -> None:
        self._write(data)
        if self._writable is not None:
            await self._writable

    def _write(self, data: bytes) -> None:
        assert self._transport is not None
        if data and not self._transport.is_closing():  # asyncio grumbles about writes after the end
            self._transport.write(data)

    async def _pause(self, seconds: Optional[float]) -> None:
        """Wait; None is forever. A client that leaves meanwhile ends the conversation at once."""
        if self._ended:
            self._client_left()
        self._pausing = True
        await (self._loop.create_future() if seconds is None else asyncio.sleep(seconds))
        self._pausing = False

    async def _end(self, end: End) -> None:
        assert self._transport is not None
        if end is End.HANG:
            await self._pause(None)
        elif end is End.RESET:
            sock = self._transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.drop()
        self._answering = None
