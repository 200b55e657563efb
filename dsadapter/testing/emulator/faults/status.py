"""Refusals: one fault per recorded error body, and the statuses a gateway adds."""

from __future__ import annotations

from functools import partial
from typing import Any, List, Optional
from zlib import crc32

from ..json_errors import TYPE
from ..response import JSON, Json, Response, dump_json, error_response, text_response
from ..rules import CONTENT_RISK, CONTEXT, PASSED_BACK
from .base import Apply, Exchange, Fault

HTML = "text/html"
PLAIN = "text/plain; charset=utf-8"


def page(title: str) -> str:
    """An error page as the gateway (openresty) writes it."""
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n"
        "<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n"
    )


def _json(
    status: int,
    message: str,
    kind: str = "invalid_request_error",
    code: str = "invalid_request_error",
) -> Apply:
    def refuse(response: Response, exchange: Exchange, retry_after: str = "") -> Response:
        return _wait(error_response(status, message, kind, code), retry_after)

    return refuse


def _text(status: int, body: str, content_type: Optional[str]) -> Apply:
    def refuse(response: Response, exchange: Exchange, retry_after: str = "") -> Response:
        return _wait(text_response(status, body, content_type), retry_after)

    return refuse


def _wait(response: Response, retry_after: str) -> Response:
    # The real server was never seen to send it; it is asked for.
    response.headers += [("retry-after", retry_after)] if retry_after else []
    return response


def any_status(
    response: Response, exchange: Exchange, code: int, body: str, type: str, retry_after: str
) -> Response:
    """The status `code` with a body of any type, or the standard error object."""
    return _wait(
        text_response(code, body, type)
        if body
        else error_response(code, f"The emulator was asked for a {code}."),
        retry_after,
    )


def reasoning_missing(response: Response, exchange: Exchange, always: int) -> Response:
    """Refuse a history until what it says of its reasoning has changed."""
    messages = _messages(exchange.request.json)
    history = hash(
        dump_json(
            [
                {key: message[key] for key in message if key != "reasoning_content"}
                for message in messages
            ]
        )
    )
    reasoning = hash(dump_json([message.get("reasoning_content", 0) for message in messages]))
    if not always and exchange.refused.pop(history, reasoning) != reasoning:
        return response
    exchange.refused[history] = reasoning
    return error_response(400, PASSED_BACK)


def limit(response: Response, exchange: Exchange, of: int, seconds: float, notext: int) -> Response:
    """Refuse what exceeds `of` open requests; answer the others after about `seconds`."""
    if len(exchange.accepted) >= of:
        message = _CONCURRENCY.format(count=len(exchange.accepted) + 1, limit=of)
        return error_response(429, _NO_NUMBER if notext else message, *_RATE_LIMIT)
    exchange.accepted.add(exchange.request)
    response.at_end = partial(exchange.accepted.discard, exchange.request)
    # From 0.5 to 1.5 times the seconds, the same for the same body.
    response.head_delay = seconds * (0.5 + crc32(exchange.request.body) / 2**32)
    return response


def _messages(body: Any) -> List[Json]:
    messages = body.get("messages") if isinstance(body, dict) else None
    return [message for message in messages or () if isinstance(message, dict)]


def _row(name: str, summary: str, apply: Apply, **options: Any) -> Fault:
    return Fault(name, summary, apply, dict(options, retry_after=""))


_RATE_LIMIT = ("rate_limit_error", "rate_limit_exceeded")
_TOO_LONG = (
    f"This model's maximum context length is {CONTEXT} tokens. However, you requested "
    "1048710 tokens (1040518 in the messages, "
    "8192 in the completion). Please reduce the length of the messages or completion."
)
_CONCURRENCY = (
    "Your current concurrency is {count}, which exceeds your concurrency limit of {limit} "
    "based on your remaining balance. "
    "Please top up your balance to restore your concurrency."
)
_NO_NUMBER = "Rate limit reached"
_MISSING_FIELD = TYPE + "missing field `messages` at line 1 column 2"
_BAD_KEY = "Authentication Fails, Your api key: ****0000 is invalid"
_BUSY = (
    "Service is too busy. "
    "We advise users to temporarily switch to alternative LLM API service providers."
)

STATUS: List[Fault] = [
    _row(
        "status-400-context-length",
        "400: the prompt is longer than the model's context.",
        _json(400, _TOO_LONG),
    ),
    _row(
        "status-400-content-risk",
        "400: the moderation refuses the input.",
        _json(400, CONTENT_RISK),
    ),
    _row("status-401", "401: a wrong key, as JSON.", _json(401, _BAD_KEY, "authentication_error")),
    _row(
        "status-401-text",
        "401: no usable key, as bare text without a content type.",
        _text(401, "Authentication Fails (governor)", None),
    ),
    _row(
        "plain-401",
        "401: the same text, as text/plain.",
        _text(401, "Authentication Fails (governor)", PLAIN),
    ),
    _row(
        "status-402",
        "402: the balance is used up.",
        _json(402, "Insufficient Balance", "unknown_error"),
    ),
    _row(
        "status-403",
        "403: a gateway forbids the request, as HTML.",
        _text(403, page("403 Forbidden"), HTML),
    ),
    _row("status-404", "404 with an empty body, as for a wrong path.", _text(404, "", None)),
    _row(
        "status-408",
        "408: the server waited too long for the request.",
        _json(408, "Request Timeout", "timeout_error", "timeout"),
    ),
    _row("status-409", "409: a conflict.", _json(409, "Conflict", "conflict_error", "conflict")),
    _row(
        "status-413",
        "413: the body is too large for the gateway, as HTML.",
        _text(413, page("413 Request Entity Too Large"), HTML),
    ),
    _row(
        "status-415",
        "415: not application/json.",
        _text(415, "Expected request with `Content-Type: application/json`", PLAIN),
    ),
    _row(
        "status-422-text",
        "422: a missing field, as plain text (until spring 2025).",
        _text(422, _MISSING_FIELD, PLAIN),
    ),
    _row(
        "status-429",
        "429: too many requests at once.",
        _json(429, _CONCURRENCY.format(count=40, limit=39), *_RATE_LIMIT),
    ),
    _row(
        "status-429-tpm",
        "429: too many tokens a minute.",
        _json(429, "Rate limit reached for TPM", *_RATE_LIMIT),
    ),
    _row(
        "status-500",
        "500: the server failed.",
        _json(500, "Internal Server Error", "server_error", "internal_error"),
    ),
    _row(
        "status-500-html",
        "500: a page of the gateway.",
        _text(500, page("500 Internal Server Error"), HTML),
    ),
    _row(
        "status-502-html", "502: a page of the gateway.", _text(502, page("502 Bad Gateway"), HTML)
    ),
    _row(
        "status-503",
        "503: overload.",
        _json(503, _BUSY, "service_unavailable_error", "service_unavailable"),
    ),
    _row(
        "status-504", "504: a page of the gateway.", _text(504, page("504 Gateway Time-out"), HTML)
    ),
    _row(
        "status-529",
        "529: overloaded, a status outside the registry.",
        _json(529, "Overloaded", "overloaded_error", "overloaded"),
    ),
    Fault(
        "limit",
        "429 for what exceeds `of` open requests, with the true numbers (notext=1: without); "
        "an answer takes 0.5 to 1.5 times `seconds`.",
        limit,
        {"of": 39, "seconds": 0.0, "notext": 0},
    ),
    Fault(
        "reasoning-missing",
        "400: reasoning_content must be passed back, until the same history comes with other "
        "reasoning (always=1: every time).",
        reasoning_missing,
        {"always": 0},
    ),
    _row(
        "status",
        "Any status with any body; without one, a JSON error.",
        any_status,
        code=500,
        body="",
        type=JSON,
    ),
]
