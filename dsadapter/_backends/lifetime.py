"""Which backend object serves a call: one per process, and for async one per event loop.

Sockets do not survive a fork, nor async ones their event loop; a client does.
"""

from __future__ import annotations

import os
import threading
import weakref
from typing import Any, AsyncGenerator, Callable, Dict, Optional, Tuple

from .._errors.tree import OpenAIError
from . import selection as _registry
from .selection import Selection


class _Transport:
    asynchronous = False

    def __init__(self, selection: Selection, http_client: Any = None) -> None:
        self.selection = selection
        self.http_client = http_client
        self.closed = False
        self._lock = threading.Lock()
        self._first = self._load()
        self.name: str = self._first.name

    def _load(self) -> Any:
        return _registry.load(
            self.selection, asynchronous=self.asynchronous, http_client=self.http_client
        )

    def _check_open(self) -> None:
        if self.closed:
            raise OpenAIError(
                "Cannot send a request, as the client has been closed.",
                hint="Make a new client, or leave the `with` block later",
            )


class SyncTransport(_Transport):
    def __init__(self, selection: Selection, http_client: Any = None) -> None:
        super().__init__(selection, http_client)
        self._keep()

    def _keep(self) -> None:
        """Dropped or at exit without close(): let go of the connections, in time for that.

        A caller's own http_client is the caller's to close.
        """
        self._pid = os.getpid()
        if self.http_client is None:
            weakref.finalize(self, _close_in, self._pid, self._first)

    def backend(self) -> Any:
        self._check_open()
        if self._pid != os.getpid():
            with self._lock:
                if self._pid != os.getpid():
                    self._first = self._load()
                    self._keep()
        return self._first

    def close(self) -> None:
        self.closed = True
        self._first.close()


def _close_in(pid: int, backend: Any) -> None:
    if pid == os.getpid():  # a parent's connections are not the child's to close
        backend.close()


class AsyncTransport(_Transport):
    """One backend object per event loop, closed with the loop when nobody closed it before."""

    asynchronous = True

    def __init__(self, selection: Selection, http_client: Any = None) -> None:
        super().__init__(selection, http_client)
        self._unused: Optional[Any] = self._first
        self._by_loop: Dict[Any, Tuple[Any, Any]] = {}

    def backend(self) -> Any:
        import asyncio

        self._check_open()
        if self.http_client is not None:  # the caller's own: shared by all loops, and theirs
            return self._first
        loop = asyncio.get_running_loop()
        found = self._by_loop.get(loop)
        return found[0] if found else self._begin(loop)

    def _begin(self, loop: Any) -> Any:
        with self._lock:
            backend = self._unused if self._unused is not None else self._load()
            self._unused = None
        keeper = _keeper(backend, lambda: self._by_loop.pop(loop, None))
        self._by_loop[loop] = (backend, keeper)
        try:
            keeper.__anext__().send(None)
        except StopIteration:  # it stands at its yield, known to the loop
            pass
        return backend

    async def close(self) -> None:
        self.closed = True
        if self._unused is not None:
            await self._unused.close()
        if self.http_client is not None:
            await self._first.close()
        await self.release_loop()

    async def release_loop(self) -> None:
        """Close what serves the running event loop; the next call opens anew."""
        import asyncio

        found = self._by_loop.get(asyncio.get_running_loop())
        if found is not None:
            await found[1].aclose()


async def _keeper(backend: Any, forget: Callable[[], Any]) -> AsyncGenerator[None, None]:
    """An async generator that an event loop finishes when it shuts down, and the backend with it.

    So ``asyncio.run(main())`` leaves no open connection behind code that never closes anything,
    as code written for 0.28 does.
    """
    try:
        yield
    finally:
        forget()
        await backend.close()


_shared: Dict[Any, Any] = {}
_shared_lock = threading.Lock()


def shared(selection: Selection, *, asynchronous: bool = False) -> Any:
    """The transport that all calls without a client of their own share."""
    key = (selection.name, asynchronous)
    if key not in _shared:
        with _shared_lock:  # a second one would be dropped while its thread is using it
            if key not in _shared:
                _shared[key] = (AsyncTransport if asynchronous else SyncTransport)(selection)
    return _shared[key]


async def close_shared_async() -> None:
    """Let go of what calls without a client hold on the running event loop."""
    for (_, asynchronous), transport in list(_shared.items()):
        if asynchronous:
            await transport.release_loop()
