"""Every fault of the emulator, on every backend, sync and async: what a caller gets.

One row per fault: the class that is raised (None: a good answer), how many requests were sent when
one retry is allowed, and what had arrived.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import Any, Dict, Iterator, List, NamedTuple, Optional

import pytest

import dsadapter
from dsadapter import error
from dsadapter._backends import selection as _registry
from dsadapter.testing.callers import KEY, MODES, Caller, text_of
from dsadapter.testing.contract import missing
from dsadapter.testing.emulator import FAULTS, Emulator

HELLO = [{"role": "user", "content": "你好"}]
TURNS = [
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "Hi!"},
    {"role": "user", "content": "And you?"},
]
SOME, ANY = "some", "any"  # a partial text that is not empty; one that may be


class Outcome(NamedTuple):
    """``error`` None: the answer is good. ``partial`` None: nothing was told of it."""

    error: Optional[str] = None
    requests: int = 1
    partial: Optional[str] = None
    legacy: Optional[str] = None  # its class in openai.error


class Row(NamedTuple):
    spec: str
    whole: Outcome
    stream: Outcome
    params: Dict[str, Any] = {}
    messages: List[Any] = HELLO


def both(spec: str, outcome: Outcome, **params: Any) -> Row:
    return Row(spec, outcome, outcome, params)


GOOD = Outcome()
AGAIN = 2  # requests, where the fault may pass
BUSY = Outcome("ServerBusyError", AGAIN, "", "ServiceUnavailableError")
NO_JSON = Outcome("APIResponseError", 1, SOME, "APIError")
IN_BAND = Outcome("APIError", 1, SOME, "APIError")
TRUNCATED = Outcome("StreamTruncatedError", 1, SOME, "APIConnectionError")
BROKEN = Outcome("APIConnectionError", 1, SOME, "APIConnectionError")
LATE = Outcome("APITimeoutError", 1, "", "Timeout")
LATE_STREAM = LATE._replace(partial=SOME)
UNREADABLE_HEAD = Outcome("APIConnectionError?", 1)


def refused(name: str, legacy: str, requests: int = 1) -> Outcome:
    return Outcome(name, requests, None, legacy)


ROWS = [
    both("status-400-context-length", refused("BadRequestError", "InvalidRequestError")),
    both("status-400-content-risk", refused("BadRequestError", "InvalidRequestError")),
    both("status-401", refused("AuthenticationError", "AuthenticationError")),
    both("status-401-text", refused("AuthenticationError", "AuthenticationError")),
    both("plain-401", refused("AuthenticationError", "AuthenticationError")),
    both("status-402", refused("InsufficientBalanceError", "APIError")),
    both("status-403", refused("PermissionDeniedError", "PermissionError")),
    both("status-404", refused("NotFoundError", "InvalidRequestError")),
    both("status-408", refused("APIStatusError", "APIError", AGAIN)),
    both("status-409", refused("ConflictError", "TryAgain", AGAIN)),
    both("status-413", refused("APIStatusError", "APIError")),
    both("status-415", refused("APIStatusError", "InvalidRequestError")),
    both("status-422-text", refused("UnprocessableEntityError", "APIError")),
    both("status-429", refused("RateLimitError", "RateLimitError", AGAIN)),
    both("status-429-tpm", refused("RateLimitError", "RateLimitError", AGAIN)),
    both("limit;of=0", refused("RateLimitError", "RateLimitError", AGAIN)),
    both("limit;of=1", GOOD),  # one at a time
    both("status-500", refused("InternalServerError", "APIError", AGAIN)),
    both("status-500-html", refused("InternalServerError", "APIError", AGAIN)),
    both("status-502-html", refused("InternalServerError", "APIError", AGAIN)),
    both("status-503", refused("InternalServerError", "ServiceUnavailableError", AGAIN)),
    both("status-504", refused("InternalServerError", "APIError", AGAIN)),
    both("status-529", refused("InternalServerError", "APIError", AGAIN)),
    both("status;code=418", refused("APIStatusError", "APIError")),
    both("status;code=302", refused("APIStatusError", "APIError")),
    # one repair resend; a history that it cannot mend is refused
    Row("reasoning-missing", Outcome(None, 2), Outcome(None, 2), {}, TURNS),
    Row(
        "reasoning-missing;always=1",
        refused("BadRequestError", "InvalidRequestError", 2),
        refused("BadRequestError", "InvalidRequestError", 2),
        {},
        TURNS,
    ),
    # time
    both("keep-alive;interval=0.01", GOOD),
    both("keep-alive-forever;interval=0.05", LATE, idle_timeout=0.3),
    both("keep-alive-forever;interval=0.05", LATE, deadline=0.3),
    Row("stall;after=40", LATE, LATE_STREAM, {"timeout": 0.3}),
    Row("stall;after=40", LATE, LATE_STREAM, {"idle_timeout": 0.3}),
    Row("stall;after=40", LATE, LATE_STREAM, {"deadline": 0.5}),
    both("review;seconds=0.05", GOOD),
    Row("review;seconds=5", LATE, LATE_STREAM, {"idle_timeout": 0.3}),
    both("late-headers;seconds=0.05", GOOD),
    both("stall-before-headers", Outcome("APITimeoutError", AGAIN, None, "Timeout"), timeout=0.2),
    both("stall-before-headers", Outcome("APITimeoutError", 1, None, "Timeout"), deadline=0.3),
    both("slow;interval=0.002", GOOD),
    Row("slow;interval=0.1", LATE_STREAM, LATE._replace(partial=ANY), {"deadline": 0.35}),
    both("slow-drip;interval=0.0", GOOD),
    Row("slow-drip", LATE_STREAM, LATE._replace(partial=ANY), {"deadline": 0.3}),
    both("slow-headers;interval=0.0005", GOOD),
    # endings
    Row("cut;after=40", BROKEN, TRUNCATED),
    Row("cut;after=0", BROKEN, TRUNCATED._replace(partial="")),
    Row("cut-clean;after=40", NO_JSON, TRUNCATED),
    both("no-done", GOOD),
    Row("half-json", NO_JSON, TRUNCATED._replace(partial=ANY)),
    Row("stream-error;after=40", IN_BAND._replace(partial=None), IN_BAND),
    Row(
        "stream-error;after=40;code=429",
        Outcome("RateLimitError", 1, None, "RateLimitError"),
        Outcome("RateLimitError", 1, SOME, "RateLimitError"),
    ),
    Row(
        "stream-error;after=40;status=503",
        Outcome("InternalServerError", 1, None, "ServiceUnavailableError"),
        Outcome("InternalServerError", 1, SOME, "ServiceUnavailableError"),
    ),
    Row("error-event;after=40", IN_BAND._replace(partial=None), IN_BAND),
    Row("error-in-200", IN_BAND._replace(partial=None), IN_BAND._replace(partial="")),
    both("insufficient-resource;after=40", GOOD),
    Row("bad-json-event;after=40", NO_JSON, NO_JSON),
    both("reset-before", Outcome("APIConnectionError", AGAIN, None, "APIConnectionError")),
    Row("reset-after;after=40", BROKEN, TRUNCATED),
    # content
    both("blank-200", BUSY),
    both("empty-200", BUSY),
    both("html-200", NO_JSON),
    both("wrong-type", GOOD),
    both("octet-stream", GOOD),
    both("no-type", GOOD),
    Row("json-for-stream", GOOD, NO_JSON),
    both("usage-chunk", GOOD),
    both("empty-choices", GOOD),
    both("null-content", GOOD),
    both("empty-content", GOOD),
    both("long-answer;tokens=300", GOOD),
    # bytes
    both("bad-utf8", GOOD),
    both("u2028", GOOD),
    both("bom", GOOD),
    both("crlf", GOOD),
    both("cr", GOOD),
    both("no-space", GOOD),
    both("multi-line", GOOD),
    both("event-fields", GOOD),
    both("comments", GOOD),
    both("split-bytes", GOOD),
    both("giant-line;size=10000000", GOOD),
    both("gzip", GOOD),
    both("deflate", GOOD),
    both("gzip-stream", GOOD),
    both("bomb;size=30000000", Outcome("APIResponseError", 1, None, "APIError")),
    # connections; what is too much for a head differs by HTTP library, and is no other error
    both("header-flood;count=10000", UNREADABLE_HEAD),
    both("header-giant;size=1000000", UNREADABLE_HEAD),
    both("redirect-other-host", refused("APIStatusError", "APIError")),
    both("redirect-same-host", Outcome(None, 2)),
    both("close-idle", GOOD),
    both("close-on-reuse", GOOD),
]
BOMB_LIMIT = 20_000_000
CELLS = [(b, c) for b in _registry.BY_NAME if not missing(b) for c in MODES]


def name_of(row: Row) -> str:
    return ",".join([row.spec, *(f"{k}={v}" for k, v in row.params.items())])


@pytest.fixture(scope="module")
def server() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(params=CELLS, ids="-".join)
def caller(request: Any, server: Emulator, monkeypatch: Any) -> Iterator[Caller]:
    monkeypatch.setattr(import_module("dsadapter._settings.values"), "DEFAULT_RETRIES", 1)
    monkeypatch.setattr(import_module("dsadapter._call.retries"), "FIRST_WAIT", 0.01)
    new_legacy_session()
    server.clear()
    yield Caller(request.param[0], "modern", request.param[1], server.base_url)
    server.clear()


def new_legacy_session() -> None:
    """The sync sessions of openai 0.28 are the thread's and outlive a client; a row begins anew."""
    requestor = sys.modules.get("openai.api_requestor")
    session = vars(requestor._thread_context).pop("session", None) if requestor else None
    if session is not None:
        session.close()


def test_every_fault_has_a_row() -> None:
    assert {row.spec.partition(";")[0] for row in ROWS} == set(FAULTS)


@pytest.mark.parametrize("shape", ["whole", "stream"])
@pytest.mark.parametrize("row", ROWS, ids=name_of)
@pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
def test_fault(caller: Caller, server: Emulator, row: Row, shape: str, monkeypatch: Any) -> None:
    if row.spec.startswith("bomb"):
        monkeypatch.setattr(
            import_module("dsadapter._response.content_encoding"), "MAX_BODY", BOMB_LIMIT
        )
    name, _, options = row.spec.partition(";")
    given = dict(item.split("=") for item in options.split(";") if item)
    server.fault(name, times=-1, **given)
    received: List[Any] = []
    caught = call(caller, shape, row, received)
    check(getattr(row, shape), caught, received)
    assert requests_seen(server, getattr(row, shape).requests) == getattr(row, shape).requests


def requests_seen(server: Emulator, expected: int) -> int:
    """How many requests arrived; one that a bound overtook on its way gets a moment for it."""
    ends = time.monotonic() + 10
    while len(server.requests) < expected and time.monotonic() < ends:
        time.sleep(0.01)
    return len(server.requests)


def call(caller: Caller, shape: str, row: Row, received: List[Any]) -> Any:
    """The error, or None; ``received`` gets the chunks, or the reply."""
    try:
        if shape == "stream":
            caller.stream_into(received, row.messages, **row.params)
        else:
            received.append(caller.chat(row.messages, **row.params))
    except dsadapter.OpenAIError as err:
        return err
    return None


def check(outcome: Outcome, caught: Any, received: List[Any]) -> None:
    if outcome is UNREADABLE_HEAD:
        assert caught is None or isinstance(caught, dsadapter.APIConnectionError), repr(caught)
        return
    if outcome.error is None:
        assert caught is None, repr(caught)
        assert received
        return
    assert isinstance(caught, getattr(dsadapter, outcome.error)), repr(caught)
    assert isinstance(caught, getattr(error, str(outcome.legacy)))
    assert outcome.partial == ANY or bool(caught.partial) == (outcome.partial == SOME)
    assert outcome.partial is None or isinstance(caught.partial, str)
    if received:
        assert caught.partial == text_of(received)
        assert caught.partial_response.choices[0].message.content in (caught.partial, None)
    assert KEY not in f"{caught} {caught!r} {vars(caught)}"
    check_what_it_is_about(caught)


def check_what_it_is_about(caught: Any) -> None:
    """The request, the answer where one came, and in neither a key: nor in those that the errors
    of HTTP libraries behind it hold."""
    assert "chat/completions" in caught.request.url
    if isinstance(caught, dsadapter.APIConnectionError):
        assert caught.response is None  # no answer, or not the whole of it
    else:
        assert caught.response.status_code >= 200
    cause = caught
    while cause is not None:
        held = vars(cause).get("request") or vars(cause).get("_request")
        assert KEY not in repr(held and dict(held.headers))
        cause = cause.__cause__ or cause.__context__
