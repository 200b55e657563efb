"""``responses.stream``: the events of a response as they come, behind a context manager."""

from __future__ import annotations

from typing import Any, AsyncIterator, Awaitable, Callable, Iterator, Optional

from .._native_class import as_native_class, native_names
from .._record import attach
from .._response.parsed import T, _OfType
from .._response.response_state import ResponseStreamState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._response.parsed_response import ParsedResponse

_MODULE = "lib.streaming.responses._responses"


class _Base(_OfType[T]):
    """What sync and async share: the events, and the state that they lead to."""

    def __init__(self, raw_stream: Any, state: ResponseStreamState, after: Optional[int]) -> None:
        self._raw_stream = raw_stream
        self._state = state
        self._after = after

    @property
    def response(self) -> Any:
        """The HTTP response: status, headers, ``close()``."""
        return self._raw_stream.response

    @property
    def adapter(self) -> Any:
        """How the reply came about, as of any stream."""
        return self._raw_stream.adapter

    def _is_due(self, event: Any) -> bool:
        return self._after is None or (event.get("sequence_number") or 0) > self._after

    def _final_response(self) -> Any:
        if self._state.completed is None:
            raise RuntimeError(
                f"The stream ended with {self._state.last_type!r}: no response.completed came. "
                "Read the events for what there is."
            )
        return attach(self._state.completed, self.adapter)


class ResponseStream(_Base[T]):
    """Events of a response as it arrives: ``for event in stream`` and ``event.type``.

    Those of texts have ``snapshot`` and ``parsed``. Reading raises as any stream does
    (StreamTruncatedError, APITimeoutError ...), and APIResponseError, which is a ValueError, where
    an answer does not fit.
    """

    _native_names = native_names(_MODULE, "ResponseStream")
    __class__ = as_native_class

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._events = self._read()

    def _read(self) -> Iterator[Any]:
        for raw_event in self._raw_stream:
            event = self._state.handle_event(raw_event)
            if self._is_due(event):
                yield event

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._events)

    def until_done(self) -> ResponseStream[T]:
        """Read to the end; gives the stream back."""
        for _ in self:
            pass
        return self

    def get_final_response(self) -> ParsedResponse[T]:
        """Read to the end; the response, with ``output_parsed`` where a class was asked for. Raises
        RuntimeError where it was not completed."""
        response: ParsedResponse[T] = self.until_done()._final_response()
        return response

    def close(self) -> None:
        """Let go of the connection."""
        self._raw_stream.close()

    def __enter__(self) -> ResponseStream[T]:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class AsyncResponseStream(_Base[T]):
    """The async twin of :class:`ResponseStream`."""

    _native_names = native_names(_MODULE, "AsyncResponseStream")
    __class__ = as_native_class

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._events = self._read()

    async def _read(self) -> AsyncIterator[Any]:
        async for raw_event in self._raw_stream:
            event = self._state.handle_event(raw_event)
            if self._is_due(event):
                yield event

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        return await self._events.__anext__()

    async def until_done(self) -> AsyncResponseStream[T]:
        """As :meth:`ResponseStream.until_done`."""
        async for _ in self:
            pass
        return self

    async def get_final_response(self) -> ParsedResponse[T]:
        """As :meth:`ResponseStream.get_final_response`."""
        response: ParsedResponse[T] = (await self.until_done())._final_response()
        return response

    async def close(self) -> None:
        """Let go of the connection."""
        await self._raw_stream.close()

    async def __aenter__(self) -> AsyncResponseStream[T]:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()


class ResponseStreamManager(_OfType[T]):
    """What ``responses.stream(...)`` gives: the request goes out with ``with``, and the connection
    is let go behind it."""

    _native_names = native_names(_MODULE, "ResponseStreamManager")
    __class__ = as_native_class

    def __init__(
        self, request: Callable[[], Any], state: ResponseStreamState, after: Optional[int]
    ) -> None:
        self._request = request
        self._arguments = (state, after)
        self._stream: Any = None

    def __enter__(self) -> ResponseStream[T]:
        self._stream = ResponseStream(self._request(), *self._arguments)
        stream: ResponseStream[T] = self._stream
        return stream

    def __exit__(self, *_: Any) -> None:
        if self._stream is not None:
            self._stream.close()


class AsyncResponseStreamManager(_OfType[T]):
    """The async twin of :class:`ResponseStreamManager`, for ``async with``."""

    _native_names = native_names(_MODULE, "AsyncResponseStreamManager")
    __class__ = as_native_class

    def __init__(
        self,
        request: Callable[[], Awaitable[Any]],
        state: ResponseStreamState,
        after: Optional[int],
    ) -> None:
        self._request = request
        self._arguments = (state, after)
        self._stream: Any = None

    async def __aenter__(self) -> AsyncResponseStream[T]:
        self._stream = AsyncResponseStream(await self._request(), *self._arguments)
        stream: AsyncResponseStream[T] = self._stream
        return stream

    async def __aexit__(self, *_: Any) -> None:
        if self._stream is not None:
            await self._stream.close()
