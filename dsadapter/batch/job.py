"""The rows of a schedule, sent as fast as the limit allows, until the last one or a stop."""

from __future__ import annotations

import asyncio
import random
from time import monotonic, time
from typing import Any, Awaitable, Callable, List, Optional, Protocol, Set

from .. import _prices
from .._backends.limiter import Limiter
from .calls import Attempt, Outcome
from .costs import Costs, Estimate
from .intake import Unfinished
from .options import Options
from .results import Stop
from .rows import Row
from .schedule import Item, Schedule
from .state import DONE, FAILED, Finished, State

COMMIT_ROWS, COMMIT_SECONDS = 16, 0.02  # whichever comes first
OUTPUT_SECONDS = 0.25
UPDATE_SECONDS = 1.0
LOOK_AT_CLOCK = 30.0  # seconds, while off-peak hours are awaited: the clock may jump
MOST_ATTEMPTS = 8  # for 5xx and lost connections: about a minute
MOST_REFUSALS = 100  # 429
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before the next attempt
FIRST_REFUSAL_PAUSE, LONGEST_REFUSAL_PAUSE = 0.05, 8.0

AfterRow = Callable[[Row, Finished], Awaitable[None]]


class RowCaller(Protocol):
    """Sends a row once."""

    async def attempt(self, row: Row, deadline: Optional[float]) -> Attempt:
        """What came of it; ``deadline`` is in seconds from now."""


class Reporter(Protocol):
    """Is told how far the job is, about once a second."""

    def update(self, job: Job) -> None:
        """Show it."""

    def waits(self, seconds: float) -> None:
        """The job waits so long for off-peak hours."""

    def estimated(self, job: Job) -> None:
        """The rows of the sample are answered."""


class Job:
    """One run over the unfinished rows. ``run`` it once, on any event loop.

    ``advance`` writes what has become of rows to the output; ``after_row`` is awaited for each row
    that is finished; both may be left out.
    """

    done: int
    failed: int
    total: int

    def __init__(
        self,
        rows: Unfinished,
        state: State,
        caller: RowCaller,
        options: Options,
        limiter: Limiter,
        *,
        reporter: Optional[Reporter] = None,
        advance: Optional[Callable[[], None]] = None,
        after_row: Optional[AfterRow] = None,
        sample: int = 0,
        mean_size: Optional[float] = None,
        last: Optional[int] = None,
    ) -> None:
        self.limiter = limiter
        self.costs: Costs = Costs(state)
        self.costs.mean_size = mean_size
        counts = state.counts(last)
        self.done, self.failed, self.total = counts.done, counts.failed, counts.total
        self.first_estimate: Optional[Estimate] = None
        self.finished_now: int = 0  # rows of this run
        self.stopped: Optional[str] = None
        self.message: str = ""
        self.began: float = monotonic()
        self._sample = sample
        self._rows = rows
        self._state = state
        self._caller = caller
        self._options = options
        self._schedule = Schedule(rows, group=options.group)
        self._reporter = reporter
        self._advance = advance
        self._after_row = after_row
        self._tasks: Set[Any] = set()
        self._finished: List[Finished] = []
        self._maybe_twice = 0
        self._committed = self._advanced = self._updated = monotonic()
        self._reopens: Any = None  # the timer of off-peak hours
        self._end: Any = None

    async def run(self) -> None:
        """Send everything. Raises StorageError, and what is a fault of the program."""
        loop = asyncio.get_running_loop()
        self._end = loop.create_future()
        ticker = asyncio.ensure_future(self._tick())
        try:
            self._pump()
            await self._end
        finally:
            ticker.cancel()
            await self._cancel()
            self._release()
            self._commit()

    @property
    def remaining(self) -> int:
        """Rows that are not finished."""
        return self.total - self.done - self.failed

    def estimate(self) -> Optional[Estimate]:
        """What everything will cost, None where nothing is known yet."""
        share = self.done / max(1, self.done + self.failed)  # of the rows that cost something
        return self.costs.estimate(round(self.remaining * share))

    def interrupt(self) -> None:
        """End now: what is in flight is given up, and counts as maybe sent twice later."""
        self.stopped = self.stopped or Stop.INTERRUPTED
        self._finish()

    def stop(self, reason: str, message: str = "") -> None:
        """End as soon as everything in flight is answered."""
        self.stopped, self.message = self.stopped or reason, self.message or message

    # -- the pump: as many rows in flight as the limit allows

    def _pump(self) -> None:
        try:
            item = self._next()
            while item is not None:
                task = asyncio.ensure_future(self._work(item))
                self._tasks.add(task)
                task.add_done_callback(self._ended)
                item = self._next() if len(self._tasks) < self.limiter.limit else None
        except Exception as err:
            self._finish(err)
        if not self._tasks and (self.stopped or self._schedule.is_empty):
            self._finish()

    def _next(self) -> Optional[Item]:
        """The row that is to be sent now, None where there is none or none may be."""
        budget = self._options.budget
        if budget is not None and self.costs.total.in_currency(budget.currency) >= budget.amount:
            self.stop(Stop.BUDGET)
        if self.stopped or self.limiter.is_full or self._awaits_off_peak():
            return None
        return self._schedule.next(self.limiter.limit - self.limiter.in_flight)

    def _awaits_off_peak(self) -> bool:
        if not self._options.off_peak or not _prices.is_peak():
            return False
        if self._reopens is None:
            seconds = (_prices.next_off_peak() - _prices.now()).total_seconds()
            if self._reporter is not None:
                self._reporter.waits(seconds)
            pause = min(LOOK_AT_CLOCK, max(0.01, seconds))
            self._reopens = asyncio.get_running_loop().call_later(pause, self._reopen)
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether it is peak time, and rows wait for its end."""
        return self._reopens is not None

    def _reopen(self) -> None:
        self._reopens = None
        self._pump()

    def _ended(self, task: Any) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._finish(task.exception())
        elif not self._end.done():
            self._pump()

    def _finish(self, err: Optional[BaseException] = None) -> None:
        if not self._end.done():
            self._end.set_result(None) if err is None else self._end.set_exception(err)

    async def _cancel(self) -> None:
        if self._reopens is not None:
            self._reopens.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _release(self) -> None:
        """Rows that were claimed and not sent are new again."""
        numbers = [*self._rows.unread, *self._schedule.remaining()]
        if numbers:
            self._state.unclaim(numbers)

    # -- one row

    async def _work(self, item: Optional[Item]) -> None:
        while item is not None:
            await self._send(item)
            item = self._next()
            if item is not None and len(self._tasks) < self.limiter.limit:
                self._pump()

    async def _send(self, item: Item) -> None:
        epoch = self.limiter.acquire()
        if epoch is None:  # others were faster
            self._schedule.put_back(item)
            return
        now = monotonic()
        item.began = now if item.began is None else item.began
        item.sent_at = time()
        deadline = self._options.deadline
        try:
            remaining = None if deadline is None else item.began + deadline - now
            attempt = await self._caller.attempt(item.row, remaining)
        except BaseException:
            self.limiter.release()
            raise
        self._count(attempt, epoch)
        await self._follow(item, attempt)

    def _count(self, attempt: Attempt, epoch: int) -> None:
        """Tell the limiter what came back."""
        if attempt.outcome is Outcome.REFUSED:
            self.limiter.refused(epoch, attempt.message)
        elif attempt.status is not None and attempt.status < 500:
            self.limiter.answered(epoch)
        else:
            self.limiter.release()

    async def _follow(self, item: Item, attempt: Attempt) -> None:
        if attempt.outcome is Outcome.STOP:
            self.stop(str(attempt.status), attempt.message)
            item.began = None  # it was refused, not sent: new again
            self._schedule.put_back(item)
            return
        pause = pause_before_next(item, attempt, self._options.deadline)
        if pause is not None:
            self._maybe_twice += attempt.billed
            self._schedule.retry(item, pause)
            asyncio.get_running_loop().call_later(pause, self._after_pause)
            return
        self._schedule.finished(item)
        self._account(item, attempt)
        if self._after_row is not None:
            await self._after_row(item.row, attempt.finished)

    def _after_pause(self) -> None:
        if not self._end.done():
            self._pump()

    def _account(self, item: Item, attempt: Attempt) -> None:
        finished = attempt.finished
        self.done += finished.state == DONE
        self.failed += finished.state == FAILED
        if finished.state == DONE:
            sent_at = item.sent_at if attempt.priced else None
            self.costs.add(
                attempt.model,
                attempt.usage,
                sent_at,
                is_first=item.is_first,
                size=item.row.size,
            )
        self.finished_now += 1
        if self.finished_now == self._sample:
            self.first_estimate = self.estimate()
            if self._reporter is not None:
                self._reporter.estimated(self)
        self._finished.append(finished)
        if len(self._finished) >= COMMIT_ROWS:
            self._commit()

    # -- what happens by the clock

    def _commit(self) -> None:
        self._committed = monotonic()
        if self._finished or self._maybe_twice:
            self._state.finish(self._finished, self.costs.uncommitted, self._maybe_twice)
            self._finished, self._maybe_twice = [], 0
            self.costs.committed()

    async def _tick(self) -> None:
        try:
            while True:
                await asyncio.sleep(COMMIT_SECONDS)
                self._on_tick(monotonic())
        except Exception as err:
            self._finish(err)

    def _on_tick(self, now: float) -> None:
        if now - self._committed >= COMMIT_SECONDS:
            self._commit()
        if self._advance is not None and now - self._advanced >= OUTPUT_SECONDS:
            self._advanced = now
            self._advance()
        if now - self._updated >= UPDATE_SECONDS:
            self._updated = now
            self._state.write("live", [self.limiter.in_flight, self.limiter.limit])
            if self._reporter is not None and (self._tasks or not self.is_waiting):
                self._reporter.update(self)


def pause_before_next(item: Item, attempt: Attempt, deadline: Optional[float]) -> Optional[float]:
    """Seconds until a row is tried again, None where it is finished."""
    if attempt.outcome is Outcome.REFUSED:
        item.refusals += 1
        number, most = item.refusals, MOST_REFUSALS
        first, longest = FIRST_REFUSAL_PAUSE, LONGEST_REFUSAL_PAUSE
    elif attempt.outcome is Outcome.RETRY:
        item.attempts += 1
        number, most = item.attempts, MOST_ATTEMPTS
        first, longest = FIRST_PAUSE, LONGEST_PAUSE
    else:
        return None
    if number >= most:
        return None
    pause = attempt.retry_after
    if pause is None and item.refusals == 1 and attempt.outcome is Outcome.REFUSED:
        pause = 0.0  # the limit is cut: the next free slot is one that the server has, too
    elif pause is None:
        pause = min(longest, first * 2.0 ** (number - 1)) * (1 - random.random() / 4)
    ends = float("inf") if deadline is None or item.began is None else item.began + deadline
    return pause if monotonic() + pause < ends else None
