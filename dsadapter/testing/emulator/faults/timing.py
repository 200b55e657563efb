"""Faults of time: keep-alives, slowness, silence."""

from __future__ import annotations

from itertools import chain
from typing import Iterable, Iterator, List

from ..response import End, Event, Part, Response, encode_event
from .base import Exchange, Fault, body_bytes, cut_after, ends_answer

COMMENT = b": keep-alive\n\n"
BLANK = b"\n"
#: A body that is no stream is cut into this many parts to be slow with.
SLOW_PARTS = 8


def keep_alive(response: Response, exchange: Exchange, count: int, interval: float) -> Response:
    """Put `count` keep-alives in front of the body, and comments between its events."""
    mark, between = (COMMENT, COMMENT) if response.is_stream else (BLANK, b"")
    response.body, response.length = (
        _with_marks(response.parts(), mark, between, count, interval),
        None,
    )
    return response


def _with_marks(
    parts: Iterable[Part], mark: bytes, between: bytes, count: int, interval: float
) -> Iterator[Part]:
    for _ in range(count):
        yield mark
        yield interval
    for number, part in enumerate(parts):
        if number and between:
            yield between
        yield part


def keep_alive_forever(response: Response, exchange: Exchange, interval: float) -> Response:
    """Keep-alives in place of the body, without end."""
    mark = COMMENT if response.is_stream else BLANK
    return Response(200, response.content_type, body=_forever(mark, interval))


def _forever(mark: bytes, interval: float) -> Iterator[Part]:
    while True:
        yield mark
        yield interval


def stall(response: Response, exchange: Exchange, after: int) -> Response:
    """Fall silent after some events, or after the headers of a whole body."""
    if response.is_stream:
        return cut_after(response, after, End.HANG)
    response.parts()
    response.body = [End.HANG]
    return response


def review(response: Response, exchange: Exchange, seconds: float) -> Response:
    """Pause before the event that ends the answer, or before the only body."""
    if response.events is None:
        response.body = chain([seconds], response.parts())
    else:
        response.body = _reviewed(response.events, seconds)
    return response


def _reviewed(events: Iterable[Event], seconds: float) -> Iterator[Part]:
    for event in events:
        if ends_answer(event):
            yield seconds
        yield encode_event(event)


def late_headers(response: Response, exchange: Exchange, seconds: float) -> Response:
    """Send nothing for a while, then the answer."""
    response.head_delay = seconds
    return response


def stall_before_headers(response: Response, exchange: Exchange) -> Response:
    """Read the request and send nothing."""
    return Response(send_head=False, body=[End.HANG])


def slow(response: Response, exchange: Exchange, interval: float) -> Response:
    """Pause between events, or between the parts of a whole body."""
    if response.is_stream:
        response.delay = interval
        return response
    body = body_bytes(response.parts())
    size = max(1, -(-len(body) // SLOW_PARTS))
    response.body = _spread(body, size, interval)
    return response


def slow_drip(response: Response, exchange: Exchange, interval: float) -> Response:
    """Send each byte on its own, with a pause behind it."""
    response.body = _drip(response.parts(), interval)
    return response


def _drip(parts: Iterable[Part], interval: float) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, bytes):
            yield from _spread(part, 1, interval)
        else:
            yield part


def _spread(data: bytes, size: int, interval: float) -> Iterator[Part]:
    for at in range(0, len(data), size):
        yield data[at : at + size]
        yield interval


def slow_headers(response: Response, exchange: Exchange, interval: float) -> Response:
    """Send the head a byte at a time."""
    response.head_interval = interval
    return response


TIMING: List[Fault] = [
    Fault(
        "keep-alive",
        "A queue: `count` blank lines before JSON; comments before and between events.",
        keep_alive,
        {"count": 3, "interval": 0.05},
    ),
    Fault(
        "keep-alive-forever",
        "200 and then keep-alives until the client leaves.",
        keep_alive_forever,
        {"interval": 0.1},
    ),
    Fault(
        "stall",
        "Silence until the client leaves, after `after` events, or after the headers of JSON.",
        stall,
        {"after": 3},
    ),
    Fault(
        "review",
        "The safety check: `seconds` of silence before the last event, or before JSON.",
        review,
        {"seconds": 0.2},
    ),
    Fault(
        "late-headers",
        "`seconds` of silence before the headers, as while a document is parsed.",
        late_headers,
        {"seconds": 0.2},
    ),
    Fault("stall-before-headers", "The request is read and never answered.", stall_before_headers),
    Fault(
        "slow",
        "A pause of `interval` seconds between events, or between the eighths of a JSON body.",
        slow,
        {"interval": 0.1},
    ),
    Fault(
        "slow-drip",
        "The body comes a byte at a time, `interval` seconds apart.",
        slow_drip,
        {"interval": 0.01},
    ),
    Fault(
        "slow-headers",
        "The headers come a byte at a time, `interval` seconds apart.",
        slow_headers,
        {"interval": 0.05},
    ),
]
