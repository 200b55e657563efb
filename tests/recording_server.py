"""A server on loopback that records each request and answers it with JSON of the right kind."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, NamedTuple
from urllib.parse import parse_qsl

CHAT = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}
    ],
}
CHUNK = {
    "id": "1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop", "delta": {"content": "hi"}}],
}
TEXT = {"id": "1", "object": "text_completion", "choices": [{"text": "hi", "index": 0}]}
LIST = {"object": "list", "data": [], "model": "m"}
REPLIES = {"chat/completions": CHAT, "completions": TEXT, "embeddings": LIST, "models": LIST}


class Recorded(NamedTuple):
    """One request, with the headers that the tests compare."""

    method: str
    path: str
    query: Dict[str, str]
    headers: Dict[str, str]
    body: Any

    def credentials(self) -> Dict[str, str]:
        names = ("authorization", "api-key")
        return {name: self.headers[name] for name in names if name in self.headers}


class RecordingServer:
    """``with RecordingServer() as server``: its ``url`` has no slash at the end."""

    def __init__(self) -> None:
        self.requests: List[Recorded] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _handler(self) -> Any:
        recorded = self.requests

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path, _, query = self.path.partition("?")
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                content = json.loads(body) if body else None
                recorded.append(
                    Recorded(self.command, path, dict(parse_qsl(query)), headers, content)
                )
                self._answer(path, bool(content and content.get("stream")))

            do_POST = do_GET

            def _answer(self, path: str, stream: bool) -> None:
                kind = "chat/completions" if path.endswith("chat/completions") else path
                reply = json.dumps(CHUNK if stream else REPLIES.get(kind.strip("/"), _last(kind)))
                data = f"data: {reply}\n\ndata: [DONE]\n\n" if stream else reply
                self.send_response(200)
                kind = "text/event-stream" if stream else "application/json"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data.encode())

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler

    def __enter__(self) -> RecordingServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()


def _last(path: str) -> Any:
    return REPLIES.get(path.rpartition("/")[2], {})
