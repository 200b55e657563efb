"""Images and sound: which keyword is a field, which a file."""

from __future__ import annotations

import pytest
from scripted import Answer, Scripted

from dsadapter import ServerBusyError


class NotGiven:
    """As the SDKs mark an argument that was left out."""


def test_a_mask_that_was_not_given_is_not_sent() -> None:
    script = Scripted(Answer({"data": []}), provider="generic")
    script.client.images.edit(image=b"i", prompt="p", mask=NotGiven(), n=NotGiven())
    body = script.sent[0].body or b""
    assert b'name="image"' in body and b'name="prompt"' in body
    assert b"mask" not in body and b'name="n"' not in body


def test_a_caller_s_own_content_type_does_not_lose_the_boundary() -> None:
    script = Scripted(Answer({"text": "t"}), provider="generic")
    headers = {"content-type": "multipart/form-data"}
    script.client.audio.transcriptions.create(file=b"f", model="m", extra_headers=headers)
    sent = {name.lower(): value for name, value in script.sent[0].headers.items()}
    assert sent["content-type"].startswith("multipart/form-data; boundary=")


def test_speech_is_asked_for_as_bytes_unless_said_otherwise() -> None:
    script = Scripted(Answer(b"ID3"), Answer(b"ID3"), provider="generic")
    speech = script.client.audio.speech
    speech.create(model="m", voice="v", input="x")
    speech.create(model="m", voice="v", input="x", extra_headers={"Accept": "audio/wav"})
    accepted = [sent.headers["Accept"] for sent in script.sent]
    assert accepted == ["application/octet-stream", "audio/wav"]


def test_no_sound_is_no_answer() -> None:
    script = Scripted(Answer(b""), provider="generic", max_retries=0)
    with pytest.raises(ServerBusyError):
        script.client.audio.speech.create(model="m", voice="v", input="x")


def test_the_raw_reply_of_a_group() -> None:
    script = Scripted(Answer({"text": "t"}), provider="generic")
    raw = script.client.audio.with_raw_response.translations.create(file=b"f", model="m")
    assert raw.parse().text == raw.json()["text"] == "t"
