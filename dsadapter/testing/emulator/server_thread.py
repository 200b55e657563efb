"""The event loop in the emulator's thread."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import threading
from typing import Protocol, Set

from .http1 import Connection
from .request import Request
from .response import Response

BACKLOG = 4096


class RequestHandler(Protocol):
    """What the loop needs of the emulator."""

    def opened(self) -> None:
        """A client connected."""

    def closed(self) -> None:
        """A connection is gone."""

    def respond(self, request: Request, number: int) -> Response:
        """The response to request `number` of a connection."""


def new_loop() -> asyncio.AbstractEventLoop:
    """A fresh event loop of the system's own kind."""
    # Not asyncio.new_event_loop(): what policy the program under test has set is none of ours.
    loop: asyncio.AbstractEventLoop
    if sys.platform == "win32":
        loop = asyncio.ProactorEventLoop()
    else:
        loop = asyncio.SelectorEventLoop()
    loop.set_debug(
        False
    )  # -X dev is there for the program under test: it makes this thrice as slow
    return loop


class ServerThread:
    """Serves on a bound socket. `run` is the thread; `stop` and `ready` are for other threads."""

    def __init__(self, handler: RequestHandler, sock: socket.socket) -> None:
        self._handler = handler
        self._sock = sock
        self._loop = new_loop()
        self._connections: Set[Connection] = set()
        self.ready: threading.Event = threading.Event()

    def run(self) -> None:
        """Serve until :meth:`stop`; the target of the thread."""
        asyncio.set_event_loop(self._loop)
        try:
            server = self._loop.run_until_complete(self._listen())
            self.ready.set()
            self._loop.run_forever()
            server.close()
            self._loop.run_until_complete(self._abort_all())
        finally:
            self.ready.set()
            asyncio.set_event_loop(None)
            self._loop.close()

    def stop(self) -> None:
        """End :meth:`run`, from any thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _listen(self) -> asyncio.AbstractServer:
        return await self._loop.create_server(
            lambda: Connection(self, self._loop), sock=self._sock, backlog=BACKLOG
        )

    async def _abort_all(self) -> None:
        """Until nothing is left, since connections just accepted may still be on their way in."""
        own = {asyncio.current_task()}
        while self._connections or asyncio.all_tasks() - own:
            for connection in list(self._connections):
                connection.abort()
            await asyncio.sleep(0)

    # -- what a connection asks

    def opened(self, connection: Connection) -> None:
        """Remember a connection, to close it at the end."""
        self._connections.add(connection)
        self._handler.opened()

    def closed(self, connection: Connection) -> None:
        """Forget a connection."""
        self._connections.discard(connection)
        self._handler.closed()

    def respond(self, request: Request, number: int) -> Response:
        """The handler's response."""
        return self._handler.respond(request, number)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket. In the caller's thread, so that a taken port is the caller's exception."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off only for sockets which say that they are TCP.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows the option lets two servers share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except BaseException:
        sock.close()
        raise
    return sock
