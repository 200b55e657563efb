"""``max_concurrency="auto"``: all are answered, few ask for more than the server takes."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterator

import pytest
from counting_server import ASK, KEY

import dsadapter
from dsadapter._backends import selection as _registry
from dsadapter.testing import Emulator
from dsadapter.testing.contract import missing

BACKENDS = [name for name in _registry.BY_NAME if not missing(name)]
CALLS, LIMIT = 120, 12


@pytest.fixture(params=BACKENDS)
def backend(request: Any) -> str:
    return str(request.param)


@pytest.fixture(params=["", ";notext=1"], ids=["number", "no-number"])
def server(request: Any) -> Iterator[Emulator]:
    with Emulator(fault=f"limit;of={LIMIT};seconds=0.02{request.param}") as started:
        yield started


def arguments(server: Emulator, backend: str, **more: Any) -> Any:
    return {
        "api_key": KEY,
        "base_url": server.base_url,
        "backend": backend,
        "max_concurrency": "auto",
        "max_retries": 5,
        **more,
    }


def in_flight(client: Any) -> int:
    gc.collect()
    return int(client._holder.backend()._gate.limiter.in_flight)


def refused(server: Emulator) -> int:
    return len(server.requests) - CALLS


def test_threads(server: Emulator, backend: str) -> None:
    with dsadapter.OpenAI(**arguments(server, backend)) as client:

        def call(number: int) -> Any:
            stream = number % 3 == 0
            reply = client.chat.completions.create(**ASK, stream=stream)
            return list(reply) if stream else reply.choices[0].message.content

        with ThreadPoolExecutor(40) as pool:
            assert all(pool.map(call, range(CALLS)))
        assert in_flight(client) == 0
    assert refused(server) < CALLS / 4  # 40 threads that ask again and again: hundreds


def test_tasks(server: Emulator, backend: str) -> None:
    async def call(client: Any, number: int) -> Any:
        if number % 3:
            return (await client.chat.completions.create(**ASK)).choices[0].message.content
        stream = await client.chat.completions.create(**ASK, stream=True)
        return [chunk async for chunk in stream]

    async def run() -> None:
        async with dsadapter.AsyncOpenAI(**arguments(server, backend)) as client:
            calls = [call(client, number) for number in range(CALLS)]
            assert all(await asyncio.gather(*calls))
            assert in_flight(client) == 0

    asyncio.run(run())
    assert refused(server) < CALLS / 4


def test_streams_that_are_dropped_give_their_place_back(backend: str) -> None:
    with Emulator(fault=f"limit;of={LIMIT}") as server:
        with dsadapter.OpenAI(**arguments(server, backend, max_connections=2)) as client:
            for _ in range(10):
                next(iter(client.chat.completions.create(**ASK, stream=True)))
            assert in_flight(client) == 0


def test_other_limits_are_refused_with_the_setting_for_them(backend: str) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="max_concurrency=20") as raised:
        dsadapter.OpenAI(KEY, backend=backend, max_concurrency=20)
    assert "max_connections" in raised.value.hint


def test_it_is_read_from_the_environment_and_kept_by_copies(monkeypatch: Any, backend: str) -> None:
    monkeypatch.setenv("DSADAPTER_MAX_CONCURRENCY", "auto")
    client = dsadapter.OpenAI(KEY, base_url="http://127.0.0.1:9", backend=backend)
    assert client._holder.backend()._gate.is_adaptive
    assert client.with_options(timeout=3)._holder is client._holder
    other = client.with_options(max_concurrency=None)
    assert other._holder is not client._holder
