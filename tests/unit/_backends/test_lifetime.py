"""Which backend object serves a call: forks, event loops, closing, dropping."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import Any, List

import pytest

from dsadapter._backends import lifetime
from dsadapter._backends.lifetime import AsyncHolder, SyncHolder
from dsadapter._backends.selection import Selection
from dsadapter._errors.tree import OpenAIError


class Fake:
    """A backend, sync or async, that counts how often it was closed."""

    name = "fake"
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
    assert seen == [loaded[0]] * 4
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
    assert (parent.closed, child.closed) == (0, 1)  # the parent's sockets are not the child's


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


# --- event loops ---------------------------------------------------------------------------------


def test_each_event_loop_has_a_backend_that_ends_with_it(
    load_async: Any, loaded: List[Any]
) -> None:
    holder = AsyncHolder(load_async)

    async def main() -> Any:
        backend = holder.backend()
        assert holder.backend() is backend
        assert backend.closed == 0
        return backend

    first, second = asyncio.run(main()), asyncio.run(main())
    assert [first, second] == loaded  # the one that was loaded to begin with serves the first loop
    assert [backend.closed for backend in loaded] == [1, 1]


def test_an_http_client_of_the_caller_s_serves_every_loop(
    load_async: Any, loaded: List[Any]
) -> None:
    holder = AsyncHolder(load_async, closes_itself=False)

    async def main() -> Any:
        return holder.backend()

    assert asyncio.run(main()) is asyncio.run(main()) is loaded[0]
    assert loaded[0].closed == 0
    asyncio.run(holder.close())
    assert loaded[0].closed


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
        assert first.closed == 1
        assert holder.backend() is not first

    asyncio.run(main())
    assert [backend.closed for backend in loaded] == [1, 1]


# --- shared by all calls without a client --------------------------------------------------------


def test_calls_without_a_client_share_one_holder_for_each_backend(monkeypatch: Any) -> None:
    monkeypatch.setattr(lifetime, "_shared", {})
    selection = Selection("raw-requests", "any reason")
    shared = lifetime.shared_sync(selection)
    assert lifetime.shared_sync(selection._replace(reason="another")) is shared
    asynchronous = lifetime.shared_async(selection)
    assert lifetime.shared_async(selection) is asynchronous

    async def main() -> None:
        backend = asynchronous.backend()
        await lifetime.close_shared_async()
        assert asynchronous.backend() is not backend

    asyncio.run(main())
    shared.close()
