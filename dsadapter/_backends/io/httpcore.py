"""The connections of httpx, or httpx2, without its client and pool: for many async calls at once.

httpcore's pool looks through all its connections, and all calls that wait, at each step of a call;
here a call takes the connection that was free last. How many there may be is the gate's to say.
"""

from __future__ import annotations

import sys
from collections import deque
from functools import lru_cache
from importlib import import_module
from time import monotonic
from typing import Any, AsyncGenerator, Deque, Dict, List, Optional, Set, Tuple
from urllib.request import Request

from ..._headers import Headers
from ..._named_tuple import NamedTuple
from ..base import Operation
from .cancellation import cancelled_once
from .httpx import AsyncConnectionTrace, body_bytes, certificates, timeout_extension, translated
from .proxies import Proxies

_KEPT_SECONDS = 5.0  # without a call, as httpx has it
_WITH_A_LENGTH = ("POST", "PUT", "PATCH")  # a length is told even where there is no body
# Of a connection: what this file asks it for.
_ASKED = ("handle_async_request", "has_expired", "is_idle", "is_closed", "aclose")


class _Target(NamedTuple):
    """A URL as httpcore takes it, and the header Host for it."""

    url: Any
    origin: Any
    host: bytes


class _Origin:
    """The connections to one server, or to it through one proxy."""

    def __init__(self, pool: Any, origin: Any) -> None:
        """``pool`` is httpcore's, which makes connections as it is told to."""
        self._create = pool.create_connection
        self._origin = origin
        self._idle: Deque[Tuple[Any, float]] = deque()  # and since when; the newest is the last
        self.open: Set[Any] = set()

    async def take(self) -> Any:
        """A connection for one call: one that is there, unless its server has closed it."""
        while self._idle and self._idle[0][1] + _KEPT_SECONDS < monotonic():
            await self.drop(self._idle.popleft()[0])
        while self._idle:
            connection = self._idle.pop()[0]
            if not (connection.has_expired() or _unasked(connection)):
                return connection
            await self.drop(connection)
        connection = self._create(self._origin)
        self.open.add(connection)
        return connection

    async def drop(self, connection: Any) -> None:
        """Close it."""
        self.open.discard(connection)
        if not connection.is_closed():
            await connection.aclose()

    def give_back(self, connection: Any) -> None:
        """Its call is over: another may use it, unless it was closed."""
        if connection.is_idle() and connection in self.open:
            self._idle.append((connection, monotonic()))
        else:
            self.open.discard(connection)

    async def close(self) -> None:
        """Close all, those in use, too."""
        self._idle.clear()
        for connection in list(self.open):
            await self.drop(connection)


class HttpcoreReply:
    """A reply of a connection of httpcore's."""

    def __init__(self, response: Any, origin: _Origin, connection: Any, trace: Any) -> None:
        self.status = int(response.status)
        self.headers = Headers(map(_text_pair, response.headers))
        self.content_encoding: str = self.headers.get("content-encoding", "")
        self._response = response
        self._origin = origin
        self._connection = connection
        self._trace = trace

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Raw body bytes."""
        return body_bytes(self, self._response.stream)

    async def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await cancelled_once(self._response.aclose(), self._trace)
            finally:
                self._origin.give_back(connection)

    def abort(self) -> None:
        """Shut the socket down beneath a reader."""
        stream = self._response.extensions.get("network_stream")
        if stream is not None:
            self._trace.shut_down(stream.get_extra_info("socket"))


def _text_pair(pair: Tuple[bytes, bytes]) -> Tuple[str, str]:
    return _text(pair[0]), _text(pair[1])


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("iso-8859-1")


class HttpcoreBackend:
    """``raw-requests`` over connections of httpx's or httpx2's, for one event loop."""

    name = "raw-requests"
    pool_size = float(sys.maxsize)  # a call costs the same with any number of connections

    def __init__(self, library: Any, proxies: Proxies) -> None:
        """``library`` is httpx or httpx2. Raises AttributeError for one of another make."""
        self._library = library
        self._proxies = proxies
        urls = {None, *proxies.by_scheme.values()}
        self._pools = {url: _pool(library, url) for url in urls}
        self._core = import_module(type(self._pools[None]).__module__.partition(".")[0])
        _check(self._pools[None], _target(library, self._core, "http://localhost").origin)
        self._origins: Dict[Any, _Origin] = {}
        self._cookies = library.Cookies()
        self._has_cookies = False

    async def send(self, op: Operation) -> HttpcoreReply:
        """Answers when the response headers are there."""
        trace = AsyncConnectionTrace(self.pool_size)
        try:
            target = _target(self._library, self._core, op.url)
            request = self._core.Request(
                op.method,
                target.url,
                headers=self._headers(op, target.host),
                content=op.body,
                extensions={"timeout": timeout_extension(op), "trace": trace},
            )
            origin = self._origin(op.url, target.origin)
            reply = await cancelled_once(_exchange(origin, request, trace), trace)
        except Exception as err:
            raise translated(err, stale=trace.stale) from err
        if "set-cookie" in reply.headers:
            self._keep_cookies(op, reply)
        return reply

    def _origin(self, url: str, origin: Any) -> _Origin:
        proxy = self._proxies.proxy_for(url)
        key = (proxy, origin.scheme, origin.host, origin.port)
        if key not in self._origins:
            self._origins[key] = _Origin(self._pools[proxy], origin)
        return self._origins[key]

    def _headers(self, op: Operation, host: bytes) -> List[Tuple[bytes, bytes]]:
        """Those of the operation, and what HTTP asks for beside them."""
        names = {name.lower() for name in op.headers}
        headers = [(name.encode(), value.encode()) for name, value in op.headers.items()]
        if "host" not in names:
            headers.insert(0, (b"Host", host))
        if "connection" not in names:
            headers.append((b"Connection", b"keep-alive"))
        if "content-length" not in names and (op.body or op.method in _WITH_A_LENGTH):
            headers.append((b"Content-Length", b"%d" % len(op.body or b"")))
        if self._has_cookies and "cookie" not in names:
            headers += self._cookie_header(op)
        return headers

    def _cookie_header(self, op: Operation) -> List[Tuple[bytes, bytes]]:
        request = Request(op.url)  # httpx's own takes no cookie beyond ASCII
        self._cookies.jar.add_cookie_header(request)
        value = request.get_header("Cookie")
        return [(b"Cookie", value.encode())] if value else []

    def _keep_cookies(self, op: Operation, reply: HttpcoreReply) -> None:
        request = self._library.Request(op.method, op.url)
        headers = reply._response.headers
        response = self._library.Response(reply.status, headers=headers, request=request)
        self._cookies.extract_cookies(response)
        self._has_cookies = True

    async def close(self) -> None:
        """Let go of all connections."""
        for origin in self._origins.values():
            await origin.close()


def _unasked(connection: Any) -> bytes:
    """What came behind the last answer: the next call would take it for its own."""
    inner = connection  # a proxy's has another one in it
    while hasattr(inner, "_connection"):
        inner = inner._connection
    parser: Any = getattr(inner, "_h11_state", None)
    unread: bytes = parser.trailing_data[0] if hasattr(parser, "trailing_data") else b""
    return unread


async def _exchange(origin: _Origin, request: Any, trace: Any) -> HttpcoreReply:
    connection = await origin.take()
    try:
        response = await connection.handle_async_request(request)
    except BaseException:
        await origin.drop(connection)
        raise
    return HttpcoreReply(response, origin, connection, trace)


def _pool(library: Any, proxy: Optional[str]) -> Any:
    """A pool as httpx makes it, for what it knows: certificates, proxies and their passwords."""
    transport = library.AsyncHTTPTransport(
        verify=certificates(library),
        limits=library.Limits(keepalive_expiry=_KEPT_SECONDS),
        proxy=library.Proxy(proxy) if proxy else None,
    )
    return transport._pool


def _check(pool: Any, origin: Any) -> None:
    """Raise AttributeError where httpcore's connections are not what this file knows."""
    connection = pool.create_connection(origin)
    for name in _ASKED:
        getattr(connection, name)


@lru_cache(maxsize=128)
def _target(library: Any, core: Any, url: str) -> _Target:
    """Parsed and escaped as httpx does it."""
    parsed = library.URL(url)
    sent = core.URL(
        scheme=parsed.raw_scheme,
        host=parsed.raw_host,
        port=parsed.port,
        target=parsed.raw_path,
    )
    return _Target(sent, sent.origin, parsed.netloc)
