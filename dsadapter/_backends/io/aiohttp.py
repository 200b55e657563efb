"""aiohttp: replies as bytes, its exceptions, and requests over sessions of the caller's."""

from __future__ import annotations

import asyncio
import io
from math import inf
from typing import Any, Dict, Mapping, Optional

import aiohttp

from ..._errors.tree import APIConnectionError
from ..._headers import Headers
from ..._settings.providers import is_on_this_machine
from ..base import Operation
from .aiohttp_connections import (
    ConnectionTrace,
    answer_began,
    trace_connections,
    was_unwritten,
    watch,
)
from .failures import (
    DISCONNECTED,
    NO_CONNECTION,
    TIMEOUT,
    UNREADABLE_HEAD,
    causes_of,
    connection_error,
)

# Which of its exceptions means what, the first that fits.
EXCEPTIONS = (
    ((asyncio.TimeoutError, TimeoutError), TIMEOUT),
    ((aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError), NO_CONNECTION),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionError), DISCONNECTED),
    ((aiohttp.ClientResponseError, aiohttp.ClientPayloadError), UNREADABLE_HEAD),
)
# Before a connection was there; a timeout has a class of its own since aiohttp 3.10.
_WHILE_CONNECTING = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    getattr(aiohttp, "ConnectionTimeoutError", aiohttp.ClientConnectorError),
)


def translated(
    err: BaseException, *, reading: bool = False, reused: bool = False
) -> APIConnectionError:
    """Our error for one of aiohttp; ``reused``: on a connection that had served an earlier call."""
    kind = next((kind for classes, kind in EXCEPTIONS if isinstance(err, classes)), NO_CONNECTION)
    text = str(err) or type(err).__name__
    if isinstance(err, aiohttp.ClientHttpProxyError):  # whose text has the URL of the proxy
        text = f"proxy: {err.status} {err.message}"
    causes = list(causes_of(err))
    unwritten = any(_is_refusal_to_write(item) or was_unwritten(item) for item in causes)
    began = any(answer_began(item) for item in causes)
    unsent = any(isinstance(item, _WHILE_CONNECTING) for item in causes)
    return connection_error(
        kind, text, reading=reading, stale=reused and unwritten, answer_began=began, unsent=unsent
    )


def _is_refusal_to_write(err: BaseException) -> bool:
    """Whether it is from aiohttp's writer, to which a connection was closed before it wrote."""
    return isinstance(err, ConnectionResetError) and err.errno is None


class _Chunks:
    """What iterates over a body. No generator: one more frame to wake for each packet."""

    def __init__(self, content: aiohttp.StreamReader) -> None:
        self._content = content
        self._over = False

    def __aiter__(self) -> _Chunks:
        return self

    async def __anext__(self) -> bytes:
        if self._over:
            raise StopAsyncIteration
        try:
            data: bytes = await self._content.readany()
        except BaseException as err:
            self._over = True
            if isinstance(err, Exception):
                raise translated(err, reading=True) from err
            raise
        if not data:
            self._over = True
            raise StopAsyncIteration
        return data

    async def aclose(self) -> None:
        """Read no more."""
        self._over = True


class AiohttpReply:
    """A reply of an ``aiohttp.ClientSession``; ``decoded``: the session undoes the encoding."""

    def __init__(self, response: aiohttp.ClientResponse, *, decoded: bool) -> None:
        self.status = response.status
        self.headers = Headers(response.headers.items())
        self.content_encoding = "" if decoded else self.headers.get("content-encoding", "")
        self._response = response
        watch(response)

    def chunks(self) -> _Chunks:
        """Raw body bytes."""
        return _Chunks(self._response.content)

    async def close(self) -> None:
        """Let go of the connection."""
        if not self._response.closed:  # it is, behind the last byte: to do it again is much work
            self._response.close()

    def abort(self) -> None:
        """Close the response, which wakes a reader with an error."""
        self._response.close()


NO_PROXY = ""  # beats the environment, too, where None would ask it
_LARGE = 2**20  # bytes


def request_body(op: Operation) -> Any:
    """The body as aiohttp takes it without a warning, which it gives for large bytes."""
    body = op.body or b""
    return io.BytesIO(body) if len(body) > _LARGE else op.body


def request_options(op: Operation, trace: ConnectionTrace) -> Dict[str, Any]:
    """Timeouts, redirects, trace and the proxy of one request, as aiohttp takes them."""
    timeout = aiohttp.ClientTimeout(
        total=None, sock_connect=op.connect, connect=op.read, sock_read=op.read
    )
    options = {"timeout": timeout, "allow_redirects": False, "trace_request_ctx": trace}
    if is_on_this_machine(op.url):
        options["proxy"] = NO_PROXY
    return options


class AiohttpBackend:
    """``raw-requests`` over a session of the caller's (``openai.aiosession``)."""

    name = "raw-requests"
    pool_size = inf

    def __init__(self, session: Any, proxies: Optional[Mapping[str, str]] = None) -> None:
        self._session = session
        self._proxy = (proxies or {}).get("https") or (proxies or {}).get("http")

    async def send(self, op: Operation) -> AiohttpReply:
        """Answers when the response headers are there."""
        trace = ConnectionTrace()
        traced = trace_connections(self._session)
        try:
            response = await self._session.request(
                op.method,
                op.url,
                headers=op.headers,
                data=request_body(op),
                **{"proxy": self._proxy, **request_options(op, trace)},
            )
        except Exception as err:
            raise translated(err, reused=traced and not trace.opened) from err
        return AiohttpReply(response, decoded=True)

    async def close(self) -> None:
        """The session is the caller's."""
