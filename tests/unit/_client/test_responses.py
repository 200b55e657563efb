"""``client.responses`` on DeepSeek, which has them natively, and elsewhere."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from scripted import Answer, Scripted

import dsadapter
from dsadapter import OpenAI
from dsadapter.testing.emulator import Emulator


def test_a_response(client: OpenAI, emulator: Emulator) -> None:
    response = client.responses.create(model="deepseek-flash", input="Weather in Oslo")
    assert response.output_text == response.output[-1].content[0].text != ""
    assert response.status == "completed"
    assert response.adapter.status == 200
    assert emulator.requests[-1].path == "/responses"


def test_events_as_they_come(client: OpenAI) -> None:
    with client.responses.create(model="deepseek-flash", input="Hi", stream=True) as stream:
        events = list(stream)
        assert stream.get_final_response().output_text == events[-1].response.output_text
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert (events[0].type, events[-1].type) == ("response.created", "response.completed")


def test_what_deepseek_ignores_is_warned_about_and_sent(client: OpenAI, emulator: Emulator) -> None:
    with pytest.warns(dsadapter.RepairWarning, match="previous_response_id"):
        client.responses.create(model="deepseek-flash", input="Hi", previous_response_id="r")
    assert emulator.requests[-1].json["previous_response_id"] == "r"


def test_nothing_is_judged_elsewhere() -> None:
    script = Scripted(Answer({"output": []}), provider="generic")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        script.client.responses.create(model="deepseek-chat", input="Hi", background=True)
    assert json.loads(script.sent[0].body or b"")["model"] == "deepseek-chat"


def test_kept_responses_elsewhere() -> None:
    event = b'data: {"type": "response.completed", "response": {"id": "r"}}\n\n'
    page = {"data": [{"id": "i"}], "has_more": False}
    script = Scripted(Answer(event), Answer(page), Answer({"id": "c"}), provider="generic")
    responses = script.client.responses
    with responses.retrieve("r", stream=True) as stream:
        assert [event.response.id for event in stream] == ["r"]
    assert [item.id for item in responses.input_items.list("r")] == ["i"]
    assert responses.compact(model="m").id == "c"
    assert [(sent.method, sent.url.partition("9/")[2]) for sent in script.sent] == [
        ("GET", "responses/r?stream=true"),
        ("GET", "responses/r/input_items"),
        ("POST", "responses/compact"),
    ]


@pytest.mark.parametrize("status", [200, 204])
def test_deleting_gives_nothing_but_a_raw_reply(status: int) -> None:
    answers = [Answer(b"" if status == 204 else b"{}", status=status) for _ in range(2)]
    script = Scripted(*answers, provider="generic")
    assert script.client.responses.delete("r") is None
    raw: Any = script.client.responses.with_raw_response.delete("r")
    assert raw.status_code == status
