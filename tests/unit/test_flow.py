"""One call from its first byte to its answer: retries, redirects, errors; on a scripted backend."""

from __future__ import annotations

import email.utils
import json
import pickle
import threading
import time
from importlib import import_module
from typing import Any, Dict, List, Optional

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripted import BASE, KEY, REPLY, Answer, Scripted

import dsadapter
from dsadapter._call import steps
from dsadapter._call.retries import retry_after
from dsadapter._errors import tree as _errors
from dsadapter._headers import Headers

BUSY = {"error": {"message": "busy", "type": "server_error", "param": None, "code": "x"}}


@pytest.fixture(autouse=True)
def naps(monkeypatch: Any) -> List[float]:
    """The waits between attempts, which are not waited."""
    taken: List[float] = []
    monkeypatch.setattr(steps.Sleep, "run", lambda step, call: taken.append(step.seconds))
    return taken


def refused(error: Optional[BaseException] = None) -> BaseException:
    return error or _errors.LegacyAPIConnectionError("Connection error: refused")


def dropped(*, reused: bool) -> BaseException:
    error = _errors.ServerDisconnectedError("The server closed the connection.")
    error.reused = reused
    return error


def unreadable() -> BaseException:
    error = _errors.LegacyAPIConnectionError("The head of the answer cannot be read.")
    error.answer_began = True
    return error


# --- which failures are tried again --------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 429, 500, 501, 502, 503, 504, 529, 599])
def test_a_status_that_may_pass(status: int) -> None:
    scripted = Scripted(Answer(BUSY, status), Answer(BUSY, status), Answer())
    reply = scripted.chat()
    assert reply.choices[0].message.content == "Hello"
    assert [f"{status}" for _ in reply.adapter.retries] == [f"{status}"] * 2
    assert all("busy" in retry.reason for retry in reply.adapter.retries)


@pytest.mark.parametrize("status", [300, 304, 400, 401, 402, 403, 404, 405, 413, 415, 422, 451])
def test_a_status_that_will_not(status: int) -> None:
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
        (_errors.APITimeoutError("Request timed out."), 3),
        (dropped(reused=False), 3),
        (unreadable(), 1),
    ],
    ids=["refused", "timeout", "dropped", "head"],
)
def test_a_failure_before_the_answer(failure: BaseException, attempts: int) -> None:
    scripted = Scripted(failure, failure, failure)
    with pytest.raises(dsadapter.APIConnectionError, match="base_url"):
        scripted.chat()
    assert len(scripted.sent) == attempts


def test_a_kept_connection_that_the_server_had_closed_costs_no_retry() -> None:
    scripted = Scripted(dropped(reused=True), Answer(), max_retries=0)
    assert scripted.chat().adapter.retries == []
    scripted = Scripted(dropped(reused=True), dropped(reused=True), max_retries=0)
    with pytest.raises(dsadapter.APIConnectionError):
        scripted.chat()
    assert len(scripted.sent) == 2


@pytest.mark.parametrize(
    "body",
    [
        [b'{"choices": [', refused()],
        [refused()],
        [b'{"choices": [', _errors.APITimeoutError("Request timed out.")],
        b'{"choices": [',
        b"<html>",
        {"error": {"message": "overloaded", "code": 503}},
        {"error": {"message": "slow down", "code": "429"}},
    ],
)
def test_nothing_once_an_answer_began(body: Any) -> None:
    scripted = Scripted(Answer(body))
    with pytest.raises(dsadapter.APIError):
        scripted.chat()
    assert len(scripted.sent) == 1
    assert scripted.answers[0].closed


@pytest.mark.parametrize("body", [b"", b"\n\n\r\n ", []])
def test_a_blank_200_is_tried_again(body: Any) -> None:
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


# --- waits ---------------------------------------------------------------------------------------


def test_waits_grow_with_jitter(naps: List[float]) -> None:
    Scripted(*[Answer(BUSY, 500)] * 6, Answer(), max_retries=6).chat()
    for wait, most in zip(naps, [0.5, 1, 2, 4, 8, 8]):
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
def test_the_server_says_how_long(naps: List[float], headers: Dict[str, str], wait: float) -> None:
    Scripted(Answer(BUSY, 429, headers), Answer()).chat()
    assert naps == [wait]


def test_the_server_says_until_when(naps: List[float]) -> None:
    later = email.utils.formatdate(time.time() + 30, usegmt=True)
    Scripted(Answer(BUSY, 503, {"retry-after": later}), Answer()).chat()
    assert 25 < naps[0] <= 30


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e999", "nan", "\u00b2", "Wed, 99 Foo 9999"])
def test_what_says_nothing_is_ignored(naps: List[float], value: str) -> None:
    Scripted(Answer(BUSY, 503, {"retry-after": value}), Answer()).chat()
    assert 0 < naps[0] <= 0.5


@given(st.text(max_size=40))
def test_any_retry_after(value: str) -> None:
    wait = retry_after(Headers({"retry-after": value}))
    assert wait is None or wait >= 0


@pytest.mark.parametrize("headers", [{"retry-after": "121"}, {"retry-after-ms": "inf"}])
def test_who_asks_for_too_long_gets_no_retry(headers: Dict[str, str]) -> None:
    scripted = Scripted(Answer(BUSY, 429, headers))
    with pytest.raises(dsadapter.RateLimitError):
        scripted.chat()


def test_a_deadline_beats_a_retry(naps: List[float]) -> None:
    scripted = Scripted(Answer(BUSY, 429, {"retry-after": "60"}))
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        scripted.chat(deadline=5)
    assert caught.value.bound == "deadline"
    assert isinstance(caught.value.__cause__, dsadapter.RateLimitError)
    assert naps == []


# --- redirects -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/v1/chat/completions", BASE + "/v1/chat/completions"])
def test_a_redirect_on_the_same_host(status: int, location: str) -> None:
    scripted = Scripted(Answer(b"", status, {"location": location}), Answer())
    assert scripted.chat().id == "r1"
    first, second = scripted.sent
    assert second.url == BASE + "/v1/chat/completions"
    assert (second.method, second.body, second.headers) == (first.method, first.body, first.headers)
    assert scripted.answers[0].closed


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.example/",
        "https://127.0.0.1:9/chat/completions",
        "http://127.0.0.1:8/chat/completions",
        "//evil.example/x",
        "http://user@127.0.0.1:9/",
        "http://127.0.0.1:9@evil.example/",
        "ftp://127.0.0.1:9/",
        "javascript:alert(1)",
        "http://[::1",
        "http://[v1.x]/",
    ],
)
def test_a_redirect_elsewhere_carries_nothing(location: str) -> None:
    scripted = Scripted(Answer(b"moved", 307, {"location": location}))
    with pytest.raises(dsadapter.APIStatusError, match="redirects") as caught:
        scripted.chat()
    assert caught.value.status_code == 307
    assert len(scripted.sent) == 1


def test_a_redirect_in_a_circle_ends() -> None:
    scripted = Scripted(*[Answer(b"", 307, {"location": "/x"})] * 50)
    with pytest.raises(dsadapter.APIStatusError, match="redirects") as caught:
        scripted.chat()
    assert caught.value.status_code == 307
    assert len(scripted.sent) < 10


def test_a_redirect_that_leads_nowhere_in_particular() -> None:
    with pytest.raises(dsadapter.APIStatusError, match="redirects"):
        Scripted(Answer(b"", 302)).chat()


# --- bodies of errors ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ([b"half a pa", refused()], {}),
        ([_errors.APITimeoutError("Request timed out.")], {}),
        (b"\x1f\x8bbroken", {"content-encoding": "gzip"}),
        (b"?", {"content-encoding": "br"}),
        ([b"x" * 65536] * 80, {}),
        (b"[" * 100_000, {}),
        (b"\xff\xfe", {}),
    ],
    ids=["cut", "stalled", "bad gzip", "br", "endless", "deep", "binary"],
)
def test_the_status_counts_whatever_its_body(body: Any, headers: Dict[str, str]) -> None:
    scripted = Scripted(Answer(body, 429, headers), Answer())
    assert len(scripted.chat().adapter.retries) == 1
    scripted = Scripted(Answer(body, 401, headers))
    with pytest.raises(dsadapter.AuthenticationError) as caught:
        scripted.chat()
    assert len(caught.value.http_body) < 2_000_000
    assert scripted.answers[0].closed


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "m"}}, "m"),
        ({"error": {"message": "m\ud800"}}, "m\ud800"),
        ({"error": "m"}, "m"),
        ({"message": "m"}, "m"),
        ("m", '"m"'),
        (b" plain text \n", "plain text"),
        (b'\xef\xbb\xbf{"error": {"message": "m"}}', "m"),
        ({"detail": "x"}, '{"detail": "x"}'),
        ({"error": {"message": 5}}, '{"error": {"message": 5}}'),
        ({"error": None}, '{"error": null}'),
        (b"", "HTTP 418 without a text"),
    ],
)
def test_the_message_is_the_servers(body: Any, message: str) -> None:
    with pytest.raises(dsadapter.APIStatusError) as caught:
        Scripted(Answer(body, 418)).chat()
    assert caught.value.message == caught.value.user_message == caught.value.args[0] == message


def test_an_error_shows_what_was_asked_and_answered() -> None:
    with pytest.raises(dsadapter.APIStatusError) as caught:
        Scripted(Answer({"error": {"message": "m"}}, 418, {"X-Request-Id": "r"})).chat()
    err = caught.value
    assert err.response.status_code == 418
    assert err.response.json() == {"error": {"message": "m"}}
    assert err.response.text == '{"error": {"message": "m"}}'
    assert err.request.method == "POST"
    assert err.request.url == BASE + "/chat/completions"
    assert err.request_id == "r"
    assert KEY not in repr(err.request)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["error", "message", "code", "type", "param", "status", "choices", "x"])
SHAPES = st.recursive(
    st.one_of(JSON, st.just(KEY), st.text().map(lambda text: text + KEY)),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4) | st.lists(inner, max_size=2),
    max_leaves=8,
)
CONTENT = st.one_of(
    SHAPES.map(lambda shape: json.dumps(shape).encode()),
    SHAPES.map(lambda shape: json.dumps(shape).replace("-", "\\u002d").encode()),
    st.binary(max_size=60).map(lambda raw: raw + KEY.encode()),
    st.binary(max_size=60),
)
QUICKLY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUICKLY
@given(CONTENT, st.sampled_from([200, 201, 400, 402, 422, 500]))
def test_any_body_is_an_answer_or_an_error_that_hides_the_key(body: bytes, status: int) -> None:
    scripted = Scripted(Answer(body, status), max_retries=0)
    try:
        assert isinstance(scripted.chat(), dict)
    except dsadapter.APIError as err:
        assert KEY not in f"{err} {err!r} {vars(err)}"
        assert type(pickle.loads(pickle.dumps(err))) is type(err)


@QUICKLY
@given(SHAPES)
def test_any_event_is_a_chunk_or_an_error_that_hides_the_key(shape: Any) -> None:
    scripted = Scripted(Answer(b"data: " + json.dumps(shape).encode() + b"\n\n"), max_retries=0)
    try:
        list(scripted.stream())
    except dsadapter.APIError as err:
        received = ("partial", "partial_response")  # what the server wrote as its answer
        told = {name: value for name, value in vars(err).items() if name not in received}
        assert KEY not in f"{err} {err!r} {told}"


# --- replies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"[1]", b"null", b'"text"', b"5", b"true", b"[" * 100_000])
def test_json_that_is_no_reply(body: bytes) -> None:
    with pytest.raises(dsadapter.APIResponseError, match="no JSON object") as caught:
        Scripted(Answer(body, headers={"content-type": "text/x"})).chat()
    assert "status 200" in str(caught.value)
    assert "text/x" in str(caught.value)
    assert caught.value.partial == body.decode()


def test_other_paths_may_answer_anything() -> None:
    assert Scripted(Answer(b"[1]")).client.get("/x") == [1]
    assert Scripted(Answer(b"", 204)).client.post("/x", body={}) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ({"code": 429}, "RateLimitError"),
        ({"code": "402"}, "InsufficientBalanceError"),
        ({"status": 503, "code": "server_error"}, "InternalServerError"),
        ({"status_code": 401}, "AuthenticationError"),
        ({"code": "invalid_request_error"}, "APIError"),
        ({"code": 200}, "APIError"),
        ({"code": "\u00b2\u00b2\u00b2"}, "APIError"),
        ({"code": None}, "APIError"),
    ],
)
def test_an_error_inside_a_200_is_of_the_status_it_names(code: Any, name: str) -> None:
    body = {"error": {"message": "m", **code}, "choices": None}
    with pytest.raises(getattr(dsadapter, name)) as caught:
        Scripted(Answer(body)).chat()
    assert caught.value.message == "m"


def test_blank_lines_before_json_are_no_data() -> None:
    body = [b"\n", b"\r\n ", b"\n\n" + json.dumps(REPLY).encode()]
    assert Scripted(Answer(body)).chat().id == "r1"


# --- bounds around a send ------------------------------------------------------------------------


class Slow:
    """A backend that answers when it is told to."""

    name = "slow"
    per_thread = False

    def __init__(self) -> None:
        self.go = threading.Event()
        self.answer = Answer()

    def send(self, op: Any) -> Answer:
        assert self.go.wait(10)
        return self.answer


def slow() -> Any:
    scripted = Scripted()
    scripted.client._holder._backend = Slow()
    return scripted


def test_a_late_answer_that_nobody_waits_for_is_closed() -> None:
    scripted = slow()
    backend = scripted.client._holder._backend
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        scripted.chat(deadline=0.1)
    assert caught.value.bound == "deadline"
    backend.go.set()
    assert eventually(lambda: backend.answer.closed)


def test_an_interrupt_abandons_the_send(monkeypatch: Any) -> None:
    scripted = slow()
    backend = scripted.client._holder._backend

    def result(future: Any, timeout: Any = None) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(import_module("concurrent.futures").Future, "result", result)
        with pytest.raises(KeyboardInterrupt):
            scripted.chat(deadline=10)
    backend.go.set()
    assert eventually(lambda: backend.answer.closed)


def test_socket_timeouts_end_just_behind_a_bound() -> None:
    scripted = Scripted(Answer(), Answer(), Answer())
    scripted.chat(deadline=7)
    scripted.chat(idle_timeout=7, timeout=3)
    scripted.chat()
    limits = [(op.connect, op.read) for op in scripted.sent]
    assert limits[0][0] == 5
    assert 6 < limits[0][1] < 8
    assert limits[1:] == [(3, 3), (5, 600)]


def test_each_attempt_has_the_whole_idle_timeout(monkeypatch: Any) -> None:
    monkeypatch.setattr(steps.Sleep, "run", lambda step, call: time.sleep(0.3))
    scripted = Scripted(Answer(BUSY, 503), Answer(BUSY, 503), Answer())
    assert scripted.chat(idle_timeout=0.5).id == "r1"


def eventually(condition: Any) -> bool:
    ends = time.monotonic() + 5
    while not condition() and time.monotonic() < ends:
        time.sleep(0.005)
    return bool(condition())
