"""``legacy-openai``: the requestor of openai 0.27 and 0.28 (requests; aiohttp for async).

Its process-wide settings are read where it reads them itself and never written. Sync sessions are
the SDK's, one per thread; ``close()`` leaves them alone.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import Any, AsyncIterator, Dict, Iterator, Optional, Tuple
from weakref import WeakSet

import aiohttp
import openai
from openai import api_requestor

from .._errors.tree import (
    APIConnectionError,
    APITimeoutError,
    HttpClientError,
    LegacyAPIConnectionError,
    ServerDisconnectedError,
)
from .._headers import Headers
from .base import Operation
from .io import requests as _requests_io

CONNECTIONS = 1000


class _Requestor(api_requestor.APIRequestor):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's requestor, carrying an operation: its own headers and body stay out."""

    def __init__(self, op: Operation) -> None:
        super().__init__(key="unused", api_base=op.url, api_type="open_ai")
        self._op = op

    def _prepare_request_raw(self, *args: Any, **kwargs: Any) -> Tuple[str, Dict[str, str], Any]:
        return self._op.url, dict(self._op.headers), self._op.body


class SyncBackend:
    name = "legacy-openai"
    per_thread = True

    def send(self, op: Operation) -> _requests_io.RequestsReply:
        session = _thread_session()
        made = _requests_io.connections_made(session, op.url)
        try:
            with _guarded(session):
                response = _Requestor(op).request_raw(
                    op.method.lower(), "", stream=True, request_timeout=(op.connect, op.read)
                )
        except openai.error.OpenAIError as err:
            reused = made > 0 and made == _requests_io.connections_made(session, op.url)
            raise _requests_io.translated(err.__cause__ or err, reused=reused) from err
        except (OSError, ValueError) as err:  # a missing CA bundle, say: the SDK lets it through
            raise _requests_io.translated(err, reused=False) from err
        return _requests_io.RequestsReply(response)

    def close(self) -> None:
        """Nothing to close: the sessions belong to the SDK."""


def _thread_session() -> Any:
    """The session that the SDK is about to use; made now, as it would make it itself."""
    context, now = api_requestor._thread_context, time.time()
    lifetime = getattr(api_requestor, "MAX_SESSION_LIFETIME_SECS", float("inf"))  # not in 0.27.0
    if not hasattr(context, "session") or now - context.session_create_time >= lifetime:
        if hasattr(context, "session"):
            context.session.close()
        context.session = api_requestor._make_session()
        context.session_create_time = now
    return context.session


def _forget_session() -> None:
    """After fork: the parent's sockets are not the child's to use."""
    vars(api_requestor._thread_context).pop("session", None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_session)


@contextmanager
def _guarded(session: Any) -> Iterator[None]:
    """During one call the thread's session is a guarded one; the session itself, which may be the
    program's own and serve many threads, stays as it is."""
    api_requestor._thread_context.session = _Guarded(session)
    try:
        yield
    finally:
        api_requestor._thread_context.session = session


class _Guarded:
    """``~/.netrc`` does not replace the key, and redirects come back as they are."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def request(self, *args: Any, **kwargs: Any) -> Any:
        auth = self._session.auth or _requests_io.keep_authorization
        return self._session.request(*args, auth=auth, allow_redirects=False, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


# --- async ---------------------------------------------------------------------------------------


class AiohttpReply:
    def __init__(self, response: aiohttp.ClientResponse, decoded: bool) -> None:
        self.status = response.status
        items = [(k, v) for k, v in response.headers.items()]
        self.headers = Headers([i for i in items if not decoded or i[0] != "Content-Encoding"])
        self._response = response

    async def chunks(self) -> AsyncIterator[bytes]:
        try:
            async for data in self._response.content.iter_any():
                yield data
        except Exception as err:
            raise _translated(err, reused=False, reading=True) from err

    async def close(self) -> None:
        self._response.close()

    def abort(self) -> None:
        self._response.close()  # wakes a reader with an error


class _Session:
    """What the SDK asks of a session, with the adapter's timeouts and without redirects."""

    def __init__(
        self, session: aiohttp.ClientSession, op: Operation, made: Dict[str, bool]
    ) -> None:
        self._session = session
        self._timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=op.connect, connect=op.read, sock_read=op.read
        )
        self._made = made

    def request(self, **kwargs: Any) -> Any:
        kwargs.update(timeout=self._timeout, allow_redirects=False, trace_request_ctx=self._made)
        return self._session.request(**kwargs)


class AsyncBackend:
    name = "legacy-openai"

    def __init__(self) -> None:
        self._own: Optional[aiohttp.ClientSession] = None
        self._replies: WeakSet[AiohttpReply] = WeakSet()

    async def send(self, op: Operation) -> AiohttpReply:
        session = openai.aiosession.get() or self._session()
        made: Dict[str, bool] = {}
        try:
            response = await _Requestor(op).arequest_raw(
                op.method.lower(), "", _Session(session, op, made)
            )
        except openai.error.OpenAIError as err:
            reused = session is self._own and not made
            raise _translated(err.__cause__ or err, reused=reused) from err
        except (OSError, ValueError) as err:
            raise _translated(err, reused=False) from err
        reply = AiohttpReply(response, decoded=session is not self._own)
        self._replies.add(reply)
        return reply

    def _session(self) -> aiohttp.ClientSession:
        if self._own is None:
            self._own = aiohttp.ClientSession(
                auto_decompress=False,
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                trace_configs=[_trace()],
            )
        return self._own

    async def close(self) -> None:
        for reply in list(self._replies):  # aiohttp leaves half-read ones to their destructor
            reply.abort()
        if self._own is not None:
            await self._own.close()


def _trace() -> aiohttp.TraceConfig:
    async def opened(session: Any, context: Any, params: Any) -> None:
        context.trace_request_ctx["fresh"] = True

    config = aiohttp.TraceConfig()
    config.on_connection_create_start.append(opened)
    return config


def _translated(err: BaseException, *, reused: bool, reading: bool = False) -> APIConnectionError:
    import asyncio

    text = str(err) or type(err).__name__
    if isinstance(err, (asyncio.TimeoutError, TimeoutError)):
        return APITimeoutError(f"Request timed out: {text}")
    if reading:
        return LegacyAPIConnectionError(f"The connection broke: {text}")
    if isinstance(err, (aiohttp.ServerDisconnectedError, ConnectionResetError)):
        gone = ServerDisconnectedError("The server closed the connection without an answer.")
        gone.reused = reused
        return gone
    if isinstance(err, (aiohttp.ClientResponseError, aiohttp.ClientPayloadError)):
        broken = LegacyAPIConnectionError(f"The head of the answer cannot be read: {text}")
        broken.answer_began = True
        return broken
    return LegacyAPIConnectionError(f"Connection error: {text}")


def _refuse(http_client: Any) -> None:
    if http_client is not None:
        given = f"{type(http_client).__module__}.{type(http_client).__qualname__}"
        raise HttpClientError(
            f"http_client is a {given}; legacy-openai takes none.",
            hint="Leave the backend to dsadapter: it picks one that can use your client",
        )


def sync_backend(http_client: Any = None) -> SyncBackend:
    _refuse(http_client)
    return SyncBackend()


def async_backend(http_client: Any = None) -> AsyncBackend:
    _refuse(http_client)
    return AsyncBackend()
