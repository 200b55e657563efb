"""What the emulated API says: shapes, modes and texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import dsadapter.testing.emulator as package

RECORDED = Path(package.__file__).parent / "recorded"
TOOL = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string"},
                "days": {"type": "integer"},
                "unit": {"enum": ["celsius", "kelvin"]},
                "where": {
                    "type": "object",
                    "properties": {"x": {"type": "number"}},
                    "required": ["x"],
                },
                "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                "spare": {"type": "string"},
            },
            "required": ["city", "days", "unit", "where", "tags"],
        },
    },
}
OTHER = {"type": "function", "function": {"name": "time"}}
OFF = {"type": "disabled"}


# -- non-stream


def test_a_reply_has_the_documented_fields_in_their_order(wire: Any) -> None:
    reply = wire.chat("hi").json
    assert list(reply) == [
        "id",
        "object",
        "created",
        "model",
        "choices",
        "usage",
        "system_fingerprint",
    ]
    assert list(reply["choices"][0]) == ["index", "message", "logprobs", "finish_reason"]
    assert reply["object"] == "chat.completion"
    assert reply["id"].count("-") == 4 and not reply["id"].startswith("chatcmpl")


def test_the_answer_repeats_the_last_user_text_in_any_script(wire: Any) -> None:
    text = 'Größe 漢字 😀 "quoted"\nnew line'
    assert text in wire.chat(text).message["content"]


def test_parts_of_a_user_message_are_read(wire: Any) -> None:
    parts = [
        {"type": "text", "text": "look here"},
        {"type": "image_url", "image_url": {"url": "http://x/y.png"}},
    ]
    reply = wire.chat(messages=[{"role": "user", "content": parts}])
    assert "look here" in reply.message["content"]


def test_thinking_is_on_by_default_and_its_tokens_are_counted(wire: Any) -> None:
    reply = wire.chat("hi").json
    usage = reply["usage"]
    assert reply["choices"][0]["message"]["reasoning_content"]
    assert usage["completion_tokens_details"]["reasoning_tokens"] > 0
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    hit, miss = usage["prompt_cache_hit_tokens"], usage["prompt_cache_miss_tokens"]
    assert usage["prompt_tokens"] == hit + miss


def test_with_thinking_off_the_reasoning_fields_are_absent(wire: Any) -> None:
    reply = wire.chat("hi", thinking=OFF).json
    assert "reasoning_content" not in reply["choices"][0]["message"]
    assert "completion_tokens_details" not in reply["usage"]


@pytest.mark.parametrize(
    ("model", "thinking", "thinks"),
    [
        ("deepseek-chat", None, False),
        ("deepseek-reasoner", None, True),
        ("deepseek-v4-pro", None, True),
        ("deepseek-chat", "enabled", True),
        ("deepseek-reasoner", "disabled", False),
    ],
)
def test_the_switch_beats_the_mode_of_a_name(
    wire: Any, model: str, thinking: Any, thinks: bool
) -> None:
    switch = {"thinking": {"type": thinking}} if thinking else {}
    message = wire.chat("hi", model=model, **switch).message
    assert ("reasoning_content" in message) is thinks


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("deepseek-flash", "deepseek-flash"),
        ("deepseek-v4-pro", "deepseek-v4-pro"),
        ("deepseek-v4-flash", "deepseek-flash"),
        ("deepseek-v4-flash-vision-exp", "deepseek-flash"),
        ("deepseek-chat", "deepseek-flash"),
        ("deepseek-reasoner", "deepseek-flash"),
    ],
)
def test_aliases_are_echoed_as_flash(wire: Any, asked: str, echoed: str) -> None:
    assert wire.chat("hi", model=asked).json["model"] == echoed


def test_undocumented_parameters_are_ignored(wire: Any) -> None:
    extras = {"seed": 1, "n": 3, "logit_bias": {}, "store": True, "max_completion_tokens": 1}
    reply = wire.chat("hi", presence_penalty=2, **extras).json
    assert len(reply["choices"]) == 1
    assert reply["choices"][0]["finish_reason"] == "stop"


# -- stream


def test_a_thinking_stream_has_the_recorded_order_of_deltas(wire: Any) -> None:
    reply = wire.chat("hi", stream=True)
    deltas = reply.deltas
    assert deltas[0] == {"role": "assistant", "content": None, "reasoning_content": ""}
    assert deltas[-1] == {"content": "", "reasoning_content": None}
    kinds = ["reasoning" if delta["content"] is None else "answer" for delta in deltas]
    assert kinds == sorted(kinds, reverse=True)
    assert reply.data[-1] == "[DONE]"
    assert reply.headers["content-type"] == "text/event-stream"


def test_a_stream_without_thinking_never_mentions_reasoning(wire: Any) -> None:
    reply = wire.chat("hi", stream=True, model="deepseek-chat")
    assert reply.deltas[0] == {"role": "assistant", "content": ""}
    assert reply.deltas[-1] == {"content": ""}
    assert b"reasoning" not in reply.body


def test_usage_is_null_until_the_chunk_that_ends_the_stream(wire: Any) -> None:
    options = {"include_usage": True}
    for chunks in (
        wire.chat("hi", stream=True).chunks,
        wire.chat("hi", stream=True, stream_options=options).chunks,
    ):
        assert all(chunk["usage"] is None for chunk in chunks[:-1])
        assert all(chunk["choices"][0]["finish_reason"] is None for chunk in chunks[:-1])
        assert chunks[-1]["usage"]["total_tokens"] > 0
        assert chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_stream_and_reply_say_the_same(wire: Any) -> None:
    text = "Fußgänger überqueren die Straße"
    whole, stream = wire.chat(text), wire.chat(text, stream=True)
    assert stream.joined("content") == whole.message["content"]
    assert stream.joined("reasoning_content") == whole.message["reasoning_content"]
    assert stream.chunks[-1]["usage"] == whole.json["usage"]
    assert len(stream.chunks) > 8


# -- recorded


def test_the_recorded_stream_is_replayed_byte_for_byte(wire: Any) -> None:
    reply = wire.chat("你好", stream=True, model="deepseek-reasoner")
    assert reply.body == (RECORDED / "stream_reasoner.sse").read_bytes()


def test_under_another_name_the_same_events_come(wire: Any) -> None:
    recorded = wire.chat("你好", stream=True, model="deepseek-reasoner")
    today = wire.chat("你好", stream=True, model="deepseek-v4-pro")
    assert today.deltas == recorded.deltas
    assert {chunk["model"] for chunk in today.chunks} == {"deepseek-v4-pro"}
    assert [chunk["usage"] for chunk in today.chunks[:-1]] == [None] * (len(today.chunks) - 1)


def test_the_recorded_stream_is_also_one_reply(wire: Any) -> None:
    stream = wire.chat("你好", stream=True)
    reply = wire.chat("你好")
    assert reply.message["content"] == stream.joined("content")
    assert reply.message["content"].startswith("你好!很高兴见到你")
    assert reply.json["usage"]["completion_tokens"] == 53


def test_the_recorded_reply_is_given_again(wire: Any) -> None:
    recorded = json.loads((RECORDED / "nonstream_reasoner.json").read_text("utf-8"))
    assert wire.chat("你好哦", model="deepseek-reasoner").json == recorded
    assert wire.chat("你好哦").json == dict(recorded, model="deepseek-flash")


def test_without_thinking_nothing_is_replayed(wire: Any) -> None:
    assert "你好" in wire.chat("你好", model="deepseek-chat").message["content"]
    assert "很高兴" not in wire.chat("你好", model="deepseek-chat").message["content"]


# -- limits


def test_few_tokens_leave_a_thinking_model_without_an_answer(wire: Any) -> None:
    choice = wire.chat("hi", max_tokens=5).json["choices"][0]
    assert choice["finish_reason"] == "length"
    assert choice["message"]["content"] == ""
    assert choice["message"]["reasoning_content"]


@pytest.mark.parametrize("stream", [False, True])
def test_few_tokens_cut_the_answer(wire: Any, stream: bool) -> None:
    full = wire.chat("hi", thinking=OFF).message["content"]
    reply = wire.chat("hi", thinking=OFF, max_tokens=4, stream=stream)
    text = reply.joined("content") if stream else reply.message["content"]
    last = reply.chunks[-1] if stream else reply.json
    assert full.startswith(text) and 0 < len(text) < len(full)
    assert last["choices"][0]["finish_reason"] == "length"
    assert last["usage"]["completion_tokens"] == 4


@pytest.mark.parametrize("stop", ["emulator", ["nowhere", "emulator"]])
def test_a_stop_sequence_ends_the_answer_before_it(wire: Any, stop: Any) -> None:
    choice = wire.chat("hi", stop=stop).json["choices"][0]
    assert choice["message"]["content"].endswith("the ")
    assert choice["finish_reason"] == "stop"


def test_logprobs_have_a_list_for_each_kind_of_text(wire: Any) -> None:
    reply = wire.chat("hi", logprobs=True, top_logprobs=2)
    lists = reply.json["choices"][0]["logprobs"]
    tokens = [entry["token"] for entry in lists["content"]]
    assert "".join(tokens) == reply.message["content"]
    assert len(lists["reasoning_content"][0]["top_logprobs"]) == 2
    chunks = wire.chat("hi", logprobs=True, stream=True).chunks
    assert chunks[1]["choices"][0]["logprobs"]["reasoning_content"][0]["token"] == "The"


# -- tools, JSON, prefix


def test_a_tool_is_called_with_the_least_its_schema_asks_for(wire: Any) -> None:
    choice = wire.chat("Paris", tools=[TOOL, OTHER]).json["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] == ""
    (call,) = choice["message"]["tool_calls"]
    assert list(call) == ["index", "id", "type", "function"]
    assert call["id"].startswith("call_00_")
    assert json.loads(call["function"]["arguments"]) == {
        "city": "Paris",
        "days": 1,
        "unit": "celsius",
        "where": {"x": 1},
        "tags": ["Paris"],
    }


def test_a_streamed_call_comes_in_fragments(wire: Any) -> None:
    deltas = wire.chat("Paris", tools=[TOOL], stream=True).deltas
    calls = [delta["tool_calls"][0] for delta in deltas if "tool_calls" in delta]
    assert calls[0]["function"] == {"name": "weather", "arguments": ""}
    assert calls[0]["id"].startswith("call_00_")
    assert all(list(call) == ["index", "function"] for call in calls[1:]) and len(calls) > 3
    text = "".join(call["function"]["arguments"] for call in calls)
    assert json.loads(text)["city"] == "Paris"
    assert deltas[-1] == {"content": "", "reasoning_content": None}


def test_two_calls_when_asked_for_two_tools(wire: Any) -> None:
    both = wire.chat("use two tools", tools=[TOOL, OTHER]).message["tool_calls"]
    assert [call["function"]["name"] for call in both] == ["weather", "time"]
    assert [call["index"] for call in both] == [0, 1]
    assert both[0]["id"] != both[1]["id"]
    stream = wire.chat("use two tools", tools=[OTHER], stream=True).deltas
    assert {delta["tool_calls"][0]["index"] for delta in stream if "tool_calls" in delta} == {0, 1}


@pytest.mark.parametrize(
    ("choice", "name"),
    [("required", "weather"), ({"type": "function", "function": {"name": "time"}}, "time")],
)
def test_a_forced_tool_is_called(wire: Any, choice: Any, name: str) -> None:
    reply = wire.chat("hi", tools=[TOOL, OTHER], tool_choice=choice, thinking=OFF)
    assert reply.message["tool_calls"][0]["function"]["name"] == name


def test_no_tool_is_called_when_none_is_wanted(wire: Any) -> None:
    assert "tool_calls" not in wire.chat("hi", tools=[TOOL], tool_choice="none").message


def test_after_the_result_comes_an_answer_that_quotes_it(wire: Any) -> None:
    first = wire.chat("two tools", tools=[TOOL, OTHER]).message
    ids = [call["id"] for call in first["tool_calls"]]
    history = [{"role": "user", "content": "two tools"}, first]
    for number, identity in enumerate(ids):
        history.append({"role": "tool", "tool_call_id": identity, "content": f"result {number}"})
    choice = wire.chat(messages=history, tools=[TOOL, OTHER]).json["choices"][0]
    assert "result 0; result 1" in choice["message"]["content"]
    assert choice["finish_reason"] == "stop"


def test_json_mode_answers_an_object(wire: Any) -> None:
    reply = wire.chat("give me json", response_format={"type": "json_object"})
    assert json.loads(reply.message["content"]) == {"answer": "give me json"}


SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "size": {"$ref": "#/$defs/Size"}},
    "required": ["name", "size"],
    "$defs": {"Size": {"enum": ["small", "large"]}},
}


@pytest.mark.parametrize("before", ["", "Be brief.\n"])
def test_json_mode_fits_the_schema_that_a_system_message_shows(wire: Any, before: str) -> None:
    system = {"role": "system", "content": f"{before}Answer in json:\n{json.dumps(SCHEMA)}"}
    messages = [system, {"role": "user", "content": "hi"}]
    reply = wire.chat(messages=messages, response_format={"type": "json_object"})
    assert json.loads(reply.message["content"]) == {"name": "hi", "size": "small"}


def test_json_that_is_no_schema_is_no_schema(wire: Any) -> None:
    system = {"role": "system", "content": 'json\n{"type": "object"}\n{"a": 1}'}
    messages = [system, {"role": "user", "content": "hi"}]
    reply = wire.chat(messages=messages, response_format={"type": "json_object"})
    assert json.loads(reply.message["content"]) == {"answer": "hi"}


def test_a_prefix_is_continued_and_not_repeated(wire: Any) -> None:
    history = [
        {"role": "user", "content": "count"},
        {"role": "assistant", "content": "one, two", "prefix": True},
    ]
    reply = wire.chat(base="/beta", messages=history)
    assert reply.status == 200
    assert "one, two" not in reply.message["content"]
    assert "count" in reply.message["content"]


# -- fill in the middle


def test_fim_answers_between_prompt_and_suffix(wire: Any) -> None:
    body = {"model": "deepseek-v4-pro", "prompt": "def f():", "suffix": "return 1"}
    reply = wire.post("/beta/completions", body).json
    assert reply["object"] == "text_completion"
    assert "def f():" in reply["choices"][0]["text"] and "return 1" in reply["choices"][0]["text"]
    assert reply["choices"][0]["finish_reason"] == "stop"
    assert reply["usage"]["total_tokens"] > 0


def test_fim_streams_the_same_text(wire: Any) -> None:
    body = {"model": "deepseek-v4-pro", "prompt": "def f():", "echo": True}
    whole = wire.post("/beta/completions", body).json
    stream = wire.post("/beta/completions", dict(body, stream=True))
    text = "".join(chunk["choices"][0]["text"] for chunk in stream.chunks)
    assert text == whole["choices"][0]["text"]
    assert text.startswith("def f():")
    assert stream.data[-1] == "[DONE]"
    assert stream.chunks[-1]["usage"] == whole["usage"]
