"""One limit of calls in flight for many workers: each holds a share of it, for a time.

The arithmetic alone stands here: how the workers reach it is their matter. A worker renews its
share twice a second, and at once when it met a 429; it never asks for a single row.
"""

from __future__ import annotations

from time import monotonic
from typing import Callable, Dict, NamedTuple, Optional, Tuple

from .limiter import Limiter

LEASE_SECONDS = 2.0  # without a renewal a share is given to others


class Report(NamedTuple):
    """What a worker tells: calls that it has ``in_flight``, and those with the ones that wait
    (``wanted``); since its last report how many calls of ``epoch`` were ``answered`` while its
    share was used up, and the epochs and texts of 429s. ``most`` is what it may have at most, of
    all workers together."""

    wanted: int
    in_flight: int
    epoch: int = 0
    answered: int = 0
    refusals: Tuple[Tuple[int, str], ...] = ()
    most: Optional[int] = None


class Lease(NamedTuple):
    """How many calls a worker may have in flight, for so many seconds; and the epoch of the limit
    to which they belong."""

    share: int
    epoch: int
    seconds: float


class _Holder(NamedTuple):
    report: Report
    share: int
    expires: float

    @property
    def held(self) -> int:
        """What it may be using until it renews."""
        return max(self.share, self.report.in_flight)


class Shares:
    """Divides the limit of an account among workers.

    ``limit`` is the number of calls in flight of all of them; ``clock`` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._limiter = Limiter()
        self._clock = clock
        self._holders: Dict[str, _Holder] = {}

    @property
    def limit(self) -> int:
        """Calls in flight of all workers together."""
        most = [h.report.most for h in self._holders.values() if h.report.most is not None]
        return min([self._limiter.limit, *most])

    def renew(self, worker: str, report: Report) -> Lease:
        """The new share of a worker. What others hold is not taken from them: they give it back
        when they renew, or when their time is up."""
        now = self._clock()
        before = self._holders.pop(worker, None)
        self._holders = {name: h for name, h in self._holders.items() if h.expires > now}
        others = sum(holder.held for holder in self._holders.values())
        share = before.share if before is not None else 0
        self._holders[worker] = _Holder(report, share, now + LEASE_SECONDS)
        self._learn(report)
        wanted = {name: holder.report.wanted for name, holder in self._holders.items()}
        share = min(fair_shares(self.limit, wanted)[worker], max(0, self.limit - others))
        if report.wanted:
            self._holders[worker] = _Holder(report, share, now + LEASE_SECONDS)
        else:
            del self._holders[worker]
        return Lease(share, self._limiter.epoch, LEASE_SECONDS)

    def _learn(self, report: Report) -> None:
        limiter = self._limiter
        for _ in range(report.answered):
            limiter.answered_at_full_gate(report.epoch)
        limiter.in_flight = sum(holder.report.in_flight for holder in self._holders.values())
        for epoch, message in report.refusals:
            limiter.in_flight += 1
            limiter.refused(epoch, message)


def fair_shares(limit: int, wanted: Dict[str, int]) -> Dict[str, int]:
    """Divide ``limit``: who wants little gets it, the others as much as one another."""
    shares: Dict[str, int] = {}
    left = limit
    for index, name in enumerate(sorted(wanted, key=lambda name: (wanted[name], name))):
        shares[name] = min(wanted[name], -(-left // (len(wanted) - index)))
        left -= shares[name]
    return shares
