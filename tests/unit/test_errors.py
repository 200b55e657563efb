"""The error tree: who catches what under both spellings, how errors are made, shown and pickled."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from types import SimpleNamespace
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import pytest

import dsadapter
from dsadapter import error
from dsadapter._backends import detection as _detect
from dsadapter._backends.versions import below
from dsadapter._errors import tree as _errors
from dsadapter._errors.native import own_class
from dsadapter._errors.statuses import class_for_status
from dsadapter._headers import Headers

LEGACY = tuple(name for name in error.__all__ if name != "OpenAIError")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(dsadapter.__file__)))


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
    Row("drop", _errors.ServerDisconnectedError("m"), "APIConnectionError", CONNECTION),
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


# --- constructors --------------------------------------------------------------------------------


class Answer:
    status_code = 429
    headers = Headers({"x-request-id": "r1"})
    request = "the request"


NAMED = [name for name in LEGACY if name not in ("InvalidRequestError", "APIConnectionError")]


@pytest.mark.parametrize("name", [*LEGACY, "OpenAIError"])
def test_a_legacy_class_needs_no_arguments(name: str) -> None:
    err = getattr(error, name)()
    assert err.http_body is None
    assert err.json_body is None
    assert err.headers == {}
    assert err.request_id is None


@pytest.mark.parametrize("name", [n for n in NAMED if n != "SignatureVerificationError"])
def test_the_positions_of_0_28(name: str) -> None:
    body = {"error": {"message": "m", "type": "t"}}
    err = getattr(error, name)("m", "text", 418, body, {"request-id": "r"}, "c")
    got = (err.user_message, err.http_body, err.http_status, err.json_body, err.code)
    assert got == ("m", "text", 418, body, "c")
    assert err.request_id == "r"


MADE: List[Tuple[Any, Dict[str, Any]]] = [
    (lambda: error.APIError("t"), {"user_message": "t", "message": "t", "args": ("t",)}),
    (lambda: error.RateLimitError(), {"user_message": None, "message": "", "http_status": 429}),
    (
        lambda: error.InvalidRequestError("m", "p"),
        {"user_message": "m", "param": "p", "code": None, "http_status": None},
    ),
    (
        lambda: error.InvalidRequestError("m", "p", "c", "b", 400, {"a": 1}, {"h": "v"}),
        {
            "param": "p",
            "code": "c",
            "http_body": "b",
            "http_status": 400,
            "json_body": {"a": 1},
            "headers": {"h": "v"},
        },
    ),
    (lambda: error.InvalidRequestError(message="m", param="p"), {"message": "m", "param": "p"}),
    (lambda: error.APIConnectionError("m", should_retry=True), {"should_retry": True}),
    (lambda: error.APIConnectionError("m"), {"should_retry": False}),
    (
        lambda: error.SignatureVerificationError("m", "sig", "body"),
        {"message": "m", "sig_header": "sig", "http_body": "body"},
    ),
    (
        lambda: dsadapter.RateLimitError(
            "m", response=Answer(), body={"code": "c", "param": "p", "type": "t"}
        ),
        {
            "status_code": 429,
            "http_status": 429,
            "request_id": "r1",
            "request": "the request",
            "code": "c",
            "param": "p",
            "type": "t",
            "body": {"code": "c", "param": "p", "type": "t"},
        },
    ),
    (
        lambda: dsadapter.APITimeoutError(request="q"),
        {"message": "Request timed out.", "request": "q", "status_code": None},
    ),
    (
        lambda: dsadapter.APITimeoutError(SimpleNamespace(url="u")),
        {"message": "Request timed out.", "request": SimpleNamespace(url="u")},
    ),
    (
        lambda: dsadapter.APIConnectionError(request="q"),
        {"message": "Connection error.", "request": "q"},
    ),
    (
        lambda: dsadapter.APIConnectionError(message="m", request="q"),
        {"message": "m", "request": "q"},
    ),
    (
        lambda: dsadapter.APIError("m", SimpleNamespace(url="u"), body={"code": "c"}),
        {"request": SimpleNamespace(url="u"), "code": "c", "http_body": None},
    ),
    (
        lambda: dsadapter.APIResponseValidationError(Answer(), {"a": 1}),
        {
            "message": "Data returned by API invalid for expected schema.",
            "status_code": 429,
            "body": {"a": 1},
        },
    ),
    (
        lambda: dsadapter.APIStatusError("m", response=Answer(), body=None),
        {"status_code": 429, "body": None, "code": None},
    ),
]


@pytest.mark.parametrize(("make", "expected"), MADE)
def test_constructors_of_both_generations(make: Any, expected: Dict[str, Any]) -> None:
    err = make()
    assert {name: getattr(err, name) for name in expected} == expected


# --- attributes and texts ------------------------------------------------------------------------

BODY = {"error": {"message": "no", "type": "t", "param": "p", "code": "c", "more": 1}}


def whole_error(cls: Any = dsadapter.RateLimitError) -> Any:
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
    err = whole_error()
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
    assert repr(whole_error()) == text


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


# --- pickling ------------------------------------------------------------------------------------


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
    err = whole_error()
    twin = pickle.loads(pickle.dumps(err))
    for name in "message body json_body http_body code param type hint partial".split():
        assert getattr(twin, name) == getattr(err, name), name
    assert dict(twin.headers) == dict(err.headers)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_all_pickle_protocols(protocol: int) -> None:
    twin = pickle.loads(pickle.dumps(error.InvalidRequestError("m", "p", "c"), protocol))
    assert own_class(type(twin)) is error.InvalidRequestError
    assert (twin.param, twin.code) == ("p", "c")


# --- caught by the classes of a real SDK ---------------------------------------------------------

RAISING = """
import pickle
import openai
import dsadapter
from dsadapter.testing.emulator import Emulator

with Emulator() as emulator:
    client = dsadapter.OpenAI(
        api_key="k", base_url=emulator.base_url, provider="deepseek", max_retries=0
    )
    for row in ROWS:
        fault, names, never = row
        emulator.fault(fault)
        try:
            client.chat.completions.create(
                model="deepseek-flash", messages=[{"role": "user", "content": "Hello"}], timeout=0.3
            )
        except Exception as err:
            twin = pickle.loads(pickle.dumps(err))
            for name in names:
                space = openai.error if legacy(openai) else openai
                assert isinstance(err, getattr(space, name)), (fault, name, type(err).__mro__)
                assert isinstance(twin, getattr(space, name)), (fault, name, "pickled")
            for name in never:
                space = openai.error if legacy(openai) else openai
                assert not isinstance(err, getattr(space, name)), (fault, name)
            assert isinstance(err, dsadapter.OpenAIError)
            assert type(err).__module__.partition(".")[0] == "dsadapter"
        else:
            raise AssertionError(fault)
    client.close()
print("caught")
"""
OLD_ROWS = [
    ("status-429", ["RateLimitError", "OpenAIError"], ["APIError", "Timeout"]),
    ("status-402", ["APIError"], ["RateLimitError", "InvalidRequestError"]),
    ("status-400-content-risk", ["InvalidRequestError"], ["APIError"]),
    ("status-401", ["AuthenticationError"], ["APIError"]),
    ("status-403", ["PermissionError"], ["APIError"]),
    ("status-404", ["InvalidRequestError"], ["APIError"]),
    ("status-409", ["TryAgain"], ["APIError"]),
    ("status-500", ["APIError"], ["ServiceUnavailableError"]),
    ("status-503", ["ServiceUnavailableError"], ["APIError"]),
    ("stall-before-headers", ["Timeout"], ["APIConnectionError", "APIError"]),
    ("reset-before", ["APIConnectionError"], ["Timeout", "APIError"]),
    ("html-200", ["APIError"], ["InvalidRequestError"]),
]
NEW_ROWS = [
    ("status-429", ["RateLimitError", "APIStatusError", "APIError"], ["APIConnectionError"]),
    ("status-402", ["APIStatusError", "OpenAIError"], ["RateLimitError", "BadRequestError"]),
    ("status-400-content-risk", ["BadRequestError"], ["NotFoundError"]),
    ("status-401", ["AuthenticationError"], ["PermissionDeniedError"]),
    ("status-403", ["PermissionDeniedError"], ["AuthenticationError"]),
    ("status-404", ["NotFoundError"], ["BadRequestError"]),
    ("status-409", ["ConflictError"], ["RateLimitError"]),
    ("status-422-text", ["UnprocessableEntityError"], ["BadRequestError"]),
    ("status-500", ["InternalServerError"], ["RateLimitError"]),
    ("status-503", ["InternalServerError"], ["RateLimitError"]),
    ("stall-before-headers", ["APITimeoutError", "APIConnectionError"], ["APIStatusError"]),
    ("reset-before", ["APIConnectionError"], ["APITimeoutError", "APIStatusError"]),
    ("html-200", ["APIResponseValidationError"], ["APIStatusError"]),
]


def installed_sdk() -> Any:
    found = _detect.sdk()
    if found is None or found.fault:
        pytest.skip("no openai SDK is installed here")
    return found


def test_the_real_sdk_s_names_catch_what_is_raised() -> None:
    old = below(installed_sdk().version, "1")
    rows = OLD_ROWS if old else NEW_ROWS
    program = f"ROWS = {rows!r}\nlegacy = lambda _: {old}\n{RAISING}"
    assert run(program).stdout == "caught\n"


def test_an_sdk_that_the_program_did_not_import_changes_no_class() -> None:
    installed_sdk()
    program = """
import sys
from dsadapter import RateLimitError
from dsadapter._errors import tree as _errors
err = _errors.with_sdk_class(RateLimitError("m"))
assert type(err) is RateLimitError
assert "openai" not in sys.modules
"""
    run(program)


def run(program: str) -> Any:
    env = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        env=env,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done


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
