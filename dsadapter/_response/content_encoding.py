"""Content-Encoding, undone above the seam: the same on every backend, and bounded.

A reply that inflates without end (a decompression bomb) is stopped at ``MAX_BODY`` bytes, and is
never held whole on the way there.
"""

from __future__ import annotations

import zlib
from typing import Any, Iterator, Optional, Union

from .._errors.tree import APIResponseError, LegacyAPIConnectionError

MAX_BODY = 256 * 1024 * 1024  # bytes of one decoded reply, or of one event of a stream
BLOCK = 1024 * 1024  # bytes inflated at a time
# A body that unpacks to more than both is refused: text shrinks to a tenth, not to a thousandth.
MAX_INFLATED, MAX_RATIO = 100 * 1024 * 1024, 200
GZIP_MARK = b"\x1f"


class Identity:
    """No encoding: bytes pass."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The bytes as they are."""
        return iter((data,))

    def finish(self) -> None:
        """Nothing can be missing."""


class Unknown:
    """An encoding that was not asked for; refused when there is something to decode."""

    def __init__(self, name: str) -> None:
        self._name = name

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Raises APIResponseError."""
        raise APIResponseError(f"The answer is encoded as {self._name!r}, which was not asked for.")

    def finish(self) -> None:
        """Nothing was decoded."""


class Inflate:
    """gzip and deflate (with or without its zlib wrapper: servers send both)."""

    def __init__(self) -> None:
        self._zlib: Any = None
        self._received = 0
        self._inflated = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What these bytes unpack to, in blocks; raises APIResponseError for broken ones."""
        block = b""
        self._received += len(data)
        while data or len(block) == BLOCK:  # a full block: more may wait inside zlib
            if self._zlib is None or self._zlib.eof:
                if self._zlib is not None and not data.startswith(GZIP_MARK):
                    return  # zeros of a padding server: behind a body only a gzip member counts
                self._zlib = _inflater(data)
            try:
                block = self._zlib.decompress(data, BLOCK)
            except zlib.error as err:
                raise APIResponseError(f"The compressed answer is broken: {err}") from err
            data = self._zlib.unconsumed_tail or self._zlib.unused_data
            if block:
                self._check_ratio(len(block))
                yield block

    def _check_ratio(self, size: int) -> None:
        self._inflated += size
        if self._inflated > MAX_INFLATED and self._inflated > MAX_RATIO * self._received:
            raise APIResponseError(
                f"The compressed answer unpacks to more than {MAX_RATIO} times its size "
                f"({self._received} bytes became {self._inflated}) and was dropped."
            )

    def finish(self) -> None:
        """Raises APIConnectionError where the end is missing."""
        if self._zlib is not None and not self._zlib.eof:
            raise LegacyAPIConnectionError("The compressed answer was cut off.")


def _inflater(data: bytes) -> Any:
    """For what begins with ``data``: gzip, zlib, or bare deflate (told apart by RFC 1950's sum)."""
    gzip = data.startswith(GZIP_MARK)
    wrapped = data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)
    return zlib.decompressobj(47 if gzip or wrapped else -15)


def for_encoding(encoding: Optional[str]) -> Union[Identity, Unknown, Inflate]:
    """A decoder for a Content-Encoding header."""
    name = (encoding or "").strip().lower()
    if name in ("", "identity"):
        return Identity()
    if name in ("gzip", "x-gzip", "deflate"):
        return Inflate()
    return Unknown(name)
