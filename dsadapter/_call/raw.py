"""Calls that give a raw response: the body as it came, or while it comes."""

from __future__ import annotations

from time import monotonic
from typing import Any, AsyncIterator, Awaitable, Generator, Iterator, Optional

from .._response import content_encoding, errors
from .._response.raw_response import APIResponse, AsyncAPIResponse, Exchange, RawResponse
from .call import Call
from .drivers import adelivered, delivered
from .steps import CloseBody, Deliver, OpenBody, ReadNext
from .stream import AsyncStream, Stream

LEGACY = "true"  # what the SDKs' with_raw_response puts into the header


def raw_response(call: Call, reply: Any) -> Any:
    """A RawResponse or an APIResponse around what :func:`exchange` gave."""
    stream: Any = Stream(call, reply) if call.request.stream else None
    exchange = _exchange(call, reply, _Body, stream)
    return (RawResponse if call.request.raw == LEGACY else APIResponse)(exchange)


def async_raw_response(call: Call, reply: Any) -> Any:
    """The async twin of :func:`raw_response`."""
    stream: Any = AsyncStream(call, reply) if call.request.stream else None
    exchange = _exchange(call, reply, _AsyncBody, stream)
    return (RawResponse if call.request.raw == LEGACY else AsyncAPIResponse)(exchange)


def _exchange(call: Call, reply: Any, body_class: Any, stream: Any) -> Exchange:
    op = call.operation
    is_open = stream is not None or call.request.raw == "stream"
    response = stream
    if not is_open:
        response = call.to_response(reply)
        call.end(reply=lambda: reply)
    return Exchange(
        call.info(),
        lambda: errors.redacted_request(op, call.settings.api_key),
        op.body,
        content=None if is_open else call.content,
        body=body_class(call, reply) if is_open else None,
        parsed=response,
        to_response=lambda content: _from_content(call, content),
    )


def _from_content(call: Call, content: bytes) -> Any:
    """The response for a body that the caller has read."""
    return call.to_response(call.data_of(content))


class _OpenedBody:
    """The body of an open reply, which a stream may read instead."""

    def __init__(self, call: Call, reply: Any) -> None:
        self._call = call
        self._reply = reply
        self._flow = _blocks(call, reply)

    @property
    def closed(self) -> bool:
        """Whether nothing more can be read from the connection."""
        body: Optional[OpenBody] = self._call.body
        return body is not None and (body.closed or body.exhausted)

    def _close_step(self) -> CloseBody:
        if self._call.body is None:  # nothing was read yet
            self._call.body = OpenBody(self._reply)
        self._call.end(reply=dict)
        return CloseBody(self._call.body)


class _Body(_OpenedBody):
    """Decoded bytes as they arrive, blocking."""

    def __iter__(self) -> Iterator[bytes]:
        return delivered(self._flow, self._call)

    def close(self) -> None:
        """Let go of the connection."""
        self._close_step().run(self._call)


class _AsyncBody(_OpenedBody):
    """The same on an event loop."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        return adelivered(self._flow, self._call)

    def aclose(self) -> Awaitable[None]:
        """Let go of the connection."""
        return self._close_step().arun(self._call)


def _blocks(call: Call, reply: Any) -> Generator[Any, Any, None]:
    """Deliver decoded blocks; the connection is let go of at the end."""
    body = call.body = OpenBody(reply)
    decoder = content_encoding.for_encoding(reply.content_encoding)
    try:
        data = yield ReadNext(body)
        while data is not None:
            call.deadlines.last_data = monotonic()
            for block in decoder.feed(data):
                yield Deliver([block])
            data = yield ReadNext(body)
        decoder.finish()
    except BaseException as err:
        if not isinstance(err, GeneratorExit):
            yield CloseBody(body)
        raise
    yield CloseBody(body)
    call.end(reply=dict)
