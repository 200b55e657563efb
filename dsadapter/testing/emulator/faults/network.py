"""Faults of headers and connections."""

from __future__ import annotations

from typing import List

from ..answers import Answer, End, empty
from .base import Exchange, Fault

#: Marks the request that follows a redirect, which is answered: a fault chosen by header comes
#: along and would redirect for ever.
REDIRECTED = "redirected=1"


def header_flood(answer: Answer, exchange: Exchange, count: int) -> Answer:
    answer.headers += [(f"x-flood-{number}", "water") for number in range(count)]
    return answer


def header_giant(answer: Answer, exchange: Exchange, size: int) -> Answer:
    answer.headers.append(("x-giant", "g" * size))
    return answer


def redirect_other_host(answer: Answer, exchange: Exchange, location: str) -> Answer:
    """The same server under another name is another origin; `requests` shows who followed."""
    other = "127.0.0.1" if exchange.host == "localhost" else "localhost"
    return _redirect(
        answer, exchange, location or f"http://{other}:{exchange.port}{_target(exchange)}"
    )


def redirect_same_host(answer: Answer, exchange: Exchange) -> Answer:
    return _redirect(answer, exchange, _target(exchange))


def _target(exchange: Exchange) -> str:
    path = exchange.path
    return ("" if path.startswith(("/v1/", "/beta/")) else "/v1") + path + "?" + REDIRECTED


def _redirect(answer: Answer, exchange: Exchange, location: str) -> Answer:
    if REDIRECTED in exchange.request.query:
        return answer
    moved = empty(307)
    moved.headers.append(("location", location))
    return moved


def close_idle(answer: Answer, exchange: Exchange) -> Answer:
    answer.hang_up = True
    return answer


def close_on_reuse(answer: Answer, exchange: Exchange) -> Answer:
    return Answer(head=False, body=[End.CLOSE]) if exchange.nth > 1 else answer


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
