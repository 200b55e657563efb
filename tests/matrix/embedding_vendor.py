"""A vendor that has what DeepSeek lacks: embeddings, in the encoding that the request asks for."""

from __future__ import annotations

import base64
import json
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator

VECTOR = (1.0, 2.0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        is_packed = asked.get("encoding_format") == "base64"
        packed = base64.b64encode(struct.pack("<2f", *VECTOR)).decode()
        item = {"object": "embedding", "index": 0, "embedding": packed if is_packed else VECTOR}
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        answer = {"object": "list", "data": [item], "model": asked["model"], "usage": usage}
        data = json.dumps(answer).encode()
        self.send_response(200 if self.path == "/v1/embeddings" else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serving() -> Iterator[str]:
    """The base URL, while the generator is held."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
