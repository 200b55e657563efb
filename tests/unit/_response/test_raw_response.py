"""``with_raw_response``: the answer as it came."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict

import pytest
from sample_calls import CALL

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
