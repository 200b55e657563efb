"""``client.get`` and its neighbours: what they send."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from sample_calls import KEY
from scripted import Answer, Scripted

import dsadapter
from dsadapter.testing.emulator import Emulator

BODY = {"id": "x", "object": "thing", "nested": {"a": 1}}


def test_options_of_the_sdks() -> None:
    script = Scripted(Answer(b"", status=500), Answer(BODY))
    options = {"headers": {"X-A": "b"}, "params": {"c": "d"}, "extra_json": {"e": 1}}
    with pytest.raises(dsadapter.InternalServerError):
        script.client.post("/x", body={"f": 2}, options={**options, "max_retries": 0})
    (sent,) = script.sent
    assert (sent.headers["X-A"], sent.url.partition("?")[2]) == ("b", "c=d")
    assert json.loads(sent.body or b"") == {"e": 1, "f": 2}


@pytest.mark.parametrize("base", ["", "/v1", "/beta"])
def test_the_tools_of_deepseek_are_beside_every_base(base: str, emulator: Emulator) -> None:
    settings = {"api_key": KEY, "base_url": emulator.base_url + base, "provider": "deepseek"}
    with dsadapter.OpenAI(**settings) as client:
        sound = client.post("/v1/tools/tts", body={"text": "Hello"}, cast_to=bytes)
        assert sound.startswith(b"RIFF")
        assert emulator.requests[-1].path == "/v1/tools/tts"
        text = client.post("v1/tools/asr", files={"file": ("a.wav", sound, "audio/wav")})
        assert set(text) == {"request_id", "text", "duration_ms"}


def test_a_version_in_a_path_stays_elsewhere() -> None:
    script = Scripted(Answer(BODY), provider="generic", base_url="http://127.0.0.1:9/v1")
    script.client.get("/v1/x")
    assert script.sent[0].url == "http://127.0.0.1:9/v1/v1/x"


@pytest.mark.parametrize(
    "content", [b"raw \xff", bytearray(b"raw \xff"), io.BytesIO(b"raw \xff"), [b"raw ", b"\xff"]]
)
def test_content_is_sent_as_it_is(content: Any) -> None:
    server = Scripted(Answer(BODY))
    headers = {"Content-Type": "application/x-thing"}
    server.client.post("/x", content=content, options={"headers": headers})
    (sent,) = server.sent
    assert (sent.body, sent.headers["Content-Type"]) == (b"raw \xff", "application/x-thing")


def test_headers_among_the_options_of_a_raw_answer() -> None:
    httpx = pytest.importorskip("httpx")
    server = Scripted(Answer(BODY))
    server.client.post("/x", cast_to=httpx.Response, options={"headers": {"X-A": "1"}})
    assert server.sent[0].headers["X-A"] == "1"


def test_content_of_an_iterator_is_there_for_a_second_attempt() -> None:
    server = Scripted(Answer(b"", status=500, headers={"retry-after": "0"}), Answer(BODY))
    server.client.post("/x", content=iter([b"a", b"b"]))
    assert [sent.body for sent in server.sent] == [b"ab", b"ab"]


@pytest.mark.parametrize("content", [7, {"a": 1}])
def test_content_that_cannot_be_sent(content: Any) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="content is a"):
        Scripted(Answer(BODY)).client.post("/x", content=content)


def test_body_and_content() -> None:
    with pytest.raises(TypeError, match="both `body` and `content`"):
        Scripted(Answer(BODY)).client.post("/x", content=b"", body={})
