"""A client made of the standard library, so that nothing between test and wire is ours."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

import pytest

from dsadapter.testing.emulator import Emulator

#: Long enough for a loaded machine, never waited for where things work.
PATIENCE = 20.0


class Reply(NamedTuple):
    status: int
    headers: Dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body.decode("utf-8"))

    @property
    def message(self) -> Any:
        return self.json["choices"][0]["message"]

    @property
    def error(self) -> str:
        return str(self.json["error"]["message"])

    @property
    def data(self) -> List[str]:
        lines = self.body.decode("utf-8").split("\n")
        return [line[len("data: ") :] for line in lines if line.startswith("data: ")]

    @property
    def chunks(self) -> List[Any]:
        return [json.loads(line) for line in self.data if line != "[DONE]"]

    @property
    def deltas(self) -> List[Any]:
        return [chunk["choices"][0]["delta"] for chunk in self.chunks]

    def joined(self, field: str) -> str:
        return "".join(delta.get(field) or "" for delta in self.deltas)


class Wire:
    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    def send(
        self,
        method: str,
        path: str,
        body: Optional[bytes] = None,
        headers: Optional[Dict[str, str]] = None,
        timeout: float = PATIENCE,
    ) -> Reply:
        """One request on a connection of its own."""
        if headers is None:
            headers = {"Authorization": "Bearer k", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.emulator.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, got, response.read())
        finally:
            connection.close()

    def post(self, path: str, body: Any, **more: Any) -> Reply:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send("POST", path, data, **more)

    def get(self, path: str) -> Reply:
        return self.send("GET", path)

    def chat(
        self, text: str = "hi", base: str = "", timeout: float = PATIENCE, **fields: Any
    ) -> Reply:
        body = {"model": "deepseek-flash", "messages": [{"role": "user", "content": text}]}
        return self.post(base + "/chat/completions", dict(body, **fields), timeout=timeout)

    def dial(self) -> socket.socket:
        """A bare connection; the caller closes it."""
        return socket.create_connection(("127.0.0.1", self.emulator.port), PATIENCE)

    def raw(self, data: bytes, patience: float = PATIENCE) -> bytes:
        """What comes back until the server closes, or until `patience` is over."""
        with self.dial() as sock:
            sock.sendall(data)
            return read_all(sock, patience)

    def chat_bytes(self, base: str = "", close: bool = True, **fields: Any) -> bytes:
        """A whole chat request as it goes over the wire."""
        body = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "hi"}]}
        data = json.dumps(dict(body, **fields)).encode()
        return (
            f"POST {base}/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
            + ("Connection: close\r\n\r\n" if close else "\r\n")
        ).encode() + data


def read_all(sock: socket.socket, patience: float) -> bytes:
    got, limit = b"", time.monotonic() + patience
    try:
        while True:
            sock.settimeout(max(0.001, limit - time.monotonic()))
            data = sock.recv(65536)
            if not data:
                return got
            got += data
    except OSError:  # time over, or a reset
        return got


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as started:
        yield started


@pytest.fixture
def wire(emulator: Emulator) -> Wire:
    return Wire(emulator)


@pytest.fixture
def wire_to() -> Callable[[Emulator], Wire]:
    return Wire


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], None]:
    """Wait for what the server's thread will do soon."""

    def wait(condition: Callable[[], Any]) -> None:
        limit = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < limit, "it never happened"
            time.sleep(0.005)

    return wait
