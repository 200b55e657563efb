"""Streams: chunks as they arrive, and no cut-off answer passed off as a complete one."""

from __future__ import annotations

import sys
from collections import deque
from typing import Any, AsyncIterator, Deque, Generic, Iterator, List, Optional, TypeVar

from .._errors.tree import StreamClosedError
from .._headers import Headers
from .._native_class import as_native_class, native_names
from .._response.chunk_types import ChatCompletionChunk
from .._response.info import AdapterInfo
from .._settings.redaction import hidden
from .call import Call
from .drivers import adrive, drive
from .reading import read_stream
from .steps import CloseBody, OpenBody, closed_early
from .stream_response import StreamResponse
from .stream_text import first_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import overload

    from .._response.chunk_types import ChatCompletionChunk
    from .._response.text_types import Completion
    from .._response.types import ChatCompletion

Chunk = TypeVar("Chunk")


class _Base(Generic[Chunk]):
    """What both share: the chunks that are ready, and how the call stands."""

    def __init__(self, call: Call, reply: Any) -> None:
        if "streamlit" in sys.modules:
            _name_for_streamlit()
        self._call = call
        self._reply = reply  # of the first attempt; a blank 200 may be followed by another
        self._flow = read_stream(call, reply)
        self._ready: Deque[Chunk] = deque()
        self._finished = False  # the flow has nothing more to deliver
        self._closed = False

    @property
    def adapter(self) -> AdapterInfo:
        """Backend, status, headers, repairs, retries of this stream."""
        return self._call.info()

    @property
    def headers(self) -> Headers:
        """The response headers."""
        return self._call.headers

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self._call.status

    @property
    def response(self) -> StreamResponse:
        """The HTTP response behind this stream; its ``close()`` ends the call."""
        return StreamResponse(self)

    def _receive(self, chunks: Optional[List[Any]]) -> None:
        if chunks is None:
            self._finished = True
        else:
            self._ready.extend(chunks)

    @property
    def _exhausted(self) -> bool:
        """Whether no chunk and no error is still to come."""
        reader = self._call.reader
        return self._finished or self._closed and (reader is None or reader.deferred is None)

    def _check_complete(self) -> None:
        """A stream that was closed before its end does not look complete to a later loop."""
        if not (self._complete or self._finished):
            self._finished = True
            raise self._closed_early("its later chunks were not read")

    @property
    def _complete(self) -> bool:
        return self._call.reader is not None and self._call.reader.complete

    def _closed_early(self, loss: str) -> StreamClosedError:
        err = closed_early(loss)
        text = self._call.reader.text() if self._call.reader else ""
        err.partial = hidden(text, self._call.secrets())
        return err

    def _final_response(self) -> Any:
        reader = self._call.reader
        if reader is None or not reader.complete:
            raise self._closed_early("there is no final response")
        return self._call.to_response(reader.accumulated())

    def _close_step(self) -> CloseBody:
        self._closed = True
        if self._call.body is None:  # nothing was read yet
            self._call.body = OpenBody(self._reply)
        return CloseBody(self._call.body)

    def _end(self) -> None:
        reader = self._call.reader
        self._call.end(reply=reader.accumulated if reader else dict)


def _name_for_streamlit() -> None:
    """Let ``st.write`` and ``st.write_stream`` know streams and chunks: they go by names."""
    Stream.__module__ = "openai"
    for cls in (ChatCompletionChunk, *ChatCompletionChunk.__subclasses__()):
        if cls.__name__ == ChatCompletionChunk.__name__:  # none of the program's own
            cls.__module__ = "openai.types.chat.chat_completion_chunk"


class Stream(_Base[Chunk]):
    """Chunks of a reply as they arrive. Iterate it, or use it as a context manager.

    ``Stream[ChatCompletionChunk]`` is what a streamed chat completion gives. Leaving the loop early
    closes the connection. Raises StreamTruncatedError when the stream ends before the answer does,
    APITimeoutError when a deadline passes; both carry ``partial``.
    """

    _native_names = native_names("_streaming", "Stream")
    __class__ = as_native_class

    def __iter__(self) -> Iterator[Chunk]:
        ready, take = self._ready, self._ready.popleft
        try:
            while True:
                while ready:
                    yield take()
                if self._exhausted:
                    self._check_complete()
                    return
                self._advance()
        finally:
            self.close()

    def __next__(self) -> Chunk:
        while not self._ready:
            if self._exhausted:
                self._check_complete()
                raise StopIteration
            self._advance()
        return self._ready.popleft()

    def _advance(self) -> None:
        try:
            self._receive(drive(self._flow, self._call))
        except BaseException:
            self._finished = True
            raise

    def close(self) -> None:
        """Let go of the connection. What had arrived stays readable with ``next``."""
        self._close_step().run(self._call)
        self._end()

    @property
    def text(self) -> Iterator[str]:
        """The text alone, part by part (first choice): for Streamlit, Gradio and the like."""
        for chunk in self:
            yield from first_text(chunk)

    if TYPE_CHECKING:

        @overload
        def get_final_response(self: Stream[ChatCompletionChunk]) -> ChatCompletion: ...
        @overload
        def get_final_response(self: Stream[Completion]) -> Completion: ...
        @overload
        def get_final_response(self) -> Any: ...

    def get_final_response(self) -> Any:
        """The chunks merged: content, reasoning_content, tool calls by index, usage.

        Reads on to the end. Raises what reading raises, StreamTruncatedError after an early close.
        """
        for _ in self:
            pass
        return self._final_response()

    def __enter__(self) -> Stream[Chunk]:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            self._close_step().in_destructor()


class AsyncStream(_Base[Chunk]):
    """The async twin of :class:`Stream`."""

    _native_names = native_names("_streaming", "AsyncStream")
    __class__ = as_native_class

    async def __aiter__(self) -> AsyncIterator[Chunk]:
        ready, take = self._ready, self._ready.popleft
        try:
            while True:
                while ready:
                    yield take()
                if self._exhausted:
                    self._check_complete()
                    return
                await self._advance()
        finally:
            await self.close()

    async def __anext__(self) -> Chunk:
        while not self._ready:
            if self._exhausted:
                self._check_complete()
                raise StopAsyncIteration
            await self._advance()
        return self._ready.popleft()

    async def _advance(self) -> None:
        try:
            self._receive(await adrive(self._flow, self._call))
        except BaseException:
            self._finished = True
            raise

    async def close(self) -> None:
        """Let go of the connection. What had arrived stays readable with ``anext``."""
        await self._close_step().arun(self._call)
        self._end()

    aclose = close

    @property
    async def text(self) -> AsyncIterator[str]:
        """As :attr:`Stream.text`."""
        async for chunk in self:
            for part in first_text(chunk):
                yield part

    if TYPE_CHECKING:

        @overload
        async def get_final_response(self: AsyncStream[ChatCompletionChunk]) -> ChatCompletion: ...
        @overload
        async def get_final_response(self: AsyncStream[Completion]) -> Completion: ...
        @overload
        async def get_final_response(self) -> Any: ...

    async def get_final_response(self) -> Any:
        """As :meth:`Stream.get_final_response`."""
        async for _ in self:
            pass
        return self._final_response()

    async def __aenter__(self) -> AsyncStream[Chunk]:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            self._close_step().later()
