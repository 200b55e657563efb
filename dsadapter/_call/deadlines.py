"""Bounds on one call beside the socket timeouts: ``idle_timeout`` and ``deadline``.

A blocked read cannot look at a clock, and keep-alives reset every per-read timeout. So a watch
tears the connection down from outside when a bound has passed: one thread for all sync calls of
the process, a timer of the event loop for async ones.
"""

from __future__ import annotations

import os
import threading
from time import monotonic
from typing import Any, Callable, Dict, List, Optional

from .._errors.tree import APITimeoutError

NEVER = float("inf")
_LINGER = 5.0  # seconds the watch thread outlives its last call
_DRAIN = 0.25  # seconds for the end of the body after the last event of a stream


class Bounds:
    """The clock of one call. ``idle`` and ``deadline`` are seconds, None for no bound.

    ``strict`` says that the caller named a bound, so it also holds before the headers are there.
    """

    def __init__(self, idle: Optional[float], deadline: Optional[float], strict: bool) -> None:
        self.started = self._seen = monotonic()
        self.idle = idle
        self.deadline = deadline
        self.strict = strict
        self._ends = NEVER if deadline is None else self.started + deadline
        self.fired = False
        self.drained = False

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return monotonic() - self.started

    def touch(self) -> None:
        """Real data arrived."""
        self._seen = monotonic()

    def due(self) -> float:
        """When the next bound passes, on the monotonic clock."""
        return self._ends if self.idle is None else min(self._ends, self._seen + self.idle)

    def left(self) -> Optional[float]:
        """Seconds until then (0 at least), None for no bound."""
        due = self.due()
        return None if due == NEVER else max(0.0, due - monotonic())

    def before_deadline(self, seconds: float) -> bool:
        return monotonic() + seconds < self._ends

    def drain(self) -> None:
        """The stream said its last word: what is left of the body may take a moment, no more."""
        self.drained = True
        self._ends = monotonic() + _DRAIN

    def error_before(self, wait: float) -> APITimeoutError:
        """For a retry that would only begin after the deadline."""
        err = APITimeoutError(
            f"Request timed out: deadline={self.deadline:g} s would pass in the {wait:.1f} s "
            "before the next attempt."
        )
        err.bound = "deadline"
        return err

    def error(self) -> APITimeoutError:
        by_deadline = self.deadline is not None and monotonic() - self.started >= self.deadline
        name, seconds = ("deadline", self.deadline) if by_deadline else ("idle_timeout", self.idle)
        what = "the whole call" if by_deadline else "waiting for data (keep-alives not counted)"
        err = APITimeoutError(f"Request timed out: {name}={seconds:g} s passed for {what}.")
        err.bound = name
        return err


class Watch:
    """One call under watch: ``abort`` is called once when a bound of ``bounds`` has passed."""

    def __init__(self, bounds: Bounds, abort: Callable[[], None]) -> None:
        self.bounds = bounds
        self._abort = abort
        self._lock = threading.Lock()
        self._over = False

    def fire(self) -> None:
        with self._lock:
            if not self._over:
                self._over = self.bounds.fired = True
                self._abort()

    def cancel(self) -> None:
        """After this, ``abort`` is not called any more (nor is it running)."""
        with self._lock:
            self._over = True
        _watcher.remove(self)

    def hurry(self) -> None:
        _watcher.wake()


class _Watcher:
    """The thread: sleeps until the earliest bound of all watched calls."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watches: Dict[int, Watch] = {}
        self._thread: Optional[threading.Thread] = None
        self._wakes_at = NEVER

    def add(self, watch: Watch) -> None:
        with self._changed:
            self._watches[id(watch)] = watch
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="dsadapter-bounds", daemon=True
                )
                self._thread.start()
            elif watch.bounds.due() < self._wakes_at:
                self._changed.notify()

    def remove(self, watch: Watch) -> None:
        with self._changed:
            self._watches.pop(id(watch), None)

    def wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _run(self) -> None:
        while True:
            for watch in self._expired():
                watch.fire()
            with self._changed:
                dues = [watch.bounds.due() for watch in self._all()]
                self._wakes_at = min(dues, default=NEVER)
                pause = min(self._wakes_at - monotonic(), threading.TIMEOUT_MAX)
                woken = self._changed.wait(pause if dues else _LINGER)
                if not woken and not self._watches:
                    self._thread = None
                    return

    def _all(self) -> List[Watch]:
        """A copy: the garbage collector may drop a stream, and so its watch, while we look."""
        return list(self._watches.values())

    def _expired(self) -> list[Watch]:
        now = monotonic()
        with self._changed:
            expired = [w for w in self._all() if w.bounds.due() <= now]
            for watch in expired:
                del self._watches[id(watch)]
        return expired


_watcher = _Watcher()


def _forget_threads() -> None:
    """After fork the child has neither the parent's thread nor its calls."""
    global _watcher
    _watcher = _Watcher()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)


def watched(bounds: Bounds, abort: Callable[[], None]) -> Optional[Watch]:
    """Watch a sync call; None when there is no bound to watch."""
    if bounds.due() == NEVER:
        return None
    watch = Watch(bounds, abort)
    _watcher.add(watch)
    return watch


class AsyncWatch:
    """The same on an event loop."""

    def __init__(self, bounds: Bounds, abort: Callable[[], None]) -> None:
        import asyncio

        self.bounds = bounds
        self._abort = abort
        self._loop = asyncio.get_running_loop()
        self._timer: Any = None
        self._arm()

    def _arm(self) -> None:
        left = self.bounds.left()
        if left is not None:
            self._timer = self._loop.call_later(left, self._check)

    def _check(self) -> None:
        if self.bounds.left():
            self._arm()
        else:
            self.bounds.fired = True
            self._abort()

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def hurry(self) -> None:
        self.cancel()
        self._arm()
