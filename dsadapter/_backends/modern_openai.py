"""``modern-openai``: the client of openai 1.x, 2.x, 3.x (and later), on httpx or httpx2.

The SDK's request machinery is used up to the raw response; its pydantic models, event reader,
retries and telemetry headers are not.
"""

from __future__ import annotations

import sys
from contextvars import ContextVar
from typing import Any, Tuple

import openai
from openai import _base_client

from .._errors.tree import HttpClientError
from .base import Operation
from .io.httpx import (
    AsyncHttpxReply,
    AsyncTrace,
    HttpxReply,
    Trace,
    any_status,
    any_status_async,
    plain_twin,
    timeout_extension,
    translated,
)
from .versions import below

# What the SDK adds and another vendor must not see.
_TELEMETRY = "x-stainless-"
_OURS = {
    "authorization",
    "user-agent",
    "accept",
    "content-type",
    "content-length",
    "transfer-encoding",
    "openai-organization",
    "openai-project",
}

_http: Any = getattr(_base_client, "httpx2", None) or _base_client.httpx
_current: ContextVar[Tuple[Operation, Trace]] = ContextVar("dsadapter_operation")


def _adopt(request: Any) -> None:
    """Make the request that the SDK built carry the operation, and nothing of the SDK's own."""
    op, trace = _current.get()
    ours = {name.lower() for name in op.headers} | _OURS
    kept = [
        (name, value)
        for name, value in request.headers.multi_items()
        if name.lower() not in ours and not name.lower().startswith(_TELEMETRY)
    ]
    type(request).__init__(
        request,
        op.method,
        op.url,
        headers=[*kept, *op.headers.items()],
        content=op.body,
        extensions={**request.extensions, "timeout": timeout_extension(op), "trace": trace},
    )


class _Client(openai.OpenAI):
    def _prepare_request(self, request: Any) -> None:
        _adopt(request)


class _AsyncClient(openai.AsyncOpenAI):
    async def _prepare_request(self, request: Any) -> None:
        _adopt(request)


def _options(op: Operation) -> Any:
    return {"max_retries": 0}


def _own(kind: str) -> Any:
    """An HTTP client with the SDK's own defaults.

    Given ready-made, because openai 1.0.0-1.55.2 would make its own with ``proxies=``, which
    httpx 0.28 has no more; without redirects, because those are decided above the seam.
    """
    many = not below(openai.__version__, "1.16")
    limits = _http.Limits(
        max_connections=1000 if many else 100, max_keepalive_connections=100 if many else 20
    )
    return getattr(_http, kind)(timeout=_http.Timeout(600.0, connect=5.0), limits=limits)


def _construct(cls: Any, http_client: Any, hook: Any) -> Any:
    client = cls(
        api_key="unused",  # the operation carries the key
        base_url="http://127.0.0.1",
        http_client=plain_twin(http_client, hook),
        max_retries=0,
    )
    client.organization = client.project = None
    client._custom_headers = {}
    return client


class SyncBackend:
    name = "modern-openai"
    per_thread = False

    def __init__(self, http_client: Any = None) -> None:
        self._http = http_client or _own("Client")
        self._client = _construct(_Client, self._http, any_status)

    def send(self, op: Operation) -> HttpxReply:
        trace = Trace()
        token = _current.set((op, trace))
        try:
            answer = self._call(op)
        except openai.APIStatusError as err:
            return HttpxReply(err.response)
        except Exception as err:
            raise _translated(err, trace) from err
        finally:
            _current.reset(token)
        return HttpxReply(getattr(answer, "response", answer))

    def _call(self, op: Operation) -> Any:
        method = getattr(self._client, op.method.lower())
        return method(
            op.url,
            cast_to=_http.Response,
            options=_options(op),
            stream=True,
            stream_cls=openai.Stream[Any],
        )

    def close(self) -> None:
        self._client.close()
        self._http.close()


class AsyncBackend:
    name = "modern-openai"

    def __init__(self, http_client: Any = None) -> None:
        self._http = http_client or _own("AsyncClient")
        self._client = _construct(_AsyncClient, self._http, any_status_async)

    async def send(self, op: Operation) -> AsyncHttpxReply:
        trace = AsyncTrace()
        token = _current.set((op, trace))
        try:
            answer = await self._call(op)
        except openai.APIStatusError as err:
            return AsyncHttpxReply(err.response)
        except Exception as err:
            raise _translated(err, trace) from err
        finally:
            _current.reset(token)
        return AsyncHttpxReply(getattr(answer, "response", answer))

    async def _call(self, op: Operation) -> Any:
        method = getattr(self._client, op.method.lower())
        return await method(
            op.url,
            cast_to=_http.Response,
            options=_options(op),
            stream=True,
            stream_cls=openai.AsyncStream[Any],
        )

    async def close(self) -> None:
        await self._client.close()
        await self._http.aclose()


def _translated(err: BaseException, trace: Trace) -> Exception:
    cause = err.__cause__ if isinstance(err, openai.APIConnectionError) else err
    return translated(cause or err, reused=not trace.fresh)


def _checked(http_client: Any, kind: str) -> Any:
    """Sync into async and the reverse; the SDK checks it only from 1.13.4 on."""
    if http_client is not None:
        families = [sys.modules[name] for name in ("httpx", "httpx2") if name in sys.modules]
        if not isinstance(http_client, tuple(getattr(family, kind) for family in families)):
            given = f"{type(http_client).__module__}.{type(http_client).__qualname__}"
            raise HttpClientError(f"http_client is a {given}; this client takes an httpx.{kind}.")
    return http_client


def sync_backend(http_client: Any = None) -> SyncBackend:
    return SyncBackend(_checked(http_client, "Client"))


def async_backend(http_client: Any = None) -> AsyncBackend:
    return AsyncBackend(_checked(http_client, "AsyncClient"))
