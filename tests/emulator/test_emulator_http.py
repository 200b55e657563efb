"""HTTP/1.1 as raw bytes: what a client may send, and what happens to the connection."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

import pytest

from dsadapter.testing.emulator import Emulator

HEAD = b"GET /models HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"


def test_a_connection_is_kept_and_counted_once(wire: Any, emulator: Emulator, until: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", emulator.port)
    for _ in range(3):
        connection.request("GET", "/models", headers={"Authorization": "Bearer k"})
        assert connection.getresponse().read()
    assert (emulator.connections, emulator.open_connections) == (1, 1)
    connection.close()
    until(lambda: emulator.open_connections == 0)
    wire.get("/models")
    assert emulator.connections == 2


def test_an_answer_is_not_held_back_for_an_acknowledgement(emulator: Emulator) -> None:
    """Nagle's delay would cost 40 ms a call: 4 s here, where 0.1 s is usual."""
    connection = http.client.HTTPConnection("127.0.0.1", emulator.port)
    started = time.monotonic()
    for _ in range(100):
        connection.request("GET", "/models", headers={"Authorization": "Bearer k"})
        assert connection.getresponse().read()
    connection.close()
    assert time.monotonic() - started < 3


def test_connection_close_is_honoured(wire: Any) -> None:
    answer = wire.raw(HEAD + b"Connection: close\r\n\r\n")
    assert b"connection: close" in answer and answer.endswith(b"]}")


def test_requests_may_come_in_one_packet_or_byte_by_byte(wire: Any) -> None:
    last = HEAD + b"Connection: close\r\n\r\n"
    assert wire.raw(HEAD + b"\r\n" + last).count(b"HTTP/1.1 200") == 2
    with wire.dial() as sock:
        for at in range(len(last)):
            sock.sendall(last[at : at + 1])
        assert sock.recv(100).startswith(b"HTTP/1.1 200")


def test_a_chunked_body_with_extensions_and_trailers_is_read(wire: Any, emulator: Emulator) -> None:
    body = json.dumps({"model": "deepseek-flash", "messages": [{"role": "user", "content": "é"}]})
    data = body.encode()
    head = wire.chat_bytes().partition(b"Content-Length")[0]
    chunks = b"%x;a=b\r\n%b\r\n%x\r\n%b\r\n0\r\nTrailer: x\r\n\r\n" % (
        10,
        data[:10],
        len(data) - 10,
        data[10:],
    )
    answer = wire.raw(head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks)
    assert answer.startswith(b"HTTP/1.1 200")
    assert emulator.requests[0].body == data


def test_a_client_that_waits_for_100_continue_gets_it(wire: Any) -> None:
    head, _, body = wire.chat_bytes().partition(b"\r\n\r\n")
    with wire.dial() as sock:
        sock.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        assert sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(body)
        assert sock.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_an_old_client_gets_a_stream_that_ends_with_the_connection(wire: Any) -> None:
    request = wire.chat_bytes(stream=True).replace(b"HTTP/1.1", b"HTTP/1.0", 1)
    answer = wire.raw(request)
    assert b"chunked" not in answer and answer.endswith(b"data: [DONE]\n\n")


def test_a_half_closed_client_still_gets_its_answer(wire: Any) -> None:
    with wire.dial() as sock:
        sock.sendall(wire.chat_bytes(stream=True))
        sock.shutdown(1)
        got = b""
        while not got.endswith(b"0\r\n\r\n"):
            data = sock.recv(65536)
            assert data, got[-100:]
            got += data


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"hello\r\n\r\n", b"400"),
        (b"GET /models\r\n\r\n", b"400"),
        (b"GET /models HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 1_100_000, b"431"),
    ],
)
def test_what_is_no_http_is_refused_and_the_connection_ends(
    wire: Any, emulator: Emulator, request_bytes: bytes, status: bytes
) -> None:
    assert wire.raw(request_bytes).startswith(b"HTTP/1.1 " + status)
    assert emulator.requests == []
    assert wire.get("/models").status == 200


def test_what_was_received_is_recorded_as_it_came(wire: Any, emulator: Emulator) -> None:
    headers = {"Authorization": "Bearer k", "X-Mixed": "Case", "Content-Type": "application/json"}
    wire.send("POST", "/v1/chat/completions?a=b&c", b'{"x": "\xc3\xa4"}', headers)
    wire.send("POST", "/v1/chat/completions", b"no json", headers)
    first, second = emulator.requests
    assert (first.method, first.path, first.query) == ("POST", "/v1/chat/completions", "a=b&c")
    assert first.headers["x-mixed"] == "Case" and ("X-Mixed", "Case") in first.raw_headers
    assert first.body == b'{"x": "\xc3\xa4"}' and first.json == {"x": "ä"}
    assert second.json is None
    assert not first.closed
    assert "Bearer" not in repr(first)
