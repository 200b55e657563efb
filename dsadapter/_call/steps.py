"""The steps of a call that do something: each once blocking, once on an event loop.

A flow (a generator) yields them; the drivers carry them out and send back what came of them.
"""

from __future__ import annotations

import threading
import time
from contextvars import copy_context
from math import inf
from typing import Any, List, Optional

from .._backends.base import Operation, SyncBackend, SyncReply
from .._errors.tree import APITimeoutError
from .call import Call
from .deadlines import AsyncWatch, watch_sync

TYPE_CHECKING = False
if TYPE_CHECKING:
    _List = List[Any]
else:
    _List = list

SLACK = 0.25  # seconds that a socket may outlast a deadline


class Send:
    """Gives a reply, opened: status and headers are there."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation

    def run(self, call: Call) -> Any:
        """Send, blocking."""
        backend: SyncBackend = call.holder.backend()
        if not call.deadlines.explicit:
            return backend.send(self.operation)
        remaining = call.deadlines.remaining()
        operation = _shortened(self.operation, remaining)
        if remaining != inf and not backend.per_thread:
            return _send_in_thread(call, backend, operation, remaining)
        try:  # the call cannot move to another thread: each read is limited instead
            return backend.send(operation)
        except APITimeoutError as err:
            if call.deadlines.remaining():
                raise
            raise call.deadlines.error() from err

    async def arun(self, call: Call) -> Any:
        """Send, on the event loop."""
        backend = call.holder.backend()
        if not call.deadlines.explicit:
            return await backend.send(self.operation)
        import asyncio

        remaining = call.deadlines.remaining()
        try:
            limit = None if remaining == inf else remaining
            return await asyncio.wait_for(backend.send(self.operation), limit)
        except asyncio.TimeoutError as err:
            raise call.deadlines.error() from err


class OpenBody:
    """The body of a reply while it is read: its bytes, and the watch over its connection."""

    def __init__(self, reply: Any) -> None:
        self.reply = reply
        self.source: Any = None
        self.watch: Any = None
        self.closed = False

    def reschedule(self) -> None:
        """The deadlines have moved closer."""
        if self.watch is not None:
            self.watch.reschedule()


class ReadNext:
    """Gives the next bytes of a body, None at its end."""

    def __init__(self, body: OpenBody) -> None:
        self.body = body

    def run(self, call: Call) -> Optional[bytes]:
        """Read, blocking; the first time puts the connection under watch."""
        body = self.body
        if body.source is None:
            body.source = body.reply.chunks()
            body.watch = watch_sync(call.deadlines, body.reply.abort)
        return next(body.source, None)

    async def arun(self, call: Call) -> Optional[bytes]:
        """Read, on the event loop."""
        body = self.body
        if body.source is None:
            body.source = body.reply.chunks()
            body.watch = AsyncWatch(call.deadlines, body.reply.abort)
        try:
            data: bytes = await body.source.__anext__()
            return data
        except StopAsyncIteration:
            return None


class CloseBody:
    """Lets go of the connection; once, whoever asks for it."""

    def __init__(self, body: OpenBody) -> None:
        self.body = body

    def run(self, call: Call) -> None:
        """Close, blocking."""
        body = self.body
        if not body.closed:
            body.closed = True
            if body.watch is not None:
                body.watch.cancel()
            body.reply.close()

    async def arun(self, call: Call) -> None:
        """Close, on the event loop."""
        body = self.body
        if not body.closed:
            body.closed = True
            if body.watch is not None:
                body.watch.cancel()
            if body.source is not None:
                await body.source.aclose()
            await body.reply.close()

    def later(self) -> None:
        """For a stream that was dropped: close on the running loop, else tear down at once."""
        import asyncio

        body = self.body
        if body.closed:
            return
        body.closed = True
        if body.watch is not None:
            body.watch.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            body.reply.abort()
        else:
            loop.create_task(body.reply.close())


class Sleep:
    """Waits before the next attempt."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def run(self, call: Call) -> None:
        """Wait, blocking."""
        time.sleep(self.seconds)

    async def arun(self, call: Call) -> None:
        """Wait, on the event loop."""
        import asyncio

        await asyncio.sleep(self.seconds)


class Deliver(_List):
    """Not carried out: the drivers stop here and hand this list of chunks to the caller."""


# --- sending under a deadline --------------------------------------------------------------------


def _shortened(op: Operation, remaining: float) -> Operation:
    """The operation with socket timeouts that end just behind a deadline, which so is the one that
    is reported, and behind which nothing waits much longer."""
    if remaining == inf:
        return op
    longest = remaining + SLACK
    connect, read = (min(limit or longest, longest) for limit in (op.connect, op.read))
    return op._replace(connect=connect, read=read)


def _send_in_thread(call: Call, backend: SyncBackend, op: Operation, remaining: float) -> Any:
    """Headers that drip in byte by byte defeat every per-read timeout: wait beside the sending."""
    sending = _Sending(backend, op)
    thread = threading.Thread(target=copy_context().run, args=(sending.run,), daemon=True)
    thread.start()
    try:
        thread.join(remaining)
    except BaseException:  # Ctrl-C
        if sending.abandon():
            sending.close_reply()
        raise
    if not sending.abandon():
        raise call.deadlines.error()
    if sending.error is not None:
        raise sending.error
    return sending.reply


class _Sending:
    """One send in a thread of its own; a reply that nobody waits for any more is closed."""

    def __init__(self, backend: SyncBackend, op: Operation) -> None:
        self._backend = backend
        self._op = op
        self._lock = threading.Lock()
        self._abandoned = False
        self._finished = False
        self.reply: Optional[SyncReply] = None
        self.error: Optional[BaseException] = None

    def run(self) -> None:
        """Send; keeps the reply or the error."""
        reply: Optional[SyncReply] = None
        error: Optional[BaseException] = None
        try:
            reply = self._backend.send(self._op)
        except BaseException as err:
            error = err
        with self._lock:
            self.reply, self.error, self._finished = reply, error, True
        if self._abandoned:
            self.close_reply()

    def abandon(self) -> bool:
        """Wait no longer. Whether there is an outcome."""
        with self._lock:
            self._abandoned = not self._finished
            return self._finished

    def close_reply(self) -> None:
        """Let go of a reply, if there is one."""
        if self.reply is not None:
            self.reply.close()
