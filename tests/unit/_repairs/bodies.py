"""Requests, as literals and as hypothesis draws them, and what every repair must hold to."""

from __future__ import annotations

import copy

from hypothesis import strategies as st

from dsadapter._repairs.apply import repaired

CHAT, FIM = "/chat/completions", "/completions"
HELLO = {"role": "user", "content": "Hello"}
TOOL = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": "", "reasoning_content": "r", "tool_calls": [CALL]}
ANSWER = {"role": "tool", "tool_call_id": "c1", "content": "1"}
OFF, ON = {"type": "disabled"}, {"type": "enabled"}
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


def chat(*messages, **fields):
    return {"model": "deepseek-flash", "messages": list(messages) or [HELLO], **fields}


def ids(outcome):
    return [repair.id for repair in outcome.repairs]


def check(body, path=CHAT):
    """The outcome; the input must be as it was, and a second pass must find nothing."""
    before = copy.deepcopy(body)
    outcome = repaired(path, body)
    assert body == before
    assert repaired(path, outcome.body).repairs == ()
    assert outcome.body is not body
    return outcome


def says(outcome, rule, what):
    assert [repair.what for repair in outcome.repairs if repair.id == rule] == [what]


def untouched(body, path=CHAT):
    outcome = check(body, path)
    assert outcome.repairs == ()
    assert outcome.body == body
    return outcome


def answered(messages):
    """What the server asks of tools: every call answered, every answer asked for."""
    waiting = set()
    for message in messages:
        if message["role"] == "tool":
            assert message["tool_call_id"] in waiting
            waiting.discard(message["tool_call_id"])
        else:
            assert not waiting
            waiting = {call["id"] for call in message.get("tool_calls", ())}
    assert not waiting


CALLED = {"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}}
RETURNED = {"role": "function", "name": "f", "content": "1"}
PLAIN_TURN = {"role": "assistant", "content": "Hi"}
BARE_CALL = {"role": "assistant", "content": "", "tool_calls": [CALL]}


def reasonings(outcome):
    return [message.get("reasoning_content") for message in outcome.body["messages"]]


def schema_format(**fields):
    return {"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA, **fields}}


TEXTS = st.text(alphabet=st.characters(blacklist_categories=()), max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def either(*values):
    """Mostly one of the values that rules look at, else anything."""
    return st.sampled_from(values) | VALUES
