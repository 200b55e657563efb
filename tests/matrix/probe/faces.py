"""The two ways to write a call, as the documentation of each generation has them."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List, NamedTuple, Optional

KEY = "sk-matrix000000000000000"
MODEL = "deepseek-flash"
HELLO = [{"role": "user", "content": "Hello, 世界"}]
TIMEOUT = 20


class Unmet(Exception):
    """The call came back, but not with what it should."""


class NotApplicable(Exception):
    """There is nothing to ask here; the text says why."""


class Place(NamedTuple):
    subject: str  # the module: openai or dsadapter
    url: str
    strict: str  # of an emulator that refuses retired model names
    face: Optional[str]
    programs: str  # folder with the unedited programs
    vendor: str  # of a vendor that has embeddings

    @property
    def extra(self) -> Dict[str, str]:
        """The emulator is not at DeepSeek's host, so dsadapter is told whom it speaks for."""
        return {"provider": "deepseek"} if self.subject == "dsadapter" else {}

    @property
    def of_another_vendor(self) -> Dict[str, str]:
        return {"provider": "generic"} if self.subject == "dsadapter" else {}


class Legacy:
    """openai 0.27 and 0.28: a module with settings, dicts with attributes."""

    name = "legacy"

    def __init__(self, openai: Any, place: Place) -> None:
        self.openai, self.place = openai, place

    def at(self, url: str) -> Any:
        self.openai.api_key, self.openai.api_base = KEY, url
        for name, value in self.place.extra.items():
            setattr(self.openai, name, value)
        return self.openai

    def chat(self, url: str = "", **params: Any) -> Any:
        openai = self.at(url or self.place.url)
        return openai.ChatCompletion.create(**_request(params, request_timeout=TIMEOUT))

    def stream(self, url: str = "", **params: Any) -> List[Any]:
        return list(self.chat(url, stream=True, **params))

    def achat(self, **params: Any) -> Any:
        openai = self.at(self.place.url)

        async def main() -> Any:
            return await openai.ChatCompletion.acreate(**_request(params))

        return asyncio.run(main())

    def astream(self) -> List[Any]:
        openai = self.at(self.place.url)

        async def main() -> List[Any]:
            stream = await openai.ChatCompletion.acreate(**_request({"stream": True}))
            return [chunk async for chunk in stream]

        return asyncio.run(main())

    def thinking(self, **params: Any) -> Any:
        return self.chat(thinking={"type": "enabled"}, **params)

    def fill_in(self, **params: Any) -> str:
        openai = self.at(self.place.url + "/beta")
        return str(openai.Completion.create(**params)["choices"][0]["text"])

    def models(self) -> List[str]:
        return [model["id"] for model in self.at(self.place.url).Model.list()["data"]]

    def balance(self) -> Any:
        requestor = self.at(self.place.url).api_requestor.APIRequestor()
        return requestor.request("get", "/user/balance")[0].data

    def embedding(self, url: str) -> Any:
        openai = self.at(url)
        for name, value in self.place.of_another_vendor.items():
            setattr(openai, name, value)
        return openai.Embedding.create(model="m", input="a")["data"][0]["embedding"]

    def text(self, reply: Any) -> str:
        return str(reply["choices"][0]["message"]["content"])

    def joined(self, chunks: List[Any], field: str = "content") -> str:
        deltas = [choice["delta"] for chunk in chunks for choice in chunk["choices"]]
        return "".join(delta.get(field) or "" for delta in deltas)

    def error(self, name: str) -> Any:
        return getattr(self.openai.error, name)

    def status(self, err: Any) -> Any:
        return err.http_status


class Modern:
    """openai 1 and newer: a client, objects with attributes."""

    name = "modern"

    def __init__(self, openai: Any, place: Place) -> None:
        self.openai, self.place = openai, place

    def client(self, url: str = "", asynchronous: bool = False, **more: str) -> Any:
        make = self.openai.AsyncOpenAI if asynchronous else self.openai.OpenAI
        address = url or self.place.url
        settings: Dict[str, Any] = {"api_key": KEY, "base_url": address, "timeout": TIMEOUT}
        return make(max_retries=0, **settings, **{**self.place.extra, **more})

    def chat(self, url: str = "", **params: Any) -> Any:
        return self.client(url).chat.completions.create(**_request(params))

    def stream(self, url: str = "", **params: Any) -> List[Any]:
        return list(self.chat(url, stream=True, **params))

    def achat(self, **params: Any) -> Any:
        async def main() -> Any:
            async with self.client(asynchronous=True) as client:
                return await client.chat.completions.create(**_request(params))

        return asyncio.run(main())

    def astream(self) -> List[Any]:
        async def main() -> List[Any]:
            async with self.client(asynchronous=True) as client:
                stream = await client.chat.completions.create(**_request({"stream": True}))
                return [chunk async for chunk in stream]

        return asyncio.run(main())

    def thinking(self, **params: Any) -> Any:
        return self.chat(extra_body={"thinking": {"type": "enabled"}}, **params)

    def fill_in(self, **params: Any) -> str:
        client = self.client(self.place.url + "/beta")
        return str(client.completions.create(**params).choices[0].text)

    def models(self) -> List[str]:
        return [model.id for model in self.client().models.list()]

    def balance(self) -> Any:
        client = self.client()
        if self.place.subject == "dsadapter":
            return client.balance()
        return client.get("/user/balance", cast_to=object)

    def embedding(self, url: str) -> Any:
        client = self.client(url, **self.place.of_another_vendor)
        return client.embeddings.create(model="m", input="a").data[0].embedding

    def request(self, **params: Any) -> Dict[str, Any]:
        return _request(params)

    def text(self, reply: Any) -> str:
        return str(reply.choices[0].message.content)

    def joined(self, chunks: List[Any], field: str = "content") -> str:
        deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
        return "".join(getattr(delta, field, None) or "" for delta in deltas)

    def error(self, name: str) -> Any:
        return getattr(self.openai, name)

    def status(self, err: Any) -> Any:
        return err.status_code


FACES: Dict[str, Any] = {"legacy": Legacy, "modern": Modern}


def _request(params: Dict[str, Any], **more: Any) -> Dict[str, Any]:
    return {"model": MODEL, "messages": HELLO, **more, **params}
