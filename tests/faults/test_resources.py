"""Embeddings, images, sound, files, batches and responses on every backend, sync and async, on
both faces: what is sent and what comes back."""

from __future__ import annotations

import asyncio
import inspect
import io
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
from vendor_server import EVENTS, JSONL, SOUND, VendorServer

import dsadapter
from dsadapter._backends import selection
from dsadapter.testing.callers import KEY, MODES, Caller
from dsadapter.testing.contract import missing

CELLS = [(b, c) for b in selection.BY_NAME if not missing(b) for c in MODES]
WAV = b"RIFF\x00\x01\xff\r\n--x\r\n" * 100


@pytest.fixture(scope="module")
def server() -> Iterator[VendorServer]:
    with VendorServer() as vendor:
        yield vendor


@pytest.fixture(params=CELLS, ids="-".join)
def caller(request: Any, server: VendorServer) -> Iterator[Caller]:
    server.clear()
    yield Caller(request.param[0], "modern", request.param[1], server.base_url)


def use(caller: Caller, call: Any) -> Any:
    """``call(client)`` on a generic provider, awaited where the caller is async."""
    return caller.on_client(call, provider="generic")


def form_of(server: VendorServer) -> Dict[str, Any]:
    return {part.name: part for part in server.requests[-1].form}


# -- JSON


def test_embeddings_are_floats_whatever_the_server_sends(
    caller: Caller, server: VendorServer
) -> None:
    response = use(caller, lambda c: c.embeddings.create(model="m", input=["a", "b"], user="u"))
    assert [item.embedding for item in response.data] == [[1.0, 2.0], [3.0]]
    assert server.requests[-1].json == {"model": "m", "input": ["a", "b"], "user": "u"}
    assert response.adapter.backend == caller.backend
    response = use(
        caller, lambda c: c.embeddings.create(model="m", input="a", encoding_format="base64")
    )
    assert response.data[0].embedding == "AACAPwAAAEA="


def test_moderations_and_images(caller: Caller, server: VendorServer) -> None:
    assert use(caller, lambda c: c.moderations.create(input="x")).results[0].flagged is True
    response = use(caller, lambda c: c.images.generate(prompt="a cat", model="m"))
    assert response.data[0].url == "https://image.test/1"
    assert server.requests[-1].json == {"prompt": "a cat", "model": "m"}


# -- forms


def test_a_file_is_uploaded_with_its_fields_before_it(caller: Caller, server: VendorServer) -> None:
    expires = {"anchor": "created_at", "seconds": 3600}

    def call(client: Any) -> Any:
        file = ("世界.jsonl", WAV, "application/jsonl")
        return client.files.create(file=file, purpose="user_data", expires_after=expires)

    assert use(caller, call).id == "file-1"
    asked = server.requests[-1]
    assert (asked.method, asked.path) == ("POST", "/files")
    names = [part.name for part in asked.form]
    assert names == ["purpose", "expires_after[anchor]", "expires_after[seconds]", "file"]
    form = form_of(server)
    assert form["purpose"].content == b"user_data"
    assert form["expires_after[seconds]"].content == b"3600"
    assert form["file"].content == WAV
    assert form["file"].content_type == "application/jsonl"
    assert 'filename="世界.jsonl"'.encode() in asked.body
    assert asked.headers["content-length"] == str(len(asked.body))
    assert asked.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("kind", ["open", "path", "bytes", "named"])
def test_what_a_file_may_be(
    caller: Caller, server: VendorServer, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "speech.wav"
    path.write_bytes(WAV)
    with open(path, "rb") as opened:
        files = {"open": io.BytesIO(WAV), "path": path, "bytes": WAV, "named": opened}
        file = files[kind]

        def call(client: Any) -> Any:
            return client.audio.transcriptions.create(
                file=file, model="m", timestamp_granularities=["word", "segment"]
            )

        assert use(caller, call).text == "Hello"
    form = server.requests[-1].form
    assert [p.content for p in form if p.name == "timestamp_granularities[]"] == [
        b"word",
        b"segment",
    ]
    part = form_of(server)["file"]
    assert part.content == WAV
    assert part.filename == ("speech.wav" if kind in ("path", "named") else "upload")


def test_images_go_out_one_or_many_with_a_mask(caller: Caller, server: VendorServer) -> None:
    use(caller, lambda c: c.images.edit(image=b"one", prompt="p", mask=b"mask"))
    form = form_of(server)
    assert (form["image"].content, form["mask"].content) == (b"one", b"mask")
    use(caller, lambda c: c.images.edit(image=[b"one", b"two"], prompt="p"))
    contents = [part.content for part in server.requests[-1].form if part.name == "image[]"]
    assert contents == [b"one", b"two"]
    use(caller, lambda c: c.images.create_variation(image=b"one", n=2))
    assert form_of(server)["n"].content == b"2"


def test_texts_of_sound_are_objects_or_text(caller: Caller, server: VendorServer) -> None:
    response = use(caller, lambda c: c.audio.translations.create(file=WAV, model="m"))
    assert response.text == "Hello"
    text = use(
        caller,
        lambda c: c.audio.transcriptions.create(file=WAV, model="m", response_format="srt"),
    )
    assert text == "1\n世界\n"


# -- bytes


def test_sound_and_files_come_as_bytes(
    caller: Caller, server: VendorServer, tmp_path: Path
) -> None:
    sound = use(caller, lambda c: c.audio.speech.create(model="m", voice="v", input="Hello"))
    assert sound.content == sound.read() == b"".join(sound.iter_bytes(1000)) == SOUND
    sound.write_to_file(tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == SOUND
    assert sound.response.headers["content-type"] == "audio/mpeg"
    assert server.requests[-1].headers["accept"] == "application/octet-stream"
    file = use(caller, lambda c: c.files.content("file-1"))
    assert file.content == JSONL, "whatever it says: an error in it is not the call's"
    assert use(caller, lambda c: c.files.retrieve_content("file-1")) == JSONL.decode()


SPEECH = {"model": "m", "voice": "v", "input": "Hello"}


def test_sound_is_written_to_a_file_as_it_arrives(caller: Caller, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"

    async def of_async(client: Any) -> Any:
        async with client.audio.speech.with_streaming_response.create(**SPEECH) as response:
            await response.stream_to_file(path)
        async with client.with_streaming_response.files.content("file-1") as response:
            return await response.parse()

    def of_sync(client: Any) -> Any:
        with client.audio.speech.with_streaming_response.create(**SPEECH) as response:
            response.stream_to_file(path)
        with client.with_streaming_response.files.content("file-1") as response:
            return response.parse()

    file = use(caller, of_async if caller.is_async else of_sync)
    assert path.read_bytes() == SOUND
    assert file.content == JSONL


def test_the_raw_replies_of_resources(caller: Caller, server: VendorServer) -> None:
    raw = use(caller, lambda c: c.with_raw_response.embeddings.create(input="x", model="m"))
    assert (raw.status_code, raw.json()["model"]) == (200, "m")
    assert raw.parse().data[0].embedding == [1.0, 2.0]
    raw = use(caller, lambda c: c.audio.with_raw_response.speech.create(**SPEECH))
    assert raw.content == raw.parse().content == SOUND
    raw = use(caller, lambda c: c.files.with_raw_response.create(file=WAV, purpose="p"))
    assert raw.parse().id == "file-1"
    assert all("raw-response" not in str(asked.headers).lower() for asked in server.requests)


# -- lists that come in pages


def test_pages_go_on_by_themselves(caller: Caller, server: VendorServer) -> None:
    async def of_async(client: Any) -> List[Any]:
        ids = [item.id async for item in client.files.list(limit=2, purpose="batch")]
        page = await client.batches.list(limit=2)
        return [ids, [item.id async for item in page], page]

    def of_sync(client: Any) -> List[Any]:
        ids = [item.id for item in client.files.list(limit=2, purpose="batch")]
        page = client.batches.list(limit=2)
        return [ids, [item.id for item in page], page]

    files, batches, page = use(caller, of_async if caller.is_async else of_sync)
    assert files == [f"file-{n}" for n in range(1, 6)]
    assert batches == [f"batch-{n}" for n in range(1, 6)]
    assert [item.id for item in page.data] == ["batch-1", "batch-2"]
    queries = [asked.query for asked in server.requests if asked.path == "/files"]
    assert [query.get("after") for query in queries] == [None, ["file-2"], ["file-4"]]
    assert all(query["purpose"] == ["batch"] for query in queries)


def test_a_model_of_ones_own_is_deleted(caller: Caller, server: VendorServer) -> None:
    deleted = use(caller, lambda c: c.models.delete("ft:a/b"))
    assert (deleted.deleted, server.requests[-1].method) == (True, "DELETE")
    assert not hasattr(dsadapter.OpenAI(api_key=KEY).models, "delete")  # DeepSeek keeps none


def test_files_and_batches_by_their_ids(caller: Caller, server: VendorServer) -> None:
    assert use(caller, lambda c: c.files.retrieve("a/b")).filename == "a.jsonl"
    assert use(caller, lambda c: c.files.delete("file-1")).deleted is True
    assert use(caller, lambda c: c.batches.retrieve("batch-1")).status == "in_progress"
    assert use(caller, lambda c: c.batches.cancel("batch-1")).id == "batch-1"
    fields = {"completion_window": "24h", "endpoint": "/v1/x", "input_file_id": "file-1"}
    assert use(caller, lambda c: c.batches.create(**fields)).id == "batch-1"
    assert [(asked.method, asked.path) for asked in server.requests] == [
        ("GET", "/files/a%2Fb"),
        ("DELETE", "/files/file-1"),
        ("GET", "/batches/batch-1"),
        ("POST", "/batches/batch-1/cancel"),
        ("POST", "/batches"),
    ]
    assert server.requests[-1].json == fields


# -- responses


def test_responses_of_a_vendor_that_keeps_them(caller: Caller, server: VendorServer) -> None:
    response = use(caller, lambda c: c.responses.create(model="m", input="Hi"))
    assert response.output_text == "Hi"
    assert use(caller, lambda c: c.responses.retrieve("resp-1")).id == "resp-1"
    assert use(caller, lambda c: c.responses.delete("resp-1")) is None
    assert use(caller, lambda c: c.responses.cancel("resp-1")).id == "resp-1"
    assert [asked.path for asked in server.requests[1:]] == [
        "/responses/resp-1",
        "/responses/resp-1",
        "/responses/resp-1/cancel",
    ]


# -- streams of events


class Outcome:
    """The events of a stream, what they came to, and the error that ended it."""

    def __init__(self) -> None:
        self.types: List[str] = []
        self.final: Any = None
        self.error: Any = None


STREAMS = {
    "images": lambda c: c.images.generate(prompt="p", stream=True),
    "audio": lambda c: c.audio.transcriptions.create(file=WAV, model="m", stream=True),
    "messages": lambda c: c.post("/messages", body={"model": "m"}, stream=True),
    "responses": lambda c: c.responses.create(model="m", input="Hi", stream=True),
}
TYPES = {
    "images": ["image_generation.partial_image", "image_generation.completed"],
    "audio": ["transcript.text.delta", "transcript.text.delta", "transcript.text.done"],
    "messages": ["message_start", "content_block_delta", "message_stop"],
    "responses": ["response.created", "response.output_text.delta", "response.completed"],
}


def stream(caller: Caller, name: str) -> Outcome:
    outcome = Outcome()

    async def of_async(client: Any) -> None:
        async with await STREAMS[name](client) as opened:
            async for event in opened:
                outcome.types.append(event.type)
            outcome.final = await opened.get_final_response()

    def of_sync(client: Any) -> None:
        with STREAMS[name](client) as opened:
            for event in opened:
                outcome.types.append(event.type)
            outcome.final = opened.get_final_response()

    try:
        use(caller, of_async if caller.is_async else of_sync)
    except dsadapter.OpenAIError as err:
        outcome.error = err
    return outcome


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_of_events_is_whole_without_done(caller: Caller, name: str) -> None:
    outcome = stream(caller, name)
    assert outcome.error is None, repr(outcome.error)
    assert outcome.types == TYPES[name]
    expected = {"images": "b64_json", "audio": "text", "messages": "type", "responses": "output"}
    assert expected[name] in outcome.final


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("clean", [False, True], ids=["broken", "clean"])
def test_half_an_event_is_an_answer_cut_off(
    caller: Caller, server: VendorServer, name: str, clean: bool
) -> None:
    server.cut, server.clean = -10, clean
    outcome = stream(caller, name)
    assert isinstance(outcome.error, dsadapter.StreamTruncatedError), repr(outcome.error)
    assert outcome.types == TYPES[name][:-1]
    partial = {"images": "", "audio": "Hello", "messages": "Hello", "responses": "Hi"}
    assert outcome.error.partial == partial[name]


def test_a_response_without_its_last_event_is_cut_off(caller: Caller, server: VendorServer) -> None:
    server.cut, server.clean = -len(EVENTS["/responses"][-1]), True
    outcome = stream(caller, "responses")
    assert isinstance(outcome.error, dsadapter.StreamTruncatedError), repr(outcome.error)
    assert outcome.types == TYPES["responses"][:-1]


@pytest.mark.parametrize("name", ["images", "audio", "messages"])
def test_a_broken_connection_between_two_events_is_noticed(
    caller: Caller, server: VendorServer, name: str
) -> None:
    path = {"images": "/images/generations", "audio": "/audio/transcriptions"}
    last_event = EVENTS[path.get(name, "/messages")][-1]
    server.cut = -len(last_event)
    outcome = stream(caller, name)
    assert isinstance(outcome.error, dsadapter.StreamTruncatedError)
    assert outcome.types == TYPES[name][:-1]


# -- any path


def test_every_method_reaches_any_path(caller: Caller, server: VendorServer) -> None:
    for method in ("get", "post", "put", "patch", "delete"):

        def call(client: Any, method: str = method) -> Any:
            options = {"headers": {"X-Mine": "1"}, "params": {"a": "b"}, "timeout": 5}
            body = {} if method == "get" else {"body": {"field": 1}}
            return getattr(client, method)("/x/y", cast_to=object, options=options, **body)

        assert use(caller, call) == {"method": method.upper(), "path": "/x/y"}
        asked = server.requests[-1]
        assert (asked.headers["x-mine"], asked.query) == ("1", {"a": ["b"]})
        assert asked.body == (b"" if method == "get" else b'{"field":1}')


def test_cast_to_says_what_comes_back(caller: Caller, server: VendorServer) -> None:
    import httpx

    text = '{"method": "GET", "path": "/x"}'
    assert use(caller, lambda c: c.get("/x", cast_to=str)) == text
    assert use(caller, lambda c: c.get("/x", cast_to=bytes)) == text.encode()
    raw = use(caller, lambda c: c.get("/x", cast_to=httpx.Response))
    assert (raw.status_code, raw.text, raw.json()["path"]) == (200, text, "/x")
    chat = use(caller, lambda c: c.get("/x", cast_to=dsadapter.ChatCompletion))
    assert isinstance(chat, dsadapter.ChatCompletion)
    use(caller, lambda c: c.post("/x", body={"a": 1}, files={"file": WAV}, cast_to=object))
    assert {name: part.content for name, part in form_of(server).items()} == {
        "a": b"1",
        "file": WAV,
    }


def test_sync_calls_are_functions_and_async_ones_coroutines() -> None:
    for face, expected in ((dsadapter.OpenAI, False), (dsadapter.AsyncOpenAI, True)):
        client = face(api_key=KEY, base_url="http://127.0.0.1:9", provider="generic")
        for method in (client.embeddings.create, client.files.create, client.files.content):
            assert inspect.iscoroutinefunction(method) is expected


# -- the face of 0.28


LEGACY = [
    ("Embedding", "create", {"model": "m", "input": "x"}),
    ("Moderation", "create", {"input": "x"}),
    ("Image", "create", {"prompt": "x"}),
    ("Image", "create_edit", {"image": b"one", "prompt": "x"}),
    ("Image", "create_variation", {"image": b"one"}),
    ("Audio", "transcribe", {"model": "m", "file": None}),
    ("File", "create", {"file": b"lines", "purpose": "batch"}),
    ("File", "list", {}),
    ("File", "retrieve", {"id": "file-1"}),
    ("File", "download", {"id": "file-1"}),
    ("File", "delete", {"sid": "file-1"}),
]


@pytest.mark.parametrize(("name", "method", "params"), LEGACY)
@pytest.mark.parametrize(("backend", "mode"), CELLS)
def test_the_legacy_face_has_them_too(
    server: VendorServer,
    monkeypatch: Any,
    backend: str,
    mode: str,
    name: str,
    method: str,
    params: Any,
) -> None:
    server.clear()
    monkeypatch.setenv("DSADAPTER_BACKEND", backend)
    cls = getattr(dsadapter, name)
    dsadapter.api_key, dsadapter.api_base, dsadapter.provider = KEY, server.base_url, "generic"
    if params.get("file", "") is None:
        file: Any = io.BytesIO(WAV)
        file.name = "speech.wav"
        params = {**params, "file": file}
    if mode == "sync":
        result = getattr(cls, method)(**params)
    else:

        async def main() -> Any:
            from dsadapter._backends.holders import close_shared_async

            try:
                return await getattr(cls, f"a{method}")(**params)
            finally:
                await close_shared_async()

        result = asyncio.run(main())
    if method == "download":
        assert result == JSONL
    else:
        assert isinstance(result, dict) and result
    if "file" in params or "image" in params:
        part = form_of(server)["file" if "file" in params else "image"]
        assert part.content in (WAV, b"lines", b"one")
