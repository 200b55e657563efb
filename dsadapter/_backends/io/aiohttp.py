"""aiohttp: replies as bytes, its exceptions, and how to tell a connection that is used again."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncGenerator, Dict, Mapping, Optional

import aiohttp

from ..._errors.tree import APIConnectionError
from ..._headers import Headers
from ..._settings.providers import is_on_this_machine
from ..base import POOL_SIZE, Operation
from .failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD, connection_error

# Which of its exceptions means what, the first that fits.
EXCEPTIONS = (
    ((asyncio.TimeoutError, TimeoutError), TIMEOUT),
    ((aiohttp.ServerDisconnectedError, ConnectionResetError), DISCONNECTED),
    ((aiohttp.ClientResponseError, aiohttp.ClientPayloadError), UNREADABLE_HEAD),
)


def translated(
    err: BaseException, *, reading: bool = False, reused: bool = False
) -> APIConnectionError:
    """Our error for one of aiohttp."""
    kind = next((kind for classes, kind in EXCEPTIONS if isinstance(err, classes)), NO_CONNECTION)
    text = str(err) or type(err).__name__
    return connection_error(kind, text, reading=reading, reused=reused)


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
        connector=aiohttp.TCPConnector(limit=POOL_SIZE),
        trace_configs=[_tracing()],
    )


def _tracing() -> aiohttp.TraceConfig:
    async def note(session: Any, context: Any, params: Any) -> None:
        if isinstance(context.trace_request_ctx, ConnectionTrace):  # not of the caller's own calls
            context.trace_request_ctx["opened"] = True

    config = aiohttp.TraceConfig()
    config.on_connection_create_start.append(note)
    config.freeze()
    return config


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
    return True


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
                data=op.body,
                **{"proxy": self._proxy, **request_options(op, trace)},
            )
        except Exception as err:
            raise translated(err, reused=traced and not trace.opened) from err
        return AiohttpReply(response, decoded=True)

    async def close(self) -> None:
        """The session is the caller's."""
