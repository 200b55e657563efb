"""Faults of the end: answers that stop early, or in the wrong way."""

from __future__ import annotations

from itertools import chain
from typing import Any, Iterable, Iterator, List

from ..answers import DONE, Answer, End, Json, envelope, event_bytes
from .base import Exchange, Fault, first, first_choice, payload, set_body, then

#: Time for the client to read what came before a reset, which may throw away what is still unread.
SETTLE = 0.05


def cut(answer: Answer, exchange: Exchange, after: int) -> Answer:
    return then(answer, after, End.CLOSE)


def cut_clean(answer: Answer, exchange: Exchange, after: int) -> Answer:
    return then(answer, after) if answer.streams else half_json(answer, exchange)


def half_json(answer: Answer, exchange: Exchange) -> Answer:
    whole = payload(answer.pieces())
    return set_body(answer, whole[: len(whole) // 2])


def no_done(answer: Answer, exchange: Exchange) -> Answer:
    if answer.events is not None:
        answer.events = (event for event in answer.events if event != DONE)
    return answer


def reset_before(answer: Answer, exchange: Exchange) -> Answer:
    return Answer(head=False, body=[End.RESET])


def reset_after(answer: Answer, exchange: Exchange, after: int) -> Answer:
    return then(answer, after, SETTLE, End.RESET)


def stream_error(answer: Answer, exchange: Exchange, after: int, **error: Any) -> Answer:
    return _with_error(answer, after, b"", _error(**error))


def error_event(answer: Answer, exchange: Exchange, after: int, **error: Any) -> Answer:
    return _with_error(answer, after, b"event: error\n", _error(**error))


def _with_error(answer: Answer, after: int, before: bytes, problem: Json) -> Answer:
    if not answer.streams:
        return Answer(200, data=problem)
    return then(answer, after, before + event_bytes(problem))


def _error(message: str, type: str, code: str, status: int) -> Json:
    # Some servers put the number of a status into `code`, others beside it.
    problem = envelope(message, type, int(code) if code.isdigit() else code)
    return {"error": dict(problem, status=status) if status else problem}


def error_in_200(answer: Answer, exchange: Exchange, **error: Any) -> Answer:
    return Answer(200, data=_error(**error))


def insufficient_resource(answer: Answer, exchange: Exchange, after: int) -> Answer:
    """The server gives up: a part of the text, then a finish reason outside OpenAI's list."""
    if answer.events is not None:
        answer.events = _given_up(answer.events, after)
        return answer
    choice = first_choice(answer.data)
    if "message" in choice:
        content = choice["message"].get("content") or ""
        choice["message"]["content"] = content[: len(content) // 2]
    if choice:
        choice["finish_reason"] = GIVEN_UP
    return answer


GIVEN_UP = "insufficient_system_resource"


def _given_up(events: Iterable[Any], after: int) -> Iterator[Any]:
    seen = 0
    for event in events:
        choice = first_choice(event)
        if choice.get("finish_reason"):
            choice["finish_reason"] = GIVEN_UP
        elif (seen := seen + bool(choice)) > after:
            continue
        yield event


def bad_json_event(answer: Answer, exchange: Exchange, after: int) -> Answer:
    if not answer.streams:
        return set_body(answer, b"this is not JSON")
    pieces = iter(answer.pieces())
    answer.body = chain(first(pieces, after), [b"data: this is not JSON\n\n"], pieces)
    return answer


_ERROR = {
    "message": "The server had an error while processing your request",
    "type": "server_error",
    "code": "server_error",
    "status": 0,
}

ENDINGS: List[Fault] = [
    Fault(
        "cut",
        "The connection closes after `after` events, or inside JSON; the body stays unterminated.",
        cut,
        {"after": 3},
    ),
    Fault(
        "cut-clean",
        "The body ends in good order after `after` events, without finish reason and [DONE].",
        cut_clean,
        {"after": 3},
    ),
    Fault("no-done", "The stream has its finish reason but no [DONE].", no_done),
    Fault(
        "half-json", "The body is half of what it should be, and says so in its length.", half_json
    ),
    Fault(
        "stream-error",
        "An error object inside the stream after `after` events.",
        stream_error,
        dict(_ERROR, after=3),
    ),
    Fault(
        "error-event", "The same as an event of type `error`.", error_event, dict(_ERROR, after=3)
    ),
    Fault("error-in-200", "A JSON error with status 200, stream or not.", error_in_200, _ERROR),
    Fault(
        "insufficient-resource",
        "The server gives up after `after` events with finish_reason insufficient_system_resource.",
        insufficient_resource,
        {"after": 3},
    ),
    Fault(
        "bad-json-event",
        "A data line that is no JSON after `after` events; the stream goes on.",
        bad_json_event,
        {"after": 3},
    ),
    Fault(
        "reset-before", "The connection is reset (RST) before any byte of the answer.", reset_before
    ),
    Fault(
        "reset-after",
        "The connection is reset (RST) after `after` events, or in the middle of JSON.",
        reset_after,
        {"after": 3},
    ),
]
