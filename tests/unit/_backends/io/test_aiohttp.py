"""aiohttp as a transport: each of its exceptions to its kind, and whose session is used how."""

from __future__ import annotations

import asyncio
import io
import sys
from functools import partial
from types import SimpleNamespace
from typing import Any, Callable, List, Tuple

import pytest

from _backends.io.kinds import kind_of
from dsadapter._backends.base import Operation
from dsadapter._backends.io.failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD
from dsadapter._errors.tree import APIConnectionError

aiohttp = pytest.importorskip("aiohttp", reason="aiohttp is not installed here")
transport: Any = pytest.importorskip("dsadapter._backends.io.aiohttp")

KEY = SimpleNamespace(host="127.0.0.1", port=9, ssl=True, is_ssl=False)
REFUSED = ConnectionRefusedError(111, "Connection refused")
INFO = SimpleNamespace(real_url="http://127.0.0.1:9/")
EXCEPTIONS: List[Tuple[str, Callable[[Any], Any], str]] = [
    ("TimeoutError", lambda cls: asyncio.TimeoutError(), TIMEOUT),
    ("ServerTimeoutError", lambda cls: cls("slow"), TIMEOUT),
    ("ConnectionTimeoutError", lambda cls: cls("slow"), TIMEOUT),
    ("SocketTimeoutError", lambda cls: cls("slow"), TIMEOUT),
    ("ServerDisconnectedError", lambda cls: cls(), DISCONNECTED),
    ("ConnectionResetError", lambda cls: ConnectionResetError(104, "reset"), DISCONNECTED),
    ("ClientConnectionResetError", lambda cls: cls("closing"), DISCONNECTED),
    ("ClientResponseError", lambda cls: cls(INFO, (), message="bad"), UNREADABLE_HEAD),
    ("ContentTypeError", lambda cls: cls(INFO, (), message="bad"), UNREADABLE_HEAD),
    ("ClientPayloadError", lambda cls: cls("half"), UNREADABLE_HEAD),
    ("ClientConnectorError", lambda cls: cls(KEY, REFUSED), NO_CONNECTION),
    ("ClientConnectorDNSError", lambda cls: cls(KEY, OSError(-2, "no name")), NO_CONNECTION),
    ("ClientProxyConnectionError", lambda cls: cls(KEY, REFUSED), NO_CONNECTION),
    ("ClientOSError", lambda cls: cls(32, "broken pipe"), DISCONNECTED),
    ("ClientConnectionError", lambda cls: cls("closed"), NO_CONNECTION),
    ("ServerConnectionError", lambda cls: cls("closed"), NO_CONNECTION),
    ("InvalidURL", lambda cls: cls("http://["), NO_CONNECTION),
]

WHILE_CONNECTING = (
    "ConnectionTimeoutError",
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "ClientProxyConnectionError",
)


@pytest.mark.parametrize(("name", "build", "kind"), EXCEPTIONS, ids=[row[0] for row in EXCEPTIONS])
def test_each_exception_has_its_kind(name: str, build: Any, kind: str) -> None:
    cls = getattr(aiohttp, name, None)
    if cls is None and name not in ("TimeoutError", "ConnectionResetError"):
        pytest.skip(f"aiohttp {aiohttp.__version__} has no {name}")
    err = transport.translated(build(cls))
    assert kind_of(err) == kind
    assert err.message
    assert err.unsent is (name in WHILE_CONNECTING)


@pytest.mark.parametrize("reused", [True, False])
def test_a_connection_that_was_closed_before_it_was_written_to(reused: bool) -> None:
    """aiohttp's writer refuses; what the system says of a reset comes later, and has a number."""
    refusal = ConnectionResetError("Cannot write to closing transport")
    assert transport.translated(refusal, reused=reused).stale is reused
    for later in (aiohttp.ServerDisconnectedError(), ConnectionResetError(104, "reset")):
        assert not transport.translated(later, reused=reused).stale


def test_a_session_of_the_caller_s_is_traced_once() -> None:
    async def main() -> None:
        async with aiohttp.ClientSession() as session:
            assert transport.trace_connections(session)
            assert transport.trace_connections(session)
            assert len(session.trace_configs) == 1

    asyncio.run(main())
    assert not transport.trace_connections(object())


def test_a_session_of_the_caller_s_is_not_closed() -> None:
    async def main() -> bool:
        async with aiohttp.ClientSession() as session:
            await transport.AiohttpBackend(session).close()
            return bool(session.closed)

    assert asyncio.run(main()) is False


# --- connections of a session that the caller uses, too ------------------------------------------

HALF = b"HTTP/1.1 200 OK\r\nContent-Type: app"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def with_a_session(answers: List[bytes], main: Any) -> Any:
    """``main(session, url)`` beside a server with an answer for each request; behind half a head it
    hangs up."""

    async def serve(reader: Any, writer: Any) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                answer = answers.pop(0)
                writer.write(answer)
                if b"\r\n\r\n" not in answer:
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
        async for _ in reply.chunks():
            pass
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


def unusual(session: Any) -> None:
    session.connector._factory = lambda factory=session.connector._factory: factory()


def unknown(session: Any) -> None:
    names = ("_read_timeout", "_on_read_timeout", "_paused")

    class Connection(aiohttp.client_proto.ResponseHandler):  # type: ignore[misc, name-defined]
        def __getattribute__(self, name: str) -> Any:
            if name in names and sys._getframe(1).f_globals is vars(transport):
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


@pytest.mark.parametrize(("decoded", "encoding"), [(True, ""), (False, "gzip")])
def test_a_reply_says_which_encoding_is_still_to_be_undone(decoded: bool, encoding: str) -> None:
    response = SimpleNamespace(status=200, headers={"Content-Encoding": "gzip"})
    assert transport.AiohttpReply(response, decoded=decoded).content_encoding == encoding


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (None, type(None)),
        (b"", bytes),
        (b"{}", bytes),
        (b"x" * 2**20, bytes),
        (b"x" * (2**20 + 1), io.BytesIO),
    ],
)
def test_only_a_body_that_aiohttp_would_warn_of_is_wrapped(body: Any, kind: type) -> None:
    operation = Operation("POST", "http://127.0.0.1:9", {}, body, 1.0, 1.0)
    assert type(transport.request_body(operation)) is kind
