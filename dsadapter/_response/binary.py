"""Sound and files as a call gives them: the bytes, with the methods of the SDKs' class."""

from __future__ import annotations

import json
import os
from typing import Any, AsyncIterator, Iterator, Optional, Union

from .errors import RedactedRequest
from .info import AdapterInfo
from .raw_response import Exchange

_BLOCK = 65536  # bytes

Path = Union[str, "os.PathLike[str]"]


class BinaryResponse:
    """The bytes of a reply, read whole; ``content`` has them. ``adapter`` is as of any response."""

    def __init__(self, content: bytes, info: AdapterInfo, request: RedactedRequest) -> None:
        self.content = content
        self.adapter = info
        self._request = request

    @property
    def response(self) -> Any:
        """The answer as an httpx Response (beside openai 3: httpx2)."""
        return Exchange(
            self.adapter, lambda: self._request, None, content=self.content
        ).http_response()

    @property
    def text(self) -> str:
        """The bytes as text, which is UTF-8."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The bytes parsed; raises ValueError where they are no JSON."""
        return json.loads(self.text)

    def read(self) -> bytes:
        """The bytes."""
        return self.content

    def iter_bytes(self, chunk_size: Optional[int] = None) -> Iterator[bytes]:
        """The bytes, so many at a time."""
        size = chunk_size or _BLOCK
        for start in range(0, len(self.content), size):
            yield self.content[start : start + size]

    iter_raw = iter_bytes

    def iter_text(self, chunk_size: Optional[int] = None) -> Iterator[str]:
        """The text, so many characters at a time."""
        size, text = chunk_size or _BLOCK, self.text
        for start in range(0, len(text), size):
            yield text[start : start + size]

    def iter_lines(self) -> Iterator[str]:
        """The lines of the text, without their ends."""
        yield from self.text.splitlines()

    def write_to_file(self, file: Path) -> None:
        """Write the bytes to a file, which is replaced."""
        with open(file, "wb") as target:
            target.write(self.content)

    def stream_to_file(self, file: Path, *, chunk_size: Optional[int] = None) -> None:
        """As :meth:`write_to_file`: the bytes are all here."""
        self.write_to_file(file)

    def close(self) -> None:
        """Nothing is open any more."""

    # the same for code on an event loop

    async def aread(self) -> bytes:
        """As :meth:`read`."""
        return self.content

    async def aiter_bytes(self, chunk_size: Optional[int] = None) -> AsyncIterator[bytes]:
        """As :meth:`iter_bytes`."""
        for block in self.iter_bytes(chunk_size):
            yield block

    aiter_raw = aiter_bytes

    async def aiter_text(self, chunk_size: Optional[int] = None) -> AsyncIterator[str]:
        """As :meth:`iter_text`."""
        for block in self.iter_text(chunk_size):
            yield block

    async def aiter_lines(self) -> AsyncIterator[str]:
        """As :meth:`iter_lines`."""
        for line in self.iter_lines():
            yield line

    async def astream_to_file(self, file: Path, *, chunk_size: Optional[int] = None) -> None:
        """As :meth:`write_to_file`."""
        self.write_to_file(file)

    async def aclose(self) -> None:
        """As :meth:`close`."""

    def __repr__(self) -> str:
        return f"<BinaryResponse [{self.adapter.status}] {len(self.content)} bytes>"
