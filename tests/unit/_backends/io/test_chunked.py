"""HTTP/1.1 chunked framing: any split of the same bytes gives the same body."""

from __future__ import annotations

from typing import List

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsadapter._backends.io.chunked import Dechunker


def framed(chunks: List[bytes], extension: bytes = b"", trailers: bytes = b"") -> bytes:
    parts = [b"%x%s\r\n%s\r\n" % (len(data), extension, data) for data in chunks if data]
    return b"".join(parts) + b"0\r\n" + trailers + b"\r\n"


@given(st.lists(st.binary(max_size=40)), st.integers(1, 17))
def test_any_split_gives_the_same(chunks: List[bytes], size: int) -> None:
    wire, dechunker = framed(chunks), Dechunker()
    body = b""
    for i in range(0, len(wire), size):
        assert not dechunker.ended
        body += dechunker.feed(wire[i : i + size])
    assert body == b"".join(chunks)
    assert dechunker.ended


@pytest.mark.parametrize(
    "wire",
    [
        framed([b"ab", b"c"], extension=b";name=value"),
        framed([b"abc"], trailers=b"X-A: 1\r\nX-B: 2\r\n"),
        framed([b"abc"]).replace(b"3\r\n", b"0003\r\n"),
        framed([b"x" * 0xAB])
        .replace(b"ab\r\n", b"AB\r\n")
        .replace(b"x" * 0xAB, b"abc".ljust(0xAB)),
    ],
)
def test_forms_of_the_framing(wire: bytes) -> None:
    dechunker = Dechunker()
    assert dechunker.feed(wire).startswith(b"abc")
    assert dechunker.ended


@pytest.mark.parametrize("wire", [b"\r\n", b"xyz\r\nabc\r\n", b"<html>\r\n", b" ;a\r\n"])
def test_what_is_no_framing(wire: bytes) -> None:
    with pytest.raises(ValueError):
        Dechunker().feed(wire)


@pytest.mark.parametrize("start", [b"", b"0\r\n"])
def test_a_line_without_end_is_refused(start: bytes) -> None:
    dechunker = Dechunker()
    dechunker.feed(start)
    with pytest.raises(ValueError, match="without end"):
        for _ in range(3):
            dechunker.feed(b"1" * 40000)


def test_a_body_that_is_cut_has_not_ended() -> None:
    dechunker = Dechunker()
    assert dechunker.feed(b"5\r\nab") == b"ab"
    assert not dechunker.ended
