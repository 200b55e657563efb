"""Connections of aiohttp: what they note of their end, and which of them are used again."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from functools import partial
from types import SimpleNamespace
from typing import Any, List

import pytest

from dsadapter._backends.base import Operation
from dsadapter._errors.tree import APIConnectionError

aiohttp = pytest.importorskip("aiohttp", reason="aiohttp is not installed here")
transport: Any = pytest.importorskip("dsadapter._backends.io.aiohttp")
connections: Any = pytest.importorskip("dsadapter._backends.io.aiohttp_connections")
sessions: Any = pytest.importorskip("dsadapter._backends.io.aiohttp_session")


def test_a_session_of_the_caller_s_is_traced_once() -> None:
    async def main() -> None:
        async with aiohttp.ClientSession() as session:
            assert connections.trace_connections(session)
            assert connections.trace_connections(session)
            assert len(session.trace_configs) == 1

    asyncio.run(main())
    assert not connections.trace_connections(object())


# --- connections of a session that the caller uses, too ------------------------------------------

HALF = b"HTTP/1.1 200 OK\r\nContent-Type: app"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def with_a_session(answers: List[Any], main: Any) -> Any:
    """``main(session, url)`` beside a server with an answer for each request; behind half a one it
    hangs up."""

    async def serve(reader: Any, writer: Any) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                answer = answers.pop(0)
                for packet in answer if isinstance(answer, tuple) else (answer,):
                    writer.write(packet)
                    await asyncio.sleep(0.02)
                if answer != WHOLE:
                    break
        except asyncio.IncompleteReadError:  # the client has left
            pass
        finally:
            writer.close()

    async def run() -> Any:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with aiohttp.ClientSession() as session:
            port = server.sockets[0].getsockname()[1]
            result = await main(session, f"http://127.0.0.1:{port}/")
        server.close()
        await asyncio.sleep(0.05)  # its connections end
        return result

    return asyncio.run(run())


async def send(session: Any, url: str) -> Any:
    """A call of the adapter; gives its error."""
    try:
        reply = await transport.AiohttpBackend(session).send(
            Operation("GET", url, {}, None, 5.0, 5.0)
        )
        try:
            async for _ in reply.chunks():
                pass
        finally:
            await reply.close()
    except APIConnectionError as err:
        return err


async def post(session: Any, url: str) -> Any:
    """A request of the caller's own."""
    try:
        async with session.post(url) as response:
            await response.read()
    except aiohttp.ClientError as err:
        return err


def test_an_error_of_the_caller_s_own_requests_is_aiohttp_s() -> None:
    """On a connection of his own as on one that a call of the adapter opened; and the other way."""

    async def main(session: Any, url: str) -> Any:
        assert await send(session, url) is None
        own = [await post(session, url), await post(session, url)]
        assert await post(session, url) is None
        return own, await send(session, url), await send(session, url)

    own, *ours = with_a_session([WHOLE, HALF, HALF, WHOLE, HALF, HALF], main)
    assert [vars(err).get("_dsadapter_noted") for err in own] == [None, None]
    assert all(isinstance(err, aiohttp.ClientError) for err in own)
    assert all(isinstance(err, APIConnectionError) for err in ours)
    assert ours[-1].answer_began  # on a connection of its own


CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}"


@pytest.mark.parametrize("packets", [(CHUNK, b"\r\n+f\r\n"), (CHUNK + b"\r\n", b"+f\r\n")])
def test_broken_chunks_end_a_call_on_a_connection_of_the_caller_s(
    packets: Any, monkeypatch: Any
) -> None:
    """aiohttp itself tells the reader nothing; here a proxy would keep the two apart."""
    monkeypatch.setattr(transport, "is_on_this_machine", lambda url: False)

    async def main(session: Any, url: str) -> Any:
        assert await post(session, url) is None
        assert len(session.connector._conns) == 1
        return await asyncio.wait_for(send(session, url), 20)

    err = with_a_session([WHOLE, packets], main)
    assert "the body is not whole" in str(err)


def unusual(session: Any) -> None:
    session.connector._factory = lambda factory=session.connector._factory: factory()


def unknown(session: Any) -> None:
    names = ("_read_timeout", "_on_read_timeout", "_paused")

    class Connection(aiohttp.client_proto.ResponseHandler):  # type: ignore[misc, name-defined]
        def __getattribute__(self, name: str) -> Any:
            if name in names and sys._getframe(1).f_globals is vars(connections):
                raise AttributeError(name)
            return super().__getattribute__(name)

    factory = session.connector._factory
    session.connector._factory = partial(Connection, *factory.args, **factory.keywords)


@pytest.mark.parametrize("change", [unusual, unknown])
def test_an_aiohttp_of_which_less_is_known(change: Any) -> None:
    """What is its own may be gone: calls are answered, and fail, as they do without it."""

    async def main(session: Any, url: str) -> Any:
        change(session)
        return [await send(session, url) for _ in range(3)]

    errors = with_a_session([WHOLE, WHOLE, HALF], main)
    assert errors[:2] == [None, None]
    assert isinstance(errors[2], APIConnectionError)


# --- connections of our own ----------------------------------------------------------------------


def test_a_socket_with_bytes_or_at_its_end_is_readable() -> None:
    here, there = socket.socketpair()
    with here, there:
        assert not connections.is_readable(here.fileno())
        there.send(b"x")
        assert connections.is_readable(here.fileno())
        here.recv(1)
        assert not connections.is_readable(here.fileno())
        there.close()
        assert connections.is_readable(here.fileno())


def test_a_kept_connection_that_was_closed_is_not_used_again() -> None:
    """Though the event loop has had no turn to learn of it."""
    asked: List[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/"

    closed = threading.Semaphore(0)

    def serve() -> None:
        for _ in range(3):
            connection, _ = listening.accept()
            with connection:
                asked.append(connection.recv(65536))
                connection.sendall(WHOLE)
            closed.release()

    async def main() -> None:
        backend = sessions.OwnAiohttpBackend()
        operation = Operation("POST", url, {}, b"{}", 5.0, 5.0)
        for _ in range(3):
            reply = await backend.send(operation)
            async for _ in reply.chunks():
                pass
            assert closed.acquire(timeout=5)  # the loop stands still meanwhile
        await backend.close()

    threading.Thread(target=serve, daemon=True).start()
    with listening:
        asyncio.run(main())
    assert len(asked) == 3


def test_our_own_connections_note_how_they_end() -> None:
    async def serve(reader: Any, writer: Any) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HALF)
        writer.close()

    async def main() -> Any:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        backend = sessions.OwnAiohttpBackend()
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        try:
            await backend.send(Operation("GET", url, {}, None, 5.0, 5.0))
        except APIConnectionError as err:
            return err
        finally:
            await backend.close()
            server.close()

    assert asyncio.run(main()).answer_began


def test_an_aiohttp_with_connections_of_another_kind(monkeypatch: Any) -> None:
    """They note nothing, and calls are answered."""
    monkeypatch.setattr(connections, "_factory_with", lambda methods, connector: None)

    async def main() -> str:
        connector = connections.OwnConnector()
        await connector.close()
        return type(connector._factory.func).__name__

    assert asyncio.run(main()) == "type"


def test_a_body_that_breaks_off_is_told_from_a_head_that_does() -> None:
    async def main(session: Any, url: str) -> Any:
        return await send(session, url)

    half_a_body = WHOLE.replace(b"Length: 2", b"Length: 9")
    assert "The connection broke" in str(with_a_session([half_a_body], main))
    assert "The head of the answer cannot be read" in str(with_a_session([HALF], main))


class Protocol:
    """What aiohttp's own does beside: nothing here."""

    transport, _paused = None, False

    def set_response_params(self, **params: Any) -> None: ...

    def data_received(self, data: bytes) -> None: ...

    def feed_data(self, data: Any, *size: Any) -> None: ...

    def set_exception(self, exc: Any, *cause: Any) -> None: ...


# what came on a connection before it ended: whether a head had begun, whether the next request
# was certainly not written
ENDINGS = [
    ([], False, False),
    ([b"HTTP/1.1 2"], True, False),
    ([b"", b""], False, False),
    ([b"HTTP/1.1 103 ...", 103], False, False),
    ([b"HTTP/1.1 103 ...", 103, b"HTTP"], True, False),
    ([b"HTTP/1.1 200 ...", 200], False, True),
    ([b"HTTP/1.1 200 ...", 200, b"body"], False, True),
]


@pytest.mark.parametrize(("events", "began", "unwritten"), ENDINGS)
@pytest.mark.parametrize("ours", [True, False])
def test_what_a_connection_notes_of_its_end(
    events: Any, began: bool, unwritten: bool, ours: bool
) -> None:
    connection: Any = connections._combined(connections._Noting, Protocol)()
    token = connections._our_call.set(ours)
    try:
        connection.set_response_params()
    finally:
        connections._our_call.reset(token)
    for event in events:
        if isinstance(event, bytes):
            connection.data_received(event)
        else:
            connection.feed_data((SimpleNamespace(code=event), None), 0)
    error = ConnectionResetError(104, "reset")
    connection.set_exception(error)
    assert vars(error).get("_dsadapter_noted") == ((began, unwritten) if ours else None)


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("resumed", [True, False])
def test_the_read_timeout_holds_while_nobody_takes_the_request(ours: bool, resumed: bool) -> None:
    late: List[str] = []

    class Writing(Protocol):
        _read_timeout = 0.01

        def pause_writing(self) -> None: ...

        def resume_writing(self) -> None: ...

        def _on_read_timeout(self) -> None:
            late.append("late")

    async def main() -> None:
        connection: Any = connections._combined(connections._Noting, Writing)()
        connection._noting = ours
        connection.pause_writing()
        if resumed:
            connection.resume_writing()
        await asyncio.sleep(0.1)

    asyncio.run(main())
    assert late == (["late"] if ours and not resumed else [])


def test_a_connection_of_which_nobody_asked_notes_nothing() -> None:
    connection: Any = connections._combined(connections._Noting, Protocol)()
    connection.data_received(b"HTTP/1.1 4")
    error = ConnectionResetError(104, "reset")
    connection.set_exception(error)
    assert vars(error) == {}
    assert not connections.answer_began(error)
    assert not connections.was_unwritten(error)


@pytest.mark.parametrize(("ours", "stalled"), [(True, True), (True, False), (False, True)])
def test_a_request_that_nobody_takes_is_not_waited_for(ours: bool, stalled: bool) -> None:
    """aiohttp's own would close the connection once all is written."""
    told: List[str] = []

    class Closing(Protocol):
        transport: Any = SimpleNamespace(abort=lambda: told.append("aborted"))
        _paused = stalled

        def close(self) -> None:
            told.append("closed")

    connection: Any = connections._combined(connections._Noting, Closing)()
    connection._noting = ours
    connection.close()
    assert told == (["aborted", "closed"] if ours and stalled else ["closed"])
    connection.transport = None
    connection.close()
    assert told[-1] == "closed"


@pytest.mark.parametrize("awaiting_head", [True, False])
@pytest.mark.parametrize("rest", [None, True, False])
def test_only_an_idle_connection_with_bytes_is_gone(awaiting_head: bool, rest: Any) -> None:
    """One that is still read has bytes because it works."""
    here, there = socket.socketpair()

    class Connected(Protocol):
        transport: Any = SimpleNamespace(get_extra_info=lambda name: here)
        _payload = None if rest is None else SimpleNamespace(is_eof=lambda: not rest)

        def is_connected(self) -> bool:
            return True

    connection: Any = connections._combined(connections._Own, Connected)()
    connection._awaiting_head = awaiting_head
    with here, there:
        assert connection.is_connected()
        there.send(b"x")
        assert connection.is_connected() is bool(awaiting_head or rest)


def test_which_request_of_the_caller_s_session_opened_a_connection() -> None:
    async def main(session: Any, url: str) -> Any:
        connections.trace_connections(session)
        opened = []
        for _ in range(2):
            trace = connections.ConnectionTrace()
            async with session.get(url, trace_request_ctx=trace) as response:
                await response.read()
            opened.append(trace.opened)
        await post(session, url)  # the caller's own has no trace
        return opened

    assert with_a_session([WHOLE, WHOLE, WHOLE], main) == [True, False]


# --- the read timeout of a body -------------------------------------------------------------------


class Clock:
    """In place of the event loop: its time, and the timers that were set."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: List[Any] = []

    def time(self) -> float:
        return self.now

    def call_later(self, seconds: float, callback: Any) -> Any:
        timer = SimpleNamespace(at=self.now + seconds, callback=callback, cancelled=False)
        timer.cancel = lambda: setattr(timer, "cancelled", True)
        timer.when = lambda: timer.at
        self.timers.append(timer)
        return timer

    def go_on_to(self, now: float) -> None:
        """Let time pass, with the timers on the way."""
        while True:
            due = [t for t in self.timers if t.at <= now and not t.cancelled]
            if not due:
                break
            timer = min(due, key=lambda timer: timer.at)
            self.timers.remove(timer)
            self.now = timer.at
            timer.callback()
        self.now = now


class Lasting:
    """What aiohttp's own does beside."""

    _read_timeout: Any = 10.0

    def __init__(self) -> None:
        self.expired: List[float] = []

    def connection_lost(self, exc: Any) -> None: ...


@pytest.fixture()
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """That of the event loop, for connections."""
    clock = Clock()
    running = SimpleNamespace(get_running_loop=lambda: clock)
    monkeypatch.setattr(connections, "asyncio", running)
    late = lambda self: self.expired.append(clock.now)  # noqa: E731
    monkeypatch.setattr(Lasting, "_on_read_timeout", late, raising=False)
    return clock


def lasting() -> Any:
    return connections._combined(connections._Own, Lasting)()


def timers_of(clock: Clock) -> List[Any]:
    return [timer for timer in clock.timers if not timer.cancelled]


def test_packets_of_a_body_do_not_set_a_timer_each(clock: Clock) -> None:
    connection = lasting()
    connection._awaiting_head = True
    connection._reschedule_timeout()  # the request was sent
    clock.go_on_to(4)
    connection._reschedule_timeout()  # its head is there
    connection._awaiting_head = False
    for second in range(5, 26):
        clock.go_on_to(second)
        connection._reschedule_timeout()
    assert connection.expired == []
    assert len(timers_of(clock)) == 1
    assert len(clock.timers) == 1
    clock.go_on_to(60)
    assert connection.expired == [35.0]  # ten seconds behind the last packet


def test_requests_do_not_set_a_timer_each(clock: Clock) -> None:
    """It runs on while a connection waits for its next one, and does nothing then."""
    connection = lasting()
    for second in range(1, 6):
        clock.go_on_to(second)
        connection._awaiting_head = True
        connection._reschedule_timeout()
        connection._awaiting_head = False
        connection._drop_timeout()  # the answer was read
    assert len(clock.timers) == 1
    clock.go_on_to(60)
    assert connection.expired == []
    assert clock.timers == []
    connection._awaiting_head = True
    connection._reschedule_timeout()
    clock.go_on_to(80)
    assert connection.expired == [70.0]


def test_a_connection_that_is_gone_has_no_timer(clock: Clock) -> None:
    connection = lasting()
    connection._reschedule_timeout()
    connection.connection_lost(None)
    assert timers_of(clock) == []


def test_a_request_with_another_read_timeout_has_its_own(clock: Clock) -> None:
    connection = lasting()
    connection._read_timeout = None  # no limit: no timer
    connection._reschedule_timeout()
    assert clock.timers == []
    connection._read_timeout, connection._awaiting_head = 20.0, True
    connection._reschedule_timeout()
    connection._read_timeout = 2.0
    connection._reschedule_timeout()
    clock.go_on_to(10)
    assert connection.expired == [2.0]
    connection._read_timeout = None
    connection._reschedule_timeout()
    clock.go_on_to(100)
    assert connection.expired == [2.0]
