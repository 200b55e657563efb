"""The blasting server: ready-made bytes on loopback, one thread, one port for each shape.

    python -m bench.server '[[20000, 8, 0, 0, 0]]'

prints the ports as a JSON list and serves until its standard input ends.
"""

from __future__ import annotations

import heapq
import json
import selectors
import socket
import sys
import time
from typing import Any, Dict, Iterator, List, Optional, Tuple

from .limits import raise_open_files
from .wire import Barrier, Bytes, Shape, Step

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Connection:
    """One client: what it sent and is not answered yet, and the reply under way."""

    def __init__(self, sock: socket.socket, shape: Shape) -> None:
        self.sock = sock
        self.shape = shape
        self.received = b""
        self.steps: Optional[Iterator[Step]] = None
        self.unsent = memoryview(b"")
        self.events = READ

    def request(self) -> Optional[bytes]:
        """The body of the next complete request."""
        head, found, rest = self.received.partition(b"\r\n\r\n")
        if not found:
            return None
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line[15:])
        if len(rest) < length:
            return None
        self.received = rest[length:]
        return rest[:length]


class Server:
    def __init__(self, shapes: List[Shape]) -> None:
        self.bytes = Bytes()
        self.selector = selectors.DefaultSelector()
        self.timers: List[Tuple[float, int, Connection]] = []
        self.waiting: Dict[Shape, List[Connection]] = {}
        self.ports = [self._listen(shape) for shape in shapes]
        self.selector.register(sys.stdin.fileno(), READ, None)

    def _listen(self, shape: Shape) -> int:
        if not shape.rate:
            self.bytes.whole(shape.size)
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", 0))
        sock.listen(4096)
        sock.setblocking(False)
        self.selector.register(sock, READ, shape)
        return int(sock.getsockname()[1])

    def serve(self) -> None:
        while True:
            for key, events in self.selector.select(self._until_timer()):
                if key.data is None:  # whoever started us has gone
                    return
                if isinstance(key.data, Shape):
                    self._accept(key.fileobj, key.data)
                else:
                    self._on_event(key.data, events)
            while self.timers and self.timers[0][0] <= time.monotonic():
                self._send(heapq.heappop(self.timers)[2])

    def _until_timer(self) -> Optional[float]:
        return max(0.0, self.timers[0][0] - time.monotonic()) if self.timers else None

    def _accept(self, listener: Any, shape: Shape) -> None:
        sock, _ = listener.accept()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(sock, READ, Connection(sock, shape))

    def _on_event(self, connection: Connection, events: int) -> None:
        if events & READ and not self._read(connection):
            self._close(connection)
        elif events & WRITE or connection.steps is None:
            self._send(connection)

    def _read(self, connection: Connection) -> bool:
        try:
            data = connection.sock.recv(65536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        connection.received += data
        return bool(data)

    def _send(self, connection: Connection) -> None:
        """Go on with the replies of a connection until something has to be waited for."""
        if connection.sock.fileno() < 0:
            return
        try:
            self._advance(connection)
        except BlockingIOError:
            self._listen_for(connection, READ | WRITE)
        except OSError:
            self._close(connection)

    def _advance(self, connection: Connection) -> None:
        while True:
            while connection.unsent:
                sent = connection.sock.send(connection.unsent)
                connection.unsent = connection.unsent[sent:]
            if connection.steps is None:
                body = connection.request()
                if body is None:
                    return self._listen_for(connection, READ)
                stream = b'"stream":true' in body.replace(b" ", b"")
                connection.steps = self.bytes.steps(connection.shape, stream)
            step = next(connection.steps, None)
            if step is None:
                connection.steps = None
            elif isinstance(step, float):
                self._listen_for(connection, READ)
                due = time.monotonic() + step
                return heapq.heappush(self.timers, (due, id(connection), connection))
            elif isinstance(step, Barrier):
                self._listen_for(connection, READ)
                return self._at_barrier(connection)
            else:
                connection.unsent = memoryview(step)

    def _at_barrier(self, connection: Connection) -> None:
        waiting = self.waiting.setdefault(connection.shape, [])
        waiting.append(connection)
        if len(waiting) == connection.shape.barrier:
            del self.waiting[connection.shape]
            for one in waiting:
                heapq.heappush(self.timers, (0.0, id(one), one))

    def _listen_for(self, connection: Connection, events: int) -> None:
        if connection.events != events:
            connection.events = events
            self.selector.modify(connection.sock, events, connection)

    def _close(self, connection: Connection) -> None:
        if connection.sock.fileno() >= 0:
            waiting = self.waiting.get(connection.shape, [])
            if connection in waiting:
                waiting.remove(connection)
            self.selector.unregister(connection.sock)
            connection.sock.close()


def main() -> None:
    raise_open_files()
    server = Server([Shape(*fields) for fields in json.loads(sys.argv[1])])
    print(json.dumps(server.ports), flush=True)
    server.serve()


if __name__ == "__main__":
    main()
