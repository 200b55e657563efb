"""One request as the emulator received it."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Tuple


class Request:
    """What came over the wire.

    `headers` has lower-case names, the last of a repeated one; `raw_headers` has all as sent.
    """

    def __init__(
        self,
        method: str,
        target: str,
        raw_headers: List[Tuple[str, str]],
        body: bytes,
        version: str = "HTTP/1.1",
    ) -> None:
        self.method = method
        path, _, query = target.partition("?")
        self.path: str = path
        self.query: str = query
        self.raw_headers = raw_headers
        self.headers: Dict[str, str] = {name.lower(): value for name, value in raw_headers}
        self.body = body
        self.version = version
        #: True once the client went away before the response was complete.
        self.closed = False

    @property
    def json(self) -> Any:
        """The parsed body, or None where it is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def keep_alive(self) -> bool:
        """Whether the client wants to use the connection again."""
        connection = self.headers.get("connection", "").lower()
        return (
            "close" not in connection if self.version == "HTTP/1.1" else "keep-alive" in connection
        )

    def __repr__(self) -> str:
        # No headers here: they hold the caller's key.
        state = " closed" if self.closed else ""
        return f"<Request {self.method} {self.path} {len(self.body)} bytes{state}>"
