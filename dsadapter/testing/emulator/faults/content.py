"""Faults of content: valid HTTP and JSON that is not what was expected."""

from __future__ import annotations

import json
from typing import Any, Iterable, Iterator, List

from ..answers import JSON, Answer, Json
from .base import Exchange, Fault, first_choice, set_body, text_holder, text_of
from .status import HTML, page


def _type(content_type: Any) -> Any:
    def change(answer: Answer, exchange: Exchange) -> Answer:
        answer.content_type = content_type
        return answer

    return change


def blank_200(answer: Answer, exchange: Exchange, count: int) -> Answer:
    return Answer(200, answer.content_type or JSON, body=[b"\n"] * count)


def empty_200(answer: Answer, exchange: Exchange) -> Answer:
    return set_body(Answer(200, answer.content_type or JSON), b"")


def html_200(answer: Answer, exchange: Exchange) -> Answer:
    return set_body(Answer(200, HTML), page("Welcome to the login page of this network").encode())


def json_for_stream(answer: Answer, exchange: Exchange) -> Answer:
    return Answer(data=answer.whole) if answer.streams else answer


def usage_chunk(answer: Answer, exchange: Exchange) -> Answer:
    if answer.events is not None:
        answer.events = _usage_apart(answer.events)
    return answer


def _usage_apart(events: Iterable[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, dict) and event.get("usage"):
            yield dict(event, usage=None)
            yield dict(event, choices=[])
        else:
            yield event


def empty_choices(answer: Answer, exchange: Exchange) -> Answer:
    if answer.events is not None:
        answer.events = _around(answer.events)
    elif isinstance(answer.data, dict) and "choices" in answer.data:
        answer.data["choices"] = []
    return answer


def _around(events: Iterable[Any]) -> Iterator[Any]:
    for number, event in enumerate(events):
        if isinstance(event, dict) and (number == 0 or event.get("usage")):
            yield dict(event, choices=[], usage=None)
        yield event


def null_content(answer: Answer, exchange: Exchange) -> Answer:
    if answer.events is not None:
        answer.events = _with_nulls(answer.events)
    else:
        _set_text(answer.data, None)
    return answer


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


def empty_content(answer: Answer, exchange: Exchange) -> Answer:
    if answer.events is not None:
        answer.events = (event for event in answer.events if not text_of(event))
    else:
        _set_text(answer.data, "")
    return answer


def long_answer(answer: Answer, exchange: Exchange, tokens: int) -> Answer:
    if answer.events is not None:
        answer.events = _repeated(answer.events, tokens)
    else:
        _set_text(answer.data, " word" * tokens)
    return answer


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
