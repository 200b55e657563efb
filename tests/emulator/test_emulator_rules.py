"""What the emulated API refuses, in the words of the real one."""

from __future__ import annotations

import json
from typing import Any, Dict

import pytest

from dsadapter.testing.emulator import Emulator

TYPE = "Failed to deserialize the JSON body into the target type: "
PARSE = "Failed to parse the request body as JSON: "
USER = {"role": "user", "content": "hi"}
OFF = {"type": "disabled"}


def tool(name: Any = "f", **function: Any) -> Dict[str, Any]:
    return {"type": "function", "function": dict(function, name=name)}


def call(identity: str) -> Dict[str, Any]:
    return {"id": identity, "type": "function", "function": {"name": "f", "arguments": "{}"}}


def turn(*ids: str, **more: Any) -> Dict[str, Any]:
    return dict({"role": "assistant", "content": "", "tool_calls": [call(i) for i in ids]}, **more)


def result(identity: str) -> Dict[str, Any]:
    return {"role": "tool", "tool_call_id": identity, "content": "1"}


MAXIMUM = "The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed "
UNANSWERED = (
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
    "'tool_call_id'. (insufficient tool messages following tool_calls message)"
)
UNASKED = "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'"
PASSED_BACK = "The `reasoning_content` in the thinking mode must be passed back to the API."

#: What is changed in a good request -> the sentence, with "..." for a tail that may vary.
REFUSED = {
    "unknown model": ({"model": "gpt-4"}, MAXIMUM + "gpt-4."),
    "gateway name": ({"model": "deepseek-v4.1-flash"}, MAXIMUM + "deepseek-v4.1-flash."),
    "no messages": ({"messages": []}, "Empty input messages"),
    "messages a map": ({"messages": {}}, TYPE + "messages: invalid type: map, expected a ..."),
    "message a string": (
        {"messages": ["hi"]},
        TYPE + 'messages[0]: invalid type: string "hi", ...',
    ),
    "no role": (
        {"messages": [{"content": "x"}]},
        TYPE + "messages[0]: missing field `role` at ...",
    ),
    "role developer": (
        {"messages": [USER, {"role": "developer", "content": "x"}]},
        TYPE + "messages[1].role: unknown variant `developer`, expected one of `system`, `user`, "
        "`assistant`, `tool`, `latest_reminder` at line 1 column ...",
    ),
    "role function": (
        {"messages": [{"role": "function", "content": "x"}]},
        TYPE + "messages[0].role: unknown variant `function`, expected one of ...",
    ),
    "system content a list": (
        {"messages": [{"role": "system", "content": []}]},
        TYPE + "messages[0]: invalid type: sequence, expected a string at line 1 column ...",
    ),
    "tool content a list": (
        {"messages": [USER, turn("a"), dict(result("a"), content=[])]},
        TYPE + "messages[2]: invalid type: sequence, expected a string at ...",
    ),
    "user content null": (
        {"messages": [{"role": "user", "content": None}]},
        TYPE + "messages[0]: invalid type: null, expected a string at ...",
    ),
    "assistant without content": (
        {"messages": [USER, {"role": "assistant"}, USER]},
        TYPE + "messages[1]: missing field `content` at ...",
    ),
    "unknown part": (
        {"messages": [{"role": "user", "content": [{"type": "input_text"}]}]},
        TYPE
        + "messages[0]: unknown variant `input_text`, expected one of `text`, `image_url`, ...",
    ),
    "tool message without id": (
        {"messages": [USER, {"role": "tool", "content": "1"}]},
        TYPE + "messages[1]: missing field `tool_call_id` at ...",
    ),
    "arguments a map": (
        {
            "messages": [
                USER,
                turn(tool_calls=[{"id": "a", "function": {"name": "f", "arguments": {}}}]),
            ]
        },
        TYPE + "messages[1].tool_calls[0].function.arguments: invalid type: map, expected a ...",
    ),
    "temperature high": (
        {"temperature": 2.1},
        "Invalid temperature value, the valid range of temperature is [0, 2]",
    ),
    "temperature low": ({"temperature": -1}, "Invalid temperature value, ..."),
    "temperature a string": (
        {"temperature": "1"},
        TYPE + 'temperature: invalid type: string "1", expected f32 at ...',
    ),
    "top_p": ({"top_p": 1.1}, "Invalid top_p value, the valid range of top_p is ..."),
    "max_tokens zero": (
        {"max_tokens": 0},
        "Invalid max_tokens value, the valid range of max_tokens is [1, 393216]",
    ),
    "max_tokens high": ({"max_tokens": 393217}, "Invalid max_tokens value, ..."),
    "max_tokens a boolean": (
        {"max_tokens": True},
        TYPE + "max_tokens: invalid type: boolean `true`, expected u32 at ...",
    ),
    "stream a string": (
        {"stream": "yes"},
        TYPE + 'stream: invalid type: string "yes", expected a boolean at ...',
    ),
    "17 stops": ({"stop": ["x"] * 17}, "Invalid 'stop': array too long. ..."),
    "stop of numbers": (
        {"stop": [1]},
        TYPE + "stop: invalid type: integer `1`, expected a string ...",
    ),
    "user_id": (
        {"user_id": "u" * 513},
        "Invalid 'user_id': string too long. Expected a string with maximum length 512, but got a "
        "string with length 513 instead",
    ),
    "user_id in bytes": (
        {"user_id": "ü" * 257},
        "Invalid 'user_id': string too long. Expected a string with maximum length 512, but got a "
        "string with length 514 instead",
    ),
    "effort none": (
        {"reasoning_effort": "none"},
        TYPE + "reasoning_effort: unknown variant `none`, expected one of `high`, `low`, `medium`, "
        "`max`, `xhigh` at ...",
    ),
    "thinking auto": (
        {"thinking": {"type": "auto"}},
        TYPE + "thinking.type: unknown variant `auto`, expected `enabled` or `disabled` at ...",
    ),
    "format unknown": (
        {"response_format": {"type": "xml"}},
        TYPE + "response_format.type: unknown variant `xml`, ...",
    ),
    "json_schema": (
        {"response_format": {"type": "json_schema", "json_schema": {}}},
        "This response_format type is unavailable now",
    ),
    "the word json": (
        {"response_format": {"type": "json_object"}},
        "Prompt must contain the word 'json' in some form to use 'response_format' of type "
        "'json_object'.",
    ),
    "stream_options alone": ({"stream_options": {"include_usage": True}}, "stream_options ..."),
    "top_logprobs alone": ({"top_logprobs": 2}, "Invalid top_logprobs value, ..."),
    "top_logprobs high": (
        {"top_logprobs": 21, "logprobs": True},
        "Invalid top_logprobs value, ...",
    ),
    "129 tools": (
        {"tools": [tool()] * 129},
        "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an "
        "array with length 129 instead",
    ),
    "tool name": (
        {"tools": [tool("a b")]},
        "Invalid 'tools[0].function.name': string does not ...",
    ),
    "tool name long": (
        {"tools": [tool("x" * 65)]},
        "Invalid 'tools[0].function.name': string too ...",
    ),
    "tool without name": (
        {"tools": [tool(None)]},
        TYPE + "tools[0].function: missing field `name` ...",
    ),
    "tool type": (
        {"tools": [{"type": "web_search"}]},
        TYPE + "tools[0].type: unknown variant `web_search`, expected one of `function`, "
        "`deepseek_web_search`, `deepseek_read_url` at ...",
    ),
    "strict tools": (
        {"tools": [tool(strict=True)]},
        "strict function calling is only available ...",
    ),
    "choice required": (
        {"tools": [tool()], "tool_choice": "required"},
        "Thinking mode does not support this tool_choice",
    ),
    "choice named": (
        {"tools": [tool()], "tool_choice": {"type": "function", "function": {"name": "f"}}},
        "Thinking mode does not support this tool_choice",
    ),
    "choice unknown": (
        {"tools": [tool()], "tool_choice": "any"},
        TYPE + "tool_choice: unknown variant `any`, ...",
    ),
    "choice of another": (
        {
            "tools": [tool()],
            "tool_choice": {"type": "function", "function": {"name": "g"}},
            "thinking": OFF,
        },
        "Invalid tool_choice: function 'g' ...",
    ),
    "calls unanswered": ({"messages": [USER, turn("a"), USER]}, UNANSWERED),
    "one call unanswered": ({"messages": [USER, turn("a", "b"), result("a"), USER]}, UNANSWERED),
    "unasked result": ({"messages": [USER, result("a")]}, UNASKED),
    "result of another": ({"messages": [USER, turn("a"), result("b")]}, UNASKED),
    "late result": (
        {"messages": [USER, turn("a"), result("a"), USER, result("a")]},
        UNASKED,
    ),
    "reasoning missing": ({"messages": [USER, turn("a"), result("a")]}, PASSED_BACK),
    "reasoning null": (
        {"messages": [USER, turn("a", reasoning_content=None), result("a"), USER]},
        PASSED_BACK,
    ),
    "prefix": (
        {"messages": [USER, {"role": "assistant", "content": "x", "prefix": True}]},
        "prefix completion is only available when using beta api ...",
    ),
    "context": (
        {"max_tokens": 393216, "messages": [{"role": "user", "content": "好" * 1_100_000}]},
        "This model's maximum context length is 1048576 tokens. However, you requested 1053216 "
        "tokens (660000 in the messages, 393216 in the completion). ...",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_has_the_servers_sentence_and_envelope(wire: Any, case: str) -> None:
    change, sentence = REFUSED[case]
    reply = wire.chat(**change)
    assert reply.status == 400
    error = reply.json["error"]
    assert list(error) == ["message", "type", "param", "code"]
    assert error["type"] == error["code"] == "invalid_request_error"
    if sentence.endswith("..."):
        assert error["message"].startswith(sentence[:-3])
    else:
        assert error["message"] == sentence


ACCEPTED = {
    "temperature": {"temperature": 2},
    "top_p": {"top_p": 1.0},
    "max_tokens": {"max_tokens": 393216},
    "user_id": {"user_id": "ü" * 256},
    "effort": {"reasoning_effort": "minimal"},
    "nulls": {"temperature": None, "stop": None, "tools": None, "thinking": None},
    "128 tools": {"tools": [tool()] * 128},
    "choice auto": {"tools": [tool()], "tool_choice": "auto"},
    "forced without thinking": {"tools": [tool()], "tool_choice": "required", "thinking": OFF},
    "neighbours": {"messages": [USER, USER]},
    "assistant null": {"messages": [USER, {"role": "assistant", "content": None}, USER]},
    "assistant last": {"messages": [USER, {"role": "assistant", "content": "x"}]},
    "reminder": {"messages": [USER, {"role": "latest_reminder", "content": "x"}]},
    "reasoning": {"messages": [USER, turn("a", reasoning_content=""), result("a")]},
    "reasoning off": {"messages": [USER, turn("a"), result("a")], "thinking": OFF},
    "reasoning of others": {"messages": [USER, {"role": "assistant", "content": "x"}, USER]},
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_within_the_rules_is_answered(wire: Any, case: str) -> None:
    reply = wire.chat(**ACCEPTED[case])
    assert reply.status == 200, reply.body


def test_the_temperature_error_is_json_under_another_type(wire: Any) -> None:
    reply = wire.chat(temperature=3)
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.error.startswith("Invalid temperature")


def test_a_stream_is_refused_before_it_begins(wire: Any) -> None:
    reply = wire.chat(stream=True, temperature=3)
    assert reply.status == 400 and reply.error


@pytest.mark.parametrize("model", ["deepseek-chat", "deepseek-reasoner"])
def test_retired_names_answer_until_told_otherwise(wire: Any, wire_to: Any, model: str) -> None:
    assert wire.chat(model=model).status == 200
    with Emulator(refuse_retired=True) as strict:
        reply = wire_to(strict).chat(model=model)
    assert (reply.status, reply.error) == (400, MAXIMUM + model + ".")


# -- the body itself

BODIES = {
    "empty": (b"", "EOF while parsing a value at line 1 column 0"),
    "cut": (b'{"model": "x"', "EOF while parsing an object at line 1 column 13"),
    "words": (b"hello", "expected value at line 1 column ..."),
    "single quotes": (b"{'model': 1}", "key must be a string at line 1 column ..."),
    "NaN": (b'{"temperature": NaN}', "expected value at line 1 column ..."),
    "not UTF-8": (b'{"model": "\xff"}', "invalid unicode code point at line 1 column ..."),
    "lone surrogate": (b'{"a": "\\ud83d"}', "unexpected end of hex escape at line 1 column ..."),
    "lone low surrogate": (b'{"a": "\\ude00"}', "lone leading surrogate in hex escape at ..."),
    "too deep": (b"[" * 100_000, "recursion limit exceeded at line 1 column 128"),
}


@pytest.mark.parametrize("case", BODIES)
def test_what_is_no_json_is_refused_as_plain_text(wire: Any, case: str) -> None:
    body, tail = BODIES[case]
    reply = wire.post("/chat/completions", body)
    assert reply.status == 400
    assert reply.headers["content-type"].startswith("text/plain")
    text = reply.body.decode()
    assert text.startswith(PARSE + tail[:-3]) if tail.endswith("...") else text == PARSE + tail


def test_surrogate_pairs_and_escaped_backslashes_are_no_lone_surrogates(wire: Any) -> None:
    assert "😀" in wire.chat("😀").message["content"]
    assert "\\ud83d" in wire.chat("\\ud83d").message["content"]


POSITIONS = {
    "missing field": (b"{}", "missing field `messages` at line 1 column 2"),
    "map": (
        b'{"model":"deepseek-v4-flash","messages":{}}',
        "messages: invalid type: map, expected a sequence at line 1 column 40",
    ),
    "role": (
        b'{"model":"deepseek-v4-flash","messages":[{"role":"developer","content":"x"}]}',
        "expected one of `system`, `user`, `assistant`, `tool`, `latest_reminder` at line 1 "
        "column 60",
    ),
    "second line": (
        b'{"model":"deepseek-flash",\n"messages":[{"role":"user"}]}',
        "messages[0]: missing field `content` at line 2 column 27",
    ),
    "no model": (b'{"messages":[]}', "missing field `model` at line 1 column 15"),
    "a list": (b"[]", "invalid type: sequence, expected a map at line 1 column 0"),
}


@pytest.mark.parametrize("case", POSITIONS)
def test_positions_are_those_the_real_parser_gives(wire: Any, case: str) -> None:
    body, tail = POSITIONS[case]
    error = wire.post("/chat/completions", body).error
    assert error.startswith(TYPE) and error.endswith(tail)


# -- what only the beta base does


def test_strict_tools_are_taken_under_beta_if_every_property_is_required(wire: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    good = [tool(strict=True, parameters=schema)]
    bad = [tool(strict=True, parameters=dict(schema, required=[]))]
    assert wire.chat(base="/beta", tools=good).status == 200
    assert "missing 'a'" in wire.chat(base="/beta", tools=bad).error


def test_a_prefix_must_be_the_last_message(wire: Any) -> None:
    messages = [{"role": "assistant", "content": "x", "prefix": True}, USER]
    assert "last message" in wire.chat(base="/beta", messages=messages).error


@pytest.mark.parametrize("base", ["", "/v1"])
def test_fim_needs_the_beta_base(wire: Any, base: str) -> None:
    reply = wire.post(base + "/completions", {"model": "deepseek-flash", "prompt": "x"})
    assert reply.status == 400 and "beta" in reply.error


FIM = {
    "no prompt": ({"prompt": ...}, TYPE + "missing field `prompt` at ..."),
    "prompt a list": ({"prompt": ["x"]}, TYPE + "prompt: invalid type: sequence, expected a ..."),
    "model": ({"model": "x"}, MAXIMUM + "x."),
    "max_tokens": ({"max_tokens": 4097}, "Invalid max_tokens value, the valid range of ..."),
    "logprobs": ({"logprobs": 21}, "Invalid logprobs value, ..."),
    "stream_options": ({"stream_options": {}}, "stream_options ..."),
}


@pytest.mark.parametrize("case", FIM)
def test_fim_has_rules_of_its_own(wire: Any, case: str) -> None:
    change, sentence = FIM[case]
    body = {"model": "deepseek-flash", "prompt": "x", **change}
    body = {name: value for name, value in body.items() if value is not ...}
    reply = wire.post("/beta/completions", body)
    assert reply.status == 400
    assert reply.error.startswith(sentence.replace("...", ""))


# -- before the body


def test_without_a_bearer_key_the_refusal_is_bare_text(wire: Any) -> None:
    for value in (None, "", "Bearer", "Bearer ", "Basic abc", "sk-key"):
        headers = {"Content-Type": "application/json"}
        if value is not None:
            headers["Authorization"] = value
        reply = wire.send("GET", "/models", None, headers)
        assert (reply.status, reply.body) == (401, b"Authentication Fails (governor)"), value
        assert "content-type" not in reply.headers


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_another_content_type_is_415(wire: Any, content_type: Any) -> None:
    headers = {"Authorization": "Bearer k"}
    if content_type:
        headers["Content-Type"] = content_type
    body = json.dumps({"model": "deepseek-flash", "messages": [USER]}).encode()
    reply = wire.send("POST", "/chat/completions", body, headers)
    assert reply.status == 415
    assert reply.body == b"Expected request with `Content-Type: application/json`"
