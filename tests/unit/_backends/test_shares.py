"""The shares of workers: together never more than the limit, and none is lost with a worker."""

from __future__ import annotations

from typing import Any, Dict

import pytest

from dsadapter._backends.limiter import FIRST_LIMIT
from dsadapter._backends.shares import LEASE_SECONDS, Report, Shares, fair_shares

TEXT = "Your current concurrency is 40, which exceeds your concurrency limit of {} based on"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shares(clock: Clock) -> Shares:
    return Shares(clock)


def busy(in_flight: int = 0, **fields: Any) -> Report:
    return Report(wanted=1000, in_flight=in_flight, **fields)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"a": 5}, {"a": 5}),
        ({"a": 50}, {"a": 10}),
        ({"a": 50, "b": 50}, {"a": 5, "b": 5}),
        ({"a": 50, "b": 2}, {"a": 8, "b": 2}),
        ({"a": 50, "b": 50, "c": 50}, {"a": 4, "b": 3, "c": 3}),
        ({"a": 0, "b": 50}, {"a": 0, "b": 10}),
    ],
)
def test_who_wants_little_gets_it(wanted: Dict[str, int], expected: Dict[str, int]) -> None:
    assert fair_shares(10, wanted) == expected


def test_the_first_worker_has_everything_until_another_comes(shares: Shares) -> None:
    assert shares.renew("a", busy()).share == FIRST_LIMIT
    assert shares.renew("b", busy()).share == 0  # a still holds it
    assert shares.renew("a", busy(FIRST_LIMIT)).share == FIRST_LIMIT // 2
    assert shares.renew("b", busy()).share == 0  # calls of a are in flight
    assert shares.renew("a", busy(FIRST_LIMIT // 2)).share == FIRST_LIMIT // 2
    assert shares.renew("b", busy()).share == FIRST_LIMIT // 2


def test_a_share_that_is_not_renewed_goes_to_others(shares: Shares, clock: Clock) -> None:
    shares.renew("a", busy(FIRST_LIMIT))
    clock.now = LEASE_SECONDS - 0.1
    assert shares.renew("b", busy()).share == 0
    clock.now = LEASE_SECONDS + 0.1
    assert shares.renew("b", busy()).share == FIRST_LIMIT


def test_who_wants_nothing_any_more_gives_it_back(shares: Shares) -> None:
    shares.renew("a", busy())
    assert shares.renew("a", Report(0, 0)).share == 0
    assert shares.renew("b", busy()).share == FIRST_LIMIT


def test_answers_of_all_raise_one_limit(shares: Shares) -> None:
    shares.renew("a", busy(4, answered=4))
    shares.renew("b", busy(4, answered=4))
    assert shares.limit == FIRST_LIMIT + 8


def test_answers_of_an_older_epoch_raise_nothing(shares: Shares) -> None:
    shares.renew("a", busy(8, refusals=((0, TEXT.format(5)),)))
    shares.renew("a", busy(5, epoch=0, answered=100))
    assert shares.limit == 5


def test_the_number_in_a_429_is_the_limit_of_all(shares: Shares) -> None:
    for _ in range(5):
        shares.renew("a", busy(8, answered=8))
    lease = shares.renew("a", busy(39, refusals=((0, TEXT.format(39)),)))
    assert (shares.limit, lease.share, lease.epoch) == (39, 39, 1)
    lease = shares.renew("b", busy(0, refusals=((0, TEXT.format(39)),)))
    assert (shares.limit, lease.epoch) == (39, 1)  # one cut for all calls of an epoch


def test_without_a_number_it_is_what_all_have_in_flight(shares: Shares) -> None:
    for _ in range(5):
        shares.renew("a", busy(8, answered=8))
    shares.renew("b", busy(10))
    shares.renew("a", busy(20, refusals=((0, "Rate limit reached"),)))
    assert shares.limit == 30


def test_no_more_than_a_worker_says(shares: Shares) -> None:
    assert shares.renew("a", busy(most=3)).share == 3
    assert shares.renew("a", Report(0, 0)).share == 0
    assert shares.limit == FIRST_LIMIT  # it held as long as it was there


def test_together_never_more_than_the_limit(shares: Shares, clock: Clock) -> None:
    """Three workers that use what they have, renewing in turn, one of them gone at times."""
    in_flight = {"a": 0, "b": 0, "c": 0}
    for turn in range(200):
        clock.now += 0.2
        for name in in_flight:
            if name == "c" and turn % 40 < 20:
                in_flight["c"] = 0
                continue
            in_flight[name] = shares.renew(name, busy(in_flight[name], answered=2)).share
        assert sum(in_flight.values()) <= shares.limit
    assert min(in_flight.values()) >= shares.limit // 3 - 1
