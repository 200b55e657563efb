"""The error tree: who catches what under both spellings, how errors are shown and pickled."""

from __future__ import annotations

import copy
import pickle
import sys
from typing import Any, Dict, NamedTuple, Optional, Tuple

import pytest

import dsadapter
from dsadapter import error
from dsadapter._errors import tree
from dsadapter._errors.native import own_class
from dsadapter._errors.statuses import class_for_status
from dsadapter._headers import Headers

LEGACY = tuple(name for name in error.__all__ if name != "OpenAIError")


class Row(NamedTuple):
    """One line of the cross table: the one legacy name that catches it, and the modern names."""

    what: str
    err: dsadapter.OpenAIError
    legacy: str
    modern: Tuple[str, ...]


def status(code: int) -> dsadapter.OpenAIError:
    return class_for_status(code)("m", http_status=code)


STATUS = ("APIStatusError", "APIError", "OpenAIError")
CONNECTION = ("APIConnectionError", "APIError", "OpenAIError")
INTERNAL = ("InternalServerError", *STATUS)
ROWS = [
    Row("400", status(400), "InvalidRequestError", ("BadRequestError", *STATUS)),
    Row("401", status(401), "AuthenticationError", ("AuthenticationError", *STATUS)),
    Row("402", status(402), "APIError", ("InsufficientBalanceError", *STATUS)),
    Row("403", status(403), "PermissionError", ("PermissionDeniedError", *STATUS)),
    Row("404", status(404), "InvalidRequestError", ("NotFoundError", *STATUS)),
    Row("408", status(408), "APIError", STATUS),
    Row("409", status(409), "TryAgain", ("ConflictError", *STATUS)),
    Row("413", status(413), "APIError", STATUS),
    Row("415", status(415), "InvalidRequestError", STATUS),
    Row("418", status(418), "APIError", STATUS),
    Row("422", status(422), "APIError", ("UnprocessableEntityError", *STATUS)),
    Row("429", status(429), "RateLimitError", ("RateLimitError", *STATUS)),
    Row("500", status(500), "APIError", INTERNAL),
    Row("502", status(502), "APIError", INTERNAL),
    Row("503", status(503), "ServiceUnavailableError", INTERNAL),
    Row("504", status(504), "APIError", INTERNAL),
    Row("529", status(529), "APIError", INTERNAL),
    Row("599", status(599), "APIError", INTERNAL),
    Row(
        "blank 200",
        dsadapter.ServerBusyError("m"),
        "ServiceUnavailableError",
        ("ServerBusyError", *INTERNAL),
    ),
    Row("timeout", dsadapter.APITimeoutError("m"), "Timeout", ("APITimeoutError", *CONNECTION)),
    Row("no connection", error.APIConnectionError("m"), "APIConnectionError", CONNECTION),
    Row("drop", tree.ServerDisconnectedError("m"), "APIConnectionError", CONNECTION),
    Row(
        "cut stream",
        dsadapter.StreamTruncatedError("m"),
        "APIConnectionError",
        ("StreamTruncatedError", *CONNECTION),
    ),
    Row(
        "bad JSON in a 200",
        dsadapter.APIResponseError("m"),
        "APIError",
        ("APIResponseError", "APIResponseValidationError", "APIError", "OpenAIError"),
    ),
    Row("error in a stream", error.APIError("m"), "APIError", ("APIError", "OpenAIError")),
    Row(
        "no key",
        dsadapter.CredentialsError("m"),
        "AuthenticationError",
        ("CredentialsError", "AuthenticationError", *STATUS),
    ),
    Row("bad api_type", error.InvalidAPIType("m"), "InvalidAPIType", ("OpenAIError",)),
    Row(
        "bad argument",
        dsadapter.InvalidArgumentError("m"),
        "InvalidRequestError",
        ("InvalidArgumentError", "BadRequestError", *STATUS),
    ),
]


MODERN = tuple(
    name
    for name, place in sorted(dsadapter._LAZY.items())
    if place == "_errors.tree" and isinstance(getattr(dsadapter, name), type)
)


by_what = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)


@pytest.mark.parametrize("face", ["modern", "legacy"])
@by_what
def test_its_class_has_a_name_that_the_face_knows(row: Row, face: str) -> None:
    err = tree.with_sdk_class(copy.copy(row.err), face)
    for twin in (err, copy.copy(err), pickle.loads(pickle.dumps(err))):
        assert type(twin).__name__ == (row.legacy if face == "legacy" else row.modern[0])
        assert isinstance(twin, own_class(type(row.err)))
        assert twin.message == row.err.message


@by_what
def test_exactly_one_legacy_name_catches_it(row: Row) -> None:
    assert [n for n in LEGACY if isinstance(row.err, getattr(error, n))] == [row.legacy]
    assert isinstance(row.err, error.OpenAIError)


@by_what
def test_the_modern_names_that_catch_it(row: Row) -> None:
    catching = {n for n in MODERN if isinstance(row.err, getattr(dsadapter, n))}
    assert catching == set(row.modern)


@pytest.mark.parametrize("name", LEGACY)
def test_legacy_classes_are_siblings(name: str) -> None:
    cls = getattr(error, name)
    assert [n for n in LEGACY if issubclass(cls, getattr(error, n))] == [name]


def test_the_two_spellings_are_one_class() -> None:
    assert error.OpenAIError is dsadapter.OpenAIError
    assert error.RateLimitError is dsadapter.RateLimitError
    assert error.Timeout is dsadapter.APITimeoutError
    assert error.APIError is not dsadapter.APIError
    assert dsadapter.InvalidRequestError is error.InvalidRequestError


@pytest.mark.parametrize(
    ("name", "builtins"),
    [
        ("InvalidArgumentError", (TypeError, ValueError)),
        ("HttpClientError", (TypeError,)),
        ("NotOfferedError", (AttributeError,)),
    ],
)
def test_mistakes_of_the_program_are_builtin_errors_too(name: str, builtins: Any) -> None:
    err = getattr(dsadapter, name)("m", hint="h")
    assert all(isinstance(err, builtin) for builtin in (*builtins, dsadapter.OpenAIError))
    assert (str(err), err.args) == ("m\nh", ("m",))


def test_warnings_are_of_the_usual_categories() -> None:
    assert issubclass(dsadapter.RepairWarning, UserWarning)
    assert issubclass(dsadapter.BackendWarning, RuntimeWarning)


class Answer:
    status_code = 429
    headers = Headers({"x-request-id": "r1"})
    request = "the request"


NAMED = [name for name in LEGACY if name not in ("InvalidRequestError", "APIConnectionError")]


# --- attributes and texts -------------------------------------------------------------------------

BODY = {"error": {"message": "no", "type": "t", "param": "p", "code": "c", "more": 1}}


def server_error(cls: Any = dsadapter.RateLimitError) -> Any:
    headers = Headers({"X-DS-Trace-Id": "trace", "OpenAI-Organization": "org"})
    return cls(
        "no",
        http_body="{}",
        http_status=429,
        json_body=BODY,
        headers=headers,
        hint="Wait.",
        partial="half",
    )


def test_attributes_of_both_generations() -> None:
    err = server_error()
    assert (err.message, err.user_message, err._message) == ("no", "no", "no")
    assert err.status_code == err.http_status == 429
    assert err.body == BODY["error"]
    assert err.json_body == BODY
    assert (err.code, err.param, err.type) == ("c", "p", "t")
    assert (err.request_id, err.organization) == ("trace", "org")
    assert (err.hint, err.partial, err.partial_response) == ("Wait.", "half", None)
    assert (err.response, err.request) == (None, None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (BODY, {"message": "no", "type": "t", "param": "p", "code": "c", "more": 1}),
        ({"error": {"code": 1}}, {"message": "no", "type": None, "code": 1}),
        ({"error": "text"}, None),
        ({"message": "x"}, None),
        (None, None),
    ],
)
def test_the_error_object_of_0_28(body: Any, expected: Optional[Dict[str, Any]]) -> None:
    found = dsadapter.APIError("no", json_body=body).error
    assert found == expected
    if expected:
        assert found.message == expected["message"]
        assert found.type == expected["type"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [({"error": "text"}, "text"), ({"message": "x"}, None), (["a"], None)],
)
def test_body_is_what_stands_under_error(body: Any, expected: Any) -> None:
    err = dsadapter.APIError("no", json_body=body)
    assert err.body == expected
    assert (err.code, err.param, err.type) == (None, None, None)


@pytest.mark.parametrize(
    ("message", "hint", "text"),
    [
        ("no", None, "no"),
        ("no", "Wait.", "no\nWait."),
        (None, None, "<empty message>"),
        (None, "Wait.", "<empty message>\nWait."),
        ("不行", "等一下", "不行\n等一下"),
    ],
)
def test_text_is_the_message_then_the_hint(message: Any, hint: Any, text: str) -> None:
    err = dsadapter.RateLimitError(message, hint=hint)
    assert str(err) == text
    assert err.args == (message,)
    assert err.user_message == message
    assert err.message == (message or "")


def test_repr_names_class_status_and_request() -> None:
    text = "RateLimitError(message='no', http_status=429, request_id='trace')"
    assert repr(server_error()) == text


@pytest.mark.parametrize(
    ("cls", "shown"),
    [
        (error.APIError, "dsadapter.error.APIError"),
        (error.InvalidRequestError, "dsadapter.error.InvalidRequestError"),
        (error.ServiceUnavailableError, "dsadapter.error.ServiceUnavailableError"),
        (dsadapter.APIError, "dsadapter.APIError"),
        (dsadapter.RateLimitError, "dsadapter.RateLimitError"),
    ],
)
def test_a_traceback_shows_the_name_to_write(cls: Any, shown: str) -> None:
    assert f"{cls.__module__}.{cls.__qualname__}" == shown
    module, _, name = shown.rpartition(".")
    assert getattr(sys.modules[module], name) is cls


# --- subclasses and pickles -----------------------------------------------------------------------


@by_what
@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy])
def test_a_copy_is_the_same_error(row: Row, again: Any) -> None:
    err = copy.copy(row.err)
    err.hint, err.partial, err.headers = "h", "half", Headers({"X-Request-Id": "r"})
    twin = again(err)
    assert own_class(type(twin)) is own_class(type(row.err))
    assert (twin.message, twin.hint, twin.partial, twin.args) == ("m", "h", "half", ("m",))
    assert twin.http_status == row.err.http_status
    assert twin.request_id == "r"


def test_everything_of_a_server_error_is_pickled() -> None:
    err = server_error()
    twin = pickle.loads(pickle.dumps(err))
    for name in "message body json_body http_body code param type hint partial".split():
        assert getattr(twin, name) == getattr(err, name), name
    assert dict(twin.headers) == dict(err.headers)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_all_pickle_protocols(protocol: int) -> None:
    twin = pickle.loads(pickle.dumps(error.InvalidRequestError("m", "p", "c"), protocol))
    assert own_class(type(twin)) is error.InvalidRequestError
    assert (twin.param, twin.code) == ("p", "c")


def test_a_subclass_may_set_what_028_has_no_name_for() -> None:
    """litellm 0.1 does, before it calls our constructor."""

    class Theirs(error.APIError):  # type: ignore[misc, valid-type]
        def __init__(self, status_code: int, message: str) -> None:
            self.status_code, self.message = status_code, message  # type: ignore[misc]
            super().__init__(message)

    err = Theirs(529, "busy")
    assert (err.status_code, err.http_status, str(err)) == (529, None, "busy")


def test_an_error_that_028_pickled_can_be_read() -> None:
    err = error.RateLimitError.__new__(error.RateLimitError)
    BaseException.__setstate__(err, {"_message": "m", "http_status": 429, "request_id": "r"})
    assert (err.user_message, err.status_code, err.request_id) == ("m", 429, "r")
