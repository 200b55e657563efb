"""A backend that answers from a script: literals instead of a network."""

from __future__ import annotations

import json
from typing import Any, Iterator, List, Mapping, Optional, Union

from dsadapter import OpenAI
from dsadapter._backends.base import Operation
from dsadapter._headers import Headers

KEY = "sk-scripted000000000000"
BASE = "http://127.0.0.1:9"
REPLY = {
    "id": "r1",
    "object": "chat.completion",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Hello"},
            "finish_reason": "stop",
        }
    ],
}
USER = [{"role": "user", "content": "Hi"}]


class Answer:
    """``body``: bytes, or pieces, or an object for JSON; an exception among them is raised."""

    def __init__(
        self, body: Any = REPLY, status: int = 200, headers: Optional[Mapping[str, str]] = None
    ) -> None:
        if isinstance(body, (dict, str)):
            body = json.dumps(body).encode()
        self.pieces: List[Any] = [body] if isinstance(body, bytes) else list(body)
        self.status = status
        self.headers = Headers(headers or {})
        self.content_encoding = self.headers.get("content-encoding", "")
        self.closed = 0
        self.aborted = False

    def chunks(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    def close(self) -> None:
        self.closed += 1

    def abort(self) -> None:
        self.aborted = True


class Backend:
    name = "scripted"
    per_thread = False

    def __init__(self, script: List[Union[Answer, BaseException]]) -> None:
        self.script = list(script)
        self.answers = [answer for answer in script if isinstance(answer, Answer)]
        self.sent: List[Operation] = []

    def send(self, op: Operation) -> Answer:
        self.sent.append(op)
        answer = self.script.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


class Holder:
    closed = False

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.name = backend.name

    def backend(self) -> Backend:
        return self._backend

    def close(self) -> None:
        self.closed = True


class Scripted:
    """A client on a script. ``chat`` and ``stream`` make one call; ``sent`` has what went out."""

    def __init__(self, *script: Any, **arguments: Any) -> None:
        self.backend = Backend(list(script))
        settings = {"api_key": KEY, "base_url": BASE, "provider": "deepseek", **arguments}
        self.client = OpenAI(**settings, _holder=Holder(self.backend))

    @property
    def sent(self) -> List[Operation]:
        return self.backend.sent

    @property
    def answers(self) -> List[Answer]:
        return self.backend.answers

    def chat(self, **params: Any) -> Any:
        request = {"model": "deepseek-flash", "messages": USER, **params}
        return self.client.chat.completions.create(**request)

    def stream(self, **params: Any) -> Any:
        return self.chat(stream=True, **params)


def chunk(content: Optional[str] = None, finish: Optional[str] = None, **more: Any) -> bytes:
    """One event of a stream."""
    delta = {} if content is None else {"content": content}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    data = {"id": "s1", "object": "chat.completion.chunk", "choices": [choice], **more}
    return b"data: " + json.dumps(data).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"
