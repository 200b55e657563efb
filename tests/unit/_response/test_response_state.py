"""The events of ``responses.stream``."""

from __future__ import annotations

from typing import Any, Dict, List

import pytest

from dsadapter import APIResponseError
from dsadapter._response.output_types import OutputTypes
from dsadapter._response.resource_types import ResponseEvent
from dsadapter._response.response_state import ResponseStreamState

from .streams import Person

TEXT = '{"name": "Ada"}'
DONE_PART = {"type": "output_text", "text": TEXT, "annotations": []}
MESSAGE: Dict[str, Any] = {"type": "message", "id": "m", "role": "assistant", "content": []}
CALL = {"type": "function_call", "id": "f", "call_id": "c", "name": "g", "arguments": ""}


def events(last: str = "response.completed", **response: Any) -> List[Dict[str, Any]]:
    """A message and a call, event by event."""
    at_text = {"output_index": 0, "content_index": 0, "item_id": "m"}
    at_call = {"output_index": 1, "item_id": "f"}
    done = [{**MESSAGE, "content": [DONE_PART]}, {**CALL, "arguments": '{"a": 1}'}]
    base = {"id": "r", "object": "response", "created_at": 1, "model": "m", "tools": []}
    base = {**base, "parallel_tool_calls": True, "tool_choice": "auto"}
    steps: List[Dict[str, Any]] = [
        {"type": "response.created", "response": {**base, "output": []}},
        {"type": "response.output_item.added", "output_index": 0, "item": MESSAGE},
        {
            "type": "response.content_part.added",
            **at_text,
            "part": {"type": "output_text", "text": "", "annotations": []},
        },
        {"type": "response.output_text.delta", **at_text, "delta": TEXT[:5], "logprobs": []},
        {"type": "response.output_text.delta", **at_text, "delta": TEXT[5:], "logprobs": []},
        {"type": "response.output_text.done", **at_text, "text": TEXT, "logprobs": []},
        {"type": "response.content_part.done", **at_text, "part": DONE_PART},
        {"type": "response.output_item.done", "output_index": 0, "item": done[0]},
        {"type": "response.output_item.added", "output_index": 1, "item": CALL},
        {"type": "response.function_call_arguments.delta", **at_call, "delta": '{"a"'},
        {"type": "response.function_call_arguments.delta", **at_call, "delta": ": 1}"},
        {
            "type": "response.function_call_arguments.done",
            **at_call,
            "name": "g",
            "arguments": '{"a": 1}',
        },
        {"type": "response.output_item.done", "output_index": 1, "item": done[1]},
        {"type": last, "response": {**base, "output": done, **response}},
    ]
    return [{**step, "sequence_number": number} for number, step in enumerate(steps)]


def handled(steps: Any, text_format: Any = Person) -> Any:
    state = ResponseStreamState(OutputTypes(text_format))
    return state, [state.handle_event(ResponseEvent(step)) for step in steps]


def test_every_event_comes_and_deltas_have_a_snapshot() -> None:
    _, seen = handled(events())
    assert [event.type for event in seen] == [step["type"] for step in events()]
    assert [event.get("snapshot") for event in seen if event.type.endswith(".delta")] == [
        TEXT[:5],
        TEXT,
        '{"a"',
        '{"a": 1}',
    ]


def test_what_was_parsed() -> None:
    state, seen = handled(events())
    (done,) = [event for event in seen if event.type == "response.output_text.done"]
    assert done.parsed == Person("Ada")
    assert "parsed" not in done
    assert seen[-1].response is not None
    assert seen[-1].response.output_parsed == state.completed.output_parsed == Person("Ada")


def test_items_that_the_last_event_leaves_out() -> None:
    state, _ = handled(events(output=[]))
    assert state.completed.output_parsed == Person("Ada")
    assert [item.type for item in state.completed.output] == ["message", "function_call"]


@pytest.mark.parametrize("last", ["response.incomplete", "response.failed"])
def test_a_response_that_was_not_completed(last: str) -> None:
    state, seen = handled(events(last))
    assert state.completed is None
    assert state.last_type == last
    assert seen[-1].response.output_text == TEXT


def test_a_text_that_does_not_fit() -> None:
    steps = events()
    steps[5]["text"] = "{}"
    with pytest.raises(APIResponseError, match="does not fit"):
        handled(steps)


def test_events_are_those_of_the_newest_sdk() -> None:
    openai = pytest.importorskip("openai")
    if tuple(map(int, openai.VERSION.split(".")[:2])) < (3, 57):
        pytest.skip("an older SDK")
    from openai._models import construct_type_unchecked
    from openai.lib.streaming.responses import _events
    from openai.lib.streaming.responses._responses import ResponseStreamState as Native
    from openai.types.responses import ResponseStreamEvent

    native = Native(input_tools=[], text_format=openai.omit)
    make: Any = construct_type_unchecked
    theirs = [
        event
        for step in events()
        for event in native.handle_event(make(type_=ResponseStreamEvent, value=step))
    ]
    _, ours = handled(events(), None)
    assert len(ours) == len(theirs)
    for event, expected in zip(ours, theirs):
        for name in ("type", "delta", "snapshot", "text", "arguments", "sequence_number"):
            assert event.get(name) == getattr(expected, name, None), (event.type, name)
    completed = native._completed_response
    assert completed is not None
    assert ours[-1].response.output_text == completed.output_text
    assert isinstance(ours[3], _events.ResponseTextDeltaEvent)
    assert isinstance(ours[-1], _events.ResponseCompletedEvent)
