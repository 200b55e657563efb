"""More calls at once than there are connections, or files: they wait their turn, and not for ever.

DSADAPTER_TEST_CALLS is the number of calls of the load test (1,500; it answers 5,000 as well).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, List

import pytest
from counting_server import ASK, KEY, REPLY, STREAM, CountingServer, once

import dsadapter
from dsadapter._backends import selection as _registry
from dsadapter.testing.contract import missing

BACKENDS = [name for name in _registry.BY_NAME if not missing(name)]
CALLS = int(os.environ.get("DSADAPTER_TEST_CALLS", "1500"))


@pytest.fixture(params=BACKENDS)
def backend(request: Any) -> str:
    return str(request.param)


def arguments(server: Any, backend: str, **more: Any) -> Any:
    return {"api_key": KEY, "base_url": server.base_url, "backend": backend, **more}


def slow_reply(connection: Any) -> None:
    time.sleep(0.01)
    connection.sendall(REPLY)


def never(connection: Any) -> None:
    """No answer."""


def content(response: Any) -> Any:
    return response.choices[0].message.content


# --- sync ----------------------------------------------------------------------------------------


def test_no_more_calls_at_once_than_max_connections(backend: str) -> None:
    with CountingServer(slow_reply) as server:
        with dsadapter.OpenAI(**arguments(server, backend, max_connections=3)) as client:
            copies = [client, client.with_options(timeout=20)]  # on the same connections

            def call(number: int) -> Any:
                return content(copies[number % 2].chat.completions.create(**ASK))

            with ThreadPoolExecutor(12) as pool:
                assert list(pool.map(call, range(60))) == ["Hello"] * 60
        assert server.most_busy <= 3


def test_waiting_counts_against_the_deadline(backend: str) -> None:
    errors: List[Any] = []

    with CountingServer(never) as server:
        client = dsadapter.OpenAI(**arguments(server, backend, max_connections=2, deadline=0.3))

        def call(_: int) -> None:
            with pytest.raises(dsadapter.APITimeoutError) as raised:
                client.chat.completions.create(**ASK)
            errors.append(raised.value)

        started = time.monotonic()
        with ThreadPoolExecutor(12) as pool:
            list(pool.map(call, range(12)))
        assert time.monotonic() - started < 0.3 + 2
        assert {err.bound for err in errors} == {"deadline"}
        requests = server.requests
        time.sleep(0.3)
        # Nobody's turn comes when he has given up; two may have been on their way just then.
        assert server.requests <= requests + 2
        client.close()


def test_waiting_counts_against_the_timeout(backend: str) -> None:
    with CountingServer(never) as server:
        client = dsadapter.OpenAI(
            **arguments(server, backend, max_connections=1, timeout=0.5, max_retries=0)
        )

        def ask() -> None:
            with pytest.raises(dsadapter.APITimeoutError):
                client.chat.completions.create(**ASK)

        first = threading.Thread(target=ask)
        first.start()
        while not server.requests:
            time.sleep(0.01)
        with pytest.raises(dsadapter.APITimeoutError) as raised:
            client.chat.completions.create(**ASK, timeout=0.2)
        first.join()
        assert "none of 1 connections became free in 0.2 s" in str(raised.value)
        assert "max_connections" in raised.value.hint
        client.close()


def test_a_stream_counts_until_it_is_closed_or_dropped(backend: str) -> None:
    with CountingServer(once(STREAM)) as server:
        client = dsadapter.OpenAI(
            **arguments(server, backend, max_connections=1, timeout=0.3, max_retries=0)
        )
        stream = client.chat.completions.create(**ASK, stream=True)
        with pytest.raises(dsadapter.APITimeoutError):
            client.chat.completions.create(**ASK, stream=True)
        stream.close()
        dropped = client.chat.completions.create(**ASK, stream=True)
        del dropped
        for _ in client.chat.completions.create(**ASK, stream=True):
            pass
        client.close()


def test_first_come_first_served(backend: str) -> None:
    order: List[int] = []
    turn = threading.Event()

    def answer(connection: Any) -> None:
        turn.wait(5)
        connection.sendall(REPLY)

    with CountingServer(answer) as server:
        client = dsadapter.OpenAI(**arguments(server, backend, max_connections=1))

        def call(number: int) -> None:
            client.chat.completions.create(**ASK)
            order.append(number)

        threads = [threading.Thread(target=call, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
            time.sleep(0.05)
        turn.set()
        for thread in threads:
            thread.join()
        assert order == list(range(6))
        client.close()


# --- async ---------------------------------------------------------------------------------------


def test_the_gate_of_an_event_loop(backend: str) -> None:
    async def main(server: CountingServer) -> None:
        settings = arguments(server, backend, max_connections=3)
        async with dsadapter.AsyncOpenAI(**settings) as client:
            calls = (client.chat.completions.create(**ASK) for _ in range(60))
            assert [content(r) for r in await asyncio.gather(*calls)] == ["Hello"] * 60

    with CountingServer(slow_reply) as server:
        asyncio.run(main(server))
        assert server.most_busy <= 3


def test_waiting_counts_against_the_bounds_of_async_calls(backend: str) -> None:
    async def call(client: Any, **more: Any) -> dsadapter.APITimeoutError:
        with pytest.raises(dsadapter.APITimeoutError) as raised:
            await client.chat.completions.create(**ASK, **more)
        return raised.value

    async def main(server: CountingServer) -> None:
        settings = arguments(server, backend, max_connections=2, max_retries=0)
        async with dsadapter.AsyncOpenAI(**settings) as client:
            started = time.monotonic()
            errors = await asyncio.gather(*(call(client, deadline=0.3) for _ in range(200)))
            assert time.monotonic() - started < 0.3 + 2
            assert {err.bound for err in errors} == {"deadline"}
            errors = await asyncio.gather(*(call(client, timeout=0.3) for _ in range(20)))
            assert sum("none of 2 connections" in str(err) for err in errors) >= 16

    with CountingServer(never) as server:
        asyncio.run(main(server))


def test_who_is_cancelled_while_waiting_takes_no_turn(backend: str) -> None:
    async def main(server: CountingServer) -> None:
        async with dsadapter.AsyncOpenAI(**arguments(server, backend, max_connections=1)) as client:
            calls = [
                asyncio.ensure_future(client.chat.completions.create(**ASK)) for _ in range(40)
            ]
            await asyncio.sleep(0.02)
            for call in calls[1::2]:
                call.cancel()
            results = await asyncio.gather(*calls, return_exceptions=True)
            assert [content(r) for r in results[::2]] == ["Hello"] * 20
            assert content(await client.chat.completions.create(**ASK)) == "Hello"

    with CountingServer(slow_reply) as server:
        asyncio.run(main(server))


def test_all_of_very_many_calls_at_once_are_answered(backend: str) -> None:
    """In linear time. In one pool of httpx's 1,500 take minutes, and no deadline holds."""

    async def main(server: Any) -> None:
        settings = arguments(server, backend, deadline=120, max_retries=0)
        async with dsadapter.AsyncOpenAI(**settings) as client:
            calls = (client.chat.completions.create(**ASK) for _ in range(CALLS))
            responses = await asyncio.gather(*calls)
            assert [content(response) for response in responses] == ["Hello"] * CALLS

    with ReplyingProcess() as server:
        asyncio.run(main(server))


class ReplyingProcess:
    """A server of its own process, whose time does not count."""

    def __enter__(self) -> Any:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, repr(REPLY)], stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self.base_url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


SERVER = """
import ast, asyncio, sys
reply = ast.literal_eval(sys.argv[1])

class Answer(asyncio.Protocol):
    data = b""
    def connection_made(self, transport):
        self.transport = transport
    def data_received(self, data):
        self.data += data
        if self.data.endswith(b"}"):
            self.data = b""
            asyncio.get_running_loop().call_later(0.05, self.transport.write, reply)

async def main():
    server = await asyncio.get_running_loop().create_server(Answer, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


# --- files ---------------------------------------------------------------------------------------

FEW_FILES = """
import asyncio, os, resource, sys, threading
from concurrent.futures import ThreadPoolExecutor
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
import dsadapter
base_url, backend, host = sys.argv[1:]
settings = dict(api_key="sk-0123456789abcdef01234567", base_url=base_url, backend=backend)
ask = dict(model="deepseek-flash", messages=[{"role": "user", "content": "Hi"}])

def take_all_files():
    files = []
    try:
        while True:
            files.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return files

def check(err, retries):
    assert isinstance(err, dsadapter.APIConnectionError), repr(err)
    assert "too many open files" in err.message, err
    assert "`ulimit -n`" in err.hint and "64" in err.hint, err.hint
    assert len(retries) == 1, retries  # it was tried again

def note(retries):
    import dsadapter._call.retries as module
    module.FIRST_WAIT = 0.01
    original = module.Retry
    module.Retry = lambda *a: retries.append(original(*a)) or retries[-1]

retries = []
note(retries)
with dsadapter.OpenAI(max_retries=1, **settings) as client:
    # at most half of the files; the SDK of 0.28 keeps a connection for each thread
    with ThreadPoolExecutor(20 if backend == "legacy-openai" else 100) as pool:
        answers = list(pool.map(lambda _: client.chat.completions.create(**ask), range(100)))
    assert len(answers) == 100 and retries == [], retries
there = {**settings, "base_url": base_url.replace("127.0.0.1", host)}
with dsadapter.OpenAI(max_retries=1, **there) as client:
    files, err = take_all_files(), None
    try:
        client.chat.completions.create(**ask)
    except Exception as raised:
        err = raised
    for file in files:
        os.close(file)
    check(err, retries)

async def main():
    async with dsadapter.AsyncOpenAI(max_retries=1, **settings) as client:
        create = client.chat.completions.create
        answers = await asyncio.gather(*(create(**ask) for _ in range(100)))
        assert len(answers) == 100 and retries == [], retries
    await asyncio.sleep(0.1)
    async with dsadapter.AsyncOpenAI(max_retries=1, **there) as client:
        files, err = take_all_files(), None
        try:
            await client.chat.completions.create(**ask)
        except Exception as raised:
            err = raised
        for file in files:
            os.close(file)
        check(err, retries)

del retries[:]
asyncio.run(main())
print("fine")
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of open files of POSIX")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_limit_of_64_open_files(backend: str, host: str) -> None:
    """100 calls at once pass through it; where there is no file at all, the error says so."""
    with ReplyingProcess() as server:
        run = subprocess.run(
            [sys.executable, "-c", FEW_FILES, server.base_url, backend, host],
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    assert run.stdout.strip() == b"fine", run.stderr.decode()[-2000:]


@pytest.mark.parametrize("value", [0, -1, 1.5, "10", True])
def test_a_number_of_connections_that_cannot_be_meant(value: Any) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="max_connections"):
        dsadapter.OpenAI(KEY, base_url="http://127.0.0.1:9", max_connections=value)
