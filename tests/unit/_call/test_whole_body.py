"""Reading a whole body: decoded, within its limits, with the connection closed at the end."""

from __future__ import annotations

import gzip
import json
from typing import Any, Iterator, List

import pytest
from failures import refused
from scripted import REPLY, Answer, Scripted, Side

import dsadapter
from dsadapter._call import whole_body
from dsadapter._call.whole_body import read_whole
from dsadapter._response import content_encoding

TEXT = b'{"choices": []}'
GZIP = {"content-encoding": "gzip"}


def test_blank_lines_before_json_are_no_data() -> None:
    body = [b"\n", b"\r\n ", b"\n\n" + json.dumps(REPLY).encode()]
    assert Scripted(Answer(body)).chat().id == "r1"


@pytest.mark.parametrize(
    ("chunks", "headers", "content"),
    [
        ([TEXT], {}, TEXT),
        ([TEXT[:5], TEXT[5:]], {}, TEXT),
        ([], {}, b""),
        ([b"\n", b" \n", b"", b" a \n"], {}, b"a \n"),
        ([gzip.compress(TEXT)], GZIP, TEXT),
        ([gzip.compress(TEXT)[:9], gzip.compress(TEXT)[9:]], GZIP, TEXT),
    ],
)
def test_a_body(side: Side, chunks: List[bytes], headers: Any, content: bytes) -> None:
    call, answer = side.call(), side.answer(chunks, headers=headers)
    assert side.drive(read_whole(call, answer), call) == content
    assert answer.closed == 1


@pytest.mark.parametrize(
    ("chunks", "headers", "kind", "partial"),
    [
        ([b'{"a', refused()], {}, "APIConnectionError", '{"a'),
        ([refused()], {}, "APIConnectionError", ""),
        ([gzip.compress(TEXT)[:-4]], GZIP, "APIConnectionError", TEXT.decode()),
        ([b"\x1f\x8bbroken"], GZIP, "APIResponseError", None),
        ([b"x"], {"content-encoding": "br"}, "APIResponseError", None),
    ],
)
def test_a_body_that_breaks(side: Side, chunks: Any, headers: Any, kind: str, partial: Any) -> None:
    call, answer = side.call(), side.answer(chunks, headers=headers)
    with pytest.raises(getattr(dsadapter, kind)) as caught:
        side.drive(read_whole(call, answer), call)
    assert caught.value.partial == partial
    assert answer.closed == 1


def test_the_error_keeps_the_beginning_of_a_large_body(side: Side, monkeypatch: Any) -> None:
    """Each byte that it keeps is searched for keys, while the event loop waits."""
    monkeypatch.setattr(whole_body, "MAX_PARTIAL", 10)
    call, answer = side.call(), side.answer([b"abcd"] * 4 + [refused()])
    with pytest.raises(dsadapter.APIConnectionError) as caught:
        side.drive(read_whole(call, answer), call)
    assert caught.value.partial == "abcdabcdab"


def test_a_limit_ends_the_reading(side: Side) -> None:
    endless = [b"x" * 10] * 100
    call, answer = side.call(), side.answer(endless)
    assert side.drive(read_whole(call, answer, 25), call) == b"x" * 30
    assert answer.closed == 1


def test_a_body_beyond_every_bound_is_refused(side: Side, monkeypatch: Any) -> None:
    monkeypatch.setattr(content_encoding, "MAX_BODY", 100)
    call, answer = side.call(), side.answer([gzip.compress(b"x" * 101)], headers=GZIP)
    with pytest.raises(dsadapter.APIResponseError, match="exceeds 100 bytes"):
        side.drive(read_whole(call, answer), call)
    assert answer.closed == 1


@pytest.mark.parametrize("ending", [[refused()], []])
def test_a_connection_torn_down_by_a_deadline_says_which(side: Side, ending: Any) -> None:
    """Whether the torn connection reads as an error or as an end."""
    call, answer = side.call(idle_timeout=30), side.answer([b"half", *ending])
    call.deadlines.expired = True
    with pytest.raises(dsadapter.APITimeoutError) as caught:
        side.drive(read_whole(call, answer), call)
    assert caught.value.bound == "idle_timeout"
    assert caught.value.partial in ("half", None if not ending else "half")
    assert answer.closed == 1


def test_keep_alives_are_no_data_for_the_clock(side: Side, clock: Any) -> None:
    call, seen = side.call(idle_timeout=100), []
    began = clock.now

    def chunks() -> Iterator[bytes]:
        for data in (b"\n", b"\r\n", b"{", b"}"):
            clock.now += 10
            seen.append(call.deadlines.last_data - began)
            yield data

    answer = side.answer([])
    answer.pieces = chunks()
    assert side.drive(read_whole(call, answer), call) == b"{}"
    assert seen == [0, 0, 0, 30]
