"""Runs in its own process: imports an SDK, constructs its clients and calls them on loopback.

The doctor starts it with the examined interpreter and reads one line per step. It gets no key of
anybody, and no folder of the user's own on its path.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing is not imported: the search path is not yet the examined one
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

    Steps = Iterator[Tuple[str, Callable[[], None]]]

_TOKEN = "dsadapter-probe:"
_KEY = "probe-key"
_MODEL = "deepseek-flash"
_MESSAGES = [{"role": "user", "content": "ping"}]


class Failed(Exception):
    """A step failed; those after it make no sense."""


def main() -> None:
    import json
    import os

    ask = json.loads(sys.stdin.readline())
    sys.path[:] = ask["path"] or sys.path
    hidden = {name: os.environ.pop(name) for name in ask["hidden"] if name in os.environ}
    try:
        program = PROGRAMS[ask["backend"]]()
        for name, step in program.steps(ask["base_url"]):
            attempt(name, step)
        os.environ.update(hidden)
        attempt("environment", program.construct)
    except Failed:
        pass


def attempt(name: str, step: Callable[[], None]) -> None:
    try:
        step()
    except BaseException as err:
        report(name, err)
        raise Failed from None
    report(name)


def report(name: str, err: Optional[BaseException] = None) -> None:
    import json

    row: Dict[str, Any] = {"name": name}
    if err is not None:
        row.update(error=type(err).__name__, text=str(err), where=place(err))
        row["causes"] = [f"{type(e).__name__}: {e}" for e in behind(err)]
    sys.stdout.write("\n" + _TOKEN + json.dumps(row) + "\n")
    sys.stdout.flush()


def behind(err: BaseException) -> List[BaseException]:
    seen = [err]
    while True:
        cause = err.__cause__ or (None if err.__suppress_context__ else err.__context__)
        if cause is None or cause in seen:
            return seen[1:]
        seen.append(cause)
        err = cause


def place(err: BaseException) -> str:
    trace, frame = err.__traceback__, None
    while trace is not None:
        frame, trace = trace, trace.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""


class Modern:
    def steps(self, base_url: str) -> Steps:
        self.base_url = base_url
        yield "import", self.load
        yield "construct", lambda: self.client("OpenAI").close()
        yield "call", self.call
        yield "stream", self.stream
        yield "async", self.asynchronous

    def load(self) -> None:
        import openai

        self.openai: Any = openai

    def client(self, kind: str) -> Any:
        return getattr(self.openai, kind)(
            api_key=_KEY, base_url=self.base_url, max_retries=0, timeout=5.0
        )

    def call(self) -> None:
        client = self.client("OpenAI")
        reply = client.chat.completions.create(model=_MODEL, messages=_MESSAGES)
        check(reply.choices[0].message.content)
        client.close()

    def stream(self) -> None:
        client = self.client("OpenAI")
        chunks = list(client.chat.completions.create(model=_MODEL, messages=_MESSAGES, stream=True))
        check(chunks)
        client.close()

    def asynchronous(self) -> None:
        import asyncio

        async def run() -> None:
            client = self.client("AsyncOpenAI")
            reply = await client.chat.completions.create(model=_MODEL, messages=_MESSAGES)
            check(reply.choices[0].message.content)
            await client.close()

        asyncio.run(run())

    def construct(self) -> None:
        self.client("OpenAI").close()


class Legacy:
    def steps(self, base_url: str) -> Steps:
        self.base_url = base_url
        yield "import", self.load
        yield "call", self.call
        yield "stream", self.stream
        yield "async", self.asynchronous

    def load(self) -> None:
        import openai

        openai.api_key, openai.api_base = _KEY, self.base_url
        self.chat: Any = openai.ChatCompletion

    def call(self) -> None:
        reply = self.chat.create(model=_MODEL, messages=_MESSAGES, request_timeout=5)
        check(reply["choices"][0]["message"]["content"])

    def stream(self) -> None:
        check(list(self.chat.create(model=_MODEL, messages=_MESSAGES, stream=True)))

    def asynchronous(self) -> None:
        import asyncio

        async def run() -> None:
            reply = await self.chat.acreate(model=_MODEL, messages=_MESSAGES)
            check(reply["choices"][0]["message"]["content"])

        asyncio.run(run())

    def construct(self) -> None:
        """Nothing is constructed from the environment."""


class Raw:
    def steps(self, base_url: str) -> Steps:
        self.url = base_url + "/chat/completions"
        yield "import", self.load
        yield "call", self.call

    def load(self) -> None:
        import httpx
        import requests

        self.requests: Any = requests
        self.httpx: Any = httpx

    def call(self) -> None:
        headers = {"Authorization": "Bearer " + _KEY}
        body = {"model": _MODEL, "messages": _MESSAGES}
        reply = self.requests.post(self.url, json=body, headers=headers, timeout=5)
        check(reply.json()["choices"])
        with self.httpx.Client() as client:
            check(client.post(self.url, json=body, headers=headers).json()["choices"])

    def construct(self) -> None:
        self.httpx.Client().close()


def check(value: Any) -> None:
    if not value:
        raise ValueError("the reply is empty")


PROGRAMS: Dict[str, Any] = {"modern-openai": Modern, "legacy-openai": Legacy, "raw-requests": Raw}

if __name__ == "__main__":
    folder = __file__.replace("\\", "/").rpartition("/")[0]
    sys.path = [entry for entry in sys.path if entry.replace("\\", "/") != folder]
    main()
