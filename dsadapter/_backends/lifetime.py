"""Which backend object serves a call: one per process, and for async one per event loop.

Sockets do not survive a fork, nor async ones their event loop; a client does.
"""

from __future__ import annotations

import os
import threading
import weakref
from typing import Any, AsyncGenerator, Callable, Dict, Optional, Tuple

from .._errors.tree import OpenAIError
from .base import AsyncBackend, SyncBackend
from .selection import Selection, load

LoadSync = Callable[[], SyncBackend]
LoadAsync = Callable[[], AsyncBackend]


def _closed() -> OpenAIError:
    return OpenAIError(
        "Cannot send a request, as the client has been closed.",
        hint="Make a new client, or leave the `with` block later",
    )


class SyncHolder:
    """Holds the backend of a sync client, and lets go of its connections in time."""

    def __init__(self, load: LoadSync, *, closes_itself: bool = True) -> None:
        """``load`` makes the backend; a caller's own HTTP client is the caller's to close."""
        self._load = load
        self._closes_itself = closes_itself
        self.closed = False
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        self._backend = self._load()
        self.name = self._backend.name
        self._pid = os.getpid()
        if self._closes_itself:  # dropped, or at exit without close()
            weakref.finalize(self, _close_in, self._pid, self._backend)

    def backend(self) -> SyncBackend:
        """The backend of this process; raises OpenAIError once closed."""
        if self.closed:
            raise _closed()
        if self._pid != os.getpid():
            with self._lock:
                if self._pid != os.getpid():
                    self._open()
        return self._backend

    def close(self) -> None:
        """Let go of all connections; further calls raise."""
        self.closed = True
        self._backend.close()


def _close_in(pid: int, backend: SyncBackend) -> None:
    if pid == os.getpid():  # a parent's connections are not the child's to close
        backend.close()


class AsyncHolder:
    """One backend per event loop, closed with the loop when nobody closed it before."""

    def __init__(self, load: LoadAsync, *, closes_itself: bool = True) -> None:
        """``load`` makes a backend; a caller's own HTTP client serves whatever loop it can."""
        self._load = load
        self._closes_itself = closes_itself
        self.closed = False
        self._lock = threading.Lock()
        self._first = load()
        self.name = self._first.name
        self._unused: Optional[AsyncBackend] = self._first
        self._by_loop: Dict[Any, Tuple[AsyncBackend, AsyncGenerator[None, None]]] = {}

    def backend(self) -> AsyncBackend:
        """The backend of the running event loop; raises OpenAIError once closed."""
        import asyncio

        if self.closed:
            raise _closed()
        if not self._closes_itself:
            return self._first
        loop = asyncio.get_running_loop()
        entry = self._by_loop.get(loop)
        return entry[0] if entry else self._begin(loop)

    def _begin(self, loop: Any) -> AsyncBackend:
        with self._lock:
            backend = self._unused if self._unused is not None else self._load()
            self._unused = None
        closer = _closed_with_its_loop(backend, lambda: self._by_loop.pop(loop, None))
        self._by_loop[loop] = (backend, closer)
        try:
            closer.__anext__().send(None)
        except StopIteration:  # it stands at its yield, known to the loop
            pass
        return backend

    async def close(self) -> None:
        """Let go of all connections of the running loop; further calls raise."""
        self.closed = True
        if self._unused is not None:
            await self._unused.close()
        if not self._closes_itself:
            await self._first.close()
        await self.release_loop()

    async def release_loop(self) -> None:
        """Close what serves the running event loop; the next call opens anew."""
        import asyncio

        entry = self._by_loop.get(asyncio.get_running_loop())
        if entry is not None:
            await entry[1].aclose()


async def _closed_with_its_loop(
    backend: AsyncBackend, forget: Callable[[], Any]
) -> AsyncGenerator[None, None]:
    """An async generator that an event loop finishes when it shuts down, and the backend with it.

    So ``asyncio.run(main())`` leaves no open connection behind code that never closes anything,
    as code written for 0.28 does.
    """
    try:
        yield
    finally:
        forget()
        await backend.close()


# --- by selection --------------------------------------------------------------------------------


def sync_holder(selection: Selection, http_client: Any = None) -> SyncHolder:
    """The holder of a client's backend."""
    own = http_client is None
    return SyncHolder(lambda: load(selection, "sync_backend", http_client), closes_itself=own)


def async_holder(selection: Selection, http_client: Any = None) -> AsyncHolder:
    """The holder of an async client's backends."""
    own = http_client is None
    return AsyncHolder(lambda: load(selection, "async_backend", http_client), closes_itself=own)


_shared: Dict[Any, Any] = {}
_shared_lock = threading.Lock()


def _shared_holder(make: Callable[[Selection], Any], selection: Selection) -> Any:
    key = (make, selection.name)
    if key not in _shared:
        with _shared_lock:  # a second one would be dropped while its thread is using it
            if key not in _shared:
                _shared[key] = make(selection)
    return _shared[key]


def shared_sync(selection: Selection) -> SyncHolder:
    """The holder that all sync calls without a client of their own share."""
    holder: SyncHolder = _shared_holder(sync_holder, selection)
    return holder


def shared_async(selection: Selection) -> AsyncHolder:
    """The same for async calls."""
    holder: AsyncHolder = _shared_holder(async_holder, selection)
    return holder


async def close_shared_async() -> None:
    """Let go of what calls without a client hold on the running event loop."""
    for (make, _), holder in list(_shared.items()):
        if make is async_holder:
            await holder.release_loop()
