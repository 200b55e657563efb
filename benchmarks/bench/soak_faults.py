"""What every injected fault must end in: a good answer, or one class of error."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

OK = "ok"
HISTORY = "history"  # the fault needs an answer of the model among the messages


class Expected(NamedTuple):
    spec: str  # of the emulator's header, or "wire;NAME": a row of soak_wire
    whole: Tuple[str, ...]
    stream: Tuple[str, ...]
    passes: bool = False  # a retry may meet a healthy server
    params: Dict[str, Any] = {}
    needs: Optional[str] = None
    says_text: bool = True  # a good answer repeats the question
    at_most: int = 1  # requests where nothing is retried
    retried: bool = False  # tried again on the modern face, although it may never pass
    readable: bool = True  # chunks have the fields that they should have


def _both(spec: str, *outcomes: str, **more: Any) -> Expected:
    return Expected(spec, outcomes, outcomes, **more)


def _passing(spec: str, outcome: str, **params: Any) -> Expected:
    """Tried again on the modern face; the legacy face sends once, and this is its outcome."""
    return _both(spec, outcome, passes=True, retried=True, params=params)


SOON = ";retry_after=0.02"
TIMEOUT = "APITimeoutError"
BUSY = "ServerBusyError"
NO_JSON = ("APIResponseError",)
BROKEN = ("APIConnectionError",)
CUT = ("StreamTruncatedError",)
NO_HEADS = (
    *("half-status", "half-head", "half-head-reset", "half-429", "no-blank-line"),
    "another-protocol",
)
NO_SIZES = ("-0009", "+f3", "0x5", "1_0")
LIMIT = 1.5  # seconds, for faults that never end by themselves

FAULTS: List[Expected] = [
    _both("status-400-context-length", "BadRequestError"),
    _both("status-400-content-risk", "BadRequestError"),
    _both("status-401", "AuthenticationError"),
    _both("status-401-text", "AuthenticationError"),
    _both("plain-401", "AuthenticationError"),
    _both("status-402", "InsufficientBalanceError"),
    _both("status-403", "PermissionDeniedError"),
    _both("status-404", "NotFoundError"),
    _both("status-413", "APIStatusError"),
    _both("status-415", "APIStatusError"),
    _both("status-422-text", "UnprocessableEntityError"),
    _both("status;code=418", "APIStatusError"),
    _passing("status-408" + SOON, "APIStatusError"),
    _passing("status-409" + SOON, "ConflictError"),
    _passing("status-429" + SOON, "RateLimitError"),
    _passing("status-429", "RateLimitError"),
    _passing("status-429-tpm" + SOON, "RateLimitError"),
    _passing("status-500" + SOON, "InternalServerError"),
    _passing("status-500-html" + SOON, "InternalServerError"),
    _passing("status-502-html" + SOON, "InternalServerError"),
    _passing("status-503" + SOON, "InternalServerError"),
    _passing("status-503", "InternalServerError"),
    _passing("status-504" + SOON, "InternalServerError"),
    _passing("status-529" + SOON, "InternalServerError"),
    _passing("blank-200", BUSY),
    _passing("empty-200", BUSY),
    _passing("reset-before", "APIConnectionError"),
    _passing("stall-before-headers", TIMEOUT, timeout=LIMIT),
    _both("reasoning-missing", OK, needs=HISTORY, at_most=2),
    _both("reasoning-missing;always=1", "BadRequestError", needs=HISTORY, at_most=2),
    # time
    _both("keep-alive;interval=0.01", OK),
    _both("keep-alive-forever;interval=0.05", TIMEOUT, params={"idle_timeout": LIMIT}),
    _both("keep-alive-forever;interval=0.05", TIMEOUT, params={"deadline": LIMIT}),
    _both("stall", TIMEOUT, params={"timeout": LIMIT}),
    _both("stall", TIMEOUT, params={"idle_timeout": LIMIT}),
    _both("slow;interval=0.002", OK),
    _both("slow-drip;interval=0.0", OK),
    _both("slow-headers;interval=0.0005", OK),
    # endings
    Expected("cut;after=4", BROKEN, CUT),
    Expected("cut;after=0", BROKEN, CUT),
    Expected("cut-clean;after=4", NO_JSON, CUT),
    _both("no-done", OK),
    Expected("half-json", NO_JSON, CUT),
    _both("stream-error;after=4", "APIError"),
    _both("stream-error;after=4;code=429", "RateLimitError"),
    _both("stream-error;after=4;status=503", "InternalServerError"),
    _both("error-event;after=4", "APIError"),
    _both("error-in-200", "APIError"),
    _both("insufficient-resource;after=4", OK, says_text=False),
    _both("bad-json-event;after=4", "APIResponseError"),
    Expected("reset-after;after=4", BROKEN, CUT),
    # content
    _both("html-200", "APIResponseError"),
    _both("wrong-type", OK),
    _both("octet-stream", OK),
    _both("no-type", OK),
    Expected("json-for-stream", (OK,), NO_JSON),
    _both("usage-chunk", OK),
    _both("empty-choices", OK, says_text=False),
    _both("null-content", OK, says_text=False),
    _both("empty-content", OK, says_text=False),
    _both("long-answer;tokens=300", OK, says_text=False),
    # bytes
    _both("bad-utf8", OK),
    _both("u2028", OK),
    _both("bom", OK),
    _both("crlf", OK),
    _both("cr", OK),
    _both("no-space", OK),
    _both("multi-line", OK),
    _both("event-fields", OK),
    _both("comments", OK),
    _both("split-bytes", OK),
    _both("giant-line;size=300000", OK),
    _both("gzip", OK),
    _both("deflate", OK),
    _both("gzip-stream", OK),
    _both("bomb;size=1000000", OK),
    # connections; what is too much for a head differs by HTTP library, and is no other error
    _both("header-flood;count=2000", OK, "APIConnectionError"),
    _both("header-giant;size=200000", OK, "APIConnectionError"),
    _both("redirect-other-host", "APIStatusError"),
    _both("redirect-same-host", OK, at_most=2),
    _both("close-idle", OK),
    # every try may meet another used connection of the pool
    _both("close-on-reuse", OK, "APIConnectionError", retried=True),
    # bytes in place of an answer; once a head began nothing is sent again
    _passing("wire;closed", "APIConnectionError"),
    _passing("wire;early-hints-closed", "APIConnectionError"),
    *(_both(f"wire;{name}", "APIConnectionError") for name in NO_HEADS),
    _both("wire;early-hints", OK),
    _both("wire;413-early", "APIStatusError", params={"user": "u" * 1_000_000}),
    *(_both(f"wire;chunk-size-{size}", "APIConnectionError") for size in NO_SIZES),
    *(_both(f"wire;moved-{status}", "APIStatusError") for status in (301, 302, 303)),
    _both("wire;gzip-bomb", OK),
    _both("wire;fuzzed", OK, "OpenAIError", retried=True, says_text=False, readable=False),
]
