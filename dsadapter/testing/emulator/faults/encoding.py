"""Faults of bytes: legal and illegal ways to write the same events, and bodies too large."""

from __future__ import annotations

import gzip
import json
import zlib
from itertools import chain
from typing import Any, Iterable, Iterator, List

from ..response import Part, Response
from .base import Exchange, Fault, body_bytes, map_parts, prefix_first_text, set_body
from .timing import slow_drip

#: Stands where bytes shall be put that no JSON writer would write: a character nobody sends.
MARK = "\uf8f0"
BLOCK = 1 << 20


def bad_utf8(response: Response, exchange: Exchange) -> Response:
    """Put bytes that no decoder accepts in front of the text."""
    marked = prefix_first_text(response, MARK)
    return map_parts(marked, lambda part: part.replace(MARK.encode(), b"\xff\xc3("))


def u2028(response: Response, exchange: Exchange) -> Response:
    """Put characters that `str.splitlines` breaks at in front of the text."""
    return prefix_first_text(response, "one\u2028two\u0085three\u2029")


def bom(response: Response, exchange: Exchange) -> Response:
    """Put a byte order mark in front of the body."""
    response.body = chain([b"\xef\xbb\xbf"], response.parts())
    response.length = None if response.length is None else response.length + 3
    return response


def _lines(ending: bytes) -> Any:
    def change(response: Response, exchange: Exchange) -> Response:
        return map_parts(response, lambda part: part.replace(b"\n", ending))

    return change


def no_space(response: Response, exchange: Exchange) -> Response:
    """Take the blank behind `data:` away."""
    return map_parts(
        response,
        lambda part: part.replace(b"data: ", b"data:", 1) if _is_event(part) else part,
    )


def _is_event(part: bytes) -> bool:
    return part.startswith((b"data: ", b"event: "))


def multi_line(response: Response, exchange: Exchange) -> Response:
    """Indent the JSON, with a `data:` in front of each of its lines."""
    return map_parts(response, _indent_json)


def _indent_json(part: bytes) -> bytes:
    before, streamed, body = part.partition(b"data: ") if _is_event(part) else (b"", b"", part)
    if not body.startswith(b"{"):
        return part
    text = json.dumps(json.loads(body.decode()), ensure_ascii=False, indent=1)
    return (
        before
        + (
            "".join(f"data: {line}\n" for line in text.split("\n")) + "\n" if streamed else text
        ).encode()
    )


def event_fields(response: Response, exchange: Exchange) -> Response:
    """Put other fields of the event stream format in front of each event."""
    return _before_events(response, b"event: message\nid: 1\nretry: 3000\nunknown: field\nalone\n")


def comments(response: Response, exchange: Exchange) -> Response:
    """Put comments in front of each event, one of them like data."""
    return _before_events(response, b": a comment\n\n:\n: data: {not data}\n")


def _before_events(response: Response, lines: bytes) -> Response:
    return map_parts(response, lambda part: lines + part if _is_event(part) else part)


def split_bytes(response: Response, exchange: Exchange) -> Response:
    """Send each byte on its own, without a pause."""
    return slow_drip(response, exchange, 0.0)


# -- compression


def gzip_body(response: Response, exchange: Exchange) -> Response:
    """Compress the body at once, with its length."""
    return _compressed(response, "gzip", gzip.compress(body_bytes(response.parts())))


def deflate(response: Response, exchange: Exchange) -> Response:
    """Compress the body at once as zlib data, with its length."""
    return _compressed(response, "deflate", zlib.compress(body_bytes(response.parts())))


def _compressed(response: Response, coding: str, body: bytes) -> Response:
    response.headers.append(("content-encoding", coding))
    return set_body(response, body)


def gzip_stream(response: Response, exchange: Exchange) -> Response:
    """Compress the body event by event, so that each can be read when it arrives."""
    response.headers.append(("content-encoding", "gzip"))
    response.body, response.length = _gzip_flushed(response.parts()), None
    return response


def _gzip_flushed(parts: Iterable[Part]) -> Iterator[Part]:
    compressor = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    for part in parts:
        yield (
            compressor.compress(part) + compressor.flush(zlib.Z_SYNC_FLUSH)
            if isinstance(part, bytes)
            else part
        )
    yield compressor.flush()


# -- size


def giant_line(response: Response, exchange: Exchange, size: int) -> Response:
    """Put `size` characters in front of the text, block by block."""
    response.body, response.length = (
        _fill_mark(prefix_first_text(response, MARK).parts(), size),
        None,
    )
    return response


def bomb(response: Response, exchange: Exchange, size: int) -> Response:
    """The same, compressed to about a thousandth."""
    response.headers.append(("content-encoding", "gzip"))
    response.body, response.length = (
        _gzip(_fill_mark(prefix_first_text(response, MARK).parts(), size)),
        None,
    )
    return response


def _gzip(parts: Iterable[Part]) -> Iterator[Part]:
    compressor = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    for part in parts:
        if isinstance(part, bytes):
            yield compressor.compress(part)
            yield 0.0  # other connections get their turn
    yield compressor.flush()


def _fill_mark(parts: Iterable[Part], size: int) -> Iterator[Part]:
    """The parts with `size` characters, block by block, where the mark is."""
    filling = b"x" * BLOCK
    for part in parts:
        before, mark, after = (
            part.partition(MARK.encode()) if isinstance(part, bytes) else (part, b"", b"")
        )
        yield before
        if mark:
            for remaining in range(size, 0, -BLOCK):
                yield filling[:remaining]
            yield after


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
    Fault("gzip", "The body compressed with gzip, asked for or not.", gzip_body),
    Fault("deflate", "The body compressed with deflate, asked for or not.", deflate),
    Fault("gzip-stream", "The body compressed with gzip, flushed after each event.", gzip_stream),
    Fault(
        "bomb", "A small gzip body that inflates to `size` bytes.", bomb, {"size": 1_000_000_000}
    ),
]
