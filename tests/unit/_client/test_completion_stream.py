"""``chat.completions.stream`` as a caller holds it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, List

import pytest
from _response.streams import Person
from events import STOP
from sample_calls import CALL, last
from scripted import DONE, Answer, Scripted, chunk

from dsadapter import AsyncOpenAI, OpenAI, StreamTruncatedError
from dsadapter._client.completion_stream import (
    AsyncChatCompletionStream,
    ChatCompletionStream,
    ChatCompletionStreamManager,
)
from dsadapter.testing.emulator import Emulator

pytestmark = pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
KIND = {"object": "chat.completion.chunk"}


def manager(scripted: Scripted, **params: Any) -> Any:
    return scripted.client.chat.completions.stream(**CALL, **params)


def test_events_then_the_final_completion() -> None:
    scripted = Scripted(Answer([chunk("Hel"), chunk("lo"), STOP, DONE]))
    with manager(scripted) as stream:
        deltas = [event.delta for event in stream if event.type == "content.delta"]
        assert deltas == ["Hel", "lo"]
        completion = stream.get_final_completion()
    assert completion.choices[0].message.content == "Hello"
    assert stream.current_completion_snapshot.choices[0].finish_reason == "stop"
    assert completion.adapter.backend == stream.adapter.backend == "scripted"
    assert stream.response.status_code == 200


def test_a_cut_off_stream_raises() -> None:
    with manager(Scripted(Answer([chunk("a")]))) as stream:
        with pytest.raises(StreamTruncatedError):
            stream.until_done()


def test_text_alone() -> None:
    with manager(Scripted(Answer([chunk("Hel"), chunk("lo"), STOP]))) as stream:
        assert list(stream.text) == ["Hel", "lo"]
        assert stream.get_final_completion().choices[0].message.content == "Hello"


def test_events_of_azure_s_filter_are_no_chunks() -> None:
    notice = chunk("x", object="")
    with manager(Scripted(Answer([notice, chunk("a"), STOP]))) as stream:
        assert stream.get_final_completion().choices[0].message.content == "a"


def test_a_class_is_asked_for_and_comes(client: OpenAI, emulator: Emulator) -> None:
    with client.beta.chat.completions.stream(**CALL, response_format=Person) as stream:
        done = [event for event in stream if event.type == "content.done"]
    assert [event.parsed for event in done] == [Person("Hello")]
    assert stream.get_final_completion().choices[0].message.parsed == Person("Hello")
    request = last(emulator).json
    assert request["response_format"] == {"type": "json_object"}
    assert '"name"' in request["messages"][0]["content"]
    assert [repair.id for repair in stream.adapter.repairs] == ["json-schema"]


def test_on_an_event_loop(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            calls = client.chat.completions
            async with calls.stream(**CALL, response_format=Person) as stream:
                assert isinstance(stream, AsyncChatCompletionStream)
                kinds = {event.type async for event in stream}
                completion = await stream.get_final_completion()
            assert kinds == {"chunk", "content.delta", "content.done"}
            assert completion.choices[0].message.parsed == Person("Hello")
            async with calls.stream(**CALL) as stream:
                text = "".join([part async for part in stream.text])
                final = await stream.get_final_completion()
            assert text == final.choices[0].message.content
            async with calls.stream(**CALL) as stream:
                assert (await stream.__anext__()).type == "chunk"
            assert stream.response.is_closed

    asyncio.run(main())


def test_streams_can_be_subscripted_in_annotations() -> None:
    assert ChatCompletionStream[Person] is ChatCompletionStream
    assert ChatCompletionStreamManager[Person] is ChatCompletionStreamManager


def test_chunks_stay_dicts_that_can_be_logged() -> None:
    lines: List[str] = []
    with manager(Scripted(Answer([chunk("a", **KIND), STOP]))) as stream:
        lines.extend(json.dumps(event.chunk) for event in stream if event.type == "chunk")
    assert json.loads(lines[0])["choices"][0]["delta"] == {"content": "a"}
