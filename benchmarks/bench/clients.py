"""The clients under measurement, sync: each one as its own documentation writes it.

Every client has ``call()`` (the text of a whole reply), ``open()`` (a stream), ``count(stream)``
(reads it to its end as a program does and gives the number of chunks) and ``texts(stream)``.
"""

from __future__ import annotations

import json
from typing import Any, Iterator

KEY = "sk-benchmark000000000000"
MODEL = "deepseek-flash"
MESSAGES = [{"role": "user", "content": "hi"}]
REQUEST = {"model": MODEL, "messages": MESSAGES}


class Attributes:
    """Chunks read as ``.choices[0].delta.content``."""

    def count(self, stream: Any) -> int:
        count = 0
        for chunk in stream:
            if chunk.choices[0].delta.content is not None:
                count += 1
        return count

    def texts(self, stream: Any) -> Iterator[str]:
        for chunk in stream:
            yield chunk.choices[0].delta.content or ""


class Modern(Attributes):
    """``OpenAI`` of an SDK from 1.0 on, or of the adapter."""

    def __init__(self, cls: Any, base_url: str, **arguments: Any) -> None:
        self.client = cls(api_key=KEY, base_url=base_url, **arguments)

    def call(self) -> Any:
        return self.client.chat.completions.create(**REQUEST).choices[0].message.content

    def open(self) -> Any:
        return self.client.chat.completions.create(**REQUEST, stream=True)


class Legacy(Attributes):
    """``openai.ChatCompletion`` of 0.28, or of the adapter under that name."""

    def __init__(self, openai: Any, base_url: str, **settings: Any) -> None:
        self.openai, self.base_url = openai, base_url
        openai.api_key = KEY
        for name, value in settings.items():
            setattr(openai, name, value)

    def _create(self, **params: Any) -> Any:
        self.openai.api_base = self.base_url
        return self.openai.ChatCompletion.create(**REQUEST, **params)

    def call(self) -> Any:
        return self._create().choices[0].message.content

    def open(self) -> Any:
        return self._create(stream=True)


class Litellm(Attributes):
    def __init__(self, base_url: str) -> None:
        import litellm

        self.litellm = litellm
        self.where = {"model": f"deepseek/{MODEL}", "api_base": base_url, "api_key": KEY}

    def call(self) -> Any:
        reply = self.litellm.completion(**self.where, messages=MESSAGES)
        return reply.choices[0].message.content

    def open(self) -> Any:
        return self.litellm.completion(**self.where, messages=MESSAGES, stream=True)


class Langchain:
    def __init__(self, base_url: str) -> None:
        from langchain_deepseek import ChatDeepSeek

        self.model = ChatDeepSeek(model=MODEL, api_key=KEY, api_base=base_url)

    def call(self) -> Any:
        return self.model.invoke("hi").content

    def open(self) -> Any:
        return self.model.stream("hi")

    def count(self, stream: Any) -> int:
        count = 0
        for chunk in stream:
            if chunk.content is not None:
                count += 1
        return count

    def texts(self, stream: Any) -> Iterator[str]:
        for chunk in stream:
            yield chunk.content


class ByHand:
    """Lines of server-sent events, each read with ``json.loads``."""

    data: Any = b"data: "
    done: Any = b"data: [DONE]"

    def count(self, lines: Any) -> int:
        count, data, done = 0, self.data, self.done
        for line in lines:
            if line.startswith(data) and line != done:
                chunk = json.loads(line[6:])
                if chunk["choices"][0]["delta"]["content"] is not None:
                    count += 1
        return count

    def texts(self, lines: Any) -> Iterator[str]:
        for line in lines:
            if line.startswith(self.data) and line != self.done:
                yield json.loads(line[6:])["choices"][0]["delta"]["content"]


class Requests(ByHand):
    def __init__(self, base_url: str) -> None:
        import requests

        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {KEY}"
        self.url = base_url + "/chat/completions"

    def call(self) -> Any:
        return self.session.post(self.url, json=REQUEST).json()["choices"][0]["message"]["content"]

    def open(self) -> Any:
        reply = self.session.post(self.url, json={**REQUEST, "stream": True}, stream=True)
        return reply.iter_lines()


class Httpx(ByHand):
    data, done = "data: ", "data: [DONE]"

    def __init__(self, base_url: str) -> None:
        import httpx

        self.client = httpx.Client(headers={"Authorization": f"Bearer {KEY}"})
        self.url = base_url + "/chat/completions"

    def call(self) -> Any:
        return self.client.post(self.url, json=REQUEST).json()["choices"][0]["message"]["content"]

    def open(self) -> Any:
        with self.client.stream("POST", self.url, json={**REQUEST, "stream": True}) as reply:
            yield from reply.iter_lines()


class Socket(ByHand):
    """A bare socket: what reading the bytes and their JSON costs in Python at least."""

    def __init__(self, base_url: str) -> None:
        import socket

        host, _, port = base_url.partition("//")[2].partition(":")
        self.socket = socket.create_connection((host, int(port)))
        self.file = self.socket.makefile("rb", 65536)

    def _send(self, request: Any) -> None:
        self.socket.sendall(http_request(request))

    def call(self) -> Any:
        self._send(REQUEST)
        length = 0
        for line in iter(self.file.readline, b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line[15:])
        return json.loads(self.file.read(length))["choices"][0]["message"]["content"]

    def open(self) -> Any:
        self._send({**REQUEST, "stream": True})
        for line in self.file:
            if line == b"0\r\n":  # the last piece of a chunked body
                self.file.readline()
                return
            yield line.rstrip()


def http_request(request: Any) -> bytes:
    body = json.dumps(request).encode()
    head = (
        "POST /chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {KEY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def opened(kind: str, backend: str, base_url: str) -> Any:
    """The client of a row, for one base URL."""
    if kind == "adapter-modern":
        from dsadapter import OpenAI

        return Modern(OpenAI, base_url, backend=backend, provider="deepseek")
    if kind == "adapter-legacy":
        import dsadapter

        return Legacy(dsadapter, base_url, backend=backend, provider="deepseek")
    if kind == "sdk-modern":
        import openai

        return Modern(openai.OpenAI, base_url)
    if kind == "sdk-legacy":
        import openai

        return Legacy(openai, base_url)
    others = {"litellm": Litellm, "langchain": Langchain, "requests": Requests}
    others.update(httpx=Httpx, socket=Socket)
    return others[kind](base_url)
