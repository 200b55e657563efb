"""Streams of the Responses API: when they are complete, and what they come to."""

from __future__ import annotations

import json
from typing import Any, Dict, List

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dsadapter
from dsadapter._headers import Headers
from dsadapter._record import Record
from dsadapter._response.accumulate import Accumulator
from dsadapter._response.chunks import ChunkReader
from dsadapter._response.response_events import EventAccumulator
from dsadapter._settings.resolve import resolve

MESSAGE = {"type": "message", "id": "msg_1", "status": "in_progress", "content": []}
PART = {"type": "output_text", "text": "Hi there", "annotations": ["of the server"]}
DONE = dict(MESSAGE, status="completed", content=[PART])
CALL = {"type": "function_call", "id": "fc_1", "name": "f", "arguments": ""}


def event(kind: str, **fields: Any) -> Dict[str, Any]:
    return {"type": f"response.{kind}", **fields}


def text_events() -> List[Dict[str, Any]]:
    return [
        event("created", response={"id": "r", "object": "response", "output": []}),
        event("output_item.added", output_index=0, item=MESSAGE),
        event("output_text.delta", output_index=0, content_index=0, delta="Hi "),
        event("output_text.delta", output_index=0, content_index=0, delta="there"),
    ]


def closing(kind: str, **fields: Any) -> Dict[str, Any]:
    response = {"id": "r", "object": "response", "status": kind, "output": [DONE]}
    return event(kind, response=dict(response, title="Greeting", **fields))


def reader() -> ChunkReader:
    settings = resolve({"api_key": "sk-test", "base_url": "http://127.0.0.1:1"})
    return ChunkReader(200, Headers(), "", settings, Record)


def wire(events: List[Dict[str, Any]]) -> bytes:
    return b"".join(
        f"event: {data['type']}\ndata: {json.dumps(data)}\n\n".encode() for data in events
    )


@pytest.mark.parametrize("kind", ["completed", "incomplete", "failed"])
def test_a_stream_is_whole_with_its_closing_event_and_without_done(kind: str) -> None:
    stream = reader()
    chunks = stream.feed(wire([*text_events(), closing(kind)]))
    assert chunks[-1].type == f"response.{kind}"
    assert stream.complete and stream.done
    assert stream.finish() == []


def test_nothing_is_read_behind_the_closing_event() -> None:
    stream = reader()
    stream.feed(wire([*text_events(), closing("completed")]))
    assert stream.feed(b"data: no JSON\n\n") == []


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_stream_without_its_closing_event_is_cut_off(count: int) -> None:
    stream = reader()
    stream.feed(wire(text_events()[:count]))
    assert not stream.complete
    with pytest.raises(dsadapter.StreamTruncatedError, match=r"without response\.completed"):
        stream.finish()


def test_the_final_response_is_that_of_the_closing_event_with_its_title() -> None:
    stream = reader()
    stream.feed(wire([*text_events(), closing("completed")]))
    assert stream.accumulated() == closing("completed")["response"]
    assert stream.accumulated()["title"] == "Greeting"
    assert stream.text() == "Hi there"


def test_what_had_arrived_of_each_item_is_in_the_partial_response() -> None:
    stream = reader()
    reasoning = {"type": "reasoning", "id": "rs_1", "content": []}
    stream.feed(
        wire(
            [
                text_events()[0],
                event("output_item.added", output_index=0, item=reasoning),
                event("reasoning_text.delta", output_index=0, delta="Hmm"),
                event("output_item.added", output_index=1, item=MESSAGE),
                event("output_text.delta", output_index=1, delta="Hi there"),
                event("output_item.done", output_index=1, item=DONE),
                event("output_item.added", output_index=2, item=CALL),
                event("function_call_arguments.delta", output_index=2, delta='{"a"'),
                event("function_call_arguments.delta", output_index=2, delta=": 1"),
            ]
        )
    )
    thought, message, call = stream.accumulated()["output"]
    assert thought["content"] == [{"type": "reasoning_text", "text": "Hmm"}]
    assert message == DONE
    assert call == dict(CALL, arguments='{"a": 1')
    assert stream.text() == "Hi there"


@pytest.mark.parametrize("delta", [None, 7, {"x": 1}, ["x"]])
def test_odd_deltas_are_delivered_and_not_merged(delta: Any) -> None:
    stream = reader()
    (chunk,) = stream.feed(wire([event("output_text.delta", output_index=0, delta=delta)]))
    assert chunk["delta"] == delta
    assert stream.text() == ""


@pytest.mark.parametrize("fields", [{"response": 7}, {"output_index": 0, "item": [1]}])
def test_an_event_that_is_none_is_a_typed_error(fields: Dict[str, Any]) -> None:
    with pytest.raises(dsadapter.APIResponseError, match="no chunk of an answer"):
        reader().feed(wire([event("created", **fields)]))


SCALARS = st.sampled_from([None, True, 0, 1, -1, 0.5, "", "x", "response.completed"])
JSON = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.just("type"), SCALARS)
FIELDS = st.sampled_from(["response", "item", "output_index", "delta", "type", "error"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(FIELDS, JSON, max_size=4), max_size=6))
def test_any_objects_in_such_a_stream_give_chunks_or_our_error(objects: Any) -> None:
    stream = reader()
    try:
        stream.feed(wire([event("created", response={"id": "r"})]))
        stream.feed(b"".join(b"data: " + json.dumps(data).encode() + b"\n\n" for data in objects))
        stream.raise_deferred()
        stream.finish()
        stream.raise_deferred()
    except dsadapter.OpenAIError:
        pass
    assert isinstance(stream.text(), str)
    json.dumps(stream.accumulated())


@pytest.mark.parametrize(
    "first", [{"choices": []}, {"type": "response.x", "choices": []}, {"type": 7}, {"type": "x"}]
)
def test_chunks_of_chat_are_merged_as_chunks(first: Dict[str, Any]) -> None:
    stream = reader()
    stream.feed(b"data: " + json.dumps(first).encode() + b"\n\n")
    stream.feed(b"data: " + json.dumps(closing("completed")).encode() + b"\n\n")
    assert not stream.complete
    assert stream.accumulated()["choices"] == []


# -- what nobody knows yet, in chunks of chat


def chunk(**delta: Any) -> Dict[str, Any]:
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta}]}


def merged(*chunks: Dict[str, Any]) -> Any:
    accumulator = Accumulator()
    for one in chunks:
        accumulator.add(one)
    return accumulator.result()["choices"][0]["message"]


def test_the_title_of_the_last_chunk_is_the_message_s() -> None:
    message = merged(chunk(role="assistant", content="Hi"), chunk(content="", title="Greeting"))
    assert message == {"role": "assistant", "content": "Hi", "title": "Greeting"}


def test_lists_of_unknown_fields_go_on_and_leave_the_chunks_as_they_are() -> None:
    first, second = chunk(results=[{"url": "a"}]), chunk(results=[{"url": "b"}])
    assert merged(first, second)["results"] == [{"url": "a"}, {"url": "b"}]
    assert first == chunk(results=[{"url": "a"}])


def test_objects_of_unknown_fields_are_filled_and_other_values_replaced() -> None:
    first, second = chunk(search={"a": 1}, step=1), chunk(search={"b": 2}, step=2)
    message = merged(first, second)
    assert (message["search"], message["step"]) == ({"a": 1, "b": 2}, 2)
    assert first == chunk(search={"a": 1}, step=1)


def test_a_stream_of_other_events_ends_with_its_body() -> None:
    """Those of another vendor's path, say: no closing event is known."""
    accumulator = EventAccumulator()
    accumulator.add({"type": "content_block_delta", "delta": {"text": "Hi"}})
    assert accumulator.ends_with_body and not accumulator.finished
    assert accumulator.last_word == "the end of an event"
    accumulator.add(event("created"))
    assert not accumulator.ends_with_body
    assert accumulator.last_word == "response.completed"


def test_of_other_events_the_latest_is_what_came() -> None:
    merge = EventAccumulator()
    for number in (1, 2):
        merge.add({"type": "picture.partial", "n": number})
    assert (merge.ends_with_body, merge.result()["n"]) == (True, 2)
