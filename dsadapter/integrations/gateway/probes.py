"""What is asked again and again whether all is well: answered without FastAPI."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, NamedTuple

import dsadapter

from . import metrics, pages
from .client_stream import Send, json_bytes
from .errors import Failure, Refusal
from .relay import Gateway


class _Answer(NamedTuple):
    content: bytes
    kind: str = pages.JSON


def _about(gateway: Gateway, scope: Any) -> _Answer:
    about = {
        "name": pages.NAME,
        "version": dsadapter.__version__,
        "about": pages.DESCRIPTION.partition("\n")[0],
        "base_url": pages.BASE,
        "docs": "/docs",
        "openapi": "/openapi.json",
    }
    return _Answer(json_bytes(about))


def _health(gateway: Gateway, scope: Any) -> _Answer:
    return _Answer(json_bytes({"status": "ok"}))


def _readiness(gateway: Gateway, scope: Any) -> _Answer:
    if not gateway.slots.available:
        raise Refusal(503, "All places of this gateway are taken.", code="busy")
    return _Answer(json_bytes({"status": "ready"}))


def _numbers(gateway: Gateway, scope: Any) -> _Answer:
    gateway.access.check(scope)
    return _Answer(gateway.metrics.text(), metrics.CONTENT_TYPE)


PROBES: Dict[str, Callable[[Gateway, Any], _Answer]] = {
    "/": _about,
    "/healthz": _health,
    "/readyz": _readiness,
    "/metrics": _numbers,
}


async def respond(send: Send, status: int, content: bytes, headers: Mapping[str, str]) -> None:
    """Send a whole answer."""
    raw = [(b"content-length", b"%d" % len(content))]
    for name, value in headers.items():
        raw.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": content})


async def respond_failure(send: Send, failure: Failure) -> None:
    """Send an error."""
    headers = {"content-type": pages.JSON, **failure.headers}
    await respond(send, failure.status, failure.content, headers)


class Probe:
    """The answer to a GET of one of them."""

    def __init__(self, gateway: Gateway, answer: Callable[[Gateway, Any], _Answer]) -> None:
        self._gateway = gateway
        self._answer = answer

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        try:
            content, kind = self._answer(self._gateway, scope)
        except Exception as err:
            await respond_failure(send, self._gateway.describe(err))
        else:
            await respond(send, 200, content, {"content-type": kind})
