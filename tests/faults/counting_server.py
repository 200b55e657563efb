"""Servers of a few lines for faults that the emulator has no name for: bytes as written."""

from __future__ import annotations

import json
import socket
import threading
import time
from typing import Any, Callable, Dict

KEY = "sk-0123456789abcdef01234567"
MESSAGES = [{"role": "user", "content": "Hi"}]
ASK: Dict[str, Any] = {"model": "deepseek-flash", "messages": MESSAGES}

CHOICE = {"index": 0, "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}
WHOLE = json.dumps({"id": "1", "object": "chat.completion", "choices": [CHOICE]}).encode()
STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def event(content: str, finish: Any = None) -> bytes:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    data = {"id": "1", "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def chunked(body: bytes) -> bytes:
    """A whole reply, behind which the connection stays open."""
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


STREAM = chunked(event("Hello") + event("", "stop") + b"data: [DONE]\n\n")
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(WHOLE) + WHOLE


def forever(head: bytes, piece: bytes, pause: float = 0.02) -> Callable[[socket.socket], None]:
    """Answers with ``head`` and then ``piece`` again and again."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            time.sleep(pause)
            connection.sendall(piece)

    return answer


def once(reply: bytes) -> Callable[[socket.socket], None]:
    """Answers each request with these bytes."""
    return lambda connection: connection.sendall(reply)


class CountingServer:
    """Calls ``answer`` for each request; ``connections`` are those that are open now,
    ``most_busy`` of them were answering at once."""

    def __init__(self, answer: Callable[[socket.socket], None]) -> None:
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._lock = threading.Lock()
        self.base_url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.connections = self.requests = self._busy = self.most_busy = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> CountingServer:
        return self

    def __exit__(self, *_: Any) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _count(self, difference: int) -> None:
        with self._lock:
            self.connections += difference

    def _begin(self) -> None:
        with self._lock:
            self.requests += 1
            self._busy += 1
            self.most_busy = max(self._busy, self.most_busy)

    def _serve(self, connection: socket.socket) -> None:
        self._count(1)
        try:
            while self._read(connection):
                self._begin()
                try:
                    self._answer(connection)
                finally:
                    with self._lock:
                        self._busy -= 1
        except OSError:
            pass
        finally:
            connection.close()
            self._count(-1)

    @staticmethod
    def _read(connection: socket.socket) -> bool:
        data = b""
        while not data.endswith(b"}"):
            received = connection.recv(65536)
            if not received:
                return False
            data += received
        return True


def soon(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether it comes true within the time."""
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.01)
    return True
