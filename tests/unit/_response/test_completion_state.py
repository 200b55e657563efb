"""The state behind ``chat.completions.stream``, and that it is what the newest SDK's is."""

from __future__ import annotations

import copy
from typing import Any, Dict, List, Optional, Tuple

import pytest

from dsadapter import APIResponseError, LengthFinishReasonError, OpenAIError
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.completion_state import ChatCompletionStreamState

from .streams import LOOSE, WEATHER, Person, RandomStream, chunk


def events_of(*chunks: Dict[str, Any], **arguments: Any) -> Tuple[Any, List[Any]]:
    """The state behind these chunks, and the events they meant, ``chunk`` left out."""
    state = ChatCompletionStreamState(**arguments)
    events = [event for data in chunks for event in state.handle_chunk(data)]
    return state, [event for event in events if event.type != "chunk"]


def test_text_comes_in_parts_and_once_more_when_it_is_complete() -> None:
    parts = [chunk({"role": "assistant", "content": "Hel"}), chunk({"content": "lo"})]
    _, events = events_of(*parts, chunk({}, "stop"))
    assert events == [
        {"type": "content.delta", "delta": "Hel", "snapshot": "Hel", "parsed": None},
        {"type": "content.delta", "delta": "lo", "snapshot": "Hello", "parsed": None},
        {"type": "content.done", "content": "Hello", "parsed": None},
    ]


def test_every_chunk_is_an_event_with_the_reply_so_far() -> None:
    state = ChatCompletionStreamState()
    (first, _) = state.handle_chunk(chunk({"role": "assistant", "content": "Hi"}))
    assert first.chunk.choices[0].delta.content == "Hi"
    assert first.snapshot is state.current_completion_snapshot
    assert first.snapshot.choices[0].message.content == "Hi"
    assert first.snapshot.object == "chat.completion"
    state.handle_chunk(chunk({"content": " you"}))
    assert first.snapshot.choices[0].message.content == "Hi you"


def test_json_grows_into_the_object_that_was_asked_for() -> None:
    parts = ["", '{"name": ', '"Ad', 'a"}']
    chunks = [chunk({"content": part}) for part in parts]
    state, events = events_of(*chunks, chunk({}, "stop"), response_format=Person)
    assert [event.parsed for event in events] == [None, {}, {}, {"name": "Ada"}, Person("Ada")]
    assert state.get_final_completion().choices[0].message.parsed == Person("Ada")


def test_the_object_of_a_delta_is_a_plain_dict_of_its_own() -> None:
    _, events = events_of(
        chunk({"content": ""}), chunk({"content": '{"name": {'}), response_format=Person
    )
    assert type(events[-1].parsed) is dict
    assert type(events[-1].parsed["name"]) is dict


def call(index: int, arguments: str, **head: Any) -> Dict[str, Any]:
    function = {"arguments": arguments, **head.pop("function", {})}
    return chunk({"tool_calls": [{"index": index, "function": function, **head}]})


def test_calls_come_in_parts_and_each_is_done_when_the_next_begins() -> None:
    _, events = events_of(
        chunk({"role": "assistant", "content": None}),
        call(0, "", id="a", type="function", function={"name": "weather"}),
        call(0, '{"city": "X"'),
        call(0, "}"),
        call(1, "{}", id="b", type="function", function={"name": "loose"}),
        chunk({}, "tool_calls"),
        input_tools=[WEATHER, LOOSE],
    )
    kinds = [
        (event.type.rpartition(".")[2], event.index, event.parsed_arguments) for event in events
    ]
    assert kinds == [
        ("delta", 0, None),
        ("delta", 0, {"city": "X"}),
        ("delta", 0, {"city": "X"}),
        ("delta", 1, None),
        ("done", 0, {"city": "X"}),
        ("done", 1, None),
    ]
    assert events[1].arguments_delta == events[1].arguments == '{"city": "X"'
    assert events[-1].name == "loose"


def test_calls_and_choices_in_any_order() -> None:
    parts = [
        call(1, "{}", id="b", type="function", function={"name": "loose"}),
        call(0, "{}", id="a", type="function", function={"name": "loose"}),
    ]
    later = chunk({"content": "second"})
    later["choices"][0]["index"] = 1
    state, _ = events_of(later, *parts, chunk({}, "stop"))
    completion = state.get_final_completion()
    assert [choice.index for choice in completion.choices] == [0, 1]
    assert [c.id for c in completion.choices[0].message.tool_calls] == ["a", "b"]


def test_what_some_servers_send_with_every_chunk_is_not_doubled() -> None:
    state, _ = events_of(
        chunk({"role": "assistant", "content": "a"}),
        chunk({"role": "assistant", "content": "a"}),
        call(0, "{", id="x", type="function", function={"name": "loose"}),
        call(0, "}", id="x", type="function", function={"name": "loose"}),
    )
    message = state.get_final_completion().choices[0].message
    assert (message.role, message.content) == ("assistant", "aa")
    assert message.tool_calls[0].to_dict() == {
        "index": 0,
        "id": "x",
        "type": "function",
        "function": {"name": "loose", "arguments": "{}"},
    }


def test_a_cut_off_answer_is_an_error_only_where_it_was_to_be_parsed() -> None:
    parts = [chunk({"content": "{"}), chunk({}, "length")]
    with pytest.raises(LengthFinishReasonError) as caught:
        events_of(*parts, response_format=Person)
    assert caught.value.completion.choices[0].message.content == "{"
    state, events = events_of(*parts)
    assert events[-1].type == "content.done"
    with pytest.raises(LengthFinishReasonError):
        state.get_final_completion()


@pytest.mark.parametrize("parts", [("Hello", " you"), ('{"age": 1', "}")])
def test_what_does_not_fit_is_a_typed_error_with_the_text(parts: Tuple[str, str]) -> None:
    chunks = [chunk({"content": part}) for part in parts]
    with pytest.raises(APIResponseError) as caught:
        events_of(*chunks, chunk({}, "stop"), response_format=Person)
    assert isinstance(caught.value, ValueError)
    assert caught.value.partial == "".join(parts)


def test_there_is_no_snapshot_before_the_first_chunk() -> None:
    with pytest.raises(OpenAIError, match="No chunk has come yet"):
        ChatCompletionStreamState().get_final_completion()


def test_the_chunks_stay_as_they_came() -> None:
    chunks = RandomStream(7).chunks()
    before = copy.deepcopy(chunks)
    state = ChatCompletionStreamState(input_tools=[WEATHER, LOOSE])
    try:
        for data in chunks:
            state.handle_chunk(ChatCompletionChunk(data))
    except OpenAIError:
        pass  # some of them are cut off
    assert chunks == before


# --- the newest SDK's own state ------------------------------------------------------------------


def seen(value: Any) -> Any:
    """An event as plain data, absent and None alike; what was parsed stands in it as a field."""
    if isinstance(value, dict):
        parsed = {
            name: getattr(value, name)
            for name in ("parsed", "parsed_arguments")
            if name not in value and hasattr(value, name)
        }
        fields = {**dict(value), **parsed}
        return {k: seen(v) for k, v in fields.items() if v is not None}
    if isinstance(value, (list, tuple)):
        return [seen(item) for item in value]
    if hasattr(value, "model_fields_set"):
        return seen({**dict(value), **(value.model_extra or {})})
    return value


def outcome(state: Any, chunks: List[Any]) -> List[Any]:
    """The events chunk by chunk, each as it is when it comes, then the final completion or the
    name of the error that ended it."""
    steps: List[Any] = []
    try:
        for data in chunks:
            steps.append([seen(event) for event in state.handle_chunk(data)])
        steps.append(seen(state.get_final_completion()))
    except Exception as err:
        finish = ("LengthFinishReasonError", "ContentFilterFinishReasonError")
        name = type(err).__name__
        steps.append(name if name in finish or not isinstance(err, ValueError) else "ValueError")
    return steps


@pytest.mark.parametrize("seed", range(60))
def test_events_are_those_of_the_newest_sdk(seed: int) -> None:
    chat = pytest.importorskip("openai.lib.streaming.chat", reason="the SDK has no such helper")
    openai = pytest.importorskip("openai")
    if int(openai.__version__.partition(".")[0]) < 3:
        pytest.skip("older SDKs merge some streams in another way")
    from openai.types.chat import ChatCompletionChunk as NativeChunk
    from pydantic import BaseModel

    class Answer(BaseModel):
        name: str
        age: Optional[float]
        tags: list

    class weather(BaseModel):
        city: str
        days: int

    stream = RandomStream(seed)
    typed = openai.pydantic_function_tool(weather)
    tools = [typed if seed % 2 else WEATHER, LOOSE] if stream.strict_tools else [LOOSE]
    arguments: Dict[str, Any] = {"input_tools": tools}
    if stream.json:
        arguments["response_format"] = Answer
    chunks = stream.chunks()
    native = chat.ChatCompletionStreamState(**arguments)
    expected = outcome(native, [NativeChunk.model_validate(data) for data in chunks])
    assert outcome(ChatCompletionStreamState(**arguments), chunks) == expected


def test_choices_that_come_in_turns_are_kept_apart() -> None:
    parts = []
    for index, text in [(0, "a"), (1, "x"), (0, "b"), (1, "y")]:
        parts.append(chunk({"content": text}))
        parts[-1]["choices"][0]["index"] = index
    state, _ = events_of(*parts)
    choices = state.get_final_completion().choices
    assert [choice.message.content for choice in choices] == ["ab", "xy"]
