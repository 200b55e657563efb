"""requests as a transport: proxies of the environment, exceptions, replies."""

from __future__ import annotations

import socket
from http.client import BadStatusLine, HTTPException, LineTooLong, RemoteDisconnected
from typing import Any, List

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

import dsadapter
from _backends.io.kinds import kind_of
from dsadapter._backends.io.failures import DISCONNECTED, NO_CONNECTION, TIMEOUT, UNREADABLE_HEAD
from dsadapter._backends.io.requests import RequestsBackend, translated
from dsadapter.testing import Emulator

CALL = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "hi"}]}


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


# --- exceptions ----------------------------------------------------------------------------------


def aborted(cause: BaseException) -> Any:
    """As requests wraps what urllib3 wraps."""
    return requests.exceptions.ConnectionError(ProtocolError("Connection aborted.", cause))


def not_connected(cause: BaseException) -> Any:
    pool: Any = HTTPConnectionPool("127.0.0.1", 9)
    error = NewConnectionError(pool, "Failed to establish a new connection")
    error.__cause__ = cause
    return requests.exceptions.ConnectionError(MaxRetryError(pool, "/", error))


REFUSED = ConnectionRefusedError(111, "Connection refused")
EXCEPTIONS: List[Any] = [
    (requests.exceptions.Timeout("slow"), TIMEOUT),
    (requests.exceptions.ConnectTimeout("slow"), TIMEOUT),
    (requests.exceptions.ReadTimeout("slow"), TIMEOUT),
    (aborted(RemoteDisconnected("Remote end closed connection")), DISCONNECTED),
    (aborted(ConnectionResetError(104, "reset")), DISCONNECTED),
    (aborted(BrokenPipeError(32, "broken pipe")), DISCONNECTED),
    (aborted(BadStatusLine("SSH-2.0")), UNREADABLE_HEAD),
    (aborted(LineTooLong("header line")), UNREADABLE_HEAD),
    (aborted(HTTPException("got more than 100 headers")), UNREADABLE_HEAD),
    (not_connected(REFUSED), NO_CONNECTION),
    (not_connected(OSError(-2, "Name or service not known")), NO_CONNECTION),
    (requests.exceptions.SSLError("certificate verify failed"), NO_CONNECTION),
    (requests.exceptions.ProxyError("Cannot connect to proxy."), NO_CONNECTION),
    (requests.exceptions.InvalidURL("no host"), NO_CONNECTION),
    (requests.exceptions.InvalidHeader("a line break"), NO_CONNECTION),
    (requests.exceptions.MissingSchema("no scheme"), NO_CONNECTION),
    (requests.exceptions.RequestException("anything"), NO_CONNECTION),
    (OSError("a missing CA bundle"), NO_CONNECTION),
]


@pytest.mark.parametrize(("exception", "kind"), EXCEPTIONS, ids=lambda v: type(v).__name__)
def test_each_exception_has_its_kind(exception: Any, kind: str) -> None:
    err = translated(exception, reused=True)
    assert kind_of(err) == kind
    assert getattr(err, "reused", True)


def test_the_text_is_the_system_s_own() -> None:
    err = translated(not_connected(REFUSED), reused=False)
    assert err.message == "Connection error: [Errno 111] Connection refused"


# --- replies -------------------------------------------------------------------------------------


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
