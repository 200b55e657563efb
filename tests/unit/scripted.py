"""A backend that answers from a script: literals instead of a network."""

from __future__ import annotations

import asyncio
import json
from typing import Any, AsyncIterator, Callable, Iterator, List, Mapping, Optional, Union

from dsadapter import OpenAI
from dsadapter._backends.base import Operation
from dsadapter._call.arguments import CHAT
from dsadapter._call.call import Call
from dsadapter._call.drivers import adrive, drive
from dsadapter._call.prepare import prepare
from dsadapter._call.request import Request
from dsadapter._headers import Headers
from dsadapter._settings.resolve import resolve

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

    refused: Optional[Callable[[str], None]] = None

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
        self.name = getattr(backend, "name", "scripted")

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


# --- one call, without a client ------------------------------------------------------------------


class AsyncAnswer(Answer):
    """The same on an event loop."""

    async def chunks(self) -> AsyncIterator[bytes]:  # type: ignore[override]
        for piece in super().chunks():
            yield piece

    async def close(self) -> None:  # type: ignore[override]
        super().close()


class AsyncBackend(Backend):
    async def send(self, op: Operation) -> Answer:  # type: ignore[override]
        return super().send(op)


class Side:
    """Sync or async: the same script, flow or step, carried out one way or the other."""

    def __init__(self, asynchronous: bool) -> None:
        self.loop = asyncio.new_event_loop() if asynchronous else None
        self.answer: Any = AsyncAnswer if asynchronous else Answer
        self._backend: Any = AsyncBackend if asynchronous else Backend

    def call(self, *script: Any, stream: bool = False, **settings: Any) -> Call:
        """A prepared call on a backend that answers from the script."""
        return prepared(self._backend(list(script)), stream=stream, **settings)

    def drive(self, flow: Any, call: Any) -> Any:
        """Run the flow to its result, or to what it delivers next."""
        if self.loop is None:
            return drive(flow, call)
        return self.loop.run_until_complete(adrive(flow, call))

    def delivered(self, flow: Any, call: Any) -> Iterator[Any]:
        """All that the flow delivers."""
        items = self.drive(flow, call)
        while items is not None:
            yield from items
            items = self.drive(flow, call)

    def do(self, step: Any, call: Any = None) -> Any:
        """Carry out one step."""
        if self.loop is None:
            return step.run(call)
        return self.loop.run_until_complete(step.arun(call))

    def close(self) -> None:
        if self.loop is not None:
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()


def prepared(backend: Any, of_client: Optional[Mapping[str, Any]] = None, **options: Any) -> Call:
    """A call to ``/chat/completions``; options are fields of its Request, else settings, as are
    those ``of_client``."""
    options = {"path": "/chat/completions", "body": {"model": "m", "messages": USER}, **options}
    fields = {name: options.pop(name) for name in Request._fields if name in options}
    settings = {"api_key": KEY, "base_url": BASE, "provider": "deepseek", **options}
    request = Request("POST", **fields)
    return prepare(Holder(backend), request, resolve({**settings, **(of_client or {})}), CHAT)
