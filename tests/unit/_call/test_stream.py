"""Streams as a caller holds them: iterating, leaving early, closing."""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import Any, List

import pytest
from events import STOP, broken, texts
from scripted import DONE, Answer, AsyncAnswer, Scripted, chunk, prepared

import dsadapter
from dsadapter._call import telemetry
from dsadapter._call.stream import AsyncStream, Stream
from dsadapter._response.chunk_types import ChatCompletionChunk


def test_chunks_of_one_packet_come_one_by_one() -> None:
    stream = Scripted(Answer(chunk("a") + chunk("b") + STOP + DONE)).stream()
    assert next(stream).choices[0].delta.content == "a"
    assert next(stream).choices[0].delta.content == "b"
    assert next(stream).choices[0].finish_reason == "stop"
    assert next(stream, None) is None


def test_leaving_the_loop_closes_the_connection() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    for _ in scripted.stream():
        break
    assert scripted.answers[0].closed


def test_a_stream_is_a_context_manager() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    with scripted.stream() as stream:
        next(stream)
    assert scripted.answers[0].closed


def test_a_later_loop_over_a_stream_left_early_raises() -> None:
    stream = Scripted(Answer([chunk("a") + chunk("b"), chunk("c"), STOP])).stream()
    for _ in stream:
        break
    received: List[Any] = []
    with pytest.raises(dsadapter.StreamTruncatedError, match="closed") as caught:
        for item in stream:
            received.append(item)
    assert texts(received) == ["b"]
    assert caught.value.partial == "ab"
    with pytest.raises(dsadapter.StreamTruncatedError):
        stream.get_final_response()


def test_a_stream_that_failed_is_over() -> None:
    stream = Scripted(Answer([chunk("a"), broken()])).stream()
    next(stream)
    with pytest.raises(dsadapter.StreamTruncatedError):
        next(stream)
    assert list(stream) == []
    stream.close()


def test_a_finished_stream_is_over() -> None:
    stream = Scripted(Answer([chunk("a"), STOP, DONE])).stream()
    assert len(list(stream)) == 2
    assert list(stream) == []
    assert stream.get_final_response().choices[0].message.content == "a"


def test_a_stream_shows_status_headers_and_backend() -> None:
    stream = Scripted(Answer([chunk("a"), STOP], headers={"X-Request-Id": "r"})).stream()
    assert stream.status_code == 200
    assert stream.headers["x-request-id"] == "r"
    assert stream.adapter.request_id == "r"
    assert stream.adapter.backend == "scripted"
    stream.close()


def test_a_stream_is_an_instance_of_the_sdk_s_class() -> None:
    sdk = pytest.importorskip("openai._streaming")
    stream = Scripted(Answer(chunk("a") + STOP + DONE)).stream()
    assert isinstance(stream, sdk.Stream)
    assert isinstance(stream, dsadapter.Stream)
    assert not isinstance(stream, sdk.AsyncStream)
    assert texts(stream)[0] == "a"


def test_a_dropped_stream_is_closed() -> None:
    scripted = Scripted(Answer([chunk("a"), chunk("b"), STOP]))
    next(scripted.stream())
    gc.collect()
    assert scripted.answers[0].closed == 1


def test_a_dropped_async_stream_is_closed() -> None:
    async def main() -> None:
        answer = AsyncAnswer([chunk("a"), chunk("b"), STOP])
        call = prepared(None, stream=True)
        stream = AsyncStream(call, answer)
        await stream.__anext__()
        del stream, call
        gc.collect()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert answer.closed == 1

    asyncio.run(main())


@pytest.mark.parametrize("streamlit", [True, False])
def test_only_streamlit_sees_the_names_that_it_goes_by(monkeypatch: Any, streamlit: bool) -> None:
    for cls in (Stream, ChatCompletionChunk):
        monkeypatch.setattr(cls, "__module__", "dsadapter")
    if streamlit:
        monkeypatch.setitem(sys.modules, "streamlit", object())
    else:
        monkeypatch.delitem(sys.modules, "streamlit", raising=False)
    Scripted(Answer(chunk("a") + STOP + DONE)).stream().close()
    assert (Stream.__module__ == "openai") is streamlit
    assert (ChatCompletionChunk.__module__ != "dsadapter") is streamlit


# --- the same on an event loop -------------------------------------------------------------------


def opened(*pieces: Any) -> Any:
    """An async stream, and the reply that it reads."""
    answer = AsyncAnswer(list(pieces))
    return AsyncStream(prepared(None, stream=True), answer), answer


async def all_of(stream: Any) -> List[Any]:
    return [item async for item in stream]


def test_an_async_stream_is_read_to_its_end() -> None:
    async def main() -> None:
        stream, answer = opened(chunk("a") + chunk("b"), STOP, DONE)
        assert (await stream.__anext__()).choices[0].delta.content == "a"
        assert texts(await all_of(stream)) == ["b", None]
        assert answer.closed == 1
        assert await all_of(stream) == []
        with pytest.raises(StopAsyncIteration):
            await stream.__anext__()
        assert (await stream.get_final_response()).choices[0].message.content == "ab"

    asyncio.run(main())


@pytest.mark.parametrize("close", ["close", "aclose", "with"])
def test_an_async_stream_left_early_says_so(close: str) -> None:
    async def main() -> None:
        stream, answer = opened(chunk("a") + chunk("b"), chunk("c"), STOP)
        if close == "with":
            async with stream as same:
                assert same is stream
                await stream.__anext__()
        else:
            await stream.__anext__()
            await getattr(stream, close)()
        assert answer.closed == 1
        received: List[Any] = []
        with pytest.raises(dsadapter.StreamTruncatedError, match="closed") as caught:
            async for item in stream:
                received.append(item)
        assert (texts(received), caught.value.partial) == (["b"], "ab")
        with pytest.raises(dsadapter.StreamTruncatedError):
            await stream.get_final_response()

    asyncio.run(main())


@pytest.mark.parametrize("step", ["anext", "for"])
def test_an_async_stream_that_failed_is_over(step: str) -> None:
    async def main() -> None:
        stream, answer = opened(chunk("a"), broken())
        await stream.__anext__()
        with pytest.raises(dsadapter.StreamTruncatedError) as caught:
            await (stream.__anext__() if step == "anext" else all_of(stream))
        assert caught.value.partial == "a"
        assert answer.closed == 1
        assert await all_of(stream) == []

    asyncio.run(main())


def test_the_text_of_a_stream_part_by_part() -> None:
    pieces = [chunk("a"), chunk(""), chunk("b"), STOP, DONE]
    assert list(Scripted(Answer(pieces)).stream().text) == ["a", "b"]

    async def main() -> None:
        stream, _ = opened(*pieces)
        assert await all_of(stream.text) == ["a", "b"]

    asyncio.run(main())


def test_an_unread_stream_is_closed_and_ends_once(monkeypatch: Any) -> None:
    events: List[Any] = []
    monkeypatch.setattr(telemetry, "observers", [events.append])
    scripted = Scripted(Answer([chunk("a"), STOP]))
    stream = scripted.stream()
    stream.close()
    stream.close()
    assert scripted.answers[0].closed == 1
    assert [(event.stream, event.error) for event in events] == [(True, None)]
    with pytest.raises(dsadapter.StreamTruncatedError) as caught:
        next(stream)
    assert caught.value.partial == ""


@pytest.mark.parametrize("closed", [False, True])
def test_an_error_behind_the_last_chunk_that_came_is_raised_after_it(closed: bool) -> None:
    """Also where the stream was closed in between."""
    event = b'data: {"error": {"message": "too busy"}}\n\n'
    stream = Scripted(Answer([chunk("a") + event, chunk("b")])).stream()
    assert next(stream).choices[0].delta.content == "a"
    if closed:
        stream.close()
    with pytest.raises(dsadapter.APIError, match="too busy"):
        next(stream)


def test_behind_a_whole_answer_nothing_comes_when_it_is_closed() -> None:
    stream = Scripted(Answer([chunk("a"), STOP + DONE])).stream()
    assert texts([next(stream), next(stream)])[0] == "a"
    stream.close()
    assert next(stream, None) is None
    assert stream.get_final_response().choices[0].message.content == "a"
