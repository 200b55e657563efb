"""What ``responses.stream`` gives."""

from __future__ import annotations

import json
from typing import Any, Dict

import pytest
from scripted import Answer, Scripted

from dsadapter import InvalidArgumentError

DATA = {
    "id": "r",
    "object": "response",
    "output": [{"type": "message", "content": [{"type": "output_text", "text": '{"a": 1}'}]}],
}
LAST = {"type": "response.completed", "sequence_number": 3, "response": DATA}
DELTA = {"type": "response.output_text.delta", "sequence_number": 2, "delta": '{"a": 1}'}


def stream_of(*events: Any) -> Answer:
    return Answer(b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events))


class Anything:
    """As a class of pydantic looks."""

    @classmethod
    def model_json_schema(cls) -> Dict[str, Any]:
        return {"type": "object", "properties": {"a": {"type": "integer"}}}

    @classmethod
    def model_validate_json(cls, text: str) -> Any:
        return json.loads(text)


def test_a_stream_of_events() -> None:
    script = Scripted(stream_of(DELTA, LAST), provider="generic")
    with script.client.responses.stream(model="m", input="hi", text_format=Anything) as stream:
        assert stream.response.status_code == 200
        seen = [event.type for event in stream]
        assert stream.get_final_response().output_parsed == {"a": 1}
        assert stream.get_final_response().adapter.status == 200
    assert seen == ["response.output_text.delta", "response.completed"]
    assert json.loads(script.sent[0].body or b"")["stream"] is True


def test_a_response_that_goes_on() -> None:
    script = Scripted(stream_of(DELTA, LAST), provider="generic")
    with script.client.responses.stream(response_id="r", starting_after=2) as stream:
        assert [event.sequence_number for event in stream] == [3]
    assert script.sent[0].url.endswith("/responses/r?stream=true")
    with pytest.raises(InvalidArgumentError, match="response_id"):
        script.client.responses.stream(starting_after=2)


def test_one_that_was_not_completed() -> None:
    script = Scripted(stream_of({**LAST, "type": "response.incomplete"}), provider="generic")
    with script.client.responses.stream(model="m") as stream:
        with pytest.raises(RuntimeError, match=r"response\.incomplete"):
            stream.get_final_response()


def test_they_are_those_of_the_sdk() -> None:
    module = pytest.importorskip("openai.lib.streaming.responses._responses")
    script = Scripted(stream_of(LAST), provider="generic")
    manager = script.client.responses.stream(model="m")
    assert isinstance(manager, module.ResponseStreamManager)
    with manager as stream:
        assert isinstance(stream, module.ResponseStream)
