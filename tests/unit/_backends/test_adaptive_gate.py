"""The adaptive gate: what it lets through follows what the server answers."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any, List

import pytest

from dsadapter._backends import gate as gates
from dsadapter._backends.adaptive_gate import AdaptiveGate, Admission
from dsadapter._backends.base import Operation
from dsadapter._backends.limiter import FIRST_LIMIT, HIGHEST_LIMIT
from dsadapter._errors.tree import APITimeoutError

HASTY = Operation("GET", "http://127.0.0.1:9", {}, None, 1.0, 0.05)
TEXT = "Your current concurrency is 9, which exceeds your concurrency limit of 3 of this account"


def full(gate: AdaptiveGate) -> List[Admission]:
    """Calls up to the limit."""
    admissions = []
    while not gate.limiter.is_full:
        gate.wait(HASTY)
        admissions.append(gate.admission())
    return admissions


def answer(admission: Admission, status: int) -> None:
    admission.status = status
    admission.release()


def test_it_begins_low_and_is_never_wider_than_the_files_allow(monkeypatch: Any) -> None:
    assert AdaptiveGate(5).limiter.limit == 5
    monkeypatch.setattr(gates, "file_limit", lambda: None)
    gate = AdaptiveGate()
    assert (gate.limiter.limit, gate.width) == (FIRST_LIMIT, HIGHEST_LIMIT)
    monkeypatch.setattr(gates, "file_limit", lambda: 64)
    assert AdaptiveGate().limiter.highest == 32


def test_answers_raise_the_limit() -> None:
    gate = AdaptiveGate()
    for admission in full(gate):
        answer(admission, 200)
        gate.wait(HASTY)
        gate.admission()
    assert gate.limiter.limit > FIRST_LIMIT


def test_the_text_of_a_429_is_the_limit_and_counts_once_for_calls_sent_together() -> None:
    gate = AdaptiveGate()
    admissions = full(gate)
    for admission in admissions[:5]:
        answer(admission, 429)
        admission.refused(TEXT)
    assert gate.limiter.limit == 3
    assert gate.limiter.in_flight == FIRST_LIMIT - 5
    for admission in admissions[5:]:
        answer(admission, 200)
    assert gate.limiter.in_flight == 0


@pytest.mark.parametrize("status", [None, 500, 503])
def test_a_failure_says_nothing_about_the_limit(status: Any) -> None:
    gate = AdaptiveGate()
    for admission in full(gate):
        answer(admission, status)
    assert (gate.limiter.limit, gate.limiter.in_flight) == (FIRST_LIMIT, 0)


def test_who_waits_too_long_is_told_what_for_and_leaves_no_trace() -> None:
    gate = AdaptiveGate(2)
    admissions = full(gate)
    with pytest.raises(APITimeoutError, match="2 calls at once are what") as raised:
        gate.wait(HASTY)
    assert "deadline" in str(raised.value.hint)
    for admission in admissions:
        answer(admission, 200)
    assert not gate.waiting
    assert gate.limiter.in_flight == 0


def test_threads_pass_in_order_and_all_of_them() -> None:
    gate, passed = AdaptiveGate(1), []
    first = full(gate)[0]
    patient = HASTY._replace(read=None)

    def call(number: int) -> None:
        gate.wait(patient)
        passed.append(number)
        answer(gate.admission(), 200)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(20)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(gate.waiting) <= number:
            time.sleep(0.001)
    answer(first, 200)
    for thread in threads:
        thread.join()
    assert passed == list(range(20))
    assert gate.limiter.in_flight == 0


def test_a_call_that_is_cancelled_while_it_waits_takes_no_place() -> None:
    async def run() -> None:
        gate = AdaptiveGate(1)
        patient = HASTY._replace(read=None)
        await gate.wait_async(patient)
        first = gate.admission()
        waiting = asyncio.ensure_future(gate.wait_async(patient))
        let_through = asyncio.ensure_future(gate.wait_async(patient))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.sleep(0)
        answer(first, 200)
        let_through.cancel()  # in the moment in which it is let through
        await asyncio.gather(waiting, let_through, return_exceptions=True)
        await asyncio.sleep(0)
        assert gate.limiter.in_flight == 0
        assert not gate.waiting

    asyncio.run(run())


def test_an_end_in_the_middle_of_an_end_is_not_waited_for(monkeypatch: Any) -> None:
    """As a destructor does it that the garbage collector runs there."""
    gate = AdaptiveGate(2)
    first, second = full(gate)
    tell = gate._tell_limiter
    monkeypatch.setattr(gate, "_tell_limiter", lambda ended: (second.release(), tell(ended)))
    monkeypatch.setattr(second, "release", lambda done=[]: done or answer_once(done, second))
    answer(first, 200)
    assert gate.limiter.in_flight == 0


def answer_once(done: List[int], admission: Admission) -> None:
    done.append(1)
    type(admission).release(admission)
