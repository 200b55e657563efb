"""The gate of a worker: nothing leaves without a share, and none is kept without need."""

from __future__ import annotations

import asyncio
from typing import Any, List

import pytest

from dsadapter._backends import shared_gate
from dsadapter._backends.shared_gate import SharedGate
from dsadapter._backends.shares import Lease, Report


class Limiter:
    """Gives shares in turn, the last one again and again."""

    def __init__(self, *shares: int, seconds: float = 60.0) -> None:
        self.shares = list(shares)
        self.seconds = seconds
        self.reports: List[Report] = []

    async def renew(self, report: Report) -> Lease:
        self.reports.append(report)
        await asyncio.sleep(0)
        share = self.shares.pop(0) if len(self.shares) > 1 else self.shares[0]
        return Lease(share, len(self.reports), self.seconds)


async def until(condition: Any) -> None:
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came about")


def test_a_call_waits_for_its_share_and_the_next_for_its_end() -> None:
    async def scene() -> None:
        limiter = Limiter(2)
        gate = SharedGate(limiter.renew)
        calls = [asyncio.ensure_future(gate.acquire()) for _ in range(3)]
        await until(lambda: sum(call.done() for call in calls) == 2)
        await asyncio.sleep(0.01)
        assert not calls[2].done()
        gate.release()
        await calls[2]

    asyncio.run(scene())


def test_it_asks_once_for_many_calls() -> None:
    async def scene() -> int:
        limiter = Limiter(100)
        gate = SharedGate(limiter.renew)
        for _ in range(500):
            gate.answered(await gate.acquire())
        return len(limiter.reports)

    assert asyncio.run(scene()) == 1


def test_who_tries_again_is_first() -> None:
    async def scene() -> List[str]:
        limiter, order = Limiter(1), []
        gate = SharedGate(limiter.renew)
        await gate.acquire()

        async def call(name: str, first: bool) -> None:
            await gate.acquire(first=first)
            order.append(name)
            gate.release()

        calls = [asyncio.ensure_future(call("new", False))]
        await asyncio.sleep(0)
        calls.append(asyncio.ensure_future(call("again", True)))
        await asyncio.sleep(0)
        gate.release()
        await asyncio.gather(*calls)
        return order

    assert asyncio.run(scene()) == ["again", "new"]


def test_a_refusal_is_told_at_once_and_stops_what_comes(monkeypatch: Any) -> None:
    monkeypatch.setattr(shared_gate, "RENEWED_EVERY", 60.0)

    async def scene() -> None:
        limiter = Limiter(3, 2)
        gate = SharedGate(limiter.renew)
        epochs = [await gate.acquire() for _ in range(3)]
        gate.refused(epochs[2], "Rate limit reached")
        waiting = asyncio.ensure_future(gate.acquire())
        await until(lambda: len(limiter.reports) == 2)
        report = limiter.reports[1]
        assert (report.refusals, report.in_flight, report.wanted) == (
            ((epochs[2], "Rate limit reached"),),
            2,
            3,
        )
        await asyncio.sleep(0.01)
        assert not waiting.done()
        gate.release()
        await waiting

    asyncio.run(scene())


def test_answers_at_a_full_gate_are_told(monkeypatch: Any) -> None:
    monkeypatch.setattr(shared_gate, "RENEWED_EVERY", 0.06)

    async def scene() -> List[int]:
        limiter = Limiter(1)
        gate = SharedGate(limiter.renew)
        for _ in range(3):
            gate.answered(await gate.acquire())
        await gate.acquire()
        await until(lambda: len(limiter.reports) == 3)
        return [report.answered for report in limiter.reports[:3]]

    assert asyncio.run(scene()) == [0, 3, 0]


def test_a_share_whose_time_is_up_lets_nobody_through(monkeypatch: Any) -> None:
    monkeypatch.setattr(shared_gate, "RENEWED_EVERY", 60.0)

    async def scene() -> bool:
        gate = SharedGate(Limiter(5, seconds=0.02).renew)
        await gate.acquire()
        await asyncio.sleep(0.03)
        call = asyncio.ensure_future(gate.acquire())
        await asyncio.sleep(0.01)
        return call.done()

    assert asyncio.run(scene()) is False


def test_what_nobody_needs_is_given_back() -> None:
    async def scene() -> Report:
        limiter = Limiter(5)
        gate = SharedGate(limiter.renew)
        gate.answered(await gate.acquire())
        await until(lambda: len(limiter.reports) == 2)
        return limiter.reports[1]

    assert asyncio.run(scene())[:2] == (0, 0)


def test_a_cancelled_call_takes_no_share() -> None:
    async def scene() -> None:
        gate = SharedGate(Limiter(1).renew)
        await gate.acquire()
        given_up = asyncio.ensure_future(gate.acquire())
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.sleep(0)
        gate.release()
        await asyncio.wait_for(gate.acquire(), 1)

    asyncio.run(scene())


def test_who_waits_is_told_why_there_is_no_share() -> None:
    async def renew(report: Report) -> Lease:
        raise OSError("no limiter")

    async def scene() -> None:
        with pytest.raises(OSError, match="no limiter"):
            await asyncio.wait_for(SharedGate(renew).acquire(), 1)

    asyncio.run(scene())
