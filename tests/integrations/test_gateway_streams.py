"""What happens while a stream runs: nothing is held back, silence is filled, leaving is noticed."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from contextlib import contextmanager
from typing import Any, Iterator, List

import pytest
from gateways import (
    ASK,
    Gateway,
    error_in,
    events,
    needs,
    running,
    said,
    serving,
    until,
    upstream,
)

from dsadapter.testing import Emulator

needs("gateway", "fastapi", "uvicorn")


def test_a_chunk_comes_before_the_next_is_made(gateway: Any) -> None:
    """The upstream stalls after three events: they are here, though the answer is not."""
    gateway.emulator.fault("stall", after=3)
    with gateway.stream() as response:
        lines = response.iter_lines()
        found = [line for line in (next(lines) for _ in range(6)) if line.startswith(b"data:")]
    assert len(found) == 3


def test_leaving_stops_the_upstream(gateway: Any) -> None:
    assert until(lambda: gateway.emulator.open_connections <= 1)
    gateway.ask()  # leaves one idle connection to the upstream
    idle = gateway.emulator.open_connections
    gateway.emulator.fault("long-answer", tokens=1_000_000)
    response = gateway.stream()
    next(response.iter_lines())
    response.close()
    assert until(lambda: gateway.emulator.open_connections < idle + 1)
    assert gateway.ask().status_code == 200


@pytest.mark.parametrize("fault", ["stall", "stall-before-headers", "keep-alive-forever"])
@pytest.mark.parametrize("stream", [False, True])
def test_leaving_is_noticed_while_the_upstream_is_silent(
    emulator: Emulator, fault: str, stream: bool
) -> None:
    with serving(emulator) as gateway:
        emulator.fault(fault)
        with plain_connection(gateway.url, stream):
            assert until(lambda: emulator.open_connections == 1 and len(emulator.requests) == 1)
        assert until(lambda: emulator.open_connections == 0)


@contextmanager
def plain_connection(url: str, stream: bool) -> Iterator[socket.socket]:
    """A request by hand, of which no answer is read."""
    host, port = url[7:].split(":")
    body = json.dumps({**ASK, "stream": stream}).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        sock.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + body)
        yield sock


@pytest.mark.parametrize("fault", ["stall;after=2", "keep-alive-forever;interval=0.02"])
def test_silence_is_filled_with_comments(emulator: Emulator, fault: str) -> None:
    name, _, option = fault.partition(";")
    key, _, value = option.partition("=")
    emulator.fault(name, **{key: value})
    with serving(emulator, keep_alive=0.05) as gateway, gateway.stream() as response:
        assert response.status_code == 200
        lines = response.iter_lines()
        comments = 0
        while comments < 3:
            comments += next(lines) == b": keep-alive"


def test_a_queue_before_the_answer(emulator: Emulator) -> None:
    """Keep-alives of the upstream do not end up in the answer, nor does the silence break it."""
    with serving(emulator, keep_alive=0.05) as gateway:
        emulator.fault("keep-alive", count=4, interval=0.1)
        response = gateway.stream()
        assert b": keep-alive\n\n" in response.content
        assert said(response)[1] is True
        emulator.fault("keep-alive", count=4, interval=0.1)
        assert "Hello" in gateway.ask().json()["choices"][0]["message"]["content"]


def test_a_slow_whole_reply_is_announced_by_blank_lines(emulator: Emulator) -> None:
    emulator.fault("keep-alive", count=10, interval=0.1)
    with serving(emulator, keep_alive=0.05, blank_after=0.1) as gateway:
        response = gateway.ask()
    assert response.text.startswith("\n")
    assert response.json()["choices"]


def test_a_slow_whole_reply_that_fails_is_never_taken_for_one(emulator: Emulator) -> None:
    import requests

    emulator.fault("stall")
    with serving(emulator, keep_alive=0.05, blank_after=0.1, deadline=0.6) as gateway:
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            gateway.ask()
        assert gateway.ask().status_code == 200


def test_a_call_that_swallows_a_cancellation_is_cancelled_again() -> None:
    """asyncio.wait_for does before Python 3.12, where its result comes at that moment."""
    from dsadapter.integrations.gateway.body import ClientLeft
    from dsadapter.integrations.gateway.client_stream import Attendance, ClientStream
    from dsadapter.integrations.gateway.settings import Limits

    async def receive(*_: Any) -> Any:
        return {"type": "http.disconnect"}

    async def call() -> None:
        limits = Limits(keep_alive=0.01)
        send: Any = receive
        with Attendance(ClientStream(send, limits), limits) as attendance:
            attendance.request_is_here(receive)
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                await asyncio.sleep(60)

    async def run() -> None:
        running = asyncio.ensure_future(call())
        await asyncio.wait({running}, timeout=20)
        assert running.done()
        with pytest.raises(ClientLeft):
            running.result()

    asyncio.run(run())


# --- deadlines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["stall-before-headers", "keep-alive-forever", "slow-headers"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_deadline_before_the_first_word_is_a_504(
    emulator: Emulator, fault: str, stream: bool
) -> None:
    emulator.fault(fault)
    with serving(emulator, deadline=0.4) as gateway:
        response = gateway.ask(stream=stream)
        assert response.status_code == 504, response.text
        assert "deadline=0.4 s" in error_in(response)["message"]


def test_a_deadline_inside_a_stream_is_told_in_it(emulator: Emulator) -> None:
    emulator.fault("slow", interval=0.1)
    with serving(emulator, deadline=0.5) as gateway:
        found = events(gateway.stream())
    assert "choices" in json.loads(found[0])
    assert json.loads(found[-1])["error"]["code"] == "upstream_timeout"


# --- many at once --------------------------------------------------------------------------------


def test_more_streams_than_places(emulator: Emulator) -> None:
    emulator.fault("stall", times=2)
    with serving(emulator, max_streams=2) as gateway:
        first, second = gateway.stream(), gateway.stream()
        third = gateway.stream()
        assert third.status_code == 429
        assert int(third.headers["retry-after"]) >= 1
        assert error_in(third)["code"] == "too_many_streams"
        assert gateway.get("/readyz").status_code == 503
        assert gateway.get("/healthz").status_code == 200
        first.close()
        assert until(lambda: gateway.get("/readyz").status_code == 200)
        assert said(gateway.stream())[1] is True
        second.close()


def test_refused_requests_give_their_place_back(emulator: Emulator) -> None:
    with serving(emulator, max_streams=1) as gateway:
        for _ in range(3):
            assert gateway.ask(model=1).status_code == 400
            emulator.fault("status-500")
            assert gateway.ask().status_code == 500
            emulator.fault("cut", after=2)
            assert said(gateway.stream())[1] is False
        assert gateway.ask().status_code == 200


def test_streams_side_by_side(gateway: Any) -> None:
    answers: List[Any] = [None] * 20

    def ask(nth: int) -> None:
        message = {"role": "user", "content": f"number {nth} of many"}
        answers[nth] = said(gateway.stream(messages=[message]))

    threads = [threading.Thread(target=ask, args=(nth,)) for nth in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for nth, (text, done) in enumerate(answers):
        assert f"number {nth} of many" in text and done


# --- the end of the server -----------------------------------------------------------------------


def rest_of_a_stream(emulator: Emulator, grace: int) -> bytes:
    """What comes of a stream whose server is told to stop after its first line."""
    from dsadapter.integrations.gateway import create_app

    with running(create_app(upstream(emulator)), grace=grace) as url:
        lines = Gateway(url, emulator).stream().iter_lines(chunk_size=1)
        next(lines)
    return b"\n".join(lines)


def test_a_stop_lets_streams_finish(emulator: Emulator) -> None:
    emulator.fault("slow", interval=0.05)
    assert b"data: [DONE]" in rest_of_a_stream(emulator, grace=10)


def test_when_the_grace_period_is_over_a_stream_ends_with_an_error(emulator: Emulator) -> None:
    emulator.fault("stall", after=2)
    rest = rest_of_a_stream(emulator, grace=1)
    assert b"gateway_stopping" in rest
    assert b"[DONE]" not in rest


# --- slow clients --------------------------------------------------------------------------------


def test_a_request_that_trickles_in(emulator: Emulator) -> None:
    with serving(emulator, slow_client=0.3) as gateway:
        host, port = gateway.url[7:].split(":")
        with socket.create_connection((host, int(port)), timeout=20) as sock:
            head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n"
            sock.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n{")
            answer = sock.makefile("rb").read()  # to the end: the connection is closed
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"\r\nconnection: close\r\n" in answer.lower()
    assert b'"request_timeout"' in answer


def test_a_client_that_does_not_read_costs_no_place(emulator: Emulator) -> None:
    emulator.fault("long-answer", tokens=200_000)
    with serving(emulator, slow_client=0.3, keep_alive=0.05, max_streams=1) as gateway:
        with plain_connection(gateway.url, stream=True):
            assert until(lambda: gateway.get("/readyz").status_code == 503)
            assert until(lambda: gateway.get("/readyz").status_code == 200)


def test_a_huge_body_that_trickles_in(emulator: Emulator) -> None:
    """The answer that it is too large needs no hurry: an SDK asks again after 408."""
    with serving(emulator, max_body=10, slow_client=0.3) as gateway:
        host, port = gateway.url[7:].split(":")
        with socket.create_connection((host, int(port)), timeout=20) as sock:
            head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n"
            sock.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + b"x" * 50)
            answer = sock.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("declared", [True, False])
def test_a_huge_body(emulator: Emulator, declared: bool) -> None:
    content = b" " * 3_000_000
    with serving(emulator, max_body=1_000_000) as gateway:
        response = gateway.post(
            data=content if declared else iter([content]),
            headers={"Content-Type": "application/json"},
        )
        assert response.status_code == 413
        assert "1000000 bytes" in error_in(response)["message"]
        assert emulator.requests == []
