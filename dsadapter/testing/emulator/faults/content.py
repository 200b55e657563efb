"""Faults of content: valid HTTP and JSON that is not what was expected."""

from __future__ import annotations

import json
from typing import Any, Iterable, Iterator, List

from ..response import JSON, Json, Response
from .base import Exchange, Fault, first_choice, set_body, text_holder, text_of
from .status import HTML, page


def _type(content_type: Any) -> Any:
    def change(response: Response, exchange: Exchange) -> Response:
        response.content_type = content_type
        return response

    return change


def blank_200(response: Response, exchange: Exchange, count: int) -> Response:
    """Blank lines in place of the body."""
    return Response(200, response.content_type or JSON, body=[b"\n"] * count)


def empty_200(response: Response, exchange: Exchange) -> Response:
    """Nothing in place of the body."""
    return set_body(Response(200, response.content_type or JSON), b"")


def html_200(response: Response, exchange: Exchange) -> Response:
    """A page in place of the body, as a captive portal sends it."""
    return set_body(Response(200, HTML), page("Welcome to the login page of this network").encode())


def json_for_stream(response: Response, exchange: Exchange) -> Response:
    """The completion as one object where a stream was asked for."""
    return Response(data=response.completion) if response.is_stream else response


def usage_chunk(response: Response, exchange: Exchange) -> Response:
    """Split the last chunk: its choice, then its usage."""
    if response.events is not None:
        response.events = _usage_apart(response.events)
    return response


def _usage_apart(events: Iterable[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, dict) and event.get("usage"):
            yield dict(event, usage=None)
            yield dict(event, choices=[])
        else:
            yield event


def empty_choices(response: Response, exchange: Exchange) -> Response:
    """Chunks without choices at both ends; a whole completion loses its own."""
    if response.events is not None:
        response.events = _around(response.events)
    elif isinstance(response.data, dict) and "choices" in response.data:
        response.data["choices"] = []
    return response


def _around(events: Iterable[Any]) -> Iterator[Any]:
    for number, event in enumerate(events):
        if isinstance(event, dict) and (number == 0 or event.get("usage")):
            yield dict(event, choices=[], usage=None)
        yield event


def null_content(response: Response, exchange: Exchange) -> Response:
    """A chunk with null in front of each that has text; a whole completion has null."""
    if response.events is not None:
        response.events = _with_nulls(response.events)
    else:
        _set_text(response.data, None)
    return response


def _with_nulls(events: Iterable[Any]) -> Iterator[Any]:
    for event in events:
        if text_of(event):
            yield _set_text(json.loads(json.dumps(event)), None)
        yield event


def _set_text(event: Any, value: Any) -> Any:
    holder, key = text_holder(event)
    if key in holder:
        holder[key] = value
    return event


def empty_content(response: Response, exchange: Exchange) -> Response:
    """Leave every text out, and the finish reason in."""
    if response.events is not None:
        response.events = (event for event in response.events if not text_of(event))
    else:
        _set_text(response.data, "")
    return response


def long_answer(response: Response, exchange: Exchange, tokens: int) -> Response:
    """The text becomes this many words."""
    if response.events is not None:
        response.events = _repeated(response.events, tokens)
    else:
        _set_text(response.data, " word" * tokens)
    return response


def _repeated(events: Iterable[Any], tokens: int) -> Iterator[Any]:
    """Made one by one: a stream of a million chunks takes no room."""
    first = True
    for event in events:
        if not text_of(event):
            yield event
        elif first:
            first = False
            yield from (_word(event) for _ in range(tokens))


def _word(event: Json) -> Json:
    return (
        dict(event, choices=[dict(first_choice(event), delta={"content": " word"})])
        if "delta" in first_choice(event)
        else event
    )


CONTENT: List[Fault] = [
    Fault(
        "blank-200",
        "200 with nothing but `count` blank lines, as under overload.",
        blank_200,
        {"count": 4},
    ),
    Fault("empty-200", "200 with an empty body.", empty_200),
    Fault("html-200", "200 with an HTML page, as from the login page of a network.", html_200),
    Fault("wrong-type", "The right body as text/html.", _type(HTML)),
    Fault(
        "octet-stream",
        "The right body as application/octet-stream.",
        _type("application/octet-stream"),
    ),
    Fault("no-type", "The right body without a content type.", _type(None)),
    Fault("json-for-stream", "One JSON body although a stream was asked for.", json_for_stream),
    Fault(
        "usage-chunk",
        "Usage in a chunk of its own with empty choices, as the documentation has it.",
        usage_chunk,
    ),
    Fault(
        "empty-choices",
        "Empty choices: the reply's, or those of extra chunks at both ends of the stream.",
        empty_choices,
    ),
    Fault(
        "null-content",
        "Null content: the reply's, or that of an extra chunk before each piece of text.",
        null_content,
    ),
    Fault("empty-content", "Empty content with finish_reason stop.", empty_content),
    Fault(
        "long-answer",
        "An answer of `tokens` words, each a chunk in a stream.",
        long_answer,
        {"tokens": 1000},
    ),
]
