"""Images and sound: which keyword is a field, which a file."""

from __future__ import annotations

import asyncio
from typing import Any, Dict

import pytest
from scripted import BASE, KEY, Answer, Scripted

from dsadapter import AsyncOpenAI, InvalidArgumentError, ServerBusyError


class NotGiven:
    """As the SDKs mark an argument that was left out."""


NO_FILES: Dict[str, Any] = {
    "file": lambda c: c.files.create(file=None, purpose="p"),
    "file-text": lambda c: c.files.create(file="a.txt", purpose="p"),
    "transcription": lambda c: c.audio.transcriptions.create(file=None, model="m"),
    "transcription-text": lambda c: c.audio.transcriptions.create(file="a.mp3", model="m"),
    "translation": lambda c: c.audio.translations.create(file="a.mp3", model="m"),
    "edit": lambda c: c.images.edit(image=None, prompt="p"),
    "edit-list": lambda c: c.images.edit(image=["a.png"], prompt="p"),
    "edit-mask": lambda c: c.images.edit(image=b"i", mask="a.png", prompt="p"),
    "variation": lambda c: c.images.create_variation(image=None),
    "post": lambda c: c.post("/x", files={"file": "a.txt"}, cast_to=object),
}


@pytest.mark.parametrize("call", NO_FILES)
def test_a_call_without_its_file_is_not_sent(call: str) -> None:
    script = Scripted(provider="generic")
    with pytest.raises(InvalidArgumentError, match="The file '(file|image|mask)") as caught:
        NO_FILES[call](script.client)
    assert isinstance(caught.value, TypeError)
    assert script.sent == []


@pytest.mark.parametrize("call", NO_FILES)
def test_nor_by_an_async_client(call: str) -> None:
    async def main() -> None:
        async with AsyncOpenAI(api_key=KEY, base_url=BASE, provider="generic") as client:
            with pytest.raises(InvalidArgumentError, match="The file '(file|image|mask)"):
                await NO_FILES[call](client)

    asyncio.run(main())


@pytest.mark.parametrize("mask", [NotGiven(), None])
def test_a_mask_that_was_not_given_is_not_sent(mask: Any) -> None:
    script = Scripted(Answer({"data": []}), provider="generic")
    script.client.images.edit(image=b"i", prompt="p", mask=mask, n=NotGiven())
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
