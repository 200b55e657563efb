"""Answers that are errors: classes, messages, what they show, and that they hide the key."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripted import BASE, KEY, REPLY, Answer, Scripted

import dsadapter
from dsadapter._backends.base import Operation
from dsadapter._response import errors

pytestmark = pytest.mark.usefixtures("pauses")


# --- bodies of errors -----------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"error": {"message": "m", "details": "d"}}, "Error code: 429 - m\nToo many calls"),
        (b"<html>", "Error code: 429 - <html>\nToo many calls"),
    ],
)
def test_the_text_begins_with_the_status_as_in_openai_3(body: Any, text: str) -> None:
    with pytest.raises(dsadapter.RateLimitError) as caught:
        Scripted(*[Answer(body, 429)] * 3).chat()
    assert str(caught.value).startswith(text)
    assert str(pickle.loads(pickle.dumps(caught.value))).startswith(text)
    own = dsadapter.RateLimitError("m", response=caught.value.response, body=None)
    assert str(own) == "m"  # of a program


def test_an_error_shows_what_was_asked_and_answered() -> None:
    with pytest.raises(dsadapter.APIStatusError) as caught:
        Scripted(Answer({"error": {"message": "m"}}, 418, {"X-Request-Id": "r"})).chat()
    err = caught.value
    assert err.response.status_code == 418
    assert err.response.is_error
    assert err.response.read() == err.response.content
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


# --- replies --------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"[1]", b"null", b'"text"', b"5", b"true", b"[" * 100_000])
def test_json_that_is_no_reply(body: bytes) -> None:
    with pytest.raises(dsadapter.APIResponseError, match="no JSON object") as caught:
        Scripted(Answer(body, headers={"content-type": "text/x"})).chat()
    assert "status 200" in str(caught.value)
    assert "text/x" in str(caught.value)
    assert caught.value.partial == body.decode()


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


# --- the next step --------------------------------------------------------------------------------

HINTS: Any = [
    (400, {"error": {"message": "The API model names are a, b"}}, "python -m dsadapter models"),
    (400, {"error": {"message": "Model Not Exist"}}, "python -m dsadapter models"),
    (400, {"error": {"message": "no"}}, None),
    (401, {}, f"was refused by {BASE}. Keys are made at https://"),
    (402, {}, "no balance left. Top up at https://"),
    (404, {}, f"is base_url='{BASE}' right?"),
    (418, {}, None),
    (422, {"error": {"message": "Model Not Exist"}}, None),
    (429, {}, "Too many calls at once"),
    (503, {}, "The server is overloaded"),
    (300, {}, "The server redirects"),
    (399, {}, "The server redirects"),
]


@pytest.mark.parametrize(("status", "body", "part"), HINTS)
def test_the_hint_of_a_status(status: int, body: Any, part: Any) -> None:
    with pytest.raises(dsadapter.APIStatusError) as caught:
        Scripted(Answer(body, status), max_retries=0).chat()
    assert caught.value.hint is None if part is None else part in caught.value.hint


def test_the_hint_of_an_error_inside_a_200_is_that_of_its_status() -> None:
    for code, part in ((429, "Too many calls at once"), ("x", None)):
        with pytest.raises(dsadapter.APIError) as caught:
            Scripted(Answer({"error": {"message": "m", "code": code}}), max_retries=0).chat()
        assert caught.value.http_status == (code if part else 200)
        assert caught.value.hint is None if part is None else part in caught.value.hint


def test_a_vendor_without_pages_gets_hints_without_them() -> None:
    for status, hint in ((402, "no balance left."), (401, f"was refused by {BASE}.")):
        scripted = Scripted(Answer({}, status), provider="generic", max_retries=0)
        with pytest.raises(dsadapter.APIStatusError) as caught:
            scripted.chat()
        assert str(caught.value.hint).endswith(hint)


def test_a_connection_that_failed_names_the_host_alone() -> None:
    operation = Operation("GET", "http://user:secret@api.example.com:8/x?a=b", {}, None, 1, 1)
    assert "No answer from api.example.com:8:" in errors.connection_hint(operation)


def test_a_long_page_is_shown_by_its_beginning() -> None:
    with pytest.raises(dsadapter.APIStatusError) as caught:
        Scripted(Answer(b"x" * 500, 418)).chat()
    assert caught.value.message == "x" * errors.SHOWN_BYTES
    assert caught.value.http_body == "x" * 500


@pytest.mark.parametrize("body", [b"", b" \n", b"\r\n\r\n"])
def test_a_blank_200_is_a_busy_server(body: bytes) -> None:
    with pytest.raises(dsadapter.ServerBusyError, match="answered 200 with a blank body") as caught:
        Scripted(Answer(body, headers={"X-Request-Id": "r"}), max_retries=0).chat()
    err = caught.value
    assert (err.http_status, err.partial, err.request_id) == (200, "", "r")
    assert "later" in str(err.hint)


@pytest.mark.parametrize("code", [100, 302, "399", 600])
def test_a_number_that_is_no_error_status_stays_a_code(code: Any) -> None:
    with pytest.raises(dsadapter.APIError) as caught:
        Scripted(Answer({"error": {"message": "m", "code": code}}), max_retries=0).chat()
    assert (caught.value.http_status, caught.value.hint) == (200, None)


def test_an_answer_with_an_error_beside_it_is_an_answer() -> None:
    response = Scripted(Answer({**REPLY, "error": {"message": "a warning of a gateway"}})).chat()
    assert response.choices[0].message.content == "Hello"


def test_the_request_of_an_error_has_no_header_that_may_hold_a_key() -> None:
    with pytest.raises(dsadapter.APIStatusError) as caught:
        Scripted(Answer({}, 418)).chat(extra_headers={"X-My-Token": "abc", "X-Team": "a"})
    headers = caught.value.request.headers
    assert headers["X-Team"] == "a"
    assert "X-My-Token" not in headers and "Authorization" not in headers


@pytest.mark.parametrize(("code", "hint"), [(400, "dsadapter models"), (None, None), (500, None)])
def test_which_models_there_are_is_told_where_one_was_refused(code: Any, hint: Any) -> None:
    """Not for an error inside of an answer that says no status."""
    error = {"message": "Model Not Exist", **({"code": code} if code else {})}
    event = f"data: {json.dumps({'error': error})}\n\n".encode()
    with pytest.raises(dsadapter.APIError) as caught:
        list(Scripted(Answer(event)).stream())
    assert (caught.value.hint is None) is (hint is None)
    assert hint is None or hint in str(caught.value.hint)


def test_a_404_that_the_server_explains_is_not_that_of_a_wrong_path() -> None:
    def hint(body: Any) -> str:
        with pytest.raises(dsadapter.NotFoundError) as caught:
            Scripted(Answer(body, 404)).chat()
        return str(caught.value.hint)

    assert "base_url" in hint(b"") and "base_url" in hint(b"404 page not found")
    assert "base_url" not in hint({"error": {"message": "No such file: x"}})
    assert "dsadapter models" in hint({"error": {"message": "Model Not Exist"}})
