"""Where a legacy call goes: which paths DeepSeek has, and over which connections."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any, Dict, Mapping, Optional, Tuple

from .._backends import detection, selection
from .._backends.base import Operation
from .._backends.holders import shared_async, shared_sync, sync_holder
from .._backends.lifetime import AsyncHolder, SyncHolder
from .._backends.selection import LEGACY, RAW, Selection
from .._errors.tree import HttpClientError
from .._named_tuple import NamedTuple
from .._settings import offered
from .._settings.table import Settings
from .._settings.values import Timeouts
from .._warn import warn_caller
from . import settings
from .settings import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._backends.base import AsyncBackend, Holder, SyncBackend

Proxies = Dict[str, str]

# Methods for which every SDK's own client gives unread bytes.
_SDK_METHODS = ("get", "post")


def check_offered(path: str, settings: Settings) -> None:
    """Raise NotOfferedError for what the vendor is known to lack; whatever else is asked for."""
    if path.partition("?")[0].strip("/").partition("/")[0] in offered.FIRST_PARTS:
        resource = offered.resource_of(path)
        offered.check(settings.provider, resource.partition(".")[0])
        offered.check(settings.provider, resource)


def with_files(op: Operation, files: Any, params: Optional[Mapping[str, Any]]) -> Operation:
    """The request as multipart/form-data."""
    from .._backends.io.requests_form import multipart

    return multipart(op, files, dict(params or {}))


class Outline(NamedTuple):
    """What ``_prepare_request_raw`` of a requestor needs besides its arguments."""

    holder: Holder
    snapshot: Snapshot
    stream: bool = False
    timeouts: Optional[Timeouts] = None


# --- connections ---------------------------------------------------------------------------------


class NoBackend:
    """Stands where a holder's name is asked for and no call is made."""

    name = ""

    def backend(self) -> Any:
        """Never asked for."""
        raise NotImplementedError


def holder(method: str, named: Tuple[Any, str], snapshot: Snapshot) -> SyncHolder:
    """The holder of a sync call's backend: the shared one, or on the caller's session or proxy.

    ``named`` is the backend that the program names, and where. Behind the real openai < 1 its own
    requestor reads the globals. Raises BackendUnavailableError, HttpClientError, and ValueError
    for a proxy that is none.
    """
    chosen = _chosen(method, named)
    if settings.sdk_module is not None and chosen.name == LEGACY.name:
        return shared_sync(chosen)
    proxies = None if snapshot.proxy is None else _proxies(snapshot.proxy)
    if snapshot.requestssession is not None:
        return _on_session(_session(snapshot.requestssession))
    if not snapshot.verify_ssl_certs:
        warn_caller("verify_ssl_certs is ignored; certificates are always verified.")
    return _behind(proxies) if proxies else shared_sync(chosen)


def async_holder(
    method: str, named: Tuple[Any, str], snapshot: Snapshot, session: Any = None
) -> AsyncHolder:
    """The same for an async call; ``session`` is an aiohttp session of the caller's."""
    chosen = _chosen(method, named)
    if settings.sdk_module is not None and chosen.name == LEGACY.name:
        return shared_async(chosen)
    session = session or snapshot.aiosession.get()
    proxies = None if snapshot.proxy is None else _proxies(snapshot.proxy)
    if session is not None:
        return _on_aiosession(session, proxies or {})
    return _async_behind(proxies) if proxies else shared_async(chosen)


def _chosen(method: str, named: Tuple[Any, str]) -> Selection:
    name, source = named if method.lower() in _SDK_METHODS else (RAW.name, "")
    return _choose(name, source, detection.sdk(), tuple(selection.broken))


@lru_cache(maxsize=32)
def _choose(
    name: Any, source: str, sdk: Optional[detection.Sdk], broken: Tuple[str, ...]
) -> Selection:
    """The choice for what is named, the SDK that is there and what of it is broken: it is the same
    at every call."""
    return selection.choose(name, source)


_sessions: Dict[Any, SyncHolder] = {}
_per_thread = threading.local()


def _on_session(session: Any) -> SyncHolder:
    if session not in _sessions:
        _sessions[session] = sync_holder(selection.select(None, session), session)
    return _sessions[session]


def _on_aiosession(session: Any, proxies: Proxies) -> AsyncHolder:
    from .._backends.raw_requests import async_backend_on

    return AsyncHolder(lambda: async_backend_on(session, proxies), closes_itself=False)


def _session(session_or_factory: Any) -> Any:
    """``requestssession``: a session, or a factory that is asked once per thread."""
    if hasattr(session_or_factory, "request"):
        if selection.client_package(session_or_factory) != "requests":
            raise HttpClientError(
                f"requestssession is a {type(session_or_factory).__name__}, "
                "not a requests.Session.",
                hint="Assign a requests.Session, or a function that makes one",
            )
        return session_or_factory
    sessions = vars(_per_thread).setdefault("sessions", {})
    if session_or_factory not in sessions:
        sessions[session_or_factory] = session_or_factory()
    return sessions[session_or_factory]


# --- openai.proxy --------------------------------------------------------------------------------

_sync_behind: Dict[Any, SyncHolder] = {}
_async_holders_behind: Dict[Any, AsyncHolder] = {}


def _behind(proxies: Proxies) -> SyncHolder:
    from .._backends.raw_requests import sync_backend_behind

    def load() -> SyncBackend:
        return sync_backend_behind(proxies)

    key = tuple(sorted(proxies.items()))
    if key not in _sync_behind:
        _sync_behind[key] = SyncHolder(load)
    return _sync_behind[key]


def _async_behind(proxies: Proxies) -> AsyncHolder:
    from .._backends.raw_requests import async_backend_behind

    def load() -> AsyncBackend:
        return async_backend_behind(proxies)

    key = tuple(sorted(proxies.items()))
    if key not in _async_holders_behind:
        _async_holders_behind[key] = AsyncHolder(load)
    return _async_holders_behind[key]


def _proxies(proxy: Any) -> Proxies:
    """``openai.proxy`` as scheme -> URL; a proxy without a scheme is spoken to over http."""
    if isinstance(proxy, str):
        proxy = {"http": proxy, "https": proxy}
    if not isinstance(proxy, dict):
        raise ValueError(
            "'openai.proxy' must be specified as either a string URL or a dict with string URL "
            "under the https and/or http keys."
        )
    return {s: url if "://" in url else f"http://{url}" for s, url in proxy.items() if url}
