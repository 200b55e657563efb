"""Replies to functions that were sent as tools."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from _repairs.bodies import (
    CALL,
    CALLING,
    HELLO,
    PLAIN_TURN,
    RETURNED,
    VALUES,
    answered,
    chat,
    check,
    either,
)
from dsadapter._repairs.restore import restore_chunk, restore_message, restore_reply


def test_restore_message():
    second = {"id": "c2", "type": "function", "function": {"name": "g", "arguments": "[]"}}
    message = {"role": "assistant", "content": "", "tool_calls": [{"index": 0, **CALL}, second]}
    restore_message(message)
    call = {"name": "f", "arguments": "{}"}
    assert message == {"role": "assistant", "content": "", "function_call": call}


def test_restore_takes_the_first_call_whatever_its_index():
    message = {"role": "assistant", "tool_calls": [{**CALL, "index": 1}]}
    restore_message(message)
    assert message["function_call"] == CALL["function"]


def test_what_was_restored_can_be_sent_again():
    message = copy.deepcopy(CALLING)
    restore_message(message)
    messages = check(chat(HELLO, message, RETURNED)).body["messages"]
    answered(messages)
    assert messages[1]["reasoning_content"] == "r"
    assert messages[1]["tool_calls"][0]["function"] == CALL["function"]


@pytest.mark.parametrize("calls", [None, [], {}, "x"])
def test_restore_leaves_other_messages(calls):
    message = {"role": "assistant", "content": "Hi", "tool_calls": calls}
    before = copy.deepcopy(message)
    restore_message(message)
    assert message == before


def test_restore_reply():
    calling = {"index": 0, "message": copy.deepcopy(CALLING), "finish_reason": "tool_calls"}
    plain = {"index": 1, "message": dict(PLAIN_TURN), "finish_reason": "stop"}
    data = {"id": "1", "choices": [calling, plain], "usage": {}}
    restore_reply(data)
    first, second = data["choices"]
    assert first["message"]["function_call"] == CALL["function"]
    assert first["finish_reason"] == "function_call"
    assert second == {"index": 1, "message": PLAIN_TURN, "finish_reason": "stop"}


def chunk(delta, finish_reason=None):
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


@pytest.mark.parametrize(
    ("delta", "restored"),
    [
        (
            {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": ""}}]},
            {"function_call": {"name": "f", "arguments": ""}},
        ),
        (
            {"tool_calls": [{"index": 0, "function": {"arguments": '{"a'}}]},
            {"function_call": {"arguments": '{"a'}},
        ),
        ({"tool_calls": [{"index": 1, "function": {"arguments": "{}"}}]}, {}),
        (
            {"content": "", "tool_calls": [{"function": {"name": "f"}}, {"index": 1}]},
            {"content": "", "function_call": {"name": "f"}},
        ),
        ({"content": "x"}, {"content": "x"}),
        ({"content": "x", "tool_calls": None}, {"content": "x", "tool_calls": None}),
    ],
)
def test_restore_chunk(delta, restored):
    data = chunk(delta)
    restore_chunk(data)
    assert data == chunk(restored)


def test_restore_the_last_chunk():
    data = chunk({"content": ""}, "tool_calls")
    restore_chunk(data)
    assert data == chunk({"content": ""}, "function_call")


ODD_CALLS = either([CALL], [{"function": "f"}], [{"function": None}, CALL], [None], [{"index": []}])
ODD_REPLIES = st.fixed_dictionaries(
    {},
    optional={
        "choices": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "message": st.fixed_dictionaries({}, optional={"tool_calls": ODD_CALLS}),
                    "delta": st.fixed_dictionaries({}, optional={"tool_calls": ODD_CALLS}),
                    "finish_reason": either("tool_calls"),
                },
            )
            | VALUES
        )
        | VALUES
    },
)


@settings(deadline=None)
@given(ODD_REPLIES)
def test_restoring_survives_any_reply(data):
    restore_reply(copy.deepcopy(data))
    restore_chunk(copy.deepcopy(data))
