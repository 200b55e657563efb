"""``raw-requests``: no SDK at all. Sync on requests; async on aiohttp, else httpx2, else httpx."""

from __future__ import annotations

import importlib
from typing import Any, Mapping

from .._errors.tree import HttpClientError
from .base import class_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .base import AsyncBackend, SyncBackend


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
    if http_client is not None:
        from .io.httpx import AsyncHttpxBackend

        _require(http_client, asynchronous=True)
        return AsyncHttpxBackend(http_client)
    from .io.libraries import async_library
    from .io.proxies import Proxies

    proxies = Proxies.of_environment()
    return _own_backend(async_library(proxies), proxies)


def _own_backend(library: str, proxies: Any) -> AsyncBackend:
    """On connections of our own, behind these proxies."""
    if library == "aiohttp":
        try:
            from .io.aiohttp_session import OwnAiohttpBackend

            return OwnAiohttpBackend(proxies)
        except Exception:  # half an installation, a file of its name: httpx is always there
            library = _other_library(library)
    return _on_httpx(importlib.import_module(library), proxies)


def _on_httpx(module: Any, proxies: Any) -> AsyncBackend:
    """On httpx's connections; on its client where those are not what is known of them."""
    from .io.httpcore import HttpcoreBackend
    from .io.httpx import POOL_CONNECTIONS, AsyncHttpxBackend, own_client

    try:
        return HttpcoreBackend(module, proxies)
    except (AttributeError, TypeError):
        transports = {
            f"{scheme}://": module.AsyncHTTPTransport(proxy=module.Proxy(url))
            for scheme, url in proxies.by_scheme.items()
        }
        client = own_client(module, "AsyncClient", mounts=transports)
        return AsyncHttpxBackend(client, POOL_CONNECTIONS)


def _other_library(library: str) -> str:
    from .io.libraries import async_library, broken

    broken.add(library)
    return async_library()


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
    from .io.libraries import async_library
    from .io.proxies import Proxies

    return _own_backend(async_library(Proxies(proxies)), Proxies(proxies))


def async_backend_on(session: Any, proxies: Mapping[str, str]) -> AsyncBackend:
    """The backend on an ``aiohttp.ClientSession`` of the program's, behind these proxies."""
    from .io.aiohttp import AiohttpBackend

    return AiohttpBackend(session, proxies)
