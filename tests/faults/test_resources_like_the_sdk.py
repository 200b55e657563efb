"""What the resources send is what the installed SDK's own client sends."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
from vendor_server import Asked, VendorServer

import dsadapter

pytestmark = [
    pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK"),
    pytest.mark.filterwarnings("ignore:deprecated"),
]
BATCH = {"completion_window": "24h", "endpoint": "/v1/chat/completions", "input_file_id": "f"}
CALLS: Dict[str, Any] = {
    "embeddings": lambda c: c.embeddings.create(
        input=["a", "世"], model="m", encoding_format="float"
    ),
    "moderations": lambda c: c.moderations.create(input="x", model="m"),
    "generate": lambda c: c.images.generate(prompt="p", n=2, size="256x256"),
    "edit": lambda c: c.images.edit(image=b"i", mask=b"m", prompt="p", n=2),
    "edit-many": lambda c: c.images.edit(image=[b"i", ("b.png", b"j")], prompt="p"),
    "variation": lambda c: c.images.create_variation(image=io.BytesIO(b"i"), n=1),
    "speech": lambda c: c.audio.speech.create(input="x", model="m", voice="v", speed=1.5),
    "transcription": lambda c: c.audio.transcriptions.create(
        file=("世.mp3", b"sound"), model="m", temperature=0, timestamp_granularities=["word"]
    ),
    "transcription-srt": lambda c: c.audio.transcriptions.create(
        file=Path(__file__), model="m", response_format="srt"
    ),
    "translation": lambda c: c.audio.translations.create(
        file=("a.wav", b"sound", "audio/x"), model="m"
    ),
    "upload": lambda c: c.files.create(
        file=("a.jsonl", b"{}"),
        purpose="batch",
        extra_body={"expires_after": {"anchor": "created_at", "seconds": 3600}, "flag": True},
    ),
    "file": lambda c: c.files.retrieve("file-1"),
    "files": lambda c: list(c.files.list(limit=2, order="asc")),
    "content": lambda c: c.files.content("file-1"),
    "delete": lambda c: c.files.delete("file-1"),
    "batch": lambda c: c.batches.create(metadata={"a": "b"}, **BATCH),
    "batches": lambda c: list(c.batches.list(limit=2)),
    "cancel": lambda c: c.batches.cancel("batch-1"),
    "post": lambda c: c.post("/x", cast_to=object, body={"a": 1}, options={"params": {"b": 2}}),
    "put": lambda c: c.put("/x", cast_to=object, body={"a": 1}),
    "patch": lambda c: c.patch("/x", cast_to=object, body={"a": 1}),
    "remove": lambda c: c.delete("/x", cast_to=object),
    "get": lambda c: c.get("/x", cast_to=object, options={"params": {"b": [1, 2]}}),
}


@pytest.fixture(scope="module")
def server() -> Iterator[VendorServer]:
    with VendorServer() as vendor:
        yield vendor


def requests(server: VendorServer, client: Any, name: str) -> List[Any]:
    server.clear()
    with client:
        CALLS[name](client)
    return [described(asked) for asked in server.requests]


def described(asked: Asked) -> Any:
    is_form = "multipart" in asked.headers.get("content-type", "")
    body = sorted(map(tuple, asked.form)) if is_form else asked.body and asked.json
    return asked.method, asked.path, asked.query, body, asked.headers["accept"]


@pytest.mark.parametrize("name", CALLS)
def test_the_same_requests_go_out(server: VendorServer, name: str) -> None:
    import openai

    settings = {"api_key": "sk-same", "base_url": server.base_url}
    expected = requests(server, openai.OpenAI(**settings), name)
    assert expected, "the SDK has sent something"
    for backend in ("modern-openai", "raw-requests"):
        ours = dsadapter.OpenAI(provider="generic", backend=backend, **settings)
        assert requests(server, ours, name) == expected
