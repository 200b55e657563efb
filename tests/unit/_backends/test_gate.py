"""The gate: so many at once, first come, first served, and nobody waits longer than he may."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
import threading
import time
from math import inf
from typing import Any, List

import pytest

from dsadapter._backends import gate as gates
from dsadapter._backends.base import POOL_SIZE, SLACK, Operation
from dsadapter._backends.gate import Gate, Pace, is_out_of_files, out_of_files
from dsadapter._errors.tree import APIConnectionError, APITimeoutError

PATIENT = Operation("GET", "http://127.0.0.1:9", {}, None, 1.0, None)


@pytest.mark.parametrize(
    ("asked", "files", "width"),
    [
        (None, None, POOL_SIZE),
        (None, 64, 32),
        (5, 64, 5),
        (500, 64, 32),
        (3000, None, 3000),
        (5, 1, 1),
        (1, 64, 1),
    ],
)
def test_how_wide_it_is(monkeypatch: Any, asked: Any, files: Any, width: int) -> None:
    monkeypatch.setattr(gates, "file_limit", lambda: files)
    gate = Gate(asked)
    assert gate.width == len(gate.free) == width


def test_the_file_limit_of_this_process() -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
        assert gates.file_limit() == 128
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("limit", [-1, sys.maxsize])
def test_no_file_limit(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sysconf", lambda name: limit, raising=False)
    assert gates.file_limit() is None
    monkeypatch.delattr(os, "sysconf")  # Windows
    assert gates.file_limit() is None


def test_threads_pass_in_the_order_in_which_they_came() -> None:
    gate, order = Gate(1), []
    gate.free.pop()

    def call(number: int) -> None:
        gate.wait(PATIENT)
        order.append(number)
        gate.release()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(20)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(gate.waiting) <= number:
            time.sleep(0.001)
    gate.release()
    for thread in threads:
        thread.join()
    assert order == list(range(20))
    assert len(gate.free) == 1


def test_nobody_is_lost_among_many_threads() -> None:
    gate, inside, most = Gate(3), [], []

    def call() -> None:
        for _ in range(200):
            gate.wait(PATIENT)
            inside.append(None)
            most.append(len(inside))
            inside.pop()
            gate.release()

    threads = [threading.Thread(target=call) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert max(most) <= 3
    assert (len(gate.free), len(gate.waiting)) == (3, 0)


@pytest.mark.parametrize("limit", ["read", "expires_at"])
def test_who_waits_too_long_leaves_the_queue(limit: str) -> None:
    gate = Gate(1)
    gate.free.pop()
    impatient = PATIENT._replace(
        **{"read": 0.02} if limit == "read" else {"expires_at": time.monotonic() + 0.02}
    )
    with pytest.raises(APITimeoutError, match="none of 1 connections became free") as raised:
        gate.wait(impatient)
    assert "max_connections" in str(raised.value.hint)
    with pytest.raises(APITimeoutError, match="none of 1 connections became free"):
        asyncio.run(gate.wait_async(impatient))
    assert not gate.waiting
    gate.release()
    assert len(gate.free) == 1


def test_the_time_that_was_waited_is_taken_off() -> None:
    gate = Gate(1)
    op = PATIENT._replace(connect=5.0, expires_at=time.monotonic() + 2)
    shortened = gate.wait(op)
    assert shortened.connect == shortened.read <= 2 + SLACK
    assert PATIENT.shortened() is PATIENT
    assert op._replace(expires_at=inf).shortened().connect == 5.0


def test_tasks_pass_in_order_and_cancelled_ones_take_no_turn() -> None:
    gate = Gate(1)
    order: List[int] = []

    async def call(number: int) -> None:
        await gate.wait_async(PATIENT)
        order.append(number)
        await asyncio.sleep(0)
        gate.release()

    async def main() -> None:
        gate.free.pop()
        tasks = [asyncio.ensure_future(call(number)) for number in range(10)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        gate.release()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(main())
    assert order == [1, 3, 5, 7, 9]
    assert (len(gate.free), len(gate.waiting)) == (1, 0)


def test_a_turn_that_comes_with_the_cancellation_goes_to_the_next() -> None:
    gate = Gate(1)

    async def main() -> None:
        gate.free.pop()
        first = asyncio.ensure_future(gate.wait_async(PATIENT))
        second = asyncio.ensure_future(gate.wait_async(PATIENT))
        await asyncio.sleep(0)
        gate.release()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await asyncio.wait([second], timeout=5)
        assert second.done()

    asyncio.run(main())


def test_a_loop_that_was_closed_holds_nobody_up() -> None:
    gate = Gate(1)
    gate.free.pop()
    loop = asyncio.new_event_loop()
    coroutine = gate.wait_async(PATIENT)
    task = loop.create_task(coroutine)
    loop.run_until_complete(asyncio.sleep(0))
    task._log_destroy_pending = False  # type: ignore[attr-defined]
    loop.close()
    gate.release()
    assert (len(gate.free), len(gate.waiting)) == (1, 0)
    coroutine.close()


# --- too many open files -------------------------------------------------------------------------


def wrapped(inner: BaseException) -> BaseException:
    outer = OSError("All connection attempts failed")
    outer.__cause__ = inner
    last = RuntimeError("somebody's own")
    last.__context__ = outer
    return last


@pytest.mark.parametrize(
    ("err", "answer"),
    [
        (OSError(errno.EMFILE, "Too many open files"), True),
        (wrapped(OSError(errno.ENFILE, "Too many open files in system")), True),
        (ConnectionError("aborted", OSError(errno.EMFILE, "Too many open files")), True),
        (OSError(errno.ECONNREFUSED, "Connection refused"), False),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), False),
        (RuntimeError("other"), False),
    ],
)
def test_what_stands_behind_an_error(err: BaseException, answer: bool) -> None:
    assert is_out_of_files(err) is answer


def test_a_look_up_that_failed_because_there_was_no_file(monkeypatch: Any) -> None:
    err = wrapped(OSError(errno.EBUSY, "Device or resource busy"))
    assert not is_out_of_files(err)

    def refuse(*_: Any) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(gates.os, "open", refuse)
    assert is_out_of_files(err)


def test_the_error_gives_the_limit_and_the_next_step(monkeypatch: Any) -> None:
    monkeypatch.setattr(gates, "file_limit", lambda: 64)
    err = out_of_files()
    assert isinstance(err, APIConnectionError)
    assert "64" in err.message
    assert "`ulimit -n`" in str(err.hint)


# --- how many begin in one turn of an event loop -------------------------------------------------


def test_few_calls_begin_in_each_turn_and_in_order() -> None:
    began: List[List[int]] = []  # by turn

    async def main() -> None:
        pace = Pace()

        async def call(number: int) -> None:
            await pace.turn()
            began[-1].append(number)

        tasks = [asyncio.ensure_future(call(number)) for number in range(100)]
        while not all(task.done() for task in tasks):
            began.append([])
            await asyncio.sleep(0)
        began.append([])
        await asyncio.wait_for(call(100), 5)  # and later ones wait for nothing

    asyncio.run(main())
    assert [number for numbers in began for number in numbers] == list(range(101))
    assert max(map(len, began)) <= 16


def test_a_cancelled_call_does_not_hold_up_the_others() -> None:
    async def main() -> None:
        pace = Pace()
        tasks = [asyncio.ensure_future(pace.turn()) for _ in range(40)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
        assert not any(task.cancelled() for task in tasks[1::2])
        await asyncio.wait_for(pace.turn(), 5)

    asyncio.run(main())


def test_who_is_interrupted_while_waiting_takes_no_turn(monkeypatch: Any) -> None:
    """Ctrl-C: the place in the queue is free again, and so is a turn that came just then."""
    gate = Gate(1)
    gate.free.pop()

    class Lock:
        waits = False

        def acquire(self, timeout: float = -1) -> bool:
            if timeout >= 0:
                raise KeyboardInterrupt
            return True

    with monkeypatch.context() as patch:
        patch.setattr(threading, "Lock", Lock)
        with pytest.raises(KeyboardInterrupt):
            gate.wait(PATIENT)
    assert not gate.waiting
    gate.release()
    assert len(gate.free) == 1


@pytest.mark.parametrize("files", [None, 1024])
def test_who_waits_too_long_is_told_the_limits(monkeypatch: Any, files: Any) -> None:
    monkeypatch.setattr(gates, "file_limit", lambda: files)
    gate = Gate(1)
    gate.free.pop()
    with pytest.raises(APITimeoutError) as raised:
        gate.wait(PATIENT._replace(read=0.001))
    hint = str(raised.value.hint)
    assert "(it is 1)" in hint if files is None else "ulimit -n`, which is 1024," in hint
