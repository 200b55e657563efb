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
    thread, from those behind the function on: the caller's own sockets are not touched.
    """

    def __init__(self) -> None:
        self._function = sys._getframe(1).f_code
        self._thread = threading.get_ident()
        greenlet = sys.modules.get("greenlet")
        self._greenlet = greenlet.getcurrent() if greenlet else None

    def shut_down_socket(self) -> None:
        """From another thread: shut down the socket that is being read or written; who waits for it
        wakes with an error."""
        frame = sys._current_frames().get(self._thread) or getattr(self._greenlet, "gr_frame", None)
        sock = next(self._sockets(frame), None)
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # the peer was faster, or it is not connected yet
                pass

    def _sockets(self, frame: Optional[FrameType]) -> Iterator[socket.socket]:
        while frame is not None and frame.f_code is not self._function:
            for value in list(frame.f_locals.values()):
                sock = _socket_in(value)
                if sock is not None:
                    yield sock
            frame = frame.f_back


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
