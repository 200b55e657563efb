"""The body of a request: read within limits, parsed, checked as far as the gateway depends on it.

Everything else in it is between the client and the upstream.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Awaitable, Callable, Dict, Tuple

from .access import header
from .errors import Refusal
from .settings import Limits

Receive = Callable[[], Awaitable[Dict[str, Any]]]
REQUIRED = {"/chat/completions": ("model", "messages"), "/completions": ("model", "prompt")}
_KINDS = {"model": (str, "a string"), "messages": (list, "a list"), "stream": (bool, "a boolean")}
_LINGER = 2.0  # seconds


class ClientLeft(Exception):
    """Nobody is there any more to be answered."""


class TooLarge(Refusal):
    """A body beyond the limit; ``arriving``: the client still sends it."""

    def __init__(self, limits: Limits, *, arriving: bool) -> None:
        text = f"The request is larger than {limits.max_body} bytes."
        super().__init__(413, text, code="request_too_large")
        self.arriving = arriving


async def read(scope: Any, receive: Receive, limits: Limits) -> bytes:
    """The whole body. Raises TooLarge, Refusal 415, or ClientLeft."""
    kind = header(scope, b"content-type").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "Send JSON, with the header `Content-Type: application/json`.")
    if header(scope, b"content-encoding").lower() not in ("", "identity"):
        raise Refusal(415, "Send the request without a Content-Encoding.")
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > limits.max_body and header(scope, b"expect"):
        raise TooLarge(limits, arriving=False)  # the client asked before it sends
    body, more = bytearray(), True
    while more:
        part, more = await _part(receive)
        body += part
        if len(body) > limits.max_body:
            raise TooLarge(limits, arriving=more)
    return bytes(body)


async def _part(receive: Receive) -> Tuple[bytes, bool]:
    """A part of the body, and whether another follows."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientLeft
    return message.get("body", b""), message.get("more_body", False)


async def discard(receive: Receive) -> None:
    """Take in what a client still sends, for a while, so that it reads the refusal."""

    async def read_on() -> None:
        while (await _part(receive))[1]:
            pass

    try:
        await asyncio.wait_for(read_on(), _LINGER)
    except asyncio.TimeoutError:
        pass  # it sends without end: it will see the connection close


def too_slow(limits: Limits) -> Refusal:
    """The refusal of a request that is not there in time."""
    text = f"The request did not arrive within {limits.slow_client:g} s."
    closes = {"connection": "close"}  # RFC 9110, 15.5.9
    return Refusal(408, text, code="request_timeout", headers=closes)


# --- what is in it -------------------------------------------------------------------------------


def parse(content: bytes, path: str) -> Dict[str, Any]:
    """The JSON object for ``path``. Raises Refusal 400."""
    try:
        # As json.loads does it, which makes a decoder each time where a constant is refused.
        body = _decode(content.decode(json.detect_encoding(content), "surrogatepass"))
    except (ValueError, RecursionError) as err:
        reason = "it is nested too deeply" if isinstance(err, RecursionError) else err
        raise Refusal(400, f"The request is not JSON: {reason}.", code="invalid_json") from None
    if not isinstance(body, dict):
        raise Refusal(400, f"The request is JSON, but {_kind(body)} and not an object.")
    for name in REQUIRED[path]:
        if body.get(name) in (None, "", []):
            raise Refusal(400, f"Missing required parameter: '{name}'.", param=name)
    for name, (kind, words) in _KINDS.items():
        if not isinstance(body.get(name), (kind, type(None))):
            raise Refusal(400, f"'{name}' is {_kind(body[name])}, not {words}.", param=name)
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _kind(value: Any) -> str:
    kinds = {bool: "a boolean", str: "a string", list: "a list", dict: "an object"}
    return "null" if value is None else kinds.get(type(value), "a number")
