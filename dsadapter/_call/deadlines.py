"""Deadlines of one call beside the socket timeouts: ``idle_timeout`` and ``deadline``.

A blocked read cannot look at a clock, and keep-alives reset every per-read timeout. So a watch
tears the connection down from outside when a deadline has passed: one thread for all sync calls of
the process, a timer of the event loop for async ones.
"""

from __future__ import annotations

import os
import threading
from math import inf
from time import monotonic
from typing import Any, Callable, Dict, List, Optional

from .._errors.tree import APITimeoutError, LegacyAPIConnectionError

_LINGER = 5.0  # seconds the watch thread outlives its last call
_DRAIN = 0.25  # seconds for the end of the body after the last event of a stream


class Deadlines:
    """The clock of one call. ``idle_timeout`` and ``deadline`` are seconds; inf is no limit.

    ``explicit`` says that the caller named one, so it also holds before the headers are there.
    ``last_data`` is when real data arrived (or an attempt began), by the monotonic clock: whoever
    reads sets it.
    """

    def __init__(self, idle_timeout: float, deadline: float, *, explicit: bool) -> None:
        self.started: float = monotonic()
        self.last_data: float = self.started
        self.idle_timeout = idle_timeout
        self.deadline = deadline
        self.explicit = explicit
        self._ends = self.started + deadline
        self.expired = False  # the connection was torn down because of it
        self.draining: bool = False

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return monotonic() - self.started

    def expires_at(self) -> float:
        """When the next of the two passes, on the monotonic clock; inf for never."""
        return min(self._ends, self.last_data + self.idle_timeout)

    def remaining(self) -> float:
        """Seconds until then (0 at least); inf for no limit."""
        return max(0.0, self.expires_at() - monotonic())

    def allows(self, seconds: float) -> bool:
        """Whether the deadline leaves time for so long a pause."""
        return monotonic() + seconds < self._ends

    def drain(self) -> None:
        """The stream said its last word: what is left of the body may take a moment, no more."""
        self.draining = True
        self._ends = monotonic() + _DRAIN

    def error_before(self, pause: float) -> APITimeoutError:
        """For a retry that would only begin after the deadline."""
        err = APITimeoutError(
            f"Request timed out: deadline={self.deadline:g} s would pass in the {pause:.1f} s "
            "before the next attempt."
        )
        err.bound = "deadline"
        return err

    def error(self) -> APITimeoutError:
        """For the one that has passed."""
        if self.elapsed() >= self.deadline:
            name, seconds, what = "deadline", self.deadline, "the whole call"
        else:
            name, seconds = "idle_timeout", self.idle_timeout
            what = "waiting for data (keep-alives not counted)"
        err = APITimeoutError(f"Request timed out: {name}={seconds:g} s passed for {what}.")
        err.bound = name
        return err


class Watch:
    """A sync call under watch: ``abort`` is called once when one of its deadlines has passed."""

    def __init__(self, deadlines: Deadlines, abort: Callable[[], None]) -> None:
        self.deadlines = deadlines
        self._abort = abort
        self.watcher = _current_watcher()
        self._lock = threading.Lock()  # held while abort runs
        self._over = False

    def expire(self) -> None:
        """Tear the connection down; the watch thread calls this."""
        with self._lock:
            if not self._over:
                self._over = self.deadlines.expired = True
                self._abort()

    def cancel(self, *, wait: bool = True) -> bool:
        """After this, ``abort`` is not called any more (nor is it running).

        Without ``wait``, for destructors, which must wait for nothing: False where abort is running
        (in a thread that may be frozen) and so has the connection.
        """
        self._over = True
        self.watcher.remove(self)
        if not self._lock.acquire(wait):
            return False
        self._lock.release()
        return True

    def reschedule(self) -> None:
        """The deadlines have moved closer."""
        self.watcher.wake()


class _Watcher:
    """The thread: sleeps until the earliest deadline of all watched calls.

    The lock is made with the first call, not with the import: gevent replaces locks in between.
    Where it does so later, another watcher takes over: a greenlet that waits for a lock of before
    stops all of them.
    """

    def __init__(self) -> None:
        self.lock_factory = threading.Lock
        self._changed: Optional[threading.Condition] = None
        self._watches: Dict[int, Watch] = {}
        self._thread: Optional[threading.Thread] = None
        self._wakes_at = inf

    def add(self, watch: Watch) -> bool:
        """Begin to watch; starts the thread where none runs. False where none can be started."""
        if self._changed is None:
            self._changed = threading.Condition()
        with self._changed:
            self._watches[id(watch)] = watch
            if self._thread is None or not self._thread.is_alive():
                return self._start(self._changed) or self.remove(watch)
            if watch.deadlines.expires_at() < self._wakes_at:
                self._changed.notify()
        return True

    def _start(self, changed: threading.Condition) -> bool:
        thread = threading.Thread(
            target=self._run, args=(changed,), name="dsadapter-deadlines", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:  # the limit of a container, say: the next call tries again
            return False
        self._thread = thread
        return True

    def remove(self, watch: Watch) -> bool:
        """Watch no longer. Takes no lock: destructors call this. Gives False."""
        self._watches.pop(id(watch), None)
        return False

    def wake(self) -> None:
        """Look at the clocks anew."""
        if self._changed is not None:
            with self._changed:
                self._changed.notify()

    def _run(self, changed: threading.Condition) -> None:
        while True:
            for watch in self._expired():
                watch.expire()
            with changed:
                times = [watch.deadlines.expires_at() for watch in self._all()]
                self._wakes_at = min(times, default=inf)
                pause = min(self._wakes_at - monotonic(), threading.TIMEOUT_MAX)
                woken = changed.wait(pause if times else _LINGER)
                if not woken and not self._watches:
                    self._thread = None
                    return

    def _all(self) -> List[Watch]:
        """A copy: the garbage collector may drop a stream, and so its watch, while we look."""
        return list(self._watches.values())

    def _expired(self) -> List[Watch]:
        now = monotonic()
        expired = [watch for watch in self._all() if watch.deadlines.expires_at() <= now]
        for watch in expired:
            self.remove(watch)
        return expired


_watcher = _Watcher()


def _current_watcher() -> _Watcher:
    global _watcher
    if _watcher.lock_factory is not threading.Lock:
        _watcher = _Watcher()
    return _watcher


def _forget_threads() -> None:
    """After fork the child has neither the parent's thread nor its calls."""
    global _watcher
    _watcher._changed = None  # its lock may be held by that thread
    _watcher = _Watcher()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)


def watch_sync(deadlines: Deadlines, abort: Callable[[], None]) -> Optional[Watch]:
    """Watch a sync call; None where there is no limit to watch.

    Raises APIConnectionError where the caller named a deadline and no thread can keep it.
    """
    if deadlines.expires_at() == inf:
        return None
    watch = Watch(deadlines, abort)
    if not watch.watcher.add(watch):
        if deadlines.explicit:
            raise LegacyAPIConnectionError(
                "The deadline of this call cannot be kept: no thread can be started.",
                hint="Raise the limit of threads of this process or container (ulimit -u)",
            )
        return None
    return watch


class AsyncWatch:
    """The same on an event loop."""

    def __init__(self, deadlines: Deadlines, abort: Callable[[], None]) -> None:
        import asyncio

        self.deadlines = deadlines
        self._abort = abort
        self._loop = asyncio.get_running_loop()
        self._timer: Any = None
        self._schedule()

    def _schedule(self) -> None:
        remaining = self.deadlines.remaining()
        if remaining != inf:
            self._timer = self._loop.call_later(remaining, self._check)

    def _check(self) -> None:
        if self.deadlines.remaining():
            self._schedule()
        else:
            self.deadlines.expired = True
            self._abort()

    def cancel(self, *, wait: bool = True) -> bool:
        """After this, ``abort`` is not called any more."""
        if self._timer is not None:
            self._timer.cancel()
        return True

    def reschedule(self) -> None:
        """The deadlines have moved closer."""
        self.cancel()
        self._schedule()
