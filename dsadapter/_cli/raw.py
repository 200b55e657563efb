"""``chat --raw``: status, headers without secrets, and each line of the body as it arrives."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List

from .. import _console
from .._call import arguments as _calls
from .._call import request as _wire
from .._call import run as _engine
from .._call.attempts import Call
from .._errors.tree import OpenAIError
from .._response import content_encoding as _decode
from .._settings import keys as _keys


def show_raw(made: Any, request: Dict[str, Any]) -> Dict[str, Any]:
    """Print the exchange; gives an empty message, for there is no history of raw lines."""
    call, _ = _engine.prepare(
        made._transport.backend(), _calls.chat(request).request, made._settings, _calls.CHAT
    )
    _show_head(f"{call.op.method} {call.op.url}", call.op.headers, "> ")
    _console.line(f"> {(call.op.body or b'').decode('utf-8', 'replace')}")
    reply = call.backend.send(call.op)
    try:
        _show_head(f"HTTP {reply.status}", reply.headers, "< ")
        for text in _lines(call, reply):
            _console.line(_keys.redact(text, made.api_key))
    finally:
        reply.close()
    if reply.status >= 400:
        hint = _wire.hint_for(reply.status, "", made._settings)
        raise OpenAIError(f"The server answered {reply.status}.", hint=hint)
    return {"role": "assistant", "content": ""}


def _show_head(title: str, headers: Any, mark: str) -> None:
    _console.line(f"{mark}{title}")
    for name, value in headers.items():
        shown = "***" if name.lower() in _keys.SECRET_HEADERS else value
        _console.line(f"{mark}{name}: {shown}")
    _console.line(mark.rstrip())


def _lines(call: Call, reply: Any) -> Iterator[str]:
    content = _decode.for_encoding(reply.headers.get("content-encoding"))
    rest: List[bytes] = []
    for data in reply.chunks():
        for piece in content.feed(data):
            *lines, last = (b"".join(rest) + piece).split(b"\n")
            rest = [last] if last else []
            yield from (line.decode("utf-8", "replace").rstrip("\r") for line in lines)
    if rest:
        yield b"".join(rest).decode("utf-8", "replace")
