"""``chat --raw``: status, headers without secrets, and each line of the body as it arrives."""

from __future__ import annotations

from typing import Any, Dict, Iterator

from .. import _console
from .._call import arguments
from .._call.prepare import prepare
from .._errors.tree import OpenAIError
from .._headers import SECRET_HEADERS
from .._response import content_encoding
from .._response.errors import hint_for
from .._settings.redaction import Secrets, hidden, secrets_of
from .._texts.chat import RAW_REFUSED


def show_raw(client: Any, params: Dict[str, Any]) -> Dict[str, Any]:
    """Print the exchange; gives an empty message, for there is no history of raw lines."""
    request = arguments.chat(params).request
    operation = prepare(client._holder, request, client._settings, arguments.CHAT).operation
    secrets = secrets_of(client.api_key, operation.url, operation.headers)
    _print_head(f"{operation.method} {operation.url}", operation.headers, "> ", secrets)
    _console.line(f"> {(operation.body or b'').decode('utf-8', 'replace')}")
    reply = client._holder.backend().send(operation)
    try:
        _print_head(f"HTTP {reply.status}", reply.headers, "< ", secrets)
        for text in _lines(reply):
            _console.line(hidden(text, secrets))
    finally:
        reply.close()
    if reply.status >= 400:
        hint = hint_for(reply.status, "", client._settings)
        raise OpenAIError(RAW_REFUSED(status=reply.status).en, hint=hint)
    return {"role": "assistant", "content": ""}


def _print_head(title: str, headers: Any, mark: str, secrets: Secrets) -> None:
    _console.line(f"{mark}{hidden(title, secrets)}")
    for name, value in headers.items():
        value = "***" if name.lower() in SECRET_HEADERS else hidden(value, secrets)
        _console.line(f"{mark}{name}: {value}")
    _console.line(mark.rstrip())


def _lines(reply: Any) -> Iterator[str]:
    decoder = content_encoding.for_encoding(reply.content_encoding)
    unfinished = b""  # the line whose end has not yet arrived
    for data in reply.chunks():
        for decoded in decoder.feed(data):
            *lines, unfinished = (unfinished + decoded).split(b"\n")
            yield from (line.decode("utf-8", "replace").rstrip("\r") for line in lines)
    if unfinished:
        yield unfinished.decode("utf-8", "replace")
