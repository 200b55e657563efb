"""Failures of a scripted backend."""

from __future__ import annotations

import time
from typing import Any, Optional

from dsadapter._errors import tree

BUSY = {"error": {"message": "busy", "type": "server_error", "param": None, "code": "x"}}


def refused(error: Optional[BaseException] = None) -> BaseException:
    return error or tree.LegacyAPIConnectionError("Connection error: refused")


def dropped(*, stale: bool) -> BaseException:
    error = tree.ServerDisconnectedError("The server closed the connection.")
    error.stale = stale
    return error


def unreadable() -> BaseException:
    error = tree.LegacyAPIConnectionError("The head of the answer cannot be read.")
    error.answer_began = True
    return error


def eventually(condition: Any) -> bool:
    ends = time.monotonic() + 5
    while not condition() and time.monotonic() < ends:
        time.sleep(0.005)
    return bool(condition())
