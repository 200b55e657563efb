"""Reading a whole body: decoded, within its limits, with the connection let go of at the end."""

from __future__ import annotations

from time import monotonic
from typing import Any, Generator, List, Optional

from .._errors.tree import APIConnectionError, APIResponseError, APITimeoutError
from .._response import content_encoding
from .call import Call
from .steps import Breathe, CloseBody, OpenBody, ReadNext

MAX_ERROR_BODY = 1024 * 1024  # bytes of an error page that are read
MAX_PARTIAL = (
    16 * 1024 * 1024
)  # bytes of a broken body that an error keeps: each is searched for keys


def read_whole(call: Call, reply: Any, limit: Optional[int] = None) -> Generator[Any, Any, bytes]:
    """The whole body, decoded. With ``limit`` bytes beyond that many are not wanted.

    Raises APIConnectionError (``partial`` has what had arrived), APITimeoutError, APIResponseError
    for a body beyond content_encoding.MAX_BODY or one that cannot be decoded.
    """
    body = OpenBody(reply)
    content = _Content(call, reply.content_encoding, limit)
    try:
        data = yield ReadNext(body)
        while data is not None and not content.enough:
            for index, block in enumerate(content.decoder.feed(data)):
                if index:
                    yield Breathe()
                content.add(block)
            data = None if content.enough else (yield ReadNext(body))
        result = content.complete()
    except BaseException as err:
        if not isinstance(err, GeneratorExit):
            yield CloseBody(body)
        if isinstance(err, APIConnectionError):
            late = content.failed(err)
            if late is not None:
                raise late from err
        raise
    yield CloseBody(body)
    return result


class _Content:
    """Collects a whole body; keep-alive blanks in front of it are no data."""

    def __init__(self, call: Call, encoding: str, limit: Optional[int]) -> None:
        self.decoder = content_encoding.for_encoding(encoding)
        self.enough = False  # what follows is not wanted (an error page without end)
        self._deadlines = call.deadlines
        self._limit = limit
        self._parts: List[bytes] = []
        self._size = 0

    def add(self, block: bytes) -> None:
        """Decoded bytes; raises APIResponseError for more than anybody wants."""
        text = block if self._size else block.lstrip()
        if text and not self.enough:
            self._deadlines.last_data = monotonic()
            self._parts.append(text)
            self._size += len(text)
        self.enough = self._limit is not None and self._size > self._limit
        if self._size > content_encoding.MAX_BODY:
            raise APIResponseError(
                f"The answer exceeds {content_encoding.MAX_BODY} bytes when unpacked and was "
                "dropped."
            )

    def complete(self) -> bytes:
        """All of it; raises where the end is missing."""
        if self._deadlines.expired:
            raise self._deadlines.error()
        if not self.enough:
            self.decoder.finish()
        return b"".join(self._parts)

    def failed(self, err: APIConnectionError) -> Optional[APITimeoutError]:
        """Note in ``err`` what had arrived; the error of the deadline that caused it, if one
        did."""
        late = self._deadlines.error() if self._deadlines.expired else None
        (late or err).partial = self._beginning().decode("utf-8", "replace")
        return late

    def _beginning(self) -> bytes:
        parts: List[bytes] = []
        remaining = MAX_PARTIAL
        for part in self._parts:
            parts.append(part[:remaining])
            remaining -= len(parts[-1])
        return b"".join(parts)
