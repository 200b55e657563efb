"""Chat, models and any other path of an async client."""

from __future__ import annotations

import asyncio
from typing import Any, Dict

import pytest
from no_loop import bare
from sample_calls import CALL

import dsadapter
from dsadapter import AsyncOpenAI


def test_an_upload_without_asyncio_says_what_it_needs(settings: Dict[str, Any]) -> None:
    client = AsyncOpenAI(**settings)
    with pytest.raises(dsadapter.BackendUnavailableError, match="asyncio"):
        bare(lambda: client.post("/files", files={"file": ("a.txt", b"a")}))


def test_get_and_post_async(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            assert (await client.get("/models")).data[0].id
            assert (await client.post("/chat/completions", body=CALL)).choices
            assert (await client.balance()).is_available
            assert [model.id async for model in client.models.list()]
            assert [model.id for model in await client.models.list()]
            assert [model.id async for model in await client.models.list()]
            pages = (await client.models.list()).iter_pages()
            assert [page.data[0].id async for page in pages]
            assert (await client.models.retrieve("deepseek-flash")).id == "deepseek-flash"
            async with await client.post("/chat/completions", body=CALL, stream=True) as stream:
                assert (await stream.get_final_response()).choices

    asyncio.run(main())
