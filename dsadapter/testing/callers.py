"""One way to call, four ways underneath: {modern, legacy} face x {sync, async}.

The contract is written once against a :class:`Caller`; async calls run on an event loop of their
own, so the tests read the same for both. With DSADAPTER_TEST_OPENAI=present the calls go
through the module ``openai`` of this process, as ``install(modern="adapter")`` or ``run`` left it.
"""

from __future__ import annotations

import asyncio
import importlib
import os
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

KEY = "sk-contract0000000000000000"
USER = [{"role": "user", "content": "Hello, 世界"}]
FACES, MODES = ("modern", "legacy"), ("sync", "async")


class Caller:
    """Calls on one backend through one face, sync or async, against one base URL."""

    def __init__(self, backend: str, face: str, mode: str, base_url: str) -> None:
        self.backend: str = backend
        self.face: str = face
        self.mode: str = mode
        self.base_url = base_url
        self._open: List[Any] = []

    @property
    def is_async(self) -> bool:
        """Whether calls are coroutines."""
        return self.mode == "async"

    @property
    def with_retries(self) -> Dict[str, Any]:
        """Arguments with which a failed call is tried again: the legacy face sends once without."""
        return {"max_retries": 2} if self.face == "legacy" else {}

    # calls

    def chat(self, messages: Any = None, **params: Any) -> Any:
        """One whole chat completion."""
        return self.run(self._create, messages, params)

    def stream(self, messages: Any = None, take: Optional[int] = None, **params: Any) -> List[Any]:
        """The chunks of one stream; with ``take`` the loop is left after so many."""
        received: List[Any] = []
        return self.stream_into(received, messages, take, **params)

    def stream_into(
        self, received: List[Any], messages: Any = None, take: Optional[int] = None, **params: Any
    ) -> List[Any]:
        """As :meth:`stream`; ``received`` has the chunks also when an error ends the stream."""
        if self.is_async:
            asyncio.run(self._async_stream(received, messages, take, params))
        else:
            self._sync_stream(received, messages, take, params)
        return received

    def run(self, make: Callable[..., Any], *args: Any) -> Any:
        """Call ``make(*args)``; await it on a fresh event loop when this caller is async."""
        if not self.is_async:
            try:
                return make(*args)
            finally:
                self._close()

        async def main() -> Any:
            try:
                return await make(*args)
            finally:
                await self._aclose()

        return asyncio.run(main())

    # the modern client, for what only it has

    def client(self, **arguments: Any) -> Any:
        """A client of the modern face with this caller's settings; closed after the call."""
        settings: Dict[str, Any] = {
            "api_key": KEY,
            "base_url": self.base_url,
            "provider": "deepseek",
            "backend": self.backend,
            **arguments,
        }
        module = _openai_module()
        client = (module.AsyncOpenAI if self.is_async else module.OpenAI)(**settings)
        self._open.append(client)
        return client

    def on_client(self, use: Callable[[Any], Any], **arguments: Any) -> Any:
        """``use(client)``, awaited when this caller is async."""
        return self.run(lambda: use(self.client(**arguments)))

    # inside

    def _create(self, messages: Any, params: Dict[str, Any]) -> Any:
        return self._create_with({"messages": messages or USER, **params})

    def _create_with(self, params: Dict[str, Any]) -> Any:
        request = {"model": "deepseek-flash", **params}
        if self.face == "modern":
            return self.client().chat.completions.create(**request)
        completion = _openai_module().ChatCompletion
        settings = {"api_key": KEY, "api_base": self.base_url, "provider": "deepseek"}
        method = completion.acreate if self.is_async else completion.create
        return method(**settings, **request)

    def _sync_stream(
        self, received: List[Any], messages: Any, take: Optional[int], params: Dict[str, Any]
    ) -> None:
        try:
            for chunk in self._create(messages, {**params, "stream": True}):
                received.append(chunk)
                if len(received) == take:
                    break
        finally:
            self._close()

    async def _async_stream(
        self, received: List[Any], messages: Any, take: Optional[int], params: Dict[str, Any]
    ) -> None:
        try:
            stream = await self._create(messages, {**params, "stream": True})
            async for chunk in stream:
                received.append(chunk)
                if len(received) == take:
                    break
            await stream.aclose()
        finally:
            await self._aclose()

    def _close(self) -> None:
        while self._open:
            self._open.pop().close()

    async def _aclose(self) -> None:
        from .._backends.holders import close_shared_async

        while self._open:
            await self._open.pop().close()
        await close_shared_async()


def _openai_module() -> Any:
    """The module that a program has under the name ``openai``."""
    behind = os.environ.get("DSADAPTER_TEST_OPENAI") == "present"
    return importlib.import_module("openai" if behind else "dsadapter")


async def awaited(calls: Iterable[Any]) -> List[Any]:
    """The replies of coroutines, one after the other."""
    replies = []
    for call in calls:
        await asyncio.sleep(0.01)  # turns in which the loop sees what was closed
        replies.append(await call)
    return replies


def text_of(chunks: List[Any], field: str = "content") -> str:
    """The streamed text of one field."""
    deltas = (choice["delta"] for chunk in chunks for choice in chunk["choices"])
    return "".join(delta.get(field) or "" for delta in deltas)


def grid(backends: Tuple[str, ...]) -> List[Tuple[str, str, str]]:
    """All (backend, face, mode)."""
    return [(b, f, c) for b in backends for f in FACES for c in MODES]
