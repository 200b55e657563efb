"""``stream.response``: how programs of the SDKs cancel."""

from __future__ import annotations

import asyncio
from typing import Any, Dict

import pytest
from events import STOP
from sample_calls import CALL
from scripted import KEY, Answer, Scripted, chunk

import dsadapter
from dsadapter import AsyncOpenAI


def test_it_has_status_and_headers_before_the_first_chunk() -> None:
    answer = Answer([chunk("a"), STOP], headers={"X-Request-Id": "r1"})
    response = Scripted(answer).stream().response
    assert (response.status_code, response.headers["x-request-id"]) == (200, "r1")
    assert repr(response) == "<StreamResponse [200]>"
    assert response.is_success
    assert response.url.endswith("/chat/completions")
    assert response.request.method == "POST"
    assert KEY not in str(response.request)
    assert not response.is_closed


def test_its_close_ends_the_call() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    stream = scripted.stream()
    next(stream)
    stream.response.close()
    assert scripted.answers[0].closed
    assert stream.response.is_closed
    with pytest.raises(dsadapter.StreamClosedError) as caught:
        next(stream)
    assert caught.value.partial == "a"


def test_a_stream_that_was_read_is_closed() -> None:
    stream = Scripted(Answer([chunk("a"), STOP])).stream()
    list(stream)
    assert stream.response.is_closed


@pytest.mark.parametrize("name", ["close", "aclose"])
def test_its_close_on_an_event_loop(name: str, settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            stream = await client.chat.completions.create(**CALL, stream=True)
            async for _ in stream:
                break
            await getattr(stream.response, name)()
            assert stream.response.is_closed

    asyncio.run(main())
