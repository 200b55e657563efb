"""``chat.completions.stream``: a stream of events, behind a context manager."""

from __future__ import annotations

from typing import Any, AsyncIterator, Awaitable, Callable, Iterator

from .._call.stream_text import first_text
from .._native_class import as_native_class, native_names
from .._record import attach
from .._response.completion_state import ChatCompletionStreamState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic, TypeVar

    from .._call.stream import AsyncStream, Stream
    from .._response.parsed import ParsedChatCompletion

    T = TypeVar("T")

    class _OfType(Generic[T]):
        """Generic for checkers."""

else:

    class _OfType:
        """What can be subscripted, as in annotations; ``typing.Generic`` is for checkers."""

        def __class_getitem__(cls, item: Any) -> Any:
            return cls

    T = None

_MODULE = "lib.streaming.chat._completions"


class _Base(_OfType[T]):
    """What sync and async share: the chunks, and the state that they lead to."""

    def __init__(self, raw_stream: Any, state: ChatCompletionStreamState) -> None:
        self._raw_stream = raw_stream
        self._state = state

    @property
    def response(self) -> Any:
        """The HTTP response: status, headers, ``close()``."""
        return self._raw_stream.response

    @property
    def adapter(self) -> Any:
        """How the reply came about, as of any stream."""
        return self._raw_stream.adapter

    @property
    def current_completion_snapshot(self) -> ParsedChatCompletion[T]:
        """The reply so far; one object, which grows with every chunk."""
        snapshot: ParsedChatCompletion[T] = self._state.current_completion_snapshot
        return snapshot

    def _final_completion(self) -> Any:
        return attach(self._state.get_final_completion(), self.adapter)


class ChatCompletionStream(_Base[T]):
    """Events of a chat completion as it arrives: ``for event in stream`` and ``event.type``.

    The reply as ``parse`` gives it comes with :meth:`get_final_completion`. Reading raises as any
    stream does (StreamTruncatedError, APITimeoutError ...); besides LengthFinishReasonError and
    ContentFilterFinishReasonError where an answer that is to be parsed was cut off, and
    APIResponseError, which is a ValueError, where it does not fit.
    """

    _native_names = native_names(_MODULE, "ChatCompletionStream")
    __class__ = as_native_class

    def __init__(self, raw_stream: Stream[Any], state: ChatCompletionStreamState) -> None:
        super().__init__(raw_stream, state)
        self._events = self._read()

    def _read(self) -> Iterator[Any]:
        for chunk in self._raw_stream:
            if _is_chunk(chunk):
                yield from self._state.handle_chunk(chunk)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._events)

    @property
    def text(self) -> Iterator[str]:
        """The text alone, part by part (first choice), for what shows text as it comes."""
        for event in self:
            if event.type == "chunk":
                yield from first_text(event.chunk)

    def until_done(self) -> ChatCompletionStream[T]:
        """Read to the end; gives the stream back."""
        for _ in self:
            pass
        return self

    def get_final_completion(self) -> ParsedChatCompletion[T]:
        """Read to the end; the reply, with ``message.parsed`` where a class was asked for."""
        completion: ParsedChatCompletion[T] = self.until_done()._final_completion()
        return completion

    def close(self) -> None:
        """Let go of the connection."""
        self._raw_stream.close()

    def __enter__(self) -> ChatCompletionStream[T]:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class AsyncChatCompletionStream(_Base[T]):
    """The async twin of :class:`ChatCompletionStream`."""

    _native_names = native_names(_MODULE, "AsyncChatCompletionStream")
    __class__ = as_native_class

    def __init__(self, raw_stream: AsyncStream[Any], state: ChatCompletionStreamState) -> None:
        super().__init__(raw_stream, state)
        self._events = self._read()

    async def _read(self) -> AsyncIterator[Any]:
        async for chunk in self._raw_stream:
            if _is_chunk(chunk):
                for event in self._state.handle_chunk(chunk):
                    yield event

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        return await self._events.__anext__()

    @property
    async def text(self) -> AsyncIterator[str]:
        """As :attr:`ChatCompletionStream.text`."""
        async for event in self:
            if event.type == "chunk":
                for part in first_text(event.chunk):
                    yield part

    async def until_done(self) -> AsyncChatCompletionStream[T]:
        """As :meth:`ChatCompletionStream.until_done`."""
        async for _ in self:
            pass
        return self

    async def get_final_completion(self) -> ParsedChatCompletion[T]:
        """As :meth:`ChatCompletionStream.get_final_completion`."""
        completion: ParsedChatCompletion[T] = (await self.until_done())._final_completion()
        return completion

    async def close(self) -> None:
        """Let go of the connection."""
        await self._raw_stream.close()

    async def __aenter__(self) -> AsyncChatCompletionStream[T]:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()


def _is_chunk(chunk: Any) -> bool:
    """Azure's asynchronous filter puts events between the chunks that are none."""
    return bool(chunk.get("object") != "")


class ChatCompletionStreamManager(_OfType[T]):
    """What ``stream(...)`` gives: the request goes out with ``with``, and the connection is let
    go behind it."""

    _native_names = native_names(_MODULE, "ChatCompletionStreamManager")
    __class__ = as_native_class

    def __init__(self, request: Callable[[], Any], state: ChatCompletionStreamState) -> None:
        self._request = request
        self._state = state
        self._stream: Any = None

    def __enter__(self) -> ChatCompletionStream[T]:
        self._stream = ChatCompletionStream(self._request(), self._state)
        stream: ChatCompletionStream[T] = self._stream
        return stream

    def __exit__(self, *_: Any) -> None:
        if self._stream is not None:
            self._stream.close()


class AsyncChatCompletionStreamManager(_OfType[T]):
    """The async twin of :class:`ChatCompletionStreamManager`, for ``async with``."""

    _native_names = native_names(_MODULE, "AsyncChatCompletionStreamManager")
    __class__ = as_native_class

    def __init__(
        self, request: Callable[[], Awaitable[Any]], state: ChatCompletionStreamState
    ) -> None:
        self._request = request
        self._state = state
        self._stream: Any = None

    async def __aenter__(self) -> AsyncChatCompletionStream[T]:
        self._stream = AsyncChatCompletionStream(await self._request(), self._state)
        stream: AsyncChatCompletionStream[T] = self._stream
        return stream

    async def __aexit__(self, *_: Any) -> None:
        if self._stream is not None:
            await self._stream.close()
