"""The backend without an SDK, over HTTP clients of the caller's."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import requests
from sample_calls import CALL

from _backends.samples import RAW, OwnSession
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._backends import detection, raw_requests
from dsadapter._backends.io import httpcore
from dsadapter.testing.emulator import Emulator


@pytest.mark.parametrize("make", [requests.Session, OwnSession, httpx.Client])
def test_the_http_client_of_the_caller_is_used(make: Any) -> None:
    with Emulator() as emulator, make() as given:
        given.headers["X-Mine"] = "yes"
        with OpenAI(api_key="k", base_url=emulator.base_url, http_client=given) as client:
            assert client.chat.completions.create(**CALL).choices
        assert emulator.requests[-1].headers["x-mine"] == "yes"
        assert emulator.requests[-1].headers["authorization"] == "Bearer k"


def test_the_async_http_client_of_the_caller_is_used() -> None:
    async def main(base_url: str) -> None:
        given = httpx.AsyncClient(headers={"X-Mine": "yes"})
        async with AsyncOpenAI(api_key="k", base_url=base_url, http_client=given) as client:
            assert (await client.chat.completions.create(**CALL)).choices

    with Emulator() as emulator:
        asyncio.run(main(emulator.base_url))
        assert emulator.requests[-1].headers["x-mine"] == "yes"


@pytest.mark.parametrize("absent", [(), ("httpx2",)], ids=str)
def test_which_httpx_async_calls_go_through(absent: Any, monkeypatch: Any) -> None:
    """httpx2 where both are there, and no aiohttp."""
    installed, missing = detection.is_installed, {"aiohttp", *absent}
    monkeypatch.setattr(
        detection, "is_installed", lambda name: name not in missing and installed(name)
    )
    expected = "httpx" if absent or not installed("httpx2") else "httpx2"
    backend: Any = raw_requests.async_backend()
    assert backend._library.__name__ == expected
    asyncio.run(backend.close())


@pytest.mark.parametrize("error", [AttributeError, TypeError])
def test_an_httpcore_of_another_make_is_used_through_httpx(error: Any, monkeypatch: Any) -> None:
    def refuse(*_: Any) -> None:
        raise error("create_connection")

    monkeypatch.setattr(httpcore, "_check", refuse)
    monkeypatch.setattr(raw_requests, "_other_library", lambda name: "httpx")
    monkeypatch.setattr(detection, "is_installed", lambda name: name == "httpx")
    backend: Any = raw_requests.async_backend()
    assert isinstance(backend._client, httpx.AsyncClient)
    asyncio.run(backend.close())


@pytest.mark.parametrize(
    ("make", "client", "what"),
    [
        (httpx.AsyncClient, OpenAI, "OpenAI takes a requests.Session or httpx.Client"),
        (httpx.Client, AsyncOpenAI, "AsyncOpenAI takes a httpx.AsyncClient"),
        (requests.Session, AsyncOpenAI, "AsyncOpenAI takes a httpx.AsyncClient"),
    ],
)
def test_an_http_client_of_the_other_colour(make: Any, client: Any, what: str) -> None:
    with pytest.raises(TypeError, match=f"; {what}"):
        client(api_key="k", base_url="http://127.0.0.1:9", http_client=make(), backend=RAW)
