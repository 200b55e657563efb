"""``client.chat.completions`` and its neighbours, sync and async."""

from __future__ import annotations

from typing import Any, AsyncIterator, Generator, Generic, List, Optional, Tuple, TypeVar

from .._call import arguments
from .not_offered import INSTEAD, not_here, where_offered
from .signature import create_signature, takes
from .structured import AsyncParsingCalls, ParsingCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Union, overload

    from typing_extensions import Unpack

    from .._call.stream import AsyncStream, Stream
    from .._response.pages import ModelPage
    from .._response.resource_types import ModelDeleted
    from .._response.types import (
        ChatCompletion,
        ChatCompletionChunk,
        Completion,
        Model,
    )
    from . import raw_types
    from .params import CallParams, ChatParams, CompletionParams
else:

    def overload(function: Any) -> Any:
        """In the place of ``typing.overload``: only checkers read what it decorates."""
        return function


class _Resource:
    """A group of calls."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def with_raw_response(self) -> Any:
        """The same calls, giving a RawResponse: ``.headers``, ``.text``, ``.parse()`` ..."""
        from .raw import WithRawResponse

        return WithRawResponse(self, self._client._is_async)

    @property
    def with_streaming_response(self) -> Any:
        """The same calls, each a context manager for a reply whose body is not read yet."""
        from .raw import WithStreamingResponse

        return WithStreamingResponse(self, self._client._is_async)

    if not TYPE_CHECKING:  # else every misspelt name would type-check

        def __getattr__(self, name: str) -> Any:
            for cls in type(self).__mro__:
                if name in vars(cls):  # it is there and said why not for this vendor: again
                    return vars(cls)[name].__get__(self, type(self))
            if name in INSTEAD:
                raise not_here(name)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class Completions(_Resource, ParsingCalls):
    """``client.chat.completions``."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.CompletionsWithRawResponse
        with_streaming_response: raw_types.CompletionsWithStreamingResponse

    if TYPE_CHECKING:

        @overload
        def create(
            self, *, stream: Literal[True], **params: Unpack[ChatParams]
        ) -> Stream[ChatCompletionChunk]: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ChatParams]
        ) -> ChatCompletion: ...
        @overload
        def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[ChatParams]
        ) -> Union[ChatCompletion, Stream[ChatCompletionChunk]]: ...

    def create(self, **params: Any) -> Any:
        """One chat completion.

        Takes every keyword of openai 3.54.0's ``create`` and of 0.28's; unknown ones go into the
        body. Gives a ChatCompletion, or with ``stream=True`` a Stream of chunks. Raises APIError
        and its subclasses for whatever goes wrong on the way, InvalidArgumentError for arguments
        that cannot be sent.
        """
        return self._client._run(arguments.CHAT, arguments.chat, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "ChatRequired", "ChatParams", stream="Optional[bool]"
    )


class AsyncCompletions(_Resource, AsyncParsingCalls):
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


class Chat(_Resource):
    """``client.chat``."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.ChatWithRawResponse
        with_streaming_response: raw_types.ChatWithStreamingResponse

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.completions: Completions = Completions(client)


class AsyncChat(_Resource):
    """``client.chat`` of an async client."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.AsyncChatWithRawResponse
        with_streaming_response: raw_types.AsyncChatWithStreamingResponse

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.completions: AsyncCompletions = AsyncCompletions(client)


class TextCompletions(_Resource):
    """``client.completions``: text completion; on DeepSeek this is FIM (fill in the middle)."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.TextCompletionsWithRawResponse
        with_streaming_response: raw_types.TextCompletionsWithStreamingResponse

    if TYPE_CHECKING:

        @overload
        def create(
            self, *, stream: Literal[True], **params: Unpack[CompletionParams]
        ) -> Stream[Completion]: ...
        @overload
        def create(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[CompletionParams]
        ) -> Completion: ...
        @overload
        def create(
            self, *, stream: Optional[bool] = None, **params: Unpack[CompletionParams]
        ) -> Union[Completion, Stream[Completion]]: ...

    def create(self, **params: Any) -> Any:
        """One text completion; with ``stream=True`` a Stream of chunks. Raises as
        :meth:`Completions.create` does."""
        return self._client._run(arguments.COMPLETION, arguments.completion, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "CompletionRequired", "CompletionParams", stream="Optional[bool]"
    )


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
        return await self._client._run(arguments.COMPLETION, arguments.completion, params)

    create.__wrapped__ = create_signature(  # type: ignore[attr-defined]
        "CompletionRequired", "CompletionParams", stream="Optional[bool]"
    )


class Models(_Resource):
    """``client.models``."""

    if TYPE_CHECKING:
        with_raw_response: raw_types.ModelsWithRawResponse
        with_streaming_response: raw_types.ModelsWithStreamingResponse

        def list(self, **params: Unpack[CallParams]) -> ModelPage: ...
        def retrieve(self, model: str, **params: Unpack[CallParams]) -> Model: ...
        def delete(self, model: str, **params: Unpack[CallParams]) -> ModelDeleted: ...

    else:

        @takes("CallParams")
        def list(self, **params: Any) -> Any:
            """``GET /models``: a page that iterates the models of the key."""
            return self._client._run(arguments.MODELS, arguments.listing, "/models", params)

        @takes("CallParams")
        def retrieve(self, model: str, **params: Any) -> Any:
            """One model; raises InvalidArgumentError for what is no name, NotFoundError where the
            provider has no such model."""
            return self._client._run(arguments.MODEL, arguments.model, model, params)

        @where_offered("models.delete")
        @takes("CallParams")
        def delete(self, model: str, **params: Any) -> Any:
            """Delete a model of your own, where the provider keeps any."""
            return self._client._run(*_deletion(model, params))


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
            return await self._client._run(*_deletion(model, params))


def _deletion(model: str, params: Any) -> Tuple[Any, ...]:
    """What runs ``models.delete``; raises InvalidArgumentError for what is no name."""
    from .._call.call import ResponseTypes
    from .._response.resource_types import ModelDeleted  # most programs delete none

    path = arguments.item_path("/models", model=model)
    return ResponseTypes(ModelDeleted), arguments.without_body, "DELETE", path, params


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
    import asyncio

    from .._call.multipart import file_parts

    parts = await asyncio.get_running_loop().run_in_executor(None, file_parts, files)
    return [(part.name, part) for part in parts]
