"""Rules about messages: roles, contents, reasoning, JSON mode, surrogates."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from _repairs.bodies import (
    ANSWER,
    BARE_CALL,
    CALL,
    CALLING,
    CHAT,
    HELLO,
    OFF,
    PLAIN_TURN,
    SCHEMA,
    TOOL,
    chat,
    check,
    ids,
    reasonings,
    says,
    schema_format,
    untouched,
)
from dsadapter._repairs.apply import repaired
from dsadapter._repairs.messages import all_reasoning
from dsadapter._repairs.rule import RuleContext

# --- roles and contents ---------------------------------------------------------------------------


def test_developer_role():
    outcome = check(chat({"role": "developer", "content": "Be brief."}, HELLO))
    assert outcome.body["messages"] == [{"role": "system", "content": "Be brief."}, HELLO]
    says(outcome, "developer-role", "role 'developer' sent as 'system' (messages[0])")


def test_many_places_are_counted():
    outcome = check(chat(*[{"role": "developer", "content": "x"}] * 7))
    (repair,) = outcome.repairs
    assert repair.what.endswith("(messages[0], messages[1], messages[2], messages[3], messages[4] "
                                "and 2 more)")  # fmt: skip


@pytest.mark.parametrize(
    "turn",
    [
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "assistant", "tool_calls": [CALL]},
        {"role": "assistant"},
        {"role": "tool", "tool_call_id": "c1", "content": None},
        {"role": "tool", "tool_call_id": "c1"},
    ],
)
def test_null_content(turn):
    outcome = check(chat(HELLO, turn, thinking=OFF))
    assert outcome.body["messages"] == [HELLO, {**turn, "content": ""}]
    says(outcome, "null-content", "content '' put in (messages[1])")


def test_null_content_elsewhere_is_fine_or_the_servers():
    untouched(chat({"role": "assistant", "content": None}, {"role": "user", "content": None}))


@pytest.mark.parametrize(
    ("role", "text"), [("system", "a\nb"), ("assistant", "ab"), ("tool", "a\nb")]
)
def test_text_parts(role, text):
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    outcome = check(chat({"role": role, "content": parts}, HELLO))
    assert outcome.body["messages"][0]["content"] == text
    what = "list of text parts sent as a string (messages[0])"
    says(outcome, "text-parts", what)


def test_parts_of_users_stay_on_flash():
    turn = {"role": "user", "content": [{"type": "text", "text": "a"}]}
    untouched(chat(turn))
    outcome = check(chat(turn, model="deepseek-v4-pro"))
    assert outcome.body["messages"] == [{"role": "user", "content": "a"}]


@pytest.mark.parametrize("part", [{"type": "image_url", "image_url": {"url": "u"}}, {}, None, 1])
def test_parts_that_are_no_text_are_the_servers(part):
    parts = [{"type": "text", "text": "a"}, part]
    untouched(chat({"role": "tool", "tool_call_id": "c", "content": parts}))
    untouched(chat({"role": "user", "content": parts}, model="deepseek-v4-pro"))


def test_no_parts_are_an_empty_string():
    outcome = check(chat(HELLO, {"role": "assistant", "content": []}))
    assert outcome.body["messages"][1]["content"] == ""


# --- reasoning ------------------------------------------------------------------------------------


def test_missing_reasoning_in_a_history_with_tool_calls():
    outcome = check(chat(HELLO, BARE_CALL, ANSWER, PLAIN_TURN, HELLO))
    assert reasonings(outcome) == [None, " ", None, " ", None]
    what = "reasoning_content ' ' put in (messages[1], messages[3])"
    says(outcome, "missing-reasoning", what)


def test_missing_reasoning_with_tools_in_the_request():
    body = chat(HELLO, PLAIN_TURN, {**PLAIN_TURN, "reasoning_content": None}, HELLO, tools=[TOOL])
    assert reasonings(check(body)) == [None, " ", " ", None]


@pytest.mark.parametrize(
    "body",
    [
        chat(HELLO, PLAIN_TURN, HELLO),
        chat(HELLO, PLAIN_TURN, HELLO, tools=[]),
        chat(HELLO, BARE_CALL, ANSWER, thinking=OFF),
        chat(HELLO, CALLING, ANSWER, tools=[TOOL]),
        chat(HELLO, {**CALLING, "reasoning_content": ""}, ANSWER),
        chat(HELLO, {**PLAIN_TURN, "prefix": True}, tools=[TOOL]),
    ],
)
def test_reasoning_is_not_asked_for(body):
    untouched(body)


# --- JSON mode ------------------------------------------------------------------------------------


def test_json_schema_behind_the_system_message():
    system = {"role": "system", "content": "Be brief."}
    outcome = check(chat(system, HELLO, response_format=schema_format(strict=True)))
    assert outcome.body["response_format"] == {"type": "json_object"}
    first = outcome.body["messages"][0]["content"]
    assert first.startswith("Be brief.\n\n")
    assert json.loads(first.splitlines()[-1]) == SCHEMA
    assert "json" in first
    assert ids(outcome) == ["json-schema"]


def test_json_schema_without_a_system_message():
    outcome = check(chat(response_format=schema_format(description="数字")))
    system, user = outcome.body["messages"]
    assert system["role"] == "system"
    assert "数字" in system["content"]
    assert json.loads(system["content"].splitlines()[-1]) == SCHEMA
    assert user == HELLO


circular = {}
circular["a"] = circular


@pytest.mark.parametrize("schema", [circular, {(1, 2): 3}])
def test_a_schema_that_cannot_be_written(schema):
    outcome = repaired(CHAT, chat(response_format=schema_format(schema=schema)))
    assert ids(outcome) == ["json-schema", "json-word"]


@pytest.mark.parametrize("inner", [None, {}, [], "x"])
def test_json_schema_without_a_schema(inner):
    outcome = check(chat(response_format={"type": "json_schema", "json_schema": inner}))
    assert outcome.body["response_format"] == {"type": "json_object"}
    assert ids(outcome) == ["json-schema", "json-word"]


def test_json_word():
    outcome = check(chat(response_format={"type": "json_object"}))
    added = {"role": "system", "content": "Answer with a json object."}
    assert outcome.body["messages"] == [added, HELLO]
    says(outcome, "json-word", "the word json added to the system message")


@pytest.mark.parametrize("content", ["As JSON.", [{"type": "text", "text": "Give me Json"}]])
def test_json_word_is_there(content):
    untouched(chat({"role": "user", "content": content}, response_format={"type": "json_object"}))


def test_json_word_in_a_picture_does_not_count():
    picture = {"type": "image_url", "image_url": {"url": "https://example.com/json.png"}}
    turn = {"role": "user", "content": [picture]}
    assert ids(check(chat(turn, response_format={"type": "json_object"}))) == ["json-word"]


# --- surrogates -----------------------------------------------------------------------------------


def test_lone_surrogates_deep_in_messages():
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '"\udc00"'}}
    outcome = check(
        chat(
            {"role": "user", "content": "a\ud83db"},
            {"role": "user", "content": [{"type": "text", "text": "x\udcff"}]},
            {**CALLING, "tool_calls": [call]},
            {**ANSWER, "content": "é"},
        )
    )
    first, parts, calling, answer = outcome.body["messages"]
    assert first["content"] == "a\ufffdb"
    assert parts["content"] == [{"type": "text", "text": "x\ufffd"}]
    assert calling["tool_calls"][0]["function"]["arguments"] == '"\ufffd"'
    assert answer["content"] == "é"
    says(outcome, "lone-surrogates", "lone surrogates in messages replaced by U+FFFD")


def test_two_surrogates_become_one_character():
    outcome = check(chat({"role": "user", "content": "\ud83d\ude00 \ud83d"}))
    assert outcome.body["messages"][0]["content"] == "😀 \ufffd"


@given(st.text(alphabet=st.sampled_from("aé短😀\ud83d\ude00\udcff\ufeff")))
def test_every_surrogate_is_replaced(text):
    content = check(chat({"role": "user", "content": text})).body["messages"][0]["content"]
    assert content.encode("utf-16").decode("utf-16") == content
    assert [char for char in content if char in "aé短\ufeff"] == [
        c for c in text if c in "aé短\ufeff"
    ]


def test_an_instruction_without_a_system_message_stands_in_front_of_all():
    outcome = check(chat(HELLO, PLAIN_TURN, HELLO, response_format=schema_format()))
    assert [turn["role"] for turn in outcome.body["messages"]] == [
        *("system", "user", "assistant", "user")
    ]


def test_only_what_is_missing_of_the_reasoning_is_put_in():
    history = [HELLO, PLAIN_TURN, {**PLAIN_TURN, "reasoning_content": "why"}, HELLO]
    context = RuleContext(True, [dict(turn) for turn in history])
    assert all_reasoning({}, context) == "reasoning_content ' ' put in (messages[1])"
    assert [turn.get("reasoning_content") for turn in context.messages] == [None, " ", "why", None]
