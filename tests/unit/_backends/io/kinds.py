"""What became of an exception of an HTTP library."""

from __future__ import annotations

from typing import Any

from dsadapter._backends.io.failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD
from dsadapter._errors.tree import APIConnectionError, APITimeoutError, ServerDisconnectedError


def kind_of(error: Any) -> str:
    """The kind that our error stands for."""
    assert isinstance(error, APIConnectionError)
    if isinstance(error, APITimeoutError):
        return TIMEOUT
    if isinstance(error, ServerDisconnectedError):
        return DISCONNECTED
    return UNREADABLE_HEAD if error.answer_began else NO_CONNECTION
