"""``AsyncOpenAI``: what its sync twin has no counterpart of; the rest is tested with that one."""

from __future__ import annotations

import asyncio
from typing import Any, Dict

import httpx
import pytest
from no_loop import WITHOUT_ASYNCIO
from sample_calls import CALL, KEY
from scripted import BASE, AsyncAnswer, AsyncBackend, Holder

import dsadapter
from dsadapter import AsyncOpenAI
from dsadapter._backends.holders import close_shared_async
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


@pytest.mark.parametrize("http_client", [None, httpx.AsyncClient], ids=["own", "httpx"])
@pytest.mark.parametrize("params", [{}, {"stream": True}, {"deadline": 5}], ids=repr)
@pytest.mark.parametrize("run", WITHOUT_ASYNCIO)
def test_without_asyncio_a_call_says_what_it_needs(
    run: Any, params: Any, http_client: Any, settings: Dict[str, Any], emulator: Emulator
) -> None:
    async def main() -> None:
        own = http_client and http_client()
        async with AsyncOpenAI(**settings, http_client=own) as client:
            await client.chat.completions.create(**CALL, **params)

    with pytest.raises(dsadapter.BackendUnavailableError, match="asyncio") as caught:
        run(main)
    assert "trio.to_thread.run_sync" in (caught.value.hint or "")
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert not emulator.requests


@pytest.mark.parametrize("run", WITHOUT_ASYNCIO)
def test_without_asyncio_a_client_can_be_closed(run: Any, settings: Dict[str, Any]) -> None:
    async def main(own: Any) -> bool:
        client = AsyncOpenAI(**settings, http_client=own)
        await client.close()
        return client.is_closed()

    assert run(lambda: main(None))
    assert run(lambda: main(httpx.AsyncClient()))


@pytest.mark.parametrize("run", WITHOUT_ASYNCIO)
def test_without_asyncio_calls_of_028_say_it_under_its_names(
    run: Any, settings: Dict[str, Any]
) -> None:
    dsadapter.api_key, dsadapter.api_base = settings["api_key"], settings["base_url"]

    async def main() -> None:
        try:
            await dsadapter.ChatCompletion.acreate(**CALL)
        finally:
            await close_shared_async()

    with pytest.raises(dsadapter.error.OpenAIError, match="asyncio"):
        run(main)


def test_content_of_an_async_iterator() -> None:
    backend = AsyncBackend([AsyncAnswer({"id": "x"})])
    client = dsadapter.AsyncOpenAI(api_key=KEY, base_url=BASE, _holder=Holder(backend))

    async def parts() -> Any:
        yield b"a"
        yield b"b"

    assert asyncio.run(client.post("/x", content=parts())) == {"id": "x"}
    assert [sent.body for sent in backend.sent] == [b"ab"]
