"""Streams: raw bytes in, chunks out, and no cut-off answer passed off as a complete one."""

from __future__ import annotations

from collections import deque
from typing import Any, AsyncIterator, Deque, Iterator, List, Optional

from .._errors.tree import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    OpenAIError,
    ServerBusyError,
    StreamTruncatedError,
)
from .._headers import Headers
from .._record import attach
from .._response import content_encoding as _decode
from .._response import json as _json
from .._response.accumulate import Merge
from .._response.sse import EventDecoder
from .._settings import keys as _keys
from . import request as _wire
from .attempts import Call, adrive, drive
from .deadlines import AsyncWatch, watched

_HEAD = 65536  # bytes kept of a body that has not shown an event yet


class Reader:
    """The pure part: bytes of one reply to chunks. Knows when the answer is complete."""

    def __init__(self, call: Call, status: int, headers: Headers) -> None:
        self._call = call
        self._status = status
        self._headers = headers
        self._content = _decode.for_encoding(headers.get("content-encoding"))
        self._events = EventDecoder()
        self._loads = _json.reader()
        self._head = b""
        self.merge = Merge()
        self.done = False  # [DONE] was seen
        self.deferred: Optional[OpenAIError] = None  # raised once the chunks before it are out
        self.told = False  # the caller knows how it ended, if it ended badly

    @property
    def complete(self) -> bool:
        return self.done or self.merge.finished

    def feed(self, data: bytes) -> List[Any]:
        chunks: List[Any] = []
        try:
            for piece in self._content.feed(data):
                self._feed_piece(piece, chunks)
        except OpenAIError as err:
            if not chunks:
                raise
            self.deferred = err
        return chunks

    def _feed_piece(self, piece: bytes, chunks: List[Any]) -> None:
        before = self._events.progress
        events = self._events.feed(piece)
        if any(text for _, text in events) or self._events.progress != before:
            self._call.bounds.touch()
        if not self.merge.started and len(self._head) < _HEAD:
            self._head += piece[:_HEAD]
        for kind, text in events:
            self._take(kind, text, chunks)
        if self._events.held > _decode.MAX_BODY:
            raise APIResponseError(f"One event of the stream exceeds {_decode.MAX_BODY} bytes.")

    def _take(self, kind: str, text: str, chunks: List[Any]) -> None:
        if self.done:
            return
        try:
            data = self._loads(text)
        except (ValueError, RecursionError) as err:
            if text.startswith("[DONE]"):
                self.done = True
                return
            if not text.strip():  # a heartbeat of some gateways: an event without content
                return
            raise self._bad_event(text) from err
        if type(data) is not dict:
            raise self._bad_event(text)
        if data.get("error") or kind == "error":
            raise _wire.reply_error(data, self._headers, self._call.settings)
        try:
            self.merge.add(data)
        except (AttributeError, TypeError, ValueError) as err:  # objects where lists belong ...
            raise self._bad_event(text) from err
        chunks.append(self._call.wrap(data))

    def _bad_event(self, text: str) -> APIResponseError:
        shown = _keys.redact(text, self._call.settings.api_key)
        return APIResponseError(
            f"An event of the stream is no chunk of an answer: {shown[: _wire.SHOWN_BYTES]!r}",
            http_body=shown,
            http_status=self._status,
            headers=self._headers,
        )

    def finish(self) -> List[Any]:
        """The body ended. Raises unless the answer is complete."""
        self._content.finish()
        chunks: List[Any] = []
        for kind, text in self._events.flush():
            try:
                self._take(kind, text, chunks)
            except APIResponseError:  # half an event: cut off below
                break
        if not self.complete:
            err = self._unfinished()
            if not chunks:
                raise err
            self.deferred = err
        return chunks

    def raise_deferred(self) -> None:
        err, self.deferred = self.deferred, None
        if err is not None:
            raise err

    def _unfinished(self) -> OpenAIError:
        head = self._head.decode("utf-8", "replace").strip()
        settings = self._call.settings
        if self.merge.started:
            return _truncated(
                "The stream ended without [DONE] and without a finish reason: the answer is cut "
                "off."
            )
        if not "".join(line for line in head.splitlines() if not line.startswith(":")).strip():
            return ServerBusyError(
                f"The server answered {self._status} and ended the stream without a word: it is "
                "overloaded and gave up.",
                http_status=self._status,
                headers=self._headers,
                partial="",
            )
        return self._no_stream(head, settings)

    def _no_stream(self, head: str, settings: Any) -> OpenAIError:
        try:
            data = _json.loads(head.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return _wire.not_json(self._status, self._headers, head, settings)
        if isinstance(data, dict) and data.get("error"):
            return _wire.reply_error(data, self._headers, settings)
        err = _wire.not_json(self._status, self._headers, head, settings)
        err.hint = "A stream was asked for, a whole reply came: try stream=False"
        return err

    def failed(self, err: BaseException) -> BaseException:
        """``err`` with what had arrived; a passed bound becomes an APITimeoutError."""
        self.told = True
        if isinstance(err, APIConnectionError):
            known = self._known(err)
            if known is not None:
                known.__cause__ = err
                err = known
        if isinstance(err, OpenAIError):
            if err.partial is None:
                err.partial = self.merge.text()
            err.partial_response = self.final() if self.merge.started else None
        self._call.failed(err)
        return err

    def _known(self, err: APIConnectionError) -> Optional[OpenAIError]:
        """What a broken connection means: a bound that passed, or an answer that was cut off."""
        if self._call.bounds.fired:
            return self._call.bounds.error()
        if isinstance(err, (APITimeoutError, StreamTruncatedError)):
            return None
        return _truncated(f"The stream broke off, the answer is cut off: {err.message}")

    def final(self) -> Any:
        return attach(self._call.whole(self.merge.result()), self._call.info)


def _truncated(message: str) -> StreamTruncatedError:
    return StreamTruncatedError(
        message, hint="What had arrived is in err.partial; ask again for the whole answer"
    )


class _Base:
    """What both colours share: the chunks that are ready, and the state of the call."""

    def __init__(self, call: Call, flow: Any, reply: Any) -> None:
        self._call = call
        self._flow = flow
        self._ready: Deque[Any] = deque()
        self._over = False
        self._begin(reply)

    def _begin(self, reply: Any) -> None:
        self._reply = reply
        self._reader = Reader(self._call, reply.status, reply.headers)
        self._source = reply.chunks()

    @property
    def _ended(self) -> bool:
        return self._over and self._reader.deferred is None

    @property
    def adapter(self) -> Any:
        """Backend, status, headers, repairs, retries of this stream."""
        return self._call.info

    @property
    def headers(self) -> Headers:
        return self._reply.headers

    @property
    def status_code(self) -> int:
        return int(self._reply.status)

    def _may_reopen(self, err: BaseException) -> bool:
        return isinstance(err, ServerBusyError) and not self._reader.merge.started

    def _after_the_end(self, err: BaseException) -> bool:
        """Trouble in what follows the last word of a complete answer is no trouble."""
        return self._reader.complete and isinstance(err, APIConnectionError)

    def _check_whole(self) -> None:
        """A stream that was closed before its end does not look complete to a later loop."""
        if not (self._reader.complete or self._reader.told):
            self._reader.told = True
            raise self._closed_early("its later chunks were not read")

    def _closed_early(self, loss: str) -> StreamTruncatedError:
        return StreamTruncatedError(
            f"The stream was closed before its end: {loss}.", partial=self._reader.merge.text()
        )

    def _final(self) -> Any:
        if not self._reader.complete:
            raise self._closed_early("there is no final response")
        return self._reader.final()


class Stream(_Base):
    """Chunks of a reply as they arrive. Iterate it, or use it as a context manager.

    Leaving the loop early closes the connection. Raises StreamTruncatedError when the stream ends
    before the answer does, APITimeoutError when a bound passes; both carry ``partial``.
    """

    def _begin(self, reply: Any) -> None:
        super()._begin(reply)
        self._watch = watched(self._call.bounds, reply.abort)

    def __iter__(self) -> Iterator[Any]:
        try:
            while True:
                while self._ready:
                    yield self._ready.popleft()
                if self._ended:
                    self._check_whole()
                    return
                self._advance()
        finally:
            self.close()

    def __next__(self) -> Any:
        while not self._ready:
            if self._ended:
                self._check_whole()
                raise StopIteration
            self._advance()
        return self._ready.popleft()

    def _advance(self) -> None:
        try:
            self._reader.raise_deferred()
            data = next(self._source, None)
            if data is None:
                self._ready.extend(self._reader.finish())
                self.close()
            else:
                self._ready.extend(self._reader.feed(data))
                if self._reader.done:
                    self._drain()
        except BaseException as err:
            again, harmless = self._may_reopen(err), self._after_the_end(err)
            failed = err if again or harmless else self._reader.failed(err)
            self._release()
            if again:
                self._reopen(err)
            elif failed is not err:
                raise failed from err
            elif not harmless:
                raise

    def _reopen(self, err: BaseException) -> None:
        self._begin(drive(self._flow, self._call, err).reply)
        self._over = False

    def _drain(self) -> None:
        if not self._call.bounds.drained:
            self._call.bounds.drain()
            if self._watch:
                self._watch.hurry()

    def close(self) -> None:
        """Let go of the connection. What had arrived stays readable with ``next``."""
        self._release()
        self._call.observation.end(reply=self._reader.merge.result)

    def _release(self) -> None:
        if not self._over:
            self._over = True
            if self._watch:
                self._watch.cancel()
            self._reply.close()

    def get_final_response(self) -> Any:
        """The chunks merged: content, reasoning_content, tool calls by index, usage.

        Reads on to the end. Raises what reading raises, StreamTruncatedError after an early close.
        """
        for _ in self:
            pass
        return self._final()

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_over", True):
            self.close()


class AsyncStream(_Base):
    """The async twin of :class:`Stream`."""

    def _begin(self, reply: Any) -> None:
        super()._begin(reply)
        self._watch = AsyncWatch(self._call.bounds, reply.abort)

    async def __aiter__(self) -> AsyncIterator[Any]:
        try:
            while True:
                while self._ready:
                    yield self._ready.popleft()
                if self._ended:
                    self._check_whole()
                    return
                await self._advance()
        finally:
            await self.close()

    async def __anext__(self) -> Any:
        while not self._ready:
            if self._ended:
                self._check_whole()
                raise StopAsyncIteration
            await self._advance()
        return self._ready.popleft()

    async def _advance(self) -> None:
        try:
            self._reader.raise_deferred()
            data = await self._next()
            if data is None:
                self._ready.extend(self._reader.finish())
                await self.close()
            else:
                self._ready.extend(self._reader.feed(data))
                if self._reader.done:
                    self._drain()
        except BaseException as err:
            again, harmless = self._may_reopen(err), self._after_the_end(err)
            failed = err if again or harmless else self._reader.failed(err)
            await self._release()
            if again:
                await self._reopen(err)
            elif failed is not err:
                raise failed from err
            elif not harmless:
                raise

    async def _next(self) -> Optional[bytes]:
        try:
            return await self._source.__anext__()
        except StopAsyncIteration:
            return None

    async def _reopen(self, err: BaseException) -> None:
        self._begin((await adrive(self._flow, self._call, err)).reply)
        self._over = False

    def _drain(self) -> None:
        if not self._call.bounds.drained:
            self._call.bounds.drain()
            self._watch.hurry()

    async def close(self) -> None:
        await self._release()
        self._call.observation.end(reply=self._reader.merge.result)

    async def _release(self) -> None:
        if not self._over:
            self._over = True
            self._watch.cancel()
            await self._source.aclose()
            await self._reply.close()

    aclose = close

    async def get_final_response(self) -> Any:
        async for _ in self:
            pass
        return self._final()

    async def __aenter__(self) -> AsyncStream:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    def __del__(self) -> None:
        if not getattr(self, "_over", True):
            self._watch.cancel()
            _close_later(self._reply)


def _close_later(reply: Any) -> None:
    """Close a reply that was dropped: on the running loop, else by tearing it down."""
    import asyncio

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        reply.abort()
    else:
        loop.create_task(reply.close())
