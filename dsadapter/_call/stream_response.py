"""``stream.response``: what programs of the SDKs ask of the HTTP response behind a stream."""

from __future__ import annotations

from typing import Any

from .._headers import Headers
from .._response.errors import RedactedRequest, redacted_request
from .._response.http_status import HttpStatus


class StreamResponse(HttpStatus):
    """The HTTP response behind a stream: status, headers, and ``close()``, which ends the call.

    The body is read by the stream alone. Of an AsyncStream ``close()`` and ``aclose()`` are
    awaited.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    @property
    def status_code(self) -> int:  # type: ignore[override]
        """The HTTP status."""
        return int(self._stream.status_code)

    @property
    def headers(self) -> Headers:
        """The response headers."""
        headers: Headers = self._stream.headers
        return headers

    @property
    def request(self) -> RedactedRequest:
        """What was asked, without the key."""
        call = self._stream._call
        return redacted_request(call.operation, call.settings.api_key)

    @property
    def url(self) -> str:
        """Where the request went."""
        return self.request.url

    @property
    def is_closed(self) -> bool:
        """Whether the connection was let go."""
        return bool(self._stream._closed or self._stream._finished)

    def close(self) -> Any:
        """Let go of the connection; what had arrived stays readable from the stream."""
        return self._stream.close()

    aclose = close

    def __repr__(self) -> str:
        return f"<StreamResponse [{self.status_code}]>"
