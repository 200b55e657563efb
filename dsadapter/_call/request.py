"""A request of the facade, and the HTTP request that it becomes. No I/O."""

from __future__ import annotations

import json
import re
import sys
from typing import Any, Dict, Mapping, Optional, Tuple
from urllib.parse import quote, urlencode, urlsplit

from .._backends.base import Operation
from .._errors.tree import InvalidArgumentError
from .._named_tuple import NamedTuple
from .._settings.table import Settings
from .._settings.values import Timeouts
from .._version import __version__

USER_AGENT = "dsadapter/{} python/{}.{}.{}".format(__version__, *sys.version_info[:3])
# The SDKs' markers for "not given" (openai's NOT_GIVEN, omit), by the names of their classes.
NOT_GIVEN = ("NotGiven", "Omit", "_Omit")
# How the SDKs ask for a raw response; it is never sent. "true": a RawResponse, else an APIResponse,
# and with "stream" its body is not read yet.
RAW_RESPONSE_HEADER = "X-Stainless-Raw-Response"
_LEADS_AWAY = r"/(?:\.|%2e){1,2}(?![^/?#])|[\\\x00-\x1f\x7f]"
_HARMLESS = frozenset("/abcdefghijklmnopqrstuvwxyz_-0123456789")  # the pattern needs another
# What Azure has once for each deployed model, and what of RFC 3986 need not be encoded in its name.
_DEPLOYMENT_PATHS = frozenset(
    "/completions /chat/completions /embeddings /audio/transcriptions /audio/translations "
    "/audio/speech /images/generations /images/edits".split()
)
_PATH_CHARACTERS = "!$&'()*+,;=:@"
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
    timeout: Optional[Timeouts] = None
    idle_timeout: Optional[float] = None
    deadline: Optional[float] = None
    unversioned: bool = False  # the path does not exist under /v1 or /beta
    raw: str = ""  # what RAW_RESPONSE_HEADER said
    files: Tuple[Any, ...] = ()  # FileParts: the request is a form, the body its fields
    content: Optional[bytes] = None  # a body that is no JSON, as it is

    def __repr__(self) -> str:
        return f"Request({self.method} {self.path})"  # headers and query may hold keys


def with_raw_mode(params: Mapping[str, Any], mode: str) -> Dict[str, Any]:
    """Keyword arguments of a call that asks for another kind of response."""
    headers = {**(params.get("extra_headers") or {}), RAW_RESPONSE_HEADER: mode}
    return {**params, "extra_headers": headers}


def without_raw_mode(params: Mapping[str, Any]) -> Dict[str, Any]:
    """The same keyword arguments for a call that gives the usual response."""
    headers = params.get("extra_headers") or {}
    others = {k: v for k, v in headers.items() if k.lower() != RAW_RESPONSE_HEADER.lower()}
    return {**params, "extra_headers": others}


def raw_mode(headers: Dict[str, Optional[str]]) -> str:
    """What the headers say of a raw response, taken out of them."""
    mode = ""
    for name in [name for name in headers if str(name).lower() == RAW_RESPONSE_HEADER.lower()]:
        mode = headers.pop(name) or mode
    return mode


def operation(request: Request, settings: Settings, *, beta: bool = False) -> Operation:
    """The HTTP request, complete. Raises InvalidArgumentError for what cannot be sent."""
    timeout = request.timeout or settings.timeout
    base = _base_url(request, settings, beta=beta)
    path = request.path if request.path.startswith("/") else f"/{request.path}"
    _check_path(path)
    content_type, body = _form(request) if request.files else _json(request)
    return Operation(
        request.method,
        _with_query(f"{base}{path}", {**settings.default_query, **request.query}),
        _headers(request, settings, content_type),
        body,
        timeout.connect,
        timeout.read,
    )


def _json(request: Request) -> Tuple[Optional[str], Optional[bytes]]:
    """Content type and body; bytes of the caller's own have the type that the caller names."""
    if request.body is None:
        return None, request.content
    return "application/json", encode(request.body)


def _form(request: Request) -> Tuple[str, bytes]:
    """The same for a request that carries files."""
    from .multipart import encoded, fields_of

    return encoded(fields_of(request.body or {}), request.files)


def _check_path(path: str) -> None:
    """A path leads below the base URL: HTTP libraries resolve ".." before they send it."""
    if not _HARMLESS.issuperset(path) and re.search(_LEADS_AWAY, path, re.I):
        raise InvalidArgumentError(
            f"The path {path!r} has a segment '.' or '..', a backslash or a control character.",
            hint="Name the path below the base URL, and a model by its name",
        )


def _base_url(request: Request, settings: Settings, *, beta: bool) -> str:
    base = settings.base_url
    if settings.provider.deployments:
        return _deployment_url(request, settings)
    if settings.provider.name != "deepseek" or not (request.unversioned or beta):
        return base
    for version in ("/v1", "/beta"):
        if base.endswith(version):
            base = base[: -len(version)]
    return f"{base}/beta" if beta else base


def _deployment_url(request: Request, settings: Settings) -> str:
    """Where Azure has a path: below the model's deployment, or beside all of them."""
    base, model = settings.base_url, (request.body or {}).get("model")
    if request.path not in _DEPLOYMENT_PATHS:
        return settings.provider.base_url or base
    if model is None or "/deployments" in urlsplit(base).path:
        return base
    deployment = f"/deployments/{quote(str(model), safe=_PATH_CHARACTERS)}"
    _check_path(deployment)
    return f"{base}{deployment}"


def _with_query(url: str, query: Mapping[str, Any]) -> str:
    if not any(value is not None for value in query.values()):
        return url
    from .multipart import fields_of  # a query is written as a form is

    return f"{url}{'&' if '?' in url else '?'}{urlencode(list(fields_of(query)))}"


def _headers(request: Request, settings: Settings, content_type: Optional[str]) -> Dict[str, str]:
    own = _own_headers(request, settings, content_type)
    if not (settings.default_headers or request.headers):
        return {name: value for name, value in own.items() if value is not None}
    layers: Tuple[Mapping[str, Optional[str]], ...] = (
        own,
        settings.default_headers,
        request.headers,
        {"Content-Type": content_type} if request.files else {},  # nobody else knows the boundary
    )
    by_name: Dict[str, Tuple[str, Optional[str]]] = {}
    for layer in layers:
        for name, value in layer.items():
            by_name[name.lower()] = (name, _header_value(name, value))
    return {name: value for name, value in by_name.values() if value is not None}


def _own_headers(
    request: Request, settings: Settings, content_type: Optional[str]
) -> Dict[str, Optional[str]]:
    """Those of every request, in the order in which they are sent; None is none."""
    org, project = settings.organization, settings.project
    return {
        **_credential(settings),
        "Accept": "text/event-stream" if request.stream else "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": USER_AGENT,
        "Content-Type": content_type,
        "OpenAI-Organization": org and _header_value("OpenAI-Organization", org),
        "OpenAI-Project": project and _header_value("OpenAI-Project", project),
    }


def _credential(settings: Settings) -> Dict[str, Optional[str]]:
    name = settings.provider.key_header or "Authorization"
    value = settings.api_key if settings.provider.key_header else f"Bearer {settings.api_key}"
    return {name: _header_value(name, value)}


def _header_value(name: Any, value: Any) -> Optional[str]:
    """``value`` as it is sent; None (also the SDKs' ``omit``) takes the header away."""
    if type(value).__name__ in NOT_GIVEN:
        value = None
    if not isinstance(name, str) or not isinstance(value, (str, type(None))):
        kind = "keys" if not isinstance(name, str) else "values"
        raise InvalidArgumentError(f"Header {kind} must be strings: {name!r}.")
    text = (value or "").strip(" \t")
    sendable = text.isascii() and text.replace("\t", " ").isprintable()
    if not name.isascii() or not name or not _TOKEN.issuperset(name.lower()) or not sendable:
        raise InvalidArgumentError(
            f"The header {name!r} has a character that no HTTP header can carry.",
            hint="Headers are single lines of ASCII",
        )
    return None if value is None else text


def encode(body: Any) -> bytes:
    """JSON bytes; SDK model objects inside are written as what they hold."""
    try:
        return _dumps(body, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate: JSON can carry it escaped
        return _dumps(body, ensure_ascii=True).encode("ascii")
    except (TypeError, ValueError, RecursionError) as err:
        raise InvalidArgumentError(
            f"The request cannot be written as JSON: {err}",
            hint="Use only dict, list, str, int, finite float, bool and None in it",
        ) from err


def _dumps(body: Any, *, ensure_ascii: bool) -> str:
    """JSON as the standard has it, which knows neither NaN nor Infinity."""
    return json.dumps(
        body,
        ensure_ascii=ensure_ascii,
        allow_nan=False,
        separators=(",", ":"),
        default=_jsonable,
    )


def _jsonable(value: Any) -> Any:
    from .._model_dump import dumped  # hardly any request comes this far

    model = dumped(value)
    if model is not None:
        return model
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping):
        return dict(value)
    if type(value).__name__ in NOT_GIVEN:
        return None
    from datetime import datetime

    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON ({value!r:.60})")
