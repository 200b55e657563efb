"""The columns of what is tried on the wire: backends, sync and async, and the aiohttp session of a
caller's."""

from __future__ import annotations

import asyncio
import sys
import time
from importlib import import_module
from typing import Any, Dict, Tuple

import dsadapter
from dsadapter._backends import selection
from dsadapter.testing.callers import KEY, MODES, USER
from dsadapter.testing.contract import missing

GET, POST = "GET", "POST"
HELLO = "Hello"
HANGS = 30.0  # seconds, after which an async call is told to hang
Column = Tuple[str, str]
COLUMNS = [(name, mode) for name in selection.BY_NAME if not missing(name) for mode in MODES]
try:
    import_module("aiohttp")
except ImportError:
    pass
else:
    COLUMNS.append(("aiosession", "async"))


class Client:
    """One client for several calls, on one event loop where it is async."""

    def __init__(self, column: Column, url: str, **settings: Any) -> None:
        backend, self.mode = column
        self._session_of_callers = backend == "aiosession"
        self._session: Any = None
        self._loop = asyncio.new_event_loop() if self.mode == "async" else None
        self._settings = {"max_retries": 2, **settings, "api_key": KEY, "provider": "deepseek"}
        if self._session_of_callers:
            dsadapter.max_retries = self._settings.pop("max_retries")
            self._settings.update(api_base=url)
        else:
            cls = dsadapter.OpenAI if self.mode == "sync" else dsadapter.AsyncOpenAI
            self._client: Any = cls(base_url=url, backend=backend, **self._settings)

    def call(self, method: str = POST, messages: Any = USER, **params: Any) -> Any:
        """The response to a chat (POST), or to a look at a model (GET)."""
        if self._loop is None:
            return self._send(method, messages, params)
        return self.run(asyncio.wait_for(self._awaited(method, messages, params), HANGS))

    def run(self, coroutine: Any) -> Any:
        """On the event loop of the client."""
        assert self._loop is not None
        return self._loop.run_until_complete(coroutine)

    async def _awaited(self, *arguments: Any) -> Any:
        if self._session_of_callers:
            self._session = self._session or import_module("aiohttp").ClientSession()
            dsadapter.aiosession.set(self._session)  # of this task
        return await self._send(*arguments)

    def _send(self, method: str, messages: Any, params: Dict[str, Any]) -> Any:
        chat = {"model": "deepseek-flash", "messages": messages, **params}
        if self._session_of_callers:
            if method == GET:
                return dsadapter.Model.aretrieve("deepseek-flash", **self._settings, **params)
            return dsadapter.ChatCompletion.acreate(**chat, **self._settings)
        if method == GET:
            return self._client.models.retrieve("deepseek-flash", **params)
        return self._client.chat.completions.create(**chat)

    def wait(self, seconds: float) -> None:
        """Between two calls; its event loop runs on."""
        if self._loop is None:
            time.sleep(seconds)
        else:
            self.run(asyncio.sleep(seconds))

    def close(self) -> None:
        """Let go of everything."""
        if self._loop is None:
            self._client.close()
            return
        self._loop.run_until_complete(self._aclose())
        self._loop.close()

    async def _aclose(self) -> None:
        if not self._session_of_callers:
            await self._client.close()
        elif self._session is not None:
            await self._session.close()


def new_legacy_session() -> None:
    """The sync sessions of openai 0.28 are the thread's and outlive a client; a row begins anew."""
    requestor = sys.modules.get("openai.api_requestor")
    session = vars(requestor._thread_context).pop("session", None) if requestor else None
    if session is not None:
        session.close()


def outcome(client: Client, *arguments: Any, **params: Any) -> Any:
    """The error, or None for a good answer."""
    try:
        response = client.call(*arguments, **params)
    except dsadapter.OpenAIError as err:
        return err
    finally:
        client.close()
    assert response["choices"][0]["message"]["content"] == HELLO
    return None
