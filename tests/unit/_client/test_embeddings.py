"""Embeddings and moderations: which keyword goes where."""

from __future__ import annotations

import json

import pytest
from scripted import Answer, Scripted

from dsadapter import NotOfferedError


def test_the_body_has_what_was_given() -> None:
    script = Scripted(Answer({"data": [{"embedding": [1.0]}]}), provider="generic")
    response = script.client.embeddings.create(
        input="x", model="m", dimensions=3, extra_body={"mine": 1}, extra_headers={"X-A": "b"}
    )
    (sent,) = script.sent
    assert json.loads(sent.body or b"") == {"input": "x", "model": "m", "dimensions": 3, "mine": 1}
    assert (sent.url, sent.headers["X-A"]) == ("http://127.0.0.1:9/embeddings", "b")
    assert response.data[0].embedding == [1.0]


def test_required_arguments_are_pythons_own() -> None:
    client = Scripted(provider="generic").client
    with pytest.raises(TypeError, match="'model'"):
        client.embeddings.create(input="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'input'"):
        client.moderations.create()  # type: ignore[call-arg]


def test_a_moderation() -> None:
    script = Scripted(Answer({"results": [{"flagged": False}]}), provider="generic")
    assert script.client.moderations.create(input=["x"]).results[0].flagged is False


def test_deepseek_has_neither() -> None:
    client = Scripted().client
    for name in ("embeddings", "moderations"):
        with pytest.raises(NotOfferedError, match=name):
            getattr(client, name)


def test_the_raw_reply() -> None:
    script = Scripted(Answer({"data": []}, headers={"x-request-id": "r"}), provider="generic")
    raw = script.client.embeddings.with_raw_response.create(input="x", model="m")
    assert (raw.request_id, raw.parse().data) == ("r", [])
