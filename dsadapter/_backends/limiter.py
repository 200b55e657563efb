"""How many calls an account may have in flight, learned from the server's answers.

DeepSeek tells its limit nowhere but in the text of a 429. The arithmetic alone stands here: who
waits, and how, is the caller's. Nothing is locked: use it from one thread, or under a lock.
"""

from __future__ import annotations

import re
from typing import Optional

FIRST_LIMIT = 8  # calls in flight at the beginning
HIGHEST_LIMIT = 2500  # of any account of DeepSeek today
ANSWERS_BEFORE_RAISE = 100  # at a full gate; one call in so many may be refused for asking
_CONCURRENCY_LIMIT = re.compile(r"concurrency limit of (\d+)")


def concurrency_limit(message: str) -> Optional[int]:
    """The limit that the text of a 429 tells; None where it tells none."""
    match = _CONCURRENCY_LIMIT.search(message)
    return int(match.group(1)) or None if match else None


class Limiter:
    """A limit that finds its height.

    Until the first 429 each answer raises it by one, so that it doubles in the time of a call.
    Then the number in the 429's text is the limit, or what was in flight but for the refused. From
    there it rises by 1, 2, 4 ... each time that 100 calls were answered while the gate was full,
    until the next 429; a rise is made one call an answer, so that one refusal ends it.

    An epoch lasts from one cut to the next. Each call belongs to the epoch in which it was sent,
    so that a hundred refusals of calls that were sent together cut once.

    ``limit``, ``highest`` and ``in_flight`` are numbers of calls, ``epoch`` is that of a call that
    is sent now. With ``adaptive=False`` the limit stays.
    """

    def __init__(
        self, limit: int = FIRST_LIMIT, *, highest: int = HIGHEST_LIMIT, adaptive: bool = True
    ) -> None:
        self.limit: int = limit
        self.in_flight: int = 0
        self.highest: int = max(limit, highest)
        self._adaptive = adaptive
        self.epoch: int = 0
        self._next_rise = 1
        self._remaining_rise = 0
        self._answers_at_full_gate = 0

    @property
    def is_full(self) -> bool:
        """Whether no further call may be sent now."""
        return self.in_flight >= self.limit

    def acquire(self) -> Optional[int]:
        """Count a call that is sent now; gives its epoch, or None where it must wait."""
        if self.is_full:
            return None
        self.in_flight += 1
        return self.epoch

    def release(self) -> None:
        """A call ended, and how says nothing about the limit: an error, a cancellation."""
        self.in_flight -= 1

    def answered(self, epoch: int) -> None:
        """A call of ``epoch`` was answered; raises the limit when enough were at a full gate."""
        if self.is_full:
            self.answered_at_full_gate(epoch)
        self.in_flight -= 1

    def answered_at_full_gate(self, epoch: int) -> None:
        """A call of ``epoch`` was answered while as many were in flight as may be."""
        if not self._adaptive or epoch != self.epoch:
            return
        self._answers_at_full_gate += 1
        if self._answers_at_full_gate >= ANSWERS_BEFORE_RAISE:
            self._answers_at_full_gate = 0
            self._remaining_rise += self._next_rise
            self._next_rise *= 2
        if self._remaining_rise or not self.epoch:
            self._remaining_rise = max(0, self._remaining_rise - 1)
            self.limit = min(self.highest, self.limit + 1)

    def refused(self, epoch: int, message: str = "") -> None:
        """A call of ``epoch`` met a 429 with this text; cuts the limit once an epoch."""
        if self._adaptive:
            number = concurrency_limit(message)
            if epoch == self.epoch:
                self._cut(number)
            else:  # sent before the cut: one more than what the server accepted
                self.limit = min(self.limit, number) if number else max(1, self.limit - 1)
        self.in_flight -= 1

    def _cut(self, number: Optional[int]) -> None:
        self.epoch += 1
        self._next_rise, self._remaining_rise, self._answers_at_full_gate = 1, 0, 0
        if number is None or number >= self.limit:  # then others use the account, too
            number = min(self.limit, self.in_flight) - 1
        self.limit = max(1, number)
