"""The endpoints under /v1/tools: search, fetch, text recognition, speech in and out."""

from __future__ import annotations

import io
import wave
from typing import Any, Dict, Optional, Tuple

import pytest

BOUNDARY = "a-boundary"
Field = Tuple[Optional[str], bytes]


def form(wire: Any, path: str, fields: Dict[str, Field]) -> Any:
    """A multipart request; a field is (file name or None, data)."""
    body = b""
    for name, (filename, data) in fields.items():
        more = f'; filename="{filename}"' if filename else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    body += f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    headers = {"Authorization": "Bearer k", "Content-Type": kind}
    return wire.send("POST", path, body, headers)


def wav(seconds: float = 0.5, rate: int = 16_000, width: int = 2) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(width)
        audio.setframerate(rate)
        audio.writeframes(bytes(int(rate * seconds) * width))
    return file.getvalue()


@pytest.mark.parametrize("name", ["search", "fetch", "ocr", "asr", "tts"])
def test_they_have_one_address_and_one_method(wire: Any, name: str) -> None:
    assert wire.send("POST", f"/tools/{name}").status == 404
    assert wire.send("POST", f"/beta/tools/{name}").status == 404
    assert wire.get(f"/v1/tools/{name}").status == 405
    assert wire.send("POST", f"/v1/tools/{name}", b"", {}).status == 401


# -- search and fetch


def test_a_search_has_as_many_results_as_were_asked_for(wire: Any) -> None:
    for asked, count in (({}, 10), ({"count": 3}, 3), ({"count": 50}, 50)):
        reply = wire.post("/v1/tools/search", dict(asked, query="oslo"))
        assert len(reply.json["results"]) == count
    result = reply.json["results"][0]
    assert 0 <= result["rerank_score"] <= 3
    assert -1 <= result["authority"] <= 4
    assert "oslo" in result["summary"]
    assert "content" not in result
    reply = wire.post("/v1/tools/search", {"query": "x", "count": 1, "need_content": True})
    assert reply.json["results"][0]["content"]


def test_a_fetch_has_the_page(wire: Any) -> None:
    page = wire.post("/v1/tools/fetch", {"url": "https://a.test/x"}).json
    assert page["url"] == "https://a.test/x"
    assert page["content"]


REFUSED = {
    "no query": ("search", {}, "missing field `query`"),
    "empty query": ("search", {"query": ""}, "query must not be empty"),
    "long query": ("search", {"query": "x" * 129}, "Invalid 'query': string too long"),
    "count": ("search", {"query": "x", "count": 51}, "Invalid count value"),
    "no url": ("fetch", {}, "missing field `url`"),
    "no link": ("fetch", {"url": "ftp://a"}, "Invalid url"),
    "long url": ("fetch", {"url": "https://" + "x" * 8192}, "Invalid 'url': string too long"),
    "no text": ("tts", {}, "missing field `text`"),
    "nothing to read": ("tts", {"text": "** !"}, "Nothing to read"),
    "much to read": ("tts", {"text": "字" * 5001}, "Invalid text value"),
    "voice": ("tts", {"text": "x", "voice_id": "me"}, "voice_id: unknown variant `me`"),
    "format": ("tts", {"text": "x", "format": "mp3"}, "format: unknown variant `mp3`"),
    "risk": ("tts", {"text": "a risky question"}, "Content Exists Risk"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_beyond_the_limits_is_refused(wire: Any, case: str) -> None:
    name, body, sentence = REFUSED[case]
    reply = wire.post(f"/v1/tools/{name}", body)
    assert reply.status == 400
    assert sentence in reply.error


# -- text recognition


@pytest.mark.parametrize("purpose", ["text_recognition", "rich_layout_recognition"])
def test_ocr_keeps_the_connection_alive_and_then_answers(wire: Any, purpose: str) -> None:
    data = b"%PDF\r\n--not-the-boundary\r\n\x00\xff"
    fields = {"purpose": (None, purpose.encode()), "file": ("a.pdf", data)}
    reply = form(wire, "/v1/tools/ocr", fields)
    assert reply.body.startswith(b"\n")
    result = reply.json
    assert result["id"].startswith("ocr-")
    assert (result["object"], result["purpose"]) == ("ocr.result", purpose)
    assert result["page_count"] == len(result["pages"]) == 1
    assert set(result["pages"][0]) == {"index", "text", "finish_reason"}
    assert "a.pdf" in result["pages"][0]["text"]
    usage = result["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]


@pytest.mark.parametrize(
    "fields",
    [
        {"file": ("a.pdf", b"x")},
        {"purpose": (None, b"text_recognition")},
        {"file": ("a.pdf", b"x"), "purpose": (None, b"user_data")},
        {"file": ("a", b"x"), "purpose": (None, b"text_recognition"), "other": (None, b"")},
    ],
)
def test_ocr_takes_its_two_fields_and_no_other(wire: Any, fields: Dict[str, Field]) -> None:
    assert form(wire, "/v1/tools/ocr", fields).status == 400


def test_what_is_no_form_is_refused(wire: Any) -> None:
    assert wire.post("/v1/tools/ocr", {"file": "x"}).status == 400
    assert wire.post("/v1/tools/asr", {"file": "x"}).status == 400


# -- speech


def test_asr_says_how_long_the_audio_is(wire: Any) -> None:
    reply = form(wire, "/v1/tools/asr", {"file": ("a.wav", wav(0.5))})
    assert set(reply.json) == {"request_id", "text", "duration_ms"}
    assert reply.json["duration_ms"] == 500
    assert form(wire, "/v1/tools/asr", {"file": ("a.ogg", b"OggS...")}).status == 200


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"no audio", 400),
        (b"", 400),
        (wav(width=1), 400),
        (wav(rate=11_025), 400),
        (wav(121, rate=8_000), 400),
        (b"OggS" + bytes(8 << 20), 413),
    ],
    ids=["text", "empty", "8 bit", "11 kHz", "121 s", "8 MiB"],
)
def test_asr_refuses_other_audio(wire: Any, data: bytes, status: int) -> None:
    assert form(wire, "/v1/tools/asr", {"file": ("a.wav", data)}).status == status


def test_tts_streams_audio_of_24_khz(wire: Any) -> None:
    reply = wire.post("/v1/tools/tts", {"text": "x" * 250, "voice_id": "tide"})
    assert reply.headers["content-type"] == "audio/wav"
    assert reply.headers["transfer-encoding"] == "chunked"
    with wave.open(io.BytesIO(reply.body)) as audio:
        assert audio.getparams()[:4] == (1, 2, 24_000, 60_000)
    pcm = wire.post("/v1/tools/tts", {"text": "x" * 250, "format": "pcm"})
    assert pcm.headers["content-type"] == "audio/pcm"
    assert pcm.body == reply.body[44:]


def test_tts_refuses_a_body_that_is_too_large(wire: Any) -> None:
    text = "x" + " " * (64 << 10)
    assert wire.post("/v1/tools/tts", {"text": "x", "more": text}).status == 413
