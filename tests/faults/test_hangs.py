"""Nothing hangs: the end of a process, a close from elsewhere, endless framing, bombs, threads."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dsadapter
from dsadapter._backends import selection
from dsadapter._backends.io.chunked import Dechunker
from dsadapter._call import deadlines
from dsadapter.testing.callers import KEY
from dsadapter.testing.contract import missing

sys.path.insert(0, str(Path(__file__).parent))
from wire import CHUNKED, WireServer, event, framed  # noqa: E402

BACKENDS = [name for name in selection.BY_NAME if not missing(name)]
ASK: Dict[str, Any] = {
    "model": "deepseek-flash",
    "messages": [{"role": "user", "content": "Hi"}],
    "stream": True,
}


@pytest.fixture(params=BACKENDS)
def backend(request: Any) -> str:
    return str(request.param)


@pytest.fixture()
def serve() -> Iterator[Callable[..., WireServer]]:
    servers: List[WireServer] = []

    def start(*parts: bytes, ends: bool = False) -> WireServer:
        """Each request is answered with these parts, and then with silence, or the end."""

        def answer(connection: Any, number: int) -> bool:
            for part in parts:
                connection.sendall(part)
            return not ends

        servers.append(WireServer(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def client(server: WireServer, backend: str, **more: Any) -> Any:
    return dsadapter.OpenAI(KEY, base_url=server.base_url, backend=backend, **more)


# --- the end of a process ------------------------------------------------------------------------

PROGRAM = """
import sys, threading, time, dsadapter
client = dsadapter.OpenAI(%r, base_url=%r, backend=%r)
stream = client.chat.completions.create(**%r)
%s
stream.choices
"""
READ = "next(stream)"
READING = "threading.Thread(target=list, args=(stream,), daemon=True).start(); time.sleep(0.2)"


@pytest.mark.parametrize("before", ["", READ, READING], ids=["opened", "read", "being read"])
def test_a_program_that_ends_while_a_stream_is_open_ends(
    serve: Any, backend: str, before: str
) -> None:
    server = serve(CHUNKED % b"", framed(event("a")))
    program = PROGRAM % (KEY, server.base_url, backend, ASK, before)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, timeout=20
    )
    assert b"AttributeError" in done.stderr and b"choices" in done.stderr
    assert b"ignored" not in done.stderr
    assert done.returncode == 1


# --- close() from elsewhere ----------------------------------------------------------------------


def test_close_from_another_thread_returns_and_the_reader_is_told(serve: Any, backend: str) -> None:
    server = serve(CHUNKED % b"", framed(event("Hello")))
    stream = client(server, backend).chat.completions.create(**ASK)
    assert next(stream).choices[0].delta.content == "Hello"
    errors: List[Any] = []

    def read() -> None:
        try:
            next(stream)
        except dsadapter.APIConnectionError as err:
            errors.append(err)

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(0.1)
    began = time.monotonic()
    stream.close()
    reader.join(5)
    assert time.monotonic() - began < 1 and not reader.is_alive()
    assert type(errors[0]).__name__ == "StreamClosedError"
    assert errors[0].partial == "Hello"


def test_close_from_another_task_returns_and_the_reader_is_told(serve: Any, backend: str) -> None:
    server = serve(CHUNKED % b"", framed(event("Hello")))

    async def main() -> Any:
        async with dsadapter.AsyncOpenAI(
            KEY, base_url=server.base_url, backend=backend
        ) as asynchronous:
            stream = await asynchronous.chat.completions.create(**ASK)
            await stream.__anext__()
            reader = asyncio.ensure_future(stream.__anext__())
            await asyncio.sleep(0.1)
            await asyncio.wait_for(stream.close(), 1)
            with pytest.raises(dsadapter.StreamClosedError) as caught:
                await asyncio.wait_for(reader, 1)
            return caught.value

    assert asyncio.run(main()).partial == "Hello"


def test_what_was_closed_is_not_read_on(serve: Any, backend: str) -> None:
    server = serve(CHUNKED % b"", framed(event("Hello")))
    stream = client(server, backend).chat.completions.create(**ASK)
    next(stream)
    stream.close()
    with pytest.raises(dsadapter.StreamClosedError) as caught:
        next(stream)
    assert caught.value.partial == "Hello"


# --- framing -------------------------------------------------------------------------------------

ENDLESS = [b"-0009", b"-1", b"+f3", b"0x5", b"1_0", b" 5", b"", b"g", b"5\x00", b"f" * 17]


@pytest.mark.parametrize("size", ENDLESS)
def test_a_chunk_size_is_hexadecimal_digits(serve: Any, backend: str, size: bytes) -> None:
    server = serve(CHUNKED % b"", framed(event("a")), size + b"\r\n" + event("b"), ends=True)
    began = time.monotonic()
    with pytest.raises(dsadapter.APIConnectionError):
        list(client(server, backend, max_retries=0).chat.completions.create(**ASK))
    assert time.monotonic() - began < 5


def test_what_follows_a_chunk_is_a_line_break(serve: Any, backend: str) -> None:
    data = event("a")
    server = serve(CHUNKED % b"", b"%x\r\n%sXX" % (len(data), data), ends=True)
    with pytest.raises(dsadapter.APIConnectionError):
        list(client(server, backend, max_retries=0).chat.completions.create(**ASK))


def test_trailers_are_bounded() -> None:
    dechunker = Dechunker()
    dechunker.feed(b"0\r\n")
    with pytest.raises(ValueError, match="trailers"):
        for _ in range(100):
            dechunker.feed(b"A: " + b"b" * 1000)


def ours(parts: List[bytes]) -> Any:
    dechunker = Dechunker()
    body = b""
    try:
        for part in parts:
            body += b"" if dechunker.ended else dechunker.feed(part)
    except ValueError:
        return "refused"
    return body, dechunker.ended


def theirs(data: bytes) -> Any:
    h11 = pytest.importorskip("h11", reason="httpx brings h11")
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + data)
    body = b""
    try:
        happened = connection.next_event()
        while isinstance(happened, (h11.Response, h11.Data)):
            body += bytes(getattr(happened, "data", b""))
            happened = connection.next_event()
    except h11.RemoteProtocolError:
        return "refused"
    return body, isinstance(happened, h11.EndOfMessage)


CONTENT = st.binary(min_size=1, max_size=20)
MUTATION = st.tuples(st.floats(0, 0.999), st.sampled_from(b"0123456789abcfgx-+_ ;"))


@settings(max_examples=300, deadline=None)
@given(st.lists(CONTENT, max_size=4), st.lists(MUTATION, max_size=2), st.integers(1, 9))
def test_framing_has_the_verdicts_of_h11(contents: Any, mutations: Any, step: int) -> None:
    data = b"".join(map(framed, contents)) + b"0\r\n\r\n"
    for place, character in mutations:
        at = int(place * (len(data) - 4))  # the end stays: trailers are not read here
        data = data[:at] + bytes([character]) + data[at + 1 :]
    parts = [data[i : i + step] for i in range(0, len(data), step)]
    assert ours(parts) == ours([data])
    if theirs(data) != "refused":
        assert ours([data]) == theirs(data)
    elif ours([data]) != "refused" and ours([data])[1]:  # h11 reads trailers, too: without them
        assert theirs(up_to_trailers(data) + b"\r\n") == ours([data])


def up_to_trailers(data: bytes) -> bytes:
    dechunker, position = Dechunker(), 0
    while not dechunker._in_trailers:
        dechunker.feed(data[position : position + 1])
        position += 1
    return data[:position]


# --- bombs ---------------------------------------------------------------------------------------


def gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def test_a_bomb_is_refused() -> None:
    module = import_module("dsadapter._response.content_encoding")
    packed = gzip(b"\0" * (module.MAX_INFLATED + 2 * module.BLOCK))
    with pytest.raises(dsadapter.APIResponseError, match="200 times"):
        for _ in module.for_encoding("gzip").feed(packed):
            pass


@pytest.mark.parametrize("stream", [True, False])
def test_a_deadline_holds_while_a_bomb_unpacks(serve: Any, monkeypatch: Any, stream: bool) -> None:
    """And the event loop turns meanwhile."""
    monkeypatch.setattr(import_module("dsadapter._response.content_encoding"), "MAX_RATIO", 1e9)
    comments = gzip(b": keep-alive, keep-alive, keep-alive, keep-alive\n" * 2_000_000)
    server = serve(CHUNKED % b"Content-Encoding: gzip\r\n", framed(comments))
    gaps: List[float] = []
    ticking: List[Any] = []

    async def ticks() -> None:
        while True:
            began = time.thread_time()  # the CPU of the loop: a busy machine takes none of it
            await asyncio.sleep(0.01)
            gaps.append(time.thread_time() - began)

    async def main() -> None:
        asynchronous = dsadapter.AsyncOpenAI(KEY, base_url=server.base_url, backend="raw-requests")
        ticking.append(asyncio.ensure_future(ticks()))
        async with asynchronous:
            response = await asynchronous.chat.completions.create(
                **{**ASK, "stream": stream}, deadline=0.5
            )
            async for _ in response:
                pass

    began = time.process_time()
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        asyncio.run(main())
    assert caught.value.bound == "deadline"
    assert time.process_time() - began < 3
    assert max(gaps) < 0.5


# --- the thread that watches ---------------------------------------------------------------------


def test_a_thread_that_cannot_start_is_tried_again(serve: Any, monkeypatch: Any) -> None:
    server = serve(CHUNKED % b"", framed(event("a")))
    monkeypatch.setattr(deadlines, "_watcher", deadlines._Watcher())
    raw = client(server, "raw-requests")
    start = threading.Thread.start

    def refuse(thread: Any) -> None:
        if thread.name == "dsadapter-deadlines":
            raise RuntimeError("can't start new thread")
        start(thread)

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        unlimited = raw.chat.completions.create(**ASK)
        assert next(unlimited).choices[0].delta.content == "a"  # nobody asked for a limit
        with pytest.raises(dsadapter.APIConnectionError, match="no thread can be started"):
            next(raw.chat.completions.create(**ASK, deadline=5))
    stream = raw.chat.completions.create(**ASK, idle_timeout=0.2)
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        list(stream)
    assert caught.value.bound == "idle_timeout"
    unlimited.close()


def test_a_destructor_that_runs_inside_abort_waits_for_nothing() -> None:
    outcomes: List[bool] = []
    watch: Any = None

    def abort() -> None:  # the garbage collector may run here, and drop the very stream
        outcomes.append(watch.cancel(wait=False))

    watch = deadlines.Watch(deadlines.Deadlines(1.0, 1.0, explicit=True), abort)
    thread = threading.Thread(target=watch.expire, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive() and outcomes == [False]


def test_a_late_send_leaves_no_thread(serve: Any) -> None:
    """Its server drips a head that never ends."""

    def drip(connection: Any, number: int) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            time.sleep(0.02)
            connection.sendall(b"X-A: b\r\n")

    server = WireServer(drip)
    try:
        raw = client(server, "raw-requests", max_retries=0)
        before = set(threading.enumerate())
        for _ in range(3):
            with pytest.raises(dsadapter.APITimeoutError):
                raw.chat.completions.create(**ASK, deadline=0.2)
        ends = time.monotonic() + 3
        while _senders(before) and time.monotonic() < ends:
            time.sleep(0.02)
        assert _senders(before) == []
    finally:
        server.close()


def _senders(before: Any) -> List[str]:
    threads = set(threading.enumerate()) - before
    return [thread.name for thread in threads if thread.name == "dsadapter-send"]
