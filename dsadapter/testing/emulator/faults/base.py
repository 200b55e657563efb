"""What a fault is, and what several of them need."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, NamedTuple, Set, Tuple

from ..request import Request
from ..response import Json, Part, Response
from ..responses_object import LAST_EVENTS


class Exchange(NamedTuple):
    """What a fault may want to know beside the response."""

    request: Request
    #: The path without the fault.
    path: str
    #: Which request of its connection this is, from 1.
    request_number: int
    #: Where the emulator listens.
    host: str
    port: int
    #: Histories refused for want of reasoning_content, by `reasoning-missing`.
    refused: Dict[int, int]
    #: Requests that `limit` let through, until they are answered.
    accepted: Set[Request]


#: (response, exchange, **options) -> response. Options arrive with the types of their defaults.
Apply = Callable[..., Response]


@dataclass(frozen=True)
class Fault:
    """`options` are the accepted options with their defaults."""

    name: str
    summary: str
    apply: Apply = field(repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)


def map_parts(response: Response, change: Callable[[bytes], bytes]) -> Response:
    """Every part of the body through a function."""
    parts = response.parts()
    if response.length is None:
        response.body = (change(part) if isinstance(part, bytes) else part for part in parts)
    else:
        set_body(response, change(body_bytes(parts)))
    return response


def set_body(response: Response, body: bytes) -> Response:
    """Replace the body, and announce its new length."""
    response.body, response.length = [body], len(body)
    return response


def body_bytes(parts: Iterable[Part]) -> bytes:
    """The bytes alone, joined."""
    return b"".join(part for part in parts if isinstance(part, bytes))


def first_events(parts: Iterator[Part], count: int) -> Iterator[Part]:
    """Up to `count` events of a stream; `parts` then stands behind them."""
    events = 0
    while events < count:
        part = next(parts, None)
        if part is None:
            return
        events += isinstance(part, bytes)
        yield part


def cut_after(response: Response, after: int, *ending: Part) -> Response:
    """The first `after` events of a stream, or the first half of any other body; then the ending.

    An announced length stays announced.
    """
    parts = iter(response.parts())
    response.body = chain(
        _half(parts) if response.length is not None else first_events(parts, after), ending
    )
    return response


def _half(parts: Iterable[Part]) -> List[Part]:
    body = body_bytes(parts)
    return [body[: len(body) // 2]]


# -- the completion inside a response


def first_choice(event: Any) -> Json:
    """The choice of a completion or chunk; an empty dict (not part of it) where there is none."""
    choices = event.get("choices") if isinstance(event, dict) else None
    return dict_or_empty(choices[0]) if choices else {}


def dict_or_empty(value: Any) -> Json:
    """The value, or a fresh dict where it is none."""
    return value if isinstance(value, dict) else {}


def ends_answer(event: Any) -> bool:
    """Whether a chunk or event is the one that ends the answer."""
    is_last = isinstance(event, dict) and event.get("type") in LAST_EVENTS
    return is_last or bool(first_choice(event).get("finish_reason"))


def text_holder(event: Any) -> Tuple[Json, str]:
    """Where a completion or chunk keeps its text: message, delta, or (FIM) the choice itself."""
    choice = first_choice(event)
    for name in ("message", "delta"):
        if name in choice:
            return dict_or_empty(choice[name]), "content"
    return choice, "text"


def text_of(event: Any) -> str:
    """The text in a completion or chunk, "" for none."""
    holder, key = text_holder(event)
    return holder.get(key) or ""


def prefix_first_text(response: Response, prefix: str) -> Response:
    """Put something in front of the first words of the completion."""
    if response.events is not None:
        response.events = _prefixed(response.events, prefix)
    elif response.data is not None:
        holder, key = text_holder(response.data)
        if key in holder:
            holder[key] = prefix + (holder[key] or "")
        else:
            response.data["padding"] = prefix
    return response


def _prefixed(events: Iterable[Any], prefix: str) -> Iterator[Any]:
    waiting = True
    for event in events:
        if waiting and text_of(event):
            holder, key = text_holder(event)
            holder[key] = prefix + holder[key]
            waiting = False
        yield event
