"""Replies as bytes on the wire, for what no healthy HTTP server can be made to say.

The header ``X-Soak-Wire: NAME`` names the row of :data:`WIRE` that answers in place of the
emulator. A row is given the healthy answer to the same request, whole.
"""

from __future__ import annotations

import sys
import zlib
from itertools import count
from typing import Any, Callable, Dict, List

from dsadapter.testing.emulator.response import End, Part, Response

from .envs import REPOSITORY

sys.path.append(str(REPOSITORY / "tests" / "faults"))
import replies  # noqa: E402  4,000 spoiled replies of 22 kinds, those of the tests

HEADER = "x-soak-wire"
EARLY_413 = "413-early"  # before the body is read: see soak_server
OK = "200 OK"
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
COMMENTS = b": keep-alive, keep-alive, keep-alive, keep-alive\n\n" * 100_000  # 5 MB, 15 KB packed
BLANKS = b"\n" * 1_000_000
_fuzz_numbers = count()


def _head(status: str, *fields: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode()


def _answer(healthy: Response, body: bytes, *fields: str, status: str = OK) -> bytes:
    """A whole answer that keeps the connection."""
    return _head(status, f"Content-Type: {healthy.content_type}", *fields, _length(body)) + body


def _length(body: bytes) -> str:
    return f"Content-Length: {len(body)}"


def _body(healthy: Response) -> bytes:
    return b"".join(part for part in healthy.parts() if isinstance(part, bytes))


def _closing(*parts: Part) -> Callable[[Response], List[Part]]:
    return lambda healthy: [*parts, End.CLOSE]


def _early_hints(healthy: Response) -> List[Part]:
    return [EARLY_HINTS, 0.01, EARLY_HINTS + _answer(healthy, _body(healthy))]


def _chunk_size(size: bytes) -> Callable[[Response], List[Part]]:
    """The first half of the body is framed well; then comes a size that is none."""

    def parts(healthy: Response) -> List[Part]:
        body = _body(healthy)
        half, remainder = body[: len(body) // 2], body[len(body) // 2 :]
        head = _head(OK, f"Content-Type: {healthy.content_type}", "Transfer-Encoding: chunked")
        framed = b"%x\r\n%s\r\n" % (len(half), half)
        return [head + framed, size + b"\r\n" + remainder + b"\r\n0\r\n\r\n", 0.05, End.CLOSE]

    return parts


def _moved(status: str) -> Callable[[Response], List[Part]]:
    return lambda healthy: [_answer(healthy, b"", "Location: /v2/elsewhere", status=status)]


def _bomb(healthy: Response) -> List[Part]:
    """Much that is nothing, packed, in front of the answer; within what a client must unpack."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    padding = COMMENTS if healthy.is_stream else BLANKS
    body = packer.compress(padding + _body(healthy)) + packer.flush()
    return [_answer(healthy, body, "Content-Encoding: gzip")]


def _fuzzed(healthy: Response) -> List[Part]:
    _, _, (status, headers, packets) = replies.reply(next(_fuzz_numbers))
    fields = [f"{name}: {value}" for name, value in headers.items()]
    body = b"".join(packets)
    return [_head(f"{status} Status", *fields, _length(body)), *packets]


WIRE: Dict[str, Callable[[Response], List[Part]]] = {
    "closed": _closing(),
    "half-status": _closing(b"HTTP/1.1 20"),
    "half-head": _closing(b"HTTP/1.1 200 OK\r\nContent-Type: app"),
    "half-head-reset": lambda healthy: [b"HTTP/1.1 200 OK\r\nContent-Ty", 0.02, End.RESET],
    "half-429": _closing(b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0"),
    "no-blank-line": _closing(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"),
    "another-protocol": _closing(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "early-hints": _early_hints,
    "early-hints-closed": _closing(EARLY_HINTS),
    "chunk-size--0009": _chunk_size(b"-0009"),
    "chunk-size-+f3": _chunk_size(b"+f3"),
    "chunk-size-0x5": _chunk_size(b"0x5"),
    "chunk-size-1_0": _chunk_size(b"1_0"),
    "moved-301": _moved("301 Moved"),
    "moved-302": _moved("302 Found"),
    "moved-303": _moved("303 See Other"),
    "gzip-bomb": _bomb,
    "fuzzed": _fuzzed,
}


def reply(name: str, healthy: Response) -> Response:
    """The bytes of this row; framing and head are its own."""
    parts: Any = WIRE[name](healthy)
    return Response(send_head=False, body=parts, length=0)
