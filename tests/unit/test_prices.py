"""Prices: the dated table, peak hours, and what a usage costs."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any, Optional

import pytest

import dsadapter
from dsadapter import prices

MONDAY_PEAK = "2026-11-23T02:00"
MONDAY_NOON = "2026-11-23T05:00"
USAGE = {
    "prompt_tokens": 1_000_000,
    "prompt_cache_hit_tokens": 500_000,
    "completion_tokens": 1_000_000,
}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: Any) -> None:
    monkeypatch.setattr(prices, "holidays", set())
    monkeypatch.setattr(prices, "table", list(prices.table))


@pytest.mark.parametrize(
    ("time", "peak"),
    [
        ("2026-11-23T00:59", False),  # a Monday; peak is 01:00-04:00 and 06:00-10:00 UTC
        ("2026-11-23T01:00", True),
        ("2026-11-23T03:59", True),
        ("2026-11-23T04:00", False),
        ("2026-11-23T06:00", True),
        ("2026-11-23T09:59", True),
        ("2026-11-23T10:00", False),
        ("2026-11-27T02:00", True),  # Friday
        ("2026-11-28T02:00", False),  # Saturday
        ("2026-11-29T02:00", False),
        ("2026-08-22T02:00", True),  # a Saturday, when weekends still counted
        ("2026-08-23T02:00", False),
    ],
)
def test_peak_hours(time: str, peak: bool) -> None:
    assert prices.is_peak(utc(time)) is peak


def test_a_zone_is_minded() -> None:
    beijing = timezone(timedelta(hours=8))
    assert prices.is_peak(datetime(2026, 11, 23, 9, 30, tzinfo=beijing))
    assert not prices.is_peak(datetime(2026, 11, 23, 13, 0, tzinfo=beijing))


@pytest.mark.parametrize("day", [date(2026, 11, 23), "2026-11-23"])
def test_a_holiday_has_no_peak(day: Any) -> None:
    prices.holidays = {day}
    assert not prices.is_peak(utc(MONDAY_PEAK))
    assert prices.is_peak(utc("2026-11-24T02:00"))


@pytest.mark.parametrize(
    ("time", "begins"),
    [
        ("2026-11-23T02:17", "2026-11-23T04:00"),
        ("2026-11-23T06:00", "2026-11-23T10:00"),
        (MONDAY_NOON, MONDAY_NOON),
    ],
)
def test_when_it_gets_cheaper(time: str, begins: str) -> None:
    assert prices.next_off_peak(utc(time)) == utc(begins)


@pytest.mark.parametrize(
    ("model", "time", "usd", "cny"),
    [
        ("deepseek-flash", MONDAY_NOON, 0.075 + 0.0015 + 0.60, 0.5 + 0.01 + 4),
        ("deepseek-flash", MONDAY_PEAK, 0.15 + 0.003 + 1.20, 1 + 0.02 + 8),
        ("deepseek-chat", MONDAY_NOON, 0.075 + 0.0015 + 0.60, 0.5 + 0.01 + 4),
        ("deepseek-v4-pro", MONDAY_NOON, 0.33 + 0.011 + 1.98, 2.25 + 0.075 + 13.5),
        ("deepseek-v4-pro", MONDAY_PEAK, 0.66 + 0.022 + 3.96, 4.5 + 0.15 + 27),
    ],
)
def test_what_a_million_tokens_cost(model: str, time: str, usd: float, cny: float) -> None:
    assert prices.cost(model, USAGE, utc(time)) == (pytest.approx(usd), pytest.approx(cny))


def test_peak_is_twice_off_peak() -> None:
    for row in prices.table:
        assert tuple(row.usd_peak) == pytest.approx([2 * rate for rate in row.usd])
        assert tuple(row.cny_peak) == pytest.approx([2 * rate for rate in row.cny])


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 100, "prompt_cache_hit_tokens": 64, "completion_tokens": 10},
        {
            "prompt_tokens": 100,
            "prompt_tokens_details": {"cached_tokens": 64},
            "completion_tokens": 10,
        },
        {"input_tokens": 100, "input_tokens_details": {"cached_tokens": 64}, "output_tokens": 10},
    ],
)
def test_every_shape_of_a_usage(usage: Any) -> None:
    expected = (36 * 0.15 + 64 * 0.003 + 10 * 0.6) / 1e6
    assert prices.cost("deepseek-flash", usage, utc(MONDAY_NOON)).usd == pytest.approx(expected)


@pytest.mark.parametrize(
    ("model", "usage", "time"),
    [
        ("gpt-4", USAGE, MONDAY_NOON),
        ("deepseek-flash", None, MONDAY_NOON),
        ("deepseek-flash", {}, MONDAY_NOON),
        ("deepseek-flash", USAGE, "2026-08-01T00:00"),  # before the table begins
    ],
)
def test_what_is_unknown_is_none(model: str, usage: Any, time: str) -> None:
    assert prices.cost(model, usage, utc(time)) is None


def test_a_row_of_ones_own() -> None:
    rates = prices.Rates(1, 1, 1)
    prices.table.append(
        prices.Price("deepseek-flash", utc("2026-12-01T00:00"), rates, rates, rates, rates)
    )
    assert prices.cost("deepseek-flash", USAGE, utc("2026-12-01T05:00")) == (2.0, 2.0)
    assert prices.cost("deepseek-flash", USAGE, utc(MONDAY_NOON)).usd < 1


def test_amounts_add_up() -> None:
    total = prices.Cost(1, 7).plus(prices.Cost(2, 14)).plus(None)
    assert (total, total.in_currency("USD"), total.in_currency("CNY")) == ((3, 21), 3, 21)


def test_what_is_set_there_holds_for_calls(monkeypatch: Any) -> None:
    """``dsadapter.prices`` is the module that ``response.adapter.cost`` asks."""
    from dsadapter import _prices

    assert dsadapter.prices is prices is _prices


def client(deepseek: bool, url: str, monkeypatch: Any) -> Any:
    if deepseek:
        monkeypatch.setenv("DEEPSEEK_BASE_URL", url)
        return dsadapter.OpenAI(api_key="k")
    return dsadapter.OpenAI(api_key="k", base_url=url, provider="generic")


def asked(monkeypatch: Any, deepseek: bool = True, **fields: Any) -> Optional[prices.Cost]:
    from dsadapter.testing import Emulator

    with Emulator() as emulator:
        with client(deepseek, emulator.base_url, monkeypatch) as openai:
            messages = [{"role": "user", "content": "Hello"}]
            response = openai.chat.completions.create(
                **{"model": "deepseek-flash", "messages": messages, **fields}
            )
            if fields.get("stream"):
                response = response.get_final_response()
    cost: Optional[prices.Cost] = response.adapter.cost
    if cost is not None:
        assert cost == prices.cost(response.model, response.usage)
    return cost


@pytest.mark.parametrize("stream", [False, True])
def test_a_response_says_what_it_cost(monkeypatch: Any, stream: bool) -> None:
    monkeypatch.setattr(prices, "holidays", {date.today() + timedelta(days=d) for d in (-1, 0, 1)})
    cost = asked(monkeypatch, stream=stream)
    assert cost is not None
    assert 0 < cost.usd < cost.cny < 0.01


def test_another_provider_has_other_prices(monkeypatch: Any) -> None:
    assert asked(monkeypatch, deepseek=False) is None
