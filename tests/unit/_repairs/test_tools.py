"""Rules that a program switches on: turns of tools, and formats that are text."""

from __future__ import annotations

import copy
import math
import warnings

import pytest

import dsadapter
from _repairs.bodies import HELLO, TOOL, chat
from dsadapter import OpenAI
from dsadapter._repairs.apply import repaired
from dsadapter._repairs.table import RULES
from dsadapter.testing.emulator import Emulator

OPT_IN = {rule.id: True for rule in RULES if rule.opt_in}


def call(*ids, arguments="{}"):
    function = {"name": "f", "arguments": arguments}
    calls = [{"id": name, "type": "function", "function": function} for name in ids]
    return {"role": "assistant", "content": "", "reasoning_content": "r", "tool_calls": calls}


def answer(name, content="1"):
    return {"role": "tool", "tool_call_id": name, "content": content}


def shape(messages):
    """Each turn as its role, or as the ids that it calls or answers."""
    return [
        f"answer {m['tool_call_id']}"
        if m["role"] == "tool"
        else "call " + " ".join(c["id"] for c in m["tool_calls"])
        if m.get("tool_calls")
        else m["role"]
        for m in messages
    ]


def sent(body, rules):
    """What is sent, and the rules that changed it; the caller's objects are as they were."""
    before = copy.deepcopy(body)
    outcome = repaired("chat/completions", body, rules)
    assert body == before
    return outcome.body, [repair.id for repair in outcome.repairs]


HISTORIES = [
    ([HELLO, call("a", "b"), answer("a"), HELLO], "user|call a b|answer a|answer b|user"),
    ([HELLO, call("a", "b"), HELLO], "user|call a b|answer a|answer b|user"),
    ([HELLO, call("a", "b"), answer("b"), answer("a")], None),
    ([HELLO, answer("x"), HELLO], "user|call x|answer x|user"),
    ([HELLO, call("a"), answer("x")], "user|call a|answer a|call x|answer x"),
    ([HELLO, call("a"), answer("a"), answer("a")], "user|call a|answer a|call a|answer a"),
    ([HELLO, call("a"), call("b"), answer("b")], "user|call a|answer a|call b|answer b"),
    ([HELLO, call("a")], "user|call a|answer a"),
    ([HELLO, {"role": "assistant", "content": "x"}, HELLO], None),
]


@pytest.mark.parametrize(("messages", "expected"), HISTORIES)
def test_a_history_is_completed(messages, expected):
    body = chat(*messages, tools=[TOOL])
    repaired_body, rules = sent(body, {"tool-history": True})
    expected = "|".join(shape(messages)) if expected is None else expected
    assert "|".join(shape(repaired_body["messages"])) == expected
    assert ("tool-history" in rules) is (shape(messages) != expected.split("|"))


@pytest.mark.parametrize(("messages", "expected"), HISTORIES)
def test_the_server_takes_what_is_sent(messages, expected):
    with Emulator() as server, OpenAI(
        api_key="k", base_url=server.base_url, provider="deepseek"
    ) as client:
        request = {"model": "deepseek-flash", "messages": messages, "tools": [TOOL]}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dsadapter.RepairWarning)
            assert client.chat.completions.create(**request, repair={"tool-history": True}).choices
        if expected is not None:
            with pytest.raises(dsadapter.BadRequestError):
                client.chat.completions.create(**request)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"t": 21, "城": "京"}, '{"t": 21, "城": "京"}'),
        (21, "21"),
        (2.5, "2.5"),
        (False, "false"),
        ([1, 2], "[1, 2]"),
        ([], "[]"),
        ([{"t": 1}], '[{"t": 1}]'),
    ],
)
def test_what_a_tool_gave_is_text(content, text):
    body, rules = sent(chat(HELLO, call("a"), answer("a", content)), {"tool-content": True})
    assert body["messages"][2]["content"] == text
    assert rules == ["tool-content"]


@pytest.mark.parametrize("content", ["x", "", math.nan, {1, 2}, [{"type": "text", "text": "x"}]])
def test_what_is_text_or_can_be_none_stays(content):
    _, rules = sent(chat(HELLO, call("a"), answer("a", content)), {"tool-content": True})
    assert "tool-content" not in rules


def test_arguments_are_text():
    turn = call("a", arguments={"city": "北京"})
    body, rules = sent(chat(HELLO, turn, answer("a")), {"tool-arguments": True})
    assert body["messages"][1]["tool_calls"][0]["function"]["arguments"] == '{"city": "北京"}'
    assert rules == ["tool-arguments"]
    assert sent(chat(HELLO, call("a"), answer("a")), {"tool-arguments": True})[1] == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [("json_object", {"type": "json_object"}), ("text", {"type": "text"}), ("xml", "xml")],
)
def test_a_format_by_its_name(value, expected):
    body = chat({"role": "user", "content": "json"}, response_format=value)
    repaired_body, rules = sent(body, {"response-format-text": True})
    assert repaired_body["response_format"] == expected
    assert rules == (["response-format-text"] if value != expected else [])


@pytest.mark.parametrize("messages", [messages for messages, _ in HISTORIES])
def test_nothing_of_it_happens_unasked(messages):
    body = chat(*messages, response_format="text")
    assert not set(sent(body, {})[1]) & set(OPT_IN)
    assert not set(sent(body, {"penalties": True})[1]) & set(OPT_IN)


def test_a_rule_can_be_switched_off():
    body = chat(HELLO, presence_penalty=1, max_completion_tokens=5)
    repaired_body, rules = sent(body, {"penalties": False})
    assert rules == ["max-completion-tokens"]
    assert repaired_body["presence_penalty"] == 1
