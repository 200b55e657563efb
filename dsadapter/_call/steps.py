"""The steps of a call that do something: each once blocking, once on an event loop.

A flow (a generator) yields them; the drivers carry them out and send back what came of them.
"""

from __future__ import annotations

import sys
import threading
import time
from math import inf
from time import monotonic
from typing import Any, Awaitable, List, Optional, Set

from .._backends.base import Operation
from .._errors.tree import APIConnectionError, StreamClosedError
from .call import Call
from .deadlines import AsyncWatch, Deadlines, watch_sync

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._backends.base import SyncBackend, SyncReply

    _List = List[Any]
else:
    _List = list


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
        operation = self.operation
        if remaining != inf:
            operation = operation._replace(expires_at=monotonic() + remaining).shortened()
        if remaining != inf and not backend.per_thread:
            return _send_in_thread(call, backend, operation, remaining)
        return _send_watched(call, backend, operation)

    async def arun(self, call: Call) -> Any:
        """Send, on the event loop."""
        backend = call.holder.backend()
        if not call.deadlines.explicit:
            return await backend.send(self.operation)
        if not call.deadlines.remaining():
            raise call.deadlines.error()
        return await _within(call.deadlines, backend.send(self.operation))


class OpenBody:
    """The body of a reply while it is read: its bytes, and the watch over its connection."""

    def __init__(self, reply: Any) -> None:
        self.reply = reply
        self.source: Any = None
        self.watch: Any = None
        self.reading = False  # some thread or task waits for the next bytes
        self.exhausted = False  # they were all read
        self.closing = False  # somebody closes it: who reads meanwhile lets go of it
        self.closed = False

    def release(self, *, wait: bool = True) -> bool:
        """Watch no longer; whether the connection is still to be let go of by the caller."""
        if self.closed:
            return False
        self.closing = True
        if self.reading:  # by another thread or task, which must not be waited for
            self.reply.abort()
            return False
        self.closed = True
        return self.watch is None or bool(self.watch.cancel(wait=wait))

    def reschedule(self) -> None:
        """The deadlines have moved closer."""
        if self.watch is not None:
            self.watch.reschedule()


def closed_early(loss: str) -> StreamClosedError:
    """The error for reading what was closed."""
    return StreamClosedError(f"The stream was closed before its end: {loss}.")


class ReadNext:
    """Gives the next bytes of a body, None at its end."""

    def __init__(self, body: OpenBody) -> None:
        self.body = body

    def run(self, call: Call) -> Optional[bytes]:
        """Read, blocking; the first time puts the connection under watch."""
        body, data = self.body, None
        if body.source is None:
            body.source = body.reply.chunks()
            body.watch = watch_sync(call.deadlines, body.reply.abort)
        body.reading = True  # who closes says so first, and then looks at this
        try:
            if not (body.closing or body.closed):
                data = next(body.source, None)
        except APIConnectionError:
            if not body.closing:
                raise
        finally:
            body.reading = False
        if body.closing or body.closed:
            raise closed_early("its later chunks were not read")
        body.exhausted = data is None
        return data

    async def arun(self, call: Call) -> Optional[bytes]:
        """Read, on the event loop."""
        body, data = self.body, None
        if body.source is None:
            body.source = body.reply.chunks()
            body.watch = AsyncWatch(call.deadlines, body.reply.abort)
        body.reading = True  # who closes says so first, and then looks at this
        try:
            if not (body.closing or body.closed):
                data = await body.source.__anext__()
        except StopAsyncIteration:
            pass
        except APIConnectionError:
            if not body.closing:
                raise
        finally:
            body.reading = False
        if body.closing or body.closed:
            raise closed_early("its later chunks were not read")
        body.exhausted = data is None
        return data


class CloseBody:
    """Lets go of the connection; once, whoever asks for it, and without waiting for a reader."""

    def __init__(self, body: OpenBody) -> None:
        self.body = body

    def run(self, call: Call) -> None:
        """Close, blocking for no reader."""
        if self.body.release():
            self.body.reply.close()

    async def arun(self, call: Call) -> None:
        """Close, on the event loop; a second cancellation does not leave it half done."""
        if self.body.release():
            if self.body.exhausted:
                await self._close()
            else:
                await to_its_end(self._close())

    async def _close(self) -> None:
        if self.body.source is not None:
            await self.body.source.aclose()
        await self.body.reply.close()

    def in_destructor(self) -> None:
        """For a sync stream that was dropped: waits for nothing."""
        if not sys.is_finalizing() and self.body.release(wait=False):
            self.body.reply.close()

    def later(self) -> None:
        """For an async stream that was dropped: close on the running loop, else tear down."""
        import asyncio

        if not sys.is_finalizing() and self.body.release(wait=False):
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                self.body.reply.abort()
            else:
                background(self.body.reply.close())


_background: Set[Any] = set()


def background(coroutine: Any) -> Any:
    """Run a coroutine as a task that nobody else has to hold."""
    import asyncio

    task = asyncio.ensure_future(coroutine)
    _background.add(task)
    task.add_done_callback(_background.discard)
    return task


async def to_its_end(coroutine: Any) -> None:
    """Await a coroutine that goes on when the waiting task is cancelled."""
    import asyncio

    await asyncio.shield(background(coroutine))


class Breathe:
    """Between the blocks that one packet unpacks to: looks at the clock, lets others run."""

    def run(self, call: Call) -> None:
        """Raises APITimeoutError where a deadline has passed."""
        if not call.deadlines.remaining():
            raise call.deadlines.error()

    async def arun(self, call: Call) -> None:
        """The same, after a turn of the event loop."""
        import asyncio

        await asyncio.sleep(0)
        self.run(call)


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


async def _within(deadlines: Deadlines, sending: Awaitable[Any]) -> Any:
    """What ``sending`` gives, unless a deadline passes before.

    Not asyncio.wait_for: its task, and the turns of the event loop that this takes, cost more than
    all else that is done around the sending.
    """
    import asyncio

    task: Any = asyncio.current_task()
    cancellations = getattr(task, "cancelling", int)()  # Python 3.11 counts them
    watch = AsyncWatch(deadlines, task.cancel)
    reply: Any = None
    try:
        reply = await sending
        if not deadlines.expired:
            return reply
        await asyncio.sleep(0)  # takes a cancellation that was put off until the answer was there
        raise deadlines.error()
    except (Exception, asyncio.CancelledError) as err:
        if reply is not None:
            await reply.close()
        if deadlines.expired and getattr(task, "uncancel", int)() <= cancellations:
            raise deadlines.error() from err
        raise
    finally:
        watch.cancel()
        deadlines.expired = False  # another attempt may follow


def _send_watched(call: Call, backend: SyncBackend, op: Operation) -> Any:
    """The same where the call cannot move to another thread: wait here, and be woken."""
    from .._backends.io.blocked import Blocked

    with Blocked() as blocked:
        watch = watch_sync(call.deadlines, blocked.shut_down_socket)
        try:
            return backend.send(op)
        except APIConnectionError as err:
            if call.deadlines.remaining():
                raise
            raise call.deadlines.error() from err
        finally:
            if watch is not None:
                watch.cancel()


def _send_in_thread(call: Call, backend: SyncBackend, op: Operation, remaining: float) -> Any:
    """Headers that drip in byte by byte defeat every per-read timeout: wait beside the sending.

    A reply that comes when nobody waits for it any more is closed.
    """
    from concurrent.futures import Future
    from contextvars import copy_context

    from .._backends.io.blocked import Blocked

    future: Future[SyncReply] = Future()
    blocked: List[Any] = []

    def send() -> None:
        try:
            with Blocked() as here:
                blocked.append(here)
                reply = backend.send(op)
        except BaseException as err:
            future.set_exception(err)
        else:
            future.set_result(reply)

    thread = threading.Thread(
        target=copy_context().run, args=(send,), name="dsadapter-send", daemon=True
    )
    thread.start()
    try:
        return future.result(remaining)
    except BaseException:  # too late, refused, or Ctrl-C
        if future.done() and future.exception() is not None:
            raise
        future.add_done_callback(_close_reply)
        for sender in blocked:
            sender.shut_down_socket()
        if not call.deadlines.remaining():
            raise call.deadlines.error() from None
        raise


def _close_reply(future: Any) -> None:
    if future.exception() is None:
        future.result().close()
