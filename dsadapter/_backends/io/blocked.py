"""A thread that waits for a server: its socket, whichever library has it."""

from __future__ import annotations

import socket
import sys
import threading
from types import FrameType
from typing import Any, Iterator, Optional


class Blocked:
    """The thread (under gevent: the greenlet) that makes it, in a function that sends a request.

    No library hands out a connection before the head of its answer is read, and a head that drips
    in byte by byte never lets a read time out. So the socket is taken from the frames of the
    thread, from those behind the function on: the caller's own sockets are not touched. It is a
    context manager: behind it the connection may be another call's, and so may the thread's number.
    """

    def __init__(self) -> None:
        self._function = sys._getframe(1).f_code
        self._thread = threading.get_ident()
        greenlet = sys.modules.get("greenlet")
        self._greenlet = greenlet.getcurrent() if greenlet else None
        self._lock = threading.Lock()  # held while a socket is shut down
        self._over = False

    def __enter__(self) -> Blocked:
        return self

    def __exit__(self, *_: Any) -> None:
        with self._lock:
            self._over = True

    def shut_down_socket(self) -> None:
        """From another thread: shut down the socket that is being read or written; who waits for it
        wakes with an error."""
        with self._lock:
            if not self._over:
                frame = sys._current_frames().get(self._thread)
                frame = frame or getattr(self._greenlet, "gr_frame", None)
                shut_down(next(self._sockets(frame), None))

    def _sockets(self, frame: Optional[FrameType]) -> Iterator[socket.socket]:
        while frame is not None and frame.f_code is not self._function:
            for value in list(frame.f_locals.values()):
                sock = _socket_in(value)
                if sock is not None:
                    yield sock
            frame = frame.f_back


def shut_down(sock: Any) -> None:
    """Both ways, whatever it is closed or shut down already; None is no socket.

    Beneath TLS: ssl's own would forget the session, and a reader would take ciphertext for text.
    """
    try:
        if isinstance(sock, socket.socket):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        elif sock is not None:  # asyncio's stand-in, or that of another TLS
            wrapped = socket.socket(fileno=sock.fileno())
            try:
                wrapped.shutdown(socket.SHUT_RDWR)
            finally:
                wrapped.detach()
    except (OSError, ValueError):  # the peer was faster, or it is not connected, or closed
        pass


def _socket_in(value: Any) -> Optional[socket.socket]:
    """The value itself, or the socket of a file (SocketIO), stream (httpcore) or connection
    (urllib3-future) around it."""
    if isinstance(value, socket.socket):
        return value
    attributes = getattr(value, "__dict__", None)
    if not isinstance(attributes, dict):
        return None
    candidates = map(attributes.get, ("_sock", "sock"))
    return next((inner for inner in candidates if isinstance(inner, socket.socket)), None)


def socket_of_reply(response: Any, file: Any) -> Any:
    """The socket from which a response of requests reads its body, ``file``; None where there is
    none."""
    sock = getattr(getattr(getattr(response, "raw", None), "connection", None), "sock", None)
    if sock is None:  # the answer has it; urllib3-future would make a file by being asked
        sock = getattr(getattr(getattr(file, "fp", None), "raw", None), "_sock", None)
    return sock
