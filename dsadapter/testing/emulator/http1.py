"""HTTP/1.1 on one connection: reads requests, sends responses."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from typing import Optional, Protocol

from .http_head import BadRequest, RequestHead, encode_chunk, is_chunked, parse_head, render_head
from .request import Request
from .response import End, Response
from .websocket import Closed, WebSocket

#: Switched on, with no time to linger: closing sends a reset. Windows has shorts here.
RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
HEAD_LIMIT = 1 << 20
#: The documented limit of the real server's body.
BODY_LIMIT = 48 << 20
#: The longest message of a WebSocket: the limit of a text that is spoken.
MESSAGE_LIMIT = 64 << 10
#: Writes in a row before other connections get their turn.
WRITES_PER_TURN = 32


class ConnectionHandler(Protocol):
    """What a connection needs of the server."""

    def opened(self, connection: Connection) -> None:
        """A client connected."""

    def closed(self, connection: Connection) -> None:
        """The connection is gone."""

    def respond(self, request: Request, number: int) -> Response:
        """The response to request `number` of a connection."""


class Connection(asyncio.Protocol):
    """One client. Its task reads a request, has it handled, sends the response, and starts over."""

    def __init__(self, handler: ConnectionHandler, loop: asyncio.AbstractEventLoop) -> None:
        self._handler = handler
        self._loop = loop
        self._buffer = bytearray()
        self._eof = False  # the client sends no more
        self._data_waiter: Optional[asyncio.Future[None]] = None
        self._writable: Optional[asyncio.Future[None]] = None
        self._pausing = False
        self._current_request: Optional[Request] = None
        self._transport: Optional[asyncio.Transport] = None
        self.task: Optional[asyncio.Task[None]] = None

    # -- what the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the task that serves this client."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        # With nothing allowed to wait in user space, a written part is a sent part:
        # `Request.closed` stays exact.
        transport.set_write_buffer_limits(high=0)
        self._handler.opened(self)
        self.task = self._loop.create_task(self._serve())

    def data_received(self, data: bytes) -> None:
        """Buffer what arrived and wake the reader."""
        self._buffer += data
        self._notify_data()

    def eof_received(self) -> bool:
        """One that only closed its sending half still gets a response which needs no waiting;
        where there is something to wait for, it is taken for gone.
        """
        self._eof = True
        self._notify_data()
        if self._pausing:
            self._client_disconnected()
        return True

    def connection_lost(self, exc: Optional[Exception]) -> None:
        """End the task, and mark the request that was not yet answered as closed."""
        self._client_disconnected()
        # The loop closes the socket behind this call: who sees that nothing is open any more may
        # rely on the client's side being told.
        self._loop.call_soon(self._handler.closed, self)

    def pause_writing(self) -> None:
        """The client reads slower than the emulator writes."""
        self._writable = self._loop.create_future()

    def resume_writing(self) -> None:
        """The socket takes more."""
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)
        self._writable = None

    def _notify_data(self) -> None:
        if self._data_waiter is not None and not self._data_waiter.done():
            self._data_waiter.set_result(None)

    def _client_disconnected(self) -> None:
        if self._current_request is not None:
            self._current_request.closed = True
        if self.task is not None:
            self.task.cancel()

    def abort(self) -> None:
        """End it from our side, without waiting for anything."""
        self._current_request = None
        if self._transport is not None:
            self._transport.abort()

    # -- the conversation

    async def _serve(self) -> None:
        assert self._transport is not None
        try:
            await self._handle_requests()
        except asyncio.CancelledError:
            pass  # nobody awaits this task for its result: the client left, or the emulator stops
        finally:
            self._transport.close()

    async def _handle_requests(self) -> None:
        number = 0
        while True:
            try:
                request = await self._read_request()
            except BadRequest as problem:
                await self._send_response(problem.response, None, keep_alive=False)
                return
            if request is None:
                return
            number += 1
            if not await self._respond(request, number):
                return

    async def _respond(self, request: Request, number: int) -> bool:
        self._current_request = request
        response = self._handler.respond(request, number)
        try:
            complete = await self._send_response(response, request, request.keep_alive)
        finally:
            if response.at_end is not None:
                response.at_end()
        if complete and response.conversation is not None:
            await self._converse(response)
            complete = False
        self._current_request = None
        return complete

    async def _converse(self, response: Response) -> None:
        """From here on it is a WebSocket; it ends with what is said on it."""
        socket = WebSocket(self._read_exactly, self._send, MESSAGE_LIMIT)
        try:
            await response.conversation(socket)
        except Closed:
            pass

    # -- reading

    async def _wait_for_data(self) -> bool:
        if self._eof:
            return False
        self._data_waiter = self._loop.create_future()
        await self._data_waiter
        return True

    async def _read_exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            if not await self._wait_for_data():
                raise asyncio.CancelledError  # cut off inside a request: nobody to answer
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    async def _read_until(self, delimiter: bytes, limit: int) -> Optional[bytes]:
        start = 0
        while True:
            end = self._buffer.find(delimiter, start)
            if end >= 0:
                return (await self._read_exactly(end + len(delimiter)))[:end]
            start = max(0, len(self._buffer) - len(delimiter))
            if start > limit:
                raise BadRequest(431, "request head too large")
            if not await self._wait_for_data():
                return None

    async def _read_request(self) -> Optional[Request]:
        raw = await self._read_until(b"\r\n\r\n", HEAD_LIMIT)
        if raw is None:
            return None
        head = parse_head(raw.lstrip(b"\r\n"))
        if head.get("expect").lower() == "100-continue":
            self._write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return Request(
            head.method, head.target, head.headers, await self._read_body(head), head.version
        )

    async def _read_body(self, head: RequestHead) -> bytes:
        if head.get("transfer-encoding").lower() == "chunked":
            return await self._read_chunked()
        announced = head.get("content-length") or "0"
        if not announced.isdigit():
            raise BadRequest(400, "malformed content-length")
        if int(announced) > BODY_LIMIT:
            raise BadRequest(413, "request body too large")
        return await self._read_exactly(int(announced))

    async def _read_chunked(self) -> bytes:
        body = bytearray()
        while True:
            size = await self._chunk_size()
            body += await self._read_exactly(size)
            if len(body) > BODY_LIMIT:
                raise BadRequest(413, "request body too large")
            if size == 0:
                break
            await self._read_exactly(2)
        while await self._read_until(b"\r\n", HEAD_LIMIT):
            pass  # trailers
        return bytes(body)

    async def _chunk_size(self) -> int:
        line = await self._read_until(b"\r\n", HEAD_LIMIT)
        try:
            return int((line or b"").partition(b";")[0], 16)
        except ValueError:
            raise BadRequest(400, "malformed chunk size") from None

    # -- writing

    async def _send_response(
        self, response: Response, request: Optional[Request], keep_alive: bool
    ) -> bool:
        """Send the response; True if another request may follow on this connection."""
        parts = iter(response.parts())
        in_chunks = is_chunked(response, request)
        keep_alive = keep_alive and (in_chunks or response.length is not None)
        if response.head_delay:
            await self._pause(response.head_delay)
        if response.send_head:
            await self._send_head(
                render_head(response, request, keep_alive), response.head_interval
            )
        for count, part in enumerate(parts):
            if isinstance(part, End):
                await self._send_end(part)
                return False
            if isinstance(part, bytes):
                await self._send(encode_chunk(part) if in_chunks else part)
                if count % WRITES_PER_TURN == WRITES_PER_TURN - 1:
                    await asyncio.sleep(0)
            else:
                await self._pause(part)
        if in_chunks:
            await self._send(b"0\r\n\r\n")
        return keep_alive and not response.close_after

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
        if self._eof:
            self._client_disconnected()
        self._pausing = True
        await (self._loop.create_future() if seconds is None else asyncio.sleep(seconds))
        self._pausing = False

    async def _send_end(self, end: End) -> None:
        assert self._transport is not None
        if end is End.HANG:
            await self._pause(None)
        elif end is End.RESET:
            sock = self._transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.abort()
        self._current_request = None
