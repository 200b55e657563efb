"""Streams of the legacy face: real generators, honest ends, chunks as 2023's loops read them."""

from __future__ import annotations

import asyncio
import gc
import inspect
import time
from typing import Any, Callable

import pytest

import dsadapter
from dsadapter.testing.emulator import Emulator

from .conftest import BASELINE, MESSAGES, MODEL, QUIET

pytestmark = pytest.mark.skipif(BASELINE, reason="the adapter's own promises")


def soon(condition: Callable[[], bool]) -> bool:
    ends = time.monotonic() + 5
    while not condition() and time.monotonic() < ends:
        time.sleep(0.01)
    return condition()


@pytest.fixture()
def slow(openai: Any, cc: Any, emulator: Emulator) -> None:
    """A stream that would go on for minutes."""
    openai.api_base = emulator.url("slow;interval=0.05")


def gone(emulator: Emulator) -> bool:
    return soon(lambda: emulator.requests[-1].closed)


@pytest.mark.parametrize("how", ["close", "drop", "never begun"])
def test_leaving_closes_the_connection(cc: Any, slow: None, emulator: Emulator, how: str) -> None:
    g = cc(stream=True, **QUIET)
    assert inspect.isgenerator(g)
    if how != "never begun":
        next(g)
    if how == "close":
        g.close()
    else:
        del g
        gc.collect()
    assert gone(emulator)


def test_leaving_the_loop(cc: Any, slow: None, emulator: Emulator) -> None:
    for _ in cc(stream=True, **QUIET):
        break
    gc.collect()
    assert gone(emulator)


def test_leaving_an_async_loop(acc: Any, slow: None, emulator: Emulator) -> None:
    async def main() -> None:
        g = await acc(stream=True, **QUIET)
        assert inspect.isasyncgen(g)
        async for _ in g:
            break
        await g.aclose()
        while not emulator.requests[-1].closed:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(main(), 5))
    assert emulator.requests[-1].closed


def test_the_request_is_sent_by_create_itself(openai: Any, cc: Any, failing: Any) -> None:
    with pytest.raises(openai.error.RateLimitError):
        failing("status-429", stream=True)  # nobody has iterated


def test_the_request_is_sent_by_awaiting_acreate(openai: Any, acc: Any, emulator: Emulator) -> None:
    openai.api_base = emulator.url("status-429;retry_after=0")

    async def main() -> None:
        await acc(stream=True)

    with pytest.raises(openai.error.RateLimitError):
        asyncio.run(main())


FAULTS = ["null-content", "empty-choices", "usage-chunk", "keep-alive", "no-space", "event-fields"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("thinking", ["enabled", "disabled"])
def test_what_every_chunk_has(
    openai: Any, cc: Any, emulator: Emulator, fault: str, thinking: str
) -> None:
    mode = {"thinking": {"type": thinking}}
    expected = cc(**mode)["choices"][0]["message"]["content"]
    openai.api_base = emulator.url(fault)
    chunks = list(cc(stream=True, **mode))
    for chunk in chunks:
        assert len(chunk["choices"]) == 1
        assert "finish_reason" in chunk["choices"][0]
        delta = chunk["choices"][0]["delta"]
        assert delta.get("content", "") is not None
        assert delta != {} or chunk is chunks[-1]
        assert type(chunk.response_ms) is int
    assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks) == expected


def test_thoughts_are_kept(cc: Any) -> None:
    deltas = [c.choices[0].delta for c in cc(stream=True)]
    thoughts = [d.reasoning_content for d in deltas if d.get("reasoning_content")]
    assert "".join(thoughts)


@pytest.mark.parametrize("colour", ["sync", "async"])
def test_usage_that_was_asked_for(
    openai: Any, cc: Any, acc: Any, emulator: Emulator, colour: str
) -> None:
    openai.api_base = emulator.url("usage-chunk")
    request = {"stream": True, "stream_options": {"include_usage": True}, **QUIET}

    async def main() -> Any:
        return [c async for c in await acc(**request)]

    chunks = asyncio.run(main()) if colour == "async" else list(cc(**request))
    assert chunks[-1]["choices"] == []
    assert chunks[-1].usage.total_tokens > 0


@pytest.mark.parametrize("fault", ["cut-clean", "cut", "reset-after"])
def test_a_cut_off_stream(openai: Any, cc: Any, emulator: Emulator, fault: str) -> None:
    openai.api_base = emulator.url(f"{fault};after=4")
    got = ""
    with pytest.raises(openai.error.APIConnectionError) as caught:
        for c in cc(stream=True, **QUIET):
            got += c["choices"][0]["delta"].get("content", "")
    assert got
    assert caught.value.partial == got


@pytest.mark.parametrize("colour", ["sync", "async"])
def test_an_error_inside_a_stream(
    openai: Any, cc: Any, acc: Any, emulator: Emulator, colour: str
) -> None:
    openai.api_base = emulator.url("stream-error")

    async def main() -> None:
        async for _ in await acc(stream=True):
            pass

    with pytest.raises(openai.error.APIError) as caught:
        asyncio.run(main()) if colour == "async" else list(cc(stream=True))
    assert caught.value.json_body["error"]["message"] == caught.value.user_message


def test_a_stalled_stream(openai: Any, cc: Any, emulator: Emulator) -> None:
    openai.api_base = emulator.url("stall")
    with pytest.raises(openai.error.Timeout):
        list(cc(stream=True, request_timeout=0.3))


def test_a_generator_for_many_threads_of_one_program(openai: Any, cc: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def ask(i: int) -> bool:
        messages = [{"role": "user", "content": f"number {i}"}]
        stream = cc(messages=messages, stream=True, **QUIET)
        return f"number {i}" in "".join(c.choices[0].delta.get("content", "") for c in stream)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(24)))


def test_chunks_tell_how_they_came_about(openai: Any, cc: Any, backend: str) -> None:
    chunk = next(cc(stream=True))
    if openai is dsadapter:
        assert chunk.adapter.backend == backend
        assert "adapter" not in chunk
    assert chunk.model == MODEL
    assert MESSAGES
