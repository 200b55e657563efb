"""Streams as a caller holds them: iterating, leaving early, closing."""

from __future__ import annotations

from typing import Any, List

import pytest
from events import STOP, broken, texts
from scripted import DONE, Answer, Scripted, chunk

import dsadapter


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
