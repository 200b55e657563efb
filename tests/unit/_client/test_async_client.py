"""``AsyncOpenAI``: what its sync twin has no counterpart of; the rest is tested with that one."""

from __future__ import annotations

import asyncio
from typing import Any, Dict

import pytest
from sample_calls import CALL, KEY
from scripted import BASE, AsyncAnswer, AsyncBackend, Holder

import dsadapter
from dsadapter import AsyncOpenAI
from dsadapter.testing.emulator import Emulator


def test_an_async_copy_shares_the_connections(settings: Dict[str, Any], emulator: Emulator) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            await client.chat.completions.create(**CALL)
            await client.with_options(max_retries=0).chat.completions.create(**CALL)

    asyncio.run(main())
    assert emulator.connections == 1


def test_a_closed_async_client_raises(settings: Dict[str, Any], emulator: Emulator) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            assert (await client.chat.completions.create(**CALL)).choices
        assert client.is_closed()
        with pytest.raises(dsadapter.OpenAIError, match="closed"):
            await client.chat.completions.create(**CALL)
        await client.close()
        other = AsyncOpenAI(**settings)
        await other.aclose()
        assert other.is_closed()

    asyncio.run(main())
    assert len(emulator.requests) == 1


def test_content_of_an_async_iterator() -> None:
    backend = AsyncBackend([AsyncAnswer({"id": "x"})])
    client = dsadapter.AsyncOpenAI(api_key=KEY, base_url=BASE, _holder=Holder(backend))

    async def parts() -> Any:
        yield b"a"
        yield b"b"

    assert asyncio.run(client.post("/x", content=parts())) == {"id": "x"}
    assert [sent.body for sent in backend.sent] == [b"ab"]
