"""httpx and httpx2 as transports: each of their exceptions to its kind, replies, connections."""

from __future__ import annotations

import asyncio
import gzip
import inspect
import socket
import threading
from math import inf
from types import SimpleNamespace
from typing import Any, Dict, List, Optional

import pytest

from _backends.io.kinds import kind_of
from dsadapter._backends.io.failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD
from dsadapter._backends.io.httpx import (
    AsyncConnectionTrace,
    AsyncHttpxReply,
    ConnectionTrace,
    HttpxBackend,
    HttpxReply,
    allow_any_status,
    allow_any_status_async,
    translated,
    without_local_proxies,
    without_redirects,
)
from dsadapter._errors.tree import APIConnectionError, ServerDisconnectedError

GZIP = {"Content-Encoding": "gzip"}
EXCEPTIONS: Dict[str, str] = {
    "ConnectTimeout": TIMEOUT,
    "ReadTimeout": TIMEOUT,
    "WriteTimeout": TIMEOUT,
    "PoolTimeout": TIMEOUT,
    "TimeoutException": TIMEOUT,
    "ReadError": DISCONNECTED,
    "WriteError": DISCONNECTED,
    "RemoteProtocolError": UNREADABLE_HEAD,
    "CloseError": NO_CONNECTION,
    "ConnectError": NO_CONNECTION,
    "DecodingError": NO_CONNECTION,
    "HTTPError": NO_CONNECTION,
    "LocalProtocolError": NO_CONNECTION,
    "NetworkError": NO_CONNECTION,
    "ProtocolError": NO_CONNECTION,
    "ProxyError": NO_CONNECTION,
    "RequestError": NO_CONNECTION,
    "TooManyRedirects": NO_CONNECTION,
    "TransportError": NO_CONNECTION,
    "UnsupportedProtocol": NO_CONNECTION,
}


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: Any) -> Any:
    return pytest.importorskip(request.param, reason=f"{request.param} is not installed here")


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_each_exception_has_its_kind(library: Any, name: str) -> None:
    err = translated(getattr(library, name)("why"))
    assert kind_of(err) == EXCEPTIONS[name]
    assert err.message.endswith(("why", "without an answer."))
    assert err.unsent is (name in ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"))


def test_no_exception_of_a_request_is_missing(library: Any) -> None:
    classes = inspect.getmembers(library, inspect.isclass)
    names = {name for name, cls in classes if issubclass(cls, library.HTTPError)}
    ours = {"HTTPStatusError", "SSEError"}  # statuses and events are read above the seam
    assert names - ours <= set(EXCEPTIONS)


def test_a_server_that_leaves_without_a_byte(library: Any) -> None:
    text = "Server disconnected without sending a response."
    err = translated(library.RemoteProtocolError(text), stale=True)
    assert isinstance(err, ServerDisconnectedError)
    assert err.stale


@pytest.mark.parametrize("event", ["StreamReset", "ConnectionTerminated", None])
def test_over_http_2_the_end_of_a_connection_is_no_unreadable_head(
    library: Any, event: Optional[str]
) -> None:
    """Another call's deadline ends it for all that wait there: they may be tried again."""
    cause: Any = RuntimeError(type(event, (), {})()) if event else None
    exception = library.RemoteProtocolError(str(cause) if event else "Server disconnected")
    exception.__cause__ = cause
    assert kind_of(translated(exception)) == DISCONNECTED
    err = translated(exception, reading=True)
    assert isinstance(err, APIConnectionError)
    assert not isinstance(err, ServerDisconnectedError)  # an answer was there


def test_an_exception_of_a_transport_of_the_caller_s_own() -> None:
    assert kind_of(translated(OSError("why"))) == NO_CONNECTION
    assert kind_of(translated(TimeoutError())) == TIMEOUT
    assert kind_of(translated(asyncio.TimeoutError())) == TIMEOUT
    assert "ValueError" in translated(ValueError()).message


def redirecting(library: Any, requests: List[Any]) -> Any:
    def answer(request: Any) -> Any:
        requests.append(request)
        return library.Response(307, headers={"location": "/elsewhere"}, content=b"moved")

    return library.MockTransport(answer)


def test_a_twin_on_the_same_connections_follows_no_redirect(library: Any) -> None:
    requests: List[Any] = []
    with library.Client(transport=redirecting(library, requests), follow_redirects=True) as client:
        twin = without_redirects(client, allow_any_status)
        response = twin.get("http://127.0.0.1/")
        response.raise_for_status()
        assert (response.status_code, len(requests)) == (307, 1)
        assert client.follow_redirects
        assert client.event_hooks["response"] == []


def test_an_async_twin_too(library: Any) -> None:
    requests: List[Any] = []

    async def main() -> None:
        transport = redirecting(library, requests)
        async with library.AsyncClient(transport=transport, follow_redirects=True) as client:
            response = await without_redirects(client, allow_any_status_async).get("http://x/")
            response.raise_for_status()
            assert response.status_code == 307

    asyncio.run(main())
    assert len(requests) == 1


def test_no_client_of_the_caller_s_replaces_the_key(library: Any, op: Any) -> None:
    requests: List[Any] = []
    transport = redirecting(library, requests)
    with library.Client(transport=transport, auth=("user", "password")) as client:
        reply = HttpxBackend(client).send(op)
        assert (reply.status, b"".join(reply.chunks())) == (307, b"moved")
        reply.close()
    assert requests[0].headers["authorization"] == "Bearer k"


def test_proxies_for_some_addresses_are_none_for_this_machine(library: Any) -> None:
    proxy = library.HTTPTransport(proxy="http://127.0.0.1:9")
    with library.Client(mounts={"http://": proxy}, trust_env=False) as client:
        twin = without_local_proxies(client)
        assert twin._transport_for_url(library.URL("http://127.0.0.1:8000/")) is client._transport
        assert twin._transport_for_url(library.URL("http://example.com/")) is proxy
    with library.Client(trust_env=False) as client:
        assert without_local_proxies(client) is client


# --- what is httpcore's own, and may be gone -----------------------------------------------------

CONNECTED = "connection.connect_tcp.complete"
STREAMS = [
    None,
    object(),
    SimpleNamespace(_stream=None),
    SimpleNamespace(_stream=SimpleNamespace(_protocol=object(), _transport=object())),
]


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: str(stream)[:20])
def test_a_connection_of_an_unknown_kind_stays_as_it_is(stream: Any) -> None:
    trace = AsyncConnectionTrace(64)
    asyncio.run(trace(CONNECTED, {"return_value": stream}))
    asyncio.run(trace(CONNECTED, {}))
    assert trace.critical  # it is connected, and not yet asked


class Connection:
    """httpcore's, whose parser is another."""

    _h11_state = object()

    def read(self) -> None:
        raise OSError("it broke")


def test_a_head_read_by_an_unknown_parser() -> None:
    """Whether a part of one had arrived is not known: the error is one without it."""
    with pytest.raises(OSError) as raised:
        Connection().read()
    err = translated(raised.value)
    assert (err.answer_began, err.message) == (False, "Connection error: it broke")


class NetworkStream:
    """What httpx names the connection of a response: knows its socket, where there is one."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock

    def get_extra_info(self, name: str) -> Any:
        return self.sock if name == "socket" else None


@pytest.mark.parametrize("state", ["connected", "shut down", "closed"])
def test_a_reply_is_aborted_whatever_became_of_its_socket(library: Any, state: str) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        if state == "shut down":
            ours.shutdown(socket.SHUT_RDWR)
        if state == "closed":
            ours.close()
        extensions = {"network_stream": NetworkStream(ours)}
        HttpxReply(library.Response(200, extensions=extensions), ConnectionTrace()).abort()
        assert theirs.recv(1) == b""


GIVEN_BACK = "http11.response_closed.started"


@pytest.mark.parametrize("again", [False, True], ids=["one request", "a transport sends again"])
def test_a_reply_that_gave_its_connection_back_leaves_it_alone(library: Any, again: bool) -> None:
    trace = ConnectionTrace()
    trace("http11.send_request_headers.started", {})
    trace(GIVEN_BACK, {})
    if again:
        trace("http11.send_request_headers.started", {})
    ours, theirs = socket.socketpair()
    with ours, theirs:
        extensions = {"network_stream": NetworkStream(ours)}
        HttpxReply(library.Response(200, extensions=extensions), trace).abort()
        theirs.settimeout(10)
        if not again:
            ours.sendall(b"x")
        assert theirs.recv(1) == (b"" if again else b"x")


def test_a_connection_is_given_back_before_or_after_it_is_shut_down() -> None:
    """Never in between: the one who gets it next would be ended."""
    shutting, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    trace = ConnectionTrace()

    class Sock:
        def fileno(self) -> int:
            shutting.set()
            go_on.wait(10)
            return -1

    def give_back() -> None:
        trace(GIVEN_BACK, {})
        ended.set()

    threads = [
        threading.Thread(target=trace.shut_down, args=(Sock(),)),
        threading.Thread(target=give_back),
    ]
    threads[0].start()
    assert shutting.wait(10)
    threads[1].start()
    assert not ended.wait(0.1)
    go_on.set()
    assert ended.wait(10)
    for thread in threads:
        thread.join(10)


@pytest.mark.parametrize("extensions", [{}, {"network_stream": NetworkStream(None)}])
def test_a_reply_without_a_socket_has_nothing_to_abort(library: Any, extensions: Any) -> None:
    HttpxReply(library.Response(200, extensions=extensions), ConnectionTrace()).abort()


def test_a_reply_that_was_read_and_decoded_already(library: Any) -> None:
    """As a mocked transport gives it, and the SDK's client of an error."""
    response = library.Response(200, content=gzip.compress(b"{}"), headers=GZIP)
    reply = HttpxReply(response, None)
    assert (list(reply.chunks()), reply.content_encoding) == ([b"{}"], "")

    async def main() -> Any:
        again = AsyncHttpxReply(response, None)
        return [data async for data in again.chunks()], again.content_encoding

    assert asyncio.run(main()) == ([b"{}"], "")


def test_a_reply_that_is_not_read_yet_comes_as_it_was_sent(library: Any) -> None:
    packed = gzip.compress(b"{}")
    response = library.Response(200, content=iter([packed[:5], packed[5:]]), headers=GZIP)
    reply = HttpxReply(response, None)
    assert reply.content_encoding == "gzip"
    assert list(reply.chunks()) == [packed[:5], packed[5:]]
    reply.close()
    assert response.is_closed


def raised_while_reading(parser: Any) -> BaseException:
    """As httpx raises it over httpcore's error, which its parser's frames stand behind."""

    class Connection:
        _h11_state = parser

        def read(self) -> None:
            raise ValueError("it broke")

    try:
        try:
            Connection().read()
        except ValueError as err:
            raise OSError("no answer") from err
    except OSError as err:
        return err


@pytest.mark.parametrize(("received", "began"), [(b"HTTP/1.1 2", True), (b"", False)])
def test_a_part_of_a_head_is_known_from_the_parser(received: bytes, began: bool) -> None:
    err = raised_while_reading(SimpleNamespace(trailing_data=(received, False)))
    assert translated(err).answer_began is began


@pytest.mark.parametrize(("pool_size", "waits"), [(64, True), (inf, False)])
def test_a_cancellation_waits_for_no_place_in_a_caller_s_pool(
    pool_size: float, waits: bool
) -> None:
    """That may take long; of a pool of our own the gate does the waiting."""
    assert AsyncConnectionTrace(pool_size).critical is waits


STEPS = [
    ("connection.connect_tcp.started", False, True),
    ("connection.connect_tcp.complete", True, False),
    ("connection.start_tls.started", False, True),
    ("connection.start_tls.complete", True, False),
    ("http11.send_request_headers.started", False, False),
    ("http11.response_closed.started", True, False),
    ("http11.response_closed.complete", True, False),
]


@pytest.mark.parametrize(("event", "critical", "connecting"), STEPS)
def test_what_a_cancellation_needs_to_know(event: str, critical: bool, connecting: bool) -> None:
    trace = AsyncConnectionTrace(inf)
    asyncio.run(trace(event, {}))
    assert (trace.critical, trace.connecting) == (critical, connecting)


@pytest.mark.parametrize(
    ("events", "stale"),
    [
        ([], False),
        (["http11.send_request_headers.started"], True),
        (["connect_tcp.started", "http11.send_request_headers.started"], False),
        (["connect_unix_socket.started", "http11.send_request_headers.started"], False),
        (["http11.send_request_headers.started", "http11.send_request_body.complete"], False),
    ],
)
def test_when_a_connection_died_before_it_was_written_to(events: Any, stale: bool) -> None:
    trace, later = ConnectionTrace(), AsyncConnectionTrace(inf)
    for event in events:
        trace(event, {})
        asyncio.run(later(event, {}))
    assert (trace.stale, later.stale) == (stale, stale)


@pytest.mark.parametrize("closing", [False, True])
def test_what_a_server_says_is_read_while_the_request_is_written(closing: bool) -> None:
    """Else an early refusal is lost with the connection that the server closes behind it."""
    done: List[str] = []
    protocol = SimpleNamespace(pause_writing=lambda: done.append("paused"))
    transport = SimpleNamespace(
        resume_reading=lambda: done.append("reads"), is_closing=lambda: closing
    )
    stream = SimpleNamespace(_stream=SimpleNamespace(_protocol=protocol, _transport=transport))
    asyncio.run(AsyncConnectionTrace(64)(CONNECTED, {"return_value": stream}))
    protocol.pause_writing()
    assert done == (["paused"] if closing else ["paused", "reads"])
