"""The seam: what a backend is asked for and what it answers with. Bytes only.

A backend gets an :class:`Operation` and gives a reply: status, headers, an iterator of raw body
bytes as they came off the wire (still content-encoded), and ways to let go of it. Nothing else
crosses: JSON, events, errors, retries and bounds live above.
"""

from __future__ import annotations

from typing import AsyncIterator, Dict, Iterator, Optional

from .._headers import Headers
from .._named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object


class Operation(NamedTuple):
    """One HTTP request, complete: no backend adds to it but what the transport needs."""

    method: str
    url: str
    headers: Dict[str, str]
    body: Optional[bytes]
    connect: Optional[float]  # seconds, None: no limit
    read: Optional[float]  # seconds per read, None: no limit

    def __repr__(self) -> str:
        return f"Operation({self.method} {self.url})"  # the headers hold the key


class SyncReply(Protocol):
    status: int
    headers: Headers

    def chunks(self) -> Iterator[bytes]:
        """Raw body bytes; raises APIConnectionError / APITimeoutError. At its end the connection
        goes back to the pool."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the connection; one with unread bytes is torn down. Any number of times."""
        raise NotImplementedError

    def abort(self) -> None:
        """From any thread: wake a reader that is blocked in :meth:`chunks`."""
        raise NotImplementedError


class AsyncReply(Protocol):
    status: int
    headers: Headers

    def chunks(self) -> AsyncIterator[bytes]:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    def abort(self) -> None:
        """From the event loop: wake a reader that is blocked in :meth:`chunks`."""
        raise NotImplementedError


class SyncBackend(Protocol):
    name: str
    per_thread: bool  # connections belong to the calling thread: a call cannot move to another

    def send(self, op: Operation) -> SyncReply:
        """Answers when the response headers are there; any status is an answer, none raises."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class AsyncBackend(Protocol):
    name: str

    async def send(self, op: Operation) -> AsyncReply:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError
