"""``client.chat.completions`` of an async client, and its neighbours."""

from __future__ import annotations

from typing import Any, AsyncIterator, Generator, Generic, List, Optional, Tuple, TypeVar

from .._call import arguments
from .._errors.tree import APIResponseError
from .._settings.redaction import forget_arguments
from .resources import _Resource, deletion, where_offered
from .signature import create_signature, takes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Mapping, Type, Union, overload

    from typing_extensions import Unpack

    from .._call.stream import AsyncStream
    from .._response.account_types import Model
    from .._response.chunk_types import ChatCompletionChunk
    from .._response.pages import ModelPage
    from .._response.parsed import ParsedChatCompletion
    from .._response.resource_types import ModelDeleted
    from .._response.text_types import Completion
    from .._response.types import ChatCompletion
    from . import raw_types
    from .completion_stream import AsyncChatCompletionStreamManager
    from .params import CallParams, ChatParams, CompletionParams, ParseParams
    from .structured import ParseCall

    T = TypeVar("T")


class AsyncCompletions(_Resource):
    """The async twin of :class:`Completions`."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.AsyncCompletionsWithRawResponse
        with_streaming_response: raw_types.AsyncCompletionsWithStreamingResponse

    if TYPE_CHECKING:

        @overload
        async def create(
            self, *, stream: Literal[True], **params: Unpack[ChatParams]
        ) -> AsyncStream[ChatCompletionChunk]: ...
        @overload
        async def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ChatParams]
        ) -> ChatCompletion: ...
        @overload
        async def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ChatParams]
        ) -> Union[ChatCompletion, AsyncStream[ChatCompletionChunk]]: ...

    async def create(self, **params: Any) -> Any:
        """As :meth:`Completions.create`; a stream is an AsyncStream."""
        return await self._client._run(arguments.CHAT, arguments.chat, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", stream="Optional[bool]"
    )

    if TYPE_CHECKING:

        @overload
        async def parse(
            self,
            *,
            response_format: Type[T],
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[T]: ...
        @overload
        async def parse(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            repair_attempts: int = 0,
            **params: Unpack[ParseParams],
        ) -> ParsedChatCompletion[None]: ...

    async def parse(self, *, repair_attempts: int = 0, **params: Any) -> Any:
        """As :meth:`ParsingCalls.parse`."""
        from .structured import ParseCall

        call: Any = None
        try:
            call = ParseCall(params, repair_attempts)
            return await self._parse(call)
        except BaseException as err:
            forget_arguments(err, (params, getattr(call, "params", None)))
            raise

    parse.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", repair_attempts="int"
    )

    async def _parse(self, call: ParseCall) -> Any:
        try:  # a copy: an error empties it
            return await self._client._run(call.types, arguments.chat, dict(call.params))
        except APIResponseError as err:
            again = call.asking_again(err)
        return call.noted(await self._client._run(call.types, arguments.chat, again))

    if TYPE_CHECKING:

        @overload
        def stream(
            self, *, response_format: Type[T], **params: Unpack[ParseParams]
        ) -> AsyncChatCompletionStreamManager[T]: ...
        @overload
        def stream(
            self,
            *,
            response_format: Optional[Mapping[str, Any]] = None,
            **params: Unpack[ParseParams],
        ) -> AsyncChatCompletionStreamManager[None]: ...

    def stream(self, **params: Any) -> Any:
        """As :meth:`ParsingCalls.stream`, with ``async with``."""
        from .completion_stream import AsyncChatCompletionStreamManager
        from .structured import prepared_params, stream_state

        prepared = prepared_params(params)
        request = {**prepared, "stream": True}
        return AsyncChatCompletionStreamManager(
            lambda: self.create(**request), stream_state(params, prepared)
        )

    stream.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", response_format="Any"
    )


class AsyncChat(_Resource):
    """``client.chat`` of an async client."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.AsyncChatWithRawResponse
        with_streaming_response: raw_types.AsyncChatWithStreamingResponse

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.completions: AsyncCompletions = AsyncCompletions(client)


class AsyncTextCompletions(_Resource):
    """The async twin of :class:`TextCompletions`."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.AsyncTextCompletionsWithRawResponse
        with_streaming_response: raw_types.AsyncTextCompletionsWithStreamingResponse

    if TYPE_CHECKING:

        @overload
        async def create(
            self, *, stream: Literal[True], **params: Unpack[CompletionParams]
        ) -> AsyncStream[Completion]: ...
        @overload
        async def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[CompletionParams]
        ) -> Completion: ...
        @overload
        async def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[CompletionParams]
        ) -> Union[Completion, AsyncStream[Completion]]: ...

    async def create(self, **params: Any) -> Any:
        """As :meth:`TextCompletions.create`; a stream is an AsyncStream."""
        return await self._client._run(arguments.text_completion(), arguments.completion, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "CompletionRequired", "CompletionParams", stream="Optional[bool]"
    )


class AsyncModels(_Resource):
    """The async twin of :class:`Models`."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.AsyncModelsWithRawResponse
        with_streaming_response: raw_types.AsyncModelsWithStreamingResponse

        def list(self, **params: Unpack[CallParams]) -> AsyncPage[ModelPage, Model]: ...
        async def retrieve(self, model: str, **params: Unpack[CallParams]) -> Model: ...
        async def delete(self, model: str, **params: Unpack[CallParams]) -> ModelDeleted: ...

    else:

        @takes("CallParams")
        def list(self, **params: Any) -> Any:
            """Await it for the page, or iterate its items with ``async for``."""
            call = (arguments.ASYNC_MODELS, arguments.listing, "/models", params)
            return AsyncPage(lambda: self._client._run(*call))

        @takes("CallParams")
        async def retrieve(self, model: str, **params: Any) -> Any:
            """As :meth:`Models.retrieve`."""
            return await self._client._run(arguments.MODEL, arguments.model, model, params)

        @where_offered("models.delete")
        @takes("CallParams")
        async def delete(self, model: str, **params: Any) -> Any:
            """As :meth:`Models.delete`."""
            return await self._client._run(*deletion(model, params))


PageKind = TypeVar("PageKind", covariant=True)
Item = TypeVar("Item", covariant=True)


class AsyncPage(Generic[PageKind, Item]):
    """What the async ``list()`` gives: awaitable, and iterable with ``async for``."""

    def __init__(self, fetch: Any) -> None:
        self._fetch = fetch

    def __await__(self) -> Generator[Any, None, PageKind]:
        return self._fetch().__await__()

    async def __aiter__(self) -> AsyncIterator[Item]:
        page: Any = await self
        async for item in page:
            yield item


async def read_files(files: List[Tuple[str, Any]]) -> List[Tuple[str, Any]]:
    """The same files read beside the event loop, which goes on meanwhile."""
    from .._backends.lifetime import running_loop
    from .._call.multipart import file_parts

    parts = await running_loop().run_in_executor(None, file_parts, files)
    return [(part.name, part) for part in parts]
