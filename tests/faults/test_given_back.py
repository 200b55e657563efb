"""A deadline, or close(), that comes late does not reach a connection that is another call's now.

The order is scripted: a call is over, the next one waits on the same connection, and only then
what was meant for the first one is carried out.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any, Iterator

import pytest
from wire_server import Reply, WireServer, answer

from dsadapter._backends import selection as _registry
from dsadapter._backends.base import Operation
from dsadapter._backends.selection import load, select
from dsadapter.testing.contract import missing

BACKENDS = [name for name in _registry.BY_NAME if not missing(name)]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n"
FIRST = {"length": answer(b"first"), "chunked": CHUNKED, "nothing": answer(b"")}


class Script:
    """A first answer, and a second one that waits until it may come."""

    def __init__(self, first: bytes) -> None:
        self.first = first
        self.asked, self.go_on = threading.Event(), threading.Event()

    def __call__(self, number: int, connection_request: int) -> Iterator[Reply]:
        if number == 1:
            yield self.first
            return
        self.asked.set()
        self.go_on.wait(10)
        yield answer(b"second")


def operation(server: WireServer) -> Operation:
    return Operation("POST", f"{server.url}/x", {"Authorization": "Bearer k"}, b"{}", 5, 5)


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("name", BACKENDS)
def test_a_late_abort_leaves_the_next_call_alone(name: str, first: str) -> None:
    script = Script(FIRST[first])
    with WireServer(script) as server:
        backend = load(select(name), "sync_backend")
        over = backend.send(operation(server))
        b"".join(over.chunks())
        over.close()

        def late() -> None:
            script.asked.wait(10)
            over.abort()
            script.go_on.set()

        thread = threading.Thread(target=late)
        thread.start()
        reply = backend.send(operation(server))
        thread.join(10)
        assert b"".join(reply.chunks()) == b"second"
        reply.close()
        assert (len(server.requests), server.connections) == (2, 1)
        backend.close()


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("name", BACKENDS)
def test_a_late_async_abort_does_so_too(name: str, first: str) -> None:
    script = Script(FIRST[first])

    async def main(server: WireServer) -> None:
        backend = load(select(name), "async_backend")
        over = await backend.send(operation(server))
        assert b"".join([data async for data in over.chunks()]) in (b"first", b"")
        await over.close()
        sending: Any = asyncio.ensure_future(backend.send(operation(server)))
        while not script.asked.is_set():
            await asyncio.sleep(0.01)
        over.abort()
        script.go_on.set()
        reply = await sending
        assert b"".join([data async for data in reply.chunks()]) == b"second"
        await reply.close()
        await backend.close()

    with WireServer(script) as server:
        asyncio.run(main(server))
        assert (len(server.requests), server.connections) == (2, 1)
