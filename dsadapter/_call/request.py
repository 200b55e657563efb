"""Keyword arguments to an Operation; status and body to an error. No I/O."""

from __future__ import annotations

import json
import sys
from typing import Any, Dict, List, Mapping, Optional, Tuple
from urllib.parse import urlencode, urlsplit

from .._backends.base import Operation
from .._errors.tree import (
    APIError,
    APIResponseError,
    APIStatusError,
    InvalidArgumentError,
    LegacyAPIError,
    ServerBusyError,
    class_for_status,
    inner_error,
)
from .._headers import Headers
from .._named_tuple import NamedTuple
from .._response import json as _json
from .._settings import keys as _keys
from .._settings.table import Settings
from .._settings.values import Timeouts
from .._version import __version__

USER_AGENT = "dsadapter/{} python/{}.{}.{}".format(__version__, *sys.version_info[:3])
SHOWN_BYTES = 200  # of a body that is no JSON, in an error's text
_ABSENT = ("NotGiven", "Omit", "_Omit")
# RFC 9110: what the name of a header is made of.
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")


class Request(NamedTuple):
    """One call of the facade, before settings: what to ask, with what, and how to read it."""

    method: str
    path: str
    body: Optional[Dict[str, Any]] = None
    stream: bool = False
    headers: Mapping[str, Optional[str]] = {}
    query: Mapping[str, Any] = {}
    timeouts: Optional[Timeouts] = None
    idle_timeout: Optional[float] = None
    deadline: Optional[float] = None
    plain_base: bool = False  # the path does not exist under /v1 or /beta


# --- keyword arguments ---------------------------------------------------------------------------


def given(params: Mapping[str, Any]) -> Dict[str, Any]:
    """``params`` without the SDKs' markers for "not given" (openai's NOT_GIVEN, omit)."""
    return {k: v for k, v in params.items() if type(v).__name__ not in _ABSENT}


def merged(body: Dict[str, Any], extra: Any) -> Dict[str, Any]:
    """``extra_body`` merged over the body, as SDKs do it: shallow, and it wins."""
    if extra is None:
        return body
    if not isinstance(extra, Mapping):
        raise InvalidArgumentError(
            f"extra_body is a {type(extra).__name__}, not a dict.",
            hint='Write extra_body={"thinking": {"type": "disabled"}}',
        )
    return {**body, **extra}


def checked_messages(messages: Any) -> List[Any]:
    """The messages as a list; raises InvalidArgumentError for what no server takes."""
    example = 'Write messages=[{"role": "user", "content": "Hello"}]'
    if isinstance(messages, (str, bytes, Mapping)) or not hasattr(messages, "__iter__"):
        raise InvalidArgumentError(
            f"messages is a {type(messages).__name__}, not a list of messages.", hint=example
        )
    messages = list(messages)
    if not messages:
        raise InvalidArgumentError("messages is empty: there is nothing to answer.", hint=example)
    return messages


# --- Operation -----------------------------------------------------------------------------------


def operation(request: Request, settings: Settings, *, beta: bool = False) -> Operation:
    """The HTTP request, complete. Raises InvalidArgumentError for what cannot be sent."""
    limits = request.timeouts or settings.timeout
    base = _base(settings, plain=request.plain_base, beta=beta)
    path = request.path if request.path.startswith("/") else f"/{request.path}"
    return Operation(
        request.method,
        _with_query(f"{base}{path}", {**settings.default_query, **request.query}),
        _headers(request, settings),
        None if request.body is None else encode(request.body),
        limits.connect,
        limits.read,
    )


def _base(settings: Settings, *, plain: bool, beta: bool) -> str:
    base = settings.base_url
    if settings.provider.name != "deepseek" or not (plain or beta):
        return base
    for version in ("/v1", "/beta"):
        if base.endswith(version):
            base = base[: -len(version)]
    return f"{base}/beta" if beta else base


def _with_query(url: str, query: Mapping[str, Any]) -> str:
    pairs = [(k, _query_value(v)) for k, v in query.items() if v is not None]
    if not pairs:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(pairs, doseq=True)}"


def _query_value(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _headers(request: Request, settings: Settings) -> Dict[str, str]:
    layers: Tuple[Mapping[str, Optional[str]], ...] = (
        {
            "Authorization": f"Bearer {settings.api_key}",
            "Accept": "text/event-stream" if request.stream else "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": USER_AGENT,
            "Content-Type": None if request.body is None else "application/json",
            "OpenAI-Organization": settings.organization,
            "OpenAI-Project": settings.project,
        },
        settings.default_headers,
        request.headers,
    )
    spelled: Dict[str, Tuple[str, Optional[str]]] = {}
    for layer in layers:
        for name, value in layer.items():
            spelled[name.lower()] = (name, _header_value(name, value))
    return {name: value for name, value in spelled.values() if value is not None}


def _header_value(name: Any, value: Any) -> Optional[str]:
    """``value`` as it is sent; None (also the SDKs' ``omit``) takes the header away."""
    if type(value).__name__ in _ABSENT:
        value = None
    if not isinstance(name, str) or not isinstance(value, (str, type(None))):
        kind = "keys" if not isinstance(name, str) else "values"
        raise InvalidArgumentError(f"Header {kind} must be strings: {name!r}.")
    text = (value or "").strip(" \t")
    plain = text.isascii() and text.replace("\t", " ").isprintable()
    if not name.isascii() or not name or not _TOKEN.issuperset(name.lower()) or not plain:
        raise InvalidArgumentError(
            f"The header {name!r} has a character that no HTTP header can carry.",
            hint="Headers are single lines of ASCII",
        )
    return None if value is None else text


def encode(body: Any) -> bytes:
    """JSON bytes; SDK model objects inside are written as what they hold."""
    try:
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_jsonable)
        return text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate: JSON can carry it escaped
        return json.dumps(body, separators=(",", ":"), default=_jsonable).encode("ascii")
    except (TypeError, ValueError, RecursionError) as err:
        raise InvalidArgumentError(
            f"The request cannot be written as JSON: {err}",
            hint="Use only dict, list, str, int, float, bool and None in it",
        ) from err


def _jsonable(value: Any) -> Any:
    if hasattr(value, "model_dump"):  # pydantic 2 models, and the SDK's with pydantic 1
        return value.model_dump(exclude_unset=True)
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping):
        return dict(value)
    if type(value).__name__ in _ABSENT:
        return None
    raise TypeError(f"{type(value).__name__} is not JSON ({value!r:.60})")


# --- answers -------------------------------------------------------------------------------------


class Sent(NamedTuple):
    """What was asked, for errors to show: no key in it."""

    method: str
    url: str
    headers: Mapping[str, str]


class ErrorResponse(NamedTuple):
    """What was answered, for ``err.response``: the attributes that code reads from an SDK's."""

    status_code: int
    headers: Headers
    content: bytes
    request: Sent

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.content)


def sent(op: Operation, key: str) -> Sent:
    shown = [(n, v) for n, v in op.headers.items() if n.lower() not in _keys.SECRET_HEADERS]
    safe = {name: _keys.redact(value, key) for name, value in shown}
    return Sent(op.method, op.url, Headers(safe))


def status_error(
    status: int, headers: Headers, body: bytes, request: Sent, settings: Settings
) -> APIStatusError:
    """The error for an answer with an error status; the body may be JSON, text or nothing."""
    text, data = _without_key(_text(body), settings.api_key)
    return class_for_status(status)(
        _message(data, text) or f"HTTP {status} without a text",
        http_body=text,
        http_status=status,
        json_body=data,
        response=ErrorResponse(status, headers, text.encode(), request),
        hint=hint_for(status, text, settings),
    )


def reply_error(data: Dict[str, Any], headers: Headers, settings: Settings) -> APIError:
    """The error for an error object inside a 200, or inside a stream."""
    text, clean = _without_key(json.dumps(data, ensure_ascii=False), settings.api_key)
    data = clean or {}
    status = _status_in(data)
    cls = class_for_status(status) if status else LegacyAPIError
    return cls(
        _message(data, text),
        http_body=text,
        http_status=status or 200,
        json_body=data,
        headers=headers,
        hint=hint_for(status, text, settings) if status else None,
    )


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace").lstrip("\ufeff").strip()


def _status_in(data: Dict[str, Any]) -> Optional[int]:
    """The HTTP status that an error object names: as its ``code``, or beside it."""
    error = inner_error(data)
    fields = error if isinstance(error, dict) else data
    named = (str(fields.get(name)) for name in ("code", "status", "status_code"))
    return next((int(n) for n in named if len(n) == 3 and n.isdecimal() and n[0] in "45"), None)


def _without_key(text: str, key: str) -> Tuple[str, Any]:
    """A body as text and parsed (None: no JSON), the key hidden in both."""
    try:
        data = json.loads(text)
        clean = _keys.redacted(data, key)
    except (ValueError, RecursionError):  # no JSON, or none that anybody could read
        return _keys.redact(text, key), None
    if clean != data:
        text = json.dumps(clean, ensure_ascii=False)
    return _keys.redact(text, key), clean


def _message(data: Any, text: str) -> str:
    error = inner_error(data)
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        return error["message"]
    if isinstance(error, str):
        return error
    if isinstance(data, dict) and isinstance(data.get("message"), str):
        return data["message"]
    return text[:SHOWN_BYTES]


def parse_reply(
    status: int, headers: Headers, body: bytes, settings: Settings, *, anything: bool = False
) -> Any:
    """The JSON of a success: an object, or ``anything``. The content type is not asked: providers
    err."""
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
        data = _json.loads(text)
    except (ValueError, RecursionError) as err:
        raise not_json(status, headers, text, settings) from err
    if isinstance(data, dict) and data.get("error") and not data.get("choices"):
        raise reply_error(data, headers, settings)
    if not isinstance(data, dict) and not anything:
        raise not_json(status, headers, text, settings)
    return data


def not_json(status: int, headers: Headers, text: str, settings: Settings) -> APIResponseError:
    shown = _keys.redact(text, settings.api_key)
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


def hint_for(status: Optional[int], text: str, settings: Settings) -> Optional[str]:
    provider, tail = settings.provider, _keys.tail(settings.api_key)
    source = f" from {settings.key_source}" if settings.key_source else ""
    hints = {
        401: f"The key {tail}{source} was refused by {settings.base_url}."
        + (f" Keys are made at {provider.keys_page}" if provider.keys_page else ""),
        402: f"The account has no balance left. Top up at {provider.top_up_page}"
        if provider.top_up_page
        else "The account has no balance left.",
        404: f"Nothing is at this path: is base_url={settings.base_url!r} right?",
        429: "Too many calls at once: send fewer side by side, or wait.",
        503: "The server is overloaded: try again a little later.",
    }
    if status is not None and 300 <= status < 400:
        return f"The server redirects in a way that leads nowhere: is {settings.base_url} right?"
    if status == 400 and ("API model names are" in text or "Model Not Exist" in text):
        return "python -m dsadapter models   lists the models of this key"
    return hints.get(status or 0)


def connection_hint(op: Operation) -> str:
    host = urlsplit(op.url).netloc.rpartition("@")[2]
    return f"No answer from {host}: check base_url, the network and the proxy variables"
