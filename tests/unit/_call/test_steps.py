"""The steps of a call: sending under a deadline, reading, closing."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextvars import ContextVar
from importlib import import_module
from types import SimpleNamespace
from typing import Any, List, Optional

import pytest
from failures import eventually, refused
from scripted import Answer, AsyncAnswer, AsyncBackend, Scripted, Side, prepared

import dsadapter
from dsadapter._call import steps

pytestmark = pytest.mark.usefixtures("pauses")


class Slow:
    """A backend that answers when it is told to."""

    name = "slow"
    per_thread = False

    def __init__(self) -> None:
        self.go = threading.Event()
        self.answer = Answer()

    def send(self, op: Any) -> Answer:
        assert self.go.wait(10)
        return self.answer


def slow() -> Any:
    scripted = Scripted()
    scripted.client._holder._backend = Slow()
    return scripted


def test_a_late_answer_that_nobody_waits_for_is_closed() -> None:
    scripted = slow()
    backend = scripted.client._holder._backend
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        scripted.chat(deadline=0.02)
    assert caught.value.bound == "deadline"
    backend.go.set()
    assert eventually(lambda: backend.answer.closed)


def test_an_interrupt_abandons_the_send(monkeypatch: Any) -> None:
    scripted = slow()
    backend = scripted.client._holder._backend

    def result(future: Any, timeout: Any = None) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(import_module("concurrent.futures").Future, "result", result)
        with pytest.raises(KeyboardInterrupt):
            scripted.chat(deadline=10)
    backend.go.set()
    assert eventually(lambda: backend.answer.closed)


def test_socket_timeouts_end_just_behind_a_deadline() -> None:
    scripted = Scripted(Answer(), Answer(), Answer())
    scripted.chat(deadline=7)
    scripted.chat(idle_timeout=7, timeout=3)
    scripted.chat()
    limits = [(op.connect, op.read) for op in scripted.sent]
    assert limits[0][0] == 5
    assert 6 < limits[0][1] < 8
    assert limits[1:] == [(3, 3), (5, 600)]
    short = Scripted(Answer())
    short.chat(deadline=2)
    assert 1 < short.sent[0].connect < 3


# --- sending -------------------------------------------------------------------------------------


class Refusing:
    """A backend that raises; ``per_thread``: its connections belong to the calling thread."""

    name = "refusing"

    def __init__(self, error: BaseException, *, per_thread: bool = True) -> None:
        self.error = error
        self.per_thread = per_thread

    def send(self, op: Any) -> Any:
        raise self.error


def operation_sent(side: Side, **options: Any) -> Any:
    call = side.call(side.answer(), **options)
    assert side.do(steps.Send(call.operation), call) is call.holder.backend().answers[0]
    return call.holder.backend().sent[0]


def test_without_a_deadline_a_request_is_sent_as_it_is(side: Side) -> None:
    op = operation_sent(side)
    assert (op.connect, op.read) == (5, 600)


def test_a_deadline_ends_a_send_that_hangs(side: Side) -> None:
    call, answered = side.call(deadline=0.02), threading.Event()

    def hang(op: Any) -> Any:
        if side.loop is None:
            assert answered.wait(10)
            return Answer()
        return asyncio.sleep(10)

    call.holder.backend().send = hang
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        side.do(steps.Send(call.operation), call)
    answered.set()
    assert caught.value.bound == "deadline"
    assert "0.02 s" in str(caught.value)


def sent_in_a_task(cancelled_after: Optional[float] = None, **limits: float) -> Any:
    """The task, at its end, and the call of a request that hangs under these limits."""

    async def run() -> Any:
        call = prepared(AsyncBackend([]), **limits)
        call.holder.backend().send = lambda op: asyncio.sleep(10)
        task: Any = asyncio.ensure_future(steps.Send(call.operation).arun(call))
        if cancelled_after is not None:
            asyncio.get_running_loop().call_later(cancelled_after, task.cancel)
        await asyncio.wait([task], timeout=20)
        return task, call

    return asyncio.run(run())


def test_a_cancellation_by_others_is_none_of_the_deadline() -> None:
    task, _ = sent_in_a_task(0.01, deadline=10)
    assert task.cancelled()


def test_a_deadline_takes_its_own_cancellation_back() -> None:
    """Python 3.11 counts them; and another attempt has the whole idle_timeout."""
    for limits in ({"deadline": 0.01}, {"idle_timeout": 0.01}):
        task, call = sent_in_a_task(**limits)
        assert isinstance(task.exception(), dsadapter.APITimeoutError)
        assert getattr(task, "cancelling", int)() == 0
        assert not call.deadlines.expired


def answered_late(put_off: bool, cancelled_as_well: bool) -> Any:
    """The task of a send that answers though it is cancelled, and its answer. As httpx needs it the
    cancellation is put off until the next await."""
    answer = AsyncAnswer()

    async def send(op: Any) -> Any:
        task: Any = asyncio.current_task()
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            if put_off:
                getattr(task, "uncancel", int)()
                task.cancel()
        if cancelled_as_well:
            task.cancel()
        return answer

    async def run() -> Any:
        call = prepared(AsyncBackend([]), deadline=0.01)
        call.holder.backend().send = send
        task: Any = asyncio.ensure_future(steps.Send(call.operation).arun(call))
        await asyncio.wait([task], timeout=20)
        return task

    return asyncio.run(run()), answer


@pytest.mark.parametrize("put_off", [True, False])
def test_a_cancellation_that_is_put_off_is_the_deadline_s_all_the_same(put_off: bool) -> None:
    """It would end whatever the caller awaits next."""
    task, answer = answered_late(put_off, cancelled_as_well=False)
    assert isinstance(task.exception(), dsadapter.APITimeoutError)
    assert getattr(task, "cancelling", int)() == 0
    assert answer.closed


@pytest.mark.skipif(sys.version_info < (3, 11), reason="cancellations are not counted")
def test_a_cancellation_by_others_comes_before_a_deadline() -> None:
    task, answer = answered_late(put_off=True, cancelled_as_well=True)
    assert task.cancelled()
    assert answer.closed


def test_nothing_is_sent_on_an_event_loop_when_the_deadline_has_passed(clock: Any) -> None:
    backend = AsyncBackend([AsyncAnswer()])
    call = prepared(backend, deadline=5)
    clock.now += 5
    with pytest.raises(dsadapter.APITimeoutError):
        asyncio.run(steps.Send(call.operation).arun(call))
    assert backend.sent == []


def test_an_error_of_a_send_under_a_deadline_is_raised_as_it_is(side: Side) -> None:
    error = refused()
    call = side.call(error, deadline=30)
    with pytest.raises(dsadapter.APIConnectionError) as caught:
        side.do(steps.Send(call.operation), call)
    assert caught.value is error


def test_a_socket_timeout_behind_the_deadline_is_the_deadline_s(clock: Any) -> None:
    timeout = dsadapter.APITimeoutError("Request timed out.")
    call = prepared(Refusing(timeout), deadline=5)
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        steps.Send(call.operation).run(call)
    assert caught.value is timeout  # the deadline has not passed
    clock.now += 5
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        steps.Send(call.operation).run(call)
    assert caught.value.bound == "deadline"
    assert caught.value.__cause__ is timeout


def test_a_send_under_a_deadline_sees_the_context_of_its_caller() -> None:
    variable: ContextVar[str] = ContextVar("variable", default="unset")
    call = prepared(Refusing(refused()), deadline=5)
    backend = call.holder.backend()
    backend.per_thread = False
    backend.send = lambda op: (variable.get(), threading.current_thread())
    variable.set("of the caller")
    value, thread = steps.Send(call.operation).run(call)
    assert value == "of the caller"
    assert thread is not threading.current_thread()


# --- reading and closing -------------------------------------------------------------------------


def test_a_body_is_read_to_its_end(side: Side) -> None:
    call = side.call()
    body = steps.OpenBody(side.answer([b"a", b"b"]))
    read = [side.do(steps.ReadNext(body), call) for _ in range(3)]
    assert read == [b"a", b"b", None]


def test_an_error_of_a_body_is_raised_as_it_is(side: Side) -> None:
    error = refused()
    body = steps.OpenBody(side.answer([b"a", error]))
    call = side.call()
    assert side.do(steps.ReadNext(body), call) == b"a"
    with pytest.raises(dsadapter.APIConnectionError) as caught:
        side.do(steps.ReadNext(body), call)
    assert caught.value is error


@pytest.mark.parametrize("chunks_read", [0, 1])
def test_a_body_is_closed_once(side: Side, chunks_read: int) -> None:
    call = side.call(deadline=30)
    answer = side.answer([b"a", b"b"])
    body = steps.OpenBody(answer)
    for _ in range(chunks_read):
        side.do(steps.ReadNext(body), call)
    for _ in range(3):
        side.do(steps.CloseBody(body), call)
    assert (answer.closed, answer.aborted) == (1, False)


class Interleaved(steps.OpenBody):
    """Something happens between a thread's question whether one reads and what it does then."""

    meanwhile: Any = None
    _reading = False

    @property
    def reading(self) -> bool:  # type: ignore[override]
        answer, meanwhile, self.meanwhile = self._reading, self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return answer

    @reading.setter
    def reading(self, value: bool) -> None:
        self._reading = value


def test_who_begins_to_read_while_another_thread_closes_waits_for_nothing() -> None:
    call, answer = prepared(None), Answer([b"a", b"b"])
    body = Interleaved(answer)

    def read() -> None:
        with pytest.raises(dsadapter.APIConnectionError, match="was closed"):
            steps.ReadNext(body).run(call)

    body.meanwhile = read
    steps.CloseBody(body).run(call)
    assert (answer.closed, next(body.source)) == (1, b"a")


def test_who_is_closed_before_it_reads_lets_go_itself() -> None:
    call, answer = prepared(None), Answer([b"a", b"b"])
    body = steps.OpenBody(answer)
    body.reading = True  # it says so first
    steps.CloseBody(body).run(call)
    assert (answer.closed, answer.aborted) == (0, True)
    with pytest.raises(dsadapter.APIConnectionError, match="was closed"):
        steps.ReadNext(body).run(call)
    steps.CloseBody(body).run(call)
    assert (answer.closed, next(body.source)) == (1, b"a")


def test_an_async_close_in_the_middle_ends_the_source() -> None:
    ended = []

    class Reading(AsyncAnswer):
        async def chunks(self) -> Any:
            try:
                yield b"a"
                yield b"b"
            finally:
                ended.append(True)

    async def main() -> None:
        call = prepared(None)
        body = steps.OpenBody(Reading())
        assert await steps.ReadNext(body).arun(call) == b"a"
        await steps.CloseBody(body).arun(call)
        assert ended == [True]

    asyncio.run(main())


def test_a_deadline_wakes_a_reader() -> None:
    answer = Answer()
    woken = threading.Event()
    answer.chunks = lambda: iter(lambda: b"" if woken.wait(10) else None, b"")  # type: ignore
    answer.abort = woken.set  # type: ignore[method-assign]
    call = prepared(None, deadline=0.02)
    body = steps.OpenBody(answer)
    assert steps.ReadNext(body).run(call) is None
    assert call.deadlines.expired
    steps.CloseBody(body).run(call)


def test_a_closed_body_is_not_aborted_when_its_deadline_passes(side: Side, clock: Any) -> None:
    call = side.call(deadline=30)
    answer = side.answer([b"a", b"b"])
    body = steps.OpenBody(answer)
    side.do(steps.ReadNext(body), call)
    watch = body.watch
    side.do(steps.CloseBody(body), call)
    clock.now += 31
    if side.loop is None:
        watch.expire()
    else:
        side.loop.run_until_complete(asyncio.sleep(0))
    assert not answer.aborted
    assert not call.deadlines.expired


def test_a_dropped_body_is_closed_on_the_running_loop() -> None:
    answer = AsyncAnswer([b"a"])

    async def main() -> None:
        body = steps.OpenBody(answer)
        for _ in range(2):
            steps.CloseBody(body).later()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(main())
    assert (answer.closed, answer.aborted) == (1, False)


def test_a_body_dropped_outside_of_any_loop_is_torn_down() -> None:
    answer = AsyncAnswer([b"a"])
    body = steps.OpenBody(answer)
    steps.CloseBody(body).later()
    assert (answer.closed, answer.aborted) == (0, True)


def test_others_run_between_the_blocks_of_one_packet() -> None:
    order = []

    async def other() -> None:
        order.append("other")

    async def main() -> None:
        waiting = asyncio.ensure_future(other())
        await steps.Breathe().arun(prepared(None, deadline=30))
        order.append("breathed")
        await waiting

    asyncio.run(main())
    assert order == ["other", "breathed"]


def test_who_reads_while_another_task_closes_is_told() -> None:
    async def main() -> None:
        call, answer = prepared(None), AsyncAnswer([b"a", b"b"])
        body = steps.OpenBody(answer)
        body.reading = True
        await steps.CloseBody(body).arun(call)
        assert (answer.closed, answer.aborted) == (0, True)
        with pytest.raises(dsadapter.APIConnectionError, match="was closed"):
            await steps.ReadNext(body).arun(call)
        await steps.CloseBody(body).arun(call)
        assert answer.closed == 1

    asyncio.run(main())


@pytest.mark.parametrize("watched", [True, False])
def test_deadlines_that_moved_closer_are_told_to_who_watches(watched: bool) -> None:
    told: List[bool] = []
    body = steps.OpenBody(Answer())
    if watched:
        body.watch = SimpleNamespace(reschedule=lambda: told.append(True))
    body.reschedule()
    assert told == [True] * watched
