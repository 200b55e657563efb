"""A response as a script: a head, then parts, some of them pauses or the end of the connection.

Faults are functions from one response to another; nothing but the connection touches a socket.
"""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple, Union


class End(enum.Enum):
    """How a body stops before its time."""

    CLOSE = "close"  # orderly, FIN
    RESET = "reset"  # RST
    HANG = "hang"  # silence until the client leaves


#: Bytes are written at once, a float is a pause in seconds.
Part = Union[bytes, float, End]
Json = Dict[str, Any]
#: A JSON chunk, or text that stands behind `data: ` as it is.
Event = Union[Json, str]

JSON = "application/json"
#: As the real server sends it: no charset, which is why naive clients see mojibake.
EVENT_STREAM = "text/event-stream"
DONE = "[DONE]"


@dataclass
class Response:
    """What to send: one of `data` and `events`, until `parts` has made a `body` of it."""

    status: int = 200
    content_type: Optional[str] = JSON
    headers: List[Tuple[str, str]] = field(default_factory=list)
    data: Any = None
    events: Optional[Iterable[Event]] = None
    body: Optional[Iterable[Part]] = None
    #: Content-Length; None means chunked.
    length: Optional[int] = None
    #: The same completion as one JSON object, where `events` is set.
    completion: Any = None
    #: Pause between events.
    delay: float = 0.0
    #: False: not even a status line is sent.
    send_head: bool = True
    #: Pause before the head.
    head_delay: float = 0.0
    #: Pause between the single bytes of the head; 0 sends it in one write.
    head_interval: float = 0.0
    #: Close the connection after the response although its head promised keep-alive.
    close_after: bool = False
    #: Called when nothing more will be sent, also where the client left.
    at_end: Optional[Callable[[], None]] = None
    #: What is said on the connection once it is a WebSocket.
    conversation: Any = None

    @property
    def is_stream(self) -> bool:
        """Whether the body is a stream of events."""
        return self.events is not None

    def parts(self) -> Iterable[Part]:
        """The body as parts; from here on `data` and `events` are settled."""
        if self.body is None:
            if self.events is None:
                payload = b"" if self.data is None else dump_json(self.data)
                self.body, self.length = [payload], len(payload)
            else:
                self.body = _with_pauses((encode_event(event) for event in self.events), self.delay)
        return self.body


def dump_json(value: Any) -> bytes:
    """JSON as the real server writes it: no blanks, raw UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def encode_event(event: Event) -> bytes:
    """An event as its `data:` line with the blank line that ends it.

    One that has a `type`, as those of the Responses API, also has it on a line of its own.
    """
    kind = event.get("type") if isinstance(event, dict) else None
    return (
        (f"event: {kind}\n".encode() if kind else b"")
        + b"data: "
        + (event.encode("utf-8", "replace") if isinstance(event, str) else dump_json(event))
        + b"\n\n"
    )


def _with_pauses(parts: Iterable[bytes], delay: float) -> Iterator[Part]:
    for number, part in enumerate(parts):
        if number and delay:
            yield delay
        yield part


def text_response(
    status: int, body: str, content_type: Optional[str] = "text/plain; charset=utf-8"
) -> Response:
    """A response whose body is plain text, or bytes of another type."""
    payload = body.encode("utf-8", "replace")
    return Response(status, content_type, body=[payload], length=len(payload))


def empty_response(status: int) -> Response:
    """A response without a body and without a content type."""
    return text_response(status, "", None)


def error_response(
    status: int,
    message: str,
    kind: str = "invalid_request_error",
    code: str = "invalid_request_error",
    content_type: str = JSON,
) -> Response:
    """The standard envelope. `code` is a word even for 401 and 402, as measured."""
    return Response(status, content_type, data={"error": error_object(message, kind, code)})


def error_object(
    message: str, kind: str = "invalid_request_error", code: Any = "invalid_request_error"
) -> Json:
    """The object under `error`, with the four fields of the real server."""
    return {"message": message, "type": kind, "param": None, "code": code}
