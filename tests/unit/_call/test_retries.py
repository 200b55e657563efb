"""Which failure is tried again, and after which pause."""

from __future__ import annotations

import email.utils
import time
from typing import Any, Dict, List

import pytest
from failures import BUSY, dropped, refused, unreadable
from hypothesis import given
from hypothesis import strategies as st
from scripted import Answer, Scripted, prepared

import dsadapter
from dsadapter._call.retries import (
    is_free_resend,
    is_retryable,
    pause_before_retry,
    retry_after,
)
from dsadapter._errors import tree
from dsadapter._errors.statuses import class_for_status
from dsadapter._headers import Headers

pytestmark = pytest.mark.usefixtures("pauses")


# --- which failures are tried again ---------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 429, 500, 501, 502, 503, 504, 529, 599])
def test_retried_statuses(status: int) -> None:
    scripted = Scripted(Answer(BUSY, status), Answer(BUSY, status), Answer())
    reply = scripted.chat()
    assert reply.choices[0].message.content == "Hello"
    assert [f"{status}" for _ in reply.adapter.retries] == [f"{status}"] * 2
    assert all("busy" in retry.reason for retry in reply.adapter.retries)


@pytest.mark.parametrize(
    "status", [300, 304, 400, 401, 402, 403, 404, 405, 413, 415, 422, 451, 499]
)
def test_statuses_that_are_not_retried(status: int) -> None:
    scripted = Scripted(Answer(BUSY, status))
    with pytest.raises(dsadapter.APIStatusError) as caught:
        scripted.chat()
    assert caught.value.status_code == status
    assert len(scripted.sent) == 1


def test_the_body_is_the_same_each_time() -> None:
    scripted = Scripted(Answer(BUSY, 500), refused(), Answer())
    scripted.chat()
    assert len({(op.method, op.url, op.body) for op in scripted.sent}) == 1


@pytest.mark.parametrize(
    ("failure", "attempts"),
    [
        (refused(), 3),
        (tree.APITimeoutError("Request timed out."), 3),
        (dropped(stale=False), 3),
        (unreadable(), 1),
    ],
    ids=["refused", "timeout", "dropped", "head"],
)
def test_failures_before_a_response(failure: BaseException, attempts: int) -> None:
    scripted = Scripted(failure, failure, failure)
    with pytest.raises(dsadapter.APIConnectionError, match="base_url"):
        scripted.chat()
    assert len(scripted.sent) == attempts


def test_a_stale_kept_alive_connection_costs_no_retry() -> None:
    scripted = Scripted(dropped(stale=True), Answer(), max_retries=0)
    assert scripted.chat().adapter.retries == []
    scripted = Scripted(dropped(stale=True), dropped(stale=True), max_retries=0)
    with pytest.raises(dsadapter.APIConnectionError):
        scripted.chat()
    assert len(scripted.sent) == 2


@pytest.mark.parametrize(
    "body",
    [
        [b'{"choices": [', refused()],
        [refused()],
        [b'{"choices": [', tree.APITimeoutError("Request timed out.")],
        b'{"choices": [',
        b"<html>",
        {"error": {"message": "overloaded", "code": 503}},
        {"error": {"message": "slow down", "code": "429"}},
    ],
)
def test_no_retry_once_a_response_began(body: Any) -> None:
    scripted = Scripted(Answer(body))
    with pytest.raises(dsadapter.APIError):
        scripted.chat()
    assert len(scripted.sent) == 1
    assert scripted.answers[0].closed


@pytest.mark.parametrize("body", [b"", b"\n\n\r\n ", []])
def test_a_blank_200_is_retried(body: Any) -> None:
    scripted = Scripted(Answer(body), Answer(body), Answer(body))
    with pytest.raises(dsadapter.ServerBusyError) as caught:
        scripted.chat()
    assert len(scripted.sent) == 3
    assert caught.value.partial == ""
    assert Scripted(Answer(body), Answer()).chat().id == "r1"


def test_max_retries() -> None:
    scripted = Scripted(Answer(BUSY, 500), max_retries=0)
    with pytest.raises(dsadapter.InternalServerError):
        scripted.chat()
    reply = Scripted(*[Answer(BUSY, 500)] * 5, Answer(), max_retries=5).chat()
    assert len(reply.adapter.retries) == 5


def test_each_retry_is_logged(caplog: Any) -> None:
    Scripted(Answer(BUSY, 503, headers={"retry-after": "3"}), refused(), Answer()).chat()
    lines = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert len(lines) == 2
    assert lines[0].startswith("trying again in 3.00 s: ")
    assert "APIConnectionError" in lines[1]


# --- pauses ---------------------------------------------------------------------------------------


def test_pauses_grow_with_jitter(pauses: List[float]) -> None:
    Scripted(*[Answer(BUSY, 500)] * 6, Answer(), max_retries=6).chat()
    for wait, most in zip(pauses, [0.5, 1, 2, 4, 8, 8]):
        assert 0.75 * most <= wait <= most


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"Retry-After": " 1.5 "}, 1.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "120"}, 120.0),
    ],
)
def test_retry_after_in_seconds(pauses: List[float], headers: Dict[str, str], wait: float) -> None:
    Scripted(Answer(BUSY, 429, headers), Answer()).chat()
    assert pauses == [wait]


def test_retry_after_as_a_date(pauses: List[float]) -> None:
    later = email.utils.formatdate(time.time() + 30, usegmt=True)
    Scripted(Answer(BUSY, 503, {"retry-after": later}), Answer()).chat()
    assert 25 < pauses[0] <= 30


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e999", "nan", "\u00b2", "Wed, 99 Foo 9999"])
def test_an_unreadable_retry_after_is_ignored(pauses: List[float], value: str) -> None:
    Scripted(Answer(BUSY, 503, {"retry-after": value}), Answer()).chat()
    assert 0 < pauses[0] <= 0.5


@given(st.text(max_size=40))
def test_any_retry_after(value: str) -> None:
    wait = retry_after(Headers({"retry-after": value}))
    assert wait is None or wait >= 0


@pytest.mark.parametrize("headers", [{"retry-after": "121"}, {"retry-after-ms": "inf"}])
def test_a_retry_after_beyond_two_minutes_is_no_retry(headers: Dict[str, str]) -> None:
    scripted = Scripted(Answer(BUSY, 429, headers))
    with pytest.raises(dsadapter.RateLimitError):
        scripted.chat()


def test_a_deadline_beats_a_retry(pauses: List[float]) -> None:
    scripted = Scripted(Answer(BUSY, 429, {"retry-after": "60"}))
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        scripted.chat(deadline=5)
    assert caught.value.bound == "deadline"
    assert isinstance(caught.value.__cause__, dsadapter.RateLimitError)
    assert pauses == []


# --- the table -----------------------------------------------------------------------------------


def connection_error(kind: Any = tree.LegacyAPIConnectionError, **attributes: Any) -> Any:
    error = kind("m")
    for name, value in attributes.items():
        setattr(error, name, value)
    return error


RETRYABLE: List[Any] = [
    # the error, the status of the latest answer, whether another attempt may follow
    *((class_for_status(status)("m"), status, True) for status in (408, 409, 429, 500, 599)),
    *((class_for_status(status)("m"), status, False) for status in (400, 401, 402, 404, 422)),
    (tree.ServerBusyError("blank"), 200, True),
    (tree.RateLimitError("an error object inside a 200"), 200, False),
    (tree.LegacyAPIError("an error object without a status"), 200, False),
    (tree.APIResponseError("no JSON"), 200, False),
    (tree.StreamTruncatedError("cut"), 200, False),
    (connection_error(before_response=True), 0, True),
    (connection_error(before_response=False), 200, False),
    (connection_error(tree.ServerDisconnectedError, before_response=True), 0, True),
    (connection_error(tree.APITimeoutError, before_response=True), 0, True),
    (connection_error(tree.APITimeoutError, before_response=False), 200, False),
    (connection_error(tree.APITimeoutError, before_response=True, bound="deadline"), 0, False),
    (connection_error(tree.APITimeoutError, before_response=True, bound="idle_timeout"), 0, False),
]


@pytest.mark.parametrize(("error", "status", "retryable"), RETRYABLE)
def test_which_error_is_retryable(error: Any, status: int, retryable: bool) -> None:
    assert is_retryable(error, status) is retryable


@pytest.mark.parametrize(
    ("error", "resent"),
    [
        (connection_error(tree.ServerDisconnectedError, stale=True), [True, False]),
        (connection_error(tree.ServerDisconnectedError, stale=False), [False, False]),
        (connection_error(), [False, False]),
        (tree.InternalServerError("m"), [False, False]),
    ],
)
def test_one_free_resend_for_a_stale_connection(error: Any, resent: List[bool]) -> None:
    call = prepared(None)
    assert [is_free_resend(call, error) for _ in range(2)] == resent
    assert call.retries == []


@pytest.mark.parametrize(
    ("chance", "seconds"), [(0, [0.5, 1, 2, 4, 8, 8]), (1, [0.375, 0.75, 1.5, 3, 6, 6])]
)
def test_pauses(monkeypatch: Any, chance: float, seconds: List[float]) -> None:
    monkeypatch.setattr("random.random", lambda: chance)
    call, error = prepared(None, max_retries=6), connection_error(before_response=True)
    assert [pause_before_retry(call, error) for _ in seconds] == seconds
    assert [retry.wait for retry in call.retries] == seconds
    assert pause_before_retry(call, error) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "7.25"}, 7.25),
        ({"retry-after": "0"}, 0),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "-1500"}, 0),
        ({"retry-after-ms": "soon", "retry-after": "7"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 0),
        ({"retry-after": "Sun, 06 Nov 2044 08:49:37 GMT"}, 120),
        ({"retry-after": "Sunday, 06-Nov-44 08:49:37 GMT"}, 120),
        ({"retry-after": "-7"}, None),
        ({"retry-after": "soon"}, None),
    ],
)
def test_forms_of_retry_after(monkeypatch: Any, headers: Any, seconds: Any) -> None:
    monkeypatch.setattr("time.time", lambda: 2362034977.0 - 120)  # 2044-11-06 08:47:37
    assert retry_after(Headers(headers)) == seconds
