"""What a job has cost, and what it will: by the dated table, in the currency of the account."""

from __future__ import annotations

import random
from datetime import datetime
from math import sqrt
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from .. import _prices
from .._prices import Cost
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


class _Mean:
    """Sums of what the answers of one model used: tokens, and the cost with its square."""

    def __init__(self) -> None:
        self.count = 0
        self.tokens = [0, 0, 0]
        self.amount = self.square = 0.0

    def add(self, tokens: Tuple[int, int, int], amount: float) -> None:
        self.count += 1
        for index, number in enumerate(tokens):
            self.tokens[index] += number
        self.amount += amount
        self.square += amount * amount

    def usage(self) -> Dict[str, float]:
        """The mean usage of a call."""
        miss, hit, output = (number / self.count for number in self.tokens)
        return {
            "prompt_tokens": miss + hit,
            "prompt_cache_hit_tokens": hit,
            "completion_tokens": output,
        }


class Costs:
    """The running sum of a job, beginning with what earlier runs of it came to."""

    def __init__(self, state: State) -> None:
        self.total = Cost(0.0, 0.0)
        self.unpriced: Set[str] = set()
        self.tokens = 0  # of the answers of this run, with their prompts
        self._bill: Dict[str, BillRow] = {}
        self._means: Dict[str, _Mean] = {}
        for row in state.bill():
            if row.usd is None:
                self.unpriced.add(row.model)
            else:
                self.total = self.total.plus(Cost(row.usd, row.cny or 0.0))

    def add(self, model: str, usage: Any, cost: Optional[Cost], *, is_first: bool) -> None:
        """Count an answer; the first of a group, whose beginning was not in the cache, says
        nothing about the others."""
        tokens = _prices.tokens(usage or {})
        self.tokens += sum(tokens)
        if cost is None:
            self.unpriced.add(model)
        else:
            self.total = self.total.plus(cost)
            if not is_first:
                self._means.setdefault(model, _Mean()).add(tokens, cost.usd)
        before = self._bill.get(model)
        new = BillRow(model, 1, *tokens, *(cost or (None, None)))
        self._bill[model] = new if before is None else _sum(before, new)

    @property
    def uncommitted(self) -> List[BillRow]:
        """What was added since :meth:`committed`, by model."""
        return list(self._bill.values())

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
        amount = sum(mean.amount for mean in self._means.values()) / count
        square = sum(mean.square for mean in self._means.values()) / count
        if not amount or count < 2:
            return 1.0
        deviation = sqrt(max(0.0, square - amount * amount) / (count - 1))
        return CONFIDENCE * deviation / amount * sqrt(remaining / (remaining + count))


def _sum(first: BillRow, second: BillRow) -> BillRow:
    amounts = (None if a is None or b is None else a + b for a, b in zip(first[1:], second[1:]))
    return BillRow(first.model, *amounts)  # type: ignore[arg-type]
