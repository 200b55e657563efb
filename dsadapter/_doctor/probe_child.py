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


def main(own_folder: str) -> None:
    """Read the request, run the steps of its backend, then construct with the environment back."""
    lookups = Lookups(sys.argv[1:])
    sys.meta_path.insert(-1, lookups)  # before the one that looks into folders
    import json
    import os

    request = json.loads(sys.stdin.readline())
    sys.path[:] = request["path"] or [entry for entry in sys.path if entry != own_folder]
    hidden = {name: os.environ.pop(name) for name in request["hidden"] if name in os.environ}
    program = PROGRAMS[request["backend"]]()
    try:
        for name, step in program.steps(request["base_url"]):
            attempt(name, step)
        attempt("own", import_own)
        os.environ.update(hidden)
        attempt("environment", program.construct)
    except Failed:
        pass
    emit({"name": "end", "stdlib": sorted(lookups.names)})


class Lookups:
    """Notes which top-level names are looked for in folders. A module that is built in, or was
    loaded when Python started, is not: no file beside a program hides it. For ``hidden`` ones an
    empty module is found, as a file of that name would be."""

    def __init__(self, hidden: List[str]) -> None:
        self.names: Any = set()
        self.hidden = hidden

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Note the name."""
        if path is None:
            self.names.add(name)
        if path is not None or name not in self.hidden:
            return None
        spec_class: Any = type(sys.__spec__)  # importlib is not to be imported yet
        return spec_class(name, self)

    def create_module(self, spec: Any) -> None:
        """An ordinary module."""

    def exec_module(self, module: Any) -> None:
        """Nothing stands in it."""


def import_own() -> None:
    """What dsadapter itself stands on, whichever backend runs. What is not there at all is for the
    requirements to judge."""
    from importlib import import_module

    for name, attribute in OWN:
        try:
            check(getattr(import_module(name), attribute))
        except ModuleNotFoundError as err:
            if err.name != name.partition(".")[0]:
                raise


OWN = (
    ("dotenv", "dotenv_values"),
    ("httpx", "Client"),
    ("packaging.version", "Version"),
    ("requests", "Session"),
)


def attempt(name: str, step: Callable[[], None]) -> None:
    """Run one step and report it; Failed when it raised."""
    emit({"name": name, "begins": True})
    try:
        step()
    except BaseException as err:
        report(name, err)
        raise Failed from None
    report(name)


def report(name: str, err: Optional[BaseException] = None) -> None:
    """Print one line about a step that is over."""
    row: Dict[str, Any] = {"name": name}
    if err is not None:
        row.update(error=type(err).__name__, text=str(err), where=location(err))
        row["causes"] = [f"{type(e).__name__}: {e}" for e in causes(err)]
    emit(row)


def emit(row: Dict[str, Any]) -> None:
    """Print one line of JSON."""
    import json

    sys.stdout.write("\n" + _TOKEN + json.dumps(row) + "\n")
    sys.stdout.flush()


def causes(err: BaseException) -> List[BaseException]:
    """The exceptions behind this one, nearest first."""
    seen = [err]
    while True:
        cause = err.__cause__ or (None if err.__suppress_context__ else err.__context__)
        if cause is None or cause in seen:
            return seen[1:]
        seen.append(cause)
        err = cause


def location(err: BaseException) -> str:
    """File and line of the innermost frame, "" for none."""
    trace, frame = err.__traceback__, None
    while trace is not None:
        frame, trace = trace, trace.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""


class Modern:
    """What a program written for openai 1 and newer does."""

    def steps(self, base_url: str) -> Steps:
        """Import, construct, call, stream, async."""
        self.base_url = base_url
        yield "import", self.load
        yield "construct", lambda: self.client("OpenAI").close()
        yield "call", self.call
        yield "stream", self.stream
        yield "async", self.asynchronous

    def load(self) -> None:
        """Import the SDK."""
        import openai

        self.openai: Any = openai

    def client(self, kind: str) -> Any:
        """A client of this kind, without retries."""
        return getattr(self.openai, kind)(
            api_key=_KEY, base_url=self.base_url, max_retries=0, timeout=5.0
        )

    def call(self) -> None:
        """One completion."""
        client = self.client("OpenAI")
        response = client.chat.completions.create(model=_MODEL, messages=_MESSAGES)
        check(response.choices[0].message.content)
        client.close()

    def stream(self) -> None:
        """One stream, read to its end."""
        client = self.client("OpenAI")
        chunks = list(client.chat.completions.create(model=_MODEL, messages=_MESSAGES, stream=True))
        check(chunks)
        client.close()

    def asynchronous(self) -> None:
        """One completion on an event loop."""
        import asyncio

        async def run() -> None:
            client = self.client("AsyncOpenAI")
            response = await client.chat.completions.create(model=_MODEL, messages=_MESSAGES)
            check(response.choices[0].message.content)
            await client.close()

        asyncio.run(run())

    def construct(self) -> None:
        """A client with what the environment sets."""
        self.client("OpenAI").close()


class Legacy:
    """What a program written for openai 0.x does."""

    def steps(self, base_url: str) -> Steps:
        """Import, call, stream, async."""
        self.base_url = base_url
        yield "import", self.load
        yield "call", self.call
        yield "stream", self.stream
        yield "async", self.asynchronous

    def load(self) -> None:
        """Import the SDK, and set its key and base."""
        import openai

        openai.api_key, openai.api_base = _KEY, self.base_url
        self.chat: Any = openai.ChatCompletion

    def call(self) -> None:
        """One completion."""
        response = self.chat.create(model=_MODEL, messages=_MESSAGES, request_timeout=5)
        check(response["choices"][0]["message"]["content"])

    def stream(self) -> None:
        """One stream, read to its end."""
        check(list(self.chat.create(model=_MODEL, messages=_MESSAGES, stream=True)))

    def asynchronous(self) -> None:
        """One completion on an event loop."""
        import asyncio

        async def run() -> None:
            response = await self.chat.acreate(model=_MODEL, messages=_MESSAGES)
            check(response["choices"][0]["message"]["content"])

        asyncio.run(run())

    def construct(self) -> None:
        """Nothing is constructed from the environment."""


class Raw:
    """What the backend without an SDK stands on."""

    def steps(self, base_url: str) -> Steps:
        """Import, call."""
        self.url = base_url + "/chat/completions"
        yield "import", self.load
        yield "call", self.call

    def load(self) -> None:
        """Import both HTTP libraries."""
        import httpx
        import requests

        self.requests: Any = requests
        self.httpx: Any = httpx

    def call(self) -> None:
        """One completion with each of them."""
        headers = {"Authorization": "Bearer " + _KEY}
        body = {"model": _MODEL, "messages": _MESSAGES}
        response = self.requests.post(self.url, json=body, headers=headers, timeout=5)
        check(response.json()["choices"])
        with self.httpx.Client() as client:
            check(client.post(self.url, json=body, headers=headers).json()["choices"])

    def construct(self) -> None:
        """An HTTP client with what the environment sets."""
        self.httpx.Client().close()


def check(value: Any) -> None:
    """ValueError for an empty response."""
    if not value:
        raise ValueError("the reply is empty")


PROGRAMS: Dict[str, Any] = {"modern-openai": Modern, "legacy-openai": Legacy, "raw-requests": Raw}

if __name__ == "__main__":
    main(sys.path[0])
