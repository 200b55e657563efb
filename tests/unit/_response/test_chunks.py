"""Bytes of a stream to chunks: what is none, and what it means."""

from __future__ import annotations

import gzip
from typing import Any, List

import pytest
from events import STOP, fails, texts
from scripted import KEY, Answer, Scripted, chunk

import dsadapter
from dsadapter._headers import Headers
from dsadapter._response.chunks import ChunkReader
from dsadapter._settings.resolve import resolve

pytestmark = pytest.mark.usefixtures("pauses")


def test_a_giant_event() -> None:
    text = "x" * 10_000_000
    body = chunk(text) + STOP
    pieces = [body[i : i + 16384] for i in range(0, len(body), 16384)]
    assert texts(Scripted(Answer(pieces)).stream())[0] == text


@pytest.mark.parametrize(
    ("event", "kind", "message"),
    [
        (b'data: {"error": {"message": "m", "code": 429}}\n\n', "RateLimitError", "m"),
        (b'data: {"error": {"message": "m"}}\n\n', "APIError", "m"),
        (b'data: {"error": "m"}\n\n', "APIError", "m"),
        (b'event: error\ndata: {"error": {"message": "m"}}\n\n', "APIError", "m"),
        (b'event: error\ndata: {"message": "m", "code": 503}\n\n', "InternalServerError", "m"),
        (b"data: text\n\n", "APIResponseError", "text"),
        (b"event: error\ndata: text\n\n", "APIResponseError", "text"),
        (b'data: ["a"]\n\n', "APIResponseError", '["a"]'),
        (b"data: null\n\n", "APIResponseError", "null"),
        (b'data: {"choices": [5]}\n\n', "APIResponseError", "choices"),
        (b'data: {"choices": {"a": 1}}\n\n', "APIResponseError", "choices"),
        (b'data: {"choices": [{"delta": "a"}]}\n\n', "APIResponseError", "delta"),
        (b"data: " + b"[" * 100_000 + b"\n\n", "APIResponseError", "[[["),
    ],
)
@pytest.mark.parametrize("packets", [1, 2])
def test_an_event_that_is_no_chunk(event: bytes, kind: str, message: str, packets: int) -> None:
    pieces = [chunk("a"), event] if packets == 2 else [chunk("a") + event]
    err = fails(Scripted(Answer([*pieces, chunk("b"), STOP])), getattr(dsadapter, kind), 1)
    assert message in err.message
    assert err.partial == "a"


def test_a_key_in_an_event_is_hidden() -> None:
    err = fails(Scripted(Answer(f"data: {KEY} is wrong\n\n".encode())), dsadapter.APIError, 0)
    assert KEY not in f"{err} {err!r} {vars(err)}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>login</html>", "APIResponseError"),
        (b'\n\n{"choices": [{"message": {"content": "a"}}]}', "APIResponseError"),
        (b'\xef\xbb\xbf\n{"error": {"message": "m", "code": "429"}}', "RateLimitError"),
        (b'{\n "error": {\n  "message": "m"\n }\n}', "APIError"),
        (b"id: 1\nretry: 5\n\n", "APIResponseError"),
    ],
)
def test_a_body_that_is_no_stream(body: bytes, kind: str) -> None:
    fails(Scripted(Answer(body)), getattr(dsadapter, kind), 0)


def test_an_encoding_that_nobody_asked_for() -> None:
    scripted = Scripted(Answer(b"x", headers={"content-encoding": "br"}))
    fails(scripted, dsadapter.APIResponseError, 0)


def test_a_whole_reply_to_a_stream_names_the_next_step() -> None:
    err = fails(Scripted(Answer({"choices": []})), dsadapter.APIResponseError, 0)
    assert "stream=False" in str(err.hint)


def test_the_first_chunk_may_be_without_choices() -> None:
    """Some servers begin with an id, others end with the usage."""
    pieces = [b'data: {"id": "c1"}\n\n', chunk("a"), STOP]
    assert Scripted(Answer(pieces)).stream().get_final_response().choices[0].message.content == "a"
    first, second, _ = list(Scripted(Answer(pieces)).stream())
    assert first.id == "c1"
    assert second.choices[0].delta.content == "a"


def test_a_stream_of_events_that_name_no_end_ends_with_its_body() -> None:
    """Of pictures, say: nothing but the end of the body says that an event was the last."""
    scripted = Scripted(Answer([b'data: {"type": "picture.partial"}\n\n', b'data: {"n": 2}\n\n']))
    events = scripted.client.post("/pictures", body={"model": "m"}, stream=True, cast_to=dict)
    assert [dict(event) for event in events] == [{"type": "picture.partial"}, {"n": 2}]


def test_a_last_event_without_its_blank_line_counts() -> None:
    chunks = list(Scripted(Answer(chunk("a") + STOP.rstrip(b"\n"))).stream())
    assert [item.choices[0].finish_reason for item in chunks] == [None, "stop"]


def test_a_compressed_stream_that_was_cut_off_is_not_whole() -> None:
    """Whatever its events say: here nothing but the end of the body says that it is the end."""
    packed = gzip.compress(b'data: {"type": "picture.partial"}\n\n')
    for body, whole in ((packed, True), (packed[:-8], False)):
        scripted = Scripted(Answer(body, headers={"content-encoding": "gzip"}))
        events = scripted.client.post("/pictures", body={"model": "m"}, stream=True, cast_to=dict)
        if whole:
            assert len(list(events)) == 1
        else:
            with pytest.raises(dsadapter.APIConnectionError):
                list(events)


def test_a_packet_of_usual_events_is_progress() -> None:
    """Behind the first chunk they are read together: an idle_timeout begins anew all the same."""
    settings = resolve({"api_key": KEY, "base_url": "http://127.0.0.1:9", "provider": "deepseek"})
    reader = ChunkReader(200, Headers({}), "", settings, dict)
    told = []
    for data in (chunk("a"), b": keep-alive\n\n", chunk("b") + chunk("c"), b"\n"):
        reader.progressed = False
        reader.feed(data)
        told.append(reader.progressed)
    assert told == [True, False, True, False]


def test_usual_events_are_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    careful = []
    read = ChunkReader._read_event

    def noted(reader: ChunkReader, kind: str, text: str, into: List[Any]) -> None:
        careful.append(text)
        read(reader, kind, text, into)

    monkeypatch.setattr(ChunkReader, "_read_event", noted)
    usual = [chunk("word ") for _ in range(20)]
    assert texts(Scripted(Answer([*usual, STOP])).stream()) == ["word "] * 20 + [None]
    assert len(careful) < 10
