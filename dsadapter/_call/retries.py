"""When a failed attempt is followed by another, and after which pause."""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from typing import Any, Optional

from .._errors.tree import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    ServerBusyError,
    ServerDisconnectedError,
)
from .._response.info import Retry
from .._settings.redaction import hidden
from .call import Call
from .telemetry import log_retry

FIRST_WAIT, LONGEST_WAIT, LONGEST_RETRY_AFTER = 0.5, 8.0, 120.0  # seconds, as openai 2.52 and newer
RETRIED_STATUSES = (408, 409, 429)  # and everything from 500 up


def is_free_resend(call: Call, err: APIError) -> bool:
    """Whether an idle connection died before the request was written: once a call, no retry."""
    if not (isinstance(err, ServerDisconnectedError) and err.stale and call.free_resends_left):
        return False
    call.free_resends_left -= 1
    return True


def pause_before_retry(call: Call, err: APIError) -> Optional[float]:
    """Seconds to wait before the next attempt, None when there is none.

    Raises APITimeoutError where the deadline would pass in the pause.
    """
    attempts = len(call.retries)
    if attempts >= call.settings.max_retries or not is_retryable(err, call.status):
        return None
    if not (call.settings.resends or isinstance(err, APIConnectionError) and err.unsent):
        return None
    pause = retry_after(err.headers)
    if pause is None:
        pause = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT) * (1 - random.random() / 4)
    if pause > LONGEST_RETRY_AFTER:
        return None
    if not call.deadlines.allows(pause):
        raise call.deadlines.error_before(pause) from err
    retry = Retry(hidden(f"{type(err).__name__}: {err.message}", call.secrets()), pause)
    call.retries.append(retry)
    log_retry(retry.reason, pause)
    return pause


def is_retryable(err: APIError, status: int) -> bool:
    """Nothing once response headers have arrived (the work may be billed), but for a blank 200.

    ``status`` is that of the latest answer, which may also forbid it.
    """
    if err.headers.get("x-should-retry") == "false":
        return False
    if isinstance(err, ServerBusyError):
        return True
    if isinstance(err, APIStatusError):  # not for an error object inside a 200
        return status in RETRIED_STATUSES or status >= 500
    deadline_passed = isinstance(err, APITimeoutError) and err.bound != "timeout"
    return isinstance(err, APIConnectionError) and err.before_response and not deadline_passed


def retry_after(headers: Any) -> Optional[float]:
    """Seconds from ``retry-after-ms`` or ``Retry-After`` (a number or a date), None without."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.strip().replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):  # not a form the standard knows
        return None
