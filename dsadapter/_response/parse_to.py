"""``parse(to=...)`` of raw responses: what a body becomes, and what is refused, as in the SDKs."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Union

from .._record import Record

_AS_IS = (object, Any)
_OF_SDK = ("openai", "openai._models")
_COLLECTIONS = (list, dict, Union)
_FROM_TEXT: Dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: lambda text: text.strip().lower() == "true",
    type(None): lambda text: None,
}


def parse_to(to: Any, response: Any, content: bytes) -> Any:
    """The body as ``to``: None, str, int, float, bool, dict, list, object, a class of HTTP
    responses, a kind of dsadapter's, a model derived from the SDK's ``BaseModel`` or from
    dsadapter's. JSON is not checked against it.

    Raises TypeError for other models of pydantic, RuntimeError for what else cannot hold a body,
    ValueError for a body that is not what its content type says.
    """
    to = _unwrapped(to)
    text = content.decode("utf-8", "replace")
    for plain, read in _FROM_TEXT.items():
        if to is plain:
            return read(text)
    origin = getattr(to, "__origin__", to)
    if isinstance(origin, type) and hasattr(origin, "iter_lines"):
        return response.http_response
    make = _maker(to, origin)
    kind = response.headers.get("content-type") or "*"
    if kind.partition(";")[0].endswith("json"):
        return make(json.loads(content))
    try:
        data = json.loads(content) if _is_model(origin) else text
    except ValueError:
        return text
    return make(data) if _is_model(origin) else text


def check_stream(to: Any, stream: Any) -> Any:
    """``stream``, which is read as one whatever ``to`` says of its chunks; raises TypeError where
    ``to`` is no class of streams."""
    origin = getattr(to, "__origin__", to)
    names = [cls.__name__ for cls in getattr(origin, "__mro__", ())]
    if "Stream" in names or "AsyncStream" in names:
        return stream
    raise TypeError(
        f"parse(to={_shown(to)}): this answer is a stream; pass Stream[...] or nothing, or make "
        "the call without stream=True."
    )


def _unwrapped(to: Any) -> Any:
    """``X`` of ``Annotated[X, ...]`` and of ``type Alias = X``."""
    to = getattr(to, "__value__", to)
    return to.__origin__ if hasattr(to, "__metadata__") else to


def _is_model(cls: Any) -> bool:
    return isinstance(cls, type) and (issubclass(cls, Record) or _is_sdk_model(cls))


def _is_sdk_model(cls: Any) -> bool:
    return any(b.__name__ == "BaseModel" and b.__module__ in _OF_SDK for b in cls.__mro__)


def _maker(to: Any, origin: Any) -> Callable[[Any], Any]:
    """How data becomes ``to``."""
    if to in _AS_IS or origin in _COLLECTIONS:
        arguments: List[Any] = [a for a in getattr(to, "__args__", ()) if _is_model(a)]
        return lambda data: _collected(data, arguments[-1]) if arguments else data
    if _is_model(origin):
        return _constructor(origin)
    if isinstance(origin, type) and any(
        b.__module__.startswith("pydantic") for b in origin.__mro__
    ):
        raise TypeError(
            f"parse(to={_shown(to)}): a model has to be derived from the SDK's BaseModel or from "
            "dsadapter.BaseModel; pydantic's own is made with "
            f"{_shown(to)}.model_validate(response.parse(to=dict))."
        )
    raise RuntimeError(
        f"parse(to={_shown(to)}): pass str, int, float, bool, dict, list, object, a class of HTTP "
        "responses or a model derived from BaseModel; the bytes are in response.content."
    )


def _constructor(cls: Any) -> Callable[[Any], Any]:
    if issubclass(cls, Record):
        kind = vars(cls).get("_modern", cls)  # of dsadapter.ChatCompletion, which is 0.28's
        return lambda data: kind(data) if isinstance(data, dict) else data
    return lambda data: cls.construct(**data) if isinstance(data, dict) else data


def _collected(data: Any, cls: Any) -> Any:
    make = _constructor(cls)
    if isinstance(data, list):
        return [make(item) for item in data]
    return data


def _shown(to: Any) -> str:
    return str(getattr(to, "__name__", to))
