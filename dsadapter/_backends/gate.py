"""The gate in front of the connections of a client: first come, first served.

httpx's pool looks through all that wait whenever something changes, so thousands of calls at once
would take minutes; and each connection is an open file, of which a process has a limited number.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections import deque
from itertools import repeat
from math import inf
from time import monotonic
from typing import Any, Callable, Deque, List, Optional, Tuple

from .._errors.tree import APIConnectionError, APITimeoutError, LegacyAPIConnectionError
from .base import POOL_SIZE, Operation

_CALLS_A_TURN = 8  # of an event loop, whose turns cost something, too
_SHARE_OF_FILES = 2  # one in so many of the files that a process may open, at most


def file_limit() -> Optional[int]:
    """How many files this process may have open; None where nothing says so."""
    if not hasattr(os, "sysconf"):  # Windows
        return None
    limit = os.sysconf("SC_OPEN_MAX")  # the soft limit; to load ``resource`` takes longer
    return limit if 0 < limit < sys.maxsize else None


class Gate:
    """Lets ``width`` calls through at once; the others wait in the order in which they came.

    ``free`` has one item for each call more that may pass: whoever takes one (``free.pop()``, or
    after :meth:`wait`) gives it back with :meth:`release`, which takes no lock: destructors call
    it. Where ``waiting`` holds somebody, a newcomer waits, too.
    """

    is_adaptive = False

    def __init__(self, width: Optional[int] = None) -> None:
        width = width or POOL_SIZE
        files = file_limit()
        self.width = width if files is None else max(1, min(width, files // _SHARE_OF_FILES))
        self.free: Deque[None] = deque(repeat(None, self.width))
        self.waiting: Deque[Callable[[], bool]] = deque()

    def release(self) -> None:
        """A call is over: let the next one through."""
        self.free.append(None)
        self._admit()

    def _admit(self) -> None:
        while self.waiting:
            try:
                self.free.pop()
            except IndexError:
                return
            try:
                wake = self.waiting.popleft()
            except IndexError:  # another thread was faster: look again
                self.free.append(None)
            else:
                if not wake():
                    self.free.append(None)

    def wait(self, op: Operation) -> Operation:
        """Wait, blocking; gives the operation with what is left of its time.

        Raises APITimeoutError when the read timeout or the deadline passes first.
        """
        lock = threading.Lock()
        lock.acquire()

        def wake() -> bool:
            lock.release()
            return True

        self.waiting.append(wake)
        self._admit()
        admitted = False
        try:
            seconds = _patience(op)
            admitted = lock.acquire(timeout=min(seconds, threading.TIMEOUT_MAX))
        finally:
            if not admitted and not self._leave(wake):
                self.release()  # let through in the same moment
        if not admitted:
            raise self._too_late(seconds)
        return op.shortened()

    async def wait_async(self, op: Operation) -> Operation:
        """The same on an event loop."""
        import asyncio

        loop = asyncio.get_running_loop()
        turn: Any = loop.create_future()  # not asyncio.wait_for: it loses cancellations (3.8-3.11)

        def wake() -> bool:
            try:
                loop.call_soon_threadsafe(_resolve, turn, True)
            except RuntimeError:  # the loop was closed
                return False
            return True

        self.waiting.append(wake)
        self._admit()
        seconds = _patience(op)
        timer = None if seconds == inf else loop.call_later(seconds, _resolve, turn, False)
        admitted = False
        try:
            admitted = await turn
        finally:
            if timer is not None:
                timer.cancel()
            if not admitted and not self._leave(wake):
                self.release()
        if not admitted:
            raise self._too_late(seconds)
        return op.shortened()

    def _leave(self, wake: Callable[[], bool]) -> bool:
        """Wait no longer; False where the call was let through meanwhile."""
        try:
            self.waiting.remove(wake)
        except ValueError:
            return False
        return True

    def _too_late(self, seconds: float) -> APITimeoutError:
        return APITimeoutError(
            f"Request timed out: none of {self.width} connections became free in {seconds:.3g} s.",
            hint="Make fewer calls at once, or give the client a larger max_connections "
            f"({self._limits()})",
        )

    def _limits(self) -> str:
        files = file_limit()
        if files is None:
            return f"it is {self.width}"
        return f"it is {self.width}; at most half of `ulimit -n`, which is {files}, counts"


def _patience(op: Operation) -> float:
    """Seconds that an operation may wait for a connection."""
    read = inf if op.read is None else op.read
    return max(0.0, min(read, op.expires_at - monotonic()))


def _resolve(turn: Any, admitted: bool) -> None:
    if not turn.done():
        turn.set_result(admitted)


class Pace:
    """Lets few calls of an event loop begin in each of its turns, in order.

    Where a thousand begin in one, each next step of the first waits for a step of all the others,
    and a server that answers at once is found out of reach: "connect timed out".
    """

    def __init__(self) -> None:
        self._remaining = _CALLS_A_TURN
        self._waiting: Deque[Any] = deque()
        self._counting = False

    async def turn(self) -> None:
        """Wait until the next call may begin: not at all, as a rule."""
        import asyncio

        loop = asyncio.get_running_loop()
        if not self._counting:
            self._counting = True
            loop.call_soon(self._begin_turn, loop)
        if self._remaining and not self._waiting:
            self._remaining -= 1
            return
        future = loop.create_future()
        self._waiting.append(future)
        await future

    def _begin_turn(self, loop: Any) -> None:
        self._remaining = _CALLS_A_TURN
        while self._remaining and self._waiting:
            future = self._waiting.popleft()
            if not future.done():  # else it was cancelled
                future.set_result(None)
                self._remaining -= 1
        self._counting = self._remaining < _CALLS_A_TURN
        if self._counting:
            loop.call_soon(self._begin_turn, loop)


# --- too many open files -------------------------------------------------------------------------

_NO_FILES = (errno.EMFILE, errno.ENFILE)


def is_out_of_files(err: BaseException) -> bool:
    """Whether behind an error, however wrapped, stands "Too many open files"."""
    errors: List[BaseException] = []
    queue: List[Any] = [err]
    while queue:
        item = queue.pop()
        if isinstance(item, BaseException) and item not in errors:
            errors.append(item)
            if isinstance(item, OSError) and (item.errno in _NO_FILES or _hides_it(item)):
                return True
            inner: Tuple[Any, ...] = (*item.args, *getattr(item, "exceptions", ()))
            queue += [*inner, getattr(item, "reason", None), item.__context__, item.__cause__]
    return False


def _hides_it(err: OSError) -> bool:
    """Whether a look-up of a name failed because no file could be opened: it says "busy"."""
    if not (isinstance(err, socket.gaierror) or err.errno == errno.EBUSY):
        return False
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as no_file:
        return no_file.errno in _NO_FILES
    return False


def out_of_files() -> APIConnectionError:
    """The error that a caller gets then; nothing was sent, so it may be tried again."""
    files = file_limit()
    limit = "" if files is None else f" (the limit is {files})"
    return LegacyAPIConnectionError(
        f"Connection error: too many open files{limit}.",
        hint=f"`ulimit -n` shows and raises the limit of open files; it is {files}. "
        "Make fewer calls at once (max_connections), close clients and streams",
    )
