"""Which backend object serves a call: forks, event loops, closing, dropping."""

from __future__ import annotations

import asyncio
import errno
import gc
import threading
from math import inf
from typing import Any, List

import pytest
from no_loop import bare

from dsadapter._backends import lifetime
from dsadapter._backends.base import Operation
from dsadapter._backends.gate import Gate
from dsadapter._backends.lifetime import AsyncHolder, GatedAsync, GatedSync, SyncHolder
from dsadapter._errors.tree import (
    APIConnectionError,
    APITimeoutError,
    BackendUnavailableError,
    OpenAIError,
)
from dsadapter._headers import Headers


class Fake:
    """A backend, sync or async, that counts how often it was closed."""

    name = "fake"
    pool_size = 1
    per_thread = False

    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


class AsyncFake(Fake):
    async def close(self) -> None:  # type: ignore[override]
        super().close()


@pytest.fixture()
def loaded() -> List[Any]:
    """The backends that were loaded, in order."""
    return []


@pytest.fixture()
def load(loaded: List[Any]) -> Any:
    return lambda: loaded.append(Fake()) or loaded[-1]


@pytest.fixture()
def load_async(loaded: List[Any]) -> Any:
    return lambda: loaded.append(AsyncFake()) or loaded[-1]


def test_one_backend_for_all_threads(load: Any, loaded: List[Any]) -> None:
    holder, seen = SyncHolder(load), []
    threads = [threading.Thread(target=lambda: seen.append(holder.backend())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [holder.backend()] * 4
    assert (holder.name, len(loaded)) == ("fake", 1)


def test_a_fork_has_a_backend_of_its_own(load: Any, loaded: List[Any], monkeypatch: Any) -> None:
    holder = SyncHolder(load)
    parent = holder.backend()
    pid = lifetime.os.getpid()
    monkeypatch.setattr(lifetime.os, "getpid", lambda: pid + 1)
    child = holder.backend()
    assert child is not parent
    assert holder.backend() is child
    del holder
    gc.collect()
    assert [backend.closed for backend in loaded] == [
        0,
        1,
    ]  # the parent's sockets are not the child's


def test_a_closed_holder_raises_and_names_the_next_step(load: Any, loaded: List[Any]) -> None:
    holder = SyncHolder(load)
    holder.close()
    assert loaded[0].closed == 1
    with pytest.raises(OpenAIError, match="has been closed") as caught:
        holder.backend()
    assert "new client" in str(caught.value.hint)


@pytest.mark.parametrize(("closes_itself", "closed"), [(True, 1), (False, 0)])
def test_a_dropped_holder_closes_its_own_backend_only(
    load: Any, loaded: List[Any], closes_itself: bool, closed: int
) -> None:
    holder = SyncHolder(load, closes_itself=closes_itself)
    del holder
    gc.collect()
    assert loaded[0].closed == closed


# --- pools behind the gate -----------------------------------------------------------------------


class FakeReply:
    """A reply of the backend that it names."""

    status, headers, content_encoding = 200, Headers(), ""

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self.closed = 0

    def chunks(self) -> Any:
        return iter((b"",))

    def abort(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        self.closed += 1


class Sending(Fake):
    pool_size = 2

    def send(self, op: Operation) -> FakeReply:
        if op.method == "FAIL":
            raise OSError("no way")
        return FakeReply(self)


OPERATION = Operation("GET", "http://127.0.0.1:9", {}, None, 1.0, 0.05)


def sending(loaded: List[Any], width: int) -> GatedSync:
    return GatedSync(lambda: loaded.append(Sending()) or loaded[-1], lambda: Gate(width))


def pool_of(reply: Any, loaded: List[Any]) -> int:
    return loaded.index(reply._reply.backend)


def test_calls_are_spread_over_pools_the_least_busy_first(loaded: List[Any]) -> None:
    gated = sending(loaded, 6)
    replies = [gated.send(OPERATION) for _ in range(6)]
    assert [pool_of(reply, loaded) for reply in replies] == [0, 0, 1, 1, 2, 2]
    replies[3].close()
    assert pool_of(gated.send(OPERATION), loaded) == 1
    assert len(loaded) == 3


def test_an_open_reply_counts_and_a_closed_dropped_or_failed_one_does_not(
    loaded: List[Any],
) -> None:
    gated = sending(loaded, 1)
    reply = gated.send(OPERATION)
    with pytest.raises(APITimeoutError, match="none of 1 connections"):
        gated.send(OPERATION)
    reply.close()
    reply.close()  # counts once
    dropped = gated.send(OPERATION)
    with pytest.raises(APITimeoutError):
        gated.send(OPERATION)
    del dropped
    gc.collect()
    with pytest.raises(OSError, match="no way") as kept:
        gated.send(OPERATION._replace(method="FAIL"))
    assert gated.send(OPERATION).status == 200
    assert kept.value.__traceback__  # whose frames hold what failed
    assert len(loaded) == 1


def test_closing_closes_every_pool_and_every_open_reply(loaded: List[Any]) -> None:
    gated = sending(loaded, 4)
    replies = [gated.send(OPERATION) for _ in range(3)]
    gated.close()
    assert [backend.closed for backend in loaded] == [1, 1]
    assert [reply._reply.closed for reply in replies] == [1, 1, 1]


# --- event loops ---------------------------------------------------------------------------------


def test_each_event_loop_has_a_backend_that_ends_with_it(
    load_async: Any, loaded: List[Any]
) -> None:
    holder = AsyncHolder(load_async)

    async def main() -> Any:
        backend = holder.backend()
        assert holder.backend() is backend
        assert loaded[-1].closed == 0
        return backend

    first, second = asyncio.run(main()), asyncio.run(main())
    assert first is not second
    assert len(loaded) == 2  # the one that was loaded to begin with serves the first loop
    assert [backend.closed for backend in loaded] == [1, 1]


def test_an_http_client_of_the_caller_s_serves_every_loop(
    load_async: Any, loaded: List[Any]
) -> None:
    holder = AsyncHolder(load_async, closes_itself=False)

    async def main() -> Any:
        return holder.backend()

    assert asyncio.run(main()) is asyncio.run(main())
    assert len(loaded) == 1
    assert loaded[0].closed == 0
    asyncio.run(holder.close())
    assert loaded[0].closed


@pytest.mark.parametrize(("pool_size", "at_once"), [(1000, False), (inf, True)])
def test_of_a_caller_s_client_the_calls_begin_at_once(pool_size: float, at_once: bool) -> None:
    """It may serve several loops, so no turns of one loop are counted."""

    class Counting(AsyncFake):
        sent = 0

        async def send(self, op: Any) -> Any:
            self.sent += 1
            return FakeReply(self)

    backend = Counting()
    backend.pool_size = pool_size  # type: ignore[assignment]
    gated = GatedAsync(lambda: backend)

    async def main() -> int:
        calls = [asyncio.ensure_future(gated.send(OPERATION)) for _ in range(20)]
        await asyncio.sleep(0)
        begun = backend.sent
        for reply in await asyncio.gather(*calls):
            reply.abort()
        return begun

    assert (asyncio.run(main()) == 20) is at_once


def test_a_closed_async_holder_raises(load_async: Any, loaded: List[Any]) -> None:
    async def main() -> None:
        holder = AsyncHolder(load_async)
        holder.backend()
        await holder.close()
        await holder.close()
        with pytest.raises(OpenAIError, match="has been closed"):
            holder.backend()

    asyncio.run(main())
    assert [backend.closed for backend in loaded] == [1]


def test_an_async_holder_that_was_never_used_closes_what_it_made(
    load_async: Any, loaded: List[Any]
) -> None:
    asyncio.run(AsyncHolder(load_async).close())
    assert [backend.closed for backend in loaded] == [1]


def test_a_loop_that_was_released_opens_anew(load_async: Any, loaded: List[Any]) -> None:
    async def main() -> None:
        holder = AsyncHolder(load_async)
        first = holder.backend()
        await holder.release_loop()
        assert loaded[0].closed == 1
        assert holder.backend() is not first

    asyncio.run(main())
    assert [backend.closed for backend in loaded] == [1, 1]


def test_without_an_event_loop_a_holder_says_so(load_async: Any) -> None:
    for closes_itself in (True, False):
        with pytest.raises(BackendUnavailableError, match="asyncio's event loop"):
            AsyncHolder(load_async, closes_itself=closes_itself).backend()


def test_without_an_event_loop_only_a_callers_client_is_closed(
    load_async: Any, loaded: List[Any]
) -> None:
    for closes_itself in (True, False):
        holder = AsyncHolder(load_async, closes_itself=closes_itself)
        bare(holder.release_loop)
        bare(holder.close)
        assert holder.closed
    assert [backend.closed for backend in loaded] == [0, 1]


# --- shared by all calls without a client --------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError("no way"), "no way"),
        (OSError(errno.EMFILE, "Too many open files"), "too many open files"),
        (asyncio.CancelledError(), ""),
    ],
    ids=["failed", "out of files", "cancelled"],
)
def test_an_async_call_that_failed_does_not_count(error: BaseException, raised: str) -> None:
    class Failing(AsyncFake):
        pool_size = inf

        async def send(self, op: Any) -> Any:
            if op.method == "FAIL":
                raise error
            return FakeReply(self)

    async def main() -> None:
        gated = GatedAsync(Failing, lambda: Gate(1))
        with pytest.raises((OSError, APIConnectionError, asyncio.CancelledError)) as err:
            await gated.send(OPERATION._replace(method="FAIL"))
        assert raised in str(err.value)
        assert isinstance(err.value, APIConnectionError) is ("files" in raised)
        assert (await gated.send(OPERATION)).status == 200

    asyncio.run(main())


def test_closing_an_event_loop_s_backend_wakes_who_reads(loaded: List[Any]) -> None:
    aborted: List[int] = []

    class Reading(FakeReply):
        def abort(self) -> None:
            aborted.append(1)

        async def close(self) -> None:  # type: ignore[override]
            self.closed += 1

    class Answering(AsyncFake):
        pool_size = inf

        async def send(self, op: Any) -> Any:
            return Reading(self)

    async def main() -> None:
        gated = GatedAsync(lambda: loaded.append(Answering()) or loaded[-1], lambda: Gate(4))
        replies = [await gated.send(OPERATION) for _ in range(2)]
        await gated.close()
        assert (len(replies), aborted, [backend.closed for backend in loaded]) == (2, [1, 1], [1])
        await replies[0].close()
        assert [reply._reply.closed for reply in replies] == [1, 0]

    asyncio.run(main())
