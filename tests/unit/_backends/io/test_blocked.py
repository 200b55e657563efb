"""A thread that waits for a server is woken, whatever holds its socket."""

from __future__ import annotations

import socket
import ssl
import threading
from types import SimpleNamespace
from typing import Any, List

import pytest

from dsadapter._backends.io.blocked import Blocked, shut_down


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


def test_a_thread_that_is_done_is_not_taken_for_the_next_of_its_number() -> None:
    """The system gives the number of a thread that ended to a new one, which may be sending too."""
    here, there = socket.socketpair()
    reading = threading.Event()
    blocked: List[Blocked] = []
    results: List[bytes] = []

    def send(sock: Any) -> None:
        with Blocked() as this:
            blocked.append(this)
            if sock is not None:
                reading.set()
                results.append(read_socket(sock))

    first = threading.Thread(target=send, args=(None,))
    first.start()
    first.join(10)
    second = threading.Thread(target=send, args=(here,), daemon=True)
    second.start()
    assert reading.wait(10)
    over, waiting = blocked
    over._thread = waiting._thread
    over.shut_down_socket()
    there.sendall(b"x")
    second.join(10)
    assert results == [b"x"]
    here.close()
    there.close()


def test_it_is_not_over_while_a_socket_is_shut_down(monkeypatch: Any) -> None:
    """Else the connection could be another call's before its end comes."""
    began, ended, go_on = threading.Event(), threading.Event(), threading.Event()
    blocked: List[Blocked] = []

    def sockets(self: Blocked, frame: Any) -> Any:
        began.set()
        go_on.wait(10)
        return iter(())

    monkeypatch.setattr(Blocked, "_sockets", sockets)

    def send() -> None:
        with Blocked() as this:
            blocked.append(this)
            waker.start()
            began.wait(10)
        ended.set()

    waker = threading.Thread(target=lambda: blocked[0].shut_down_socket())
    sender = threading.Thread(target=send)
    sender.start()
    assert began.wait(10)
    assert not ended.wait(0.1)
    go_on.set()
    assert ended.wait(10)
    sender.join(10)
    waker.join(10)


class OfAnotherKind:
    """As asyncio gives it, and TLS that is not Python's: it has a number and is no socket."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def fileno(self) -> int:
        return int(self._sock.fileno())


@pytest.mark.parametrize("kind", [lambda sock: sock, OfAnotherKind], ids=["socket", "other"])
@pytest.mark.parametrize("state", ["connected", "shut down", "closed"])
def test_a_socket_is_shut_down_whatever_became_of_it(kind: Any, state: str) -> None:
    here, there = socket.socketpair()
    with here, there:
        if state == "shut down":
            here.shutdown(socket.SHUT_RDWR)
        if state == "closed":
            here.close()
        shut_down(kind(here))
        assert there.recv(1) == b""
        if state != "closed":
            assert here.fileno() > 0  # closing it is up to whoever has it
    shut_down(None)


def test_beneath_tls_the_session_stays(monkeypatch: Any) -> None:
    """Who reads then gets an end: without its session it would get the ciphertext."""
    here, there = socket.socketpair()
    with there:
        context = ssl.create_default_context()
        with context.wrap_socket(
            here, server_hostname="localhost", do_handshake_on_connect=False
        ) as sock:
            session = sock._sslobj
            shut_down(sock)
            assert (sock._sslobj, there.recv(1)) == (session, b"")
