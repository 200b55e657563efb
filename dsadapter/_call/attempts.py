"""Attempts until an answer: redirects, error statuses, retries, the one repair resend.

The logic is written once, as a generator that yields the steps it wants done.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, Generator, Optional
from urllib.parse import urljoin, urlsplit

from .._backends.base import TOO_MANY_REQUESTS, Operation
from .._backends.io.failures import UNREADABLE_HEAD, connection_error
from .._errors.tree import (
    APIConnectionError,
    APIError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
)
from .._response import errors
from .call import Call
from .prepare import repaired_operation
from .retries import is_free_resend, pause_before_retry
from .steps import CloseBody, OpenBody, Send, Sleep
from .whole_body import MAX_ERROR_BODY, read_whole

KEEPING_THE_METHOD = (307, 308)
REDIRECTS = (301, 302, 303, *KEEPING_THE_METHOD)
MAX_REDIRECTS = 5

TYPE_CHECKING = False
if TYPE_CHECKING:
    Flow = Generator[Any, Any, Any]


def exchange(call: Call, failure: Optional[APIError] = None) -> Flow:
    """Attempts until an answer, an error that no retry mends, or the end of patience.

    Returns the parsed JSON of a whole reply, or an open one: of a stream, or where the caller reads
    the body. ``failure`` is what an
    earlier reply of this call came to (a blank 200 of a stream): a retry like any other.
    """
    while True:
        if failure is None:
            try:
                return (yield from _attempt(call))
            except APIError as err:
                failure = err
        try:
            if not (is_free_resend(call, failure) or _is_repaired(call, failure)):
                pause = pause_before_retry(call, failure)
                if pause is None:
                    raise failure
                yield Sleep(pause)
        finally:
            failure = None  # it would hold itself, by way of this frame


def _is_repaired(call: Call, err: APIError) -> bool:
    """Whether the one repair resend of a call mends a refusal that says what was missing."""
    if not call.may_resend or err.status_code != 400:
        return False
    call.may_resend = False
    operation = repaired_operation(call, err)
    if operation is None:
        return False
    call.operation = operation
    return True


def _attempt(call: Call) -> Flow:
    operation = call.operation
    for _ in range(MAX_REDIRECTS + 1):
        reply = yield from _send(operation, call)
        if reply.status < 300:
            break
        content = yield from _error_content(call, reply)
        if reply.status not in REDIRECTS or "location" not in reply.headers:
            raise _status_error(reply, content, operation, call)
        operation = _redirected(operation, reply, content, call)
    else:
        raise _status_error(reply, content, operation, call)
    if call.request.stream or call.request.raw == "stream":
        return reply
    content = call.content = yield from read_whole(call, reply)
    call.elapsed = monotonic() - call.deadlines.started
    if reply.status == 204:
        return None
    return call.data_of(content)


def _send(operation: Operation, call: Call) -> Flow:
    call.deadlines.last_data = monotonic()  # each attempt has the whole idle_timeout
    try:
        reply = yield Send(operation)
        if reply.status < 200:
            yield CloseBody(OpenBody(reply))
            raise connection_error(UNREADABLE_HEAD, f"its status is {reply.status}")
    except APIConnectionError as err:
        err.hint = err.hint or errors.connection_hint(operation)
        err.request = errors.redacted_request(operation, call.settings.api_key)
        err.before_response = not err.answer_began
        raise
    call.status, call.headers = reply.status, reply.headers
    call.elapsed = monotonic() - call.deadlines.started
    return reply


def _error_content(call: Call, reply: Any) -> Flow:
    """What can be had of the body of an error: the status counts, with or without it."""
    try:
        return (yield from read_whole(call, reply, MAX_ERROR_BODY))
    except (APIConnectionError, APIResponseError) as err:
        if isinstance(err, APITimeoutError) and err.bound != "timeout":
            raise
        return (err.partial or "").encode("utf-8", "replace")


def _status_error(reply: Any, content: bytes, operation: Operation, call: Call) -> APIStatusError:
    request = errors.redacted_request(operation, call.settings.api_key)
    err = errors.status_error(reply.status, reply.headers, content, request, call.settings)
    if reply.status == TOO_MANY_REQUESTS and reply.refused is not None:
        reply.refused(err.message)
    return err


def _redirected(operation: Operation, reply: Any, content: bytes, call: Call) -> Operation:
    """Where a redirect leads on the same host; elsewhere neither key nor body may follow."""
    here = urlsplit(operation.url)
    try:
        target = urljoin(operation.url, reply.headers["location"])
        there = urlsplit(target)
    except ValueError:  # no URL at all
        raise _status_error(reply, content, operation, call) from None
    if (here.scheme, here.netloc) != (there.scheme, there.netloc.lower()):
        err = _status_error(reply, content, operation, call)
        err.hint = (
            f"{here.netloc} redirects to {there.scheme}://{there.netloc.rpartition('@')[2]}; "
            "neither the key nor the request was sent there. If you trust it, set base_url to it"
        )
        raise err
    if operation.method != "GET" and reply.status not in KEEPING_THE_METHOD:
        err = _status_error(reply, content, operation, call)
        err.hint = (
            f"{here.netloc} redirects to {there.path}, and with {reply.status} a {operation.method}"
            " would become a GET without its body. Set base_url so that no redirect is needed"
        )
        raise err
    return operation._replace(url=target)
