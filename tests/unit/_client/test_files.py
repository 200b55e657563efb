"""Files and batches: ids, polling, raw replies."""

from __future__ import annotations

import asyncio
from typing import Any, List

import pytest
from scripted import Answer, Scripted

from dsadapter import AsyncOpenAI, InvalidArgumentError
from dsadapter._client import files


@pytest.mark.parametrize("value", ["", None, 3])
def test_an_id_is_a_text(value: Any) -> None:
    client = Scripted(provider="generic").client
    for call in (client.files.retrieve, client.files.delete, client.files.content):
        with pytest.raises(InvalidArgumentError, match="file_id"):
            call(value)
    with pytest.raises(InvalidArgumentError, match="batch_id"):
        client.batches.cancel(value)


def test_waiting_asks_until_the_state_is_final(monkeypatch: Any) -> None:
    pauses: List[float] = []
    monkeypatch.setattr(files.time, "sleep", pauses.append)
    states = [Answer({"id": "f", "status": s}) for s in ("uploaded", "uploaded", "processed")]
    script = Scripted(*states, provider="generic")
    file = script.client.files.wait_for_processing("f", poll_interval=0.5)
    assert file.status == "processed"
    assert pauses == [0.5, 0.5]
    script = Scripted(Answer({"id": "f"}), provider="generic")
    assert script.client.files.wait_for_processing("f").id == "f", "DeepSeek names no state"
    script = Scripted(Answer({"id": "f", "status": "uploaded"}), provider="generic")
    with pytest.raises(RuntimeError, match="Giving up on waiting for file f"):
        script.client.files.wait_for_processing("f", max_wait_seconds=-1)


def test_waiting_on_a_loop(monkeypatch: Any) -> None:
    client = AsyncOpenAI(api_key="sk-x", base_url="http://127.0.0.1:9", provider="generic")
    states = ["uploaded", "processed"]

    async def retrieve(file_id: str) -> Any:
        return files.FileObject({"id": file_id, "status": states.pop(0)})

    monkeypatch.setattr(client.files, "retrieve", retrieve)
    waiting = client.files.wait_for_processing("f", poll_interval=0)
    assert asyncio.run(waiting).status == "processed"


def test_the_raw_reply_of_a_list_parses_to_a_page_that_goes_on() -> None:
    first = {"data": [{"id": "1"}], "has_more": True}
    second = {"data": [{"id": "2"}], "has_more": False}
    script = Scripted(Answer(first), Answer(second), Answer(second), provider="generic")
    raw = script.client.files.with_raw_response.list(limit=1)
    assert raw.json() == first
    assert [item.id for item in raw.parse()] == ["1", "2"]
    assert script.sent[1].url.endswith("/files?limit=1&after=1")


def test_nothing_that_a_file_holds_is_taken_for_an_error() -> None:
    body = b'{"error": {"message": "of one line of a batch"}}'
    script = Scripted(Answer(body), Answer(b""), provider="generic")
    assert script.client.files.content("f").content == body
    assert script.client.files.content("f").content == b""
    assert script.sent[0].headers["Accept"] == "application/binary"
