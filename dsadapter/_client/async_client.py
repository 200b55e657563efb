"""The modern face on event loops: ``AsyncOpenAI``, and any path of a vendor."""

from __future__ import annotations

from typing import Any, Awaitable

from .._backends.holders import async_holder
from .._call import arguments
from .._call.arguments import BuildArguments
from .._call.call import ResponseTypes
from .._call.prepare import prepare
from .._call.request import with_raw_mode
from .._call.run import arun
from .._native_class import as_native_class, native_names
from .._settings.redaction import forget_arguments
from .async_resources import AsyncChat, AsyncModels, AsyncTextCompletions
from .client import _Client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Self

    from .._response.account_types import Balance
    from . import raw_types
    from .embeddings import AsyncEmbeddings, AsyncModerations
    from .files import AsyncBatches, AsyncFiles
    from .media import AsyncAudio, AsyncImages
    from .responses import AsyncResponses


class AsyncAnyPath:
    """The calls of an async client."""

    _run: Any

    async def get(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """As :meth:`AnyPath.get`."""
        return await self._any("GET", path, cast_to, params)

    async def post(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """As :meth:`AnyPath.post`."""
        return await self._any("POST", path, cast_to, params)

    async def put(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """As :meth:`AnyPath.put`."""
        return await self._any("PUT", path, cast_to, params)

    async def patch(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """As :meth:`AnyPath.patch`."""
        return await self._any("PATCH", path, cast_to, params)

    async def delete(self, path: str, *, cast_to: Any = None, **params: Any) -> Any:
        """As :meth:`AnyPath.delete`."""
        return await self._any("DELETE", path, cast_to, params)

    async def _any(self, method: str, path: str, cast_to: Any, params: Any) -> Any:
        from .cast import cast_of_call

        types, raw, finish = cast_of_call(cast_to, params)
        params = with_raw_mode(params, "true") if raw else params
        if hasattr(params.get("content"), "__aiter__"):
            params = {**params, "content": [part async for part in params["content"]]}
        return finish(await self._run(types, arguments.any_path, method, path, params))


async def _awaited(value: Any) -> Any:
    return await value if hasattr(value, "__await__") else value


class AsyncOpenAI(_Client, AsyncAnyPath):
    """The async twin of :class:`OpenAI`; serves any number of event loops, one after the other."""

    _native_names = native_names("_client", "AsyncOpenAI")
    __class__ = as_native_class
    _make_holder = staticmethod(async_holder)
    _is_async = True

    chat: AsyncChat
    completions: AsyncTextCompletions
    models: AsyncModels
    if TYPE_CHECKING:
        with_raw_response: raw_types.AsyncOpenAIWithRawResponse
        with_streaming_response: raw_types.AsyncOpenAIWithStreamingResponse
        # made when they are first read, where the provider has them
        audio: AsyncAudio
        batches: AsyncBatches
        embeddings: AsyncEmbeddings
        files: AsyncFiles
        images: AsyncImages
        moderations: AsyncModerations
        responses: AsyncResponses

    def _add_resources(self) -> None:
        self.chat = AsyncChat(self)
        self.completions = AsyncTextCompletions(self)
        self.models = AsyncModels(self)

    async def _run(self, types: ResponseTypes, build: BuildArguments, *args: Any) -> Any:
        try:
            call = build(*args)
            settings = self._with_own(call.settings) if call.settings else self._settings
            return await arun(prepare(self._holder, call.request, settings, types))
        except BaseException as err:
            forget_arguments(err, args)
            raise

    async def _run_with_new_key(self, *args: Any) -> Any:
        self._use_key(await _awaited(self._arguments["api_key"]()))
        return await type(self)._run(self, *args)

    def balance(self, **params: Any) -> Awaitable[Balance]:
        """As :meth:`OpenAI.balance`."""
        return self._run(arguments.BALANCE, arguments.balance, params)

    async def close(self) -> None:
        """Let go of the connections; further calls raise OpenAIError."""
        await self._holder.close()

    aclose = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()
