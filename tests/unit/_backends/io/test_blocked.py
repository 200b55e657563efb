"""A thread that waits for a server is woken, whatever holds its socket."""

from __future__ import annotations

import socket
import threading
from types import SimpleNamespace
from typing import Any, List

import pytest

from dsadapter._backends.io.blocked import Blocked


def read_socket(sock: Any) -> bytes:
    return bytes(sock.recv(1))


def read_file(sock: Any) -> bytes:
    with sock.makefile("rb") as file:
        del sock
        return bytes(file.read(1))


def read_stream(sock: Any) -> bytes:
    """As httpcore holds it."""

    def read(stream: Any) -> bytes:
        return bytes(stream._sock.recv(1))

    stream = SimpleNamespace(_sock=sock)
    del sock
    return read(stream)


@pytest.mark.parametrize("read", [read_socket, read_file, read_stream])
def test_a_reader_is_woken(read: Any) -> None:
    here, there = socket.socketpair()
    reading = threading.Event()
    results: List[Any] = []
    blocked: List[Blocked] = []

    def target(sock: Any) -> None:
        blocked.append(Blocked())
        reading.set()
        results.append(read(sock))

    thread = threading.Thread(target=target, args=(here,), daemon=True)
    thread.start()
    assert reading.wait(10)
    for _ in range(1000):
        blocked[0].shut_down_socket()
        thread.join(0.01)
        if not thread.is_alive():
            break
    assert results == [b""]
    here.close()
    there.close()


def test_a_socket_of_the_caller_is_not_touched() -> None:
    """Only what the function that sends has called counts, not who called it."""
    here, there = socket.socketpair()
    sending, go_on = threading.Event(), threading.Event()
    blocked: List[Blocked] = []

    def send() -> None:
        blocked.append(Blocked())
        sending.set()
        go_on.wait(10)

    def caller(sock: Any) -> None:
        send()

    thread = threading.Thread(target=caller, args=(here,), daemon=True)
    thread.start()
    assert sending.wait(10)
    blocked[0].shut_down_socket()
    go_on.set()
    thread.join(10)
    blocked[0].shut_down_socket()  # and a thread that has ended waits for nothing
    there.sendall(b"x")
    assert here.recv(1) == b"x"
    here.close()
    there.close()
