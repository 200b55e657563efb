"""aiohttp as a transport: each of its exceptions to its kind, and whose session is used how."""

from __future__ import annotations

import asyncio
import io
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
    ("ClientHttpProxyError", lambda cls: cls(INFO, (), status=407, message="no"), NO_CONNECTION),
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
    "ClientHttpProxyError",
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


def test_a_session_of_the_caller_s_is_not_closed() -> None:
    async def main() -> bool:
        async with aiohttp.ClientSession() as session:
            await transport.AiohttpBackend(session).close()
            return bool(session.closed)

    assert asyncio.run(main()) is False


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


def test_a_body_that_breaks_off_is_a_connection_that_broke() -> None:
    """Not a head that cannot be read: an answer was there."""

    pieces: Any = iter([b"first", aiohttp.ClientPayloadError("half")])

    async def readany() -> Any:
        piece = next(pieces)
        if isinstance(piece, bytes):
            return piece
        raise piece

    content = SimpleNamespace(readany=readany)
    response = SimpleNamespace(status=200, headers={}, content=content, close=lambda: None)

    async def main() -> None:
        chunks = transport.AiohttpReply(response, decoded=False).chunks()
        assert await chunks.__anext__() == b"first"
        with pytest.raises(APIConnectionError, match="The connection broke: half"):
            await chunks.__anext__()
        with pytest.raises(StopAsyncIteration):
            await chunks.__anext__()

    asyncio.run(main())
