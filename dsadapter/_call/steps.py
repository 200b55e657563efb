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

    def release(self) -> bool:
        """Watch no longer; whether the connection is still to be let go of."""
        if self.closed:
            return False
        self.closed = True
        if self.watch is not None:
            self.watch.cancel()
        return True

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
        if self.body.release():
            self.body.reply.close()

    async def arun(self, call: Call) -> None:
        """Close, on the event loop."""
        if self.body.release():
            if self.body.source is not None:
                await self.body.source.aclose()
            await self.body.reply.close()

    def later(self) -> None:
        """For a stream that was dropped: close on the running loop, else tear down at once."""
        import asyncio

        if self.body.release():
            try:
                asyncio.get_running_loop().create_task(self.body.reply.close())
            except RuntimeError:
                self.body.reply.abort()


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
    """Headers that drip in byte by byte defeat every per-read timeout: wait beside the sending.

    A reply that comes when nobody waits for it any more is closed.
    """
    from concurrent.futures import Future

    future: Future[SyncReply] = Future()

    def send() -> None:
        try:
            future.set_result(backend.send(op))
        except BaseException as err:
            future.set_exception(err)

    threading.Thread(target=copy_context().run, args=(send,), daemon=True).start()
    try:
        return future.result(remaining)
    except BaseException:  # too late, refused, or Ctrl-C
        if future.done() and future.exception() is not None:
            raise
        future.add_done_callback(_close_reply)
        if not call.deadlines.remaining():
            raise call.deadlines.error() from None
        raise


def _close_reply(future: Any) -> None:
    if future.exception() is None:
        future.result().close()
