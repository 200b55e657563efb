"""requests as a transport: proxies of the environment, strict sessions, replies."""

from __future__ import annotations

import http.client
import socket
import threading
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any, List

import pytest
import requests
from requests.adapters import HTTPAdapter
from wire_server import CLOSE, HOLD, WireServer, answer

import dsadapter
from _backends.io.kinds import kind_of
from dsadapter._backends.io.failures import UNREADABLE_HEAD
from dsadapter._backends.io.requests import (
    Body,
    RequestsBackend,
    RequestsReply,
    StrictResponse,
    connections_opened,
    strict_adapter,
    strict_pool,
    strict_session,
)
from dsadapter._backends.io.requests_failures import is_begun, is_unwritten
from dsadapter._backends.io.requests_prepared import ENVIRONMENT, Session, proxy_options
from dsadapter._errors.tree import ServerDisconnectedError
from dsadapter.testing import Emulator

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

CALL = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "hi"}]}


ON_HTTP_CLIENT = pytest.mark.skipif(
    find_spec("urllib3.backend") is not None,
    reason="urllib3-future, which takes urllib3's name, reads replies in its own way",
)


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def test_a_proxy_that_comes_and_goes(monkeypatch: Any, closed_port: int) -> None:
    """requests looks at every call; so does a client that remembers what it saw."""
    proxy, broken = "http://far-away.invalid", f"http://127.0.0.1:{closed_port}"
    with Emulator() as emulator, dsadapter.OpenAI(
        api_key="sk-x", base_url=proxy, backend="raw-requests", max_retries=0
    ) as client:
        monkeypatch.setenv("http_proxy", emulator.base_url)
        with pytest.raises(dsadapter.NotFoundError):  # of the emulator, which is no proxy
            client.chat.completions.create(**CALL)
        monkeypatch.setenv("http_proxy", broken)
        with pytest.raises(dsadapter.APIConnectionError, match="proxy"):
            client.chat.completions.create(**CALL)
        monkeypatch.setenv("no_proxy", "far-away.invalid")
        with pytest.raises(dsadapter.APIConnectionError, match="(?i)resol|name|getaddrinfo"):
            client.chat.completions.create(**CALL)
        monkeypatch.delenv("no_proxy")
        monkeypatch.setenv("http_proxy", emulator.base_url)
        with pytest.raises(dsadapter.NotFoundError):
            client.chat.completions.create(**CALL)
        assert len(emulator.requests) == 2


# --- strict sessions and bodies -------------------------------------------------------------------


def test_a_strict_session_is_the_program_s_in_all_else() -> None:
    """Its class, its methods and its state, which may change either way."""

    class Counting(requests.Session):
        calls = 0

        def request(self, *args: Any, **kwargs: Any) -> Any:
            self.calls += 1

    with Counting() as session:
        strict = strict_session(session)
        assert isinstance(strict, Counting)
        strict.request("GET", "http://127.0.0.1")
        session.headers["X-Later"] = "1"
        assert (session.calls, strict.headers["X-Later"]) == (1, "1")


def test_only_failed_connects_are_repeated() -> None:
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=2))
        own, strict = (s.get_adapter("http://x") for s in (session, strict_session(session)))
        assert own.max_retries.is_retry("GET", 503, has_retry_after=True)
        assert not strict.max_retries.is_retry("GET", 503, has_retry_after=True)
        assert (strict.max_retries.total, strict.max_retries.read) == (2, False)
        assert strict.poolmanager is own.poolmanager


def test_a_pool_that_is_not_urllib3_s_is_not_looked_into() -> None:
    """niquests puts its own in the place of urllib3."""

    class Pool:
        __slots__ = ()  # no state to look into
        ConnectionCls = object

    class Pools:
        """Has neither keys() nor get()."""

    pool = Pool()
    assert strict_pool(pool) is pool
    assert strict_pool(None) is None
    session = requests.Session()
    for manager in (SimpleNamespace(pools=Pools()), SimpleNamespace(), None):
        vars(session.get_adapter("http://x"))["poolmanager"] = manager
        assert connections_opened(session, "http://x") == 0


def test_retries_of_another_kind_stay_what_they_are() -> None:
    class Adapter(HTTPAdapter):
        max_retries = "mine"

        def __init__(self) -> None:
            super().__init__()
            vars(self).pop("max_retries", None)

    strict = strict_adapter(Adapter())
    assert strict.max_retries == "mine"
    strict.max_retries = 3
    assert (strict.max_retries, isinstance(strict, Adapter)) == (3, True)


@pytest.mark.parametrize("session", [None, object()])
def test_what_is_no_session_of_requests_stays_itself(session: Any) -> None:
    assert strict_session(session) is session


def test_a_body_knows_when_it_was_written() -> None:
    body = Body(b"{}")
    assert (body == b"{}", body.written) == (True, False)
    assert (body.read(1), body.written) == (b"{}", False)  # handed over, all at once
    assert (body.read(1), body.written) == (b"", True)  # asked for more: it went out


# --- replies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["connected", "shut down", "closed"])
def test_a_reply_is_aborted_whatever_became_of_its_socket(state: str) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        raw = SimpleNamespace(connection=SimpleNamespace(sock=ours))
        reply = RequestsReply(SimpleNamespace(status_code=200, headers={}, raw=raw))
        if state == "shut down":
            ours.shutdown(socket.SHUT_RDWR)
        if state == "closed":
            ours.close()
        reply.abort()
        assert theirs.recv(1) == b""
        ours.close()


@pytest.mark.parametrize("end", ["read", "closed"])
def test_a_connection_is_given_back_before_or_after_it_is_shut_down(end: str) -> None:
    """Never in between: the one who gets it next would be ended."""
    ended, go_on, shutting = threading.Event(), threading.Event(), threading.Event()

    class Sock:
        """Says that it is being shut down, and takes its time."""

        def fileno(self) -> int:
            shutting.set()
            go_on.wait(10)
            return -1

    raw = SimpleNamespace(
        connection=SimpleNamespace(sock=Sock()), read=lambda size: b"", release_conn=ended.set
    )
    response = SimpleNamespace(status_code=200, headers={}, raw=raw, close=ended.set)
    reply = RequestsReply(response)
    threads = [
        threading.Thread(target=reply.abort),
        threading.Thread(target=lambda: list(reply.chunks()) if end == "read" else reply.close()),
    ]
    threads[0].start()
    assert shutting.wait(10)
    threads[1].start()
    assert not ended.wait(0.1)
    go_on.set()
    assert ended.wait(10)
    shutting.clear()
    reply.abort()  # too late
    assert not shutting.is_set()
    for thread in threads:
        thread.join(10)


def test_the_body_of_a_redirect_is_left_to_the_caller(op: Any) -> None:
    """requests would read it, whatever its size, before it hands it out."""
    sent: Any = []

    def large() -> Any:
        while len(sent) < 1000:
            sent.append(b"x")
            yield b"x"

    class Redirecting(HTTPAdapter):
        def send(self, request: Any, *_: Any, **__: Any) -> Any:  # type: ignore[override]
            response = requests.Response()
            response.status_code, response.headers["Location"] = 302, "/elsewhere"
            response.url, response.request = request.url, request
            response.raw = SimpleNamespace(stream=lambda *_, **__: large())
            return response

    with requests.Session() as session:
        session.mount("http://", Redirecting())
        assert RequestsBackend(session).send(op).status == 302
        assert sent == []


def test_a_reply_that_a_program_s_adapter_made(op: Any) -> None:
    """Its body is there already, decoded: as with a mocked session."""

    class Fixed(HTTPAdapter):
        def send(self, request: Any, *_: Any, **__: Any) -> Any:  # type: ignore[override]
            response = requests.Response()
            response.status_code, response._content = 200, b"{}"
            response.headers["Content-Encoding"] = "gzip"
            response.url, response.request = request.url, request
            return response

    with requests.Session() as session:
        session.mount("http://", Fixed())
        reply = RequestsBackend(session).send(op)
        assert (reply.status, list(reply.chunks()), reply.content_encoding) == (200, [b"{}"], "")


def test_netrc_does_not_replace_the_key(monkeypatch: Any, tmp_path: Any) -> None:
    path = tmp_path / "netrc"
    path.write_text("machine 127.0.0.1 login user password secret\n")
    path.chmod(0o600)
    monkeypatch.setenv("NETRC", str(path))
    with Emulator() as emulator, requests.Session() as session:
        with dsadapter.OpenAI(
            api_key="sk-x", base_url=emulator.base_url, http_client=session
        ) as client:
            client.chat.completions.create(**CALL)
        assert emulator.requests[0].headers["authorization"] == "Bearer sk-x"


# --- what a server says --------------------------------------------------------------------------


@ON_HTTP_CLIENT
@pytest.mark.parametrize("head", [b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"])
def test_a_head_that_breaks_off(op: Any, head: bytes) -> None:
    with WireServer(lambda number, again: [head, CLOSE]) as server:
        with pytest.raises(dsadapter.APIConnectionError) as caught:
            RequestsBackend().send(op._replace(url=server.url))
        assert kind_of(caught.value) == UNREADABLE_HEAD


@ON_HTTP_CLIENT
def test_a_head_that_stalls(op: Any) -> None:
    """That a part of it was there is known: nothing is asked again."""
    with WireServer(lambda number, again: [b"HTTP/1.1 200 OK\r\n", HOLD]) as server:
        with pytest.raises(dsadapter.APITimeoutError) as caught:
            RequestsBackend().send(op._replace(url=server.url, read=0.1))
        assert caught.value.answer_began


def test_a_server_that_stays_silent_has_begun_no_answer(op: Any) -> None:
    with WireServer(lambda number, again: [HOLD]) as server:
        with pytest.raises(dsadapter.APITimeoutError) as caught:
            RequestsBackend().send(op._replace(url=server.url, read=0.1))
        assert not caught.value.answer_began


def test_early_hints_are_no_answer(op: Any) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    with WireServer(lambda number, again: [hints * 2, answer(b"{}")]) as server:
        backend = RequestsBackend()
        for _ in range(2):
            reply = backend.send(op._replace(url=server.url))
            assert (reply.status, b"".join(reply.chunks())) == (200, b"{}")
            assert "link" not in reply.headers
        assert server.connections == 1
        backend.close()


BODIES = {
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst", b"later"),
    "chunked": (CHUNKED + b"5\r\nfirst\r\n", b"5\r\nlater\r\n0\r\n\r\n"),
}


@pytest.mark.parametrize("framing", BODIES)
def test_bytes_of_a_body_are_there_as_they_come(op: Any, framing: str) -> None:
    go_on = threading.Event()
    first, later = BODIES[framing]

    def script(number: int, again: int) -> Any:
        yield first
        go_on.wait(10)
        yield later

    with WireServer(script) as server:
        backend = RequestsBackend()
        reply = backend.send(op._replace(url=server.url))
        chunks = reply.chunks()
        assert next(chunks) == b"first"
        go_on.set()
        assert b"".join(chunks) == b"later"
        reply.close()
        backend.close()


@ON_HTTP_CLIENT
@pytest.mark.parametrize("framing", BODIES)
def test_a_body_that_breaks_off_is_no_body(op: Any, framing: str) -> None:
    with WireServer(lambda number, again: [BODIES[framing][0], CLOSE]) as server:
        reply = RequestsBackend().send(op._replace(url=server.url))
        with pytest.raises(dsadapter.APIConnectionError, match="The connection broke"):
            list(reply.chunks())
        reply.close()


def test_a_body_that_stalls(op: Any) -> None:
    with WireServer(lambda number, again: [BODIES["length"][0], HOLD]) as server:
        reply = RequestsBackend().send(op._replace(url=server.url, read=0.1))
        chunks = reply.chunks()
        assert next(chunks) == b"first"
        with pytest.raises(dsadapter.APITimeoutError, match="while the answer was read"):
            next(chunks)
        reply.close()


@ON_HTTP_CLIENT
def test_an_answer_that_ends_the_connection_is_aborted_too(op: Any) -> None:
    """Its socket is the answer's then, no longer the connection's."""
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfirst"
    with WireServer(lambda number, again: [head, HOLD]) as server:
        reply = RequestsBackend().send(op._replace(url=server.url, read=5.0))
        chunks = reply.chunks()
        assert next(chunks) == b"first"
        timer = threading.Timer(0.05, reply.abort)
        timer.start()
        assert list(chunks) == []  # not a timeout
        timer.join()
        reply.close()


@ON_HTTP_CLIENT
def test_a_connection_that_died_before_it_was_written_to_is_stale(
    op: Any, monkeypatch: Any
) -> None:
    """Then, and only then, the request is sent again without counting."""
    with WireServer(lambda number, again: [answer(b"{}")]) as server:
        backend = RequestsBackend()
        op = op._replace(url=server.url)
        list(backend.send(op).chunks())

        def broken(self: Any, *args: Any, **kwargs: Any) -> None:
            raise ConnectionResetError("gone")

        monkeypatch.setattr("http.client.HTTPConnection.endheaders", broken)
        with pytest.raises(ServerDisconnectedError) as reused:
            backend.send(op)
        with pytest.raises(ServerDisconnectedError) as opened:
            RequestsBackend().send(op)
        assert (reused.value.stale, opened.value.stale) == (True, False)
        backend.close()


def test_what_of_a_request_was_written() -> None:
    body = Body(b"{}")
    assert (is_unwritten(body), is_begun(body)) == (True, False)
    body.read()
    assert (is_unwritten(body), is_begun(body)) == (True, True)
    body.read()
    assert (is_unwritten(body), is_begun(body)) == (False, True)
    for other in (None, b"{}"):  # of those nothing is known
        assert (is_unwritten(other), is_begun(other)) == (False, True)


@ON_HTTP_CLIENT
def test_all_connections_that_were_in_use_are_kept(op: Any) -> None:
    with WireServer(lambda number, again: [answer(b"{}")]) as server:
        backend = RequestsBackend()
        for _ in range(2):
            replies = [backend.send(op._replace(url=server.url)) for _ in range(12)]
            assert [list(reply.chunks()) for reply in replies] == [[b"{}"]] * 12
        assert server.connections == 12
        backend.close()


@ON_HTTP_CLIENT
def test_the_connections_of_a_program_s_session_are_as_they_were(op: Any) -> None:
    """It may serve others, who take what the adapter refuses."""
    with WireServer(lambda number, again: [answer(b"{}")]) as server, requests.Session() as session:
        reply = RequestsBackend(session).send(op._replace(url=server.url))
        assert type(reply._file) is StrictResponse
        assert list(reply.chunks()) == [b"{}"]
        response = session.get(server.url, stream=True)
        assert type(response.raw._fp) is http.client.HTTPResponse
        assert (response.content, server.connections) == (b"{}", 1)


def test_of_an_adapter_without_known_pools_no_connection_is_stale(op: Any) -> None:
    """Nobody knows whether it had served an earlier call."""

    class Broken(HTTPAdapter):
        def send(self, request: Any, *_: Any, **__: Any) -> Any:  # type: ignore[override]
            raise requests.ConnectionError(ConnectionResetError("gone"))

    with requests.Session() as session:
        session.mount("http://", Broken())
        with pytest.raises(ServerDisconnectedError) as caught:
            RequestsBackend(session).send(op)
        assert not caught.value.stale


def test_a_session_of_another_s_goes_to_this_machine_without_its_proxies() -> None:
    """Elsewhere proxies count."""
    here, there = "http://127.0.0.1:9/x", "https://llm.example.com/x"
    with requests.Session() as session:
        session.proxies = {"ftp": "http://proxy:1"}
        assert proxy_options(session, here) == {
            "proxies": dict.fromkeys(("http", "https", "all", "ftp"))
        }
        assert proxy_options(session, there) == {}


def test_a_session_of_our_own_goes_to_this_machine_without_proxies(monkeypatch: Any) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Session() as own:
        for url, proxies in (("http://127.0.0.1:9/x", 0), ("http://llm.example.com/x", 1)):
            merged = strict_session(own).merge_environment_settings(url, {}, True, None, None)
            assert len(merged["proxies"]) == proxies


def test_what_a_session_reads_from_the_environment_follows_its_changes(monkeypatch: Any) -> None:
    url, empty = "https://llm.example.com/x", ({}, True, None, None)

    def merged(session: Any) -> Any:
        found = session.merge_environment_settings(url, {}, True, None, None)
        same = requests.Session.merge_environment_settings(session, url, {}, True, None, None)
        assert found == same == session.merge_environment_settings(url, *empty)
        return found["proxies"].get("https"), found["verify"]

    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    with requests.Session() as theirs:
        session = strict_session(theirs)
        assert merged(session) == (None, True)
        monkeypatch.setenv("https_proxy", "http://one:1")
        assert merged(session)[0] == "http://one:1"
        monkeypatch.setenv("no_proxy", "example.com")
        assert merged(session)[0] is None
        theirs.proxies["https"] = "http://two:2"
        assert merged(session)[0] == "http://two:2"
        theirs.verify = False
        assert merged(session)[1] is False
        theirs.verify, theirs.trust_env = True, False
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/a/bundle.pem")
        assert merged(session)[1] is True
        theirs.trust_env = True
        assert merged(session)[1] == "/a/bundle.pem"


def test_a_session_that_reads_the_environment_its_own_way_does_so_each_time() -> None:
    asked: List[str] = []

    class Theirs(requests.Session):
        def merge_environment_settings(self, url: Any, *arguments: Any) -> Any:
            asked.append(url)
            return super().merge_environment_settings(url, *arguments)

    with Theirs() as theirs:
        for _ in range(2):
            strict_session(theirs).merge_environment_settings("http://a", {}, True, None, None)
    assert asked == ["http://a"] * 2


def test_another_protocol_is_an_answer_that_is_none(op: Any) -> None:
    """Not an early hint, behind which one would wait for ever."""
    switched = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"
    with WireServer(lambda number, again: [switched, HOLD]) as server:
        reply = RequestsBackend().send(op._replace(url=server.url))
        assert reply.status == 101
        reply.close()


def test_what_a_session_of_another_kind_is_asked_for(op: Any) -> None:
    asked: List[Any] = []

    class Own:
        """Neither requests' nor made from it."""

        auth = None

        def get_adapter(self, url: str) -> None: ...

        def request(self, method: str, url: str, **options: Any) -> Any:
            asked.append((method, url, options))
            return SimpleNamespace(status_code=302, headers={"Location": "/"}, raw=None)

    assert RequestsBackend(Own()).send(op).status == 302
    method, url, options = asked[0]
    assert (method, url) == (op.method, op.url)
    assert (options["stream"], options["allow_redirects"]) == (True, False)
    assert (options["timeout"], options["data"]) == ((op.connect, op.read), op.body)


def test_a_head_from_a_socket_of_a_kind_of_its_own() -> None:
    """Of which no byte can be looked at before it is read."""

    class File:
        def __init__(self) -> None:
            self.lines = [b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n", b"\r\n"]

        def readline(self, limit: int = -1) -> bytes:
            return self.lines.pop(0)

        def close(self) -> None: ...

        def flush(self) -> None: ...

    response = StrictResponse(SimpleNamespace(makefile=lambda mode: File()))  # type: ignore[arg-type]
    response.begin()
    assert response.status == 200


def test_a_body_can_be_sent_again() -> None:
    """By a hook, say, that has a new token; or after requests-cache has read it."""
    body = Body(b"{}")
    assert [body.read() for _ in range(4)] == [b"{}", b"", b"{}", b""]
    assert body.begun and body.written
    body = Body(b"{}")
    body.seek(0)
    assert not body.begun
    assert body.read() == b"{}"
    body.seek(0)
    assert [body.read() for _ in range(2)] == [b"{}", b""]
    assert body.begun and body.written
