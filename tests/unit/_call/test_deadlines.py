"""Timeouts, idle_timeout and deadline: what a call may set, and the clock behind it."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import textwrap
import threading
import time
import weakref
from math import inf
from typing import Any, List

import httpx
import pytest
from sample_calls import CALL
from scripted import prepared

import dsadapter
from dsadapter import OpenAI
from dsadapter._call import deadlines as deadlines_module
from dsadapter._call.deadlines import AsyncWatch, Deadlines, Watch, watch_sync
from dsadapter.testing.emulator import Emulator


@pytest.mark.parametrize(
    "params",
    [
        {"timeout": 0.2},
        {"timeout": httpx.Timeout(0.2)},
        {"timeout": (1, 0.2)},
        {"request_timeout": 0.2},
        {"request_timeout": 0.2, "timeout": 30},
        {"deadline": 0.2},
    ],
)
def test_the_timeout_of_a_call(client: OpenAI, emulator: Emulator, params: Any) -> None:
    emulator.fault("stall-before-headers")
    once = client.with_options(max_retries=0)
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        once.chat.completions.create(**CALL, **params)
    assert caught.value.bound == ("deadline" if "deadline" in params else "timeout")


@pytest.mark.parametrize(
    ("idle_timeout", "deadline", "later", "remaining"),
    [
        (600, inf, 0, 600),
        (600, inf, 100, 500),
        (600, inf, 700, 0),
        (inf, 30, 10, 20),
        (inf, 30, 30, 0),
        (10, 30, 5, 5),
        (inf, inf, 10**9, inf),
    ],
)
def test_what_remains(
    clock: Any, idle_timeout: float, deadline: float, later: float, remaining: float
) -> None:
    deadlines = Deadlines(idle_timeout, deadline, explicit=True)
    clock.now += later
    assert deadlines.remaining() == remaining
    assert deadlines.elapsed() == later


def test_data_moves_the_idle_timeout_and_not_the_deadline(clock: Any) -> None:
    deadlines = Deadlines(10, 25, explicit=True)
    clock.now += 9
    deadlines.last_data = clock.now
    assert deadlines.remaining() == 10
    clock.now += 9
    deadlines.last_data = clock.now
    assert deadlines.remaining() == 7
    assert deadlines.expires_at() == clock.now + 7


def test_a_pause_fits_before_the_deadline_or_not(clock: Any) -> None:
    deadlines = Deadlines(1, 10, explicit=True)
    clock.now += 4
    assert [deadlines.allows(seconds) for seconds in (0, 5.9, 6, 7)] == [True, True, False, False]
    assert Deadlines(1, inf, explicit=True).allows(1e9)
    error = deadlines.error_before(7)
    assert error.bound == "deadline"
    assert "deadline=10 s" in str(error) and "7.0 s" in str(error)


@pytest.mark.parametrize(
    ("later", "bound", "words"),
    [(30, "deadline", "deadline=30 s"), (29.9, "idle_timeout", "idle_timeout=10 s")],
)
def test_the_error_names_the_one_that_passed(
    clock: Any, later: float, bound: str, words: str
) -> None:
    deadlines = Deadlines(10, 30, explicit=True)
    clock.now += later
    error = deadlines.error()
    assert (error.bound, error.before_response) == (bound, False)
    assert words in str(error)


def test_a_stream_that_is_done_may_drain_for_a_moment(clock: Any) -> None:
    deadlines = Deadlines(600, inf, explicit=False)
    deadlines.drain()
    assert deadlines.draining
    assert 0 < deadlines.remaining() < 1
    clock.now += 1
    assert deadlines.remaining() == 0


# --- unset is not the same as no limit -----------------------------------------------------------

LIMITS: List[Any] = [
    # stream, settings, fields of the call, idle_timeout, deadline, explicit
    (True, {}, {}, 600, inf, False),
    (False, {}, {}, inf, inf, False),
    (True, {"idle_timeout": inf}, {}, inf, inf, True),
    (True, {}, {"idle_timeout": inf}, inf, inf, True),
    (True, {"idle_timeout": 30}, {"idle_timeout": inf}, inf, inf, True),
    (True, {"idle_timeout": inf}, {"idle_timeout": 30}, 30, inf, True),
    (True, {"deadline": 30}, {}, 600, 30, True),
    (True, {"deadline": 30}, {"deadline": inf}, 600, inf, True),
    (False, {"deadline": 30}, {"deadline": 5}, inf, 5, True),
]


@pytest.mark.parametrize(("stream", "settings", "fields", "idle", "deadline", "explicit"), LIMITS)
def test_limits_of_a_prepared_call(
    stream: bool, settings: Any, fields: Any, idle: float, deadline: float, explicit: bool
) -> None:
    deadlines = prepared(None, stream=stream, of_client=settings, **fields).deadlines
    assert (deadlines.idle_timeout, deadlines.deadline) == (idle, deadline)
    assert deadlines.explicit is explicit


def test_a_stream_without_limit_is_not_watched() -> None:
    call = prepared(None, stream=True, idle_timeout=inf)
    assert call.deadlines.expires_at() == call.deadlines.remaining() == inf
    assert watch_sync(call.deadlines, pytest.fail) is None
    unset = watch_sync(prepared(None, stream=True).deadlines, pytest.fail)
    assert unset is not None
    unset.cancel()


# --- watches -------------------------------------------------------------------------------------


def test_a_watch_aborts_once(clock: Any) -> None:
    aborts: List[str] = []
    watch = Watch(Deadlines(10, inf, explicit=True), lambda: aborts.append("abort"))
    watch.expire()
    watch.expire()
    assert aborts == ["abort"]
    assert watch.deadlines.expired


def test_a_cancelled_watch_does_not_abort() -> None:
    watch = Watch(Deadlines(10, inf, explicit=True), pytest.fail)
    watch.cancel()
    watch.expire()
    assert not watch.deadlines.expired


class Aborting:
    """Something that an abort holds."""

    def abort(self) -> None:
        pytest.fail("a cancelled watch aborts")


FORKING = """
    import os, threading
    from math import inf
    from dsadapter._call import deadlines
    from dsadapter._call.deadlines import Deadlines, watch_sync

    def hold_the_lock():
        with deadlines._watcher._changed:
            held.set()
            never.wait()

    held, never, aborted = (threading.Event() for _ in range(3))
    watch_sync(Deadlines(1000, inf, explicit=True), print)
    threading.Thread(target=hold_the_lock, daemon=True).start()
    held.wait()
    child = os.fork()
    if child:
        os._exit(os.waitpid(child, 0)[1])
    threading.Timer(20, os._exit, (1,)).start()
    watch_sync(Deadlines(inf, 0.01, explicit=True), aborted.set)
    print("aborted" if aborted.wait(10) else "hangs", flush=True)
    os._exit(0)
"""


def test_a_cancelled_watch_is_let_go_of() -> None:
    """A process that has made a million calls holds none of them."""
    aborts = Aborting()
    watch = watch_sync(Deadlines(1000, inf, explicit=True), aborts.abort)
    assert watch is not None
    watch.cancel()
    reference = weakref.ref(aborts)
    del watch, aborts
    gc.collect()
    assert reference() is None


def test_a_cancelled_async_watch_never_aborts() -> None:
    async def main() -> None:
        deadlines = Deadlines(inf, 0.01, explicit=True)
        AsyncWatch(deadlines, pytest.fail).cancel()
        await asyncio.sleep(0.03)
        assert not deadlines.expired

    asyncio.run(main())


def test_the_watch_thread_ends_some_time_after_its_last_call(monkeypatch: Any) -> None:
    monkeypatch.setattr(deadlines_module, "_LINGER", 0.01)
    watcher = deadlines_module._Watcher()
    monkeypatch.setattr(deadlines_module, "_watcher", watcher)
    for _ in range(2):  # a later call starts another
        watch = watch_sync(Deadlines(1000, inf, explicit=True), pytest.fail)
        assert watch is not None and watcher._thread is not None
        thread = watcher._thread
        watch.cancel()
        watch.reschedule()
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_keeps_its_deadlines() -> None:
    """The child has not the parent's watch thread: it starts its own."""
    parent = watch_sync(Deadlines(1000, inf, explicit=True), pytest.fail)
    code = textwrap.dedent(FORKING)
    result = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, timeout=60)
    assert parent is not None
    parent.cancel()
    assert result.stdout.split() == [b"aborted"]


def test_cancel_waits_for_an_abort_that_is_running() -> None:
    """Whoever has cancelled may hand the connection on."""
    aborting, go_on = threading.Event(), threading.Event()
    order: List[str] = []

    def abort() -> None:
        aborting.set()
        assert go_on.wait(10)
        order.append("aborted")

    watch = Watch(Deadlines(10, inf, explicit=True), abort)

    def cancel() -> None:
        watch.cancel()
        order.append("cancelled")

    threads = [threading.Thread(target=watch.expire), threading.Thread(target=cancel)]
    threads[0].start()
    assert aborting.wait(10)
    threads[1].start()
    threads[1].join(0.02)
    assert order == []
    assert watch.cancel(wait=False) is False  # a destructor does not wait, and touches nothing
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert order == ["aborted", "cancelled"]
    assert watch.cancel(wait=False) is True


def test_the_nearest_of_several_deadlines_comes_first() -> None:
    aborted = threading.Event()
    far = watch_sync(Deadlines(inf, 100, explicit=True), pytest.fail)
    near = watch_sync(Deadlines(inf, 0.01, explicit=True), aborted.set)
    assert aborted.wait(10)
    assert far and near and near.deadlines.expired and not far.deadlines.expired
    far.cancel()


def sleeping_for(watch: Any) -> Any:
    """The watch, once the thread sleeps until its deadline."""
    watcher, ends = watch.watcher, time.monotonic() + 10
    while watcher._wakes_at > watch.deadlines.expires_at() and time.monotonic() < ends:
        time.sleep(0.001)
    with watcher._changed:  # free while the thread sleeps
        return watch


def test_a_deadline_that_moves_closer_is_seen() -> None:
    aborted, deadlines = threading.Event(), Deadlines(inf, 100, explicit=True)
    watch = sleeping_for(watch_sync(deadlines, aborted.set))
    deadlines._ends = deadlines.started + 0.01
    watch.reschedule()
    assert aborted.wait(10)


def test_an_async_watch_aborts_or_is_cancelled() -> None:
    aborts: List[str] = []

    async def main() -> None:
        expiring = Deadlines(inf, 0.01, explicit=True)
        AsyncWatch(expiring, lambda: aborts.append("expired"))
        cancelled = AsyncWatch(Deadlines(inf, 0.01, explicit=True), pytest.fail)
        cancelled.cancel()
        unlimited = AsyncWatch(Deadlines(inf, inf, explicit=False), pytest.fail)
        unlimited.cancel()
        moved = Deadlines(inf, 100, explicit=True)
        watch = AsyncWatch(moved, lambda: aborts.append("moved"))
        moved._ends = moved.started
        watch.reschedule()
        while len(aborts) < 2:
            await asyncio.sleep(0.005)
        assert expiring.expired and moved.expired

    asyncio.run(asyncio.wait_for(main(), 10))
    assert sorted(aborts) == ["expired", "moved"]


def test_data_that_arrives_puts_an_async_watch_off(clock: Any) -> None:
    async def main() -> None:
        aborted = asyncio.Event()
        deadlines = Deadlines(0.01, inf, explicit=True)
        AsyncWatch(deadlines, aborted.set)
        deadlines.last_data += 0.01
        await asyncio.sleep(0.015)  # its first timer has fired, while the clock stands still
        assert not aborted.is_set() and not deadlines.expired
        clock.now += 1
        await asyncio.wait_for(aborted.wait(), 10)
        assert deadlines.expired

    asyncio.run(main())


def test_where_locks_are_replaced_another_thread_takes_over(monkeypatch: Any) -> None:
    """gevent does so: who waits for a lock of before stops all greenlets."""
    aborted = threading.Event()
    before = watch_sync(Deadlines(10, inf, explicit=True), pytest.fail)
    assert before is not None
    lock = threading.Lock
    monkeypatch.setattr(threading, "Lock", lambda: lock())
    after = watch_sync(Deadlines(0.01, inf, explicit=True), aborted.set)
    assert after is not None
    assert after.watcher is not before.watcher
    assert aborted.wait(10)
    assert before.cancel()
    assert not before.watcher._watches
    assert after.cancel()


def test_a_stream_drains_once_its_last_word_was_said(clock: Any) -> None:
    deadlines = Deadlines(100, inf, explicit=False)
    assert not deadlines.draining
    deadlines.drain()
    assert deadlines.draining


def test_a_nearer_deadline_wakes_the_thread_that_sleeps_for_a_farther_one() -> None:
    far = sleeping_for(watch_sync(Deadlines(inf, 100, explicit=True), pytest.fail))
    aborted = threading.Event()
    near = watch_sync(Deadlines(inf, 0.01, explicit=True), aborted.set)
    assert aborted.wait(10)
    assert near is not None
    far.cancel()
