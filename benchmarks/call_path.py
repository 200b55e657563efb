"""The way of a call through the files: how often it moves from one file to another.

python benchmarks/call_path.py              # both faces on raw-requests, as for DeepSeek
python benchmarks/call_path.py --list       # every move

Counted is each call of a function of the package in another file than the last one, from
``create(stream=True)`` to the first chunk, on a connection that is open already; comprehensions
are part of the function that they stand in. The server sends one chunk and waits.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dsadapter  # noqa: E402

PACKAGE = os.path.dirname(str(dsadapter.__file__))
KEY = "sk-0123456789abcdef01234567"
MESSAGES = [{"role": "user", "content": "Hi"}]
# Moves between files, between folders, and how often one file is entered.
LIMITS = {"modern": (30, 12, 2), "legacy": (50, 99, 9)}


def chunk(content: str, finish: str = "") -> bytes:
    choice: Dict[str, Any] = {"index": 0, "delta": {"content": content}}
    choice["finish_reason"] = finish or None
    data = {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}
    event = b"data: " + json.dumps(data).encode() + b"\n\n"
    return b"%x\r\n%s\r\n" % (len(event), event)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
END = chunk("", "stop") + b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"


class Server:
    """Answers each request with one chunk, and with the end when it is told to."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.release = threading.Semaphore(0)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        file = connection.makefile("rb")
        try:
            while True:
                self._answer(connection, file)
        except OSError:  # the client has left
            pass

    def _answer(self, connection: socket.socket, file: Any) -> None:
        length = 0
        for line in iter(file.readline, b"\r\n"):
            name, _, value = line.lower().partition(b":")
            length = int(value) if name == b"content-length" else length
        file.read(length)
        connection.sendall(HEAD + chunk("Hello"))
        self.release.acquire()
        connection.sendall(END)


class Recorder:
    """The files in the order in which functions of theirs were called."""

    def __init__(self) -> None:
        self.visits: List[Tuple[str, List[str]]] = []

    def __call__(self, frame: Any, event: str, argument: Any) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE) or code.co_name[0] == "<":
            return
        file = code.co_filename[len(PACKAGE) + 1 :].replace(os.sep, "/")
        if not self.visits or self.visits[-1][0] != file:
            self.visits.append((file, []))
        self.visits[-1][1].append(code.co_name)


def modern(server: Server) -> Callable[[], Iterator[Any]]:
    client = dsadapter.OpenAI(
        KEY, base_url=server.base_url, provider="deepseek", backend="raw-requests"
    )
    create = client.chat.completions.create
    return lambda: create(model="deepseek-flash", messages=MESSAGES, stream=True)


def legacy(server: Server) -> Callable[[], Iterator[Any]]:
    dsadapter.api_key, dsadapter.api_base = KEY, server.base_url
    dsadapter.provider, dsadapter.backend = "deepseek", "raw-requests"
    create = dsadapter.ChatCompletion.create
    return lambda: create(model="deepseek-flash", messages=MESSAGES, stream=True)


def record(face: Callable[[Server], Callable[[], Iterator[Any]]]) -> Recorder:
    server = Server()
    create = face(server)
    server.release.release()
    list(create())  # imports and the connection are there after this
    recorder = Recorder()
    sys.setprofile(recorder)
    stream = create()
    chunks = iter(stream)
    next(chunks)
    sys.setprofile(None)
    server.release.release()
    return recorder


def folders(visits: List[Tuple[str, List[str]]]) -> int:
    rooms = [file.rpartition("/")[0] for file, _ in visits]
    return sum(here != there for here, there in zip(rooms, rooms[1:]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="show every move")
    options = parser.parse_args()
    within = True
    for name, face in (("modern", modern), ("legacy", legacy)):
        visits = record(face).visits
        if options.list:
            print("\n".join(f"    {file}: {', '.join(names)}" for file, names in visits))
        moves, rooms = len(visits) - 1, folders(visits)
        file, entries = Counter(file for file, _ in visits).most_common(1)[0]
        files = len({file for file, _ in visits})
        print(
            f"{name} face: {moves} moves through {files} files ({LIMITS[name][0]} allowed), "
            f"{rooms} between folders, most entered: {file} ({entries} times)"
        )
        within = within and all(
            n <= limit for n, limit in zip((moves, rooms, entries), LIMITS[name])
        )
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
