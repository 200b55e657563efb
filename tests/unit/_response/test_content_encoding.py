"""Content-Encoding: what servers send, in pieces of any size, in no more memory than a piece."""

from __future__ import annotations

import gzip
import struct
import tracemalloc
import zlib
from typing import Any, Callable, List

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsadapter import APIConnectionError, APIResponseError
from dsadapter._response import content_encoding

TEXT = b'{"choices": []}' * 100


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


ENCODINGS: List[Any] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("GZip ", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
]


COMPRESSORS = [gzip.compress, zlib.compress, raw_deflate]


def decoded(encoding: Any, *pieces: bytes) -> bytes:
    content = content_encoding.for_encoding(encoding)
    whole = b"".join(part for piece in pieces for part in content.feed(piece))
    content.finish()
    return whole


def one_by_one(data: bytes) -> List[bytes]:
    return [data[i : i + 1] for i in range(len(data))]


@pytest.mark.parametrize("encoding", [None, "", "identity", " Identity "])
def test_no_encoding(encoding: Any) -> None:
    assert decoded(encoding, b"a", b"", b"b") == b"ab"


@pytest.mark.parametrize(("encoding", "compress"), ENCODINGS)
def test_an_encoding(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    packed = compress(TEXT)
    assert decoded(encoding, packed) == TEXT
    assert decoded(encoding, *one_by_one(packed)) == TEXT


@pytest.mark.parametrize(("encoding", "compress"), ENCODINGS)
def test_an_empty_body(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    assert decoded(encoding) == b""
    assert decoded(encoding, compress(b"")) == b""


@pytest.mark.parametrize("compress", COMPRESSORS)
@pytest.mark.parametrize("more", [0, 1, 2, 3, 257, 258, 259])
def test_an_answer_that_ends_at_the_edge_of_a_piece(
    compress: Callable[[bytes], bytes], more: int
) -> None:
    text = b"a" * (content_encoding.BLOCK + more)
    assert decoded("deflate", compress(text)) == text


def test_gzip_in_several_members() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert decoded("gzip", packed) == b"one two"
    assert decoded("gzip", *one_by_one(packed)) == b"one two"


@pytest.mark.parametrize("compress", COMPRESSORS)
@pytest.mark.parametrize("padding", [b"\0\0\0", b"garbage"])
def test_bytes_behind_the_body_are_ignored(
    compress: Callable[[bytes], bytes], padding: bytes
) -> None:
    assert decoded("gzip", compress(TEXT) + padding) == TEXT
    assert decoded("gzip", compress(TEXT), padding, padding) == TEXT


@pytest.mark.parametrize("compress", COMPRESSORS)
def test_a_truncated_body(compress: Callable[[bytes], bytes]) -> None:
    with pytest.raises(APIConnectionError, match="cut off"):
        decoded("gzip", compress(TEXT)[:-1])


def test_a_truncated_second_member() -> None:
    with pytest.raises(APIConnectionError, match="cut off"):
        decoded("gzip", gzip.compress(b"one") + gzip.compress(b"two")[:-1])


@pytest.mark.parametrize("broken", [b"\x1f\x8bnot gzip", b"\x78\x9cnot zlib", b"<html>"])
def test_broken_compression(broken: bytes) -> None:
    with pytest.raises(APIResponseError, match="compressed answer is broken"):
        decoded("gzip", broken)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "compress"])
def test_an_encoding_that_nobody_asked_for(encoding: str) -> None:
    with pytest.raises(APIResponseError, match=encoding):
        decoded(encoding, b"x")
    assert decoded(encoding) == b""


@given(st.binary(max_size=300), st.sampled_from(COMPRESSORS), st.integers(1, 40))
def test_any_split_gives_the_same(data: bytes, compress: Any, size: int) -> None:
    packed = compress(data)
    pieces = [packed[i : i + size] for i in range(0, len(packed), size)]
    assert decoded("deflate", *pieces) == data


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error_of_ours(data: bytes) -> None:
    try:
        decoded("gzip", data)
    except (APIResponseError, APIConnectionError):
        pass


def bomb(blocks: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"x" * content_encoding.BLOCK
    return b"".join(packer.compress(block) for _ in range(blocks)) + packer.flush()


def test_a_bomb_is_never_held_whole_and_refused() -> None:
    packed = bomb(200)
    content, size = content_encoding.for_encoding("gzip"), 0
    tracemalloc.start()
    with pytest.raises(APIResponseError, match="200 times its size"):
        for piece in content.feed(packed):
            size += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == content_encoding.MAX_INFLATED
    assert peak < 8 * content_encoding.BLOCK


def test_what_shrinks_that_much_and_is_small_is_no_bomb() -> None:
    assert len(decoded("gzip", bomb(4))) == 4 * content_encoding.BLOCK


@pytest.mark.parametrize(
    ("data", "refused"), [(b"x" * 300_000, True), (bytes(range(256)) * 20, False)]
)
def test_a_bomb_is_large_and_shrinks_much(monkeypatch: Any, data: bytes, refused: bool) -> None:
    monkeypatch.setattr(content_encoding, "MAX_INFLATED", 1000)
    packed = gzip.compress(data)
    assert (len(data) > 200 * len(packed)) is refused
    if refused:
        with pytest.raises(APIResponseError, match="200 times"):
            decoded("gzip", packed)
    else:
        assert decoded("gzip", packed) == data


def test_bare_deflate_that_begins_like_zlib() -> None:
    """Bits that fill up a stored block may be anything; RFC 1950's sum tells the two apart."""
    text = b"twenty bytes of text"
    block = b"\x08" + struct.pack("<HH", len(text), len(text) ^ 0xFFFF) + text
    assert decoded("deflate", block + b"\x01\x00\x00\xff\xff") == text
