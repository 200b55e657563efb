"""``modern-openai``: the client of openai 1.x, 2.x, 3.x (and later), on httpx or httpx2.

The SDK's request machinery is used up to the raw response; its pydantic models, event reader,
retries and telemetry headers are not.
"""

from __future__ import annotations

import sys
from contextvars import ContextVar
from math import inf
from typing import Any, Tuple

import openai
from openai import _base_client

from .._errors.tree import HttpClientError
from . import base
from .base import Operation, class_name
from .io.cancellation import cancelled_once
from .io.httpx import (
    POOL_CONNECTIONS,
    AsyncConnectionTrace,
    AsyncHttpxReply,
    ConnectionTrace,
    HttpxReply,
    allow_any_status,
    allow_any_status_async,
    own_client,
    timeout_extension,
    translated,
    without_redirects,
)

# What the SDK adds and another vendor must not see.
_TELEMETRY = "x-stainless-"
_OURS = frozenset(
    "authorization user-agent accept content-type content-length transfer-encoding "
    "openai-organization openai-project".split()
)

_http: Any = getattr(_base_client, "httpx2", None) or _base_client.httpx
_current: ContextVar[Tuple[Operation, ConnectionTrace]] = ContextVar("dsadapter_operation")


def _carry_operation(request: Any) -> None:
    """Make the request that the SDK built carry the operation, and nothing of the SDK's own."""
    op, trace = _current.get()
    ours = {name.lower() for name in op.headers} | _OURS
    others = [
        (name, value)
        for name, value in request.headers.multi_items()
        if name.lower() not in ours and not name.lower().startswith(_TELEMETRY)
    ]
    extensions = {**request.extensions, "timeout": timeout_extension(op), "trace": trace}
    vars(request).clear()  # a request keeps its content, the empty one that the SDK built
    type(request).__init__(
        request,
        op.method,
        op.url,
        headers=[*others, *op.headers.items()],
        content=op.body,
        extensions=extensions,
    )


class _Client(openai.OpenAI):
    def _prepare_request(self, request: Any) -> None:
        _carry_operation(request)


class _AsyncClient(openai.AsyncOpenAI):
    async def _prepare_request(self, request: Any) -> None:
        _carry_operation(request)


def _streaming_method(op: Operation) -> str:
    """A method of the SDK's that can leave the body unread, which ``delete`` and the like cannot;
    the request goes out with the operation's own."""
    return "get" if op.method == "GET" else "post"


def _options(op: Operation) -> Any:
    return {"max_retries": 0}


def _own_http_client(kind: str) -> Any:
    """An HTTP client with the SDK's own timeouts.

    Given ready-made, because openai 1.0.0-1.55.2 would make its own with ``proxies=``, which
    httpx 0.28 has no more; without redirects, because those are decided above the seam.
    """
    return own_client(_http, kind, timeout=_http.Timeout(600.0, connect=5.0))


def _construct(cls: Any, http_client: Any, hook: Any) -> Any:
    client = cls(
        api_key="unused",  # the operation carries the key
        base_url="http://127.0.0.1",
        http_client=without_redirects(http_client, hook),
        max_retries=0,
    )
    client.organization = client.project = None
    client._custom_headers = {}
    return client


class SyncBackend:
    """The SDK's sync client, with an HTTP client of ours or of the caller's."""

    name = "modern-openai"
    per_thread = False

    def __init__(self, http_client: Any = None) -> None:
        self.pool_size = POOL_CONNECTIONS if http_client is None else inf
        self._http = http_client or _own_http_client("Client")
        self._client = _construct(_Client, self._http, allow_any_status)

    def send(self, op: Operation) -> HttpxReply:
        """Answers when the response headers are there."""
        trace = ConnectionTrace()
        token = _current.set((op, trace))
        try:
            response = self._call(op)
        except openai.APIStatusError as err:
            return HttpxReply(err.response, trace)
        except Exception as err:
            raise _translated(err, trace) from err
        finally:
            _current.reset(token)
        return HttpxReply(getattr(response, "response", response), trace)

    def _call(self, op: Operation) -> Any:
        method = getattr(self._client, _streaming_method(op))
        return method(
            op.url,
            cast_to=_http.Response,
            options=_options(op),
            stream=True,
            stream_cls=openai.Stream[Any],
        )

    def close(self) -> None:
        """Close the SDK's client and the HTTP client beneath it."""
        self._client.close()
        self._http.close()


class AsyncBackend:
    """The SDK's async client, with an HTTP client of ours or of the caller's."""

    name = "modern-openai"

    def __init__(self, http_client: Any = None) -> None:
        self.pool_size = POOL_CONNECTIONS if http_client is None else inf
        self._http = http_client or _own_http_client("AsyncClient")
        self._client = _construct(_AsyncClient, self._http, allow_any_status_async)

    async def send(self, op: Operation) -> AsyncHttpxReply:
        """Answers when the response headers are there."""
        trace = AsyncConnectionTrace(self.pool_size)
        token = _current.set((op, trace))
        try:
            response = await cancelled_once(self._call(op), trace)
        except openai.APIStatusError as err:
            return AsyncHttpxReply(err.response, trace)
        except Exception as err:
            raise _translated(err, trace) from err
        finally:
            _current.reset(token)
        return AsyncHttpxReply(getattr(response, "response", response), trace)

    async def _call(self, op: Operation) -> Any:
        method = getattr(self._client, _streaming_method(op))
        return await method(
            op.url,
            cast_to=_http.Response,
            options=_options(op),
            stream=True,
            stream_cls=openai.AsyncStream[Any],
        )

    async def close(self) -> None:
        """Close the SDK's client and the HTTP client beneath it."""
        await self._client.close()
        await self._http.aclose()


def _translated(err: BaseException, trace: ConnectionTrace) -> Exception:
    cause = err.__cause__ if isinstance(err, openai.APIConnectionError) else err
    return translated(cause or err, stale=trace.stale)


def _checked(http_client: Any, kind: str) -> Any:
    """Sync into async and the reverse; the SDK checks it only from 1.13.4 on."""
    if http_client is not None:
        families = [sys.modules[name] for name in ("httpx", "httpx2") if name in sys.modules]
        if not isinstance(http_client, tuple(getattr(family, kind) for family in families)):
            raise HttpClientError(
                f"http_client is a {class_name(http_client)}; this client takes an httpx.{kind}."
            )
    return http_client


def sync_backend(http_client: Any = None) -> base.SyncBackend:
    """The backend; raises HttpClientError for a client that is no ``httpx.Client``."""
    return SyncBackend(_checked(http_client, "Client"))


def async_backend(http_client: Any = None) -> base.AsyncBackend:
    """The backend; raises HttpClientError for a client that is no ``httpx.AsyncClient``."""
    return AsyncBackend(_checked(http_client, "AsyncClient"))
