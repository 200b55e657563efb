"""A vendor that has what DeepSeek has not: embeddings, images, sound, files, batches, responses.

What it answers is fixed; ``requests`` has what it was asked, forms taken apart by the standard
library's parser.
"""

from __future__ import annotations

import json
import threading
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, NamedTuple, Optional, Tuple
from urllib.parse import parse_qs, urlsplit

SOUND = bytes(range(256)) * 400
JSONL = b'{"custom_id": "1", "response": {"body": "\xe4\xb8\x96"}, "error": {"code": "1"}}\n'
FILE = {"id": "file-1", "object": "file", "bytes": 5, "created_at": 1, "filename": "a.jsonl"}
BATCH = {"id": "batch-1", "object": "batch", "status": "in_progress", "input_file_id": "file-1"}
OUTPUT = [{"type": "message", "content": [{"type": "output_text", "text": "Hi"}]}]
RESPONSE = {"id": "resp-1", "object": "response", "status": "completed", "output": OUTPUT}


class Part(NamedTuple):
    """A part of a form."""

    name: str
    filename: Optional[str]
    content_type: str
    content: bytes


class Asked(NamedTuple):
    """One request."""

    method: str
    path: str
    query: Dict[str, List[str]]
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> List[Part]:
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = BytesParser().parsebytes(head + self.body)
        return [_part(part) for part in message.get_payload()]


def _part(part: Any) -> Part:
    name = part.get_param("name", header="content-disposition")
    content_type = part["content-type"] or ""
    return Part(name, part.get_filename(), content_type, part.get_payload(decode=True))


def event(kind: str, **fields: Any) -> bytes:
    """One typed event."""
    data = json.dumps({"type": kind, **fields})
    return f"event: {kind}\ndata: {data}\n\n".encode()


EVENTS = {
    "/images/generations": [
        event("image_generation.partial_image", b64_json="AA=="),
        event("image_generation.completed", b64_json="AAAA"),
    ],
    "/audio/transcriptions": [
        event("transcript.text.delta", delta="Hel"),
        event("transcript.text.delta", delta="lo"),
        event("transcript.text.done", text="Hello"),
    ],
    "/messages": [
        event("message_start", message={"id": "m"}),
        event("content_block_delta", delta={"type": "text_delta", "text": "Hello"}),
        event("message_stop"),
    ],
    "/responses": [
        event("response.created", response={**RESPONSE, "status": "in_progress"}),
        event("response.output_text.delta", output_index=0, delta="Hi"),
        event("response.completed", response=RESPONSE),
    ],
}


class VendorServer:
    """A context manager that gives ``base_url``. ``cut``: streams break off after so many bytes of
    their events, without the end of their framing, or with ``clean`` as if that were all."""

    def __init__(self) -> None:
        self.requests: List[Asked] = []
        self.cut: Optional[int] = None
        self.clean = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> VendorServer:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    def clear(self) -> None:
        self.requests.clear()
        self.cut, self.clean = None, False

    def _handler(self) -> Any:
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except OSError:  # the client left
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                """Nothing."""

            def do_POST(self) -> None:
                url = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                path = url.path[len("/v1") :]
                asked = Asked(self.command, path, parse_qs(url.query), self.headers, body)
                vendor.requests.append(asked)
                if _wants_stream(asked) and path in EVENTS:
                    vendor._stream(self, b"".join(EVENTS[path]))
                else:
                    _answer(self, *reply(asked))

            do_GET = do_DELETE = do_PUT = do_PATCH = do_POST

        return Handler

    def _stream(self, handler: Any, data: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        data = data if self.cut is None else data[: self.cut]
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        if self.cut is None or self.clean:
            handler.wfile.write(b"0\r\n\r\n")
        else:
            handler.close_connection = True


def _wants_stream(asked: Asked) -> bool:
    if "multipart" in asked.headers.get("content-type", ""):
        return b'name="stream"\r\n\r\ntrue' in asked.body
    return asked.body.startswith(b"{") and bool(asked.json.get("stream"))


def _answer(handler: Any, content_type: str, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def reply(asked: Asked) -> Tuple[str, bytes]:
    """Content type and body of a whole reply."""
    kind, path = "application/json", asked.path
    if path == "/audio/speech":
        return "audio/mpeg", SOUND
    if path == "/files/file-1/content":
        return "application/octet-stream", JSONL
    if path.startswith("/audio/") and b"srt" in asked.body:
        return "text/plain; charset=utf-8", "1\n世界\n".encode()
    return kind, json.dumps(_data(asked)).encode()


def _data(asked: Asked) -> Any:
    path = asked.path
    if path == "/embeddings":
        vectors = ["AACAPwAAAEA=", [3.0]]
        return {"object": "list", "data": [{"embedding": v} for v in vectors], "model": "m"}
    if path == "/moderations":
        return {"id": "m", "model": "m", "results": [{"flagged": True}]}
    if path.startswith("/images/"):
        return {"created": 1, "data": [{"url": "https://image.test/1"}]}
    if path.startswith("/audio/"):
        return {"text": "Hello"}
    if path == "/files" and asked.method == "GET":
        return _page(asked, "file-%d", FILE)
    if path == "/batches" and asked.method == "GET":
        return _page(asked, "batch-%d", BATCH)
    if asked.method == "DELETE" and path.startswith(("/files", "/models", "/responses")):
        return {"id": path.rpartition("/")[2], "deleted": True}
    for prefix, data in (("/files", FILE), ("/batches", BATCH), ("/responses", RESPONSE)):
        if path.startswith(prefix):
            return data
    return {"method": asked.method, "path": path}


def _page(asked: Asked, pattern: str, item: Any) -> Any:
    """Two items a page, five in all."""
    after = asked.query.get("after", [pattern % 0])[0]
    first = int(after.rpartition("-")[2]) + 1
    numbers = range(first, min(first + 2, 6))
    data = [{**item, "id": pattern % number} for number in numbers]
    return {"object": "list", "data": data, "has_more": first + 2 < 6}
