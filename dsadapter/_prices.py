"""What DeepSeek charges: a dated table, and what a call costs by it. Published as
``dsadapter.prices``.

State: the price page of 2026-11-15. The page does not say whether the beginning or the end of a
call decides about peak hours; here it is the beginning. What the server's own tools cost (search,
files) is not in it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Set, Tuple, Union

__all__ = [
    "PAGE_DATE",
    "Cost",
    "Price",
    "Rates",
    "aliases",
    "cost",
    "holidays",
    "is_peak",
    "next_off_peak",
    "now",
    "price",
    "rates",
    "table",
    "tokens",
]

PAGE_DATE = "2026-11-15"  # of the page that the table was read from


class Cost(NamedTuple):
    """What something costs, in US dollars and in Chinese yuan; an account pays one of them."""

    usd: float
    cny: float

    def in_currency(self, currency: str) -> float:
        """The amount in "USD" or "CNY"."""
        return self.cny if currency == "CNY" else self.usd

    def plus(self, other: Optional[Cost]) -> Cost:
        """The sum; None adds nothing."""
        return self if other is None else Cost(self.usd + other.usd, self.cny + other.cny)


class Rates(NamedTuple):
    """For a million tokens: of the prompt, not in the cache and in it, and of the answer."""

    miss: float
    hit: float
    output: float

    def amount(self, counts: Tuple[int, int, int]) -> float:
        """What so many tokens of each kind cost."""
        missed, hit, answered = counts
        return (missed * self.miss + hit * self.hit + answered * self.output) / 1e6


class Price(NamedTuple):
    """The rates of a model from a time on, until a later row of the same model begins."""

    model: str
    since: datetime
    usd: Rates
    usd_peak: Rates
    cny: Rates
    cny_peak: Rates


#: Rows may be added: ``prices.table.append(prices.Price(...))``.
table: List[Price] = [
    Price(
        "deepseek-v4-pro",
        datetime(2026, 8, 16, 16, tzinfo=timezone.utc),
        usd=Rates(0.66, 0.022, 1.98),
        usd_peak=Rates(1.32, 0.044, 3.96),
        cny=Rates(4.5, 0.15, 13.5),
        cny_peak=Rates(9.0, 0.30, 27.0),
    ),
    Price(
        "deepseek-flash",
        datetime(2026, 9, 10, tzinfo=timezone.utc),
        usd=Rates(0.15, 0.003, 0.60),
        usd_peak=Rates(0.30, 0.006, 1.20),
        cny=Rates(1.0, 0.02, 4.0),
        cny_peak=Rates(2.0, 0.04, 8.0),
    ),
]
#: Names that are billed as another one.
aliases: Dict[str, str] = dict.fromkeys(
    ("deepseek-v4-flash", "deepseek-v4-flash-vision-exp", "deepseek-chat", "deepseek-reasoner"),
    "deepseek-flash",
)
#: Chinese public holidays, as dates or "2027-01-01": they have no peak hours. A day that is not
#: known to be one counts as a working day, so that a sum is an upper bound.
holidays: Set[Union[date, str]] = set()

_BEIJING = timezone(timedelta(hours=8))
_PEAK_HOURS = ((9, 12), (14, 18))  # Beijing, the second of each excluded
_WEEKENDS_ARE_OFF_PEAK_SINCE = date(2026, 8, 23)
_SATURDAY = 5


def _aware(when: Optional[datetime]) -> datetime:
    """A time with its zone: now for None, local time where none is named."""
    return now() if when is None else when.astimezone(timezone.utc)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(timezone.utc)


def is_peak(when: Optional[datetime] = None) -> bool:
    """Whether peak prices hold at a time, None: now."""
    local = _aware(when).astimezone(_BEIJING)
    day = local.date()
    if day in holidays or day.isoformat() in holidays:
        return False
    if local.weekday() >= _SATURDAY and day >= _WEEKENDS_ARE_OFF_PEAK_SINCE:
        return False
    return any(first <= local.hour < last for first, last in _PEAK_HOURS)


def next_off_peak(when: Optional[datetime] = None) -> datetime:
    """When the next off-peak hours begin, in UTC; the time itself where they have begun."""
    moment = _aware(when)
    if not is_peak(moment):
        return moment
    hour = moment.astimezone(_BEIJING).hour
    last = next(last for _, last in _PEAK_HOURS if hour < last)
    start = moment.replace(minute=0, second=0, microsecond=0)
    return start + timedelta(hours=last - hour)


def price(model: str, when: Optional[datetime] = None) -> Optional[Price]:
    """The row of a model at a time, None where the table has none."""
    moment, name = _aware(when), aliases.get(model, model)
    rows = [row for row in table if row.model == name and row.since <= moment]
    return max(rows, key=lambda row: row.since) if rows else None


def rates(model: str, when: Optional[datetime] = None) -> Optional[Tuple[Rates, Rates]]:
    """The rates of a model at a time, in dollars and in yuan; None where it has no price."""
    row = price(model, when)
    if row is None:
        return None
    return (row.usd_peak, row.cny_peak) if is_peak(when) else (row.usd, row.cny)


def cost(
    model: str, usage: Optional[Mapping[str, Any]], when: Optional[datetime] = None
) -> Optional[Cost]:
    """What a call costs that was sent at a time (None: now) and has this ``usage``.

    None where the model is unknown, or the usage. Tokens of which nothing says that they came from
    the cache count as missed.
    """
    both = rates(model, when)
    if both is None or not usage:
        return None
    counts = tokens(usage)
    return Cost(both[0].amount(counts), both[1].amount(counts))


def tokens(usage: Mapping[str, Any]) -> Tuple[int, int, int]:
    """Tokens of a prompt missed and hit, and of an answer, in a usage of chat or of responses."""
    prompt = usage.get("prompt_tokens", usage.get("input_tokens")) or 0
    details = usage.get("prompt_tokens_details") or usage.get("input_tokens_details") or {}
    hit = usage.get("prompt_cache_hit_tokens", details.get("cached_tokens")) or 0
    answered = usage.get("completion_tokens", usage.get("output_tokens")) or 0
    return prompt - hit, hit, answered
