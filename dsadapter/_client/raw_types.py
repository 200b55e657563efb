"""What ``with_raw_response`` and ``with_streaming_response`` give, for type checkers.

At run time one class does it for every resource, see :mod:`raw`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Awaitable, Literal, Optional, Protocol, TypeVar, Union, overload

    from typing_extensions import Unpack

    from .._call.stream import AsyncStream, Stream
    from .._response.account_types import Model
    from .._response.chunk_types import ChatCompletionChunk
    from .._response.pages import ModelPage
    from .._response.raw_response import APIResponse, AsyncAPIResponse, RawResponse
    from .._response.text_types import Completion
    from .._response.types import ChatCompletion
    from .params import CallParams, ChatParams, CompletionParams
    from .raw import AsyncResponseContextManager, ResponseContextManager

    Whole = TypeVar("Whole", covariant=True)
    Streamed = TypeVar("Streamed", covariant=True)

    class ChatCreate(Protocol[Whole, Streamed]):
        """``chat.completions.create``, whatever it gives with and without ``stream=True``."""

        @overload
        def __call__(self, *, stream: Literal[True], **params: Unpack[ChatParams]) -> Streamed: ...
        @overload
        def __call__(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[ChatParams]
        ) -> Whole: ...
        @overload
        def __call__(
            self, *, stream: Optional[bool] = None, **params: Unpack[ChatParams]
        ) -> Union[Whole, Streamed]: ...

    class TextCreate(Protocol[Whole, Streamed]):
        """``completions.create``, likewise."""

        @overload
        def __call__(
            self, *, stream: Literal[True], **params: Unpack[CompletionParams]
        ) -> Streamed: ...
        @overload
        def __call__(
            self, *, stream: Optional[Literal[False]] = None, **params: Unpack[CompletionParams]
        ) -> Whole: ...
        @overload
        def __call__(
            self, *, stream: Optional[bool] = None, **params: Unpack[CompletionParams]
        ) -> Union[Whole, Streamed]: ...

    class ListModels(Protocol[Whole]):
        """``models.list``."""

        def __call__(self, **params: Unpack[CallParams]) -> Whole: ...

    class RetrieveModel(Protocol[Whole]):
        """``models.retrieve``."""

        def __call__(self, model: str, **params: Unpack[CallParams]) -> Whole: ...

    class _Others:
        """Calls that have no types of their own here."""

        def __getattr__(self, name: str) -> Any: ...

    # with_raw_response

    class CompletionsWithRawResponse(_Others):
        """``client.chat.completions.with_raw_response``."""

        create: ChatCreate[RawResponse[ChatCompletion], RawResponse[Stream[ChatCompletionChunk]]]

    class TextCompletionsWithRawResponse(_Others):
        """``client.completions.with_raw_response``."""

        create: TextCreate[RawResponse[Completion], RawResponse[Stream[Completion]]]

    class ModelsWithRawResponse(_Others):
        """``client.models.with_raw_response``."""

        list: ListModels[RawResponse[ModelPage]]
        retrieve: RetrieveModel[RawResponse[Model]]

    class ChatWithRawResponse(_Others):
        """``client.chat.with_raw_response``."""

        completions: CompletionsWithRawResponse

    class OpenAIWithRawResponse(_Others):
        """``client.with_raw_response``."""

        chat: ChatWithRawResponse
        completions: TextCompletionsWithRawResponse
        models: ModelsWithRawResponse

    class AsyncCompletionsWithRawResponse(_Others):
        """``client.chat.completions.with_raw_response`` of an async client."""

        create: ChatCreate[
            Awaitable[RawResponse[ChatCompletion]],
            Awaitable[RawResponse[AsyncStream[ChatCompletionChunk]]],
        ]

    class AsyncTextCompletionsWithRawResponse(_Others):
        """``client.completions.with_raw_response`` of an async client."""

        create: TextCreate[
            Awaitable[RawResponse[Completion]], Awaitable[RawResponse[AsyncStream[Completion]]]
        ]

    class AsyncModelsWithRawResponse(_Others):
        """``client.models.with_raw_response`` of an async client."""

        list: ListModels[Awaitable[RawResponse[ModelPage]]]
        retrieve: RetrieveModel[Awaitable[RawResponse[Model]]]

    class AsyncChatWithRawResponse(_Others):
        """``client.chat.with_raw_response`` of an async client."""

        completions: AsyncCompletionsWithRawResponse

    class AsyncOpenAIWithRawResponse(_Others):
        """``client.with_raw_response`` of an async client."""

        chat: AsyncChatWithRawResponse
        completions: AsyncTextCompletionsWithRawResponse
        models: AsyncModelsWithRawResponse

    # with_streaming_response

    class CompletionsWithStreamingResponse(_Others):
        """``client.chat.completions.with_streaming_response``."""

        create: ChatCreate[
            ResponseContextManager[APIResponse[ChatCompletion]],
            ResponseContextManager[APIResponse[Stream[ChatCompletionChunk]]],
        ]

    class TextCompletionsWithStreamingResponse(_Others):
        """``client.completions.with_streaming_response``."""

        create: TextCreate[
            ResponseContextManager[APIResponse[Completion]],
            ResponseContextManager[APIResponse[Stream[Completion]]],
        ]

    class ModelsWithStreamingResponse(_Others):
        """``client.models.with_streaming_response``."""

        list: ListModels[ResponseContextManager[APIResponse[ModelPage]]]
        retrieve: RetrieveModel[ResponseContextManager[APIResponse[Model]]]

    class ChatWithStreamingResponse(_Others):
        """``client.chat.with_streaming_response``."""

        completions: CompletionsWithStreamingResponse

    class OpenAIWithStreamingResponse(_Others):
        """``client.with_streaming_response``."""

        chat: ChatWithStreamingResponse
        completions: TextCompletionsWithStreamingResponse
        models: ModelsWithStreamingResponse

    class AsyncCompletionsWithStreamingResponse(_Others):
        """``client.chat.completions.with_streaming_response`` of an async client."""

        create: ChatCreate[
            AsyncResponseContextManager[AsyncAPIResponse[ChatCompletion]],
            AsyncResponseContextManager[AsyncAPIResponse[AsyncStream[ChatCompletionChunk]]],
        ]

    class AsyncTextCompletionsWithStreamingResponse(_Others):
        """``client.completions.with_streaming_response`` of an async client."""

        create: TextCreate[
            AsyncResponseContextManager[AsyncAPIResponse[Completion]],
            AsyncResponseContextManager[AsyncAPIResponse[AsyncStream[Completion]]],
        ]

    class AsyncModelsWithStreamingResponse(_Others):
        """``client.models.with_streaming_response`` of an async client."""

        list: ListModels[AsyncResponseContextManager[AsyncAPIResponse[ModelPage]]]
        retrieve: RetrieveModel[AsyncResponseContextManager[AsyncAPIResponse[Model]]]

    class AsyncChatWithStreamingResponse(_Others):
        """``client.chat.with_streaming_response`` of an async client."""

        completions: AsyncCompletionsWithStreamingResponse

    class AsyncOpenAIWithStreamingResponse(_Others):
        """``client.with_streaming_response`` of an async client."""

        chat: AsyncChatWithStreamingResponse
        completions: AsyncTextCompletionsWithStreamingResponse
        models: AsyncModelsWithStreamingResponse
