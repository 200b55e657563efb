"""Heads of requests and answers, and the framing of bodies: text in, text out."""

from __future__ import annotations

import email.utils
import uuid
from http import HTTPStatus
from typing import List, NamedTuple, Optional, Tuple

from .answers import Answer, text
from .received import Received


class BadRequest(Exception):
    """A request that cannot be read; the connection ends after the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.answer = text(status, message)


class Head(NamedTuple):
    method: str
    target: str
    version: str
    headers: List[Tuple[str, str]]

    def get(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def parse_head(raw: bytes) -> Head:
    lines = raw.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise BadRequest(400, "malformed request line")
    return Head(words[0], words[1], words[2], [_header(line) for line in lines[1:] if line])


def _header(line: str) -> Tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name or name != name.strip():
        raise BadRequest(400, "malformed header line")
    return name, value.strip()


def render_head(answer: Answer, request: Optional[Received], keep_alive: bool) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status} {_reason(answer.status)}",
        f"date: {email.utils.formatdate(usegmt=True)}",
        f"x-ds-trace-id: {uuid.uuid4().hex}",
    ]
    if answer.content_type is not None:
        lines.append(f"content-type: {answer.content_type}")
    lines.extend(f"{name}: {value}" for name, value in answer.headers)
    if answer.length is not None:
        lines.append(f"content-length: {answer.length}")
    elif chunked(answer, request):
        lines.append("transfer-encoding: chunked")
    lines.append("connection: keep-alive" if keep_alive else "connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # 529 and other unregistered ones
        return "Unknown"


def chunked(answer: Answer, request: Optional[Received]) -> bool:
    return answer.length is None and request is not None and request.version == "HTTP/1.1"


def chunk(piece: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b""
