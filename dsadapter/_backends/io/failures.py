"""What can go wrong on a connection, and our error for it: the same for every HTTP library.

Each library's file has one table from its exceptions to these kinds.
"""

from __future__ import annotations

from ..._errors.tree import (
    APIConnectionError,
    APITimeoutError,
    LegacyAPIConnectionError,
    ServerDisconnectedError,
)

TIMEOUT = "timeout"
DISCONNECTED = "disconnected"  # closed before the first byte of an answer
UNREADABLE_HEAD = "unreadable head"  # an answer began, and is no HTTP
NO_CONNECTION = "no connection"


def connection_error(
    kind: str, text: str, *, reading: bool = False, reused: bool = False
) -> APIConnectionError:
    """Our error; ``reading`` says that response headers were there, ``reused`` that the connection
    had served an earlier call."""
    if kind == TIMEOUT:
        return APITimeoutError(f"Request timed out: {text}")
    if reading:
        return LegacyAPIConnectionError(f"The connection broke: {text}")
    if kind == DISCONNECTED:
        closed = ServerDisconnectedError("The server closed the connection without an answer.")
        closed.reused = reused
        return closed
    if kind == UNREADABLE_HEAD:
        unreadable = LegacyAPIConnectionError(f"The head of the answer cannot be read: {text}")
        unreadable.answer_began = True
        return unreadable
    return LegacyAPIConnectionError(f"Connection error: {text}")
