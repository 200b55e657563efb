"""The backend without an SDK, over HTTP clients of the caller's."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import requests
from sample_calls import CALL

from _backends.samples import OwnSession
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._backends import detection, raw_requests
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


@pytest.mark.parametrize("absent", [None, "httpx2"])
def test_which_library_async_calls_go_through(absent: Any, monkeypatch: Any) -> None:
    """httpx2 where both are there."""
    installed = detection.is_installed
    monkeypatch.setattr(detection, "is_installed", lambda name: name != absent and installed(name))
    expected = "httpx2" if absent is None and installed("httpx2") else "httpx"
    backend = raw_requests.async_backend()
    assert type(backend._client).__module__.partition(".")[0] == expected  # type: ignore[attr-defined]
    asyncio.run(backend.close())
