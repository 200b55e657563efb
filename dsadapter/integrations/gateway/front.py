"""What stands in front of FastAPI: the log line and the count of each request, and the way past it
for the calls that are relayed, which need none of its routing."""

from __future__ import annotations

import logging
import re
from time import monotonic
from typing import Any, Awaitable, Dict
from urllib.parse import quote

from .body import REQUIRED, Receive
from .client_stream import Send
from .metrics import Metrics
from .relay import Gateway, Relay

log = logging.getLogger("dsadapter.gateway")

BASE = "/v1"
RELAYED = {f"{prefix}{path}": path for path in REQUIRED for prefix in ("", BASE)}
_PAGES = ("/", "/docs", "/openapi.json", "/healthz", "/readyz", "/metrics", "/favicon.ico")
_LISTS = ("/models", "/user/balance")
_READABLE = frozenset([*_PAGES, *_LISTS, *(BASE + path for path in _LISTS)])
_MODELS = ("/models/", f"{BASE}/models/")
# A part of a path that may be a key: a client that puts it there must not find it in a log.
_MAY_BE_KEY = re.compile(r"(?i)\b(?:sk|ak|key|tok)-[^/]{8,}|[^/]{32,}")


def path_of(scope: Any) -> str:
    """The path below the place where the application is mounted."""
    path, root = scope["path"], scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


class AccessLog:
    """One line per request: method, path, status, seconds. No query: keys end up there. The same
    for ``/metrics``."""

    def __init__(self, app: Any, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, status = monotonic(), "none"

        def sending(message: Dict[str, Any]) -> Awaitable[None]:
            nonlocal status
            if "status" in message:
                status = message["status"]
            return send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            seconds = monotonic() - began
            self._metrics.count_request(_label(path_of(scope)), str(status), seconds)
            where = f"{scope['method']} {quote(_MAY_BE_KEY.sub('...', scope['path']))}"
            log.info("%s %s in %.3f s", where, status, seconds)


def _label(path: str) -> str:
    """A path as a label: few different ones, whatever clients ask for."""
    if path in RELAYED or path in _READABLE:
        return path
    return next((f"{start}NAME" for start in _MODELS if path.startswith(start)), "other")


class Direct:
    """Calls that are relayed go their own way; HEAD is GET without its body; all else is
    FastAPI's."""

    def __init__(self, app: Any, gateway: Gateway) -> None:
        self._app = app
        self._relays = {path: Relay(gateway, below) for path, below in RELAYED.items()}

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        method = scope.get("method")
        if method == "POST":
            await self._relays.get(path_of(scope), self._app)(scope, receive, send)
        elif method == "HEAD" and _is_readable(path_of(scope)):
            await self._app({**scope, "method": "GET"}, receive, _without_body(send))
        else:
            await self._app(scope, receive, send)


def _is_readable(path: str) -> bool:
    return path in _READABLE or path in RELAYED or path.startswith(_MODELS)


def _without_body(send: Send) -> Send:
    def sending(message: Dict[str, Any]) -> Awaitable[None]:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        return send(message)

    return sending
