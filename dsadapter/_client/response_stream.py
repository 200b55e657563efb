"""``responses.stream``: the events of a response as they come, behind a context manager."""

from __future__ import annotations

from typing import Any, Iterable, Optional

from .._native_class import native_names
from .._record import attach
from .._response.parsed import T
from .._response.response_state import ResponseStreamState
from .event_stream import (
    AsyncEventStream,
    AsyncEventStreamManager,
    EventStream,
    EventStreamManager,
    _Events,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._response.parsed_response import ParsedResponse

_MODULE = "lib.streaming.responses._responses"


class _Response(_Events[T]):
    """What sync and async share: the events, and the response that they lead to."""

    def __init__(self, raw_stream: Any, state: ResponseStreamState, after: Optional[int]) -> None:
        super().__init__(raw_stream, state)
        self._after = after

    def _events_of(self, item: Any) -> Iterable[Any]:
        event = self._state.handle_event(item)
        is_due = self._after is None or (event.get("sequence_number") or 0) > self._after
        return (event,) if is_due else ()

    def _final_response(self) -> Any:
        if self._state.completed is None:
            raise RuntimeError(
                f"The stream ended with {self._state.last_type!r}: no response.completed came. "
                "Read the events for what there is."
            )
        return attach(self._state.completed, self.adapter)


class ResponseStream(EventStream[T], _Response[T]):
    """Events of a response as it arrives: ``for event in stream`` and ``event.type``.

    Those of texts have ``snapshot`` and ``parsed``. Reading raises as any stream does
    (StreamTruncatedError, APITimeoutError ...), and APIResponseError, which is a ValueError, where
    an answer does not fit.
    """

    _native_names = native_names(_MODULE, "ResponseStream")

    def get_final_response(self) -> ParsedResponse[T]:
        """Read to the end; the response, with ``output_parsed`` where a class was asked for. Raises
        RuntimeError where it was not completed."""
        response: ParsedResponse[T] = self.until_done()._final_response()
        return response


class AsyncResponseStream(AsyncEventStream[T], _Response[T]):
    """The async twin of :class:`ResponseStream`."""

    _native_names = native_names(_MODULE, "AsyncResponseStream")

    async def get_final_response(self) -> ParsedResponse[T]:
        """As :meth:`ResponseStream.get_final_response`."""
        response: ParsedResponse[T] = (await self.until_done())._final_response()
        return response


class ResponseStreamManager(EventStreamManager[ResponseStream[T]]):
    """What ``responses.stream(...)`` gives: the request goes out with ``with``, and the connection
    is let go behind it."""

    _native_names = native_names(_MODULE, "ResponseStreamManager")
    _stream_type = ResponseStream


class AsyncResponseStreamManager(AsyncEventStreamManager[AsyncResponseStream[T]]):
    """The async twin of :class:`ResponseStreamManager`, for ``async with``."""

    _native_names = native_names(_MODULE, "AsyncResponseStreamManager")
    _stream_type = AsyncResponseStream
