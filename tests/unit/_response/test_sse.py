"""Event streams as the HTML standard parses them, bytes in and events out.

The cases follow the standard's rules ("Parsing an event stream", "Interpreting an event stream")
and the web platform's tests of them, one difference apart: an event whose closing blank line is
missing at the end of the stream is delivered by ``flush``.
"""

from __future__ import annotations

import time
from typing import List, Tuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsadapter._response.sse import EventDecoder

Events = List[Tuple[str, str]]


def events(*pieces: bytes) -> Events:
    """What the pieces give before the stream ends."""
    decoder = EventDecoder()
    return [event for piece in pieces for event in decoder.feed(piece)]


def data(*pieces: bytes) -> List[str]:
    return [text for _, text in events(*pieces)]


def ended(*pieces: bytes) -> List[str]:
    decoder = EventDecoder()
    found = [event for piece in pieces for event in decoder.feed(piece)]
    return [text for _, text in [*found, *decoder.flush()]]


CASES = {
    "a blank line ends an event": (b"data: a\n\ndata: b\n\n", ["a", "b"]),
    "many blank lines are one": (b"\n\ndata: a\n\n\n\ndata: b\n\n", ["a", "b"]),
    "no event without its blank line": (b"data: a\n\ndata: b\n", ["a"]),
    # line endings
    "CRLF": (b"data: a\r\ndata: b\r\n\r\n", ["a\nb"]),
    "lone CR": (b"data: a\rdata: b\r\r", ["a\nb"]),
    "all three mixed": (b"data:a\r\ndata:b\ndata:c\r\r\ndata:d\n\n", ["a\nb\nc", "d"]),
    "CR LF LF is two breaks": (b"data: a\r\n\n", ["a"]),
    "LF CR is two breaks": (b"data: a\n\r", ["a"]),
    "vertical tab and form feed are no breaks": (
        b"data: a\x0bb\x0cc\x1cd\n\n",
        ["a\x0bb\x0cc\x1cd"],
    ),
    "U+2028, U+2029 and U+0085 are no breaks": (
        "data: a\u2028b\u2029c\u0085d\n\n".encode(),
        ["a\u2028b\u2029c\u0085d"],
    ),
    # the byte order mark
    "BOM at the start": (b"\xef\xbb\xbfdata: a\n\n", ["a"]),
    "a second BOM is text": (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\ndata: b\n\n", ["b"]),
    "BOM later is text": (b"data: a\n\n\xef\xbb\xbfdata: b\n\ndata: c\n\n", ["a", "c"]),
    "BOM in a value is text": (b"data: \xef\xbb\xbfa\n\n", ["\ufeffa"]),
    "BOM before a comment": (b"\xef\xbb\xbf: hi\ndata: a\n\n", ["a"]),
    # fields
    "no space": (b"data:a\n\n", ["a"]),
    "one space is taken": (b"data: a\n\n", ["a"]),
    "one space only": (b"data:  a \n\n", [" a "]),
    "a tab is kept": (b"data:\ta\n\n", ["\ta"]),
    "the first colon counts": (b"data: a:b: c\n\n", ["a:b: c"]),
    "a field without colon": (b"data\n\n", [""]),
    "a field with only a colon": (b"data:\n\n", [""]),
    "two of them": (b"data\ndata\n\n", ["\n"]),
    "empty lines of data": (b"data:\ndata: a\ndata:\n\n", ["\na\n"]),
    "several lines": (b"data: a\ndata: b\ndata: c\n\n", ["a\nb\nc"]),
    "a space before the name": (b" data: a\n\n", []),
    "a space behind the name": (b"data : a\n\n", []),
    "a name in capitals": (b"DATA: a\n\nData: b\n\n", []),
    "a longer name": (b"data1: a\ndat: b\ndata\0: c\n\n", []),
    "unknown fields": (b"foo: 1\ndata: a\nbar\n: x\n\n", ["a"]),
    "retry": (b"retry: 1000\ndata: a\n\nretry: 1000x\n\nretry\n\n", ["a"]),
    # comments
    "comments": (b": a\n:\n:: b\ndata: a\n: keep-alive\n\n: data: c\n\n", ["a"]),
    "a comment with a NUL": (b":\0\ndata: a\n:\0\n\n", ["a"]),
    "a comment between lines of data": (b"data: a\n: b\ndata: c\n\n", ["a\nc"]),
    # text
    "UTF-8": ("data: 你好 😊\n\n".encode(), ["你好 😊"]),
    "NUL in data": (b"data: a\0b\n\n", ["a\0b"]),
    "bytes that are no UTF-8": (b"data: a\xff\xc3(b\n\n", ["a\ufffd\ufffd(b"]),
    "half a character": (b"data: \xe4\xbd\n\n", ["\ufffd"]),
    "an encoded surrogate": (b"data: \xed\xa0\x80\n\n", ["\ufffd\ufffd\ufffd"]),
    "JSON": (b'data: {"a": "b\\n"}\n\n', ['{"a": "b\\n"}']),
    "nothing": (b"", []),
    "only blanks": (b"\n\r\r\n \n", []),
}


@pytest.mark.parametrize("case", CASES)
def test_data(case: str) -> None:
    stream, expected = CASES[case]
    assert data(stream) == expected


@pytest.mark.parametrize("case", CASES)
def test_data_byte_by_byte(case: str) -> None:
    stream, expected = CASES[case]
    assert data(*(stream[i : i + 1] for i in range(len(stream)))) == expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"event: ping\ndata: a\n\n", [("ping", "a")]),
        (b"data: a\nevent:ping\n\ndata: b\n\n", [("ping", "a"), ("", "b")]),
        (b"event: a\nevent: b\ndata: x\n\n", [("b", "x")]),
        (b"event: a\nevent\ndata: x\n\n", [("", "x")]),
        (b"event: ping\n\ndata: a\n\n", [("", "a")]),
        (b"event:  a b \ndata: x\n\n", [(" a b ", "x")]),
        ("event: 事件\ndata: x\n\n".encode(), [("事件", "x")]),
    ],
)
def test_event_types(stream: bytes, expected: Events) -> None:
    assert events(stream) == expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"id: 1\ndata: a\n\n", "1"),
        (b"id: 1\ndata: a\n\ndata: b\n\n", "1"),
        (b"id: 1\n\nid:2\n\n", "2"),
        (b"id: 1\n\nid\n\n", ""),
        (b"id: 1\n\nid: 2\0\n\n", "1"),
        (b"id: 1\n\nid: \0\n\n", "1"),
    ],
)
def test_the_last_event_id(stream: bytes, expected: str) -> None:
    decoder = EventDecoder()
    decoder.feed(stream)
    assert decoder.last_event_id == expected


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((b"data: a\r", b"\ndata: b\r", b"\n\r", b"\n"), ["a\nb"]),
        ((b"data: a\r", b"\r"), ["a"]),
        ((b"data: a\r", b"", b"\n", b"\r\n"), ["a"]),
        ((b"\xef", b"\xbb", b"\xbfdata: a\n\n"), ["a"]),
        ((b"data: \xe4", b"\xbd\xa0\xe5", b"\xa5\xbd\n\n"), ["你好"]),
        ((b"da", b"ta", b":", b" ", b"a", b"\n", b"\n"), ["a"]),
        ((b":", b" keep", b"-alive\n", b"\ndata: a\n\n"), ["a"]),
    ],
)
def test_packet_boundaries(pieces: Tuple[bytes, ...], expected: List[str]) -> None:
    assert data(*pieces) == expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"data: a", ["a"]),
        (b"data: a\n", ["a"]),
        (b"data: a\r", ["a"]),
        (b"data: a\r\n", ["a"]),
        (b"data: a\ndata: b", ["a\nb"]),
        (b"data: a\n\n", ["a"]),
        (b"data: a\n\n: bye", ["a"]),
        (b"data: a\n\nevent: x", ["a"]),
        (b"data: a\n\ndata", ["a", ""]),
        (b"", []),
        (b"\xef\xbb\xbf", []),
        (b"\xef\xbb\xbfdata: a", ["a"]),
    ],
)
def test_the_end_delivers_what_lacks_only_its_blank_line(
    stream: bytes, expected: List[str]
) -> None:
    assert ended(stream) == expected


def test_flush_twice() -> None:
    decoder = EventDecoder()
    decoder.feed(b"data: a")
    assert decoder.flush() == [("", "a")]
    assert decoder.flush() == []


@pytest.mark.parametrize(
    ("first", "then", "is_data"),
    [
        (b"", b"data: {", True),
        (b"data: {", b"}", True),
        (b"data: {}\n", b"data: x\n", True),
        (b"", b": keep-alive\n\n", False),
        (b"", b": keep-", False),
        (b": keep-", b"alive\n", False),
        (b"data: {}\n", b": keep-alive\n", False),
        (b"data: {}\n", b": keep-", False),
        (b"", b"\n\n\r\n", False),
        (b"", b"event: ping\nid: 1\nretry: 5\n\n", False),
    ],
)
def test_progress_tells_data_from_keep_alives(first: bytes, then: bytes, is_data: bool) -> None:
    decoder = EventDecoder()
    assert decoder.feed(first) == []
    before = decoder.progress
    assert decoder.feed(then) == []
    assert (decoder.progress != before) == is_data


def test_what_is_held_is_known() -> None:
    decoder = EventDecoder()
    for _ in range(10):
        decoder.feed(b"data: " + b"x" * 1000 + b"\n")
    decoder.feed(b"data: " + b"x" * 500)
    assert decoder.held >= 10_500
    decoder.feed(b"\n\n")
    assert decoder.held == 0


LINES = st.sampled_from(
    [
        b"data: a",
        b"data:b",
        b"data",
        b"data: \xe4\xbd\xa0",
        b": c",
        b"event: e",
        b"id: 1",
        b"x",
        b"",
    ]
)


BREAKS = st.sampled_from([b"\n", b"\r", b"\r\n"])
STREAMS = st.one_of(
    st.lists(st.tuples(LINES, BREAKS)).map(lambda rows: b"".join(a + b for a, b in rows)),
    st.lists(
        st.sampled_from([b"data:", b"\r", b"\n", b" ", b"a", b":", b"\xef\xbb\xbf", b"\0"])
    ).map(b"".join),
    st.binary(max_size=200),
)


# --- properties -----------------------------------------------------------------------------------


@given(STREAMS, st.lists(st.integers(0, 400)))
def test_any_split_gives_the_same_events(stream: bytes, cuts: List[int]) -> None:
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    pieces = [stream[a:b] for a, b in zip(edges, edges[1:])]
    assert events(*pieces) == events(stream)
    assert ended(*pieces) == ended(stream)


@given(STREAMS)
def test_the_events_are_those_of_the_standard(stream: bytes) -> None:
    assert events(stream) == by_the_book(stream)


def by_the_book(stream: bytes) -> Events:
    """The standard's algorithm, step by step."""
    text = stream.decode("utf-8", "replace")
    text = text[1:] if text.startswith("\ufeff") else text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]
    found: Events = []
    buffer, kind = "", ""
    for line in lines:
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if not line:
            if buffer:
                found.append((kind, buffer[:-1]))
            buffer, kind = "", ""
        elif name == "data":
            buffer += value + "\n"
        elif name == "event":
            kind = value
    return found


def test_a_giant_line_in_small_pieces_takes_linear_time() -> None:
    assert _seconds(10_000_000) < 20 * _seconds(1_000_000) + 1


def _seconds(size: int) -> float:
    decoder = EventDecoder()
    piece = b"x" * 1000
    began = time.perf_counter()
    decoder.feed(b"data: ")
    for _ in range(size // 1000):
        decoder.feed(piece)
    ((_, text),) = decoder.feed(b"\n\n")
    assert len(text) == size
    return time.perf_counter() - began


def test_before_the_first_byte_nothing_is_known_or_held() -> None:
    decoder = EventDecoder()
    assert (decoder.last_event_id, decoder.held, decoder.progress) == ("", 0, (0, 0))


def test_a_mark_behind_an_empty_line_is_none() -> None:
    """It belongs to the name of the field, which nobody knows."""
    assert EventDecoder().feed(b"\n\xef\xbb\xbfdata: x\n\n") == []
    assert EventDecoder().feed(b"\xef\xbb\xbfdata: x\n\n") == [("", "x")]


@pytest.mark.parametrize("begun", [b"data: a\n", b"event: e\n", b"data: a\r", b""])
def test_what_belongs_to_an_event_that_began_before_is_not_taken_undivided(begun: bytes) -> None:
    decoder = EventDecoder()
    if begun:
        decoder.feed(b"data: first\n\n" + begun)
    assert decoder.complete_events(b"data: b\n\n") == (b"", b"")


def test_whole_events_are_taken_undivided() -> None:
    decoder = EventDecoder()
    decoder.feed(b"data: first\n\ndata")
    assert decoder.complete_events(b": b\n\nda") == (b"data: b\n\n", b"da")
