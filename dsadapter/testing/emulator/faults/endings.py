"""Faults of the end: responses that stop early, or in the wrong way."""

from __future__ import annotations

from itertools import chain
from typing import Any, Iterable, Iterator, List

from ..response import DONE, End, Json, Response, encode_event, error_object
from .base import (
    Exchange,
    Fault,
    body_bytes,
    cut_after,
    dict_or_empty,
    ends_answer,
    first_choice,
    first_events,
    set_body,
)

#: Time for the client to read what came before a reset, which may throw away what is still unread.
SETTLE = 0.05


def cut(response: Response, exchange: Exchange, after: int) -> Response:
    """Close the connection after some events; no client may take that for the end."""
    return cut_after(response, after, End.CLOSE)


def cut_clean(response: Response, exchange: Exchange, after: int) -> Response:
    """End the body in good order where the stream is not yet over."""
    return cut_after(response, after) if response.is_stream else half_json(response, exchange)


def half_json(response: Response, exchange: Exchange) -> Response:
    """Send half of the body and announce half."""
    body = body_bytes(response.parts())
    return set_body(response, body[: len(body) // 2])


def no_done(response: Response, exchange: Exchange) -> Response:
    """Leave the last line of the stream out."""
    if response.events is not None:
        response.events = (event for event in response.events if event != DONE)
    return response


def reset_before(response: Response, exchange: Exchange) -> Response:
    """Reset the connection in place of a response."""
    return Response(send_head=False, body=[End.RESET])


def reset_after(response: Response, exchange: Exchange, after: int) -> Response:
    """Reset the connection after some events."""
    return cut_after(response, after, SETTLE, End.RESET)


def stream_error(response: Response, exchange: Exchange, after: int, **error: Any) -> Response:
    """Put an error object into the stream, which ends with it."""
    return _with_error(response, after, b"", _error(**error))


def error_event(response: Response, exchange: Exchange, after: int, **error: Any) -> Response:
    """Put an event of type `error` into the stream, which ends with it."""
    return _with_error(response, after, b"event: error\n", _error(**error))


def _with_error(response: Response, after: int, before: bytes, problem: Json) -> Response:
    if not response.is_stream:
        return Response(200, data=problem)
    return cut_after(response, after, before + encode_event(problem))


def _error(message: str, type: str, code: str, status: int) -> Json:
    # Some servers put the number of a status into `code`, others beside it.
    problem = error_object(message, type, int(code) if code.isdigit() else code)
    return {"error": dict(problem, status=status) if status else problem}


def error_in_200(response: Response, exchange: Exchange, **error: Any) -> Response:
    """An error object in place of the body."""
    return Response(200, data=_error(**error))


def insufficient_resource(response: Response, exchange: Exchange, after: int) -> Response:
    """The server gives up: a part of the text, then a finish reason outside OpenAI's list."""
    if response.events is not None:
        response.events = _given_up(response.events, after)
        return response
    if "output" in dict_or_empty(response.data):
        response.data = _failed(response.data)
        return response
    choice = first_choice(response.data)
    if "message" in choice:
        content = choice["message"].get("content") or ""
        choice["message"]["content"] = content[: len(content) // 2]
    if choice:
        choice["finish_reason"] = GIVEN_UP
    return response


GIVEN_UP = "insufficient_system_resource"


def _failed(body: Json) -> Json:
    """How the Responses API says so (guess)."""
    problem = {"code": "server_error", "message": _ERROR["message"]}
    return dict(body, status="failed", error=problem)


def _given_up(events: Iterable[Any], after: int) -> Iterator[Any]:
    seen = 0
    for event in events:
        choice = first_choice(event)
        if ends_answer(event) and not choice:
            yield dict(event, type="response.failed", response=_failed(event["response"]))
            continue
        if choice.get("finish_reason"):
            choice["finish_reason"] = GIVEN_UP
        elif (seen := seen + bool(choice)) > after:
            continue
        yield event


def bad_json_event(response: Response, exchange: Exchange, after: int) -> Response:
    """Put a line that is no JSON between two events."""
    if not response.is_stream:
        return set_body(response, b"this is not JSON")
    parts = iter(response.parts())
    response.body = chain(first_events(parts, after), [b"data: this is not JSON\n\n"], parts)
    return response


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
        "The server gives up after `after` events with finish_reason insufficient_system_resource; "
        "in /responses the status is failed.",
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
