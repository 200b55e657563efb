"""The way back to a client: pieces of an answer, silences that are filled, a client that leaves."""

from __future__ import annotations

import asyncio
import json
from time import monotonic
from typing import Any, Awaitable, Callable, Dict, Optional

from .body import ClientLeft, Receive, too_slow
from .errors import Failure
from .settings import Limits

Send = Callable[[Dict[str, Any]], Awaitable[None]]
COMMENT, BLANK = b": keep-alive\n\n", b"\n"
_TICK = 1.0  # seconds between two looks at a call, at most


def json_bytes(data: Any) -> bytes:
    """Data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


class ClientStream:
    """The answer on its way to the client."""

    def __init__(self, send: Send, limits: Limits) -> None:
        self._send = send
        self._limits = limits
        self._filling: Any = None  # the task that writes into a silence
        self._last_write = monotonic()
        # When the client began to send its request, or to take the piece that is being sent.
        self._client_busy_since: Optional[float] = self._last_write
        self._started = False
        self.streams: bool = False
        self.headers: Optional[Dict[str, str]] = None  # None: the upstream has not answered yet

    def request_is_here(self) -> None:
        """The client has sent all of it."""
        self._client_busy_since = None

    def write(self, data: bytes, *, last: bool = False, status: int = 200) -> Awaitable[None]:
        """Send a piece; the first one brings the head."""
        if self._filling is None:
            return self._write(data, last, status)
        return self._write_behind_filler(data, last, status)

    async def _write_behind_filler(self, data: bytes, last: bool, status: int) -> None:
        await asyncio.wait([self._filling])  # pieces do not mix
        self._filling = None
        await self._write(data, last, status)

    async def _write(self, data: bytes, last: bool = False, status: int = 200) -> None:
        self._client_busy_since = monotonic()
        if not self._started:
            self._started = True
            await self._send(self._head(status, len(data) if last else None))
        await self._send({"type": "http.response.body", "body": data, "more_body": not last})
        self._client_busy_since, self._last_write = None, monotonic()

    async def fail(self, failure: Failure) -> None:
        """Tell an error: by status while there is none, else inside what was begun.

        A whole reply that was begun with blank lines stays unfinished, so that no client takes
        it for one.
        """
        if not self._started:
            self.streams, self.headers = False, failure.headers
            await self.write(failure.content, last=True, status=failure.status)
        elif self.streams:
            await self.write(b"data: %s\n\n" % failure.content, last=True)
        else:
            await self.write(failure.content)

    def _head(self, status: int, length: Optional[int]) -> Dict[str, Any]:
        kind = b"text/event-stream" if self.streams else b"application/json"
        raw = [(b"content-type", kind), (b"cache-control", b"no-store")]
        if self.streams:
            raw.append((b"x-accel-buffering", b"no"))  # nginx would collect chunks
        elif length is not None:
            raw.append((b"content-length", b"%d" % length))
        for name, value in (self.headers or {}).items():
            raw.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
        return {"type": "http.response.start", "status": status, "headers": raw}

    # while nothing comes

    def is_stalled(self) -> bool:
        """Whether the client takes too long to send its request, or to take a piece."""
        since = self._client_busy_since
        return since is not None and monotonic() - since > self._limits.slow_client

    def fill_silence(self) -> None:
        """Say something where nothing was said for too long, in a task of its own."""
        filler = self._filler() if self._client_busy_since is None else None
        if filler is not None:
            self._filling = asyncio.get_running_loop().create_task(self._write(filler))
            self._filling.add_done_callback(_seen)

    def end(self) -> None:
        """Nothing is said any more."""
        if self._filling is not None:
            self._filling.cancel()

    def _filler(self) -> Optional[bytes]:
        """What fills a silence that lasted long enough, None where nothing is to be said. A stream
        says nothing before its status is known; a whole reply takes 200 for granted when it is
        slow."""
        silence = monotonic() - self._last_write
        if self.streams and self.headers is not None and silence >= self._limits.keep_alive:
            return COMMENT
        if not self.streams and silence >= self._limits.blank_after:
            return BLANK
        return None


class Attendance:
    """Who looks after the client while the task of its call runs: fills silences, and cancels the
    call when the client leaves or is stuck, which leaving the context tells as ClientLeft, or as
    Refusal 408 where the request was not there yet.

    One timer and callbacks: a task of its own for each call would cost more than the call.
    """

    def __init__(self, client_stream: ClientStream, limits: Limits) -> None:
        self._limits = limits
        self._tick = min(_TICK, limits.keep_alive, limits.slow_client)
        self._loop = asyncio.get_running_loop()
        self._task: Any = asyncio.current_task()
        self._client_stream = client_stream
        self._client_left = False
        self._cancellations = 0
        self._over = False
        self._disconnected: Any = None  # the task that waits for the client to leave
        self._timer = self._loop.call_later(self._tick, self._look)

    def request_is_here(self, receive: Receive) -> None:
        """The request was read: what else ``receive`` gives is that the client left."""
        self._client_stream.request_is_here()
        self._disconnected = self._loop.create_task(_disconnected(receive))
        self._disconnected.add_done_callback(self._leave)

    def _look(self) -> None:
        if self._client_left or self._client_stream.is_stalled():
            self._leave()  # once more: before Python 3.12 asyncio.wait_for may swallow one
        else:
            self._client_stream.fill_silence()
        self._timer = self._loop.call_later(self._tick, self._look)

    def _leave(self, ended: Any = None) -> None:
        if ended is not None:
            _seen(ended)
        if not self._over:
            self._client_left = True
            self._cancellations += 1
            self._task.cancel()

    def __enter__(self) -> Attendance:
        return self

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        self._over = True
        self._timer.cancel()
        self._client_stream.end()
        if self._disconnected is not None:
            self._disconnected.cancel()
        if self._client_left and kind is asyncio.CancelledError:
            self._forget_cancellations()
            if self._disconnected is None:
                raise too_slow(self._limits) from None
            raise ClientLeft from None

    def _forget_cancellations(self) -> None:
        """They were ours, and are dealt with; Python 3.11 counts those that are not."""
        if hasattr(self._task, "uncancel"):
            for _ in range(self._cancellations):
                self._task.uncancel()


def _seen(task: Any) -> None:
    """Take note of how a task ended; whoever writes next, or reads, fails the same way."""
    if not task.cancelled():
        task.exception()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
