"""Speech by WebSocket, spoken by a client that is written here byte by byte."""

from __future__ import annotations

import base64
import json
import os
import struct
from typing import Any, Dict, List, Optional, Tuple

import pytest

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
KEY = {"Authorization": "Bearer k"}


class Client:
    def __init__(
        self, wire: Any, query: str = "", headers: Optional[Dict[str, str]] = None
    ) -> None:
        self.sock = wire.dial()
        self.buffer = b""
        nonce = base64.b64encode(os.urandom(16)).decode()
        fields = {
            "Host": "x",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": nonce,
            "Sec-WebSocket-Version": "13",
            **(KEY if headers is None else headers),
        }
        lines = [f"GET /v1/tools/tts{query} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items())]
        self.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            self._more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        self.head = head.decode().lower()
        self.status = int(self.head.split(" ")[1])

    def _more(self) -> None:
        data = self.sock.recv(65536)
        assert data, "the server left"
        self.buffer += data

    def _take(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._more()
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def send(self, data: bytes, kind: int = TEXT, final: bool = True) -> None:
        key, size = b"\x01\x02\x03\x04", len(data)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
        masked = bytes(byte ^ key[at % 4] for at, byte in enumerate(data))
        self.sock.sendall(bytes([(0x80 if final else 0) | kind]) + length + key + masked)

    def say(self, **event: Any) -> None:
        self.send(json.dumps(event).encode())

    def frame(self) -> Tuple[int, bytes]:
        first, second = self._take(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self._take(8))
        return first & 0x0F, self._take(size)

    def answers(self) -> List[Tuple[int, bytes]]:
        """Frames up to the close, which is answered."""
        frames = []
        while True:
            kind, data = self.frame()
            if kind == CLOSE:
                self.send(data, CLOSE)
                self.sock.close()
                return [*frames, (kind, data)]
            frames.append((kind, data))


@pytest.fixture()
def dial(wire: Any) -> Any:
    clients: List[Client] = []

    def connect(*args: Any, **kwargs: Any) -> Client:
        clients.append(Client(wire, *args, **kwargs))
        return clients[-1]

    yield connect
    for client in clients:
        client.sock.close()


def test_text_becomes_audio_and_an_end(dial: Any) -> None:
    client = dial()
    assert client.status == 101
    client.say(event="text", text="Hello")
    kind, audio = client.frame()
    assert (kind, len(audio)) == (BINARY, 5 * 240 * 2)
    client.say(event="text", text="你好")
    client.say(event="finish_text")
    (second, end, close) = client.answers()
    assert (second[0], len(second[1])) == (BINARY, 2 * 240 * 2)
    assert (end[0], json.loads(end[1])) == (TEXT, {"event": "finish", "code": 0})
    assert close == (CLOSE, struct.pack(">H", 1000))


def test_opus_comes_in_bare_packets(dial: Any) -> None:
    client = dial("?format=opus&voice_id=tide&filter_markdown=false")
    client.say(event="text", text="Hello")
    client.say(event="finish_text")
    packets = [data for kind, data in client.answers() if kind == BINARY]
    assert packets == [b"\xf8\xff\xfe"] * 3


def test_the_key_of_a_browser(dial: Any) -> None:
    client = dial(headers={"Sec-WebSocket-Protocol": "tts, bearer.sk-1"})
    assert client.status == 101
    assert "sec-websocket-protocol: tts" in client.head
    assert "bearer" not in client.head
    assert dial(headers={}).status == 401
    assert dial(headers={"Sec-WebSocket-Protocol": "tts"}).status == 401


@pytest.mark.parametrize("query", ["?voice_id=mickey", "?format=wav"])
def test_queries_that_are_refused(dial: Any, query: str) -> None:
    assert dial(query).status == 400


def test_another_version_and_no_upgrade(dial: Any, wire: Any) -> None:
    assert dial(headers={**KEY, "Sec-WebSocket-Version": "8"}).status == 426
    assert wire.get("/v1/tools/tts").status == 405


FAILED: List[Any] = [
    ([{"event": "finish_text"}], "Nothing to read"),
    ([{"event": "text", "text": "x" * 10_001}], "longer than 10000"),
    ([{"event": "text", "text": "你" * 5_001}], "longer than 10000"),
    ([{"event": "sing"}], "Expected the event"),
    ([{"event": "text"}], "Expected the event"),
    (["no json"], "Expected the event"),
    ([{"event": "text", "text": "risky question"}], "Content Exists Risk"),
]


@pytest.mark.parametrize(("events", "words"), FAILED)
def test_a_failure_is_the_last_message(dial: Any, events: Any, words: str) -> None:
    client = dial()
    for event in events:
        client.send((event if isinstance(event, str) else json.dumps(event)).encode())
    end, close = client.answers()
    message = json.loads(end[1])
    assert (message["event"], message["code"]) == ("finish", 400)
    assert words in message["message"]


def test_pings_and_messages_in_pieces(dial: Any) -> None:
    client = dial()
    client.send(b"are you there", PING)
    assert client.frame() == (PONG, b"are you there")
    client.send(b'{"event": "te', final=False)
    client.send(b"", PING)
    client.send(b'xt", "text": "Hi"}', 0)
    assert client.frame() == (PONG, b"")
    assert client.frame()[0] == BINARY


FRAMES: List[Any] = [
    # what a client sends, and the code of the answer: not masked, binary, too long
    (b"\x81\x02{}", 1002),
    (b"\x82\x82\x00\x00\x00\x00{}", 1003),
    (b"\x81\xff" + struct.pack(">Q", 64 * 1024 + 1), 1009),
]


@pytest.mark.parametrize(("frame", "code"), FRAMES)
def test_frames_that_end_it(dial: Any, frame: bytes, code: int) -> None:
    client = dial()
    client.sock.sendall(frame)
    assert client.frame() == (CLOSE, struct.pack(">H", code))


def test_a_client_that_leaves(dial: Any, emulator: Any, until: Any) -> None:
    client = dial()
    client.send(struct.pack(">H", 1000), CLOSE)
    assert client.frame()[0] == CLOSE
    dial().sock.close()
    client.sock.close()
    until(lambda: emulator.open_connections == 0)
