"""Cleaning up is not interrupted, and no cancellation is lost."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, List

import pytest

from dsadapter._backends.io.cancellation import Progress, cancelled_once


class Work:
    """A request that waits, and cleans up in several turns of the loop when it is cancelled."""

    def __init__(self) -> None:
        self.progress = Progress()
        self.steps: List[str] = []
        self.gate: Any = None

    async def run(self) -> str:
        self.gate = asyncio.get_running_loop().create_future()
        try:
            await self.gate
            self.steps.append("answered")
            return "answer"
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            await asyncio.sleep(0.01)
            self.steps.append("cleaned up")
            raise


def test_a_result_and_an_error_pass_through() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("no")

    async def main() -> None:
        work = Work()
        task = asyncio.ensure_future(cancelled(work))
        await asyncio.sleep(0)
        work.gate.set_result(None)
        assert await task == "answer"
        with pytest.raises(ValueError, match="no"):
            await cancelled_once(fail(), Progress())

    asyncio.run(main())


async def cancelled(work: Work) -> Any:
    return await cancelled_once(work.run(), work.progress)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_cleaning_up_ends_whatever_comes_meanwhile(times: int) -> None:
    async def main() -> None:
        work = Work()
        task = asyncio.ensure_future(cancelled(work))
        await asyncio.sleep(0)
        for _ in range(times):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.steps == ["cleaned up"]

    asyncio.run(main())


def test_in_a_critical_moment_a_cancellation_waits() -> None:
    async def steps(work: Work) -> None:
        work.progress.critical = True
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        work.steps.append("connected and asked")
        work.progress.critical = False
        await work.run()

    async def main() -> None:
        work = Work()
        task = asyncio.ensure_future(cancelled_once_in_task(steps(work), work))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.steps == ["connected and asked", "cleaned up"]

    asyncio.run(main())


def test_a_cancellation_that_waited_leaves_a_lock_to_others() -> None:
    """A lock of anyio's goes to whoever waits for it, unless what it waits on was cancelled."""
    anyio = pytest.importorskip("anyio", reason="httpx and its anyio are not installed here")

    async def main() -> None:
        lock, progress = anyio.Lock(), Progress()

        async def waits_for_the_lock() -> None:
            progress.critical = True
            await asyncio.sleep(0.01)
            progress.critical = False
            await lock.acquire()

        await lock.acquire()
        task = asyncio.ensure_future(cancelled_in_task(waits_for_the_lock(), progress))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        lock.release()
        await asyncio.wait_for(lock.acquire(), 5)

    asyncio.run(main())


async def cancelled_in_task(coroutine: Any, progress: Progress) -> Any:
    return await cancelled_once(coroutine, progress)


async def cancelled_once_in_task(coroutine: Any, work: Work) -> Any:
    return await cancelled_once(coroutine, work.progress)


def test_a_cancellation_that_waited_until_the_end_hits_what_is_awaited_next() -> None:
    async def critical(work: Work) -> str:
        work.progress.critical = True
        await asyncio.sleep(0.01)
        return "answer"

    async def caller(work: Work) -> None:
        assert await cancelled_once(critical(work), work.progress) == "answer"
        work.steps.append("got it")
        await asyncio.sleep(10)

    async def main() -> None:
        work = Work()
        task = asyncio.ensure_future(caller(work))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
        assert work.steps == ["got it"]

    asyncio.run(main())


def test_an_error_of_a_critical_moment_does_not_hide_the_cancellation() -> None:
    async def critical(progress: Progress) -> None:
        progress.critical = True
        await asyncio.sleep(0.01)
        raise ValueError("broken")

    async def main() -> None:
        progress = Progress()
        task = asyncio.ensure_future(wrapped(critical(progress), progress))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def wrapped(coroutine: Any, progress: Progress) -> None:
        await cancelled_once(coroutine, progress)

    asyncio.run(main())


def test_while_connecting_anyio_cancels_its_own_task() -> None:
    """That is no cancellation of the caller's: what follows can be cancelled as before."""

    async def connect(work: Work) -> None:
        work.progress.connecting = True
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().call_soon(task.cancel)
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            work.steps.append("connected")
        work.progress.connecting = False
        await work.run()

    async def main() -> None:
        work = Work()
        task = asyncio.ensure_future(cancelled_once_in_task(connect(work), work))
        await asyncio.sleep(0.02)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=5)
        assert done
        assert work.steps == ["connected", "cleaned up"]

    asyncio.run(main())


async def connect(progress: Progress) -> None:
    progress.critical = True
    await asyncio.sleep(0.05)
    progress.critical = False


@pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio.timeout() is new in 3.11")
def test_a_timeout_of_the_caller_s_that_had_to_wait_is_a_timeout() -> None:
    async def main() -> None:
        progress = Progress()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await cancelled_once(connect(progress), progress)
                await asyncio.sleep(5)

    asyncio.run(main())


@pytest.mark.skipif(
    sys.version_info < (3, 11), reason="who awaits a task gets the message since 3.11"
)
def test_a_cancellation_that_had_to_wait_has_its_message() -> None:
    async def call(progress: Progress) -> None:
        await cancelled_once(connect(progress), progress)
        await asyncio.sleep(5)

    async def main() -> None:
        task = asyncio.ensure_future(call(Progress()))
        await asyncio.sleep(0)
        task.cancel("enough")
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert caught.value.args == ("enough",)

    asyncio.run(main())


def test_after_a_cancellation_that_waited_cleaning_up_is_not_interrupted() -> None:
    async def steps(work: Work) -> None:
        work.progress.critical = True
        await asyncio.sleep(0.01)
        work.progress.critical = False
        await work.run()

    async def main() -> None:
        work = Work()
        task = asyncio.ensure_future(cancelled_once_in_task(steps(work), work))
        await asyncio.sleep(0)
        task.cancel()
        while not work.gate:
            await asyncio.sleep(0)
        await asyncio.sleep(0)  # it cleans up
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.steps == ["cleaned up"]

    asyncio.run(main())
