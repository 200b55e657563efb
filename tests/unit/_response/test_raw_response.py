"""``with_raw_response``: the answer as it came, with what the SDK's raw responses have."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any, Dict, List

import pytest
from sample_calls import CALL, KEY

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter.testing.emulator import Emulator


def test_with_raw_response(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert raw.status_code == 200
    assert raw.headers["content-type"] == raw.headers["Content-Type"] == "application/json"
    parsed = raw.parse()
    assert parsed == json.loads(raw.text) == raw.json() == json.loads(raw.content)
    assert parsed.choices[0].message.content
    assert raw.adapter.backend == client.backend
    assert raw.request_id == parsed.adapter.request_id
    assert "200" in repr(raw)


@pytest.mark.parametrize(
    "use",
    [
        lambda c: c.models.with_raw_response.list(),
        lambda c: c.models.with_raw_response.retrieve("deepseek-flash"),
        lambda c: c.completions.with_raw_response.create(model="deepseek-v4-pro", prompt="a"),
    ],
)
def test_every_resource_has_with_raw_response(client: OpenAI, use: Any) -> None:
    raw = use(client)
    assert raw.status_code == 200
    assert raw.parse() == json.loads(raw.text)


def test_a_client_has_with_raw_response(client: OpenAI) -> None:
    raw = client.with_raw_response.chat.completions.create(**CALL)
    assert raw.status_code == 200
    assert raw.parse().choices


def test_a_raw_stream(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL, stream=True)
    assert raw.status_code == 200
    assert raw.headers["content-type"].startswith("text/event-stream")
    with pytest.raises(dsadapter.OpenAIError, match="parse"):
        _ = raw.text
    with raw.parse() as stream:
        assert sum(1 for _ in stream) > 1


def test_raw_async(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            raw = await client.chat.completions.with_raw_response.create(**CALL)
            assert raw.parse() == json.loads(raw.text)
            page = await client.models.with_raw_response.list()
            assert page.parse() == json.loads(page.text)
            raw = await client.chat.completions.with_raw_response.create(**CALL, stream=True)
            async with raw.parse() as stream:
                assert [chunk async for chunk in stream]

    asyncio.run(main())


def test_a_raw_status_raises(client: OpenAI, emulator: Emulator) -> None:
    emulator.fault("status-402")
    with pytest.raises(dsadapter.InsufficientBalanceError):
        client.chat.completions.with_raw_response.create(**CALL)


def test_it_has_what_the_sdk_s_has(client: OpenAI, emulator: Emulator) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert (raw.method, raw.http_version, raw.is_closed) == ("POST", "HTTP/1.1", True)
    assert raw.url == f"{emulator.base_url}/chat/completions"
    assert raw.url.path == "/chat/completions"
    assert timedelta(0) < raw.elapsed < timedelta(minutes=1)
    assert raw.elapsed == raw.http_response.elapsed
    assert raw.retries_taken == 0
    assert (
        raw.read() == raw.content == b"".join(raw.iter_bytes()) == "".join(raw.iter_text()).encode()
    )
    assert "".join(raw.iter_lines()) == raw.text
    raw.close()


def test_the_http_library_s_own_objects(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL)
    response, request = raw.http_response, raw.http_request
    assert response is raw.http_response
    assert type(response).__module__.partition(".")[0] in ("httpx", "httpx2")
    assert (response.status_code, response.json()) == (200, raw.json())
    assert dict(response.headers) == dict(raw.headers)
    assert (request.method, str(request.url)) == (raw.method, raw.url)
    assert json.loads(request.content)["model"] == CALL["model"]
    assert "authorization" not in request.headers
    assert KEY not in repr(vars(raw)) + repr(vars(raw._exchange)) + repr(dict(request.headers))


def test_retries_are_counted(client: OpenAI, emulator: Emulator, pauses: List[float]) -> None:
    emulator.fault("status-503")
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert raw.retries_taken == 1


class Model(dsadapter.BaseModel):
    id: str


def test_a_raw_stream_can_be_read_as_it_comes(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL, stream=True)
    assert not raw.is_closed
    lines = list(raw.iter_lines())
    assert lines[0].startswith("data: {")
    assert lines[-2] == "data: [DONE]"
    assert raw.is_closed
    with pytest.raises(dsadapter.OpenAIError, match="once more"):
        raw.read()
    closed = client.chat.completions.with_raw_response.create(**CALL, stream=True)
    closed.close()
    assert closed.is_closed
    read = client.chat.completions.with_raw_response.create(**CALL, stream=True)
    assert read.read() == read.content
    assert read.text.endswith("data: [DONE]\n\n")


def test_a_raw_async_stream_can_be_read_as_it_comes(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            create = client.chat.completions.with_raw_response.create
            raw = await create(**CALL, stream=True)
            assert [line async for line in raw.aiter_lines()][-2] == "data: [DONE]"
            raw = await create(**CALL, stream=True)
            assert b"".join([part async for part in raw.aiter_bytes()]).startswith(b"data: {")
            raw = await create(**CALL, stream=True)
            assert (await raw.aread()).endswith(b"[DONE]\n\n")
            raw = await create(**CALL, stream=True)
            await raw.aclose()
            assert raw.is_closed

    asyncio.run(main())


# --- with_streaming_response ----------------------------------------------------------------------


def test_the_body_is_read_when_it_is_asked_for(client: OpenAI) -> None:
    with client.chat.completions.with_streaming_response.create(**CALL) as response:
        assert (response.status_code, response.is_closed) == (200, False)
        assert response.headers["content-type"] == "application/json"
        parsed = response.parse()
        assert response.is_closed
        assert parsed.choices[0].message.content
        assert (
            parsed == response.json() == json.loads(response.text()) == json.loads(response.read())
        )
        assert response.parse() is parsed
        assert response.parse(to=Model).id == parsed.id


def test_it_is_closed_behind_the_block(client: OpenAI) -> None:
    with client.chat.completions.with_streaming_response.create(**CALL) as response:
        pass
    assert response.is_closed
    with pytest.raises(dsadapter.OpenAIError):
        response.read()


def test_nothing_is_sent_before_the_block(client: OpenAI, emulator: Emulator) -> None:
    pending = client.chat.completions.with_streaming_response.create(**CALL)
    assert emulator.requests == []
    with pending:
        assert len(emulator.requests) == 1


def test_a_stream_in_a_block(client: OpenAI) -> None:
    create = client.chat.completions.with_streaming_response.create
    with create(**CALL, stream=True) as response:
        assert [type(chunk).__name__ for chunk in response.parse()][0] == "ChatCompletionChunk"
    with create(**CALL, stream=True) as response:
        assert "data: [DONE]" in list(response.iter_lines())
    with create(**CALL, stream=True) as response:
        assert next(response.iter_text()).startswith("data: {")
    assert response.is_closed
    assert client.chat.completions.create(**CALL).choices


def test_an_error_status_in_a_block(client: OpenAI, emulator: Emulator) -> None:
    emulator.fault("status-402")
    with pytest.raises(dsadapter.InsufficientBalanceError):
        with client.chat.completions.with_streaming_response.create(**CALL):
            raise AssertionError("the block was entered")


def test_async_blocks(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            create = client.chat.completions.with_streaming_response.create
            async with create(**CALL) as response:
                assert not response.is_closed
                parsed = await response.parse()
                assert parsed == await response.json() == json.loads(await response.text())
            async with create(**CALL, stream=True) as response:
                lines = [line async for line in response.iter_lines()]
                assert lines[-2] == "data: [DONE]"
                with pytest.raises(dsadapter.OpenAIError, match="once more"):
                    await response.read()
            async with create(**CALL, stream=True) as response:
                assert [chunk async for chunk in await response.parse()]
            async with create(**CALL, stream=True) as response:
                async for part in response.iter_text():
                    assert part.startswith("data: {")
                    break
            assert response.is_closed
            async with client.models.with_streaming_response.list() as response:
                assert [model.id for model in await response.parse()]

    asyncio.run(main())


def test_a_compressed_body_is_decoded(client: OpenAI, emulator: Emulator) -> None:
    emulator.fault("gzip", times=2)
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert raw.http_response.json() == raw.json() == raw.parse()
    assert (
        raw.headers["content-encoding"] == raw.http_response.headers["content-encoding"] == "gzip"
    )
    with client.chat.completions.with_streaming_response.create(**CALL) as response:
        assert json.loads(response.read())["choices"]


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
def test_they_are_instances_of_the_sdk_s_classes(client: OpenAI, settings: Dict[str, Any]) -> None:
    pytest.importorskip("openai._legacy_response")
    from openai._legacy_response import LegacyAPIResponse
    from openai._response import APIResponse, AsyncAPIResponse

    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert isinstance(raw, LegacyAPIResponse)
    assert type(raw).__name__ == "RawResponse"
    with client.chat.completions.with_streaming_response.create(**CALL) as response:
        assert isinstance(response, APIResponse)

    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            async with client.models.with_streaming_response.list() as response:
                assert isinstance(response, AsyncAPIResponse)

    asyncio.run(main())
