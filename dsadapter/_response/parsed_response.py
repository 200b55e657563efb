"""Responses whose texts and calls are also objects of the caller's classes."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from .._errors.tree import APIResponseError, InvalidArgumentError
from .._native_class import native_names
from .output_types import (
    OutputTypes,
    PydanticFunctionTool,
    is_output_type,
    no_output_type,
    response_format_param,
)
from .parsed import T, _OfType, _Parsed, _WithParsed
from .resource_types import Response, ResponseContent, ResponseOutputItem

TYPE_CHECKING = False

_MODULE = "parsed_response"
_FINAL_PHASES = (None, "final_answer")  # of a message whose text is the answer


def _natives(name: str) -> Any:
    return native_names(_MODULE, name, "openai.types.responses")


class ParsedResponseContent(ResponseContent, _WithParsed):
    """A part of an output item; of a text ``parsed`` is the object."""

    _own_natives = {"output_text": _natives("ParsedResponseOutputText")}
    if TYPE_CHECKING:
        parsed: Any
    else:
        parsed = property(lambda self: self._parsed)


class ParsedResponseOutputItem(ResponseOutputItem, _WithParsed):
    """A message, a reasoning, a call; of a call ``parsed_arguments`` is the object."""

    content: Optional[List[ParsedResponseContent]]  # type: ignore[assignment]

    _name = "parsed_arguments"
    _own_natives = {
        "message": _natives("ParsedResponseOutputMessage"),
        "function_call": _natives("ParsedResponseFunctionToolCall"),
    }
    if TYPE_CHECKING:
        parsed_arguments: Any
    else:
        parsed_arguments = property(lambda self: self._parsed)


class ParsedResponse(Response, _Parsed, _OfType[T], parsed="responses.parsed_response"):
    """The reply of ``responses.parse``."""

    output: List[ParsedResponseOutputItem]  # type: ignore[assignment]

    @property
    def output_parsed(self) -> Optional[T]:
        """The first text that became an object; None where there is none."""
        parts = (part for item in self.output for part in item.content or ())
        parsed: Optional[T] = next((part.parsed for part in parts if part.parsed is not None), None)
        return parsed


# --- what is sent ---------------------------------------------------------------------------------


def request_of(
    text_format: Any, params: Mapping[str, Any], parse_as: Any = None
) -> Tuple[Dict[str, Any], OutputTypes]:
    """The keyword arguments for ``create``, and what its answer becomes: one of ``parse_as``, else
    of ``text_format``.

    Raises InvalidArgumentError for what is no class, for a class that has no JSON schema, and for
    two formats at once.
    """
    request = dict(params)
    for value in (text_format, parse_as):
        if value is not None and not is_output_type(value):
            raise no_output_type(value)
    if text_format is not None:
        text = request.get("text") or {}
        if "format" in text:
            raise InvalidArgumentError("Cannot mix and match text.format with text_format.")
        schema = response_format_param(text_format)["json_schema"]
        request["text"] = {**text, "format": {"type": "json_schema", **schema}}
    tools = [_flat(tool) for tool in request.get("tools") or ()]
    if tools:
        request["tools"] = tools
    named = [{"type": "function", "function": tool} for tool in tools if _is_function(tool)]
    return request, OutputTypes(parse_as or text_format, named)


def _is_function(tool: Mapping[str, Any]) -> bool:
    return tool.get("type") == "function"


def _flat(tool: Any) -> Any:
    """A tool of ``pydantic_function_tool``, ours or an SDK's, in the shape of this API."""
    function = tool.get("function") if _is_function(tool) else None
    if function is None:
        return tool
    flat = PydanticFunctionTool(type="function", **function)
    if hasattr(function, "model"):
        flat.model = function.model
    return flat


# --- what comes back ------------------------------------------------------------------------------


def parse_response(data: Mapping[str, Any], types: OutputTypes) -> ParsedResponse[Any]:
    """The response with ``parsed`` and ``parsed_arguments`` set.

    Raises APIResponseError (a ValueError) for an answer that does not fit.
    """
    response: ParsedResponse[Any] = ParsedResponse(data)
    try:
        for item in response.get("output") or ():
            if item.get("type") == "function_call":
                item.parsed_arguments = types.arguments(item)
            elif item.get("type") == "message":
                _parse_texts(item, types)
    except APIResponseError as err:
        err.partial_response = response
        raise
    return response


def _parse_texts(message: Any, types: OutputTypes) -> None:
    for part in message.content or ():
        if part.get("type") == "output_text":
            part.parsed = parse_text(part.get("text"), message.get("phase"), types)


def parse_text(text: Any, phase: Any, types: OutputTypes) -> Any:
    """The object that a text becomes; None for one that is not the answer."""
    return types.content({"content": text}) if phase in _FINAL_PHASES else None
