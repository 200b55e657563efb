"""Errors are made with the arguments of both generations, by position and by name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Dict, List, Tuple

import pytest

import dsadapter
from dsadapter import error
from dsadapter._headers import Headers

LEGACY = tuple(name for name in error.__all__ if name != "OpenAIError")
NAMED = [name for name in LEGACY if name not in ("InvalidRequestError", "APIConnectionError")]


class Answer:
    status_code = 429
    headers = Headers({"x-request-id": "r1"})
    request = "the request"


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
