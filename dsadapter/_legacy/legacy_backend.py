"""Where a legacy call goes: which paths DeepSeek has, and over which connections."""

from __future__ import annotations

import importlib
import threading
import warnings
from typing import Any, Dict, Mapping, Optional

from .._backends import selection as _registry
from .._backends.base import Operation
from .._backends.lifetime import AsyncTransport, SyncTransport, shared
from .._backends.selection import RAW, Selection
from .._errors.tree import HttpClientError, LegacyInvalidAPIType, NotOfferedError
from .._settings import providers as _providers
from .._settings.table import Settings
from . import settings

# What DeepSeek offers of what 0.28 can call (deepseek-api 1), by "is it a GET".
OFFERED = {True: ("/models", "/user/balance"), False: ("/chat/completions", "/completions")}
INSTEAD = {
    "/embeddings": "another provider's api_base offers embeddings",
    "/edits": "ChatCompletion.create with the instruction as a message does this",
    "/moderations": "another provider's api_base offers moderations",
}
# Methods for which every SDK's own client gives unread bytes.
_SDK_METHODS = ("get", "post")


def check_azure(api_type: Any, chosen: Settings) -> None:
    """Azure's paths and headers are not spoken here; its variables alone are no reason to stop."""
    host = _providers.host_of(chosen.base_url)
    if api_type.name.startswith("AZURE") and host.endswith(".azure.com"):
        raise LegacyInvalidAPIType(
            f"dsadapter does not speak Azure's API (api_type azure, {host}).",
            hint='Set openai.api_type = "open_ai" and the api_base of DeepSeek or another provider',
        )


class Nobody:
    """Stands where a backend's name is asked for and no call is made."""

    name = ""
    per_thread = False


def check_offered(method: str, path: str, chosen: Settings) -> None:
    """Raise NotOfferedError for what DeepSeek does not serve; other providers are asked."""
    if chosen.provider.name != "deepseek":
        return
    known = path.split("?")[0].rstrip("/")
    if known in OFFERED[method == "get"] or method == "get" and known.startswith("/models/"):
        return
    raise NotOfferedError(
        f"{chosen.provider.title} does not offer {method.upper()} {path}.",
        hint=INSTEAD.get(known, "An api_base of a provider that offers it reaches that provider"),
    )


def with_files(op: Operation, files: Any, params: Optional[Mapping[str, Any]]) -> Operation:
    """The request as multipart/form-data."""
    import requests

    form = requests.Request("POST", op.url, files=files, data=dict(params or {})).prepare()
    headers = {name: value for name, value in op.headers.items() if name != "Content-Type"}
    headers["Content-Type"] = str(form.headers["Content-Type"])
    body: Any = form.body
    return op._replace(headers=headers, body=body)


# --- connections ---------------------------------------------------------------------------------


def backend(method: str) -> Any:
    """The backend of a sync call: the shared one, or one on the caller's session or proxy."""
    selection = _selection(method)
    if not _sdk_does_it(selection):
        given, proxies = settings.current("requestssession"), _proxies()
        if given is not None:
            return _on_session(_session(given)).backend()
        _warn_unverified()
        if proxies:
            return _proxied(_ProxiedSync, proxies).backend()
    return shared(selection).backend()


def async_backend(method: str, session: Any = None) -> Any:
    selection = _selection(method)
    if not _sdk_does_it(selection):
        session, proxies = session or settings.current_aiosession(), _proxies()
        if session is not None:
            from .._backends.io.aiohttp import AiohttpBackend

            return AiohttpBackend(session, proxies)
        if proxies:
            return _proxied(_ProxiedAsync, proxies).backend()
    return shared(selection, asynchronous=True).backend()


def _selection(method: str) -> Selection:
    name = None if method.lower() in _SDK_METHODS else RAW.name
    return _registry.select(name)


def _sdk_does_it(selection: Selection) -> bool:
    """Behind the real openai < 1 its requestor reads its own globals."""
    return settings.sdk_door is not None and selection.name == "legacy-openai"


_sessions: Dict[Any, SyncTransport] = {}
_per_thread = threading.local()


def _on_session(session: Any) -> SyncTransport:
    if session not in _sessions:
        _sessions[session] = SyncTransport(_registry.select(None, session), session)
    return _sessions[session]


def _session(given: Any) -> Any:
    """``requestssession``: a session, or a factory that is asked once per thread."""
    if hasattr(given, "request"):
        if _registry.client_package(given) != "requests":
            raise HttpClientError(
                f"requestssession is a {type(given).__name__}, not a requests.Session.",
                hint="Assign a requests.Session, or a function that makes one",
            )
        return given
    made = vars(_per_thread).setdefault("made", {})
    if given not in made:
        made[given] = given()
    return made[given]


def _warn_unverified() -> None:
    if not settings.current("verify_ssl_certs"):
        warnings.warn(
            "verify_ssl_certs is ignored; certificates are always verified.",
            stacklevel=_registry.caller_depth(),
        )


# --- openai.proxy --------------------------------------------------------------------------------

Proxies = Dict[str, str]


class _ProxiedSync(SyncTransport):
    def __init__(self, proxies: Proxies) -> None:
        self._proxies = proxies
        super().__init__(Selection(RAW.name, "openai.proxy is set"))

    def _load(self) -> Any:
        import requests

        from .._backends import raw_requests

        session = requests.Session()
        session.proxies = dict(self._proxies)
        return raw_requests.RequestsBackend(session)


class _ProxiedAsync(AsyncTransport):
    def __init__(self, proxies: Proxies) -> None:
        self._proxies = proxies
        super().__init__(Selection(RAW.name, "openai.proxy is set"))

    def _load(self) -> Any:
        from .._backends import detection as _detect
        from .._backends import raw_requests

        module = importlib.import_module("httpx" if _detect.is_installed("httpx") else "httpx2")
        mounts = {
            f"{scheme}://": module.AsyncHTTPTransport(proxy=url)
            for scheme, url in self._proxies.items()
        }
        return raw_requests.AsyncBackend(module.AsyncClient(mounts=mounts))


_transports: Dict[Any, Any] = {}


def _proxied(cls: Any, proxies: Proxies) -> Any:
    key = (cls, tuple(sorted(proxies.items())))
    if key not in _transports:
        _transports[key] = cls(proxies)
    return _transports[key]


def _proxies() -> Optional[Proxies]:
    """``openai.proxy`` as scheme -> URL; a proxy without a scheme is spoken to over http."""
    proxy = settings.current("proxy")
    if proxy is None:
        return None
    if isinstance(proxy, str):
        proxy = {"http": proxy, "https": proxy}
    if not isinstance(proxy, dict):
        raise ValueError(
            "'openai.proxy' must be specified as either a string URL or a dict with string URL "
            "under the https and/or http keys."
        )
    return {s: url if "://" in url else f"http://{url}" for s, url in proxy.items() if url}
