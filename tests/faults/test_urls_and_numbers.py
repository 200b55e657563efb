"""Hosts that libraries read differently, paths that lead away, numbers that are no JSON: refused
before anything is sent, on both faces."""

from __future__ import annotations

import asyncio
import math
from typing import Any, Dict

import pytest

import dsadapter
from dsadapter.testing import Emulator

KEY = "sk-" + "0123456789abcdef" * 2
MESSAGES = [{"role": "user", "content": "Hi"}]
CALL: Dict[str, Any] = {"model": "deepseek-flash", "messages": MESSAGES}
NETLOCS = [
    "evil.test\\.deepseek.com",
    "evil.test\\@api.deepseek.com",
    "evil.test;.deepseek.com",
    "evil.test%2f.deepseek.com",
    "evil.test%2F.deepseek.com",
    "evil.test%00.deepseek.com",
    "evil.test%23.deepseek.com",
    "evil.test\x00.deepseek.com",
    "evil.test\x1f.deepseek.com",
    "evil.test\x7f.deepseek.com",
    "evil.test\t.deepseek.com",
    "evil.test\n.deepseek.com",
    "evil.test\u200b.deepseek.com",
    "evil.test\u3002.deepseek.com",
    "evil.test\uff0f.deepseek.com",
    "evil.test,.deepseek.com",
    "evil.test|.deepseek.com",
    "evil.test<.deepseek.com",
    'evil.test".deepseek.com',
    "evil.test{.deepseek.com",
    "evil.test`.deepseek.com",
    "evil.test&.deepseek.com",
    "evil.test=.deepseek.com",
    "evil.test!.deepseek.com",
    "[fe80::1%25eth0]:8000",
]


@pytest.fixture()
def emulator() -> Any:
    with Emulator() as emulator:
        yield emulator
        assert emulator.requests == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("netloc", NETLOCS)
def test_a_host_that_can_be_read_in_two_ways(netloc: str, scheme: str, monkeypatch: Any) -> None:
    url = f"{scheme}://{netloc}"
    with pytest.raises(dsadapter.OpenAIError, match="not usable|user name") as caught:
        dsadapter.OpenAI(api_key=KEY, base_url=url)
    assert isinstance(caught.value, ValueError)
    with pytest.raises(dsadapter.OpenAIError, match="not usable|user name"):
        dsadapter.ChatCompletion.create(**CALL, api_key=KEY, api_base=url)
    if "\x00" not in url:
        monkeypatch.setenv("DSADAPTER_OFFLINE_URL", url)
        with pytest.raises(dsadapter.OpenAIError, match="not usable|user name"):
            dsadapter.OpenAI(api_key=KEY)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.deepseek.com/v1",
        "http://my-host_1.example.com:8000/a;b/c%20d",
        "http://[::1]:8000/v1",
        "https://\u4f8b\u3048.\u30c6\u30b9\u30c8/v1",
        "http://10.0.0.1",
    ],
)
def test_an_honest_host_passes(url: str) -> None:
    assert dsadapter.OpenAI(api_key=KEY, base_url=url).base_url == url


LEADING_AWAY = ["..", ".", "%2e%2e", "../..", "a/../..", "..\\x", "a\nb", "a\x00b", ".%2E"]


@pytest.mark.parametrize("path", LEADING_AWAY)
def test_a_path_that_leads_away(path: str, emulator: Emulator) -> None:
    client = dsadapter.OpenAI(api_key=KEY, base_url=emulator.base_url)
    for call in (client.get, client.post):
        with pytest.raises(dsadapter.InvalidArgumentError, match="segment"):
            call(f"/models/{path}")


@pytest.mark.parametrize("name", ["..", "."])
def test_a_model_name_that_leads_away(name: str, emulator: Emulator) -> None:
    client = dsadapter.OpenAI(api_key=KEY, base_url=emulator.base_url)
    with pytest.raises(dsadapter.InvalidArgumentError, match="segment"):
        client.models.retrieve(name)
    other = dsadapter.AsyncOpenAI(api_key=KEY, base_url=emulator.base_url)
    with pytest.raises(dsadapter.InvalidArgumentError, match="segment"):
        asyncio.run(other.models.retrieve(name))
    with pytest.raises(dsadapter.error.InvalidRequestError, match="segment"):
        dsadapter.Model.retrieve(name, api_key=KEY, api_base=emulator.base_url)


def test_a_name_with_dots_is_a_name() -> None:
    with Emulator() as emulator:
        client = dsadapter.OpenAI(api_key=KEY, base_url=emulator.base_url)
        for name in ("...", "a.b", "..a", "v4..1", ".hidden"):
            with pytest.raises(dsadapter.NotFoundError):
                client.models.retrieve(name)
        assert len(emulator.requests) == 5


NUMBERS = [math.nan, math.inf, -math.inf]


@pytest.mark.parametrize("number", NUMBERS, ids=str)
@pytest.mark.parametrize(
    "params",
    [
        lambda number: {"temperature": number},
        lambda number: {"extra_body": {"deep": [{"x": number}]}},
        lambda number: {"messages": [{"role": "user", "content": "\ud800", "weight": number}]},
        lambda number: {"logit_bias": {"1": number}},
    ],
)
def test_a_number_that_is_no_json(params: Any, number: float, emulator: Emulator) -> None:
    call = {**CALL, **params(number)}
    settings = {"api_key": KEY, "base_url": emulator.base_url}
    for stream in (False, True):
        with pytest.raises(dsadapter.InvalidArgumentError, match="JSON") as caught:
            dsadapter.OpenAI(**settings).chat.completions.create(**call, stream=stream)
        assert "finite" in str(caught.value)
        client = dsadapter.AsyncOpenAI(**settings)
        with pytest.raises(dsadapter.InvalidArgumentError, match="JSON"):
            asyncio.run(client.chat.completions.create(**call, stream=stream))
    with pytest.raises(dsadapter.error.InvalidRequestError, match="JSON"):
        dsadapter.ChatCompletion.create(**call, api_key=KEY, api_base=emulator.base_url)
    with pytest.raises(dsadapter.InvalidArgumentError, match="JSON"):
        dsadapter.OpenAI(**settings).post("/any", body={"x": number})
