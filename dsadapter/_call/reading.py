"""Reading a stream: a flow that delivers chunks, packet by packet, and says how it ended."""

from __future__ import annotations

from time import monotonic
from typing import Any, Generator, Optional

from .._errors.tree import (
    APIConnectionError,
    APITimeoutError,
    OpenAIError,
    ServerBusyError,
    StreamTruncatedError,
)
from .._response.chunk_types import ChatCompletionChunk
from .._response.chunks import ChunkReader, truncated
from .attempts import exchange
from .call import Call
from .steps import Breathe, CloseBody, Deliver, OpenBody, ReadNext

Flow = Generator[Any, Any, Any]


def read_stream(call: Call, reply: Any) -> Flow:
    """Deliver lists of chunks until the answer is complete; the connection is closed behind it.

    Raises what ended the stream before the answer, with ``partial`` and ``partial_response``. A
    blank 200 is retried like any other failure.
    """
    while True:
        call.reader = None
        try:
            yield from _packets(call, reply)
            return
        except GeneratorExit:  # dropped: whoever holds the stream closes the body
            raise
        except BaseException as err:
            failure = err
        yield CloseBody(call.body)
        reader = call.reader
        if isinstance(failure, ServerBusyError) and not (reader and reader.started):
            reply = yield from exchange(call, failure)
        elif reader and reader.complete and isinstance(failure, APIConnectionError):
            call.end(reply=reader.accumulated)  # what follows the last word is not missed
            return
        else:
            try:
                raise _explained(call, failure)
            finally:
                del failure  # it would hold itself, by way of this frame


def _packets(call: Call, reply: Any) -> Flow:
    body = call.body = OpenBody(reply)
    read_next = ReadNext(body)
    data = yield read_next
    reader = call.reader = (call.types.stream_reader or ChunkReader)(
        reply.status,
        reply.headers,
        reply.content_encoding,
        call.settings,
        call.to_chunk or ChatCompletionChunk,
        is_completion=call.request.path.partition("?")[0].rstrip("/").endswith("completions"),
    )
    while data is not None:
        blocks = (data,) if reader.decoder is None else reader.decoder.feed(data)
        for index, block in enumerate(blocks):
            if index:
                yield Breathe()
            chunks = reader.feed(block)
            if reader.progressed:
                reader.progressed = False
                call.deadlines.last_data = monotonic()
            if reader.done and not call.deadlines.draining:
                call.deadlines.drain()
                body.reschedule()
            if chunks:
                yield Deliver(chunks)
            if reader.deferred is not None:
                reader.raise_deferred()
        data = yield read_next
    if call.deadlines.expired and not reader.complete:  # to a reader it looks like the end
        raise call.deadlines.error()
    chunks = reader.finish()
    yield CloseBody(body)
    if reader.deferred is None:
        call.end(reply=reader.accumulated)
    if chunks:
        yield Deliver(chunks)
    reader.raise_deferred()


def _explained(call: Call, err: BaseException) -> BaseException:
    """``err`` with what had arrived; a passed deadline becomes an APITimeoutError, a broken
    connection the cut-off answer that it means."""
    meaning = _meaning(call, err) if isinstance(err, APIConnectionError) else None
    if meaning is not None:
        meaning.__cause__ = err
        err = meaning
    if isinstance(err, OpenAIError):
        reader = call.reader
        if err.partial is None:
            err.partial = reader.text() if reader else ""
        if reader and reader.started:
            err.partial_response = call.to_response(reader.accumulated())
    return err


def _meaning(call: Call, err: APIConnectionError) -> Optional[OpenAIError]:
    if call.deadlines.expired:
        return call.deadlines.error()
    if isinstance(err, (APITimeoutError, StreamTruncatedError)):
        return None
    return truncated(f"The stream broke off, the answer is cut off: {err.message}")
