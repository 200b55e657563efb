"""Replies that need not be JSON."""

from __future__ import annotations

from typing import Any

import pytest

from dsadapter import APIResponseError, RateLimitError, ServerBusyError
from dsadapter._headers import Headers
from dsadapter._response import content
from dsadapter._settings.resolve import resolve

ERROR = b' {"error": {"message": "too many", "code": "429"}}'


def read(reader: Any, body: bytes, kind: str = "") -> Any:
    settings = resolve({"api_key": "sk-content", "base_url": "http://127.0.0.1:9"})
    return reader(200, Headers({"content-type": kind}), body, settings)


@pytest.mark.parametrize("body", [b"", ERROR, b"\xff\x00"])
def test_a_file_is_what_it_is(body: bytes) -> None:
    assert read(content.any_bytes, body) == body
    assert read(content.any_text, body) == body.decode("utf-8", "replace")


def test_an_error_in_the_place_of_sound_is_one() -> None:
    assert read(content.sound, b"RIFF\x00") == b"RIFF\x00"
    with pytest.raises(RateLimitError, match="too many"):
        read(content.sound, ERROR, "audio/wav")
    with pytest.raises(ServerBusyError):
        read(content.sound, b"")


def test_text_or_json_as_the_content_type_says() -> None:
    assert read(content.json_or_text, b'{"text": "a"}', "application/json") == {"text": "a"}
    assert read(content.json_or_text, b'{"text": "a"}', "") == {"text": "a"}
    assert read(content.json_or_text, b"1\nHi\n", "text/plain") == "1\nHi\n"
    with pytest.raises(RateLimitError):
        read(content.json_or_text, ERROR, "text/plain")
    with pytest.raises(APIResponseError):
        read(content.json_or_text, b"half", "application/json")
    with pytest.raises(ServerBusyError):
        read(content.json_or_text, b" \n", "text/plain")
