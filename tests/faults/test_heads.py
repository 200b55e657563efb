"""What a connection may say instead of an answer: one meaning on every backend.

Rows: the bytes and when the connection closes. Columns: backends, sync and async, and the
aiohttp session of a caller's. Value: the class that is raised, and the requests counted with two
retries allowed.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from importlib import import_module
from typing import Any, Iterator, List, NamedTuple, Sequence

import pytest
from columns import COLUMNS, GET, POST, Client, Column, new_legacy_session, outcome
from wire_server import CERTIFICATE, CLOSE, HOLD, RESET, TEXT, WireServer, answer

import dsadapter
from dsadapter.testing.contract import missing

ALL = 3  # requests, with two retries
BIG = [{"role": "user", "content": "x" * 12_000_000}]  # more than the buffers of both sides hold


class Row(NamedTuple):
    """What is said to each request; the class that is raised (None: the answer is good)."""

    name: str
    reply: Sequence[Any]
    error: Any
    requests: int = 1


HEAD = "APIConnectionError"  # of which nothing is sent again: an answer began
NONE = "ServerDisconnectedError"
BUSY = "ServerBusyError"
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
ROWS = [
    # nothing at all: asked again
    Row("closed", [CLOSE], NONE, ALL),
    Row("reset", [RESET], NONE, ALL),
    Row("hints-then-closed", [EARLY_HINTS, CLOSE], NONE, ALL),
    Row("hints-in-two-then-closed", [EARLY_HINTS[:-1], EARLY_HINTS[-1:], CLOSE], NONE, ALL),
    # half a head
    Row("half-a-word", [b"HTT", CLOSE], HEAD),
    Row("half-a-status", [b"HTTP/1.1 20", CLOSE], HEAD),
    Row("half-a-status-reset", [b"HTTP/1.1 20", RESET], HEAD),
    Row("status-without-line-end", [b"HTTP/1.1 200 OK", CLOSE], HEAD),
    Row("status-alone", [b"HTTP/1.1 200 OK\r\n", CLOSE], HEAD),
    Row("half-a-field-name", [b"HTTP/1.1 200 OK\r\nConte", CLOSE], HEAD),
    Row("half-a-field", [b"HTTP/1.1 200 OK\r\nContent-Type: app", CLOSE], HEAD),
    Row("no-blank-line", [b"HTTP/1.1 200 OK\r\nConnection: close\r\n", CLOSE], HEAD),
    Row("length-and-no-blank-line", [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", CLOSE], HEAD),
    Row("half-a-head-reset", [b"HTTP/1.1 200 OK\r\nContent-Type: app", RESET], HEAD),
    Row("half-a-429", [b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0", CLOSE], HEAD),
    Row("half-a-503", [b"HTTP/1.1 503 Busy\r\nX: y\r\n", CLOSE], HEAD),
    Row("half-early-hints", [b"HTTP/1.1 103 Early Hints\r\nLink: <", CLOSE], HEAD),
    Row("hints-and-half-a-head", [EARLY_HINTS + b"HTTP/1.1 200 OK\r\nConte", CLOSE], HEAD),
    Row("hints-and-half-a-head-reset", [EARLY_HINTS * 2 + b"HTTP/1.1 200 O", RESET], HEAD),
    # no HTTP
    Row("another-protocol", [b"SSH-2.0-OpenSSH_9.6\r\n", CLOSE], HEAD),
    Row("no-line-end", [b"SSH-2.0-OpenSSH_9.6", CLOSE], HEAD),
    Row("two-lengths", [answer(TEXT, "200 OK", "Content-Length: 5")], HEAD),
    # statuses below 200 are no answers
    Row("early-hints", [EARLY_HINTS + answer()], None),
    Row("early-hints-apart", [EARLY_HINTS, answer()], None),
    Row("continue", [b"HTTP/1.1 100 Continue\r\n\r\n" + EARLY_HINTS * 3 + answer()], None),
    Row("processing", [b"HTTP/1.1 102 Processing\r\n\r\n" + answer()], None),
    Row("early-hints-and-429", [EARLY_HINTS + answer(b"", "429 No")], "RateLimitError", ALL),
    Row("early-hints-and-400", [EARLY_HINTS + answer(b"", "400 No")], "BadRequestError"),
    Row("upgrade", [UPGRADE, CLOSE], HEAD),
    Row("upgrade-kept", [UPGRADE, HOLD], HEAD),
    Row("status-099", [b"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", CLOSE], HEAD),
    Row("status-20", [b"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n", CLOSE], HEAD),
    Row("status-0", [b"HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n", CLOSE], HEAD),
    # good heads
    Row("good", [answer()], None),
    Row("good-to-the-end", [b"HTTP/1.1 200 OK\r\n\r\n" + TEXT, CLOSE], None),
    Row("blank", [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", CLOSE], BUSY, ALL),
    Row("blank-without-fields", [b"HTTP/1.1 200 OK\r\n\r\n", CLOSE], BUSY, ALL),
    # what the server wants of a client
    Row("429", [answer(b"", "429 No", "Retry-After: 0")], "RateLimitError", ALL),
    Row("429-no-retry", [answer(b"", "429 No", "x-should-retry: false")], "RateLimitError"),
    Row("500-no-retry", [answer(b"", "500 No", "X-Should-Retry: false")], "InternalServerError"),
    Row("blank-no-retry", [answer(b"", "200 OK", "x-should-retry: false")], BUSY),
    Row("400-retry", [answer(b"", "400 No", "x-should-retry: true")], "BadRequestError"),
    Row("413-retry", [answer(b"", "413 No", "x-should-retry: true")], "APIStatusError"),
    Row("500-retry", [answer(b"", "500 No", "x-should-retry: true")], "InternalServerError", ALL),
]  # fmt: skip


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_head(column: Column, row: Row, method: str) -> None:
    with WireServer(lambda number, of_connection: row.reply) as server:
        err = outcome(Client(column, server.url), method)
        assert len(server.requests) == row.requests, repr(err)
    if row.error is None:
        assert err is None
    else:
        assert row.error in [cls.__name__ for cls in type(err).__mro__], repr(err)
        assert isinstance(err, dsadapter.APIConnectionError) == (row.error in (HEAD, NONE))


@pytest.mark.parametrize("bytes_of_head", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: app"])
def test_a_head_that_does_not_go_on(column: Column, bytes_of_head: bytes) -> None:
    """A timeout before the answer is retried; one within its head is not."""
    with WireServer(lambda number, of_connection: [bytes_of_head, HOLD]) as server:
        err = outcome(Client(column, server.url, max_retries=1), timeout=0.2)
        assert len(server.requests) == (1 if bytes_of_head else 2)
    assert isinstance(err, dsadapter.APITimeoutError)
    assert err.bound == "timeout"


@pytest.mark.parametrize("hint", [EARLY_HINTS, b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_silence_behind_a_hint_is_a_timeout_before_the_answer(column: Column, hint: bytes) -> None:
    def script(number: int, of_connection: int) -> Iterator[Any]:
        yield hint
        time.sleep(1.5)  # and not for ever, for a call that would wait so long
        yield CLOSE

    with WireServer(script) as server:
        err = outcome(Client(column, server.url, max_retries=1), timeout=0.3)
        assert len(server.requests) == 2
    assert isinstance(err, dsadapter.APITimeoutError), repr(err)


# --- kept-alive connections ----------------------------------------------------------------------


@pytest.mark.parametrize(("retries", "requests"), [(0, 1), (2, 3)])
@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("ending", [CLOSE, RESET])
def test_a_request_that_was_read_is_counted(
    column: Column, ending: str, method: str, retries: int, requests: int
) -> None:
    """The first call leaves a connection; each later request is read whole and not answered."""
    with WireServer(lambda number, of_connection: [answer() if number == 1 else ending]) as server:
        client = Client(column, server.url, max_retries=retries)
        client.call()
        err = outcome(client, method)
        assert len(server.requests) - 1 == requests
    assert NONE in [cls.__name__ for cls in type(err).__mro__]


def test_a_connection_that_died_while_idle_costs_nothing(column: Column) -> None:
    """The event loop stands still meanwhile, as in a program that computes between its calls."""

    def script(number: int, of_connection: int) -> List[Any]:
        return [answer(), *([CLOSE] if number == 1 else [])]

    with WireServer(script) as server:
        client = Client(column, server.url, max_retries=0)
        client.call()
        assert server.closed.wait(5)
        assert outcome(client) is None
        assert (len(server.requests), server.connections) == (2, 2)


UNASKED = [answer(TEXT.replace(b"Hello", b"Other")), b"HTTP/1.1 408 Request Ti", b"\r\n", b"x"]


@pytest.mark.parametrize("unasked", UNASKED)
def test_what_comes_between_calls_is_no_answer_to_the_next(column: Column, unasked: bytes) -> None:
    answered, said = threading.Event(), threading.Event()

    def script(number: int, of_connection: int) -> Iterator[Any]:
        yield answer()
        if number == 1 and answered.wait(30):
            yield unasked
            said.set()

    with WireServer(script) as server:
        client = Client(column, server.url, max_retries=0)
        client.call()
        answered.set()
        assert said.wait(30)
        client.wait(0.05)  # its event loop reads it
        assert outcome(client) is None
        assert (len(server.requests), server.connections) == (2, 2)


def skip_where_anyio_is_too_old(column: Column) -> None:
    if sys.version_info < (3, 9) and column[1] == "async" and column[0] != "aiosession":
        if column[0] != "legacy-openai":
            pytest.skip("to anyio for Python 3.8, what was lost while it was written was written")


def test_a_connection_that_dies_before_the_request_is_written(column: Column) -> None:
    """One more request is free; a connection of the call's own that dies so is a retry."""
    skip_where_anyio_is_too_old(column)

    def script(number: int, of_connection: int) -> Iterator[Any]:
        if number == 2:
            time.sleep(0.2)  # the client waits to write more by now
        yield RESET if number == 2 else answer()

    with WireServer(script, head_only=lambda number: number == 2) as server:
        client = Client(column, server.url, max_retries=0)
        client.call()
        assert outcome(client, POST, BIG) is None
        assert (len(server.requests), server.connections) == (3, 2)


def test_the_free_request_is_one(column: Column) -> None:
    skip_where_anyio_is_too_old(column)

    def script(number: int, of_connection: int) -> Iterator[Any]:
        if number > 1:
            time.sleep(0.2)
        yield answer() if number == 1 else RESET

    with WireServer(script, head_only=lambda number: number > 1) as server:
        client = Client(column, server.url, max_retries=0)
        client.call()
        err = outcome(client, POST, BIG)
        assert len(server.requests) == 3
    assert isinstance(err, dsadapter.APIConnectionError)


# --- a session that the program itself uses, too -------------------------------------------------


def half_a_head_to_the_second(number: int, of_connection: int) -> List[Any]:
    half = [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", CLOSE]
    return half if of_connection == 2 else [answer()]


def test_the_program_s_own_requests_stay_as_they_were() -> None:
    """To http.client half a head is a whole one: so it stays for the program, also on connections
    that a call of the adapter opened, and not for the adapter on those of the program."""
    requests = import_module("requests")
    with WireServer(half_a_head_to_the_second) as server, requests.Session() as session:
        client = Client(("raw-requests", "sync"), server.url, http_client=session)
        client.call()
        assert session.get(server.url).status_code == 200  # half a head
        assert server.connections == 1
        assert session.get(server.url).status_code == 200
        assert isinstance(outcome(client), dsadapter.APIConnectionError)  # half a head
        assert (len(server.requests), server.connections) == (4, 2)


# --- while the request is written ----------------------------------------------------------------


def test_a_413_before_the_body_was_read(column: Column) -> None:
    """The server answers and, a moment later, closes while the request is still being written."""
    body = b'{"error": {"message": "too large"}}'

    def script(number: int, of_connection: int) -> Iterator[Any]:
        yield answer(body, "413 Payload Too Large", "Connection: close")
        time.sleep(0.05)  # asyncio loses what was sent by one that closes at once
        yield CLOSE

    with WireServer(script, head_only=lambda number: True) as server:
        err = outcome(Client(column, server.url), POST, BIG)
        assert len(server.requests) == 1
    assert type(err.status_code) is int, repr(err)
    assert (err.status_code, err.message) == (413, "too large")


def test_a_request_that_cannot_be_written_in_time(column: Column) -> None:
    """Nobody reads it: a timeout like any other."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        err = outcome(Client(column, url, max_retries=0), POST, BIG, timeout=0.3)
    assert isinstance(err, dsadapter.APITimeoutError), repr(err)


# --- redirects -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", [GET, POST])
def test_a_redirect_on_the_same_host(column: Column, method: str, status: int) -> None:
    """One that would turn a POST into a GET is an error that names the target."""
    moved = answer(b"", f"{status} Moved", "Location: /v2/elsewhere")
    with WireServer(lambda number, of_connection: [moved if number == 1 else answer()]) as server:
        err = outcome(Client(column, server.url), method)
        lines = [head.split(b" HTTP")[0].decode() for head in server.requests]
    if method == POST and status < 304:
        assert len(lines) == 1
        assert isinstance(err, dsadapter.APIStatusError)
        assert err.status_code == status
        assert "/v2/elsewhere" in str(err)
    else:
        assert err is None
        assert lines[1:] == [f"{method} /v2/elsewhere"]


# --- retries of a session's own ------------------------------------------------------------------


def retrying_session(monkeypatch: Any) -> Any:
    """As openai 0.28 makes one for https: urllib3 asks again, for a GET also after an answer."""
    requests = import_module("requests")
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=2))
    if not missing("legacy-openai"):
        monkeypatch.setattr(import_module("openai"), "requestssession", session)
    return session


BUSY_ANSWERS = [
    answer(b"", "429 No", "Retry-After: 5"),
    answer(b"", "413 No", "Retry-After: 5"),
    answer(b"", "503 No", "Retry-After: 5"),
    CLOSE,
]


@pytest.mark.parametrize("said", BUSY_ANSWERS, ids=["429", "413", "503", "closed"])
@pytest.mark.parametrize("backend", ["legacy-openai", "raw-requests"])
def test_a_session_s_own_retries_are_off(backend: str, said: Any, monkeypatch: Any) -> None:
    if missing(backend):
        pytest.skip(f"{backend}: {missing(backend)}")
    new_legacy_session()
    session = retrying_session(monkeypatch)
    own = {"http_client": session} if backend == "raw-requests" else {}
    with WireServer(lambda number, of_connection: [said]) as server:
        client = Client((backend, "sync"), server.url, max_retries=0, deadline=2, **own)
        began = time.monotonic()
        with pytest.raises(dsadapter.APIError):
            client.call(GET)
        assert len(server.requests) == 1
        assert time.monotonic() - began < 2
        client.close()
    assert session.get_adapter("http://").max_retries.total == 2  # stays the caller's
    session.close()
    new_legacy_session()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("said", [*BUSY_ANSWERS, None], ids=["429", "413", "503", "closed", "good"])
@pytest.mark.parametrize("backend", [name for name, mode in COLUMNS if mode == "sync"])
def test_one_request_over_tls(backend: str, said: Any, method: str, monkeypatch: Any) -> None:
    """Where openai 0.28 mounts an adapter that asks again: https, its own session."""
    for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(variable, CERTIFICATE)
    new_legacy_session()
    with WireServer(lambda number, of_connection: [said or answer()], tls=True) as server:
        err = outcome(Client((backend, "sync"), server.url, max_retries=0), method)
        assert len(server.requests) == 1
    assert (err is None) == (said is None)
    new_legacy_session()


@pytest.mark.parametrize("backend", ["legacy-openai", "raw-requests"])
def test_a_session_s_own_retries_to_connect_stay(backend: str, monkeypatch: Any) -> None:
    """Nothing was sent."""
    if missing(backend):
        pytest.skip(f"{backend}: {missing(backend)}")
    new_legacy_session()
    session = retrying_session(monkeypatch)
    own = {"http_client": session} if backend == "raw-requests" else {}
    connects: List[Any] = []
    connect = import_module("urllib3.util.connection").create_connection

    def counted(*arguments: Any, **options: Any) -> Any:
        connects.append(arguments)
        return connect(*arguments, **options)

    monkeypatch.setattr(import_module("urllib3.util.connection"), "create_connection", counted)
    client = Client((backend, "sync"), "http://127.0.0.1:1", max_retries=0, **own)
    with pytest.raises(dsadapter.APIConnectionError):
        client.call(GET)
    assert len(connects) == 3
    client.close()
    session.close()
    new_legacy_session()
