"""A caller's own HTTP client gets whole requests: mocks, recorders and event hooks read them."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, List

import pytest
from sample_calls import KEY

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._backends import detection
from dsadapter._backends.versions import at_least
from dsadapter.testing.emulator import Emulator

CALL: Any = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "你好"}]}
REPLY: Dict[str, Any] = {
    "id": "c",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}
    ],
}


def library() -> Any:
    """The HTTP library of the SDK that is here, else httpx."""
    sdk = detection.sdk()
    if sdk and not sdk.fault and at_least(sdk.version, "1"):
        from openai import _base_client

        return getattr(_base_client, "httpx2", None) or _base_client.httpx  # type: ignore[attr-defined]
    import httpx

    return httpx


class Recorder:
    """What the hooks and the transport of a client see."""

    def __init__(self) -> None:
        self.bodies: List[bytes] = []
        http = library()
        transport = http.MockTransport(self._answer)
        hooks = {"request": [self._hook]}
        async_hooks = {"request": [self._async_hook]}
        self.sync = http.Client(transport=transport, event_hooks=hooks)
        self.asynchronous = http.AsyncClient(transport=transport, event_hooks=async_hooks)

    def _hook(self, request: Any) -> None:
        self.bodies.append(request.content)

    async def _async_hook(self, request: Any) -> None:
        self._hook(request)

    def _answer(self, request: Any) -> Any:
        self._hook(request)
        assert int(request.headers["content-length"]) == len(request.content)
        assert request.read() == request.content
        return library().Response(200, json=REPLY)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_hooks_and_transports_see_the_body(asynchronous: bool) -> None:
    recorder = Recorder()
    options: Any = {"api_key": KEY, "base_url": "http://127.0.0.1:9/v1"}
    if asynchronous:

        async def call() -> Any:
            async with AsyncOpenAI(**options, http_client=recorder.asynchronous) as client:
                return await client.chat.completions.create(**CALL)

        response = asyncio.run(call())
    else:
        with OpenAI(**options, http_client=recorder.sync) as sync_client:
            response = sync_client.chat.completions.create(**CALL)
    assert response.choices[0].message.content == "hi"
    assert [json.loads(body) for body in recorder.bodies] == [CALL, CALL]


@pytest.fixture()
def openai() -> Any:
    """An SDK with DefaultAioHttpClient."""
    module = pytest.importorskip("openai")
    pytest.importorskip("httpx_aiohttp" if library().__name__ == "httpx" else "aiohttp")
    if not hasattr(module, "DefaultAioHttpClient"):
        pytest.skip("an SDK without aiohttp")
    return module


@pytest.mark.parametrize("stream", [False, True])
def test_the_sdk_s_client_on_aiohttp(stream: bool, openai: Any, emulator: Emulator) -> None:
    async def call() -> str:
        async with openai.DefaultAioHttpClient() as http_client, AsyncOpenAI(
            api_key=KEY, base_url=emulator.base_url, http_client=http_client
        ) as client:
            response: Any = await client.chat.completions.create(**CALL, stream=stream)
            if not stream:
                return str(response.choices[0].message.content)
            parts = [c.choices[0].delta.content or "" async for c in response if c.choices]
            return "".join(parts)

    assert "你好" in asyncio.run(asyncio.wait_for(call(), 30))


@pytest.mark.parametrize("end", ["deadline", "close"])
def test_a_stream_on_aiohttp_that_stalls_is_ended(
    end: str, openai: Any, emulator: Emulator
) -> None:
    emulator.fault("stall", after=2)
    error = dsadapter.APITimeoutError if end == "deadline" else dsadapter.StreamClosedError

    async def close_soon(stream: Any) -> None:
        await asyncio.sleep(0.2)
        await stream.close()

    async def call() -> None:
        async with openai.DefaultAioHttpClient() as http_client, AsyncOpenAI(
            api_key=KEY, base_url=emulator.base_url, http_client=http_client
        ) as client:
            deadline = 0.5 if end == "deadline" else None
            stream: Any = await client.chat.completions.create(
                **CALL, stream=True, deadline=deadline
            )
            await stream.__anext__()
            closing = asyncio.ensure_future(close_soon(stream)) if end == "close" else None
            with pytest.raises(error):
                async for _ in stream:
                    pass
            if closing:
                await closing

    asyncio.run(asyncio.wait_for(call(), 10))
