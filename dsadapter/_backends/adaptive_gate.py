"""The gate whose width follows the server: ``max_concurrency="auto"``."""

from __future__ import annotations

import threading
from collections import deque
from typing import Deque, Optional

from .._errors.tree import APITimeoutError
from .._named_tuple import NamedTuple
from .base import TOO_MANY_REQUESTS
from .gate import Gate
from .limiter import FIRST_LIMIT, HIGHEST_LIMIT, Limiter


class _Ended(NamedTuple):
    """A call that is over, or (``message``) what the text of its refusal was."""

    epoch: int
    status: Optional[int] = None  # None: without an answer
    message: Optional[str] = None


class AdaptiveGate(Gate):
    """Lets through as many calls at once as its limiter allows, at most ``width``.

    The limiter is used by one thread at a time, and no thread waits for another: what is to be done
    is noted first, and who finds the limiter in use leaves it to its user. So destructors may call
    :meth:`release`, too.
    """

    is_adaptive = True

    def __init__(self, width: Optional[int] = None) -> None:
        super().__init__(width or HIGHEST_LIMIT)
        self.free.clear()  # nobody passes but through the limiter
        self.limiter = Limiter(min(FIRST_LIMIT, self.width), highest=self.width)
        self._epochs: Deque[int] = deque()  # of calls that were let through and not sent yet
        self._ended: Deque[_Ended] = deque()
        self._noted: Deque[None] = deque()
        self._in_use = threading.Lock()

    def admission(self) -> Admission:
        """Of a call that was let through just now."""
        return Admission(self, self._epochs.popleft())

    def release(self) -> None:
        """A call that was let through was not sent."""
        self.end(_Ended(self._epochs.popleft()))

    def end(self, ended: _Ended) -> None:
        """A call is over: let others through, as the limit now allows."""
        self._ended.append(ended)
        self._admit()

    def _admit(self) -> None:
        self._noted.append(None)
        while self._noted and self._in_use.acquire(blocking=False):
            try:
                self._noted.clear()
                while self._ended:
                    self._tell_limiter(self._ended.popleft())
                self._let_through()
            finally:
                self._in_use.release()

    def _tell_limiter(self, ended: _Ended) -> None:
        limiter = self.limiter
        if ended.message is not None:
            limiter.in_flight += 1  # it ended when its text had been read
            limiter.refused(ended.epoch, ended.message)
        elif ended.status is None or ended.status == TOO_MANY_REQUESTS or ended.status >= 500:
            limiter.release()
        else:
            limiter.answered(ended.epoch)

    def _let_through(self) -> None:
        while self.waiting:
            epoch = self.limiter.acquire()
            if epoch is None:
                return
            self._epochs.append(epoch)
            try:
                is_let_through = self.waiting.popleft()()
            except IndexError:  # it has left meanwhile
                is_let_through = False
            if not is_let_through:
                self._epochs.pop()
                self.limiter.release()

    def _too_late(self, seconds: float) -> APITimeoutError:
        return APITimeoutError(
            f"Request timed out: {self.limiter.limit} calls at once are what the server takes, "
            f"and none of them ended in {seconds:.3g} s.",
            hint="Make fewer calls at once, or give them more time (timeout, deadline)",
        )


class Admission:
    """A call on its way; stands for the gate among what its reply gives back."""

    def __init__(self, gate: AdaptiveGate, epoch: int) -> None:
        self._gate = gate
        self._epoch = epoch
        self.status: Optional[int] = None  # as soon as there is one

    def release(self) -> None:
        """The call is over."""
        self._gate.end(_Ended(self._epoch, self.status))

    def refused(self, message: str) -> None:
        """Its 429 said so; comes after the release."""
        self._gate.end(_Ended(self._epoch, message=message))
