"""Threads, cancellation, fork, garbage collection, several event loops: nothing lost, nothing left.

Warnings are errors in every test here, the unraisable ones of destructors too.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterator, List

import pytest

import dsadapter
from dsadapter._backends import selection as _registry
from dsadapter.testing.callers import KEY
from dsadapter.testing.contract import missing
from dsadapter.testing.emulator import Emulator

BACKENDS = [name for name in _registry.BY_NAME if not missing(name)]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and fork of POSIX")


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


@pytest.fixture(params=BACKENDS)
def backend(request: Any) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def no_garbage() -> Iterator[None]:
    """What a destructor has to complain about, it says inside the test it belongs to."""
    yield
    gc.collect()


def arguments(emulator: Emulator, backend: str, **more: Any) -> Any:
    return {"api_key": KEY, "base_url": emulator.base_url, "backend": backend, **more}


def ask(text: str, **more: Any) -> Any:
    messages = [{"role": "user", "content": text}]
    return {"model": "deepseek-flash", "messages": messages, **more}


def soon(condition: Any, seconds: float = 5.0) -> bool:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.01)
    return True


def text_of(chunks: List[Any]) -> str:
    return "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)


# --- threads -------------------------------------------------------------------------------------


def test_one_client_serves_64_threads(emulator: Emulator, backend: str) -> None:
    with dsadapter.OpenAI(**arguments(emulator, backend)) as client:

        def work(number: int) -> bool:
            word = f"word-{number}."
            whole = client.chat.completions.create(**ask(word))
            chunks = list(client.chat.completions.create(**ask(word, stream=True)))
            return word in whole.choices[0].message.content and word in text_of(chunks)

        with ThreadPoolExecutor(64) as pool:
            assert all(pool.map(work, range(128)))
    assert len(emulator.requests) == 256


def test_bounds_of_many_threads_pass_each_on_its_own(emulator: Emulator, backend: str) -> None:
    emulator.fault("keep-alive-forever", times=-1, interval=0.05)
    with dsadapter.OpenAI(**arguments(emulator, backend, max_retries=0)) as client:

        def work(number: int) -> float:
            began = time.monotonic()
            with pytest.raises(dsadapter.APITimeoutError):
                client.chat.completions.create(**ask("Hi", deadline=0.2 + number / 20))
            return time.monotonic() - began - number / 20

        with ThreadPoolExecutor(16) as pool:
            assert max(pool.map(work, range(16))) < 0.2 + 2


# --- cancellation --------------------------------------------------------------------------------

WAITS = {
    "for headers": ("stall-before-headers", {}, False),
    "for headers, under a deadline": ("stall-before-headers", {"deadline": 60}, False),
    "while headers drip": ("slow-headers;interval=0.05", {}, False),
    "reading a body": ("stall", {}, False),
    "reading keep-alives": ("keep-alive-forever;interval=0.05", {}, False),
    "reading an error page": ("stall;after=0", {}, False),
    "in the middle of a stream": ("stall;after=5", {}, True),
    "before the first chunk": ("keep-alive-forever;interval=0.05", {}, True),
    "before the next attempt": ("status-503;retry_after=60", {}, False),
}


@pytest.mark.parametrize("wait", WAITS)
def test_a_task_is_cancelled(emulator: Emulator, backend: str, wait: str) -> None:
    spec, params, stream = WAITS[wait]
    name, _, options = spec.partition(";")
    emulator.fault(name, **dict(item.split("=") for item in options.split(";") if item))

    async def call(client: Any) -> None:
        answer = await client.chat.completions.create(**ask("你好", stream=stream, **params))
        async for _ in answer:
            pass

    async def main() -> None:
        async with dsadapter.AsyncOpenAI(**arguments(emulator, backend)) as client:
            task = asyncio.ensure_future(call(client))
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await until_left(emulator, 1 if "attempt" in wait else 0)
            answer = await client.chat.completions.create(**ask("Hello"))
            assert "Hello" in answer.choices[0].message.content

    asyncio.run(main())
    assert len(emulator.requests) == 2
    assert soon(lambda: emulator.open_connections == 0)


async def until_left(emulator: Emulator, connections: int) -> None:
    for _ in range(500):
        if emulator.open_connections <= connections:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{emulator.open_connections} connections are open, not {connections}")


def test_a_timeout_of_the_caller_cancels_as_well(emulator: Emulator, backend: str) -> None:
    emulator.fault("stall", after=5)

    async def read(client: Any) -> List[Any]:
        stream = await client.chat.completions.create(**ask("你好", stream=True))
        return [chunk async for chunk in stream]

    async def main() -> None:
        async with dsadapter.AsyncOpenAI(**arguments(emulator, backend)) as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(read(client), 0.3)
            await until_left(emulator, 0)

    asyncio.run(main())


# --- Ctrl-C --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("fault", "stream", "params"),
    [
        ("stall", True, {}),
        ("stall", False, {}),
        ("stall-before-headers", False, {}),
        ("stall-before-headers", False, {"deadline": 3}),
    ],
)
def test_an_interrupt_lets_go_of_the_connection(
    emulator: Emulator, backend: str, fault: str, stream: bool, params: Any
) -> None:
    emulator.fault(fault)
    main = threading.get_ident()
    timer = threading.Timer(0.4, lambda: signal.pthread_kill(main, signal.SIGINT))
    with dsadapter.OpenAI(**arguments(emulator, backend)) as client:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            for _ in client.chat.completions.create(**ask("你好", stream=stream, **params)):
                pass
        assert soon(lambda: emulator.requests[-1].closed)
        assert "Hi" in client.chat.completions.create(**ask("Hi")).choices[0].message.content
    timer.join()


# --- fork ----------------------------------------------------------------------------------------


@posix
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_client_survives_a_fork(emulator: Emulator, backend: str) -> None:
    with dsadapter.OpenAI(**arguments(emulator, backend)) as client:
        client.chat.completions.create(**ask("parent"))

        def talk() -> bool:
            answer = client.chat.completions.create(**ask("after", deadline=10))
            chunks = list(client.chat.completions.create(**ask("after", stream=True)))
            return "after" in answer.choices[0].message.content and "after" in text_of(chunks)

        assert in_child(talk)
        assert emulator.connections == 2, "the child used a connection of its parent"
        assert talk()
    assert len(emulator.requests) == 5
    assert emulator.connections == 2


@posix
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_an_async_client_survives_a_fork(emulator: Emulator, backend: str) -> None:
    client = dsadapter.AsyncOpenAI(**arguments(emulator, backend))

    async def talk() -> bool:
        answer = await client.chat.completions.create(**ask("after", deadline=10))
        return "after" in answer.choices[0].message.content

    assert asyncio.run(talk())
    assert in_child(lambda: asyncio.run(talk()))
    assert asyncio.run(talk())


def in_child(work: Any) -> bool:
    """Whether ``work()`` is true in a forked process, within 20 seconds."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.alarm(20)
            code = 0 if work() else 2
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1] == 0


# --- garbage collection --------------------------------------------------------------------------


def test_a_dropped_stream_closes_its_connection(emulator: Emulator, backend: str) -> None:
    emulator.fault("stall", after=5)
    with dsadapter.OpenAI(**arguments(emulator, backend)) as client:
        stream = client.chat.completions.create(**ask("你好", stream=True))
        next(stream)
        del stream
        gc.collect()
        assert soon(lambda: emulator.requests[0].closed)
        assert client.chat.completions.create(**ask("Hi"))


def test_a_dropped_loop_closes_its_connection(emulator: Emulator, backend: str) -> None:
    emulator.fault("stall", after=5)
    with dsadapter.OpenAI(**arguments(emulator, backend)) as client:
        for _ in client.chat.completions.create(**ask("你好", stream=True)):
            break
        gc.collect()
        assert soon(lambda: emulator.requests[0].closed)


def test_a_dropped_async_stream_closes_its_connection(emulator: Emulator, backend: str) -> None:
    emulator.fault("stall", after=5)

    async def main() -> None:
        async with dsadapter.AsyncOpenAI(**arguments(emulator, backend)) as client:
            stream = await client.chat.completions.create(**ask("你好", stream=True))
            await stream.__anext__()
            del stream
            gc.collect()
            await until_left(emulator, 0)
            assert await client.chat.completions.create(**ask("Hi"))

    asyncio.run(main())


def test_a_dropped_async_loop_closes_its_connection(emulator: Emulator, backend: str) -> None:
    emulator.fault("stall", after=5)

    async def main() -> None:
        async with dsadapter.AsyncOpenAI(**arguments(emulator, backend)) as client:
            async for _ in await client.chat.completions.create(**ask("你好", stream=True)):
                break
            await until_left(emulator, 0)

    asyncio.run(main())


def test_a_stream_that_outlives_its_event_loop(emulator: Emulator, backend: str) -> None:
    emulator.fault("stall", after=5)

    async def main() -> Any:
        client = dsadapter.AsyncOpenAI(**arguments(emulator, backend))
        stream = await client.chat.completions.create(**ask("你好", stream=True))
        await stream.__anext__()
        return stream

    stream = asyncio.run(main())
    assert soon(lambda: emulator.open_connections == 0)
    del stream
    gc.collect()


def test_a_dropped_client_closes_its_connections(emulator: Emulator, backend: str) -> None:
    if backend == "legacy-openai":
        pytest.skip("its sessions are the SDK's, one per thread")
    client = dsadapter.OpenAI(**arguments(emulator, backend))
    client.chat.completions.create(**ask("Hi"))
    assert emulator.open_connections == 1
    del client
    gc.collect()
    assert soon(lambda: emulator.open_connections == 0)


# --- event loops ---------------------------------------------------------------------------------


def test_one_async_client_serves_one_event_loop_after_the_other(
    emulator: Emulator, backend: str
) -> None:
    client = dsadapter.AsyncOpenAI(**arguments(emulator, backend))

    async def talk() -> str:
        answer = await client.chat.completions.create(**ask("Hello"))
        stream = await client.chat.completions.create(**ask("Hello", stream=True))
        return str(answer.choices[0].message.content) + text_of([c async for c in stream])

    assert "Hello" in asyncio.run(talk())
    assert soon(lambda: emulator.open_connections == 0), "the first loop left connections behind"
    assert "Hello" in asyncio.run(talk())
    assert soon(lambda: emulator.open_connections == 0)


def test_200_concurrent_async_streams(emulator: Emulator, backend: str) -> None:
    async def read(client: Any, number: int) -> bool:
        stream = await client.chat.completions.create(**ask(f"word-{number}.", stream=True))
        return f"word-{number}." in text_of([chunk async for chunk in stream])

    async def main() -> List[bool]:
        async with dsadapter.AsyncOpenAI(**arguments(emulator, backend)) as client:
            return await asyncio.gather(*(read(client, number) for number in range(200)))

    assert all(asyncio.run(main()))
    assert soon(lambda: emulator.open_connections == 0)


def test_a_stream_outlives_its_client(emulator: Emulator, backend: str) -> None:
    emulator.fault("slow", interval=0.01)
    made = dsadapter.OpenAI(**arguments(emulator, backend, provider="deepseek"))
    stream = made.chat.completions.create(**ask("Hello", stream=True))
    del made
    gc.collect()
    assert text_of(list(stream)).startswith("You wrote")
