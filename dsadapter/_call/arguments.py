"""Keyword arguments of both faces to requests: one place that knows which keyword goes where."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, Dict, Mapping, Optional, Tuple
from urllib.parse import quote

from .._errors.tree import InvalidArgumentError
from .._named_tuple import NamedTuple
from .._response.types import ChatCompletion
from .._settings import values
from .._settings.table import PER_CALL
from .._settings.values import Timeouts
from .call import ResponseTypes
from .request import NOT_GIVEN, Request, raw_mode

CHAT = ResponseTypes(ChatCompletion, chunk=None)


@lru_cache(maxsize=None)
def text_completion() -> ResponseTypes:
    """What text completions become."""
    from .._response.text_types import Completion  # of few programs, as all below

    return ResponseTypes(Completion, Completion)


def _model(data: Dict[str, Any]) -> Any:
    from .._response.account_types import Model

    return Model(data)


MODEL = ResponseTypes(_model)


def _balance(data: Dict[str, Any]) -> Any:
    from .._response.account_types import Balance

    return Balance(data)


BALANCE = ResponseTypes(_balance)


def _models(data: Dict[str, Any]) -> Any:
    from .._response import pages

    return pages.models(data)


def _async_models(data: Dict[str, Any]) -> Any:
    from .._response import pages

    return pages.models(data, is_async=True)


MODELS = ResponseTypes(_models)
ASYNC_MODELS = ResponseTypes(_async_models)
ANY = ResponseTypes(any_json=True)

# Keywords that say how to call and never stand in the body; the second row is 0.28's spelling.
_OPTIONS = ("extra_headers", "extra_query", "extra_body", "timeout", "idle_timeout", "deadline")
_LEGACY_OPTIONS = ("headers", "request_timeout", "request_id")
_IGNORED = ("api_type", "api_version")  # azure's; never sent


class Arguments(NamedTuple):
    """What the keyword arguments of one call come to."""

    request: Request
    settings: Dict[str, Any]  # of this call; usually empty

    def __repr__(self) -> str:
        return f"Arguments({self.request!r})"  # the settings may hold a key


BuildArguments = Callable[..., Arguments]


def chat(params: Mapping[str, Any]) -> Arguments:
    """``chat.completions.create(...)``; raises InvalidArgumentError without messages or model."""
    example = 'Write create(model="deepseek-flash", messages=[{"role": "user", ...}])'
    params = _required(params, ("messages", "model"), example)
    params["messages"] = listed(params["messages"])
    if isinstance(params.get("response_format"), type):
        raise InvalidArgumentError(
            "You tried to pass a `BaseModel` class to `chat.completions.create()`; You must use "
            f"`chat.completions.parse()` instead: {params['response_format'].__name__}",
            hint="A stream of events is chat.completions.stream(...)",
        )
    return _post("/chat/completions", params)


def completion(params: Mapping[str, Any]) -> Arguments:
    """``completions.create(...)``; raises InvalidArgumentError without model or prompt."""
    example = 'Write create(model="deepseek-v4-pro", prompt="def fib(n):", suffix="...")'
    return _post("/completions", _required(params, ("model", "prompt"), example))


def post(path: str, params: Mapping[str, Any]) -> Arguments:
    """A POST whose keyword arguments are its body, and say whether it streams."""
    return _post(path, _without_not_given(params))


def _post(path: str, params: Dict[str, Any]) -> Arguments:
    return _split("POST", path, params, stream=bool(params.get("stream")))


def upload(path: str, params: Mapping[str, Any], files: Any) -> Arguments:
    """A POST of a form: files, and keyword arguments as its fields; as :func:`post` without files.

    Raises InvalidArgumentError for what is no file.
    """
    return _with_files(post(path, params), files)


def _with_files(call: Arguments, files: Any) -> Arguments:
    from .multipart import file_parts

    return call._replace(request=call.request._replace(files=file_parts(files)))


def without_body(method: str, path: str, params: Mapping[str, Any]) -> Arguments:
    """A call that says all with its path; what is no option is a query parameter."""
    return _split(method, path, _without_not_given(params), has_body=False)


def item_path(collection: str, **item: Any) -> str:
    """The path of one item, ``item_path("/files", file_id="f1")``; raises InvalidArgumentError for
    what is no id."""
    ((name, value),) = item.items()
    if not value or not isinstance(value, str):
        raise InvalidArgumentError(f"Expected a non-empty value for `{name}` but got {value!r}.")
    return f"{collection}/{quote(value, safe='')}"


def listing(path: str, params: Mapping[str, Any], *, unversioned: bool = False) -> Arguments:
    """A GET; what is no option is a query parameter."""
    params, stream = _without_not_given(params), bool(params.get("stream"))
    return _split("GET", path, params, has_body=False, stream=stream, unversioned=unversioned)


def balance(params: Mapping[str, Any]) -> Arguments:
    """``GET /user/balance``, which is not under /v1."""
    return listing("/user/balance", params, unversioned=True)


def model(name: str, params: Mapping[str, Any]) -> Arguments:
    """``models.retrieve(name)``; raises InvalidArgumentError for what is no name."""
    if not name or not isinstance(name, str):
        raise InvalidArgumentError(
            f"Expected a non-empty model id, got {name!r}.",
            hint='Write models.retrieve("deepseek-flash")',
        )
    return listing(f"/models/{quote(name, safe='')}", params)


def listed(messages: Any) -> Any:
    """What can be gone through as a list, so that a generator is; the rest as it is."""
    if isinstance(messages, (str, bytes, Mapping)) or not hasattr(messages, "__iter__"):
        return messages
    return list(messages)


# --- any path ------------------------------------------------------------------------------------

NO_RETRIES = (
    "max_retries cannot be None. Use 0 to disable retries or a large integer for a larger retry "
    "budget."
)
# The SDKs' request options, as keyword arguments here.
_SDK_OPTIONS = {
    "headers": "extra_headers",
    "params": "extra_query",
    "timeout": "timeout",
    "extra_json": "extra_body",
}


def any_path(method: str, path: str, params: Mapping[str, Any]) -> Arguments:
    """``client.post("/path", body={...})``: the way to whatever has no method here.

    What the SDKs' own ``post`` takes beside it is understood (``options``, ``files``, ``content``)
    or has no meaning here (``stream_cls``).
    """
    params = _without_not_given(params)
    options = _without_not_given(_mapping("options", params.pop("options", None)))
    if options:
        params = _with_sdk_options(options, params)
    params.pop("stream_cls", None)
    files, content = params.pop("files", None), params.pop("content", None)
    body, stream = params.pop("body", None), bool(params.pop("stream", False))
    if body is not None and content is not None:
        raise InvalidArgumentError("Passing both `body` and `content` is not supported.")
    if not isinstance(path, str) or "://" in path:
        raise InvalidArgumentError(f"path {path!r} is not relative to the base URL.")
    if body is not None and not _is_mapping(body):
        raise InvalidArgumentError(
            f"body is a {type(body).__name__}, not a dict.",
            hint="What is no JSON is content=..., with its Content-Type in extra_headers",
        )
    fields = _merged(_merged({}, body), params.get("extra_body"))
    if body is not None and stream:
        fields.setdefault("stream", True)
    has_fields = body is not None or params.get("extra_body")
    call = _split(
        method,
        path,
        params,
        has_body=False,
        body=fields if has_fields else None,
        stream=stream,
        unversioned=path.lstrip("/").startswith("v1/"),  # it is in the path already
    )
    if options:
        call = call._replace(settings={**call.settings, **_own_retries(options)})
    if content is not None:
        call = call._replace(request=call.request._replace(content=_content(content)))
    return _with_files(call, files) if files else call


def _own_retries(options: Mapping[str, Any]) -> Dict[str, Any]:
    """The setting among the SDKs' request options."""
    if "max_retries" not in options:
        return {}
    if options["max_retries"] is None:
        raise InvalidArgumentError(NO_RETRIES)
    return {"max_retries": options["max_retries"]}


def _content(value: Any) -> bytes:
    """Bytes, text, an open file or an iterable of bytes, whole: each attempt sends all of it."""
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, Mapping) or not hasattr(value, "__iter__"):
        raise InvalidArgumentError(
            f"content is a {type(value).__name__}.",
            hint="Pass bytes, text, an open file or an iterable of bytes; JSON is body={...}",
        )
    return b"".join(value)


def _with_sdk_options(options: Mapping[str, Any], params: Dict[str, Any]) -> Dict[str, Any]:
    renamed = {name: options[theirs] for theirs, name in _SDK_OPTIONS.items() if theirs in options}
    headers = {
        **_mapping("headers", renamed.get("extra_headers")),
        **_mapping("extra_headers", params.get("extra_headers")),
    }
    return {**renamed, **params, "extra_headers": headers}


# --- which keyword goes where --------------------------------------------------------------------


def _without_not_given(params: Mapping[str, Any]) -> Dict[str, Any]:
    """``params`` without the SDKs' markers for "not given"."""
    return {k: v for k, v in params.items() if type(v).__name__ not in NOT_GIVEN}


def _required(params: Mapping[str, Any], names: Tuple[str, ...], example: str) -> Dict[str, Any]:
    """The parameters, with 0.28's ``engine`` as the model; raises where one of ``names`` lacks."""
    given = _without_not_given(params)
    if "engine" in given:
        given.setdefault("model", given.pop("engine"))
    for name in names:
        if name not in given or given[name] is None and name != "prompt":
            raise InvalidArgumentError(f"Missing required argument: {name!r}.", hint=example)
    return given


def _split(
    method: str,
    path: str,
    params: Dict[str, Any],
    *,
    has_body: bool = True,
    body: Optional[Dict[str, Any]] = None,
    stream: bool = False,
    unversioned: bool = False,
) -> Arguments:
    """Split keyword arguments into body, headers, query, deadlines and settings."""
    for name in _IGNORED:
        params.pop(name, None)
    settings = {name: params.pop(name) for name in PER_CALL if name in params}
    options = {name: params.pop(name, None) for name in (*_OPTIONS, *_LEGACY_OPTIONS)}
    query = _mapping("extra_query", options["extra_query"])
    if has_body:
        body = _merged(params, options["extra_body"])
    else:
        query = {**params, **query}
    headers = _headers(options)
    request = Request(
        method,
        path,
        body,
        stream,
        headers,
        query,
        _timeout(options),
        _seconds(options, "idle_timeout"),
        _seconds(options, "deadline"),
        unversioned,
        raw_mode(headers) if headers else "",
    )
    settings = {name: value for name, value in settings.items() if value or value == 0}
    return Arguments(request, settings)


def _merged(body: Dict[str, Any], extra: Any) -> Dict[str, Any]:
    """``extra_body`` merged over the body, as SDKs do it: shallow, and it wins."""
    if extra is None:
        return body
    if not _is_mapping(extra):
        raise InvalidArgumentError(
            f"extra_body is a {type(extra).__name__}, not a dict.",
            hint='Write extra_body={"thinking": {"type": "disabled"}}',
        )
    from .._model_dump import by_aliases

    return {**body, **by_aliases(extra)}


def _headers(options: Mapping[str, Any]) -> Dict[str, Optional[str]]:
    merged: Dict[str, Optional[str]] = {}
    for name in ("headers", "extra_headers"):
        merged.update(_mapping(name, options[name]))
    if options["request_id"] is not None:
        merged.setdefault("X-Request-Id", options["request_id"])
    return merged


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if value is not None and not _is_mapping(value):
        raise InvalidArgumentError(
            f"{name} must be a dictionary, not a {type(value).__name__}.",
            hint=f'Write {name}={{"name": "value"}}',
        )
    return value or {}


def _is_mapping(value: Any) -> bool:
    return type(value) is dict or isinstance(value, Mapping)  # which is slow for typing's


def _timeout(options: Mapping[str, Any]) -> Optional[Timeouts]:
    """``request_timeout`` (0.28) before ``timeout``; 0 and None mean the default there."""
    value = options["request_timeout"] or options["timeout"]
    return None if value is None else values.timeouts("timeout", value)


def _seconds(options: Mapping[str, Any], name: str) -> Optional[float]:
    value = options[name]
    return None if value is None else values.seconds(name, value)
