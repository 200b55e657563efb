"""``--offline``: calls made by hand go to the emulator too, and nothing leaves the machine.

Known providers' hosts are answered by the emulator, below the HTTP libraries: the program's URLs
and headers stay as they are, only the connection is another one. Every other host is refused.
"""

from __future__ import annotations

import functools
import http.client
import os
import socket
import sys
from typing import Any, Dict, Optional, Tuple
from urllib.parse import urlsplit

from .._settings import providers
from .._settings.providers import GENERIC, Provider, is_loopback
from .._settings.sources import first_of
from .._settings.table import KEY_PAIRS, OFFLINE_KEY, OFFLINE_URL, UNSET_OFFLINE_KEY
from .finder import Finder
from .patches import Changes

PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class OfflineError(ConnectionRefusedError):
    """The program wanted to connect to a host that is neither this machine nor a provider."""


def restrict_network(finder: Finder, changes: Changes) -> None:
    """Patch what is imported; hook into the import of what is not."""
    for name in PROXY_VARIABLES:  # a proxy is another host, and the emulator needs none
        for variable in (name, name.lower()):
            if variable in os.environ:
                changes.variable(variable, None)
    for variable, key in _dummy_keys().items():
        changes.variable(variable, key)
    _refuse_others(changes)
    _redirect_http_client(changes)
    later = {
        "urllib3.connection": _redirect_urllib3,
        "httpx": _redirect_httpx,
        "httpx2": _redirect_httpx,
        "aiohttp.client": _redirect_aiohttp,
    }
    for name, patch in later.items():
        if name in sys.modules:
            patch(sys.modules[name], changes)
        else:
            finder.hooks[name] = functools.partial(_patch, patch, changes)


def _dummy_keys() -> Dict[str, str]:
    """The variables that get a dummy, and which: those that hold a key, and those that programs
    read without asking. Which vendor's settings count stays as it is: DeepSeek's key outranks
    OpenAI's, so that beside OpenAI's alone it gets one that the settings do not see."""
    ours, others = KEY_PAIRS
    names = [name for row in providers.VENDORS for name in row.key_env if name in os.environ]
    belongs_to_others = first_of((others[0], *others[1])) and not first_of((ours[0], *ours[1]))
    dummies = dict.fromkeys([*names, ours[0], others[0]], OFFLINE_KEY)
    if belongs_to_others:
        dummies[ours[0]] = UNSET_OFFLINE_KEY
    return dummies


def _patch(patch: Any, changes: Changes, module: Any) -> None:
    patch(module, changes)


# --- where the emulator is, and who goes there ---------------------------------------------------


def _emulator() -> Tuple[str, int]:
    parts = urlsplit(os.environ[OFFLINE_URL])
    return str(parts.hostname), int(parts.port or 80)


def _provider(host: Any) -> Optional[Provider]:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    provider = providers.by_host(text.lower().rstrip("."))
    return None if provider is GENERIC else provider


def _target(provider: Provider, target: str) -> str:
    """The path at the emulator: without what only this provider's base URL has in front."""
    prefix = urlsplit(provider.base_url or "").path.rstrip("/")
    has_prefix = prefix not in ("", "/v1") and target.startswith(f"{prefix}/")
    return target[len(prefix) :] if has_prefix else target


# --- every other host ----------------------------------------------------------------------------


def _refuse_others(changes: Changes) -> None:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded(self: Any, address: Any) -> Any:
        _check(self, address)
        return connect(self, address)

    def guarded_ex(self: Any, address: Any) -> Any:
        _check(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _check_host(host)
        return look_up(host, *args, **kwargs)

    changes.set(socket.socket, "connect", guarded)
    changes.set(socket.socket, "connect_ex", guarded_ex)
    changes.set(socket, "getaddrinfo", guarded_look_up)


def _check(sock: Any, address: Any) -> None:
    if isinstance(address, tuple) and sock.family in (socket.AF_INET, socket.AF_INET6):
        _check_host(address[0])


def _check_host(host: Any) -> None:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not text or is_loopback(text.lower()) or text in ("0.0.0.0", "::", socket.gethostname()):
        return
    raise OfflineError(
        f"offline: the connection to {text} was refused. With --offline only the emulator and "
        "this machine answer; leave --offline out to reach it."
    )


# --- http.client, urllib3, requests --------------------------------------------------------------


def _redirect_http_client(changes: Changes) -> None:
    _redirect_connection(http.client.HTTPConnection, changes)
    _redirect_connection(http.client.HTTPSConnection, changes)
    _redirect_target(http.client.HTTPConnection, changes)


def _redirect_urllib3(module: Any, changes: Changes) -> None:
    _redirect_connection(module.HTTPConnection, changes)
    _redirect_connection(module.HTTPSConnection, changes)
    if not issubclass(module.HTTPConnection, http.client.HTTPConnection):  # urllib3-future's
        _redirect_target(module.HTTPConnection, changes)


def _redirect_target(owner: Any, changes: Changes) -> None:
    original = owner.putrequest

    @functools.wraps(original)
    def putrequest(self: Any, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        provider = _provider(_host_of(self))
        return original(self, method, _target(provider, url) if provider else url, *args, **kwargs)

    changes.set(owner, "putrequest", putrequest)


def _redirect_connection(owner: Any, changes: Changes) -> None:
    connect = owner.connect

    @functools.wraps(connect)
    def redirected(self: Any) -> None:
        if _provider(_host_of(self)) is None:
            connect(self)
            return
        self._tunnel_host = None
        self.sock = socket.create_connection(_emulator(), _timeout(self))
        self.is_verified = True  # urllib3 would warn of a connection without TLS

    changes.set(owner, "connect", redirected)


def _host_of(connection: Any) -> Any:
    return getattr(connection, "_tunnel_host", None) or connection.host


def _timeout(connection: Any) -> Any:
    value = connection.timeout
    return value if value is None or isinstance(value, (int, float)) else None


# --- httpx, httpx2, aiohttp ----------------------------------------------------------------------


def _redirect_httpx(module: Any, changes: Changes) -> None:
    send = module.HTTPTransport.handle_request
    asend = module.AsyncHTTPTransport.handle_async_request

    @functools.wraps(send)
    def handle_request(self: Any, request: Any) -> Any:
        return send(self, _redirected(module, request))

    @functools.wraps(asend)
    async def handle_async_request(self: Any, request: Any) -> Any:
        return await asend(self, _redirected(module, request))

    changes.set(module.HTTPTransport, "handle_request", handle_request)
    changes.set(module.AsyncHTTPTransport, "handle_async_request", handle_async_request)


def _redirected(module: Any, request: Any) -> Any:
    """A copy for the wire; the response keeps the request that the program made."""
    provider = _provider(request.url.host)
    if provider is None:
        return request
    host, port = _emulator()
    target = _target(provider, request.url.raw_path.decode("ascii"))
    url = request.url.copy_with(scheme="http", host=host, port=port, raw_path=target.encode())
    return module.Request(
        request.method,
        url,
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions,
    )


def _redirect_aiohttp(module: Any, changes: Changes) -> None:
    request = module.ClientSession._request

    @functools.wraps(request)
    async def _request(self: Any, method: str, str_or_url: Any, **kwargs: Any) -> Any:
        parts = urlsplit(str(str_or_url))
        provider = _provider(parts.hostname)
        if provider is not None:
            host, port = _emulator()
            query = f"?{parts.query}" if parts.query else ""
            str_or_url = f"http://{host}:{port}{_target(provider, parts.path)}{query}"
            kwargs["proxy"] = None
        return await request(self, method, str_or_url, **kwargs)

    changes.set(module.ClientSession, "_request", _request)
