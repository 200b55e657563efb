"""Which backend object serves a call: one per process, and for async one per event loop.

Sockets do not survive a fork, nor async ones their event loop; a client does.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import deque
from contextlib import suppress
from math import inf
from typing import Any, AsyncGenerator, Callable, Deque, Dict, List, Optional, Tuple

from .._errors.tree import BackendUnavailableError, OpenAIError, with_sdk_class
from .._headers import Headers
from . import gate as gates
from .base import Operation
from .gate import Gate, Pace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .base import AsyncBackend, SyncBackend

    NewGate = Callable[[], Gate]
    LoadSync = Callable[[], SyncBackend]
    LoadAsync = Callable[[], AsyncBackend]


def _closed() -> OpenAIError:
    return OpenAIError(
        "Cannot send a request, as the client has been closed.",
        hint="Make a new client, or leave the `with` block later",
    )


def running_loop() -> Any:
    """asyncio's running event loop; raises BackendUnavailableError where there is none."""
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError as err:
        raise with_sdk_class(
            BackendUnavailableError(
                "Async calls need asyncio's event loop, and none is running here.",
                hint="In a plain program write asyncio.run(main()); under trio call OpenAI in "
                "trio.to_thread.run_sync(...); with anyio write anyio.run(main), on its asyncio "
                "backend",
            )
        ) from err


def _is_loop_running() -> bool:
    import asyncio

    try:
        return bool(asyncio.get_running_loop())
    except RuntimeError:
        return False


class _Pool:
    """A backend, and an item for each call that it serves now."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self.calls: Deque[None] = deque()  # changed by single operations, without a lock


class _Pools:
    """The backends of one client (async: for one event loop) behind a gate.

    More than one only where more calls are let through than one has connections for.
    """

    def __init__(self, load: Callable[[], Any], new_gate: NewGate = Gate) -> None:
        self._load = load
        self._gate: Any = new_gate()
        self._pools = [_Pool(load())]
        self._replies: Dict[int, Any] = {}  # those that are not closed yet, as weak references
        self.name: str = self._pools[0].backend.name

    def _enter(self, reply: Any) -> Any:
        """The least busy backend, for a call that was let through; ``reply`` will give it back."""
        pool = self._pools[0] if len(self._pools) == 1 else min(self._pools, key=_calls)
        if len(pool.calls) >= pool.backend.pool_size:
            pool = _Pool(self._load())
            self._pools.append(pool)
        pool.calls.append(None)
        self._replies[id(reply)] = weakref.ref(reply)
        gate = self._gate
        admission = gate.admission() if gate.is_adaptive else gate
        reply.passed.append((admission, pool, self._replies))
        return pool.backend

    def _open_replies(self) -> List[Any]:
        replies = [reference() for reference in list(self._replies.values())]
        return [reply for reply in replies if reply is not None and reply.is_open]


def _calls(pool: _Pool) -> int:
    return len(pool.calls)


def _take(free: Deque[None]) -> bool:
    """Take an item, if there is one: a try is safe among threads."""
    try:
        free.pop()
    except IndexError:
        return False
    return True


class _Reply:
    """A reply; until it is closed, or dropped, it counts among the calls at once."""

    status: int
    headers: Headers
    content_encoding: str
    chunks: Any
    abort: Any
    refused: Optional[Callable[[str], None]] = None  # takes the text of a 429, where it is wanted

    def __init__(self) -> None:
        self.passed: List[Tuple[Any, _Pool, Dict[int, Any]]] = []
        self._reply: Any = None

    def answered(self, admission: Any) -> None:
        """An adaptive gate wants to know how."""
        admission.status = self.status
        self.refused = admission.refused

    def release(self) -> None:
        """Let the next call through; once, and without waiting: destructors call it."""
        try:
            admission, pool, replies = self.passed.pop()
        except IndexError:
            return
        replies.pop(id(self), None)
        pool.calls.pop()
        admission.release()

    __del__ = release

    @property
    def is_open(self) -> bool:
        """Whether a connection is behind it."""
        return self._reply is not None and bool(self.passed)


class _SyncReply(_Reply):
    def close(self) -> None:
        """As the reply does it."""
        try:
            self._reply.close()
        finally:
            self.release()


class _AsyncReply(_Reply):
    async def close(self) -> None:
        """As the reply does it."""
        try:
            await self._reply.close()
        finally:
            self.release()


class GatedSync(_Pools):
    """A sync backend as calls see it: behind the gate.

    ``send`` waits for its turn; that counts against the timeouts of the operation, and
    APITimeoutError says that none came.
    """

    @property
    def per_thread(self) -> bool:
        """As the backend has it."""
        return bool(self._pools[0].backend.per_thread)

    def send(self, op: Operation) -> _SyncReply:
        """Answers when the response headers are there."""
        gate, gated = self._gate, _SyncReply()
        if gate.waiting or not _take(gate.free):
            op = gate.wait(op)
        try:
            reply = self._enter(gated).send(op)
        except BaseException as err:
            gated.release()
            if gates.is_out_of_files(err):
                raise gates.out_of_files() from err
            raise
        gated.status, gated.headers = reply.status, reply.headers
        gated.content_encoding = reply.content_encoding
        gated.chunks, gated.abort, gated._reply = reply.chunks, reply.abort, reply
        if gate.is_adaptive and gated.passed:
            gated.answered(gated.passed[0][0])
        return gated

    def close(self) -> None:
        """Let go of all connections, those that a stream is reading from, too."""
        for reply in self._open_replies():
            reply.abort()
            reply.close()
        for pool in self._pools:
            pool.backend.close()


class GatedAsync(_Pools):
    """The same on an event loop."""

    def __init__(self, load: Callable[[], Any], new_gate: NewGate = Gate) -> None:
        super().__init__(load, new_gate)
        own = self._pools[0].backend.pool_size != inf  # a caller's client may serve several loops
        self._pace = Pace() if own else None

    async def send(self, op: Operation) -> _AsyncReply:
        """Answers when the response headers are there."""
        gate, gated = self._gate, _AsyncReply()
        if self._pace is not None:
            await self._pace.turn()
        if gate.waiting or not _take(gate.free):
            op = await gate.wait_async(op)
        try:
            reply = await self._enter(gated).send(op)
        except BaseException as err:
            gated.release()
            if gates.is_out_of_files(err):
                raise gates.out_of_files() from err
            raise
        gated.status, gated.headers = reply.status, reply.headers
        gated.content_encoding = reply.content_encoding
        gated.chunks, gated.abort, gated._reply = reply.chunks, reply.abort, reply
        if gate.is_adaptive and gated.passed:
            gated.answered(gated.passed[0][0])
        return gated

    async def close(self) -> None:
        """Let go of all connections."""
        for reply in self._open_replies():
            reply.abort()
        for pool in self._pools:
            await pool.backend.close()


class SyncHolder:
    """Holds the backend of a sync client, and lets go of its connections in time."""

    def __init__(
        self,
        load: LoadSync,
        *,
        closes_itself: bool = True,
        new_gate: NewGate = Gate,
    ) -> None:
        """``load`` makes the backend; a caller's own HTTP client is the caller's to close."""
        self._load = load
        self._new_gate = new_gate
        self._closes_itself = closes_itself
        self.closed = False
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        self._backend = GatedSync(self._load, self._new_gate)
        self.name = self._backend.name
        self._pid = os.getpid()
        if self._closes_itself:  # dropped, or at exit without close()
            weakref.finalize(self, _close_in, self._pid, self._backend)

    def backend(self) -> GatedSync:
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


def _close_in(pid: int, backend: GatedSync) -> None:
    if pid == os.getpid():  # a parent's connections are not the child's to close
        backend.close()


class AsyncHolder:
    """One backend per event loop, closed with the loop when nobody closed it before."""

    def __init__(
        self,
        load: LoadAsync,
        *,
        closes_itself: bool = True,
        new_gate: NewGate = Gate,
    ) -> None:
        """``load`` makes a backend; a caller's own HTTP client serves whatever loop it can."""
        self._load: Callable[[], GatedAsync] = lambda: GatedAsync(load, new_gate)
        self._closes_itself = closes_itself
        self.closed = False
        self._lock = threading.Lock()
        self._first = self._load()
        self.name = self._first.name
        self._unused: Optional[GatedAsync] = self._first
        self._by_loop: Dict[Any, Tuple[GatedAsync, AsyncGenerator[None, None]]] = {}

    def backend(self) -> GatedAsync:
        """The backend of the running event loop.

        Raises OpenAIError once closed, BackendUnavailableError where no loop of asyncio runs.
        """
        if self.closed:
            raise _closed()
        loop = running_loop()
        if not self._closes_itself:
            return self._first
        entry = self._by_loop.get(loop)
        return entry[0] if entry else self._begin(loop)

    def _begin(self, loop: Any) -> GatedAsync:
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
        if not _is_loop_running():
            await self._close_without_loop()
            return
        if self._unused is not None:
            await self._unused.close()
        if not self._closes_itself:
            await self._first.close()
        await self.release_loop()

    async def _close_without_loop(self) -> None:
        """Under trio, or nothing at all: no call has opened a connection there."""
        if not self._closes_itself:
            with suppress(RuntimeError):  # httpx: nothing runs that it could wait with
                await self._first.close()  # what the caller did with it under trio

    async def release_loop(self) -> None:
        """Close what serves the running event loop, if one runs; the next call opens anew."""
        entry = self._by_loop.get(running_loop()) if _is_loop_running() else None
        if entry is not None:
            await entry[1].aclose()


async def _closed_with_its_loop(
    backend: GatedAsync, forget: Callable[[], Any]
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
