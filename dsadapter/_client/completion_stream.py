"""``chat.completions.stream``: a stream of events, behind a context manager."""

from __future__ import annotations

from typing import Any, AsyncIterator, Iterable, Iterator

from .._call.stream_text import first_text
from .._native_class import native_names
from .._record import attach
from .._response.parsed import T
from .event_stream import (
    AsyncEventStream,
    AsyncEventStreamManager,
    EventStream,
    EventStreamManager,
    _Events,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._response.parsed import ParsedChatCompletion

_MODULE = "lib.streaming.chat._completions"


class _Completion(_Events[T]):
    """What sync and async share: the chunks, and the reply that they lead to."""

    @property
    def current_completion_snapshot(self) -> ParsedChatCompletion[T]:
        """The reply so far; one object, which grows with every chunk."""
        snapshot: ParsedChatCompletion[T] = self._state.current_completion_snapshot
        return snapshot

    def _events_of(self, item: Any) -> Iterable[Any]:
        # Azure's asynchronous filter puts events between the chunks that are none.
        return () if item.get("object") == "" else self._state.handle_chunk(item)

    def _final_completion(self) -> Any:
        return attach(self._state.get_final_completion(), self.adapter)


class ChatCompletionStream(EventStream[T], _Completion[T]):
    """Events of a chat completion as it arrives: ``for event in stream`` and ``event.type``.

    The reply as ``parse`` gives it comes with :meth:`get_final_completion`. Reading raises as any
    stream does (StreamTruncatedError, APITimeoutError ...); besides LengthFinishReasonError and
    ContentFilterFinishReasonError where an answer that is to be parsed was cut off, and
    APIResponseError, which is a ValueError, where it does not fit.
    """

    _native_names = native_names(_MODULE, "ChatCompletionStream")

    @property
    def text(self) -> Iterator[str]:
        """The text alone, part by part (first choice), for what shows text as it comes."""
        for event in self:
            if event.type == "chunk":
                yield from first_text(event.chunk)

    def get_final_completion(self) -> ParsedChatCompletion[T]:
        """Read to the end; the reply, with ``message.parsed`` where a class was asked for."""
        completion: ParsedChatCompletion[T] = self.until_done()._final_completion()
        return completion


class AsyncChatCompletionStream(AsyncEventStream[T], _Completion[T]):
    """The async twin of :class:`ChatCompletionStream`."""

    _native_names = native_names(_MODULE, "AsyncChatCompletionStream")

    @property
    async def text(self) -> AsyncIterator[str]:
        """As :attr:`ChatCompletionStream.text`."""
        async for event in self:
            if event.type == "chunk":
                for part in first_text(event.chunk):
                    yield part

    async def get_final_completion(self) -> ParsedChatCompletion[T]:
        """As :meth:`ChatCompletionStream.get_final_completion`."""
        completion: ParsedChatCompletion[T] = (await self.until_done())._final_completion()
        return completion


class ChatCompletionStreamManager(EventStreamManager[ChatCompletionStream[T]]):
    """What ``stream(...)`` gives: the request goes out with ``with``, and the connection is let
    go behind it."""

    _native_names = native_names(_MODULE, "ChatCompletionStreamManager")
    _stream_type = ChatCompletionStream


class AsyncChatCompletionStreamManager(AsyncEventStreamManager[AsyncChatCompletionStream[T]]):
    """The async twin of :class:`ChatCompletionStreamManager`, for ``async with``."""

    _native_names = native_names(_MODULE, "AsyncChatCompletionStreamManager")
    _stream_type = AsyncChatCompletionStream
