"""What stands in front of FastAPI: the log line and the count of each request, web pages of other
origins, and the way past it for the calls that are relayed, and for probes."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from time import monotonic
from typing import Any, Awaitable, Dict, List, Tuple
from urllib.parse import quote

from starlette.middleware.cors import CORSMiddleware

from .body import REQUIRED, Receive
from .client_stream import Send
from .errors import PASSED_HEADERS
from .metrics import Metrics
from .pages import BASE
from .probes import PROBES, Probe
from .relay import REPAIRS, Gateway, Relay

log: logging.Logger = logging.getLogger("dsadapter.gateway")

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


def in_front(gateway: Gateway, origins: Tuple[str, ...]) -> List[Tuple[Any, Dict[str, Any]]]:
    """The classes that stand in front, the outermost first, and what each is made with beside the
    application behind it."""
    cors: Dict[str, Any] = {
        "allow_origins": list(origins),
        "allow_methods": ["GET", "POST"],
        "allow_headers": ["*"],
        "expose_headers": [REPAIRS, *PASSED_HEADERS],
    }
    log_line = (AccessLog, {"metrics": gateway.metrics})
    direct = (Direct, {"gateway": gateway})
    return [log_line, (CORSMiddleware, cors), direct] if origins else [log_line, direct]


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
            self._metrics.count_request(_label(path_of(scope)), status, seconds)
            if log.isEnabledFor(logging.INFO):
                _log_line(scope["method"], _shown(scope["path"]), status, seconds)


def _log_line(*args: Any) -> None:
    """One line. Not ``log.info``, which would look for its caller in the stack each time."""
    text = "%s %s %s in %.3f s"
    log.handle(log.makeRecord(log.name, logging.INFO, __file__, 0, text, args, None, "_log_line"))


@lru_cache(maxsize=256)  # the paths are the clients': few, as a rule, and no more than these stay
def _shown(path: str) -> str:
    """A path as a log may have it."""
    return quote(_MAY_BE_KEY.sub("...", path))


def _label(path: str) -> str:
    """A path as a label: few different ones, whatever clients ask for."""
    if path in RELAYED or path in _READABLE:
        return path
    return next((f"{start}NAME" for start in _MODELS if path.startswith(start)), "other")


class Direct:
    """Calls that are relayed, and probes, go their own way; HEAD is GET without its body; all else
    is FastAPI's."""

    def __init__(self, app: Any, gateway: Gateway) -> None:
        self._app = app
        self._relays = {path: Relay(gateway, below) for path, below in RELAYED.items()}
        self._probes = {path: Probe(gateway, answer) for path, answer in PROBES.items()}

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        method = scope.get("method")
        if method == "POST":
            await self._relays.get(path_of(scope), self._app)(scope, receive, send)
        elif method == "HEAD" and _is_readable(path_of(scope)):
            await self._get({**scope, "method": "GET"}, receive, _without_body(send))
        elif method == "GET":
            await self._get(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _get(self, scope: Any, receive: Receive, send: Send) -> None:
        await self._probes.get(path_of(scope), self._app)(scope, receive, send)


def _is_readable(path: str) -> bool:
    return path in _READABLE or path in RELAYED or path.startswith(_MODELS)


def _without_body(send: Send) -> Send:
    def sending(message: Dict[str, Any]) -> Awaitable[None]:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        return send(message)

    return sending
