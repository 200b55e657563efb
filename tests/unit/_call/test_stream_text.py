"""``stream.text``: the text alone, sync and async."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any, Dict, List

import pytest
from events import STOP
from sample_calls import CALL
from scripted import DONE, Answer, Scripted, chunk

from dsadapter import AsyncOpenAI, StreamTruncatedError
from dsadapter._call.stream_text import first_text


def test_the_text_comes_part_by_part_without_anything_else() -> None:
    reasoning = chunk(None).replace(b'"delta": {}', b'"delta": {"reasoning_content": "hm"}')
    parts = [reasoning, chunk(""), chunk("Hel"), chunk("lo"), STOP, DONE]
    stream = Scripted(Answer(parts)).stream()
    assert inspect.isgenerator(stream.text)  # what Streamlit takes for a stream
    assert list(stream.text) == ["Hel", "lo"]
    assert stream.get_final_response().choices[0].message.content == "Hello"


def test_a_cut_off_text_is_not_taken_for_a_complete_one() -> None:
    parts: List[str] = []
    with pytest.raises(StreamTruncatedError) as caught:
        for part in Scripted(Answer([chunk("Hel")])).stream().text:
            parts.append(part)
    assert (parts, caught.value.partial) == (["Hel"], "Hel")


def test_leaving_early_closes_the_connection() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    text = scripted.stream().text
    assert next(text) == "a"
    text.close()
    assert scripted.answers[0].closed


def test_the_text_on_an_event_loop(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            stream = await client.chat.completions.create(**CALL, stream=True)
            assert inspect.isasyncgen(stream.text)
            text = "".join([part async for part in stream.text])
            final = await stream.get_final_response()
            assert text == final.choices[0].message.content != ""

    asyncio.run(main())


@pytest.mark.parametrize(
    ("choices", "parts"),
    [
        ([{"index": 0, "text": "a"}], ["a"]),  # of a text completion
        ([{"index": 1, "delta": {"content": "b"}}, {"index": 0, "delta": {"content": "a"}}], ["a"]),
        ([{"delta": {"content": "a"}}], ["a"]),
        ([{"index": 0, "delta": None}], []),
        ([], []),
    ],
)
def test_the_text_of_a_chunk_is_that_of_the_first_choice(choices: Any, parts: List[str]) -> None:
    assert list(first_text({"choices": choices})) == parts
