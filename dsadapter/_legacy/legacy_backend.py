"""Where a legacy call goes: which paths DeepSeek has, and over which connections."""

from __future__ import annotations

import threading
from typing import Any, Dict, Mapping, Optional

from .._backends import selection as _registry
from .._backends.base import Operation
from .._backends.lifetime import AsyncHolder, SyncHolder, shared_async, shared_sync, sync_holder
from .._backends.selection import RAW, Selection
from .._errors.tree import HttpClientError, LegacyInvalidAPIType, NotOfferedError
from .._settings import providers as _providers
from .._settings.table import Settings
from .._warn import warn_caller
from . import settings

Proxies = Dict[str, str]

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


class NoBackend:
    """Stands where a backend's name is asked for and no call is made."""

    name = ""


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
    from .._backends.io.requests import multipart

    return multipart(op, files, dict(params or {}))


# --- connections ---------------------------------------------------------------------------------


def holder(method: str) -> Any:
    """The holder of a sync call's backend: the shared one, or on the caller's session or proxy."""
    selection = _selection(method)
    if not _sdk_does_it(selection):
        session, proxies = settings.current("requestssession"), _proxies()
        if session is not None:
            return _on_session(_session(session))
        _warn_unverified()
        if proxies:
            return _behind(proxies)
    return shared_sync(selection)


def async_holder(method: str, session: Any = None) -> Any:
    """The same for an async call; ``session`` is an aiohttp session of the caller's."""
    selection = _selection(method)
    if not _sdk_does_it(selection):
        session, proxies = session or settings.current_aiosession(), _proxies()
        if session is not None:
            return _on_aiosession(session, proxies or {})
        if proxies:
            return _async_behind(proxies)
    return shared_async(selection)


def _selection(method: str) -> Selection:
    name = None if method.lower() in _SDK_METHODS else RAW.name
    return _registry.select(name)


def _sdk_does_it(selection: Selection) -> bool:
    """Behind the real openai < 1 its requestor reads its own globals."""
    return settings.sdk_door is not None and selection.name == "legacy-openai"


_sessions: Dict[Any, SyncHolder] = {}
_per_thread = threading.local()


def _on_session(session: Any) -> SyncHolder:
    if session not in _sessions:
        _sessions[session] = sync_holder(_registry.select(None, session), session)
    return _sessions[session]


def _on_aiosession(session: Any, proxies: Proxies) -> AsyncHolder:
    from .._backends.raw_requests import async_backend_on

    return AsyncHolder(lambda: async_backend_on(session, proxies), closes_itself=False)


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
        warn_caller("verify_ssl_certs is ignored; certificates are always verified.")


# --- openai.proxy --------------------------------------------------------------------------------

_sync_behind: Dict[Any, SyncHolder] = {}
_async_holders_behind: Dict[Any, AsyncHolder] = {}


def _behind(proxies: Proxies) -> SyncHolder:
    from .._backends.raw_requests import sync_backend_behind

    key = tuple(sorted(proxies.items()))
    if key not in _sync_behind:
        _sync_behind[key] = SyncHolder(lambda: sync_backend_behind(proxies))
    return _sync_behind[key]


def _async_behind(proxies: Proxies) -> AsyncHolder:
    from .._backends.raw_requests import async_backend_behind

    key = tuple(sorted(proxies.items()))
    if key not in _async_holders_behind:
        _async_holders_behind[key] = AsyncHolder(lambda: async_backend_behind(proxies))
    return _async_holders_behind[key]


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
