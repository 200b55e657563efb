"""aiohttp: replies as bytes, its exceptions, and how to tell a connection that is used again."""

from __future__ import annotations

import asyncio
import io
from contextvars import ContextVar
from functools import lru_cache, partial
from math import inf
from typing import Any, AsyncGenerator, Dict, Mapping, Optional

import aiohttp

from ..._errors.tree import APIConnectionError
from ..._headers import Headers
from ..._settings.providers import is_on_this_machine
from ..base import POOL_SIZE, Operation
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
    ((aiohttp.ClientConnectorError,), NO_CONNECTION),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionError), DISCONNECTED),
    ((aiohttp.ClientResponseError, aiohttp.ClientPayloadError), UNREADABLE_HEAD),
)
# Before a connection was there; a timeout has a class of its own since aiohttp 3.10.
_WHILE_CONNECTING = (
    aiohttp.ClientConnectorError,
    getattr(aiohttp, "ConnectionTimeoutError", aiohttp.ClientConnectorError),
)


def translated(
    err: BaseException, *, reading: bool = False, reused: bool = False
) -> APIConnectionError:
    """Our error for one of aiohttp; ``reused``: on a connection that had served an earlier call."""
    kind = next((kind for classes, kind in EXCEPTIONS if isinstance(err, classes)), NO_CONNECTION)
    text = str(err) or type(err).__name__
    causes = list(causes_of(err))
    unwritten = any(_is_refusal_to_write(item) or _noted(item, 1) for item in causes)
    began = any(_noted(item, 0) for item in causes)
    unsent = any(isinstance(item, _WHILE_CONNECTING) for item in causes)
    return connection_error(
        kind, text, reading=reading, stale=reused and unwritten, answer_began=began, unsent=unsent
    )


def _is_refusal_to_write(err: BaseException) -> bool:
    """Whether it is from aiohttp's writer, to which a connection was closed before it wrote."""
    return isinstance(err, ConnectionResetError) and err.errno is None


def _noted(err: BaseException, index: int) -> bool:
    return bool(getattr(err, "_dsadapter_noted", (False, False))[index])


# Of the task that makes a call of the adapter, in which its connections are opened and asked.
_our_call: ContextVar[bool] = ContextVar("_our_call", default=False)


class _Noting:
    """In front of aiohttp's class of connections: notes in the error which ends one whether a part
    of a head had arrived, and whether the request was still being written; and the read timeout
    holds for that, too. All this for calls of the adapter alone: a session may serve others.

    Much of what it looks at is aiohttp's own: where that is gone, nothing is noted.
    """

    _noting = _answer_began = _awaiting_head = False
    _stalled: Any = None  # a timer, while the system takes no more bytes

    def pause_writing(self) -> None:
        """The system takes no more."""
        super().pause_writing()  # type: ignore[misc]
        seconds = getattr(self, "_read_timeout", None)
        if self._noting and seconds and hasattr(self, "_on_read_timeout"):
            loop = asyncio.get_running_loop()
            self._stalled = loop.call_later(seconds, self._on_read_timeout)

    def resume_writing(self) -> None:
        """It takes more."""
        super().resume_writing()  # type: ignore[misc]
        self._unstall()

    def close(self) -> None:
        """Close, and not only when all is written that nobody reads any more."""
        transport = getattr(self, "transport", None)
        if self._noting and transport is not None and self._is_stalled():
            transport.abort()
        super().close()  # type: ignore[misc]

    def connection_lost(self, exc: Optional[BaseException]) -> None:
        """It is gone."""
        self._unstall()
        super().connection_lost(exc)  # type: ignore[misc]

    def _is_stalled(self) -> bool:
        return bool(getattr(self, "_paused", False))

    def _unstall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()

    def set_response_params(self, **params: Any) -> None:
        """A new request begins."""
        self._noting = _our_call.get()
        self._answer_began, self._awaiting_head = False, True
        super().set_response_params(**params)  # type: ignore[misc]

    def data_received(self, data: bytes) -> None:
        """Bytes of an answer."""
        self._answer_began = self._answer_began or self._awaiting_head and bool(data)
        super().data_received(data)  # type: ignore[misc]

    def feed_data(self, data: Any, *size: Any) -> None:
        """A whole head; with a status below 200 it is that of no answer."""
        super().feed_data(data, *size)  # type: ignore[misc]
        self._answer_began = False
        self._awaiting_head = data[0].code < 200

    def set_exception(self, exc: Any, *cause: Any) -> None:
        """The end of the connection."""
        if self._noting and isinstance(exc, BaseException):
            unwritten = self._is_stalled() or not self._awaiting_head  # it had not even begun
            exc._dsadapter_noted = self._answer_began, unwritten  # type: ignore[attr-defined]
        super().set_exception(exc, *cause)  # type: ignore[misc]


class AiohttpReply:
    """A reply of an ``aiohttp.ClientSession``; ``decoded``: the session undoes the encoding."""

    def __init__(self, response: aiohttp.ClientResponse, *, decoded: bool) -> None:
        self.status = response.status
        self.headers = Headers(response.headers.items())
        self.content_encoding = "" if decoded else self.headers.get("content-encoding", "")
        self._response = response

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Raw body bytes."""
        try:
            async for data in self._response.content.iter_any():
                yield data
        except Exception as err:
            raise translated(err, reading=True) from err

    async def close(self) -> None:
        """Let go of the connection."""
        self._response.close()

    def abort(self) -> None:
        """Close the response, which wakes a reader with an error."""
        self._response.close()


NO_PROXY = ""  # beats the environment, too, where None would ask it


class ConnectionTrace(Dict[str, bool]):
    """Handed along with a request: notes whether it opened a connection of its own."""

    @property
    def opened(self) -> bool:
        """Whether the call did not use a kept-alive connection."""
        return "opened" in self


def own_session() -> aiohttp.ClientSession:
    """A session that leaves bodies encoded and notes opened connections."""
    return aiohttp.ClientSession(
        auto_decompress=False,
        connector=_noting(aiohttp.TCPConnector(limit=POOL_SIZE)),
        trace_configs=[_tracing()],
    )


def _noting(connector: Any) -> Any:
    """The connector, whose connections note how they end where a call of ours opened them."""
    factory = getattr(connector, "_factory", None)
    cls = getattr(factory, "func", None)
    if not isinstance(factory, partial) or not isinstance(cls, type):
        return connector  # another aiohttp, or a connector of the caller's own kind
    noting = partial(_combined(cls), *factory.args, **factory.keywords)
    connector._factory = lambda: noting() if _our_call.get() else factory()
    return connector


@lru_cache(maxsize=8)
def _combined(cls: type) -> Any:
    return type(cls.__name__, (_Noting, cls), {})


def _is_ours(context: Any) -> bool:
    """Whether a hook is called for a call of the adapter, on a session that the caller uses too."""
    return isinstance(context.trace_request_ctx, ConnectionTrace)


def _tracing() -> aiohttp.TraceConfig:
    async def note(session: Any, context: Any, params: Any) -> None:
        if _is_ours(context):
            context.trace_request_ctx["opened"] = True

    async def begin(session: Any, context: Any, params: Any) -> None:
        # before it chooses a connection: aiohttp loses that where a later hook is cancelled
        for _ in range(_TURNS if _is_ours(context) else 0):
            await asyncio.sleep(0)
        _our_call.set(_is_ours(context))
        if _is_ours(context) and getattr(session, "_retry_connection", False):
            session._retry_connection = False  # is read next: aiohttp itself asks twice for a GET
            asyncio.get_running_loop().call_soon(setattr, session, "_retry_connection", True)

    async def end(session: Any, context: Any, params: Any) -> None:
        _our_call.set(False)

    config = aiohttp.TraceConfig()
    config.on_request_start.append(begin)
    config.on_request_end.append(end)
    config.on_request_exception.append(end)
    config.on_connection_create_start.append(note)
    config.freeze()
    return config


_LARGE = 2**20  # bytes
_TURNS = 3  # of the event loop, after which it knows that a kept-alive connection was closed
_TRACED = "_dsadapter_traced"


def trace_connections(session: aiohttp.ClientSession) -> bool:
    """Let a caller's session note opened connections, too; False where it cannot."""
    configs = getattr(session, "trace_configs", None)
    if not isinstance(configs, list):  # aiohttp before 3.6, or a session of the caller's own kind
        return False
    if not any(getattr(config, _TRACED, False) for config in configs):
        config = _tracing()
        setattr(config, _TRACED, True)
        configs.append(config)
        if session.connector is not None:
            _noting(session.connector)
    return True


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
