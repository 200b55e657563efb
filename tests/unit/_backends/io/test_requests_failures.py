"""The exceptions of requests, urllib3 and http.client: which means what."""

from __future__ import annotations

import socket
from http.client import BadStatusLine, HTTPException, LineTooLong, RemoteDisconnected
from typing import Any, List

import pytest
import requests
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError, ReadTimeoutError

from _backends.io.kinds import kind_of
from dsadapter._backends.io.failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD
from dsadapter._backends.io.requests_failures import translated


def aborted(cause: BaseException) -> Any:
    """As requests wraps what urllib3 wraps."""
    return requests.exceptions.ConnectionError(ProtocolError("Connection aborted.", cause))


def not_connected(cause: BaseException) -> Any:
    pool: Any = HTTPConnectionPool("127.0.0.1", 9)
    error = NewConnectionError(pool, "Failed to establish a new connection")
    error.__cause__ = cause
    return requests.exceptions.ConnectionError(MaxRetryError(pool, "/", error))


REFUSED = ConnectionRefusedError(111, "Connection refused")
EXCEPTIONS: List[Any] = [
    (requests.exceptions.Timeout("slow"), TIMEOUT),
    (requests.exceptions.ConnectTimeout("slow"), TIMEOUT),
    (requests.exceptions.ReadTimeout("slow"), TIMEOUT),
    (aborted(RemoteDisconnected("Remote end closed connection")), DISCONNECTED),
    (aborted(ConnectionResetError(104, "reset")), DISCONNECTED),
    (aborted(BrokenPipeError(32, "broken pipe")), DISCONNECTED),
    (aborted(socket.timeout("timed out")), TIMEOUT),  # while it was written
    (aborted(BadStatusLine("SSH-2.0")), UNREADABLE_HEAD),
    (aborted(LineTooLong("header line")), UNREADABLE_HEAD),
    (aborted(HTTPException("got more than 100 headers")), UNREADABLE_HEAD),
    (not_connected(REFUSED), NO_CONNECTION),
    (not_connected(OSError(-2, "Name or service not known")), NO_CONNECTION),
    (requests.exceptions.SSLError("certificate verify failed"), NO_CONNECTION),
    (requests.exceptions.ProxyError("Cannot connect to proxy."), NO_CONNECTION),
    (requests.exceptions.InvalidURL("no host"), NO_CONNECTION),
    (requests.exceptions.InvalidHeader("a line break"), NO_CONNECTION),
    (requests.exceptions.MissingSchema("no scheme"), NO_CONNECTION),
    (requests.exceptions.RequestException("anything"), NO_CONNECTION),
    (OSError("a missing CA bundle"), NO_CONNECTION),
]


@pytest.mark.parametrize(("exception", "kind"), EXCEPTIONS, ids=lambda v: type(v).__name__)
def test_each_exception_has_its_kind(exception: Any, kind: str) -> None:
    err = translated(exception, stale=True)
    assert kind_of(err) == kind
    assert getattr(err, "stale", True)


UNSENT: List[Any] = [
    # the exception, whether the body had begun to be written, whether nothing was sent for certain
    (not_connected(REFUSED), True, True),
    (requests.exceptions.ConnectTimeout("slow"), True, True),
    (requests.exceptions.ProxyError("Cannot connect to proxy."), True, True),
    (requests.exceptions.SSLError("certificate verify failed"), False, True),
    (requests.exceptions.SSLError("EOF occurred in violation of protocol"), True, False),
    (requests.exceptions.ReadTimeout("slow"), True, False),
    (aborted(ConnectionResetError(104, "reset")), False, False),
    (aborted(RemoteDisconnected("Remote end closed connection")), True, False),
]


@pytest.mark.parametrize(("exception", "begun", "unsent"), UNSENT)
def test_whether_anything_was_sent(exception: Any, begun: bool, unsent: bool) -> None:
    assert translated(exception, begun=begun).unsent is unsent


def test_the_text_is_the_system_s_own() -> None:
    err = translated(not_connected(REFUSED), stale=False)
    assert err.message == "Connection error: [Errno 111] Connection refused"


def test_an_error_that_the_program_is_handling_is_not_of_the_call() -> None:
    """A fallback in an ``except`` block has it as its context."""
    try:
        try:
            raise socket.timeout("the program's own")
        except OSError:
            raise not_connected(REFUSED)  # noqa: B904
    except OSError as err:
        assert kind_of(translated(err, stale=False)) == NO_CONNECTION


@pytest.mark.parametrize("began", [True, False])
def test_half_a_head_is_told_by_the_exception(began: bool) -> None:
    reset: Any = ConnectionResetError(104, "reset")
    reset.answer_began = began
    assert translated(aborted(reset), stale=False).answer_began is began


@pytest.mark.parametrize("began", [True, False])
def test_a_time_out_that_urllib3_1_names_no_cause_of(began: bool) -> None:
    """Whether a part of the head was there stands on the socket's own; the error that the caller
    was handling meanwhile says nothing."""
    earlier, timeout = OSError("an earlier call"), socket.timeout("timed out")
    earlier.answer_began = True  # type: ignore[attr-defined]
    timeout.answer_began = began  # type: ignore[attr-defined]
    pool: Any = HTTPConnectionPool("127.0.0.1", 9)
    timeout.__context__ = earlier
    late = ReadTimeoutError(pool, "/", "Read timed out.")
    late.__context__ = timeout  # raised while it was handled, without `from`
    assert translated(requests.exceptions.ReadTimeout(late)).answer_began is began
