"""HTTP/1.1 chunked framing: any split of the same bytes gives the same body."""

from __future__ import annotations

from typing import Any, List

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


class CarefulDechunker(Dechunker):
    """Takes chunk after chunk, whatever comes."""

    def _split(self, data: bytes, body: List[bytes]) -> bool:
        return False


def outcome(dechunker: Dechunker, wire: bytes, cuts: List[int]) -> List[Any]:
    """What each part of the wire gives, and the state behind it."""
    told: List[Any] = []
    try:
        for start, end in zip([0, *cuts], [*cuts, len(wire)]):
            told.append(dechunker.feed(wire[start:end]))
            told.append({**vars(dechunker)})
    except ValueError as err:
        told.append(str(err))
    return told


ODD = [b"4\r\na\r\nb\r\n", b"0002\r\nab\r\n", b"2;a=b\r\nab\r\n", b"0x1\r\na\r\n", b"\r\n"]
ODD += [b"1_0\r\n" + b"x" * 16 + b"\r\n", b"+1\r\na\r\n", b"0\r\n", b"\r", b"\n", b"1\r\nab\r\n"]
ODD += [b"3\r\nab", b" 1\r\na\r\n", b"0" * 16 + b"1\r\na\r\n", b"X-A: 1\r\n"]
PIECES = st.one_of(
    st.binary(max_size=30).map(lambda data: b"%x\r\n%s\r\n" % (len(data), data)),
    st.binary(min_size=1, max_size=300).map(lambda data: b"%X\r\n%s\r\n" % (len(data), data)),
    st.sampled_from(ODD),
)


@given(st.lists(PIECES, max_size=8), st.lists(st.integers(0, 400), max_size=6))
def test_the_quick_way_is_the_careful_one(pieces: List[bytes], cuts: List[int]) -> None:
    wire = b"".join(pieces)
    cuts = sorted(min(cut, len(wire)) for cut in cuts)
    assert outcome(Dechunker(), wire, cuts) == outcome(CarefulDechunker(), wire, cuts)


def test_chunks_are_taken_off_at_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(Dechunker, "_chunks", None)  # it would be called
    wire, dechunker = framed([b"ab"] * 50)[: -len(b"0\r\n\r\n")], Dechunker()
    assert b"".join(dechunker.feed(wire[i : i + 64]) for i in range(0, len(wire), 64)) == b"ab" * 50


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


SIZES = [
    b"",
    b"-1",
    b"+1",
    b"0x1",
    b"1_0",
    b"g",
    b" 1",
    b"1 1",
    b"\n1",
    b"1\r",
    b"1" * 17,
    b"0" * 16 + b"1",
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("extension", [b"", b";a"])
def test_a_size_is_hexadecimal_digits_alone(size: bytes, extension: bytes) -> None:
    with pytest.raises(ValueError, match="a chunk size of"):
        Dechunker().feed(size + extension + b"\r\na\r\n")


@pytest.mark.parametrize("size", [b"1", b"1 ", b"1\t", b"1 ;a=b", b"0000000000000001"])
def test_blanks_and_extensions_behind_a_size(size: bytes) -> None:
    dechunker = Dechunker()
    assert dechunker.feed(size + b"\r\na\r\n0;x\r\n\r\n") == b"a"
    assert dechunker.ended


@pytest.mark.parametrize("cut", range(1, 11))
def test_a_chunk_that_is_longer_than_its_size(cut: int) -> None:
    wire, dechunker = b"1\r\nab\r\n0\r\n\r\n", Dechunker()
    with pytest.raises(ValueError, match="longer than its size"):
        dechunker.feed(wire[:cut])
        dechunker.feed(wire[cut:])
        pytest.fail("both were taken")


def test_trailers_have_a_limit_that_whole_lines_may_fill() -> None:
    for line, count, ends in ((b"X-A: 1\r\n", 100, True), (b"X" * 100 + b"\r\n", 10_000, False)):
        dechunker = Dechunker()
        dechunker.feed(b"0\r\n")
        try:
            for _ in range(count):
                dechunker.feed(line + b"X")
                dechunker.feed(b": 1\r\n")
            dechunker.feed(b"\r\n")
        except ValueError as err:
            assert "trailers without end" in str(err)
        assert dechunker.ended is ends
