"""``raw-requests``: no SDK at all. Sync on requests, async on httpx2, else httpx."""

from __future__ import annotations

import importlib
from typing import Any, Mapping

from .._errors.tree import HttpClientError
from . import detection
from .base import AsyncBackend, SyncBackend, class_name


def sync_backend(http_client: Any = None) -> SyncBackend:
    """The backend; raises HttpClientError for an async client."""
    modules = [cls.__module__ for cls in type(http_client).__mro__]
    if http_client is None or any(name.startswith("requests") for name in modules):
        from .io.requests import RequestsBackend

        return RequestsBackend(http_client)
    _require(http_client, asynchronous=False)
    from .io.httpx import HttpxBackend

    return HttpxBackend(http_client)


def async_backend(http_client: Any = None) -> AsyncBackend:
    """The backend; raises HttpClientError for a sync client."""
    from .io.httpx import POOL_CONNECTIONS, AsyncHttpxBackend, own_client

    if http_client is not None:
        _require(http_client, asynchronous=True)
        return AsyncHttpxBackend(http_client)
    return AsyncHttpxBackend(own_client(_httpx_module(), "AsyncClient"), POOL_CONNECTIONS)


def _httpx_module() -> Any:
    """httpx2 where it is there: it lets go of connections of cancelled calls, and is faster."""
    return importlib.import_module("httpx2" if detection.is_installed("httpx2") else "httpx")


def _require(client: Any, *, asynchronous: bool) -> None:
    if hasattr(client, "aclose") != asynchronous:
        wanted = "httpx.AsyncClient" if asynchronous else "requests.Session or httpx.Client"
        face = "AsyncOpenAI" if asynchronous else "OpenAI"
        raise HttpClientError(f"http_client is a {class_name(client)}; {face} takes a {wanted}.")


# --- on what a program of 0.28 sets --------------------------------------------------------------


def sync_backend_behind(proxies: Mapping[str, str]) -> SyncBackend:
    """The backend behind these proxies (scheme -> URL), whatever the environment says."""
    import requests

    from .io.requests import RequestsBackend

    session = requests.Session()
    session.proxies = dict(proxies)
    return RequestsBackend(session)


def async_backend_behind(proxies: Mapping[str, str]) -> AsyncBackend:
    """The same on an event loop."""
    from .io.httpx import AsyncHttpxBackend

    module = _httpx_module()
    mounts = {
        f"{scheme}://": module.AsyncHTTPTransport(proxy=url) for scheme, url in proxies.items()
    }
    return AsyncHttpxBackend(module.AsyncClient(mounts=mounts))


def async_backend_on(session: Any, proxies: Mapping[str, str]) -> AsyncBackend:
    """The backend on an ``aiohttp.ClientSession`` of the program's, behind these proxies."""
    from .io.aiohttp import AiohttpBackend

    return AiohttpBackend(session, proxies)
