"""Every error as a client of OpenAI's API expects it: a status and ``{"error": {...}}``."""

from __future__ import annotations

import json
import logging
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple, Type

import dsadapter
from dsadapter import OpenAIError

log: logging.Logger = logging.getLogger("dsadapter.gateway")

PASSED_HEADERS = ("retry-after", "retry-after-ms", "x-ds-trace-id", "x-request-id")
_KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error"}
_KINDS.update({402: "insufficient_balance", 429: "rate_limit_error", 504: "timeout_error"})


class Refusal(Exception):
    """The gateway's own no, before the upstream is asked."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: Optional[str] = None,
        param: Optional[str] = None,
        headers: Optional[Mapping[str, str]] = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param
        self.headers: Mapping[str, str] = headers or {}


class Failure(NamedTuple):
    """What a client is told; ``code`` is one of few, for counting."""

    status: int
    body: Dict[str, Any]
    headers: Dict[str, str]
    code: str

    @property
    def content(self) -> bytes:
        """The body as JSON bytes."""
        return json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace")


def failure(
    status: int,
    message: str,
    *,
    code: Optional[str] = None,
    param: Optional[str] = None,
    headers: Optional[Mapping[str, str]] = None,
) -> Failure:
    """A failure with its error object; ``code`` is the kind of the status by default."""
    kind = _KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    code = code or kind
    error = {"message": message, "type": kind, "param": param, "code": code}
    return Failure(status, {"error": error}, dict(headers or {}), code)


# What went wrong on the way to the upstream or back; None: the error says it itself.
_Row = Tuple[Type[BaseException], int, str, Optional[str]]
UPSTREAM_FAILURES: Tuple[_Row, ...] = (
    (dsadapter.InvalidArgumentError, 400, "invalid_request_error", None),
    (dsadapter.APITimeoutError, 504, "upstream_timeout", None),
    (dsadapter.ServerBusyError, 503, "upstream_busy", None),
    (
        dsadapter.StreamTruncatedError,
        502,
        "upstream_cut_off",
        "The upstream broke the stream off: the answer is cut off.",
    ),
    (
        dsadapter.APIConnectionError,
        502,
        "upstream_unreachable",
        "The connection to the upstream failed.",
    ),
    (
        dsadapter.APIResponseError,
        502,
        "upstream_invalid",
        "The answer of the upstream is not what the API promises.",
    ),
)


def describe(err: BaseException, key: str = "") -> Failure:
    """Status, body and headers for ``err``; ``key`` is the upstream's, to be told to nobody."""
    if isinstance(err, Refusal):
        return failure(err.status, str(err), code=err.code, param=err.param, headers=err.headers)
    for kind, status, code, text in UPSTREAM_FAILURES:
        if isinstance(err, kind):
            return failure(status, text or _own_text(err), code=code, headers=_passed(err))
    if isinstance(err, OpenAIError):
        return _upstream_response(err, key)
    log.error("a call failed", exc_info=err)
    return failure(500, "The gateway failed; its log says why.")


def _own_text(err: BaseException) -> str:
    return err.message if isinstance(err, OpenAIError) else str(err)


def _upstream_response(err: OpenAIError, key: str) -> Failure:
    """The upstream's own status and body; what is no error object is put into one."""
    status = err.http_status or 502
    if status < 400:  # an error object inside a 200, a redirect that was refused
        status = 502
    body = err.json_body
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return Failure(status, _without_key_tail(body, key), _passed(err), f"upstream_{status}")
    return failure(status, _readable(err, status), headers=_passed(err))


def _readable(err: OpenAIError, status: int) -> str:
    text = err.message
    return f"The upstream answered {status} with a page." if text.startswith("<") else text


def _without_key_tail(body: Dict[str, Any], key: str) -> Dict[str, Any]:
    """DeepSeek names the last four characters of a refused key; it is not the client's."""
    message = body["error"].get("message")
    if not key or not isinstance(message, str):
        return body
    return {**body, "error": {**body["error"], "message": message.replace(f"*{key[-4:]}", "*")}}


def _passed(err: BaseException) -> Dict[str, str]:
    headers: Mapping[str, str] = getattr(err, "headers", None) or {}
    return {name: headers[name] for name in PASSED_HEADERS if name in headers}
