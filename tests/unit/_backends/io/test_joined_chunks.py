"""Chunks joined beneath h11: it makes the same of them, whatever comes, in fewer steps; and where
anything beneath a reply is not as it was known, each chunk comes as it came before."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any, Callable, Iterator, List, Optional, Tuple

import h11
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_server import CLOSE, HOLD, WireServer

from _backends.io.test_chunked import PIECES, framed
from dsadapter._backends.base import Operation
from dsadapter._backends.io import joined_chunks
from dsadapter._backends.io.httpcore import HttpcoreBackend
from dsadapter._backends.io.httpx import AsyncHttpxBackend, HttpxBackend
from dsadapter._backends.io.joined_chunks import JoinedChunks, Joiner
from dsadapter._backends.io.proxies import Proxies
from dsadapter._errors.tree import APIConnectionError
from dsadapter._headers import Headers

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENTS = [b"data: {%d}\n\n" % number for number in range(50)]
ENDS = [b"0\r\n\r\n", b"", b"0\r\nX-A: 1\r\n\r\nHTTP/1.1 200", b"0\r\n\r\nx", b"00\r\n\r\n"]
ENDS += [b"0\r\n"]


def read_by_h11(packets: List[bytes], joiner: Optional[Joiner]) -> Tuple[List[Any], int]:
    """What each packet comes to, what it ends with, and how many chunks there were."""
    parser, told, chunks = h11.Connection(h11.CLIENT), [], 0
    parser.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    parser.send(h11.EndOfMessage())
    parser.receive_data(HEAD)
    parser.next_event()
    for packet in packets:
        if joiner is not None and not joiner.ended:
            packet = joiner.feed(packet)
        parser.receive_data(packet)
        told.append(b"")
        try:
            event = parser.next_event()
            while isinstance(event, h11.Data):
                told[-1] += bytes(event.data)
                chunks += 1
                event = parser.next_event()
        except h11.RemoteProtocolError as err:
            return [*told, str(err)], chunks
        if event is not h11.NEED_DATA:
            return [*told, repr(event), parser.trailing_data], chunks
    return told, chunks


@given(
    st.lists(PIECES, max_size=8), st.sampled_from(ENDS), st.lists(st.integers(0, 400), max_size=6)
)
def test_h11_makes_the_same_of_any_split_of_any_bytes(
    pieces: List[bytes], end: bytes, cuts: List[int]
) -> None:
    wire = b"".join(pieces) + end
    cuts = sorted({min(cut, len(wire)) for cut in (0, *cuts, len(wire))})
    packets = [*(wire[start:stop] for start, stop in zip(cuts, cuts[1:])), b""]
    as_it_came, chunks = read_by_h11(packets, None)
    joined, fewer = read_by_h11(packets, Joiner())
    assert joined == as_it_came
    assert fewer <= chunks


def test_the_whole_chunks_of_a_packet_are_one() -> None:
    joiner, wire = Joiner(), framed(EVENTS)
    assert joiner.feed(wire[:10]) == wire[:10]  # h11 was told that this chunk begins
    rest = joiner.feed(wire[10:-9])
    assert rest.startswith(b"0}\n\n\r\n")
    assert rest.count(b"\r\n") < 6
    assert not joiner.ended
    assert joiner.feed(wire[-9:]) == wire[-9:]
    assert joiner.ended


def test_the_end_of_a_connection_stays_it() -> None:
    joiner = Joiner()
    for packet in (b"4", b"", b"\r\nab", b""):
        assert joiner.feed(packet) == packet
    assert not joiner.ended


# --- beneath a reply ------------------------------------------------------------------------------


class Chunks:
    """The head of an answer, and once it was read its chunks, in one packet; each request's."""

    def __init__(self, *end: Any) -> None:
        self.end = end
        self.head_read = threading.Event()

    def __call__(self, number: int, _: int) -> Iterator[Any]:
        yield HEAD + framed(EVENTS)[:8]
        self.head_read.wait(10)
        self.head_read.clear()
        wire = framed(EVENTS)[8:]
        yield from (wire[: -len(b"0\r\n\r\n")], *self.end) if self.end else (wire,)

    def read(self, kind: str, url: str, meddle: Callable[[Any], Any] = id, calls: int = 1) -> Any:
        """The pieces of each body, and its error; ``meddle`` gets the reply when the head is in."""
        op = Operation("POST", url, {}, b"{}", 10, 10)
        if kind == "sync":
            return self._read(op, meddle, calls)
        return asyncio.run(self._read_async(kind, op, meddle, calls))

    def _read(self, op: Operation, meddle: Any, calls: int) -> Any:
        told: List[Any] = []
        with httpx.Client() as client:
            for _ in range(calls):
                reply = HttpxBackend(client).send(op)
                meddle(reply)
                self.head_read.set()
                told.append([])
                try:
                    told[-1] += reply.chunks()
                except APIConnectionError as err:
                    told.append(str(err))
                check_its_own_again(reply)
                reply.close()
        return told

    async def _read_async(self, kind: str, op: Operation, meddle: Any, calls: int) -> Any:
        told: List[Any] = []
        backend: Any = HttpcoreBackend(httpx, Proxies({}))
        if kind == "async":
            backend = AsyncHttpxBackend(httpx.AsyncClient())
        for _ in range(calls):
            reply = await backend.send(op)
            meddle(reply)
            self.head_read.set()
            told.append([])
            try:
                async for piece in reply.chunks():
                    told[-1].append(piece)
            except APIConnectionError as err:
                told.append(str(err))
            check_its_own_again(reply)
            await reply.close()
        await backend.close()
        return told


def check_its_own_again(reply: Any) -> None:
    stream = reply._response.extensions.get("network_stream")
    assert "_joined" not in getattr(vars(stream).get("read"), "__name__", "") if stream else True


@pytest.fixture(params=["sync", "async", "connections"])
def kind(request: Any) -> Any:
    return request.param


def test_a_packet_is_one_piece_and_the_connection_serves_again(kind: str) -> None:
    chunks = Chunks()
    with WireServer(chunks) as server:
        bodies = chunks.read(kind, server.url, calls=3)
        assert server.connections == 1
    for pieces in bodies:
        assert b"".join(pieces) == b"".join(EVENTS)
        assert len(pieces) < 10


def test_a_cut_body_says_so(kind: str) -> None:
    chunks = Chunks(b"5\r\nab", CLOSE)
    with WireServer(chunks) as server:
        pieces, error = chunks.read(kind, server.url)
    assert b"".join(pieces) == b"".join(EVENTS) + b"ab"
    assert len(pieces) < 10
    assert "incomplete chunked read" in error


def no_extension(reply: Any) -> None:
    del reply._response.extensions["network_stream"]


def another_extension(reply: Any) -> None:
    reply._response.extensions["network_stream"] = SimpleNamespace(read=None)


def read_by_another(reply: Any) -> None:
    stream = reply._response.extensions["network_stream"]
    stream.read = type(stream).read.__get__(stream)


@pytest.mark.parametrize("meddle", [no_extension, another_extension, read_by_another])
def test_what_is_not_as_we_know_it_stays_as_it_is(kind: str, meddle: Any) -> None:
    check_unchanged(kind, meddle)


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (joined_chunks, "_INWARDS", ("_stream", "_renamed")),
        (h11.Connection, "trailing_data", None),
        (h11.Connection, "trailing_data", (bytearray(b""), False)),
        (h11.Connection, "trailing_data", ()),
        (h11.Connection, "trailing_data", (b"no chunk", False)),
    ],
)
def test_other_versions_of_the_libraries(
    kind: str, place: Any, name: str, value: Any, monkeypatch: Any
) -> None:
    def meddle(reply: Any) -> None:
        monkeypatch.setattr(place, name, value)

    if kind == "connections" and place is joined_chunks:
        monkeypatch.setattr(joined_chunks, "_LAYERS", 1)
    check_unchanged(kind, meddle)


def check_unchanged(kind: str, meddle: Any) -> None:
    chunks = Chunks(b"0\r\n\r\n", HOLD)
    with WireServer(chunks) as server:
        ((*pieces,),) = chunks.read(kind, server.url, meddle)
    assert b"".join(pieces) == b"".join(EVENTS)
    assert len(pieces) >= len(EVENTS)


@pytest.mark.parametrize(
    ("status", "framing"), [(204, "chunked"), (304, "chunked"), (200, None), (200, "gzip, chunked")]
)
def test_only_chunks_are_joined(status: int, framing: Any) -> None:
    headers = Headers({"Transfer-Encoding": framing} if framing else {})
    response = SimpleNamespace()  # nothing of it is looked at
    with JoinedChunks(SimpleNamespace(status=status, headers=headers, _response=response)):
        assert not vars(response)


def test_a_reply_that_is_dropped_leaves_its_connection_as_it_was() -> None:
    chunks = Chunks(HOLD)
    with WireServer(chunks) as server, httpx.Client() as client:
        reply = HttpxBackend(client).send(Operation("POST", server.url, {}, b"{}", 10, 10))
        stream = reply._response.extensions["network_stream"]
        chunks.head_read.set()
        pieces = reply.chunks()
        next(pieces)
        assert "read" in vars(stream)
        del pieces
        assert "read" not in vars(stream)
        reply.close()
