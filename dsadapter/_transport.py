"""Which backend object serves a call: one per process, and for async one per event loop.

Sockets do not survive a fork, nor async ones their event loop; a client does.
"""

from __future__ import annotations

import os
import threading
from typing import Any, Dict, Optional
from weakref import WeakKeyDictionary

from . import _registry
from ._errors import OpenAIError
from ._registry import Selection


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
        self._pid = os.getpid()

    def backend(self) -> Any:
        self._check_open()
        if self._pid != os.getpid():
            with self._lock:
                if self._pid != os.getpid():
                    self._first, self._pid = self._load(), os.getpid()
        return self._first

    def close(self) -> None:
        self.closed = True
        self._first.close()

    def __del__(self) -> None:
        # Dropped without close(): nobody can use the connections any more. A caller's own
        # http_client is the caller's to close.
        if getattr(self, "_first", None) is not None and not self.closed:
            if self.http_client is None and self._pid == os.getpid():
                self._first.close()


class AsyncTransport(_Transport):
    asynchronous = True

    def __init__(self, selection: Selection, http_client: Any = None) -> None:
        super().__init__(selection, http_client)
        self._by_loop: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._unused: Optional[Any] = self._first

    def backend(self) -> Any:
        import asyncio

        self._check_open()
        loop = asyncio.get_running_loop()
        found = self._by_loop.get(loop)
        if found is None:
            with self._lock:
                found = self._unused if self._unused is not None else self._again()
                self._unused = None
                self._by_loop[loop] = found
        return found

    def _again(self) -> Any:
        """For another event loop; a caller's own client is shared, for better or worse."""
        return self._first if self.http_client is not None else self._load()

    async def close(self) -> None:
        import asyncio

        self.closed = True
        loop = asyncio.get_running_loop()
        backend = self._by_loop.pop(loop, None) or self._unused
        if backend is not None:
            await backend.close()

    def __del__(self) -> None:
        if getattr(self, "closed", True) or self.http_client is not None:
            return
        import asyncio

        for loop, backend in list(self._by_loop.items()):
            if loop.is_running():
                asyncio.run_coroutine_threadsafe(backend.close(), loop)


_shared: Dict[Any, Any] = {}


def shared(selection: Selection, *, asynchronous: bool = False) -> Any:
    """The transport that all calls without a client of their own share."""
    key = (selection.name, asynchronous)
    if key not in _shared:
        _shared[key] = (AsyncTransport if asynchronous else SyncTransport)(selection)
    return _shared[key]
