"""An answer as a script: a head, then pieces, some of them pauses or the end of the connection.

Faults are functions from one answer to another; nothing but the connection touches a socket.
"""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple, Union


class End(enum.Enum):
    """How a body stops before its time."""

    CLOSE = "close"  # orderly, FIN
    RESET = "reset"  # RST
    HANG = "hang"  # silence until the client leaves


#: Bytes are written at once, a float is a pause in seconds.
Piece = Union[bytes, float, End]
Json = Dict[str, Any]
#: A JSON chunk, or text that stands behind `data: ` as it is.
Event = Union[Json, str]

JSON = "application/json"
#: As the real server sends it: no charset, which is why naive clients see mojibake.
EVENT_STREAM = "text/event-stream"
DONE = "[DONE]"


@dataclass
class Answer:
    """What to send: one of `data` and `events`, until `pieces` has made a `body` of it."""

    status: int = 200
    content_type: Optional[str] = JSON
    headers: List[Tuple[str, str]] = field(default_factory=list)
    data: Any = None
    events: Optional[Iterable[Event]] = None
    body: Optional[Iterable[Piece]] = None
    #: Content-Length; None means chunked.
    length: Optional[int] = None
    #: The same reply as one JSON object, where `events` is set.
    whole: Any = None
    #: Pause between events.
    delay: float = 0.0
    #: False: not even a status line is sent.
    head: bool = True
    #: Pause between the single bytes of the head; 0 sends it in one piece.
    head_interval: float = 0.0
    #: Close the connection after the answer although its head promised keep-alive.
    hang_up: bool = False

    @property
    def streams(self) -> bool:
        return self.events is not None

    def pieces(self) -> Iterable[Piece]:
        """The body as pieces; from here on `data` and `events` are settled."""
        if self.body is None:
            if self.events is None:
                payload = b"" if self.data is None else compact(self.data)
                self.body, self.length = [payload], len(payload)
            else:
                self.body = _spaced((event_bytes(event) for event in self.events), self.delay)
        return self.body


def compact(value: Any) -> bytes:
    """JSON as the real server writes it: no blanks, raw UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def event_bytes(event: Event) -> bytes:
    return (
        b"data: "
        + (event.encode("utf-8", "replace") if isinstance(event, str) else compact(event))
        + b"\n\n"
    )


def _spaced(pieces: Iterable[bytes], delay: float) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        if number and delay:
            yield delay
        yield piece


def text(
    status: int, body: str, content_type: Optional[str] = "text/plain; charset=utf-8"
) -> Answer:
    payload = body.encode("utf-8", "replace")
    return Answer(status, content_type, body=[payload], length=len(payload))


def empty(status: int) -> Answer:
    return text(status, "", None)


def error(
    status: int,
    message: str,
    kind: str = "invalid_request_error",
    code: str = "invalid_request_error",
    content_type: str = JSON,
) -> Answer:
    """The standard envelope. `code` is a word even for 401 and 402, as measured."""
    return Answer(status, content_type, data={"error": envelope(message, kind, code)})


def envelope(
    message: str, kind: str = "invalid_request_error", code: Any = "invalid_request_error"
) -> Json:
    return {"message": message, "type": kind, "param": None, "code": code}
