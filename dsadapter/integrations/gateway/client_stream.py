"""The way back to a client: pieces of an answer, silences that are filled, a client that leaves."""

from __future__ import annotations

import asyncio
import json
from time import monotonic
from typing import Any, Awaitable, Callable, Coroutine, Dict, Optional

from .body import ClientLeft, Receive
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
        self._write_started: Optional[float] = None  # when the piece began that is being sent
        self._last_write = monotonic()
        self._started = False
        self.streams: bool = False
        self.headers: Optional[Dict[str, str]] = None  # None: the upstream has not answered yet

    @property
    def tick(self) -> float:
        """Seconds between two looks at a call."""
        return min(_TICK, self._limits.keep_alive)

    async def write(self, data: bytes, *, last: bool = False, status: int = 200) -> None:
        """Send a piece; the first one brings the head."""
        if self._filling is not None:
            await asyncio.wait([self._filling])  # pieces do not mix
            self._filling = None
        await self._write(data, last, status)

    async def _write(self, data: bytes, last: bool = False, status: int = 200) -> None:
        self._write_started = monotonic()
        if not self._started:
            self._started = True
            await self._send(self._head(status, len(data) if last else None))
        await self._send({"type": "http.response.body", "body": data, "more_body": not last})
        self._write_started, self._last_write = None, monotonic()

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
        """Whether the client has not taken a piece for too long."""
        return (
            self._write_started is not None
            and monotonic() - self._write_started > self._limits.slow_client
        )

    def fill_silence(self) -> None:
        """Say something where nothing was said for too long, in a task of its own."""
        filler = self._filler() if self._write_started is None else None
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


async def run_while_connected(
    call: Coroutine[Any, Any, None], receive: Receive, client_stream: ClientStream
) -> None:
    """Run ``call`` to its end, fill silences, and cancel it when the client leaves or is stuck.

    Raises what it raises, or ClientLeft.
    """
    attendance = _Attendance(receive, client_stream)
    try:
        await call
    except asyncio.CancelledError:
        if attendance.client_left:
            attendance.forget_cancellations()
            raise ClientLeft from None
        raise
    finally:
        attendance.end()


class _Attendance:
    """Who looks after the client while the task of its call runs. Timers and callbacks: a task of
    its own for each call would cost more than the call."""

    def __init__(self, receive: Receive, client_stream: ClientStream) -> None:
        self._loop = asyncio.get_running_loop()
        self._task: Any = asyncio.current_task()
        self._client_stream = client_stream
        self.client_left = False
        self._cancellations = 0
        self._over = False
        self._disconnected = self._loop.create_task(_disconnected(receive))
        self._disconnected.add_done_callback(self._leave)
        self._timer = self._loop.call_later(client_stream.tick, self._look)

    def _look(self) -> None:
        if self.client_left or self._client_stream.is_stalled():
            self._leave()  # once more: before Python 3.12 asyncio.wait_for may swallow one
        else:
            self._client_stream.fill_silence()
        self._timer = self._loop.call_later(self._client_stream.tick, self._look)

    def _leave(self, ended: Any = None) -> None:
        if ended is not None:
            _seen(ended)
        if not self._over:
            self.client_left = True
            self._cancellations += 1
            self._task.cancel()

    def forget_cancellations(self) -> None:
        """They were ours, and are dealt with; Python 3.11 counts those that are not."""
        if hasattr(self._task, "uncancel"):
            for _ in range(self._cancellations):
                self._task.uncancel()

    def end(self) -> None:
        """Nobody is looked after any more."""
        self._over = True
        self._timer.cancel()
        self._disconnected.cancel()
        self._client_stream.end()


def _seen(task: Any) -> None:
    """Take note of how a task ended; whoever writes next, or reads, fails the same way."""
    if not task.cancelled():
        task.exception()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
