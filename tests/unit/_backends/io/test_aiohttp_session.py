"""Sessions of aiohttp of our own: on the wire they are what httpx would be."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple

import httpx
import pytest

import dsadapter
from dsadapter._backends.base import Operation
from dsadapter._backends.io.httpx import AsyncHttpxBackend, own_client
from dsadapter._backends.io.proxies import Proxies
from dsadapter._errors.tree import APIConnectionError, BackendUnavailableError

pytest.importorskip("aiohttp", reason="aiohttp is not installed here")
sessions: Any = pytest.importorskip("dsadapter._backends.io.aiohttp_session")

CERTIFICATE = str(Path(__file__).parents[3] / "faults" / "loopback.pem")
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
HEADERS = {"Accept": "application/json", "User-Agent": "test", "Accept-Encoding": "gzip"}


def by_aiohttp() -> Any:
    return sessions.OwnAiohttpBackend()


def by_httpx() -> Any:
    return AsyncHttpxBackend(own_client(httpx, "AsyncClient"), 1)


BACKENDS = [by_aiohttp, by_httpx]


class Wire:
    """Answers on loopback; ``heads`` has what was asked, ``answers`` what is said in turn."""

    def __init__(self, answers: List[bytes], tls: Optional[ssl.SSLContext] = None) -> None:
        self.heads: List[bytes] = []
        self.answers, self.tls, self.port = answers, tls, 0

    async def serve(self, reader: Any, writer: Any) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                writer.write(self.answers.pop(0) if self.answers else WHOLE)
        except (asyncio.IncompleteReadError, ConnectionError):  # the client has left
            pass
        finally:
            writer.close()

    def run(self, use: Callable[[], Awaitable[Any]]) -> Any:
        async def main() -> Any:
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=self.tls)
            self.port = server.sockets[0].getsockname()[1]
            try:
                return await asyncio.wait_for(use(), 20)
            finally:
                server.close()
                await asyncio.sleep(0.05)  # its connections end

        return asyncio.run(main())


async def ask(backend: Any, url: str, headers: Dict[str, str] = HEADERS) -> Tuple[int, bytes]:
    reply = await backend.send(Operation("GET", url, headers, None, 5.0, 5.0))
    content = b"".join([data async for data in reply.chunks()])
    await reply.close()
    return reply.status, content


def fields(head: bytes) -> Dict[bytes, bytes]:
    """The header fields of a request, but for the library's own choice of ``Connection``."""
    lines = (line.partition(b": ") for line in head.strip().split(b"\r\n")[1:])
    found = {name.lower(): value for name, _, value in lines}
    found.pop(b"connection", None)
    return found


def test_requests_have_the_operations_headers_alone() -> None:
    wire = Wire([])

    async def use() -> None:
        for build in BACKENDS:
            backend = build()
            assert await ask(backend, f"http://127.0.0.1:{wire.port}/v1/x?q=1%2F2") == (200, b"{}")
            await backend.close()

    wire.run(use)
    ours, httpx_s = wire.heads
    assert ours.partition(b"\r\n")[0] == httpx_s.partition(b"\r\n")[0]
    assert fields(ours) == fields(httpx_s)


def test_nothing_is_added_where_a_header_was_taken_away() -> None:
    wire = Wire([])

    async def use() -> None:
        backend = by_aiohttp()
        await ask(backend, f"http://127.0.0.1:{wire.port}/", {})
        await backend.close()

    wire.run(use)
    assert set(fields(wire.heads[0])) == {b"host"}


@pytest.mark.parametrize("build", BACKENDS)
def test_a_redirect_is_given_back_and_not_followed(build: Any) -> None:
    """Whether it may be followed, with the key, is decided above."""
    wire = Wire([b"HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 5\r\n\r\nmoved"])

    async def use() -> Tuple[int, bytes]:
        backend = build()
        try:
            return await ask(backend, f"http://127.0.0.1:{wire.port}/v1")
        finally:
            await backend.close()

    assert wire.run(use) == (307, b"moved")
    assert len(wire.heads) == 1


@pytest.mark.parametrize("build", BACKENDS)
def test_cookies_come_back(build: Any) -> None:
    """A balancer may set one, by which it knows a client again."""
    answer = b"HTTP/1.1 200 OK\r\nSet-Cookie: lb=7; Path=/\r\nContent-Length: 2\r\n\r\n{}"
    wire = Wire([answer])

    async def use() -> None:
        backend = build()
        for _ in range(2):
            await ask(backend, f"http://127.0.0.1:{wire.port}/")
        await backend.close()

    wire.run(use)
    assert [fields(head).get(b"cookie") for head in wire.heads] == [None, b"lb=7"]


@pytest.mark.parametrize("build", BACKENDS)
def test_a_proxy_is_asked_for_what_is_elsewhere(build: Any, monkeypatch: Any) -> None:
    wire = Wire([WHOLE, b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"])

    async def use() -> List[Any]:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:wo%40rd@127.0.0.1:{wire.port}")
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{wire.port}")
        monkeypatch.setenv("NO_PROXY", "near.invalid")
        monkeypatch.delenv("REQUEST_METHOD", raising=False)
        backend = build()
        outcomes: List[Any] = []
        for url in ("http://far.invalid/v1", "https://far.invalid/v1", "http://near.invalid/v1"):
            try:
                outcomes.append(await ask(backend, url))
            except APIConnectionError as err:
                outcomes.append(err)
        await backend.close()
        return outcomes

    outcomes = wire.run(use)
    assert outcomes[0] == (200, b"{}")
    assert [err.unsent for err in outcomes[1:]] == [True, True]
    lines = [head.partition(b"\r\n")[0] for head in wire.heads]
    assert lines == [b"GET http://far.invalid/v1 HTTP/1.1", b"CONNECT far.invalid:443 HTTP/1.1"]
    assert fields(wire.heads[0])[b"proxy-authorization"] == b"Basic dXNlcjp3b0ByZA=="


def test_proxies_that_are_named_count_alone(monkeypatch: Any) -> None:
    wire = Wire([])

    async def use() -> Any:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        backend = sessions.OwnAiohttpBackend(Proxies({"http": f"127.0.0.1:{wire.port}"}))
        outcome = await ask(backend, "http://far.invalid/v1")
        await backend.close()
        return outcome

    assert wire.run(use) == (200, b"{}")


def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.mark.parametrize("build", BACKENDS)
@pytest.mark.parametrize("trusted", [True, False])
def test_certificates_are_those_that_the_variable_names(
    build: Any, trusted: bool, monkeypatch: Any
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", CERTIFICATE)
    else:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    wire = Wire([], tls())

    async def use() -> Any:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)  # the server's
        backend = build()
        try:
            return await ask(backend, f"https://localhost:{wire.port}/")
        except APIConnectionError as err:
            return err
        finally:
            await backend.close()

    outcome = wire.run(use)
    if trusted:
        assert outcome == (200, b"{}")
    else:
        assert "certificate" in str(outcome).lower() and outcome.unsent


def test_a_certificate_file_that_is_not_there_is_told_at_once(monkeypatch: Any) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/ca.pem")
    with pytest.raises(BackendUnavailableError, match="No such file"):
        dsadapter.AsyncOpenAI(api_key="k", base_url="https://localhost", backend="raw-requests")


def test_timeouts_are_those_of_the_operation() -> None:
    timeout = sessions._timeout(2.0, 30.0)
    assert (timeout.total, timeout.sock_connect, timeout.sock_read) == (None, 2.0, 30.0)
    assert timeout.connect == 32.0
    assert sessions._timeout(None, 30.0).connect is None


@pytest.mark.parametrize(
    "path", ["/v1/\u4f60 \u597d", "/a%20b/c%2fd", "/x?q=%2F+%26&e=", "/x?q=a b"]
)
def test_urls_are_what_httpx_sends(path: str) -> None:
    wire = Wire([])

    async def use() -> None:
        for build in BACKENDS:
            backend = build()
            await ask(backend, f"http://127.0.0.1:{wire.port}{path}")
            await backend.close()

    wire.run(use)
    ours, httpx_s = (head.partition(b"\r\n")[0] for head in wire.heads)
    assert ours == httpx_s


def test_each_event_loop_has_connections_of_its_own() -> None:
    """One client, one loop after the other: as in a child process, which has none of the first."""
    wire = Wire([])
    client = dsadapter.AsyncOpenAI(
        api_key="k", base_url="http://127.0.0.1:1", backend="raw-requests"
    )

    async def use() -> None:
        options = {"cast_to": dict}
        here = client.with_options(base_url=f"http://127.0.0.1:{wire.port}")
        for _ in range(2):
            await here.get("/x", **options)

    for _ in range(2):
        wire.run(use)
    assert len(wire.heads) == 4


def test_what_is_packed_is_undone_above_the_seam() -> None:
    packed = WHOLE.replace(b"OK\r\n", b"OK\r\nContent-Encoding: gzip\r\n")
    wire = Wire([packed])

    async def use() -> Any:
        backend = by_aiohttp()
        try:
            url = f"http://127.0.0.1:{wire.port}/"
            reply = await backend.send(Operation("GET", url, HEADERS, None, 5.0, 5.0))
            data = b"".join([data async for data in reply.chunks()])
            await reply.close()
            return reply.content_encoding, data
        finally:
            await backend.close()

    assert wire.run(use) == ("gzip", b"{}")
