"""``legacy-openai``: the requestor of openai 0.27 and 0.28 (requests; aiohttp for async).

Its process-wide settings are read where it reads them itself and never written. Sync sessions are
the SDK's, one per thread; ``close()`` leaves them alone.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from math import inf
from typing import Any, Dict, Iterator, Optional, Tuple
from weakref import WeakSet

import aiohttp
import openai
from openai import api_requestor

from .._errors.tree import HttpClientError
from . import base
from .base import POOL_SIZE, Operation, class_name
from .io import requests as requests_io
from .io.aiohttp import AiohttpReply, request_body, request_options, translated
from .io.aiohttp_connections import ConnectionTrace, current_trace, trace_connections
from .io.aiohttp_session import own_session
from .io.requests_failures import is_begun, is_unwritten
from .io.requests_failures import translated as requests_translated
from .io.requests_prepared import keep_authorization, proxy_options


class _Requestor(api_requestor.APIRequestor):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's requestor, carrying an operation: its own headers and body stay out."""

    def __init__(self, op: Operation) -> None:
        super().__init__(key="unused", api_base=op.url, api_type="open_ai")
        self._op = op
        self.body: Any = op.body

    def _prepare_request_raw(self, *args: Any, **kwargs: Any) -> Tuple[str, Dict[str, str], Any]:
        return self._op.url, dict(self._op.headers), self.body


class SyncBackend:
    """The SDK's sync requestor, over the session that it keeps for the thread."""

    name = "legacy-openai"
    pool_size = inf
    per_thread = True

    def send(self, op: Operation) -> requests_io.RequestsReply:
        """Answers when the response headers are there."""
        session, requestor = _thread_session(), _Requestor(op)
        body = requestor.body = op.body and requests_io.Body(op.body)
        opened = requests_io.connections_opened(session, op.url)
        try:
            with _guarded(session):
                response = requestor.request_raw(
                    op.method.lower(), "", stream=True, request_timeout=(op.connect, op.read)
                )
        except openai.error.OpenAIError as err:
            reused = opened > 0 and opened == requests_io.connections_opened(session, op.url)
            stale = reused and is_unwritten(body)
            begun = is_begun(body)
            raise requests_translated(err.__cause__ or err, stale=stale, begun=begun) from err
        except (OSError, ValueError) as err:  # a missing CA bundle, say: the SDK lets it through
            raise requests_translated(err) from err
        return requests_io.RequestsReply(response)

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
    session = context.session  # under gevent "threads" may share it, and interrupt each other
    return session.session if isinstance(session, _Guarded) else session


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
    """``~/.netrc`` does not replace the key, redirects come back as they are, nothing is sent again
    by the session itself, and no proxy stands between this machine and itself."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self._session = requests_io.strict_session(session)

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        kwargs["auth"] = self._session.auth or keep_authorization
        kwargs.update(proxy_options(self._session, url), allow_redirects=False)
        return self._session.request(method, url, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


# --- async ---------------------------------------------------------------------------------------


class _Session:
    """What the SDK asks of a session, with the adapter's timeouts and without redirects."""

    def __init__(self, session: aiohttp.ClientSession, options: Dict[str, Any]) -> None:
        self._session = session
        self._options = options

    def request(self, **kwargs: Any) -> Any:
        kwargs.update(self._options)
        return self._session.request(**kwargs)


class AsyncBackend:
    """The SDK's async requestor over an aiohttp session of ours, or over ``openai.aiosession``."""

    name = "legacy-openai"
    pool_size = float(POOL_SIZE)

    def __init__(self) -> None:
        self._own: Optional[aiohttp.ClientSession] = None
        self._replies: WeakSet[AiohttpReply] = WeakSet()

    async def send(self, op: Operation) -> AiohttpReply:
        """Answers when the response headers are there."""
        session, trace = openai.aiosession.get() or self._session(), ConnectionTrace()
        current_trace.set(trace)
        traced = session is self._own or trace_connections(session)
        requestor = _Requestor(op)
        requestor.body = request_body(op)
        try:
            response = await requestor.arequest_raw(
                op.method.lower(), "", _Session(session, request_options(op, trace))
            )
        except openai.error.OpenAIError as err:
            reused = traced and not trace.opened
            raise translated(err.__cause__ or err, reused=reused) from err
        except (OSError, ValueError) as err:
            raise translated(err) from err
        reply = AiohttpReply(response, decoded=session is not self._own)
        self._replies.add(reply)
        return reply

    def _session(self) -> aiohttp.ClientSession:
        if self._own is None:
            self._own = own_session()
        return self._own

    async def close(self) -> None:
        """Let go of all connections but those of a session of the caller's."""
        for reply in list(self._replies):  # aiohttp leaves half-read ones to their destructor
            reply.abort()
        if self._own is not None:
            await self._own.close()


def _refuse_client(http_client: Any) -> None:
    if http_client is not None:
        raise HttpClientError(
            f"http_client is a {class_name(http_client)}; legacy-openai takes none.",
            hint="Leave the backend to dsadapter: it picks one that can use your client",
        )


def sync_backend(http_client: Any = None) -> base.SyncBackend:
    """The backend of this process; raises HttpClientError for any ``http_client``."""
    _refuse_client(http_client)
    return SyncBackend()


def async_backend(http_client: Any = None) -> base.AsyncBackend:
    """The backend of one event loop; raises HttpClientError for any ``http_client``."""
    _refuse_client(http_client)
    return AsyncBackend()
