"""The limiter: a limit that nobody knows beforehand is found, kept, and found again."""

from __future__ import annotations

import heapq
import random
from typing import List

import pytest

from dsadapter._backends.limiter import (
    ANSWERS_BEFORE_RAISE,
    FIRST_LIMIT,
    Limiter,
    concurrency_limit,
)

TEXT = (
    "Your current concurrency is {count}, which exceeds your concurrency limit of {limit} based "
    "on your remaining balance. Please top up your balance to restore your concurrency."
)


class Server:
    """Refuses what is above ``limit``; answers the oldest call first."""

    def __init__(self, limiter: Limiter, limit: int, tells: bool = True) -> None:
        self.limiter, self.limit, self.tells = limiter, limit, tells
        self.open: List[int] = []
        self.answered = self.refused = 0

    def turn(self) -> None:
        """Send what the limiter allows, then answer a call."""
        while not self.limiter.is_full:
            epoch = self.limiter.acquire()
            assert epoch is not None
            self.open.append(epoch)
        over = self.open[self.limit :]
        del self.open[self.limit :]
        for epoch in over:
            message = TEXT.format(count=self.limit + 1, limit=self.limit)
            self.limiter.refused(epoch, message if self.tells else "Rate limit reached")
            self.refused += 1
        self.limiter.answered(self.open.pop(0))
        self.answered += 1

    def turns(self, count: int) -> None:
        for _ in range(count):
            self.turn()


def fill(limiter: Limiter) -> List[int]:
    """Send until the gate is full; the epochs of the calls."""
    epochs = []
    while not limiter.is_full:
        epoch = limiter.acquire()
        assert epoch is not None
        epochs.append(epoch)
    return epochs


@pytest.mark.parametrize(
    ("message", "number"),
    [
        (TEXT.format(count=40, limit=39), 39),
        ("Error code: 429 - " + TEXT.format(count=501, limit=500), 500),
        ("Rate limit reached for TPM", None),
        ("your concurrency limit of 0", None),
        ("", None),
    ],
)
def test_the_number_in_the_text(message: str, number: object) -> None:
    assert concurrency_limit(message) == number


def test_a_full_gate_lets_nobody_through() -> None:
    limiter = Limiter(2)
    assert (limiter.acquire(), limiter.acquire(), limiter.acquire()) == (0, 0, None)
    assert limiter.in_flight == 2
    limiter.release()
    assert limiter.acquire() == 0


def test_it_starts_slowly_and_doubles() -> None:
    limiter = Limiter()
    assert limiter.limit == FIRST_LIMIT
    server = Server(limiter, 10_000)
    limits = []
    while limiter.limit < 1000:
        limits.append(limiter.limit)
        server.turns(limiter.limit)
    assert limits == [8, 16, 32, 64, 128, 256, 512]
    assert server.refused == 0


def test_one_refusal_ends_the_slow_start() -> None:
    limiter = Limiter()
    server = Server(limiter, 39)
    server.turns(100)
    assert (limiter.limit, server.refused) == (39, 1)


def test_it_never_passes_the_highest() -> None:
    limiter = Limiter(highest=20)
    Server(limiter, 10_000).turns(500)
    assert limiter.limit == 20


def test_calls_that_leave_room_raise_nothing() -> None:
    limiter = Limiter(8)
    for _ in range(1000):
        epoch = limiter.acquire()
        assert epoch is not None
        limiter.answered(epoch)
    assert limiter.limit == 8


def test_errors_raise_nothing() -> None:
    limiter = Limiter(8)
    for _ in range(100):
        for _ in fill(limiter):
            limiter.release()
    assert (limiter.limit, limiter.in_flight) == (8, 0)


def test_the_told_number_is_the_limit() -> None:
    limiter = Limiter(64)
    epochs = fill(limiter)
    for epoch in epochs[39:]:  # all that were refused together are one cut
        limiter.refused(epoch, TEXT.format(count=40, limit=39))
    assert (limiter.limit, limiter.in_flight) == (39, 39)


def test_without_a_number_it_is_what_the_server_accepted() -> None:
    limiter = Limiter(64)
    for epoch in fill(limiter)[39:]:
        limiter.refused(epoch, "Rate limit reached")
    assert (limiter.limit, limiter.in_flight) == (39, 39)


def test_a_number_that_is_not_reached_is_shared_with_others() -> None:
    limiter = Limiter(10)
    limiter.refused(fill(limiter)[0], TEXT.format(count=40, limit=39))
    assert limiter.limit == 9


def test_a_refusal_of_an_older_epoch_may_tell_less() -> None:
    limiter = Limiter(64)
    epochs = fill(limiter)
    limiter.refused(epochs[0], TEXT.format(count=40, limit=39))
    limiter.refused(epochs[1], TEXT.format(count=21, limit=20))
    limiter.refused(epochs[2], TEXT.format(count=40, limit=39))
    assert limiter.limit == 20


def test_it_stays_at_one_call_at_least() -> None:
    limiter = Limiter(1)
    for _ in range(5):
        epoch = limiter.acquire()
        assert epoch is not None
        limiter.refused(epoch, "Rate limit reached")
    assert (limiter.limit, limiter.in_flight) == (1, 0)


def test_after_a_cut_it_rises_by_one_two_four() -> None:
    limiter = Limiter(64)
    server = Server(limiter, 20)
    server.turn()
    server.limit = 10_000
    server.turns(19)  # the rest of those that were sent before the cut
    limits = []
    for _ in range(6):
        limits.append(limiter.limit)
        server.turns(ANSWERS_BEFORE_RAISE)
    assert limits == [20, 21, 22, 24, 28, 36]  # the rest of a rise comes with the next answers
    server.turns(ANSWERS_BEFORE_RAISE - 1)
    assert limiter.limit == 20 + 1 + 2 + 4 + 8 + 16 + 32


def test_a_refused_rise_begins_with_one_again() -> None:
    limiter = Limiter(64)
    server = Server(limiter, 20)
    server.turn()
    server.refused = 0
    server.turns(30 * ANSWERS_BEFORE_RAISE)
    assert limiter.limit in (20, 21)
    assert 25 <= server.refused <= 30  # one in a hundred, not 1, 2, 4


@pytest.mark.parametrize(("tells", "wasted"), [(True, 0.02), (False, 0.03)])
def test_a_limit_that_moves_is_followed(tells: bool, wasted: float) -> None:
    limiter = Limiter()
    server = Server(limiter, 39, tells)
    used = []
    for server.limit in (39, 20, 60, 39):
        server.turns(1500)
        used.append(min(limiter.limit, server.limit) / server.limit)
    assert min(used) > 0.95
    assert server.refused / (server.answered + server.refused) <= wasted


def test_a_fixed_limit_stays() -> None:
    limiter = Limiter(5, adaptive=False)
    limiter.refused(fill(limiter)[0], TEXT.format(count=3, limit=2))
    Server(limiter, 10_000).turns(1000)
    assert limiter.limit == 5


@pytest.mark.parametrize(("tells", "wasted"), [(True, 0.02), (False, 0.03)])
def test_from_five_seconds_after_a_move_it_is_used(tells: bool, wasted: float) -> None:
    """Each call takes 0.1 to 0.3 s of a scripted clock; limits move every 15 s."""
    chance, limiter = random.Random(4), Limiter()
    now, calls, refused, used = 0.0, [], 0, [0.0] * 4  # type: ignore[var-annotated]
    limits = (39, 20, 60, 39)
    while now < 60:
        phase = int(now / 15)
        while not limiter.is_full:
            epoch = limiter.acquire()
            if len(calls) < limits[phase]:
                heapq.heappush(calls, (now + chance.uniform(0.1, 0.3), epoch))
            else:
                text = TEXT.format(count=len(calls) + 1, limit=limits[phase])
                limiter.refused(epoch, text if tells else "Rate limit reached")
                refused += 1
        ends, epoch = heapq.heappop(calls)
        if now % 15 >= 5:
            used[phase] += (ends - now) * min(len(calls) + 1, limits[phase])
        now = ends
        limiter.answered(epoch)
    assert all(slot >= 0.95 * 10 * limit for slot, limit in zip(used, limits))
    assert refused / (60 / 0.2 * 39) <= wasted
