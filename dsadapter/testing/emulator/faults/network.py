"""Faults of headers and connections."""

from __future__ import annotations

from typing import List

from ..response import End, Response, empty_response
from .base import Exchange, Fault

#: Marks the request that follows a redirect, which is answered: a fault chosen by header comes
#: along and would redirect for ever.
REDIRECTED = "redirected=1"


def header_flood(response: Response, exchange: Exchange, count: int) -> Response:
    """Add `count` headers."""
    response.headers += [(f"x-flood-{number}", "water") for number in range(count)]
    return response


def header_giant(response: Response, exchange: Exchange, size: int) -> Response:
    """Add one header of `size` bytes."""
    response.headers.append(("x-giant", "g" * size))
    return response


def redirect_other_host(response: Response, exchange: Exchange, location: str) -> Response:
    """The same server under another name is another origin; `requests` shows who followed."""
    other = "127.0.0.1" if exchange.host == "localhost" else "localhost"
    return _redirect(
        response, exchange, location or f"http://{other}:{exchange.port}{_target(exchange)}"
    )


def redirect_same_host(response: Response, exchange: Exchange) -> Response:
    """Redirect to the same path under /v1, once."""
    return _redirect(response, exchange, _target(exchange))


def _target(exchange: Exchange) -> str:
    path = exchange.path
    return ("" if path.startswith(("/v1/", "/beta/")) else "/v1") + path + "?" + REDIRECTED


def _redirect(response: Response, exchange: Exchange, location: str) -> Response:
    if REDIRECTED in exchange.request.query:
        return response
    moved = empty_response(307)
    moved.headers.append(("location", location))
    return moved


def close_idle(response: Response, exchange: Exchange) -> Response:
    """Close the connection behind a response that promised to keep it."""
    response.close_after = True
    return response


def close_on_reuse(response: Response, exchange: Exchange) -> Response:
    """Close the connection in place of every response but its first."""
    return Response(send_head=False, body=[End.CLOSE]) if exchange.request_number > 1 else response


NETWORK: List[Fault] = [
    Fault("header-flood", "The answer has `count` more headers.", header_flood, {"count": 10_000}),
    Fault(
        "header-giant",
        "The answer has one header of `size` bytes.",
        header_giant,
        {"size": 1_000_000},
    ),
    Fault(
        "redirect-other-host",
        "307 to another host: `location`, or the emulator under another name.",
        redirect_other_host,
        {"location": ""},
    ),
    Fault(
        "redirect-same-host", "307 to the same path under /v1, which answers.", redirect_same_host
    ),
    Fault(
        "close-idle",
        "A good answer that promises keep-alive; then the connection closes.",
        close_idle,
    ),
    Fault(
        "close-on-reuse",
        "The second request of a connection is not answered: it closes.",
        close_on_reuse,
    ),
]
