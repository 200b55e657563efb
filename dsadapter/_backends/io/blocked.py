"""A thread that waits for a server: its socket, whichever library has it."""

from __future__ import annotations

import socket
import sys
from threading import Thread
from types import FrameType
from typing import Any, Iterator, Optional


def shut_down_socket_of(thread: Thread) -> None:
    """Shut down the socket that ``thread`` is reading from or writing to; it wakes with an error.

    No library hands out a connection before the head of its answer is read, and a head that drips
    in byte by byte never lets a read time out. So the socket is taken from the frames of the
    thread, which has no other work than this one request.
    """
    sock = next(_sockets(sys._current_frames().get(thread.ident or 0)), None)
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # the peer was faster, or it is not connected yet
            pass


def _sockets(frame: Optional[FrameType]) -> Iterator[socket.socket]:
    while frame is not None:
        for value in list(frame.f_locals.values()):
            sock = _socket_in(value)
            if sock is not None:
                yield sock
        frame = frame.f_back


def _socket_in(value: Any) -> Optional[socket.socket]:
    """The value itself, or the socket of a file (SocketIO) or stream (httpcore) around it."""
    inner = value if isinstance(value, socket.socket) else getattr(value, "__dict__", {})
    if isinstance(inner, dict):
        inner = inner.get("_sock")
    return inner if isinstance(inner, socket.socket) else None
