"""What can go wrong on a connection, and our error for it: the same for every HTTP library.

Each library's file has one table from its exceptions to these kinds.
"""

from __future__ import annotations

from typing import Iterator, List, Optional

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


def causes_of(err: Optional[BaseException]) -> Iterator[BaseException]:
    """The error, its cause, and the cause of that; each once, for a library may make a ring."""
    told: List[BaseException] = []
    while err is not None and not any(err is item for item in told):
        yield err
        told.append(err)
        err = err.__cause__


def connection_error(
    kind: str,
    text: str,
    *,
    reading: bool = False,
    stale: bool = False,
    answer_began: bool = False,
    unsent: bool = False,
) -> APIConnectionError:
    """Our error; ``reading`` says that response headers were there, ``answer_began`` that a part of
    them was, ``stale`` that a kept-alive connection died before all of the request was written,
    ``unsent`` that there was no connection to write it to."""
    err = _connection_error(kind, text, reading, stale, answer_began)
    err.unsent = unsent
    return err


def _connection_error(
    kind: str, text: str, reading: bool, stale: bool, answer_began: bool
) -> APIConnectionError:
    if kind == TIMEOUT:
        late = APITimeoutError(f"Request timed out: {text}")
        late.answer_began = answer_began
        return late
    if reading:
        return LegacyAPIConnectionError(f"The connection broke: {text}")
    if kind == UNREADABLE_HEAD or answer_began:
        reason = text if kind == UNREADABLE_HEAD else "it breaks off"
        unreadable = LegacyAPIConnectionError(f"The head of the answer cannot be read: {reason}")
        unreadable.answer_began = True
        return unreadable
    if kind == DISCONNECTED:
        closed = ServerDisconnectedError("The server closed the connection without an answer.")
        closed.stale = stale
        return closed
    return LegacyAPIConnectionError(f"Connection error: {text}")
