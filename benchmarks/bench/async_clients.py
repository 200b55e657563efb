"""The clients under measurement, async.

``await count()`` reads one stream to its end; ``await call()`` gives the text of a whole reply.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from .clients import KEY, MESSAGES, MODEL, REQUEST, http_request

CONNECTIONS = 5000


async def _count(stream: Any) -> int:
    count = 0
    async for chunk in stream:
        if chunk.choices[0].delta.content is not None:
            count += 1
    return count


class Modern:
    def __init__(self, cls: Any, base_url: str, **arguments: Any) -> None:
        self.client = cls(api_key=KEY, base_url=base_url, **arguments)

    async def count(self) -> int:
        return await _count(await self.client.chat.completions.create(**REQUEST, stream=True))

    async def call(self) -> Any:
        reply = await self.client.chat.completions.create(**REQUEST)
        return reply.choices[0].message.content


class Legacy:
    def __init__(self, openai: Any, base_url: str, **settings: Any) -> None:
        self.openai, self.base_url = openai, base_url
        openai.api_key = KEY
        for name, value in settings.items():
            setattr(openai, name, value)

    async def count(self) -> int:
        self.openai.api_base = self.base_url
        return await _count(await self.openai.ChatCompletion.acreate(**REQUEST, stream=True))

    async def call(self) -> Any:
        self.openai.api_base = self.base_url
        return (await self.openai.ChatCompletion.acreate(**REQUEST)).choices[0].message.content


class Litellm:
    def __init__(self, base_url: str) -> None:
        import litellm

        self.litellm = litellm
        self.where = {"model": f"deepseek/{MODEL}", "api_base": base_url, "api_key": KEY}

    async def count(self) -> int:
        call = self.litellm.acompletion(**self.where, messages=MESSAGES, stream=True)
        return await _count(await call)

    async def call(self) -> Any:
        reply = await self.litellm.acompletion(**self.where, messages=MESSAGES)
        return reply.choices[0].message.content


class Langchain:
    def __init__(self, base_url: str) -> None:
        from langchain_deepseek import ChatDeepSeek

        self.model = ChatDeepSeek(model=MODEL, api_key=KEY, api_base=base_url)

    async def count(self) -> int:
        count = 0
        async for chunk in self.model.astream("hi"):
            if chunk.content is not None:
                count += 1
        return count

    async def call(self) -> Any:
        return (await self.model.ainvoke("hi")).content


def _is_chunk(line: Any, data: Any, done: Any) -> bool:
    if not line.startswith(data) or line.startswith(done):
        return False
    return json.loads(line[6:])["choices"][0]["delta"]["content"] is not None


class Httpx:
    def __init__(self, base_url: str) -> None:
        import httpx

        limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=100)
        headers = {"Authorization": f"Bearer {KEY}"}
        self.client = httpx.AsyncClient(limits=limits, timeout=600, headers=headers)
        self.url = base_url + "/chat/completions"

    async def count(self) -> int:
        count = 0
        body = {**REQUEST, "stream": True}
        async with self.client.stream("POST", self.url, json=body) as reply:
            async for line in reply.aiter_lines():
                count += _is_chunk(line, "data: ", "data: [DONE]")
        return count

    async def call(self) -> Any:
        reply = await self.client.post(self.url, json=REQUEST)
        return reply.json()["choices"][0]["message"]["content"]


class Aiohttp:
    def __init__(self, base_url: str) -> None:
        import aiohttp

        connector = aiohttp.TCPConnector(limit=0)
        headers = {"Authorization": f"Bearer {KEY}"}
        timeout = aiohttp.ClientTimeout(total=600)
        self.session = aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers)
        self.url = base_url + "/chat/completions"

    async def count(self) -> int:
        count = 0
        async with self.session.post(self.url, json={**REQUEST, "stream": True}) as reply:
            async for line in reply.content:
                count += _is_chunk(line, b"data: ", b"data: [DONE]")
        return count

    async def call(self) -> Any:
        async with self.session.post(self.url, json=REQUEST) as reply:
            return (await reply.json())["choices"][0]["message"]["content"]


class Socket:
    """asyncio's own streams; a connection for each reply."""

    def __init__(self, base_url: str) -> None:
        self.host, _, self.port = base_url.partition("//")[2].partition(":")

    async def count(self) -> int:
        reader, writer = await asyncio.open_connection(self.host, int(self.port))
        writer.write(http_request({**REQUEST, "stream": True}))
        count = 0
        async for line in reader:
            if line == b"0\r\n":
                break
            count += _is_chunk(line, b"data: ", b"data: [DONE]")
        writer.close()
        return count


def ours(backend: str) -> Any:
    return {"backend": backend, "provider": "deepseek", "max_connections": CONNECTIONS}


def opened(kind: str, backend: str, base_url: str) -> Any:
    """The client of a row, for one base URL; LookupError where it has no async side."""
    if kind == "adapter-modern":
        from dsadapter import AsyncOpenAI

        return Modern(AsyncOpenAI, base_url, **ours(backend))
    if kind == "adapter-legacy":
        import dsadapter

        return Legacy(dsadapter, base_url, **ours(backend))
    if kind == "sdk-modern":
        import openai

        return Modern(openai.AsyncOpenAI, base_url)
    if kind == "sdk-legacy":
        import openai

        return Legacy(openai, base_url)
    others = {"litellm": Litellm, "langchain": Langchain, "httpx": Httpx, "socket": Socket}
    others["aiohttp"] = Aiohttp
    return others[kind](base_url)
