"""Answers that are errors: status and body to an exception, with what to do next. No I/O."""

from __future__ import annotations

import json
from typing import Any, Dict, Mapping, Optional, Tuple
from urllib.parse import urlsplit

from .._backends.base import Operation
from .._errors.statuses import class_for_status
from .._errors.tree import (
    APIConnectionError,
    APIError,
    APIResponseError,
    APIStatusError,
    LegacyAPIError,
    OpenAIError,
    ServerBusyError,
    inner_error,
)
from .._headers import Headers
from .._named_tuple import NamedTuple
from .._settings import keys
from .._settings.redaction import hidden, hidden_in, is_secret
from .._settings.table import Settings
from .._settings.url import URL
from . import json as json_reader
from .http_status import HttpStatus

_MODELS = "python -m dsadapter models   lists the models of this key"
SHOWN_BYTES = 200  # of a body that is no JSON, in an error's text


class RedactedRequest(NamedTuple):
    """What was asked, for errors to show: no key in it."""

    method: str
    url: str
    headers: Mapping[str, str]


class _Answered(NamedTuple):
    status_code: int
    headers: Headers
    content: bytes
    request: RedactedRequest


class ErrorResponse(HttpStatus, _Answered):
    """What was answered, for ``err.response``: the attributes that code reads from an SDK's.

    A tuple, so that keys are taken out of it as out of all that an error holds.
    """

    is_closed = True
    encoding = "utf-8"

    @property
    def url(self) -> str:
        """Where the request went."""
        return self.request.url

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    def read(self) -> bytes:
        """The body."""
        return self.content

    def json(self) -> Any:
        """The body parsed; raises ValueError where it is no JSON."""
        return json.loads(self.content)

    def __repr__(self) -> str:
        return f"<Response [{self.status_code} {self.reason_phrase}]>"


def redacted_request(op: Operation, key: str) -> RedactedRequest:
    """What was asked, without the key."""
    headers = {
        name: hidden(value, (key,))
        for name, value in op.headers.items()
        if not is_secret(name, value)
    }
    return RedactedRequest(op.method, URL(op.url), Headers(headers))


def complete(err: OpenAIError, request: RedactedRequest, status: int, headers: Headers) -> None:
    """Give ``err`` the request that it is about, and the answer where one came, if it has none."""
    if err.request is None:
        err.request = request
    if err.response is None and status and not isinstance(err, APIConnectionError):
        content = (err.http_body or "").encode("utf-8", "replace")
        err.response = ErrorResponse(status, headers, content, request)


def status_error(
    status: int, headers: Headers, body: bytes, request: RedactedRequest, settings: Settings
) -> APIStatusError:
    """The error for an answer with an error status; the body may be JSON, text or nothing."""
    text, data = _redacted_body(_text(body), settings.api_key)
    err = class_for_status(status)(
        error_message(data, text) or f"HTTP {status} without a text",
        http_body=text,
        http_status=status,
        json_body=data,
        response=ErrorResponse(status, headers, text.encode(), request),
        hint=hint_for(status, text, settings, explained=isinstance(inner_error(data), dict)),
    )
    err._from_status = True
    return err


def reply_error(data: Dict[str, Any], headers: Headers, settings: Settings) -> APIError:
    """The error for an error object inside a 200, or inside a stream."""
    text, clean = _redacted_body(_encodable(json.dumps(data, ensure_ascii=False)), settings.api_key)
    data = clean or {}
    status = _status_in(data)
    cls = class_for_status(status) if status else LegacyAPIError
    return cls(
        error_message(data, text),
        http_body=text,
        http_status=status or 200,
        json_body=data,
        headers=headers,
        hint=hint_for(status, text, settings, explained=True) if status else None,
    )


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace").lstrip("\ufeff").strip()


def _status_in(data: Dict[str, Any]) -> Optional[int]:
    """The HTTP status that an error object names: as its ``code``, or beside it."""
    error = inner_error(data)
    fields = error if isinstance(error, dict) else data
    statuses = (str(fields.get(name)) for name in ("code", "status", "status_code"))
    return next((int(n) for n in statuses if len(n) == 3 and n.isdecimal() and n[0] in "45"), None)


def _redacted_body(text: str, key: str) -> Tuple[str, Any]:
    """A body as text and parsed (None: no JSON), the key hidden in both."""
    try:
        data = json.loads(text)
        clean = hidden_in(data, (key,))
    except (ValueError, RecursionError):  # no JSON, or none that anybody could read
        return hidden(text, (key,)), None
    if clean != data:
        text = _encodable(json.dumps(clean, ensure_ascii=False))
    return hidden(text, (key,)), clean


def error_message(data: Any, text: str) -> str:
    """The server's own words: from the error object, else the beginning of the text."""
    error = inner_error(data)
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        return error["message"]
    if isinstance(error, str):
        return error
    if isinstance(data, dict) and isinstance(data.get("message"), str):
        return data["message"]
    return text[:SHOWN_BYTES]


def _encodable(text: str) -> str:
    """Half characters that JSON can carry, and no output can, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def parse_body(
    status: int, headers: Headers, body: bytes, settings: Settings, *, any_json: bool = False
) -> Any:
    """The JSON of a success: an object, or with ``any_json`` anything.

    The content type is not asked: providers err. Raises ServerBusyError for a blank body,
    APIResponseError for what is no JSON, the error of an error object.
    """
    if not body.strip():
        raise ServerBusyError(
            f"The server answered {status} with a blank body: it is overloaded and gave up.",
            http_status=status,
            headers=headers,
            partial="",
            hint="Try again a little later; busy hours are on the provider's status page",
        )
    text = _text(body)
    try:
        data = json_reader.loads(text)
    except (ValueError, RecursionError) as err:
        raise not_json(status, headers, text, settings) from err
    if isinstance(data, dict) and data.get("error") and not data.get("choices"):
        raise reply_error(data, headers, settings)
    if not isinstance(data, dict) and not any_json:
        raise not_json(status, headers, text, settings)
    return data


def not_json(status: int, headers: Headers, text: str, settings: Settings) -> APIResponseError:
    """The error for a success whose body is no JSON object."""
    shown = hidden(text, (settings.api_key,))
    kind = headers.get("content-type") or "none"
    return APIResponseError(
        f"The answer is no JSON object (status {status}, content type {kind}, "
        f"{len(text)} characters): {shown[:SHOWN_BYTES].strip()!r}",
        http_body=shown,
        http_status=status,
        headers=headers,
        partial=shown,
        hint=f"Is {settings.base_url} the API and not a web page or a proxy?",
    )


# --- the next step -------------------------------------------------------------------------------


def hint_for(
    status: Optional[int], text: str, settings: Settings, *, explained: bool = False
) -> Optional[str]:
    """The next step after an error status, or None. ``explained``: the server said what is wrong,
    so that its 404 is not that of a wrong path."""
    provider, tail = settings.provider, keys.tail(settings.api_key)
    source = f" from {settings.key_source}" if settings.key_source else ""
    hints = {
        401: f"The key {tail}{source} was refused by {settings.base_url}."
        + (f" Keys are made at {provider.keys_page}" if provider.keys_page else ""),
        402: f"The account has no balance left. Top up at {provider.top_up_page}"
        if provider.top_up_page
        else "The account has no balance left.",
        404: None
        if explained
        else f"Nothing is at this path: is base_url={settings.base_url!r} right?",
        429: "Too many calls at once: send fewer side by side, or wait.",
        503: "The server is overloaded: try again a little later.",
    }
    if status is not None and 300 <= status < 400:
        return f"The server redirects in a way that leads nowhere: is {settings.base_url} right?"
    if status in (400, 404) and ("API model names are" in text or "Model Not Exist" in text):
        from .model_names import suggestion

        name = suggestion(text)
        return (f'Did you mean model="{name}"?\n' if name else "") + _MODELS
    return hints.get(status or 0)


def connection_hint(op: Operation) -> str:
    """The next step where no answer came."""
    host = urlsplit(op.url).netloc.rpartition("@")[2]
    return f"No answer from {host}: check base_url, the network and the proxy variables"
