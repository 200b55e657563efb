"""Heads of requests and responses, and the framing of bodies: text in, text out."""

from __future__ import annotations

import email.utils
import uuid
from http import HTTPStatus
from typing import List, NamedTuple, Optional, Tuple

from .request import Request
from .response import Response, text_response


class BadRequest(Exception):
    """A request that cannot be read; the connection ends after the response."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.response: Response = text_response(status, message)


class RequestHead(NamedTuple):
    """A request line and its headers, as sent."""

    method: str
    target: str
    version: str
    headers: List[Tuple[str, str]]

    def get(self, name: str) -> str:
        """The first header of this name (lower case), "" for none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def parse_head(raw: bytes) -> RequestHead:
    """The head of a request; BadRequest for one that is malformed."""
    lines = raw.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise BadRequest(400, "malformed request line")
    return RequestHead(words[0], words[1], words[2], [_header(line) for line in lines[1:] if line])


def _header(line: str) -> Tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name or name != name.strip():
        raise BadRequest(400, "malformed header line")
    return name, value.strip()


def render_head(response: Response, request: Optional[Request], keep_alive: bool) -> bytes:
    """Status line and headers of a response, as bytes."""
    lines = [
        f"HTTP/1.1 {response.status} {_reason(response.status)}",
        f"date: {email.utils.formatdate(usegmt=True)}",
        f"x-ds-trace-id: {uuid.uuid4().hex}",
    ]
    if response.content_type is not None:
        lines.append(f"content-type: {response.content_type}")
    lines.extend(f"{name}: {value}" for name, value in response.headers)
    if response.length is not None:
        lines.append(f"content-length: {response.length}")
    elif is_chunked(response, request):
        lines.append("transfer-encoding: chunked")
    lines.append("connection: keep-alive" if keep_alive else "connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # 529 and other unregistered ones
        return "Unknown"


def is_chunked(response: Response, request: Optional[Request]) -> bool:
    """Whether the body is sent with transfer-encoding: chunked."""
    return response.length is None and request is not None and request.version == "HTTP/1.1"


def encode_chunk(data: bytes) -> bytes:
    """Data as one chunk of the chunked coding; nothing for no data, which would end the body."""
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""
