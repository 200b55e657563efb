"""The event loop in the emulator's thread."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from typing import Protocol, Set

from .answers import Answer
from .http1 import Connection
from .received import Received
from .server import BACKLOG


class Owner(Protocol):
    """What the loop needs of the emulator."""

    def opened(self) -> None: ...
    def closed(self) -> None: ...
    def answer(self, request: Received, nth: int) -> Answer: ...


def new_loop() -> asyncio.AbstractEventLoop:
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


class Loop:
    """Serves on a bound socket. `run` is the thread; `stop` and `ready` are for other threads."""

    def __init__(self, owner: Owner, sock: socket.socket) -> None:
        self._owner = owner
        self._sock = sock
        self._loop = new_loop()
        self._connections: Set[Connection] = set()
        self.ready = threading.Event()

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            server = self._loop.run_until_complete(self._listen())
            self.ready.set()
            self._loop.run_forever()
            server.close()
            self._loop.run_until_complete(self._drop_all())
        finally:
            self.ready.set()
            asyncio.set_event_loop(None)
            self._loop.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _listen(self) -> asyncio.AbstractServer:
        return await self._loop.create_server(
            lambda: Connection(self, self._loop), sock=self._sock, backlog=BACKLOG
        )

    async def _drop_all(self) -> None:
        """Until nothing is left, since connections just accepted may still be on their way in."""
        own = {asyncio.current_task()}
        while self._connections or asyncio.all_tasks() - own:
            for connection in list(self._connections):
                connection.drop()
            await asyncio.sleep(0)

    # -- what a connection asks

    def opened(self, connection: Connection) -> None:
        self._connections.add(connection)
        self._owner.opened()

    def closed(self, connection: Connection) -> None:
        self._connections.discard(connection)
        self._owner.closed()

    def answer(self, request: Received, nth: int) -> Answer:
        return self._owner.answer(request, nth)
