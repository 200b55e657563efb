"""A server that says bytes from a script, and counts the requests that it read whole."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from pathlib import Path
from typing import Any, Callable, Iterable, List, Union

# A certificate for this machine with its key, good for these tests alone, which trust it.
CERTIFICATE = str(Path(__file__).parent / "loopback.pem")

CLOSE, RESET, HOLD = "close", "reset", "hold"
Reply = Union[bytes, str]  # bytes to send, or what becomes of the connection then

TEXT = b'{"id": "r", "object": "chat.completion", "choices": [{"index": 0, "message": '
TEXT += b'{"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]}'


def answer(body: bytes = TEXT, status: str = "200 OK", *headers: str) -> bytes:
    """A whole HTTP/1.1 answer that keeps the connection."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


class WireServer:
    """Plays ``script(number, connection_request)`` for each request: number is 1 for the first of
    all, connection_request 1 for the first of its connection. It keeps a connection whose reply
    has no last word. ``head_only``: the script is played before the body of a request is read.
    ``tls``: over https."""

    def __init__(
        self,
        script: Callable[[int, int], Iterable[Reply]],
        *,
        head_only: Any = None,
        tls: bool = False,
    ) -> None:
        self._script = script
        self._head_only = head_only or (lambda number: False)
        self.requests: List[bytes] = []  # heads
        self.connections = 0
        self.closed = threading.Event()  # a script closed its connection
        self._lock = threading.Lock()
        self._open: List[socket.socket] = []
        self._threads: List[threading.Thread] = []
        self._listener = socket.socket()
        # of a large request no more than this waits here while nobody reads it
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self._tls is not None:
            self._tls.load_cert_chain(CERTIFICATE)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def __enter__(self) -> WireServer:
        return self

    def __exit__(self, *_: Any) -> None:
        _shut(self._listener)  # wakes accept()
        self._threads[0].join(5)
        self._listener.close()
        for sock in self._open:
            _shut(sock)
        for thread in self._threads:
            thread.join(5)
        for sock in self._open:
            sock.close()

    def _start(self, target: Any, *arguments: Any) -> None:
        self._threads.append(threading.Thread(target=target, args=arguments, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:  # closed
                return
            self.connections += 1
            self._open.append(sock)
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        try:
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
                self._open.append(sock)
            connection_request = 0
            while self._serve_one(sock, connection_request + 1):
                connection_request += 1
        except OSError:  # the client left
            sock.close()

    def _serve_one(self, sock: socket.socket, connection_request: int) -> bool:
        head, body = _read_head(sock)
        if not head:
            sock.close()
            return False
        with self._lock:
            self.requests.append(head)
            number = len(self.requests)
        if not self._head_only(number):
            _read_body(sock, head, body)
        for part in self._script(number, connection_request):
            if isinstance(part, bytes):
                sock.sendall(part)
            elif part == HOLD:
                return False
            else:
                if part == RESET:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    _shut(sock, socket.SHUT_WR)
                sock.close()
                self.closed.set()
                return False
        return True


def _read_head(sock: socket.socket) -> Any:
    data = b""
    while b"\r\n\r\n" not in data:
        received = sock.recv(65536)
        if not received:
            return b"", b""
        data += received
    head, _, body = data.partition(b"\r\n\r\n")
    return head, body


def _read_body(sock: socket.socket, head: bytes, body: bytes) -> None:
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"]
    missing = (int(lengths[0]) if lengths else 0) - len(body)
    while missing > 0:
        received = sock.recv(65536)
        if not received:
            raise ConnectionError("half a request")
        missing -= len(received)


def _shut(sock: socket.socket, how: int = socket.SHUT_RDWR) -> None:
    try:
        sock.shutdown(how)
    except OSError:  # the client was faster
        pass
