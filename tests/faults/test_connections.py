"""No connection and no thread outlives the call that it was for."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any, List

import pytest
from counting_server import (
    ASK,
    KEY,
    REPLY,
    STREAM,
    STREAM_HEAD,
    CountingServer,
    event,
    forever,
    once,
    soon,
)

import dsadapter
from dsadapter._backends import selection as _registry
from dsadapter.testing.contract import missing

BACKENDS = [name for name in _registry.BY_NAME if not missing(name)]
CLOSING = [name for name in BACKENDS if name != "legacy-openai"]  # its sessions are the SDK's

# On 3.8 a cancellation has no message, so anyio cannot tell the caller's from its own and loses it.
keeps_cancellations = pytest.mark.skipif(
    sys.version_info < (3, 9), reason="anyio on Python 3.8 loses cancellations while connecting"
)

# What drips in for ever: status line, head, a whole body, a stream without and with content.
DRIPS = {
    "status line": (forever(b"HTTP/1.1 200 O", b"K"), False),
    "head": (forever(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1), False),
    "body": (forever(STREAM_HEAD, b"\n"), False),
    "keep-alives": (forever(STREAM_HEAD, b": keep-alive\n\n"), True),
    "chunks": (forever(STREAM_HEAD, event("a")), True),
}


@pytest.fixture(params=BACKENDS)
def backend(request: Any) -> str:
    return str(request.param)


def arguments(server: CountingServer, backend: str, **more: Any) -> Any:
    return {"api_key": KEY, "base_url": server.base_url, "backend": backend, **more}


def read(answer: Any) -> None:
    for _ in answer if hasattr(answer, "get_final_response") else ():
        pass


def senders() -> List[str]:
    """Threads of calls; those of the servers here and the one watch of the process are not."""
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name == "dsadapter-send"]


@pytest.mark.parametrize("drip", DRIPS)
def test_a_call_that_ran_out_of_time_leaves_nothing(backend: str, drip: str) -> None:
    answer, stream = DRIPS[drip]
    errors: List[BaseException] = []  # kept: an error must not hold its connection

    def call(client: Any) -> None:
        try:
            read(client.chat.completions.create(**ASK, stream=stream))
        except dsadapter.APITimeoutError as err:
            errors.append(err)

    with CountingServer(answer) as server:
        client = dsadapter.OpenAI(**arguments(server, backend, deadline=0.3))
        started = time.monotonic()
        with ThreadPoolExecutor(5) as pool:
            list(pool.map(call, [client] * 5))
        assert time.monotonic() - started < 0.3 + 2
        assert [getattr(err, "bound", "") for err in errors] == ["deadline"] * 5
        assert soon(lambda: server.connections == 0)
        assert soon(lambda: senders() == [])
        assert server.requests <= 5  # and nothing was asked twice


@pytest.mark.parametrize("drip", DRIPS)
def test_an_async_call_that_ran_out_of_time_leaves_nothing(backend: str, drip: str) -> None:
    answer, stream = DRIPS[drip]

    async def call(client: Any) -> None:
        with pytest.raises(dsadapter.APITimeoutError):
            response = await client.chat.completions.create(**ASK, stream=stream)
            async for _ in response:
                pass

    async def main(server: CountingServer) -> None:
        client = dsadapter.AsyncOpenAI(**arguments(server, backend, deadline=0.3))
        await asyncio.gather(*(call(client) for _ in range(5)))
        for _ in range(500):
            if not server.connections:
                break
            await asyncio.sleep(0.01)
        assert server.connections == 0
        assert server.requests <= 5
        await client.close()

    with CountingServer(answer) as server:
        asyncio.run(main(server))


@pytest.mark.parametrize("backend", CLOSING)
def test_close_lets_go_of_what_finished_streams_used(backend: str) -> None:
    def call(client: Any) -> Any:
        stream = client.chat.completions.create(**ASK, stream=True)
        read(stream)
        return stream

    with CountingServer(once(STREAM)) as server:
        client = dsadapter.OpenAI(**arguments(server, backend))
        with ThreadPoolExecutor(5) as pool:
            streams = list(pool.map(call, [client] * 10))
        assert server.connections
        client.close()
        assert soon(lambda: server.connections == 0)
        assert len(streams) == 10


@pytest.mark.parametrize("backend", CLOSING)
def test_close_lets_go_of_a_stream_that_is_half_read(backend: str) -> None:
    with CountingServer(forever(STREAM_HEAD, event("a"))) as server:
        client = dsadapter.OpenAI(**arguments(server, backend))
        stream = client.chat.completions.create(**ASK, stream=True)
        assert next(stream).choices[0].delta.content == "a"
        client.close()
        assert soon(lambda: server.connections == 0)
        with pytest.raises(dsadapter.APIConnectionError):
            read(stream)


@pytest.mark.parametrize("backend", CLOSING)
def test_a_deadline_that_fired_does_not_hold_the_pool(backend: str) -> None:
    with CountingServer(forever(STREAM_HEAD, event("a"))) as server:
        client = dsadapter.OpenAI(**arguments(server, backend))
        other = client.chat.completions.create(**ASK, stream=True)
        next(other)
        with pytest.raises(dsadapter.APITimeoutError):
            read(client.chat.completions.create(**ASK, stream=True, deadline=0.1))
        with pytest.raises(dsadapter.APITimeoutError):
            client.chat.completions.create(**ASK, deadline=0.1)
        holder = weakref.ref(client._holder)
        del client, other
        gc.collect()
        assert soon(lambda: server.connections == 0)
        assert holder() is None


# --- cancelled twice -----------------------------------------------------------------------------


@keeps_cancellations
@pytest.mark.parametrize("times", [1, 2])
def test_cancelled_calls_leave_the_pool_as_wide_as_it_was(backend: str, times: int) -> None:
    """A pool of three, and sixty calls that are cancelled each one step of the loop later."""

    async def call(client: Any) -> None:
        response = await client.chat.completions.create(**ASK, stream=True)
        async for _ in response:
            pass

    async def cancelled(client: Any, steps: int) -> None:
        task = asyncio.ensure_future(call(client))
        for _ in range(steps):
            await asyncio.sleep(0)
        for _ in range(times):
            task.cancel()
            await asyncio.sleep(0)
        try:
            await task
        except asyncio.CancelledError:
            pass

    async def main(server: CountingServer) -> None:
        async with dsadapter.AsyncOpenAI(**arguments(server, backend, max_connections=3)) as client:
            for steps in range(60):
                await cancelled(client, steps)
            answers = asyncio.gather(*(call(client) for _ in range(6)))
            await asyncio.wait_for(answers, 10)
            await asyncio.sleep(0.05)
            assert server.connections <= 3

    with CountingServer(once(STREAM)) as server:
        asyncio.run(main(server))


@keeps_cancellations
def test_calls_cancelled_on_a_kept_alive_connection_leave_nothing(backend: str) -> None:
    """Each call finds the connection of the one before; without help of the garbage collector."""

    async def main(server: CountingServer) -> None:
        async with dsadapter.AsyncOpenAI(**arguments(server, backend)) as client:
            for steps in range(40):
                await client.chat.completions.create(**ASK)
                task = asyncio.ensure_future(client.chat.completions.create(**ASK))
                for _ in range(steps):
                    await asyncio.sleep(0)
                task.cancel()
                try:
                    await task
                except asyncio.CancelledError:
                    pass
            for _ in range(500):
                if server.connections <= 1:
                    break
                await asyncio.sleep(0.01)
            assert server.connections <= 1

    gc.disable()
    try:
        with CountingServer(once(REPLY)) as server:
            asyncio.run(main(server))
    finally:
        gc.enable()


@pytest.mark.skipif(
    sys.version_info < (3, 11), reason="anyio before Python 3.11 loses some while connecting"
)
def test_a_cancellation_is_never_lost(backend: str) -> None:
    """Whichever step it comes at: the server never answers, so nothing else ends the call."""

    async def main(server: CountingServer) -> None:
        async with dsadapter.AsyncOpenAI(**arguments(server, backend)) as client:
            for steps in range(60):
                task = asyncio.ensure_future(client.chat.completions.create(**ASK))
                for _ in range(steps):
                    await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asyncio.wait_for(task, 5)

    with CountingServer(lambda connection: None) as server:
        asyncio.run(main(server))
