"""Error statuses whose body is no error object: 0.28 did not look at the status of those."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator

import pytest

from .conftest import KEY, MESSAGES, MODEL

ERROR = '{"error": {"message": "no", "type": "t", "code": "c", "param": null}}'
NO_JSON, OTHER = "HTTP code {0} from API ({1})", "Invalid response object from API: {1!r} (HTTP"
BODIES = [
    ("text/html", "<h1>no</h1>", NO_JSON),
    ("application/json", "", NO_JSON),
    ("application/json", "[1]", OTHER),
    ("application/json", '{"detail":"Not Found"}', OTHER),
    ("text/plain", "nope", OTHER),
    ("text/plain", ERROR, OTHER),
]
STATUSES = {
    400: "InvalidRequestError",
    401: "AuthenticationError",
    403: "PermissionError",
    404: "InvalidRequestError",
    409: "TryAgain",
    415: "InvalidRequestError",
    422: "APIError",
    429: "RateLimitError",
    500: "APIError",
    503: "ServiceUnavailableError",
}


class _Answering(BaseHTTPRequestHandler):
    """Gives what the server was told to give."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, kind, body = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def failure(openai: Any, server: Any, way: str) -> Any:
    """What a call raises; ``timeout`` ends 0.28's repeating of a call that got 409."""
    arguments = {"api_key": KEY, "api_base": f"http://127.0.0.1:{server.server_port}"}
    call = {"model": MODEL, "messages": MESSAGES, **arguments}
    if server.answer[0] == 409:
        call["timeout"] = 1
    with pytest.raises(openai.error.OpenAIError) as caught:
        if way == "async":
            asyncio.run(openai.ChatCompletion.acreate(**call))
        else:
            list(openai.ChatCompletion.create(stream=way == "stream", **call))
    return caught.value


@pytest.mark.parametrize("way", ["sync", "stream", "async"])
@pytest.mark.parametrize("status", sorted(STATUSES))
def test_the_class_goes_by_the_error_object(
    openai: Any, server: Any, status: int, way: str
) -> None:
    named = getattr(openai.error, STATUSES[status])
    plain = openai.error.ServiceUnavailableError if status == 503 else openai.error.APIError
    server.answer = status, "application/json", ERROR
    assert isinstance(failure(openai, server, way), named)
    for kind, body, text in BODIES:
        server.answer = status, kind, body
        err = failure(openai, server, way)
        assert isinstance(err, plain) and type(err).__name__ == plain.__name__
        assert named is plain or not isinstance(err, named)
        assert (err.http_status, err.http_body) == (status, body)
        if status != 503:
            assert text.format(status, body) in str(err)
