"""What a fault is, and what several of them need."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, NamedTuple, Tuple

from ..answers import Answer, Json, Piece
from ..received import Received


class Exchange(NamedTuple):
    """What a fault may want to know beside the answer."""

    request: Received
    #: The path without the fault.
    path: str
    #: Which request of its connection this is, from 1.
    nth: int
    #: Where the emulator listens.
    host: str
    port: int
    #: Histories refused for want of reasoning_content, by `reasoning-missing`.
    refused: Dict[int, int]


#: (answer, exchange, **options) -> answer. Options arrive with the types of their defaults.
Apply = Callable[..., Answer]


@dataclass(frozen=True)
class Fault:
    """`options` are the accepted options with their defaults."""

    name: str
    summary: str
    apply: Apply = field(repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)


def change_pieces(answer: Answer, change: Callable[[bytes], bytes]) -> Answer:
    """Every piece of the body through a function."""
    pieces = answer.pieces()
    if answer.length is None:
        answer.body = (change(piece) if isinstance(piece, bytes) else piece for piece in pieces)
    else:
        set_body(answer, change(payload(pieces)))
    return answer


def set_body(answer: Answer, body: bytes) -> Answer:
    answer.body, answer.length = [body], len(body)
    return answer


def payload(pieces: Iterable[Piece]) -> bytes:
    """The bytes alone, joined."""
    return b"".join(piece for piece in pieces if isinstance(piece, bytes))


def first(pieces: Iterator[Piece], count: int) -> Iterator[Piece]:
    """Up to `count` events of a stream; `pieces` then stands behind them."""
    seen = 0
    while seen < count:
        piece = next(pieces, None)
        if piece is None:
            return
        seen += isinstance(piece, bytes)
        yield piece


def then(answer: Answer, after: int, *ending: Piece) -> Answer:
    """The first `after` events of a stream, or the first half of any other body; then the ending.

    An announced length stays announced.
    """
    pieces = iter(answer.pieces())
    answer.body = chain(
        _half(pieces) if answer.length is not None else first(pieces, after), ending
    )
    return answer


def _half(pieces: Iterable[Piece]) -> List[Piece]:
    whole = payload(pieces)
    return [whole[: len(whole) // 2]]


# -- the reply inside an answer


def first_choice(event: Any) -> Json:
    """The choice of a completion or chunk; an empty dict (not part of it) where there is none."""
    choices = event.get("choices") if isinstance(event, dict) else None
    return dict_or_empty(choices[0]) if choices else {}


def dict_or_empty(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def text_holder(event: Any) -> Tuple[Json, str]:
    """Where a completion or chunk keeps its text: message, delta, or (FIM) the choice itself."""
    choice = first_choice(event)
    for name in ("message", "delta"):
        if name in choice:
            return dict_or_empty(choice[name]), "content"
    return choice, "text"


def text_of(event: Any) -> str:
    holder, key = text_holder(event)
    return holder.get(key) or ""


def prefix_first_text(answer: Answer, prefix: str) -> Answer:
    """Put something in front of the first words of the answer."""
    if answer.events is not None:
        answer.events = _prefixed(answer.events, prefix)
    elif answer.data is not None:
        holder, key = text_holder(answer.data)
        if key in holder:
            holder[key] = prefix + (holder[key] or "")
        else:
            answer.data["padding"] = prefix
    return answer


def _prefixed(events: Iterable[Any], prefix: str) -> Iterator[Any]:
    waiting = True
    for event in events:
        if waiting and text_of(event):
            holder, key = text_holder(event)
            holder[key] = prefix + holder[key]
            waiting = False
        yield event
