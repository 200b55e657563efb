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
    """What answers of one model used and cost; ``square`` sums the squares of the dollars."""

    __slots__ = ("cny", "count", "hit", "miss", "output", "square", "usd")

    def __init__(self) -> None:
        self.count = self.miss = self.hit = self.output = 0
        self.usd = self.cny = self.square = 0.0

    def add(self, miss: int, hit: int, output: int, usd: float, cny: float) -> None:
        """Add an answer."""
        self.count += 1
        self.miss += miss
        self.hit += hit
        self.output += output
        self.usd += usd
        self.cny += cny
        self.square += usd * usd

    def usage(self) -> Dict[str, float]:
        """The mean usage of an answer."""
        return {
            "prompt_tokens": (self.miss + self.hit) / self.count,
            "prompt_cache_hit_tokens": self.hit / self.count,
            "completion_tokens": self.output / self.count,
        }


class Costs:
    """The running sum of a job, beginning with what earlier runs of it came to."""

    def __init__(self, state: State) -> None:
        self.unpriced: Set[str] = set()
        self.tokens = 0  # of the answers of this run, with their prompts
        self._usd = self._cny = 0.0
        self._bill: Dict[str, _Sums] = {}  # what is not committed yet
        self._means: Dict[str, _Sums] = {}
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

    def add(self, model: str, usage: Any, sent_at: Optional[float], *, is_first: bool) -> None:
        """Count an answer to what was sent at a time, in seconds since the epoch; None: its
        provider's prices are not known. The first of a group, whose beginning was not in the
        cache, says nothing about the others."""
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
        expected = Cost(0.0, 0.0)
        for model, mean in self._means.items():
            cost = _prices.cost(model, mean.usage(), when) or expected
            share = mean.count / count * remaining
            expected = expected.plus(Cost(cost.usd * share, cost.cny * share))
        total = self.total.plus(expected)
        share = expected.usd / total.usd if total.usd else 0.0
        return Estimate(total, share * self._band(count, remaining))

    def _band(self, count: int, remaining: int) -> float:
        amount = sum(mean.usd for mean in self._means.values()) / count
        square = sum(mean.square for mean in self._means.values()) / count
        if not amount or count < 2:
            return 1.0
        deviation = sqrt(max(0.0, square - amount * amount) / (count - 1))
        return CONFIDENCE * deviation / amount * sqrt(remaining / (remaining + count))


def _sums_of(sums: Dict[str, _Sums], model: str) -> _Sums:
    if model not in sums:
        sums[model] = _Sums()
    return sums[model]
