"""Native clients of openai 1.0.0-1.55.2 on httpx 0.28, which has no ``proxies`` any more.

The SDK is handed the HTTP client that it would have made itself (sdk-matrix 2 and 3).
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

from .._backends.versions import at_least, below
from .patches import Changes

LAST_BROKEN_BEFORE = "1.55.3"
REDIRECTS_SINCE = "1.10"


def fix_proxies(package: Any, changes: Changes) -> None:
    """Let clients be constructed again; nothing changes where they can be."""
    version = package.__version__
    if not below(version, LAST_BROKEN_BEFORE):
        return
    base = package._base_client
    for owner, kind in ((base.SyncAPIClient, "Client"), (base.AsyncAPIClient, "AsyncClient")):
        http_class = _http_class(base, kind)
        if "proxies" not in inspect.signature(getattr(base.httpx, kind)).parameters:
            options = {
                "timeout": base.DEFAULT_TIMEOUT,
                "limits": _limits(base),
                "follow_redirects": at_least(version, REDIRECTS_SINCE),
            }
            changes.set(owner, "__init__", _with_http_client(owner.__init__, http_class, options))


def _http_class(base: Any, kind: str) -> Any:
    """The SDK's own subclass, which closes itself (since 1.3.9), else httpx's."""
    wrapper = {"Client": "SyncHttpxClientWrapper", "AsyncClient": "AsyncHttpxClientWrapper"}[kind]
    return getattr(base, wrapper, None) or getattr(base.httpx, kind)


def _limits(base: Any) -> Any:
    names = ("DEFAULT_CONNECTION_LIMITS", "DEFAULT_LIMITS")
    return next(vars(base)[name] for name in names if name in vars(base))


def _with_http_client(init: Any, http_class: Any, options: Any) -> Any:
    @functools.wraps(init)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        arguments = (kwargs.get(name) for name in ("http_client", "proxies", "transport"))
        if all(value is None for value in arguments):
            kwargs["http_client"] = http_class(**options)
        init(self, *args, **kwargs)

    return __init__
