"""``raw-requests``: no SDK at all. Sync on requests, async on httpx (httpx2 where only that is)."""

from __future__ import annotations

from typing import Any

from .._errors.tree import HttpClientError
from . import POOL_SIZE
from . import detection as _detect
from .base import AsyncReply, Operation, SyncReply


class RequestsBackend:
    """A ``requests.Session``, own or the caller's."""

    name = "raw-requests"
    per_thread = False

    def __init__(self, session: Any = None) -> None:
        from .io import requests as _requests_io

        self._io = _requests_io
        self._session = session or _requests_io.Session()

    def send(self, op: Operation) -> SyncReply:
        made = self._io.connections_made(self._session, op.url)
        try:
            response = self._session.request(
                op.method,
                op.url,
                headers=op.headers,
                data=op.body,
                stream=True,
                timeout=(op.connect, op.read),
                allow_redirects=False,
                auth=self._session.auth or self._io.keep_authorization,
            )
        except (OSError, ValueError) as err:  # requests' own are OSErrors; urllib3's leak
            reused = made > 0 and made == self._io.connections_made(self._session, op.url)
            raise self._io.translated(err, reused=reused) from err
        return self._io.RequestsReply(response)

    def close(self) -> None:
        self._session.close()


class HttpxBackend:
    """A caller's ``httpx.Client`` or ``httpx2.Client``."""

    name = "raw-requests"
    per_thread = False

    def __init__(self, client: Any) -> None:
        from .io import httpx as _httpx_io

        self._io = _httpx_io
        self._client = client

    def send(self, op: Operation) -> SyncReply:
        trace = self._io.Trace()
        try:
            request = self._io.request(self._client, op, trace)
            response = self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except Exception as err:
            raise self._io.translated(err, reused=not trace.fresh) from err
        return self._io.HttpxReply(response)

    def close(self) -> None:
        self._client.close()


class AsyncBackend:
    """``httpx.AsyncClient`` or ``httpx2.AsyncClient``, own or the caller's."""

    name = "raw-requests"

    def __init__(self, client: Any = None) -> None:
        from .io import httpx as _httpx_io

        self._io = _httpx_io
        self._client = client or _own_client()

    async def send(self, op: Operation) -> AsyncReply:
        trace = self._io.AsyncTrace()
        try:
            request = self._io.request(self._client, op, trace)
            response = await self._client.send(
                request, stream=True, auth=None, follow_redirects=False
            )
        except Exception as err:
            raise self._io.translated(err, reused=not trace.fresh) from err
        return self._io.AsyncHttpxReply(response)

    async def close(self) -> None:
        await self._client.aclose()


def _own_client() -> Any:
    if _detect.is_installed("httpx"):
        import httpx as module
    else:
        import httpx2 as module
    limits = module.Limits(max_connections=POOL_SIZE, max_keepalive_connections=100)
    return module.AsyncClient(limits=limits)


def sync_backend(http_client: Any = None) -> Any:
    modules = [cls.__module__ for cls in type(http_client).__mro__]
    if http_client is None or any(name.startswith("requests") for name in modules):
        return RequestsBackend(http_client)
    _require(http_client, asynchronous=False)
    return HttpxBackend(http_client)


def async_backend(http_client: Any = None) -> AsyncBackend:
    if http_client is not None:
        _require(http_client, asynchronous=True)
    return AsyncBackend(http_client)


def _require(client: Any, *, asynchronous: bool) -> None:
    wrong = not hasattr(client, "aclose") if asynchronous else hasattr(client, "aclose")
    if wrong:
        given = f"{type(client).__module__}.{type(client).__qualname__}"
        fits = "httpx.AsyncClient" if asynchronous else "requests.Session or httpx.Client"
        face = "AsyncOpenAI" if asynchronous else "OpenAI"
        raise HttpClientError(f"http_client is a {given}; {face} takes a {fits}.")
