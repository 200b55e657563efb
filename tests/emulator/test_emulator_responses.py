"""The Responses API: one object or a stream of events, what it refuses, what it ignores."""

from __future__ import annotations

import json
from typing import Any, Dict, List

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsadapter.testing.emulator import Emulator

TYPE = "Failed to deserialize the JSON body into the target type: "
NO_THOUGHT = {"effort": "none"}
FUNCTION = {
    "type": "function",
    "name": "f",
    "parameters": {"properties": {"q": {"type": "string"}}, "required": ["q"]},
}
CALL = {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}
OUTPUT = {"type": "function_call_output", "call_id": "c", "output": "42"}
PATCH = {"type": "custom", "name": "apply_patch"}
WEB = [{"type": "deepseek_web_search"}, {"type": "deepseek_read_url"}]
IMAGE = {"type": "input_image", "image_url": "https://a.test/i.png"}


def ask(wire: Any, value: Any = "hi", path: str = "/responses", **fields: Any) -> Any:
    return wire.post(path, {"model": "deepseek-flash", "input": value, **fields})


def output(reply: Any) -> List[Dict[str, Any]]:
    assert reply.status == 200, reply.body
    return list(reply.json["output"])


def events(reply: Any) -> List[Dict[str, Any]]:
    """The events, each with its type on a line of its own, numbered, and no [DONE]."""
    blocks = reply.body.decode().split("\n\n")
    assert blocks.pop() == ""
    parsed = []
    for number, block in enumerate(blocks):
        kind, data = block.split("\n")
        event = json.loads(data[len("data: ") :])
        assert kind == f"event: {event['type']}"
        assert event["sequence_number"] == number
        parsed.append(event)
    return parsed


def kinds(reply: Any) -> List[str]:
    """The types in their order, repeated deltas once."""
    names = [event["type"].replace("response.", "", 1) for event in events(reply)]
    return [name for name, before in zip(names, [""] + names) if name != before]


# -- one object


@pytest.mark.parametrize("base", ["", "/v1"])
def test_the_object_has_the_fields_of_the_page(wire: Any, base: str) -> None:
    reply = ask(wire, path=f"{base}/responses")
    reasoning, message = output(reply)
    assert set(reasoning) == {"type", "id", "status", "content", "summary"}
    assert reasoning["content"][0]["type"] == "reasoning_text"
    assert reasoning["summary"] == []
    assert set(message) == {"type", "id", "status", "role", "content"}
    (part,) = message["content"]
    assert (part["type"], part["annotations"]) == ("output_text", [])
    assert "hi" in part["text"]
    usage = reply.json["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]
    assert 0 < usage["output_tokens_details"]["reasoning_tokens"] < usage["output_tokens"]
    facts = {"status": "completed", "store": False, "parallel_tool_calls": True, "error": None}
    assert {name: reply.json[name] for name in facts} == facts
    assert "title" not in reply.json


def test_effort_none_leaves_the_reasoning_out(wire: Any) -> None:
    reply = ask(wire, reasoning=NO_THOUGHT)
    assert [item["type"] for item in output(reply)] == ["message"]
    assert reply.json["usage"]["output_tokens_details"] == {"reasoning_tokens": 0}


@pytest.mark.parametrize("model, count", [("deepseek-chat", 1), ("deepseek-reasoner", 2)])
def test_retired_names_have_their_mode(wire: Any, model: str, count: int) -> None:
    assert len(output(ask(wire, model=model))) == count


def test_a_question_may_be_items_or_instructions_alone(wire: Any) -> None:
    items = [
        {"role": "system", "content": "short"},
        {"type": "message", "role": "developer", "content": [{"type": "input_text", "text": "x7"}]},
        {"type": "item_reference", "id": "ignored"},
    ]
    assert "x7" in output(ask(wire, items))[-1]["content"][0]["text"], "developer is a user"
    assert ask(wire, None, instructions="speak").status == 200


def test_a_recorded_answer_is_given_here_too(wire: Any) -> None:
    recorded = wire.chat("你好").message
    reasoning, message = output(ask(wire, "你好"))
    assert reasoning["content"][0]["text"] == recorded["reasoning_content"]
    assert message["content"][0]["text"] == recorded["content"]


def test_a_function_is_called_and_its_output_answered(wire: Any) -> None:
    call = output(ask(wire, "go", tools=[FUNCTION]))[-1]
    assert set(call) == {"type", "id", "call_id", "name", "arguments", "status"}
    assert (call["type"], json.loads(call["arguments"])) == ("function_call", {"q": "go"})
    turns = [
        {"role": "user", "content": "go"},
        call,
        {"type": "function_call_output", "call_id": call["call_id"], "output": "42"},
    ]
    assert "42" in output(ask(wire, turns, tools=[FUNCTION]))[-1]["content"][0]["text"]


def test_apply_patch_is_called_with_a_text(wire: Any) -> None:
    call = output(ask(wire, "go", tools=[PATCH]))[-1]
    assert (call["type"], call["name"], call["input"]) == ("custom_tool_call", "apply_patch", "go")


def test_a_schema_is_kept(wire: Any) -> None:
    schema = {"properties": {"n": {"type": "integer"}}, "required": ["n"]}
    form = {"format": {"type": "json_schema", "name": "x", "schema": schema}}
    assert output(ask(wire, text=form))[-1]["content"][0]["text"] == '{"n": 1}'


def test_web_search_of_openai_does_nothing_and_is_echoed(wire: Any) -> None:
    tools = [{"type": "web_search"}, {"type": "code_interpreter"}]
    reply = ask(wire, tools=tools, previous_response_id="r", truncation="auto", background=True)
    assert [item["type"] for item in output(reply)] == ["reasoning", "message"]
    assert reply.json["tools"] == tools
    assert (reply.json["previous_response_id"], reply.json["store"]) == (None, False)


def test_the_web_tools_leave_their_calls_in_the_output(wire: Any) -> None:
    reply = ask(wire, "see https://a.test/x", tools=WEB)
    assert [item["type"] for item in output(reply)] == [
        "reasoning",
        "web_search_call",
        "web_search_call",
        "message",
    ]
    assert reply.json["usage"]["server_tool_use"]["web_fetch_requests"] == 1


@pytest.mark.parametrize("stream", [False, True])
def test_endings_that_are_incomplete_say_why(wire: Any, stream: bool) -> None:
    risky = {"value": "a risky answer", "safety_check": {"level": "high"}}
    for asked, reason in (
        ({"max_output_tokens": 2}, "max_output_tokens"),
        (risky, "content_filter"),
    ):
        reply = ask(wire, **asked, stream=stream)
        body = events(reply)[-1]["response"] if stream else reply.json
        assert body["status"] == body["output"][-1]["status"] == "incomplete"
        assert body["incomplete_details"] == {"reason": reason}


# -- a stream


def test_the_numbers_are_those_of_the_sample(wire: Any) -> None:
    names = [event["type"] for event in events(ask(wire, stream=True))]
    assert names[:5] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.reasoning_text.delta",
    ]


TEXT = ["output_item.added", "content_part.added", "output_text.delta", "output_text.done"]
TEXT += ["content_part.done", "output_item.done"]
THOUGHT = [name.replace("output_text", "reasoning_text") for name in TEXT]
ARGUMENTS = ["output_item.added", "function_call_arguments.delta", "function_call_arguments.done"]
ARGUMENTS += ["output_item.done"]
INPUT = [name.replace("function_call_arguments", "custom_tool_call_input") for name in ARGUMENTS]
SEARCH = ["output_item.added", "web_search_call.in_progress", "web_search_call.searching"]
SEARCH += ["web_search_call.completed", "output_item.done"]


@pytest.mark.parametrize(
    ("fields", "middle"),
    [
        ({}, THOUGHT + TEXT),
        ({"reasoning": NO_THOUGHT}, TEXT),
        ({"tools": [FUNCTION]}, THOUGHT + ARGUMENTS),
        ({"tools": [FUNCTION, PATCH], "value": "two tools"}, THOUGHT + ARGUMENTS + INPUT),
        ({"tools": WEB}, THOUGHT + SEARCH + TEXT),
    ],
)
def test_events_come_in_the_order_of_the_page(wire: Any, fields: Any, middle: Any) -> None:
    reply = ask(wire, **fields, stream=True)
    assert reply.headers["content-type"] == "text/event-stream"
    assert kinds(reply) == ["created", "in_progress", *middle, "completed"]


def test_the_events_add_up_to_the_closing_object(wire: Any) -> None:
    stream = events(ask(wire, "two tools", tools=[FUNCTION, PATCH], stream=True))
    last = stream[-1]["response"]
    done = [e["item"] for e in stream if e["type"] == "response.output_item.done"]
    assert last["output"] == done
    for index, item in enumerate(done):
        of_item = [e for e in stream if e.get("output_index") == index]
        text = "".join(e["delta"] for e in of_item if e["type"].endswith(".delta"))
        assert text == item.get("arguments", item.get("input", text))
        assert {e["item_id"] for e in of_item if "item_id" in e} == {item["id"]}


def test_the_title_is_in_the_closing_event_alone(wire: Any) -> None:
    stream = events(ask(wire, "Oslo", title={"enabled": True}, stream=True))
    assert [e["response"].get("title") for e in stream if "response" in e] == [None, None, "Oslo"]
    assert ask(wire, "Oslo", title={"enabled": True}).json["title"] == "Oslo"


# -- refusals

USER = {"role": "user", "content": "x"}
BOTH = dict(IMAGE, file_id="f")


def user(*parts: Any, role: str = "user") -> Dict[str, Any]:
    return {"role": role, "content": list(parts)}


REFUSED = {
    "model": ({"model": "gpt-4"}, "The supported API model names are "),
    "no model": ({"model": ...}, TYPE + "missing field `model`"),
    "nothing to answer": ({"value": None}, "Either input or instructions"),
    "input a number": ({"value": 7}, TYPE + "input: invalid type: integer `7`"),
    "item a string": ({"value": ["x"]}, TYPE + "input[0]: invalid type: string"),
    "item type": ({"value": [{"type": 1}]}, TYPE + "input[0].type: invalid type"),
    "role": (
        {"value": [{"role": "latest_reminder", "content": "x"}]},
        TYPE + "input[0].role: unknown variant `latest_reminder`, expected one of `user`, ",
    ),
    "content": ({"value": [{"role": "user"}]}, TYPE + "input[0].content: invalid type: null"),
    "effort": ({"reasoning": {"effort": "huge"}}, TYPE + "reasoning.effort: unknown variant"),
    "format": ({"text": {"format": {"type": "xml"}}}, TYPE + "text.format.type: unknown variant"),
    "choice": ({"tool_choice": "any"}, TYPE + "tool_choice: unknown variant"),
    "level": ({"safety_check": {"level": "x"}}, TYPE + "safety_check.level: unknown variant"),
    "temperature": ({"temperature": 3}, "Invalid temperature value"),
    "tokens": ({"max_output_tokens": -1}, "Invalid max_output_tokens value"),
    "logprobs": ({"top_logprobs": 21}, "Invalid top_logprobs value"),
    "user": ({"user": "u" * 513}, "Invalid 'user': string too long"),
    "no schema": (
        {"text": {"format": {"type": "json_schema", "name": "x"}}},
        "Missing required parameter: 'text.format.schema'",
    ),
    "tool": ({"tools": [{"type": "function"}]}, TYPE + "tools[0]: missing field `name`"),
    "tool name": ({"tools": [dict(FUNCTION, name="x" * 129)]}, "Invalid 'tools[0].name': string"),
    "custom": ({"tools": [dict(PATCH, name="other")]}, "custom tool 'other' is not supported"),
    "call without output": ({"value": [USER, CALL]}, "No tool output found for function call c"),
    "call id empty": ({"value": [USER, dict(CALL, call_id="")]}, "call_id must not be empty"),
    "output without id": ({"value": [dict(OUTPUT, call_id="")]}, "call_id must not be empty"),
    "call id twice": ({"value": [USER, CALL, CALL, OUTPUT]}, "Duplicate call_id 'c'"),
    "image without source": (
        {"value": [user({"type": "input_image"})]},
        "input_image must have image_url or file_id",
    ),
    "image with two": (
        {"value": [user(BOTH)]},
        "input_image cannot have both image_url and file_id",
    ),
    "image of the system": ({"value": [user(IMAGE, role="system"), USER]}, "input_image is not"),
    "image of the assistant": ({"value": [user(IMAGE, role="assistant")]}, "input_image is not"),
    "risk": (
        {"value": "a risky question", "safety_check": {"level": "high"}},
        "Content Exists Risk",
    ),
    "context": ({"value": "word " * 800_000}, "This model's maximum context length is"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_has_its_sentence_in_the_chat_s_envelope(wire: Any, case: str) -> None:
    change, sentence = REFUSED[case]
    body = {"model": "deepseek-flash", "input": change.get("value", "hi"), **change}
    body = {k: v for k, v in body.items() if k != "value" and v is not ...}
    reply = wire.post("/responses", body)
    assert reply.status == 400
    assert reply.error.startswith(sentence)
    assert list(reply.json["error"]) == ["message", "type", "param", "code"]


ACCEPTED = {
    "efforts": {"reasoning": {"effort": "xhigh", "summary": "auto"}},
    "a name of 128": {"tools": [dict(FUNCTION, name="x" * 128)]},
    "image of the user": {"value": [user(IMAGE, {"type": "input_text", "text": "x"})]},
    "image of a tool": {"value": [USER, CALL, dict(OUTPUT, output=[IMAGE])]},
    "named": {"tools": [FUNCTION], "tool_choice": {"type": "function", "name": "f"}},
    "required": {"tools": [FUNCTION], "tool_choice": "required"},
    "nulls": {"tools": None, "text": None, "reasoning": None, "title": None, "stream": None},
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_within_the_rules_is_answered(wire: Any, case: str) -> None:
    assert output(ask(wire, **{"value": "hi", **ACCEPTED[case]}))


def test_retired_names_can_be_refused_here_too(wire_to: Any) -> None:
    with Emulator(refuse_retired=True) as emulator:
        assert ask(wire_to(emulator), model="deepseek-chat").status == 400


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_nothing_is_kept_that_could_be_fetched(wire: Any, method: str) -> None:
    assert wire.send(method, "/responses").status == 405
    assert wire.send(method, "/responses/some-id").status == 404


# -- faults


def test_the_server_that_gives_up_says_failed(emulator: Emulator, wire: Any) -> None:
    emulator.fault("insufficient-resource", times=-1)
    last = events(ask(wire, stream=True))[-1]
    answer = ask(wire).json
    assert last["type"] == "response.failed"
    assert last["response"]["status"] == answer["status"] == "failed"
    assert set(last["response"]["error"]) == set(answer["error"]) == {"code", "message"}


def data_of(body: bytes) -> List[Any]:
    """The events of any spelling, as an event stream is read."""
    text = body.decode().replace("\r\n", "\n").replace("\r", "\n")
    kinds = []
    for block in text.split("\n\n"):
        lines = [line[5:].strip() for line in block.split("\n") if line.startswith("data:")]
        if lines:
            kinds.append(json.loads("\n".join(lines))["type"])
    return kinds


SPELLINGS = {
    "crlf": b"\r\n\r\n",
    "cr": b"\r\r",
    "no-space": b"\ndata:{",
    "multi-line": b"\ndata: {\ndata:  ",
    "event-fields": b"\nretry: 3000\n",
    "comments": b": a comment\n",
    "no-done": b"event: response.completed\n",
}


@pytest.mark.parametrize("fault", SPELLINGS)
def test_other_spellings_are_the_same_events(emulator: Emulator, wire: Any, fault: str) -> None:
    usual = ask(wire, stream=True).body
    emulator.fault(fault)
    other = ask(wire, stream=True).body
    assert SPELLINGS[fault] in other
    assert data_of(other) == data_of(usual)


# -- any request of the right types

TEXTS = st.text(max_size=12)
ITEMS = st.one_of(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "system"]), "content": TEXTS}),
    st.just(CALL),
    st.just(OUTPUT),
    st.just({"type": "reasoning", "content": []}),
)
REQUESTS = st.fixed_dictionaries(
    {"model": st.sampled_from(["deepseek-flash", "deepseek-v4-pro", "deepseek-chat"])},
    optional={
        "input": TEXTS | st.lists(ITEMS, max_size=4),
        "instructions": TEXTS,
        "stream": st.booleans(),
        "max_output_tokens": st.integers(1, 40),
        "tools": st.lists(st.sampled_from([FUNCTION, PATCH, *WEB, {"type": "web_search"}])),
        "reasoning": st.sampled_from([NO_THOUGHT, {"effort": "max"}, {}]),
        "text": st.sampled_from([{}, {"format": {"type": "json_object"}}]),
        "title": st.sampled_from([{"enabled": True}, {"enabled": False}]),
        "safety_check": st.sampled_from([{"level": "high"}, {"level": "low"}]),
    },
)


ENDINGS = ("completed", "incomplete", "failed")


@pytest.fixture(scope="module")
def shared() -> Any:
    with Emulator() as started:
        yield started


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=REQUESTS)
def test_every_answer_has_the_shape_of_the_page(shared: Any, wire_to: Any, body: Any) -> None:
    reply = wire_to(shared).post("/responses", body)
    if reply.status == 400:
        assert list(reply.json["error"]) == ["message", "type", "param", "code"]
        return
    assert reply.status == 200, reply.body
    answer = events(reply)[-1]["response"] if body.get("stream") else reply.json
    assert answer["object"] == "response"
    assert answer["status"] in ("completed", "incomplete")
    assert (answer["incomplete_details"] is None) == (answer["status"] == "completed")
    assert ("title" in answer) == bool(body.get("title", {}).get("enabled"))
    known = {"reasoning", "message", "function_call", "custom_tool_call", "web_search_call"}
    for item in answer["output"]:
        assert item["type"] in known
        assert item["status"] in ("completed", "incomplete")
    endings = [reply.body.count(f"event: response.{end}\n".encode()) for end in ENDINGS]
    assert sum(endings) == bool(body.get("stream"))
