"""Streams of events behind a context manager: what those of chats and of responses share."""

from __future__ import annotations

from typing import Any, AsyncIterator, Awaitable, Callable, Iterable, Iterator

from .._native_class import as_native_class
from .._response.parsed import T, _OfType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from typing_extensions import Self

    S = TypeVar("S")
else:
    S = None


class _Events(_OfType[T]):
    """What sync and async share."""

    __class__ = as_native_class

    def __init__(self, raw_stream: Any, state: Any) -> None:
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

    def _events_of(self, item: Any) -> Iterable[Any]:
        """The events that an item of the raw stream leads to."""
        raise NotImplementedError


class EventStream(_Events[T]):
    """Events as they arrive: ``for event in stream`` and ``event.type``."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._events = self._read()

    def _read(self) -> Iterator[Any]:
        for item in self._raw_stream:
            yield from self._events_of(item)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._events)

    def until_done(self) -> Self:
        """Read to the end; gives the stream back."""
        for _ in self:
            pass
        return self

    def close(self) -> None:
        """Let go of the connection."""
        self._raw_stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class AsyncEventStream(_Events[T]):
    """The async twin of :class:`EventStream`."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._events = self._read()

    async def _read(self) -> AsyncIterator[Any]:
        async for item in self._raw_stream:
            for event in self._events_of(item):
                yield event

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        return await self._events.__anext__()

    async def until_done(self) -> Self:
        """As :meth:`EventStream.until_done`."""
        async for _ in self:
            pass
        return self

    async def close(self) -> None:
        """Let go of the connection."""
        await self._raw_stream.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()


class EventStreamManager(_OfType[S]):
    """What ``stream(...)`` gives: the request goes out with ``with``, and the connection is let
    go behind it."""

    __class__ = as_native_class
    _stream_type: Callable[..., S]

    def __init__(self, request: Callable[[], Any], *arguments: Any) -> None:
        self._request = request
        self._arguments = arguments
        self._stream: Any = None

    def __enter__(self) -> S:
        self._stream = stream = type(self)._stream_type(self._request(), *self._arguments)
        return stream

    def __exit__(self, *_: Any) -> None:
        if self._stream is not None:
            self._stream.close()


class AsyncEventStreamManager(_OfType[S]):
    """The async twin of :class:`EventStreamManager`, for ``async with``."""

    __class__ = as_native_class
    _stream_type: Callable[..., S]

    def __init__(self, request: Callable[[], Awaitable[Any]], *arguments: Any) -> None:
        self._request = request
        self._arguments = arguments
        self._stream: Any = None

    async def __aenter__(self) -> S:
        self._stream = stream = type(self)._stream_type(await self._request(), *self._arguments)
        return stream

    async def __aexit__(self, *_: Any) -> None:
        if self._stream is not None:
            await self._stream.close()
