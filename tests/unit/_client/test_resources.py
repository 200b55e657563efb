"""Chat, text completion, models, balance, and any other path."""

from __future__ import annotations

import asyncio
from typing import Any, Dict

import pytest
from sample_calls import CALL, HELLO, last

from dsadapter import AsyncOpenAI, OpenAI
from dsadapter.testing.emulator import Emulator


def test_fim_gives_text(client: OpenAI, emulator: Emulator) -> None:
    whole = client.completions.create(
        model="deepseek-v4-pro", prompt="def f(", suffix="    return 1"
    )
    assert isinstance(whole.choices[0].text, str)
    assert last(emulator).json["suffix"] == "    return 1"
    with client.completions.create(model="deepseek-v4-pro", prompt="def f(", stream=True) as stream:
        text = "".join(chunk.choices[0].text for chunk in stream if chunk.choices)
        assert stream.get_final_response().choices[0].text == text


def test_models_and_balance(client: OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert "deepseek-flash" in names
    assert client.models.retrieve(names[0]).id == names[0]
    balance = client.balance()
    assert balance.is_available is True
    assert isinstance(balance.balance_infos[0].total_balance, str)


def test_messages_may_be_any_iterable(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(model="deepseek-flash", messages=(dict(m) for m in HELLO))
    assert last(emulator).json["messages"] == HELLO


def test_get(client: OpenAI, emulator: Emulator) -> None:
    page = client.get("/models", limit=3)
    assert page.data[0].id == page["data"][0]["id"]
    assert (last(emulator).method, last(emulator).query) == ("GET", "limit=3")
    assert client.get("models").data


def test_post_streams(client: OpenAI, emulator: Emulator) -> None:
    with client.post("/chat/completions", body=CALL, stream=True) as stream:
        assert stream.get_final_response().choices[0].message.content
    assert last(emulator).json["stream"] is True


def test_a_page_of_models_is_one_of_the_sdk_s(client: OpenAI, settings: Dict[str, Any]) -> None:
    pagination = pytest.importorskip("openai.pagination")
    page = client.models.list()
    assert isinstance(page, pagination.SyncPage)
    assert not page.has_next_page()
    assert [model.id for model in page] == [model.id for model in page._get_page_items()]
    assert [behind.object for behind in page.iter_pages()] == ["list"]

    async def main() -> Any:
        async with AsyncOpenAI(**settings) as async_client:
            return await async_client.models.list()

    page = asyncio.run(main())
    assert isinstance(page, pagination.AsyncPage)
    assert not isinstance(page, pagination.SyncPage)
