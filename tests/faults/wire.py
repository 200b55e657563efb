"""A server of raw bytes: what it sends, and when, is up to each test."""

from __future__ import annotations

import json
import socket
import threading
from typing import Any, Callable, Iterator, List, Optional

CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n%s\r\n"
)


def framed(data: bytes) -> bytes:
    """One chunk of chunked framing."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def event(content: str, finish: Optional[str] = None) -> bytes:
    """One chunk of a chat completion, as an event."""
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    data = {"id": "1", "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(data).encode() + b"\n\n"


class WireServer:
    """Serves each connection in a thread: ``answer(connection, number)`` after each request.

    ``requests`` counts requests that were read whole.
    """

    def __init__(self, answer: Callable[[socket.socket, int], Any]) -> None:
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._connections: List[socket.socket] = []
        self.requests = 0
        self.base_url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # closed
                return
            self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            file = connection.makefile("rb")
            while _read_request(file):
                self.requests += 1
                if self._answer(connection, self.requests) is False:
                    break
            file.close()
            connection.close()
        except OSError:  # the client left
            pass

    def close(self) -> None:
        """Stop, and cut every connection."""
        self._listening.close()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()


def _read_request(file: Any) -> bool:
    length, lines = 0, 0
    for line in _head(file):
        lines += 1
        name, _, value = line.lower().partition(b":")
        length = int(value) if name == b"content-length" else length
    file.read(length)
    return lines > 0


def _head(file: Any) -> Iterator[bytes]:
    line = file.readline()
    while line.strip():
        yield line
        line = file.readline()
