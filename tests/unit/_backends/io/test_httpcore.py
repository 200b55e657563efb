"""Connections of httpx's own: on the wire they are what its client is, as those of aiohttp are."""

from __future__ import annotations

import asyncio
import select
from types import SimpleNamespace
from typing import Any, List, Tuple

import httpx
import pytest
from packaging.version import Version

import dsadapter
from _backends.io.heads_on_a_wire import (
    CERTIFICATE,
    HEADERS,
    WHOLE,
    Wire,
    ask,
    by_aiohttp,
    by_client,
    by_connections,
    fields,
    tls,
)
from dsadapter._backends import raw_requests
from dsadapter._backends.base import Operation
from dsadapter._backends.detection import is_installed
from dsadapter._backends.io import httpcore as connections
from dsadapter._backends.io.httpcore import HttpcoreBackend
from dsadapter._backends.io.httpx import AsyncHttpxBackend
from dsadapter._backends.io.proxies import Proxies
from dsadapter._errors.tree import APIConnectionError, BackendUnavailableError

absent = pytest.mark.skipif(not is_installed("aiohttp"), reason="aiohttp is not installed here")
OURS = [by_connections, pytest.param(by_aiohttp, marks=absent)]
ALL = [by_client, *OURS]
CUT_OFF = WHOLE.replace(b": 2", b": 20")


@pytest.mark.parametrize("build", OURS)
@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", b"{}"), ("POST", None)])
def test_requests_have_the_operations_headers_alone(build: Any, method: str, body: Any) -> None:
    wire = Wire([])

    async def use() -> None:
        for make in (by_client, build):
            backend = make()
            url = f"http://127.0.0.1:{wire.port}/v1/x?q=1%2F2"
            assert await ask(backend, url, method=method, body=body) == (200, b"{}")
            await backend.close()

    wire.run(use)
    of_httpx, ours = wire.heads
    assert ours.partition(b"\r\n")[0] == of_httpx.partition(b"\r\n")[0]
    assert fields(ours) == fields(of_httpx)


@pytest.mark.parametrize("build", OURS)
def test_nothing_is_added_where_a_header_was_taken_away(build: Any) -> None:
    wire = Wire([])

    async def use() -> None:
        backend = build()
        await ask(backend, f"http://127.0.0.1:{wire.port}/", {})
        await backend.close()

    wire.run(use)
    assert set(fields(wire.heads[0])) == {b"host"}


@pytest.mark.parametrize("build", OURS)
def test_what_the_operation_says_itself_is_said_once(build: Any) -> None:
    headers = {"host": "elsewhere", "connection": "close", "cookie": "mine=1"}
    answer = b"HTTP/1.1 200 OK\r\nSet-Cookie: lb=7; Path=/\r\nContent-Length: 2\r\n\r\n{}"
    wire = Wire([answer])

    async def use() -> None:
        backend = build()
        for given in ({}, headers):
            await ask(backend, f"http://127.0.0.1:{wire.port}/", given)
        await backend.close()

    wire.run(use)
    lines = wire.heads[1].strip().lower().split(b"\r\n")[1:]
    cookies = [line for line in lines if line.startswith(b"cookie")]
    assert all(b"mine=1" in line for line in cookies)
    assert sorted(line for line in lines if line not in cookies) == [
        b"connection: close",
        b"host: elsewhere",
    ]


@pytest.mark.parametrize("build", ALL)
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


@pytest.mark.parametrize("build", ALL)
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


@pytest.mark.parametrize("build", OURS)
@pytest.mark.parametrize("value", ["7; Path=/", "caf\u00e9; Path=/", "\u65e5; Path=/"])
def test_a_cookie_of_any_characters_fails_no_call(build: Any, value: str) -> None:
    line = f"Set-Cookie: lb={value}\r\n".encode()
    wire = Wire([WHOLE.replace(b"Content-Length", line + b"Content-Length")])

    async def use() -> List[Any]:
        backend = build()
        url = f"http://127.0.0.1:{wire.port}/"
        answers = [await ask(backend, url) for _ in range(2)]
        await backend.close()
        return answers

    assert wire.run(use) == [(200, b"{}")] * 2


@pytest.mark.parametrize("build", OURS)
@pytest.mark.parametrize("proxied", [False, True])
def test_an_answer_that_nobody_asked_for_is_nobodys(
    build: Any, proxied: bool, monkeypatch: Any
) -> None:
    wire = Wire([WHOLE + WHOLE.replace(b"{}", b"[]")])

    async def use() -> List[Any]:
        if proxied:
            monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{wire.port}")
        backend = build()
        url = "http://far.invalid/" if proxied else f"http://127.0.0.1:{wire.port}/"
        answers = [await ask(backend, url) for _ in range(2)]
        await backend.close()
        return answers

    assert wire.run(use) == [(200, b"{}")] * 2


@pytest.mark.parametrize("build", ALL)
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


@pytest.mark.parametrize("build", ALL)
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


@pytest.mark.skipif(
    Version(httpx.__version__) < Version("0.28"), reason="older ones pass over a file of no use"
)
def test_a_certificate_file_that_is_not_there_is_told_at_once(monkeypatch: Any) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/ca.pem")
    with pytest.raises(BackendUnavailableError, match="No such file"):
        dsadapter.AsyncOpenAI(api_key="k", base_url="https://localhost", backend="raw-requests")


@pytest.mark.parametrize(
    "path", ["/v1/\u4f60 \u597d", "/a%20b/c%2fd", "/x?q=%2F+%26&e=", "/x?q=a b"]
)
@pytest.mark.parametrize("build", OURS)
def test_urls_are_what_httpx_sends(build: Any, path: str) -> None:
    wire = Wire([])

    async def use() -> None:
        for make in (build, by_client):
            backend = make()
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


@pytest.mark.parametrize("build", ALL)
def test_what_is_packed_is_undone_above_the_seam(build: Any) -> None:
    packed = WHOLE.replace(b"OK\r\n", b"OK\r\nContent-Encoding: gzip\r\n")
    wire = Wire([packed])

    async def use() -> Any:
        backend = build()
        try:
            url = f"http://127.0.0.1:{wire.port}/"
            reply = await backend.send(Operation("GET", url, HEADERS, None, 5.0, 5.0))
            data = b"".join([data async for data in reply.chunks()])
            await reply.close()
            return reply.content_encoding, data
        finally:
            await backend.close()

    assert wire.run(use) == ("gzip", b"{}")


# --- the connections -----------------------------------------------------------------------------


def opened(backend: HttpcoreBackend) -> List[Any]:
    return [one for origin in backend._origins.values() for one in origin.open]


async def reply_of(backend: Any, wire: Wire) -> Any:
    url = f"http://127.0.0.1:{wire.port}/"
    return await backend.send(Operation("GET", url, HEADERS, None, 5.0, 5.0))


def test_calls_one_after_the_other_share_a_connection_and_at_once_they_have_one_each() -> None:
    wire = Wire([])

    async def use() -> List[int]:
        backend: Any = by_connections()
        url, counts = f"http://127.0.0.1:{wire.port}/", []
        for at_once in (1, 1, 5, 5, 2):
            await asyncio.gather(*(ask(backend, url) for _ in range(at_once)))
            counts.append(len(opened(backend)))
        await backend.close()
        return counts

    assert wire.run(use) == [1, 1, 5, 5, 5]


def test_a_connection_that_nobody_needed_for_long_is_closed(monkeypatch: Any) -> None:
    wire, now = Wire([]), [100.0]
    monkeypatch.setattr(connections, "monotonic", lambda: now[0])

    async def use() -> List[int]:
        backend: Any = by_connections()
        url, counts = f"http://127.0.0.1:{wire.port}/", []
        await asyncio.gather(*(ask(backend, url) for _ in range(3)))
        for seconds in (4, 4, 4):  # one of them is needed again and again
            now[0] += seconds
            await ask(backend, url)
            counts.append(len(opened(backend)))
        await backend.close()
        return counts

    assert wire.run(use) == [3, 1, 1]


def test_a_connection_that_its_server_closed_is_not_used_again() -> None:
    wire = Wire([])
    wire.closes = True

    async def use() -> Tuple[int, int]:
        backend: Any = by_connections()
        url = f"http://127.0.0.1:{wire.port}/"
        await ask(backend, url)
        (kept,) = opened(backend)
        kept_socket = kept._connection._network_stream.get_extra_info("socket")
        while not select.select([kept_socket], [], [], 0)[0]:  # the end has not come yet
            await asyncio.sleep(0.001)
        status, _ = await ask(backend, url)
        number = len(opened(backend))
        await backend.close()
        return status, number

    assert wire.run(use) == (200, 1)
    assert len(wire.heads) == 2


def test_a_server_that_ends_its_connections_leaves_none_behind() -> None:
    wire = Wire([WHOLE.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n")] * 2)

    async def use() -> List[Any]:
        backend: Any = by_connections()
        for _ in range(2):
            await ask(backend, f"http://127.0.0.1:{wire.port}/")
        return opened(backend)

    assert wire.run(use) == []


def test_closing_ends_the_calls_that_are_in_flight() -> None:
    wire = Wire([CUT_OFF])

    async def use() -> Any:
        backend: Any = by_connections()
        reply = await reply_of(backend, wire)
        await backend.close()
        with pytest.raises(APIConnectionError):
            [data async for data in reply.chunks()]
        for _ in range(2):
            await reply.close()
        return opened(backend)

    assert wire.run(use) == []


def test_a_reply_that_is_not_read_to_its_end_ends_its_connection() -> None:
    wire = Wire([CUT_OFF])

    async def use() -> Any:
        backend: Any = by_connections()
        await (await reply_of(backend, wire)).close()
        return opened(backend)

    assert wire.run(use) == []


def test_a_call_that_is_cancelled_ends_its_connection() -> None:
    wire = Wire([b"HTTP/1.1 "])

    async def use() -> Any:
        backend: Any = by_connections()
        task = asyncio.ensure_future(reply_of(backend, wire))
        while not wire.heads:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return opened(backend)

    assert wire.run(use) == []


@pytest.mark.parametrize("turns", range(4))
def test_a_connection_is_given_back_though_its_call_is_cancelled_meanwhile(turns: int) -> None:
    wire = Wire([])

    async def use() -> Any:
        backend: Any = by_connections()
        reply = await reply_of(backend, wire)
        assert [data async for data in reply.chunks()] == [b"{}"]
        task = asyncio.ensure_future(reply.close())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert await ask(backend, f"http://127.0.0.1:{wire.port}/") == (200, b"{}")
        number = len(opened(backend))
        await backend.close()
        return number

    assert wire.run(use) <= 2


def test_names_and_values_that_are_no_utf_8_are_read_as_httpx_reads_them() -> None:
    odd = WHOLE.replace(b"OK\r\n", b"OK\r\nX-Odd: caf\xe9\r\nX-New: caf\xc3\xa9\r\n")
    wire = Wire([odd])

    async def use() -> Any:
        backend: Any = by_connections()
        reply = await reply_of(backend, wire)
        await reply.close()
        return reply.headers["x-odd"], reply.headers["x-new"]

    assert wire.run(use) == ("caf\u00e9", "caf\u00e9")


def test_a_reply_without_a_socket_has_nothing_to_abort() -> None:
    response = SimpleNamespace(status=200, headers=[], extensions={})
    connections.HttpcoreReply(response, None, None, None).abort()  # type: ignore[arg-type]


def test_a_url_that_cannot_be_sent_is_an_error_of_the_call() -> None:
    async def use() -> None:
        with pytest.raises(APIConnectionError):
            await by_connections().send(Operation("GET", "http://a b/", {}, None, 5.0, 5.0))

    asyncio.run(use())


@pytest.mark.parametrize("missing", connections._ASKED)
def test_beside_another_httpcore_its_client_is_used(missing: str, monkeypatch: Any) -> None:
    """What of its connections is asked for here is its own matter."""
    monkeypatch.setattr(raw_requests, "importlib", SimpleNamespace(import_module=lambda _: httpx))
    asked = tuple("gone" if name == missing else name for name in connections._ASKED)
    monkeypatch.setattr(connections, "_ASKED", asked)
    proxies = Proxies({"https": "http://127.0.0.1:1"})
    backend: Any = raw_requests._own_backend("httpx", proxies)
    assert isinstance(backend, AsyncHttpxBackend)
    assert "https://" in {pattern.pattern for pattern in backend._client._mounts}
    asyncio.run(backend.close())
