"""Faults of time: keep-alives, slowness, silence."""

from __future__ import annotations

from typing import Iterable, Iterator, List

from ..answers import Answer, End, Piece
from .base import Exchange, Fault, payload, then

COMMENT = b": keep-alive\n\n"
BLANK = b"\n"
#: A body that is no stream is cut into this many parts to be slow with.
PARTS = 8


def keep_alive(answer: Answer, exchange: Exchange, count: int, interval: float) -> Answer:
    mark, between = (COMMENT, COMMENT) if answer.streams else (BLANK, b"")
    answer.body, answer.length = _with_marks(answer.pieces(), mark, between, count, interval), None
    return answer


def _with_marks(
    pieces: Iterable[Piece], mark: bytes, between: bytes, count: int, interval: float
) -> Iterator[Piece]:
    for _ in range(count):
        yield mark
        yield interval
    for number, piece in enumerate(pieces):
        if number and between:
            yield between
        yield piece


def keep_alive_forever(answer: Answer, exchange: Exchange, interval: float) -> Answer:
    mark = COMMENT if answer.streams else BLANK
    return Answer(200, answer.content_type, body=_forever(mark, interval))


def _forever(mark: bytes, interval: float) -> Iterator[Piece]:
    while True:
        yield mark
        yield interval


def stall(answer: Answer, exchange: Exchange, after: int) -> Answer:
    if answer.streams:
        return then(answer, after, End.HANG)
    answer.pieces()
    answer.body = [End.HANG]
    return answer


def stall_before_headers(answer: Answer, exchange: Exchange) -> Answer:
    return Answer(head=False, body=[End.HANG])


def slow(answer: Answer, exchange: Exchange, interval: float) -> Answer:
    if answer.streams:
        answer.delay = interval
        return answer
    whole = payload(answer.pieces())
    size = max(1, -(-len(whole) // PARTS))
    answer.body = _spread(whole, size, interval)
    return answer


def slow_drip(answer: Answer, exchange: Exchange, interval: float) -> Answer:
    answer.body = _drip(answer.pieces(), interval)
    return answer


def _drip(pieces: Iterable[Piece], interval: float) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, bytes):
            yield from _spread(piece, 1, interval)
        else:
            yield piece


def _spread(data: bytes, size: int, interval: float) -> Iterator[Piece]:
    for at in range(0, len(data), size):
        yield data[at : at + size]
        yield interval


def slow_headers(answer: Answer, exchange: Exchange, interval: float) -> Answer:
    answer.head_interval = interval
    return answer


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
