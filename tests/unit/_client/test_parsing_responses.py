"""``responses.parse`` and ``responses.stream``, sync and async, on DeepSeek and elsewhere."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict

import pytest
from scripted import Answer, Scripted

from dsadapter import AsyncOpenAI, InvalidArgumentError, OpenAI
from dsadapter.testing.emulator import Emulator

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


def test_a_response_is_parsed() -> None:
    script = Scripted(Answer(DATA), provider="generic")
    response: Any = script.client.responses.parse(model="m", input="hi", text_format=Anything)
    assert response.output_parsed == {"a": 1}
    assert response.adapter.status == 200
    body = json.loads(script.sent[0].body or b"")
    assert body["text"]["format"]["schema"]["required"] == ["a"]
    assert (body["model"], body["input"]) == ("m", "hi")
    assert "text_format" not in body


def test_the_raw_response_parses_it() -> None:
    script = Scripted(Answer(DATA), provider="generic")
    raw = script.client.responses.with_raw_response.parse(model="m", text_format=Anything)
    assert raw.parse().output_parsed == {"a": 1}


def test_parse_is_no_stream() -> None:
    with pytest.raises(InvalidArgumentError, match="responses.stream"):
        Scripted(provider="generic").client.responses.parse(  # type: ignore[call-overload]
            model="m", input="hi", stream=True
        )


def test_on_deepseek(client: OpenAI, emulator: Emulator) -> None:
    response = client.responses.parse(model="deepseek-flash", input="Hi")
    assert response.output_text
    assert response.output_parsed is None
    with client.responses.stream(model="deepseek-flash", input="Hi") as stream:
        text = "".join(e.delta for e in stream if e.type == "response.output_text.delta")
        assert stream.get_final_response().output_text == text != ""
    assert emulator.requests[-1].path == "/responses"


def test_on_a_loop(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            response = await client.responses.parse(model="deepseek-flash", input="Hi")
            assert response.output_text
            async with client.responses.stream(model="deepseek-flash", input="Hi") as stream:
                kinds = [event.type async for event in stream]
                assert (await stream.get_final_response()).output_text
            assert (kinds[0], kinds[-1]) == ("response.created", "response.completed")

    asyncio.run(main())
