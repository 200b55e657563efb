"""The caller's classes for answers: as JSON schemas on the way out, as objects on the way back.

pydantic is the caller's: it is used where a class of it was given, and imported by nobody here
before that.
"""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Mapping, Optional

from .._errors.parsing import content_error
from .._errors.tree import InvalidArgumentError


def is_output_type(value: Any) -> bool:
    """Whether ``response_format`` names a class, and not the API's own object."""
    return isinstance(value, type)


def response_format_param(value: Any) -> Any:
    """``response_format`` as the API takes it: a class becomes its JSON schema.

    Raises InvalidArgumentError for a class that has none, models of pydantic 1 among them, and for
    what is neither a class nor the API's own object, ``List[Answer]`` and ``Optional[Answer]``.
    """
    if not is_output_type(value):
        is_api_object = isinstance(value, Mapping) or hasattr(type(value), "model_dump")
        if value and not is_api_object:  # None and the markers for "not given" are false
            raise no_output_type(value)
        return value
    json_schema = {"schema": schema_of(value), "name": value.__name__, "strict": True}
    return {"type": "json_schema", "json_schema": json_schema}


def schema_of(cls: Any) -> Dict[str, Any]:
    """The strict JSON schema of a pydantic model or dataclass; raises InvalidArgumentError."""
    if hasattr(cls, "model_json_schema"):
        schema = cls.model_json_schema()
    elif hasattr(cls, "__pydantic_config__"):
        schema = _type_adapter(cls).json_schema()
    elif hasattr(cls, "parse_obj") and hasattr(cls, "__fields__"):
        raise InvalidArgumentError(
            f"{cls.__name__} is a model of pydantic 1; structured output needs pydantic 2.",
            hint='Run pip install "pydantic>=2" and derive it from pydantic.BaseModel',
        )
    else:
        raise no_output_type(cls)
    return _strict(schema, schema)


def no_output_type(value: Any) -> InvalidArgumentError:
    """The error for what has no JSON schema."""
    return InvalidArgumentError(
        f"{value!r} is neither a pydantic model nor a pydantic dataclass.",
        hint="Write class Answer(pydantic.BaseModel): ... and pass Answer; lists are fields of it",
    )


def _type_adapter(cls: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def _strict(node: Dict[str, Any], root: Mapping[str, Any]) -> Dict[str, Any]:
    """``node`` changed to what strict mode takes: every property required and none beside them,
    no default of None, no reference with anything beside it."""
    for name in ("$defs", "definitions"):
        for definition in (node.get(name) or {}).values():
            _strict(definition, root)
    if node.get("type") == "object":
        node.setdefault("additionalProperties", False)
    if isinstance(node.get("properties"), dict):
        node["required"] = list(node["properties"])
        node["properties"] = {k: _strict(v, root) for k, v in node["properties"].items()}
    if isinstance(node.get("items"), dict):
        node["items"] = _strict(node["items"], root)
    for name in ("anyOf", "allOf"):
        if isinstance(node.get(name), list):
            node[name] = [_strict(variant, root) for variant in node[name]]
    if len(node.get("allOf") or ()) == 1:
        node.update(node.pop("allOf")[0])
    if node.get("default", 0) is None:
        del node["default"]
    if "$ref" in node and len(node) > 1:
        node = {**_resolved(root, node["$ref"]), **{k: v for k, v in node.items() if k != "$ref"}}
        return _strict(node, root)
    return node


def _resolved(root: Mapping[str, Any], ref: str) -> Dict[str, Any]:
    node: Any = root
    for step in ref.split("/")[1:]:
        node = node[step]
    return dict(node)


class PydanticFunctionTool(Dict[str, Any]):
    """The ``function`` of a tool that knows the class of its arguments."""

    model: Any


def pydantic_function_tool(
    model: Any, *, name: Optional[str] = None, description: Optional[str] = None
) -> Dict[str, Any]:
    """A tool whose arguments are an object of ``model``, a class of pydantic 2.

    ``parse`` and ``stream`` then give them as ``tool_call.function.parsed_arguments``. ``name``
    is the class's own unless given, ``description`` its docstring.
    """
    function = PydanticFunctionTool(
        name=name or model.__name__, strict=True, parameters=schema_of(model)
    )
    function.model = model
    text = model.__doc__ if description is None else description
    if text is not None:
        function["description"] = text
    return {"type": "function", "function": function}


class OutputTypes:
    """What the answer of one call is to become: the class of its text, and of its calls."""

    def __init__(self, response_format: Any = None, tools: Iterable[Any] = ()) -> None:
        """``response_format`` and ``tools`` as the caller wrote them; the SDKs' own
        ``pydantic_function_tool`` is understood."""
        self.content_type: Any = response_format if is_output_type(response_format) else None
        self._functions: Dict[Any, Any] = {}
        for tool in tools or ():
            if isinstance(tool, Mapping) and tool.get("type") == "function":
                function = tool.get("function") or {}
                self._functions.setdefault(function.get("name"), function)

    @property
    def parses(self) -> bool:
        """Whether anything of the answer is parsed."""
        return self.content_type is not None or any(map(_is_strict, self._functions.values()))

    def is_strict(self, name: Any) -> bool:
        """Whether the arguments of this function are JSON that follows its schema."""
        return _is_strict(self._functions.get(name))

    def content(self, message: Mapping[str, Any]) -> Any:
        """The text of ``message`` as an object; None for a refusal, or where nothing was asked.

        Raises APIResponseError (a ValueError) where it does not fit.
        """
        text = message.get("content")
        if self.content_type is None or not text or message.get("refusal"):
            return None
        return _validated(self.content_type, text, "The answer")

    def arguments(self, function: Mapping[str, Any]) -> Any:
        """The arguments of a call: an object of the tool's class, a dict for a strict schema, else
        None. Raises as :meth:`content`."""
        name, text = function.get("name"), function.get("arguments") or ""
        known = self._functions.get(name)
        model = getattr(known, "model", None)
        if isinstance(model, type):
            return _validated(model, text, f"The call of {name}")
        if not _is_strict(known):
            return None
        try:
            return json.loads(text)
        except ValueError as err:
            raise content_error(f"The call of {name} is no JSON: {err}", text) from err


def _is_strict(function: Any) -> bool:
    return bool(function and (function.get("strict") or hasattr(function, "model")))


def _validated(cls: Any, text: str, owner: str) -> Any:
    validate = getattr(cls, "model_validate_json", None) or _type_adapter(cls).validate_json
    try:
        return validate(text)
    except ValueError as err:
        raise content_error(f"{owner} does not fit {cls.__name__}: {err}", text) from err
