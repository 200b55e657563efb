"""The seam: what a backend is asked for and what it answers with. Bytes only.

A backend gets an :class:`Operation` and gives a reply: status, headers, an iterator of raw body
bytes as they came off the wire (still content-encoded), and ways to let go of it. Nothing else
crosses: JSON, events, errors, retries and deadlines live above.
"""

from __future__ import annotations

from math import inf
from time import monotonic
from typing import Any, Awaitable, Dict, Iterator, Optional

from .._headers import Headers
from .._named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

TOO_MANY_REQUESTS = 429
POOL_SIZE = 1000  # connections of one client, where nobody says otherwise
SLACK = 0.25  # seconds that a socket may outlast a deadline


class Operation(NamedTuple):
    """One HTTP request, complete: no backend adds to it but what the transport needs."""

    method: str
    url: str
    headers: Dict[str, str]
    body: Optional[bytes]
    connect: Optional[float]  # seconds, None: no limit
    read: Optional[float]  # seconds per read, None: no limit
    expires_at: float = inf  # on the monotonic clock: nobody waits for the answer any more

    def shortened(self) -> Operation:
        """With timeouts that end just behind ``expires_at``, so that the deadline is what is
        reported, and nothing waits much longer."""
        if self.expires_at == inf:
            return self
        longest = max(0.0, self.expires_at - monotonic()) + SLACK
        connect, read = (min(limit or longest, longest) for limit in (self.connect, self.read))
        return self._replace(connect=connect, read=read)

    def __repr__(self) -> str:
        url = self.url.partition("?")[0]  # headers and query may hold keys
        return f"Operation({self.method} {url})"


if TYPE_CHECKING:

    class SyncReply(Protocol):
        """What a sync backend answers with: status and headers are there, the body is not."""

        status: int
        headers: Headers
        content_encoding: str  # of the bytes of chunks(); "" where nothing is to be undone

        def chunks(self) -> Iterator[bytes]:
            """Raw body bytes; raises APIConnectionError, APITimeoutError. At its end the connection
            goes back to the pool."""

        def close(self) -> None:
            """Let go of the connection; one with unread bytes is torn down. Any number of times."""

        def abort(self) -> None:
            """From any thread: wake a reader that is blocked in :meth:`chunks`."""

    class AsyncChunks(Protocol):
        """What iterates over a body on an event loop: an async generator, or as much of one."""

        def __anext__(self) -> Awaitable[bytes]:
            """The next bytes."""

        def aclose(self) -> Awaitable[None]:
            """Read no more."""

    class AsyncReply(Protocol):
        """The same on an event loop."""

        status: int
        headers: Headers
        content_encoding: str

        def chunks(self) -> AsyncChunks:
            """As :meth:`SyncReply.chunks`."""

        async def close(self) -> None:
            """As :meth:`SyncReply.close`."""

        def abort(self) -> None:
            """From the event loop: wake a reader that is blocked in :meth:`chunks`."""

    class SyncBackend(Protocol):
        """One transport, sync."""

        name: str
        pool_size: float  # connections of its pool; inf: the caller's, or the SDK's, to limit
        per_thread: bool  # connections belong to the calling thread: a call cannot move to another

        def send(self, op: Operation) -> SyncReply:
            """Answers when the response headers are there; any status is an answer, none raises."""

        def close(self) -> None:
            """Let go of all connections."""

    class AsyncBackend(Protocol):
        """One transport, on an event loop."""

        name: str
        pool_size: float

        async def send(self, op: Operation) -> AsyncReply:
            """As :meth:`SyncBackend.send`."""

        async def close(self) -> None:
            """Let go of all connections."""

    class Holder(Protocol):
        """Holds the backend of a client, sync or async, and lets go of its connections in time."""

        name: str

        def backend(self) -> Any:
            """The backend of this process or event loop; raises OpenAIError once closed."""


def class_name(value: Any) -> str:
    """The full name of the class of ``value``, for messages: "requests.sessions.Session"."""
    return f"{type(value).__module__}.{type(value).__qualname__}"
