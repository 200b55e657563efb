"""Keyword arguments of a call: which goes where, and which cannot be sent."""

from __future__ import annotations

from typing import Any, List

import pytest
from sample_calls import CALL, HELLO, NotGiven, Omit, last

import dsadapter
from dsadapter import OpenAI
from dsadapter.testing.emulator import Emulator

# --- which cannot be sent -------------------------------------------------------------------------


def test_an_unset_parameter_is_not_sent(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(**CALL, temperature=NotGiven(), top_p=Omit(), n=None)
    sent = last(emulator).json
    assert "temperature" not in sent
    assert "top_p" not in sent


BAD_CALLS: List[Any] = [
    (lambda c: c.chat.completions.create(messages=HELLO), "'model'"),
    (lambda c: c.chat.completions.create(model=None, messages=HELLO), "'model'"),
    (lambda c: c.chat.completions.create(model="m"), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=None), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=NotGiven()), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=[]), "empty"),
    (lambda c: c.chat.completions.create(model="m", messages="hi"), "str, not a list"),
    (lambda c: c.chat.completions.create(model="m", messages={"role": "user"}), "dict, not a list"),
    (lambda c: c.chat.completions.create(model="m", messages=5), "int, not a list"),
    (lambda c: c.chat.completions.create(**CALL, extra_body=[1]), "extra_body"),
    (lambda c: c.chat.completions.create(**CALL, extra_query="a=1"), "extra_query"),
    (lambda c: c.chat.completions.create(**CALL, timeout="5"), "timeout='5'"),
    (lambda c: c.chat.completions.create(**CALL, deadline=0), "deadline=0"),
    (lambda c: c.chat.completions.create(**CALL, user={1, 2}), "JSON"),
    (lambda c: c.completions.create(model="m"), "'prompt'"),
    (lambda c: c.completions.create(prompt="a"), "'model'"),
    (lambda c: c.models.retrieve(""), "model id"),
    (lambda c: c.models.retrieve(None), "model id"),
    (lambda c: c.post("http://127.0.0.1/x", body={}), "relative"),
    (lambda c: c.post("/x", body=[1]), "body"),
    (lambda c: c.post("/x", files={"file": b""}), "files"),
]


@pytest.mark.parametrize(("use", "names"), BAD_CALLS)
def test_invalid_arguments_of_a_call(
    client: OpenAI, emulator: Emulator, use: Any, names: str
) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError) as caught:
        use(client)
    assert names in str(caught.value)
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)
    assert caught.value.status_code is None
    assert emulator.requests == []


POSTS: List[Any] = [
    ({"body": CALL}, CALL, {}),
    ({"body": CALL, "extra_body": {"temperature": 1}}, {**CALL, "temperature": 1}, {}),
    ({"extra_body": CALL}, CALL, {}),
    ({"body": CALL, "cast_to": dict}, CALL, {}),
    ({"body": CALL, "options": {"headers": {"X-A": "1"}}}, CALL, {"x-a": "1"}),
    ({"body": CALL, "extra_headers": {"X-A": "1"}}, CALL, {"x-a": "1"}),
    ({"body": CALL, "options": {"timeout": 30}}, CALL, {}),
    ({"body": CALL, "timeout": 30}, CALL, {}),
]


# --- get and post ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("params", "body", "headers"), POSTS)
def test_post(client: OpenAI, emulator: Emulator, params: Any, body: Any, headers: Any) -> None:
    reply = client.post("/chat/completions", **params)
    assert reply.choices[0].message.content
    assert reply.adapter.status == 200
    got = last(emulator)
    assert (got.method, got.path, got.json) == ("POST", "/chat/completions", body)
    assert {name: got.headers.get(name) for name in headers} == headers


def test_post_options_params_are_the_query(client: OpenAI, emulator: Emulator) -> None:
    client.post("/chat/completions", body=CALL, options={"params": {"a": "1"}})
    assert last(emulator).query == "a=1"
