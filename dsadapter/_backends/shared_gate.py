"""The gate of a worker: as many calls in flight as its share, which it renews in time."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import Any, Awaitable, Callable, Deque, List, Optional, Tuple

from .shares import Lease, Report

RENEWED_EVERY = 0.5  # seconds
AFTER_REFUSAL = 0.05  # seconds between two renewals at least

Renew = Callable[[Report], Awaitable[Lease]]


class SharedGate:
    """Lets calls through while there is a share. Use it on one event loop.

    ``renew`` asks for a share; ``most`` is the number of calls in flight of all workers at most.
    """

    def __init__(self, renew: Renew, most: Optional[int] = None) -> None:
        self._renew = renew
        self._most = most
        self._lease = Lease(0, 0, 0.0)
        self._expires = 0.0
        self._in_flight = 0
        self._waiting: Deque[asyncio.Future[int]] = deque()
        self._answered = 0
        self._refusals: List[Tuple[int, str]] = []
        self._is_due = asyncio.Event()
        self._renewing: Optional[asyncio.Task[None]] = None

    async def acquire(self, *, first: bool = False) -> int:
        """Wait until a call may be sent, ``first`` before all that wait; gives its epoch."""
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.appendleft(future) if first else self._waiting.append(future)
        self._let_through()
        if not future.done():
            self._begin_renewing()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.release()
            raise

    def answered(self, epoch: int) -> None:
        """A call was answered, which says that the limit holds."""
        is_full = self._in_flight >= self._lease.share
        if is_full and epoch == self._lease.epoch:
            self._answered += 1
        self.release()

    def refused(self, epoch: int, message: str) -> None:
        """A call met a 429 with this text: nothing more is sent before the share is renewed."""
        self._refusals.append((epoch, message))
        self._in_flight -= 1
        self._lease = self._lease._replace(share=min(self._lease.share, self._in_flight))
        self._is_due.set()
        self._begin_renewing()

    def release(self) -> None:
        """A call ended, and how says nothing about the limit."""
        self._in_flight -= 1
        self._let_through()

    def _let_through(self) -> None:
        while self._waiting and self._in_flight < self._lease.share and monotonic() < self._expires:
            future = self._waiting.popleft()
            if not future.done():
                self._in_flight += 1
                future.set_result(self._lease.epoch)

    # -- the share

    def _begin_renewing(self) -> None:
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.ensure_future(self._keep())

    async def _keep(self) -> None:
        """Renew while there is something to send, and then give the share back."""
        while True:
            self._is_due.clear()
            try:
                await self._renew_once()
            except Exception as err:  # else those that wait would wait for ever
                self._fail(err)
                return
            if not self._waiting and not self._in_flight and not self._refusals:
                return
            seconds = RENEWED_EVERY if self._lease.share or self._in_flight else AFTER_REFUSAL
            await asyncio.sleep(AFTER_REFUSAL)
            await _wait(self._is_due, seconds - AFTER_REFUSAL)

    def _fail(self, err: Exception) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(err)

    async def _renew_once(self) -> None:
        began = monotonic()
        report = self._report()
        try:
            lease = await self._renew(report)
        except BaseException:
            self._answered += report.answered  # told the next time
            self._refusals[:0] = report.refusals
            raise
        if self._refusals:  # while it was on its way
            lease = lease._replace(share=min(lease.share, self._in_flight))
        self._lease, self._expires = lease, began + lease.seconds
        self._let_through()

    def _report(self) -> Report:
        waiting = sum(not future.done() for future in self._waiting)
        report = Report(
            self._in_flight + waiting,
            self._in_flight,
            self._lease.epoch,
            self._answered,
            tuple(self._refusals),
            self._most,
        )
        self._answered, self._refusals = 0, []
        return report


async def _wait(event: Any, seconds: float) -> None:
    if seconds > 0:
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except asyncio.TimeoutError:
            pass
