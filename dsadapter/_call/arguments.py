"""Keyword arguments of both faces to Requests: one place that knows which keyword goes where."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .._errors.tree import InvalidArgumentError
from .._named_tuple import NamedTuple
from .._response.types import (
    Balance,
    ChatCompletion,
    ChatCompletionChunk,
    Completion,
    Model,
    ModelPage,
)
from .._settings import values
from .._settings.values import Timeouts
from . import request as _wire
from .request import Request
from .run import Kind

CHAT = Kind(ChatCompletion, ChatCompletionChunk)
COMPLETION = Kind(Completion, Completion)
MODEL = Kind(Model)
MODELS = Kind(ModelPage)
BALANCE = Kind(Balance)
ANY = Kind()

# Keywords that say how to call and never stand in the body; the second row is 0.28's spelling.
_CALL = ("extra_headers", "extra_query", "extra_body", "timeout", "idle_timeout", "deadline")
_LEGACY_CALL = ("headers", "request_timeout", "request_id")
# Keywords that are settings of this one call (both faces take them).
_SETTINGS = ("api_key", "api_base", "base_url", "organization", "provider", "repair", "model_map")
_IGNORED = ("api_type", "api_version")  # azure's; never sent


class Prepared(NamedTuple):
    request: Request
    settings: Dict[str, Any]  # of this call; usually empty


def prepared(
    method: str, path: str, params: Mapping[str, Any], *, has_body: bool = True, **fixed: Any
) -> Prepared:
    """Split keyword arguments into body, headers, query, limits and settings."""
    params = _wire.given(params)
    for name in _IGNORED:
        params.pop(name, None)
    settings = {name: params.pop(name) for name in _SETTINGS if name in params}
    call = {name: params.pop(name, None) for name in (*_CALL, *_LEGACY_CALL)}
    body = _wire.merged(params, call["extra_body"]) if has_body else None
    request = Request(
        method,
        path,
        body,
        headers=_headers(call),
        query={**({} if has_body else params), **_mapping("extra_query", call["extra_query"])},
        timeouts=_timeouts(call),
        idle_timeout=values.seconds("idle_timeout", call["idle_timeout"]),
        deadline=values.seconds("deadline", call["deadline"]),
        **fixed,
    )
    return Prepared(request, {k: v for k, v in settings.items() if v})


def _headers(call: Mapping[str, Any]) -> Mapping[str, Optional[str]]:
    merged: Dict[str, Optional[str]] = {}
    for name in ("headers", "extra_headers"):
        merged.update(_mapping(name, call[name]))
    if call["request_id"] is not None:
        merged.setdefault("X-Request-Id", call["request_id"])
    return merged


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if value is not None and not isinstance(value, Mapping):
        raise InvalidArgumentError(
            f"{name} must be a dictionary, not a {type(value).__name__}.",
            hint=f'Write {name}={{"name": "value"}}',
        )
    return value or {}


def _timeouts(call: Mapping[str, Any]) -> Optional[Timeouts]:
    """``request_timeout`` (0.28) before ``timeout``; 0 and None mean the default there."""
    value = call["request_timeout"] or call["timeout"]
    return None if value is None else values.timeouts("timeout", value)


def chat(params: Mapping[str, Any]) -> Prepared:
    params = dict(params)
    if "engine" in params:
        params.setdefault("model", params.pop("engine"))
    for name in ("messages", "model"):
        if _wire.given(params).get(name) is None:
            raise InvalidArgumentError(
                f"Missing required argument: {name!r}.",
                hint='Write create(model="deepseek-flash", messages=[{"role": "user", ...}])',
            )
    params["messages"] = _wire.checked_messages(params["messages"])
    return streamed("/chat/completions", params)


def completion(params: Mapping[str, Any]) -> Prepared:
    params = dict(params)
    if "engine" in params:
        params.setdefault("model", params.pop("engine"))
    for name in ("model", "prompt"):
        if name not in _wire.given(params):
            raise InvalidArgumentError(
                f"Missing required argument: {name!r}.",
                hint='Write create(model="deepseek-v4-pro", prompt="def fib(n):", suffix="...")',
            )
    return streamed("/completions", params)


def streamed(path: str, params: Mapping[str, Any]) -> Prepared:
    call = prepared("POST", path, params)
    return call._replace(request=call.request._replace(stream=bool(params.get("stream"))))


def listing(path: str, params: Mapping[str, Any], *, plain_base: bool = False) -> Prepared:
    return prepared("GET", path, params, has_body=False, plain_base=plain_base)


def model(name: str, params: Mapping[str, Any]) -> Prepared:
    if not name or not isinstance(name, str):
        raise InvalidArgumentError(
            f"Expected a non-empty model id, got {name!r}.",
            hint='Write models.retrieve("deepseek-flash")',
        )
    from urllib.parse import quote

    return listing(f"/models/{quote(name, safe='')}", params)


_SDK_OPTIONS = {"headers": "extra_headers", "params": "extra_query", "timeout": "timeout"}


def _sdk_options(options: Any) -> Dict[str, Any]:
    given = _mapping("options", options)
    return {name: given[theirs] for theirs, name in _SDK_OPTIONS.items() if theirs in given}


def free(method: str, path: str, params: Mapping[str, Any]) -> Prepared:
    """``client.post("/path", body={...})``: the way to whatever has no method here.

    What the SDKs' own ``post`` takes beside it is understood (``options``) or has no meaning here
    (``cast_to``, ``stream_cls``).
    """
    params = {**_sdk_options(params.get("options")), **params}
    for name in ("options", "cast_to", "stream_cls"):
        params.pop(name, None)
    if params.pop("files", None):
        raise InvalidArgumentError("dsadapter sends JSON only: files cannot be uploaded with it.")
    body, stream = params.pop("body", None), bool(params.pop("stream", False))
    if not isinstance(path, str) or "://" in path:
        raise InvalidArgumentError(f"path {path!r} is not relative to the base URL.")
    if body is not None and not isinstance(body, Mapping):
        raise InvalidArgumentError(f"body is a {type(body).__name__}, not a dict.")
    call = prepared(method, path, params, has_body=False)
    extra = _wire.merged(dict(body or {}), params.get("extra_body"))
    if body is not None and "stream" not in extra and stream:
        extra["stream"] = True
    sent = extra if body is not None or params.get("extra_body") else None
    return call._replace(request=call.request._replace(body=sent, stream=stream))
