"""What a job has cost, and what it will: by the dated table, in the currency of the account."""

from __future__ import annotations

import random
from datetime import datetime, timezone
from math import sqrt
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from .. import _prices
from .._prices import Cost, Rates
from .state import BillRow, State

SAMPLE_SHARE, SMALLEST_SAMPLE = 100, 50  # one row in so many, and at least so many
SMALLEST_BAND = 0.02  # a sample does not show a cache that fills while the job runs
CONFIDENCE = 1.96  # standard deviations: 95 % of estimates are nearer


def sample_of(numbers: int, seed: int = 0) -> Set[int]:
    """Indexes, from 0, of the rows that are asked first: one per cent, and at least 50; none where
    that would be most of them."""
    size = max(SMALLEST_SAMPLE, -(-numbers // SAMPLE_SHARE))
    return set(random.Random(seed).sample(range(numbers), size)) if numbers > 2 * size else set()


class Estimate(NamedTuple):
    """What all rows will cost; ``band`` is the error, a share of the amount (0.1: 10 %)."""

    cost: Cost
    band: float


class _Sums:
    """What answers of one model used and cost."""

    __slots__ = ("cny", "count", "hit", "miss", "output", "usd")

    def __init__(self) -> None:
        self.count = self.miss = self.hit = self.output = 0
        self.usd = self.cny = 0.0

    def add(self, miss: int, hit: int, output: int, usd: float, cny: float) -> None:
        """Add an answer."""
        self.count += 1
        self.miss += miss
        self.hit += hit
        self.output += output
        self.usd += usd
        self.cny += cny

    def usage(self) -> Dict[str, float]:
        """The mean usage of an answer."""
        return {
            "prompt_tokens": (self.miss + self.hit) / self.count,
            "prompt_cache_hit_tokens": self.hit / self.count,
            "completion_tokens": self.output / self.count,
        }


class _Trend:
    """How the cost of a row follows its size: a line through the answers so far. The sizes of all
    rows are known beforehand, so that a sample of long rows does not make all look dear."""

    __slots__ = ("both", "cost", "count", "size", "square_cost", "square_size")

    def __init__(self) -> None:
        self.count = 0
        self.size = self.cost = self.square_size = self.square_cost = self.both = 0.0

    def add(self, size: int, cost: float) -> None:
        """Add an answer."""
        self.count += 1
        self.size += size
        self.cost += cost
        self.square_size += size * size
        self.square_cost += cost * cost
        self.both += size * cost

    def at(self, size: Optional[float]) -> Tuple[float, float]:
        """The mean cost of rows of a mean size (None: unknown), and by how much it may be wrong,
        both as shares of the mean so far."""
        count, mean = self.count, self.cost / self.count
        if count < 2 or not mean:
            return 1.0, 1.0
        spread = self.square_size - self.size * self.size / count
        variance = max(0.0, self.square_cost - self.cost * self.cost / count)
        slope = together = 0.0
        if size is not None and count > 2 and spread > 0:
            together = self.both - self.size * self.cost / count
            slope = together / spread
        expected = mean + slope * ((size or 0.0) - self.size / count) if slope else mean
        rest = max(0.0, variance - slope * together)
        error = sqrt(rest / max(1, count - (2 if slope else 1)) / count)
        return max(0.0, expected / mean), CONFIDENCE * error / mean


class Costs:
    """The running sum of a job, beginning with what earlier runs of it came to. ``mean_size`` is
    the number of bytes of a row, of all rows of the job; None where it is not known."""

    def __init__(self, state: State) -> None:
        self.unpriced: Set[str] = set()
        self.tokens: int = 0  # of the answers of this run, with their prompts
        self._usd = self._cny = 0.0
        self._bill: Dict[str, _Sums] = {}  # what is not committed yet
        self._means: Dict[str, _Sums] = {}
        self._trend = _Trend()
        self.mean_size: Optional[float] = None
        self._minute = -1
        self._rates: Dict[str, Optional[Tuple[Rates, Rates]]] = {}
        for row in state.bill():
            if row.usd is None:
                self.unpriced.add(row.model)
            else:
                self._usd += row.usd
                self._cny += row.cny or 0.0

    @property
    def total(self) -> Cost:
        """What everything so far has cost."""
        return Cost(self._usd, self._cny)

    def add(
        self, model: str, usage: Any, sent_at: Optional[float], *, is_first: bool, size: int = 0
    ) -> None:
        """Count an answer to a row of ``size`` bytes that was sent at a time, in seconds since the
        epoch; None: its provider's prices are not known. The first of a group, whose beginning was
        not in the cache, says nothing about the others."""
        tokens = _prices.tokens(usage or {})
        self.tokens += tokens[0] + tokens[1] + tokens[2]
        rates = None if sent_at is None or not usage else self._rates_at(model, sent_at)
        usd = cny = 0.0
        if rates is None:
            self.unpriced.add(model)
        else:
            usd, cny = rates[0].amount(tokens), rates[1].amount(tokens)
            self._usd += usd
            self._cny += cny
            if not is_first:
                _sums_of(self._means, model).add(*tokens, usd, cny)
                self._trend.add(size, usd)
        _sums_of(self._bill, model).add(*tokens, usd, cny)

    def _rates_at(self, model: str, sent_at: float) -> Optional[Tuple[Rates, Rates]]:
        """The rates of that minute; looking each row's up would be a fifth of its bookkeeping."""
        minute = int(sent_at // 60)
        if minute != self._minute:
            self._minute, self._rates = minute, {}
        if model not in self._rates:
            when = datetime.fromtimestamp(minute * 60, timezone.utc)
            self._rates[model] = _prices.rates(model, when)
        return self._rates[model]

    @property
    def uncommitted(self) -> List[BillRow]:
        """What was added since :meth:`committed`, by model."""
        return [self._bill_row(model, sums) for model, sums in self._bill.items()]

    def _bill_row(self, model: str, sums: _Sums) -> BillRow:
        cost = (None, None) if model in self.unpriced else (sums.usd, sums.cny)
        return BillRow(model, sums.count, sums.miss, sums.hit, sums.output, *cost)

    def committed(self) -> None:
        """What was added so far stands in the state."""
        self._bill = {}

    def estimate(self, remaining: int, when: Optional[datetime] = None) -> Optional[Estimate]:
        """What everything will cost at the prices of a time (None: now), from the mean of the
        answers so far; None without one that has a price."""
        count = sum(mean.count for mean in self._means.values())
        if not count:
            return None
        share, error = self._trend.at(self.mean_size)
        expected = Cost(0.0, 0.0)
        for model, mean in self._means.items():
            cost = _prices.cost(model, mean.usage(), when) or Cost(0.0, 0.0)
            rows = mean.count / count * remaining * share
            expected = expected.plus(Cost(cost.usd * rows, cost.cny * rows))
        total = self.total.plus(expected)
        band = error / share * sqrt(remaining / (remaining + count)) if share else 1.0
        band = max(SMALLEST_BAND, band) * expected.usd / total.usd if total.usd else 0.0
        return Estimate(total, band)


def _sums_of(sums: Dict[str, _Sums], model: str) -> _Sums:
    if model not in sums:
        sums[model] = _Sums()
    return sums[model]
