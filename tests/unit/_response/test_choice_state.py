"""One choice of a stream: how deltas are merged, and one answer event by event.

More of the events: test_completion_state."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, List

import pytest

from dsadapter import OpenAIError
from dsadapter._response.choice_state import ChoiceState
from dsadapter._response.output_types import OutputTypes

from .streams import LOOSE, WEATHER, Person


def merged(*deltas: Any) -> Any:
    """The message behind these deltas."""
    first, *others = ({"index": 0, "delta": delta, "finish_reason": None} for delta in deltas)
    state = ChoiceState(first, OutputTypes())
    for choice in others:
        state.add(choice)
    return state.snapshot.message


def test_texts_go_on_and_none_changes_nothing() -> None:
    message = merged({"content": None}, {"content": "a"}, {"content": None}, {"content": "b"})
    assert message.content == "ab"
    assert merged({"reasoning_content": "x"}, {"reasoning_content": "y"}).reasoning_content == "xy"


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"n": 1}, {"n": 2}, {"n": 3}),
        (
            {"audio": {"id": "a", "data": "x"}},
            {"audio": {"data": "y"}},
            {"audio": {"id": "a", "data": "xy"}},
        ),
        ({"tags": ["a"]}, {"tags": ["b"]}, {"tags": ["a", "b"]}),
        (
            {"parts": [{"index": 0, "t": "a"}]},
            {"parts": [{"index": 0, "t": "b"}, {"index": 1, "t": "c"}]},
            {"parts": [{"index": 0, "t": "ab"}, {"index": 1, "t": "c"}]},
        ),
        (
            {"annotations": [{"url": "a"}]},
            {"annotations": [{"url": "b"}]},
            {"annotations": [{"url": "a"}, {"url": "b"}]},
        ),
    ],
)
def test_fields_that_are_not_known_here(first: Any, second: Any, both: Any) -> None:
    assert merged(first, second) == both
    assert "b" not in str(first)  # what came stays as it was


def test_a_role_that_comes_again_is_not_doubled() -> None:
    assert merged({"role": "assistant"}, {"role": "assistant"}).role == "assistant"


def call(index: int, arguments: str, **head: Any) -> Any:
    function = {"arguments": arguments, **head.pop("function", {})}
    return {"delta": {"tool_calls": [{"index": index, "function": function, **head}]}}


def spelled(field: str, *tokens: str) -> Any:
    """Log probabilities of the tokens that are the text or refusal of a delta."""
    listed = [{"token": token} for token in tokens]
    return {"delta": {field: "".join(tokens)}, "logprobs": {field: listed}}


CUSTOM = {"id": "c", "type": "custom", "custom": {"name": "p", "input": "1"}}
CITY = '{"city":"X"}'
# the chunks of one answer, each with the events that it means
ANSWER: List[Any] = [
    (spelled("content", "Hi"), [("content.delta", "Hi"), ("logprobs.content.delta", ["Hi"])]),
    (
        spelled("content", " ", "you"),
        [("content.delta", "Hi you"), ("logprobs.content.delta", ["Hi", " ", "you"])],
    ),
    (spelled("refusal", "I "), [("refusal.delta", "I "), ("logprobs.refusal.delta", ["I "])]),
    (
        spelled("refusal", "won't"),
        [("refusal.delta", "I won't"), ("logprobs.refusal.delta", ["I ", "won't"])],
    ),
    (
        call(1, CITY[:8], id="a", type="function", function={"name": "weather"}),
        [
            ("tool_calls.function.arguments.delta", (1, "weather", CITY[:8], {})),
            ("content.done", "Hi you"),
            ("refusal.done", "I won't"),
            ("logprobs.content.done", ["Hi", " ", "you"]),
            ("logprobs.refusal.done", ["I ", "won't"]),
        ],
    ),
    (
        call(1, CITY[8:]),
        [("tool_calls.function.arguments.delta", (1, "weather", CITY, {"city": "X"}))],
    ),
    (
        {"delta": {"tool_calls": [CUSTOM]}},  # without index: the first; custom: no deltas
        [("tool_calls.function.arguments.done", (1, "weather", CITY, {"city": "X"}))],
    ),
    (
        call(2, "{}", id="b", type="function", function={"name": "loose"}),
        [("tool_calls.function.arguments.delta", (2, "loose", "{}", None))],
    ),
    (
        {"delta": {}, "finish_reason": "tool_calls"},
        [("tool_calls.function.arguments.done", (2, "loose", "{}", None))],
    ),
    ({"delta": {}}, []),
]


def shown(event: Any) -> Any:
    kind, part, last = event.type.split(".")[0], event.type.split(".")[1], event.type
    if kind == "tool_calls":
        return last, (event.index, event.name, event.arguments, event.parsed_arguments)
    if kind == "logprobs":
        tokens = event.snapshot if last.endswith("delta") else event[part]
        return last, [token.token for token in tokens]
    return last, event.snapshot if part == "delta" else event[kind]


def test_an_answer_event_by_event() -> None:
    state, received = None, []
    for choice, _ in ANSWER:
        choice = {"index": 0, "finish_reason": None, **choice}
        if state is None:
            state = ChoiceState(choice, OutputTypes(tools=[WEATHER, LOOSE]))
        else:
            state.add(choice)
            state.after_chunk(choice, None)
        received.append([shown(event) for event in state.events(choice)])
    assert received == [events for _, events in ANSWER]
    assert [tool.id for tool in state.snapshot.message.tool_calls] == ["c", "a", "b"]
    assert state.snapshot.finish_reason == "tool_calls"


def test_an_answer_is_parsed_and_a_refusal_is_not() -> None:
    def parsed(*deltas: Any) -> Any:
        first, *others = ({"index": 0, "delta": delta} for delta in deltas)
        state = ChoiceState(first, OutputTypes(Person))
        for choice in others:
            state.add(choice)
            state.after_chunk(choice, None)
        return state.snapshot.message.parsed

    assert parsed({"content": ""}, {"content": '{"name": '}, {"content": '"A"}'}) == {"name": "A"}
    assert parsed({"content": ""}, {"content": '{"name": "A"}'}, {"refusal": "no"}) is None
    assert parsed({"content": ""}, {"role": "assistant"}, {"content": '{"name": "A"}'}) == {
        "name": "A"
    }


@pytest.mark.parametrize(("first", "second"), [({"a": "x"}, 5), (5, {"a": "x"}), ([1], "x")])
def test_a_field_that_changes_its_kind_stays_what_it_was(first: Any, second: Any) -> None:
    assert merged({"odd": first}, {"odd": second}) == {"odd": first}


def test_a_field_that_was_null_or_comes_as_null() -> None:
    assert merged({"odd": None}, {"odd": "x"}) == {"odd": "x"}
    assert merged({"a": 1}, {"odd": None}) == {"a": 1, "odd": None}
    assert merged({"odd": 1}, {"odd": None}) == {"odd": 1}


@pytest.mark.parametrize("wanted", [None, Person])
def test_only_who_parses_minds_an_answer_that_was_cut(wanted: Any) -> None:
    first = {"index": 0, "delta": {"content": ""}}
    last = {"index": 0, "delta": {"content": '{"name": "A"}'}, "finish_reason": "length"}
    state = ChoiceState(first, OutputTypes(wanted))
    state.add(last)
    completion = SimpleNamespace(usage=None, choices=[state.snapshot])
    if wanted is None:
        state.after_chunk(last, completion)
    else:
        with pytest.raises(OpenAIError):
            state.after_chunk(last, completion)
    assert state.snapshot.finish_reason == "length"
