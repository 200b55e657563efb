"""Functions of 0.28's time as tools of today."""

from __future__ import annotations

import pytest

from _repairs.bodies import (
    ANSWER,
    CALLED,
    CALLING,
    HELLO,
    OFF,
    ON,
    RETURNED,
    TOOL,
    answered,
    chat,
    check,
    ids,
    says,
    untouched,
)


@pytest.mark.parametrize(
    ("given_call", "choice"),
    [
        (None, None),
        ("auto", "auto"),
        ("none", "none"),
        ({"name": "f"}, {"type": "function", "function": {"name": "f"}}),
    ],
)
def test_functions(given_call, choice):
    call = {} if given_call is None else {"function_call": given_call}
    outcome = check(chat(functions=[TOOL["function"]], thinking=OFF, **call))
    assert outcome.restore
    assert outcome.body["tools"] == [TOOL]
    assert outcome.body.get("tool_choice") == choice
    assert ("tool_choice" in outcome.body) is (choice is not None)
    assert not {"functions", "function_call"} & set(outcome.body)
    says(outcome, "functions", "functions sent as tools (1)")


def test_functions_beside_tools_are_left_alone():
    assert not untouched(chat(functions=[TOOL["function"]], tools=[TOOL])).restore


def test_strict_functions_go_to_beta():
    assert check(chat(functions=[{"name": "f", "strict": True}])).beta


def test_function_history():
    call = {"name": "f", "arguments": '{"a": 1}'}
    outcome = check(
        chat(
            HELLO,
            {"role": "assistant", "content": None, "function_call": call},
            {"role": "function", "name": "f", "content": "2"},
            thinking=OFF,
        )
    )
    tool_call = {"id": "call_function_1", "type": "function", "function": call}
    assert outcome.body["messages"] == [
        HELLO,
        {"role": "assistant", "content": "", "tool_calls": [tool_call]},
        {"role": "tool", "name": "f", "content": "2", "tool_call_id": "call_function_1"},
    ]
    assert ids(outcome) == ["function-history"]
    assert not outcome.restore
    what = "function turns of the history sent as tool turns (2)"
    says(outcome, "function-history", what)


@pytest.mark.parametrize(
    "history",
    [
        [CALLED, RETURNED, CALLED, RETURNED],
        [CALLED, RETURNED, RETURNED],
        [RETURNED],
        [CALLED],
        [CALLED, HELLO, CALLED, CALLED],
        [CALLING, ANSWER, CALLED, RETURNED],
    ],
)
def test_any_function_history_becomes_answered_tool_calls(history):
    messages = check(chat(HELLO, *history)).body["messages"]
    answered(messages)
    assert all("function_call" not in message for message in messages)
    assert all(m["reasoning_content"] for m in messages if m["role"] == "assistant")


def test_ids_of_calls_do_not_change_as_the_history_grows():
    short = check(chat(HELLO, CALLED, RETURNED)).body["messages"]
    long = check(chat(HELLO, CALLED, RETURNED, HELLO, CALLED, RETURNED)).body["messages"]
    assert long[: len(short)] == short


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ("required", "tool_choice 'required'"),
        ({"type": "function", "function": {"name": "f"}}, "a named tool_choice"),
    ],
)
@pytest.mark.parametrize("thinking", [{}, {"thinking": ON}])
def test_forced_tool_choice(choice, kind, thinking):
    outcome = check(chat(tools=[TOOL], tool_choice=choice, **thinking))
    assert outcome.body == chat(tools=[TOOL], tool_choice=choice, thinking=OFF)
    what = f"thinking disabled for this call because of {kind}"
    says(outcome, "forced-tool-choice", what)


def test_a_tool_choice_beside_function_call_is_the_callers():
    body = chat(
        functions=[TOOL["function"]], thinking=OFF, function_call="auto", tool_choice="none"
    )
    assert check(body).body["tool_choice"] == "none"


def test_a_turn_that_called_a_function_keeps_all_else():
    said = {**CALLED, "content": "I ask.", "name": "helper"}
    outcome = check(chat(HELLO, said, RETURNED, functions=[TOOL["function"]], thinking=OFF))
    turn = outcome.body["messages"][1]
    assert (turn["content"], turn["name"], turn["role"]) == ("I ask.", "helper", "assistant")
    assert turn["tool_calls"] and "function_call" not in turn


def test_turns_that_called_nothing_stay_as_they_are():
    said = {"role": "assistant", "content": "Hi"}
    history = (HELLO, said, HELLO, CALLED, RETURNED)
    outcome = check(chat(*history, functions=[TOOL["function"]], thinking=OFF))
    assert outcome.body["messages"][1] == said
