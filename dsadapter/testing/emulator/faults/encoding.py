"""Faults of bytes: legal and illegal ways to write the same events, and bodies too large."""

from __future__ import annotations

import gzip
import json
import zlib
from itertools import chain
from typing import Any, Iterable, Iterator, List

from ..answers import Answer, Piece
from .base import Exchange, Fault, change_pieces, payload, prefix_first_text, set_body
from .timing import slow_drip

#: Stands where bytes shall be put that no JSON writer would write: a character nobody sends.
MARK = "\uf8f0"
BLOCK = 1 << 20


def bad_utf8(answer: Answer, exchange: Exchange) -> Answer:
    marked = prefix_first_text(answer, MARK)
    return change_pieces(marked, lambda piece: piece.replace(MARK.encode(), b"\xff\xc3("))


def u2028(answer: Answer, exchange: Exchange) -> Answer:
    return prefix_first_text(answer, "one\u2028two\u0085three\u2029")


def bom(answer: Answer, exchange: Exchange) -> Answer:
    answer.body = chain([b"\xef\xbb\xbf"], answer.pieces())
    answer.length = None if answer.length is None else answer.length + 3
    return answer


def _lines(ending: bytes) -> Any:
    def change(answer: Answer, exchange: Exchange) -> Answer:
        return change_pieces(answer, lambda piece: piece.replace(b"\n", ending))

    return change


def no_space(answer: Answer, exchange: Exchange) -> Answer:
    return change_pieces(
        answer,
        lambda piece: (
            piece.replace(b"data: ", b"data:", 1) if piece.startswith(b"data: ") else piece
        ),
    )


def multi_line(answer: Answer, exchange: Exchange) -> Answer:
    return change_pieces(answer, _pretty)


def _pretty(piece: bytes) -> bytes:
    streamed = piece.startswith(b"data: ")
    body = piece[len(b"data: ") :] if streamed else piece
    if not body.startswith(b"{"):
        return piece
    text = json.dumps(json.loads(body.decode()), ensure_ascii=False, indent=1)
    return (
        "".join(f"data: {line}\n" for line in text.split("\n")) + "\n" if streamed else text
    ).encode()


def event_fields(answer: Answer, exchange: Exchange) -> Answer:
    return _before_events(answer, b"event: message\nid: 1\nretry: 3000\nunknown: field\nalone\n")


def comments(answer: Answer, exchange: Exchange) -> Answer:
    return _before_events(answer, b": a comment\n\n:\n: data: {not data}\n")


def _before_events(answer: Answer, lines: bytes) -> Answer:
    return change_pieces(
        answer, lambda piece: lines + piece if piece.startswith(b"data: ") else piece
    )


def split_bytes(answer: Answer, exchange: Exchange) -> Answer:
    return slow_drip(answer, exchange, 0.0)


# -- compression


def gzip_whole(answer: Answer, exchange: Exchange) -> Answer:
    return _encoded(answer, "gzip", gzip.compress(payload(answer.pieces())))


def deflate(answer: Answer, exchange: Exchange) -> Answer:
    return _encoded(answer, "deflate", zlib.compress(payload(answer.pieces())))


def _encoded(answer: Answer, coding: str, body: bytes) -> Answer:
    answer.headers.append(("content-encoding", coding))
    return set_body(answer, body)


def gzip_stream(answer: Answer, exchange: Exchange) -> Answer:
    answer.headers.append(("content-encoding", "gzip"))
    answer.body, answer.length = _packed(answer.pieces()), None
    return answer


def _packed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    for piece in pieces:
        yield (
            packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
            if isinstance(piece, bytes)
            else piece
        )
    yield packer.flush()


# -- size


def giant_line(answer: Answer, exchange: Exchange, size: int) -> Answer:
    answer.body, answer.length = _stuffed(prefix_first_text(answer, MARK).pieces(), size), None
    return answer


def bomb(answer: Answer, exchange: Exchange, size: int) -> Answer:
    answer.headers.append(("content-encoding", "gzip"))
    answer.body, answer.length = (
        _squeezed(_stuffed(prefix_first_text(answer, MARK).pieces(), size)),
        None,
    )
    return answer


def _squeezed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    for piece in pieces:
        if isinstance(piece, bytes):
            yield packer.compress(piece)
            yield 0.0  # other connections get their turn
    yield packer.flush()


def _stuffed(pieces: Iterable[Piece], size: int) -> Iterator[Piece]:
    """The pieces with `size` characters, block by block, where the mark is."""
    filling = b"x" * BLOCK
    for piece in pieces:
        before, mark, behind = (
            piece.partition(MARK.encode()) if isinstance(piece, bytes) else (piece, b"", b"")
        )
        yield before
        if mark:
            for left in range(size, 0, -BLOCK):
                yield filling[:left]
            yield behind


ENCODING: List[Fault] = [
    Fault("bad-utf8", "Bytes that are no UTF-8 in the text.", bad_utf8),
    Fault(
        "u2028",
        "U+2028, U+2029 and U+0085, raw, in the text: line breaks to some readers.",
        u2028,
    ),
    Fault("bom", "A byte order mark before the body.", bom),
    Fault("crlf", "Lines of the stream end in CRLF.", _lines(b"\r\n")),
    Fault("cr", "Lines of the stream end in a lone CR.", _lines(b"\r")),
    Fault("no-space", "`data:` without a space behind it.", no_space),
    Fault("multi-line", "JSON over many lines, each a `data:` line of one event.", multi_line),
    Fault(
        "event-fields",
        "Fields `event`, `id`, `retry` and unknown ones in every event.",
        event_fields,
    ),
    Fault("comments", "Comments before and inside every event.", comments),
    Fault("split-bytes", "Each byte of the body in a write of its own, fast.", split_bytes),
    Fault(
        "giant-line",
        "`size` more characters in front of the text, in one line.",
        giant_line,
        {"size": 10_000_000},
    ),
    Fault("gzip", "The body compressed with gzip, asked for or not.", gzip_whole),
    Fault("deflate", "The body compressed with deflate, asked for or not.", deflate),
    Fault("gzip-stream", "The body compressed with gzip, flushed after each event.", gzip_stream),
    Fault(
        "bomb", "A small gzip body that inflates to `size` bytes.", bomb, {"size": 1_000_000_000}
    ),
]
