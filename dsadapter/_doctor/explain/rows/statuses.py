"""What a status says where the server's text says no more (deepseek-api 7.1)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, OTHERS, OURS, POSSIBLE, Row


def _status(codes: str, classes: str) -> str:
    """The ways in which HTTP libraries write a status; ``classes`` are names that mean it, too."""
    before = (
        r"(?:Error code: |HTTP/[\d.]+ |HTTP |HTTP code |HTTP Error |HTTPError: |HTTPStatusError: |"
        r"status(?:[_ ]?code)?['\x22]?[=: ]{1,3}|(?:Client|Server) error '|ResponseError: |"
        r"APIStatusError: )"
    )
    after = r"(?: (?:Client|Server) Error|, message=)"
    return rf"{classes}|{before}(?:{codes})\b|\b(?:{codes}){after}"


_BALANCE = _status("402", "InsufficientBalanceError|Payment Required")
_RATE = _status("429", "RateLimitError|Too Many Requests")
_NOT_FOUND = _status("404", r"\bNotFoundError|['\x22]error_msg['\x22]: ?['\x22]Not Found")
_BUSY = _status(
    r"5\d\d",
    "ServiceUnavailableError|InternalServerError|Bad Gateway|Gateway Time-?out|openresty",
)
_UNAUTHORIZED = _status("401", r"AuthenticationError|Unauthorized\b")
_FORBIDDEN = _status("403", "PermissionDeniedError|PermissionError: The server|403 Forbidden")
_TOO_LARGE = _status("413", "Request Entity Too Large|Payload Too Large|RequestTooLarge")
_BAD_REQUEST = _status("400|422", r"\bBadRequestError|InvalidRequestError|UnprocessableEntityError")

ROWS: Tuple[Row, ...] = (
    Row(
        "api-balance",
        rf"Insufficient Balance|{_BALANCE}",
        ("python -m dsadapter balance",),
        sure=LIKELY,
        vendor=OURS,
    ),
    Row(
        "api-concurrency",
        r"concurrency is (?P<now>\d+), which exceeds your concurrency limit of (?P<limit>\d+)",
        vendor=OURS,
    ),
    Row(
        "quota",
        r"insufficient_quota|exceeded your current quota|余额不足|账户(?:已)?欠费|额度已用完"
        r"|(?:balance|credits?) (?:is |are )?(?:insufficient|exhausted|too low)",
        sure=LIKELY,
    ),
    Row(
        "api-rate",
        rf"Rate limit reached|{_RATE}",
        sure=LIKELY,
        vendor=OURS,
        general=True,
    ),
    Row(
        "api-content-type",
        r"Expected request with `Content-Type: application/json`",
        vendor=OURS,
    ),
    Row(
        "model-unknown",
        r"[Tt]he model `(?P<name>[^`\n]+)` does not exist|model_not_found"
        r"|[Mm]odel ['\"]?(?P<other>[\w./:-]+)['\"]? (?:is )?(?:not found|does not exist)",
        sure=LIKELY,
    ),
    Row(
        "cloudflare",
        r"Just a moment\.\.\.|Attention Required! \| Cloudflare|cf-error-details"
        r"|Sorry, you have been blocked",
    ),
    Row("api-too-large", _TOO_LARGE, sure=LIKELY),
    Row("api-forbidden", _FORBIDDEN, sure=LIKELY, vendor=OURS, general=True),
    Row(
        "api-not-found",
        _NOT_FOUND,
        sure=LIKELY,
        checks=("settings-base-url",),
        vendor=OURS,
        general=True,
    ),
    Row(
        "api-busy",
        rf"The server is overloaded or not ready yet|{_BUSY}",
        sure=LIKELY,
        vendor=OURS,
        general=True,
    ),
    Row(
        "api-unauthorized",
        rf"Authentication Fails|{_UNAUTHORIZED}",
        sure=LIKELY,
        checks=("settings-key-shape", "settings-key-vendor", "settings-api-base"),
        vendor=OURS,
        general=True,
    ),
    Row("api-bad-request", _BAD_REQUEST, sure=POSSIBLE, vendor=OURS, general=True),
    Row("other-balance", _BALANCE, sure=LIKELY, vendor=OTHERS, general=True),
    Row("other-rate", _RATE, sure=LIKELY, vendor=OTHERS, general=True),
    Row("other-forbidden", _FORBIDDEN, sure=LIKELY, vendor=OTHERS, general=True),
    Row("other-not-found", _NOT_FOUND, sure=LIKELY, vendor=OTHERS, general=True),
    Row("other-busy", _BUSY, sure=LIKELY, vendor=OTHERS, general=True),
    Row("other-unauthorized", _UNAUTHORIZED, sure=LIKELY, vendor=OTHERS, general=True),
    Row("other-bad-request", _BAD_REQUEST, sure=POSSIBLE, vendor=OTHERS, general=True),
)
