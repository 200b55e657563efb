"""What a pydantic model in a request is sent as, as openai 3 dumps it."""

from __future__ import annotations

import json
from typing import Any, Dict, Mapping


def dumped(model: Any, *, by_alias: bool = False) -> Any:
    """What was set of a model of pydantic 2 or 1 in the types of JSON, under the names of its
    fields or their aliases; of what only looks like one, its own dump. None for anything else."""
    kind = type(model)
    if isinstance(model, type):  # a class of models
        return None
    if hasattr(kind, "__pydantic_serializer__"):
        options: Dict[str, Any] = {"exclude": getattr(model, "__api_exclude__", None)}
        if by_alias:  # else a model may say itself: serialize_by_alias
            options["by_alias"] = True
        return model.model_dump(mode="json", exclude_unset=True, **options)
    if hasattr(kind, "__fields_set__") and hasattr(kind, "json"):  # whose dict() keeps datetimes
        return json.loads(model.json(exclude_unset=True, by_alias=by_alias))
    dump = getattr(model, "model_dump", None)
    return dump(exclude_unset=True) if callable(dump) else None


def by_aliases(body: Mapping[str, Any]) -> Dict[str, Any]:
    """The same body with each model in it as a dict, under the aliases of its fields: how the SDKs
    send what they have no types for, ``extra_body`` and the body of ``client.post``."""
    try:
        return {key: _plain(item) for key, item in body.items()}
    except (
        TypeError,
        ValueError,
        RecursionError,
    ):  # it cannot be sent, and whoever writes the JSON says why
        return dict(body)


def _plain(value: Any) -> Any:
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    dump = dumped(value, by_alias=True)
    return value if dump is None else dump
