"""A thread that waits for a server is woken, whatever holds its socket."""

from __future__ import annotations

import socket
import threading
from types import SimpleNamespace
from typing import Any, List

import pytest

from dsadapter._backends.io.blocked import shut_down_socket_of


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
    results: List[bytes] = []

    def target(sock: Any) -> None:
        reading.set()
        results.append(read(sock))

    thread = threading.Thread(target=target, args=(here,), daemon=True)
    thread.start()
    assert reading.wait(10)
    for _ in range(1000):
        shut_down_socket_of(thread)
        thread.join(0.01)
        if not thread.is_alive():
            break
    assert results == [b""]
    here.close()
    there.close()


@pytest.mark.parametrize("finished", [True, False])
def test_a_thread_that_waits_for_no_socket(finished: bool) -> None:
    go_on = threading.Event()
    ends: List[Any] = []
    thread = threading.Thread(target=lambda: ends.append(go_on.wait(10)), daemon=True)
    thread.start()
    if finished:
        go_on.set()
        thread.join(10)
    shut_down_socket_of(thread)
    go_on.set()
    thread.join(10)
    assert ends == [True]
