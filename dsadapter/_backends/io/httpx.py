"""httpx, and httpx2, which has the same shapes under another name."""

from __future__ import annotations

import copy
import os
import threading
import traceback
from functools import lru_cache
from math import inf
from typing import Any, AsyncGenerator, AsyncIterable, Dict, Iterator

from ..._errors.tree import APIConnectionError
from ..._headers import Headers
from ..base import Operation
from .blocked import shut_down
from .cancellation import Progress, cancelled_once
from .failures import (
    DISCONNECTED,
    NO_CONNECTION,
    TIMEOUT,
    UNREADABLE_HEAD,
    causes_of,
    connection_error,
)
from .joined_chunks import JoinedChunks
from .proxies import ElsewhereOnly, ThisMachine

# Their exceptions by name, the first that fits: a caller's own transport may raise its own classes.
EXCEPTIONS = (
    ("TimeoutException", TIMEOUT),
    ("TimeoutError", TIMEOUT),
    ("RemoteProtocolError", UNREADABLE_HEAD),
    ("ReadError", DISCONNECTED),
    ("WriteError", DISCONNECTED),
    ("ClientResponseError", UNREADABLE_HEAD),  # aiohttp's, which DefaultAioHttpClient leaves as is
)
# Before a connection was there.
_WHILE_CONNECTING = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"}
_WHILE_CONNECTING |= {"SSLCertVerificationError"}  # as it is, from httpx of before 0.24
# h2's events, which httpcore raises in an error: the server ends a call, or the connection.
_ENDED = {"StreamReset", "ConnectionTerminated"}


def translated(
    err: BaseException, *, reading: bool = False, stale: bool = False
) -> APIConnectionError:
    """Our error for one of httpx or httpx2 (or of a transport of the caller's own)."""
    names = {cls.__name__ for cls in type(err).__mro__}
    text = str(err) or type(err).__name__
    kind = next((kind for name, kind in EXCEPTIONS if name in names), NO_CONNECTION)
    if kind == UNREADABLE_HEAD and _is_end(err, text):
        kind = DISCONNECTED
    began = _answer_began(err)
    unsent = not names.isdisjoint(_WHILE_CONNECTING)
    return connection_error(
        kind, text, reading=reading, stale=stale, answer_began=began, unsent=unsent
    )


def _is_end(err: BaseException, text: str) -> bool:
    """Whether the connection ended where an answer would begin; over HTTP/2 for one call or all."""
    arguments = (arg for cause in causes_of(err) for arg in cause.args)
    ended = any(type(arg).__name__ in _ENDED for arg in arguments)
    return ended or text.startswith("Server disconnected")


def _answer_began(err: BaseException) -> bool:
    """Whether a part of a head had arrived: httpcore says that nothing had, but its parser, which
    the frames of its error know, still holds it."""
    for cause in causes_of(err):
        for frame, _ in traceback.walk_tb(cause.__traceback__):
            parser: Any = getattr(frame.f_locals.get("self"), "_h11_state", None)
            if hasattr(parser, "trailing_data"):
                return bool(parser.trailing_data[0])
    return False


class _Reply:
    def __init__(self, response: Any, trace: Any) -> None:
        self.status = int(response.status_code)
        self.headers = Headers(response.headers.multi_items())
        self.content_encoding: str = self.headers.get("content-encoding", "")
        self._response = response
        self._trace = trace
        if response.is_stream_consumed:  # the SDK reads error bodies, decoded, before it raises
            self.content_encoding = ""

    def abort(self) -> None:
        """Shut the socket down beneath a reader."""
        stream = self._response.extensions.get("network_stream")
        if stream is None:
            connection = getattr(_aiohttp_reply(self._response), "connection", None)
            stream = getattr(connection, "transport", None)  # both None once it is given back
        if stream is not None:
            self._trace.shut_down(stream.get_extra_info("socket"))


def _aiohttp_reply(response: Any) -> Any:
    """What is beneath a reply of openai's DefaultAioHttpClient; None beneath others."""
    body = getattr(response, "stream", None)
    return getattr(getattr(body, "_stream", body), "_aiohttp_response", None)


class HttpxReply(_Reply):
    """A reply of an ``httpx.Client``."""

    def chunks(self) -> Iterator[bytes]:
        """Raw body bytes."""
        if self._response.is_stream_consumed:
            yield self._response.content
            return
        try:
            with JoinedChunks(self):
                yield from self._response.iter_raw()
        except Exception as err:
            raise translated(err, reading=True) from err

    def close(self) -> None:
        """Let go of the connection."""
        self._response.close()


class AsyncHttpxReply(_Reply):
    """A reply of an ``httpx.AsyncClient``."""

    def __init__(self, response: Any, trace: Any) -> None:
        super().__init__(response, trace)
        reply = _aiohttp_reply(response)
        if reply is not None:
            from .aiohttp_connections import watch

            watch(reply)

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Raw body bytes."""
        if self._response.is_stream_consumed:
            return _one_piece(self._response.content)
        return body_bytes(self, self._response.aiter_raw())

    async def close(self) -> None:
        """Let go of the connection."""
        await self._response.aclose()


async def _one_piece(content: bytes) -> AsyncGenerator[bytes, None]:
    yield content


async def body_bytes(reply: Any, packets: AsyncIterable[bytes]) -> AsyncGenerator[bytes, None]:
    """The packets of a body, their errors as ours; a cancellation comes once."""
    iterator, trace = packets.__aiter__(), reply._trace
    try:
        with JoinedChunks(reply, is_async=True):
            while True:
                yield await cancelled_once(iterator.__anext__(), trace)
    except StopAsyncIteration:
        return
    except Exception as err:
        raise translated(err, reading=True) from err


class ConnectionTrace:
    """httpcore's trace hook: notes whether a call opened a connection of its own, how much of the
    request was written, and when the connection is given back."""

    def __init__(self) -> None:
        self._opened = self._writing = self._written = self._released = False
        self._lock = threading.Lock()  # held while the connection is shut down, or given back

    @property
    def stale(self) -> bool:
        """Whether a kept-alive connection broke before the last byte was written."""
        return self._writing and not self._written and not self._opened

    def __call__(self, event: str, info: Any) -> Any:
        """httpcore calls this with the name of each step."""
        if event.endswith(("connect_tcp.started", "connect_unix_socket.started")):
            self._opened = True
        elif event.endswith("send_request_headers.started"):
            self._writing, self._released = True, False
        elif event.endswith("send_request_body.complete"):
            self._written = True
        elif event.endswith("response_closed.started"):
            with self._lock:
                self._released = True

    def shut_down(self, sock: Any) -> None:
        """Shut down the socket of a reply, from any thread; not once another call may have it."""
        with self._lock:
            if not self._released:
                shut_down(sock)


# httpcore's steps behind which a cancellation has to wait for the next step.
_CRITICAL = (
    "connect_tcp.complete",
    "connect_unix_socket.complete",
    "start_tls.complete",
    "response_closed.started",
    "response_closed.complete",
    "response_closed.failed",
)

_CONNECTING = ("connect_tcp.started", "connect_unix_socket.started", "start_tls.started")


class AsyncConnectionTrace(ConnectionTrace, Progress):
    """The same for an async client."""

    def __init__(self, pool_size: float) -> None:
        super().__init__()
        self.critical = pool_size != inf  # nobody waits in a pool of our own: the gate does it

    async def __call__(self, event: str, info: Any) -> None:
        """As :meth:`ConnectionTrace.__call__`."""
        super().__call__(event, info)
        self.critical = event.endswith(_CRITICAL)
        self.connecting = event.endswith(_CONNECTING)
        if event.endswith("connect_tcp.complete"):
            stream: Any = getattr(info.get("return_value"), "_stream", None)
            _read_while_writing(
                getattr(stream, "_protocol", None), getattr(stream, "_transport", None)
            )


def _read_while_writing(protocol: Any, transport: Any) -> None:
    """anyio on asyncio reads nothing while it waits until bytes are written: an early refusal (413)
    would be lost with the connection that the server closes behind it. For what is not anyio's on
    asyncio nothing changes."""
    if not hasattr(protocol, "pause_writing") or not hasattr(transport, "resume_reading"):
        return
    pause_writing = protocol.pause_writing

    def pause_and_read() -> None:
        pause_writing()
        if not transport.is_closing():
            transport.resume_reading()

    protocol.pause_writing = pause_and_read


def timeout_extension(op: Operation) -> Dict[str, Any]:
    """The timeouts of an operation as httpx carries them with a request."""
    return {"connect": op.connect, "read": op.read, "write": op.read, "pool": op.read}


def build_request(client: Any, op: Operation, trace: ConnectionTrace) -> Any:
    """The operation as a request of this client."""
    extensions = {"timeout": timeout_extension(op), "trace": trace}
    return client.build_request(
        op.method, op.url, headers=op.headers, content=op.body, extensions=extensions
    )


class HttpxBackend:
    """A caller's ``httpx.Client`` or ``httpx2.Client``."""

    name = "raw-requests"
    pool_size = inf
    per_thread = False

    def __init__(self, client: Any) -> None:
        self._client = client
        self._direct = without_local_proxies(client)

    def send(self, op: Operation) -> HttpxReply:
        """Answers when the response headers are there."""
        trace = ConnectionTrace()
        client = self._client if self._client.is_closed else self._direct
        try:
            request = build_request(client, op, trace)
            response = client.send(request, stream=True, auth=None, follow_redirects=False)
        except Exception as err:
            raise translated(err, stale=trace.stale) from err
        return HttpxReply(response, trace)

    def close(self) -> None:
        """Close the client."""
        self._client.close()


class AsyncHttpxBackend:
    """``httpx.AsyncClient`` or ``httpx2.AsyncClient``, own or the caller's."""

    name = "raw-requests"

    def __init__(self, client: Any, pool_size: float = inf) -> None:
        self._client = client
        self._direct = without_local_proxies(client)
        self.pool_size = pool_size

    async def send(self, op: Operation) -> AsyncHttpxReply:
        """Answers when the response headers are there."""
        trace = AsyncConnectionTrace(self.pool_size)
        client = self._client if self._client.is_closed else self._direct
        try:
            request = build_request(client, op, trace)
            response = await cancelled_once(
                client.send(request, stream=True, auth=None, follow_redirects=False), trace
            )
        except Exception as err:
            raise translated(err, stale=trace.stale) from err
        return AsyncHttpxReply(response, trace)

    async def close(self) -> None:
        """Close the client."""
        await self._client.aclose()


# httpcore looks through all connections of a pool, and all that wait, at each step of a call: a
# pool for 1,000 costs ten times the CPU of small ones at 300 calls at once.
POOL_CONNECTIONS = 64


def own_client(module: Any, kind: str, **more: Any) -> Any:
    """A ``Client`` or ``AsyncClient`` of httpx or httpx2 with a pool of POOL_CONNECTIONS."""
    limits = module.Limits(
        max_connections=POOL_CONNECTIONS, max_keepalive_connections=POOL_CONNECTIONS
    )
    return getattr(module, kind)(limits=limits, verify=certificates(module), **more)


def certificates(module: Any) -> Any:
    """The certificates that httpx or httpx2 trusts: those of two variables, or its own choice."""
    return _certificates(module, *map(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR")))


@lru_cache(maxsize=4)
def _certificates(module: Any, *variables: Any) -> Any:
    """The library's own SSL context: it takes 20 ms to make, and serves all pools."""
    return module.create_ssl_context()


def without_local_proxies(client: Any) -> Any:
    """The client, or one on the same connections, that reaches this machine through no proxy.

    A proxy inside of a transport that is not httpx's own is not seen.
    """
    default = client._transport
    proxies = [p for p, transport in client._mounts.items() if _is_proxy(transport or default)]
    direct = _direct(default) if _is_proxy(default) else None
    if not proxies and direct is None:
        return client
    twin = copy.copy(client)
    twin._mounts = {
        ElsewhereOnly(pattern) if pattern in proxies else pattern: transport
        for pattern, transport in client._mounts.items()
    }
    if direct is not None:
        twin._mounts[ThisMachine(True)] = direct
        client._mounts[ThisMachine(False)] = direct  # so that it is closed with the client
    return twin


def _is_proxy(transport: Any) -> bool:
    return "Proxy" in type(getattr(transport, "_pool", None)).__name__


def _direct(transport: Any) -> Any:
    """One of httpx's without a proxy, that trusts the same certificates; None where it is none of
    httpx's."""
    kinds = [cls for cls in type(transport).__mro__ if cls.__name__.endswith("HTTPTransport")]
    trusted = getattr(transport._pool, "_ssl_context", None)
    return kinds[-1](verify=trusted or True) if kinds else None


def without_redirects(client: Any, response_hook: Any) -> Any:
    """A client on the same connections that follows no redirect, has one more response hook, and
    reaches this machine through no proxy."""
    twin = copy.copy(without_local_proxies(client))
    twin.follow_redirects = False
    hooks = client.event_hooks
    twin.event_hooks = {**hooks, "response": [*hooks["response"], response_hook]}
    return twin


def allow_any_status(response: Any) -> None:
    """A response hook: no status is an error yet. What would read its body then, whatever its
    size, is the SDK."""
    response.raise_for_status = _do_nothing


async def allow_any_status_async(response: Any) -> None:
    """The same for an async client."""
    response.raise_for_status = _do_nothing


def _do_nothing() -> None:
    """In the place of ``raise_for_status``."""
