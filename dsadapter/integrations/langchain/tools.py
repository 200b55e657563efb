"""Tools and structured output: LangChain's ways to say them, as DeepSeek's parameters."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Dict, List, Optional, Sequence

from langchain_core.output_parsers import JsonOutputParser, PydanticOutputParser
from langchain_core.output_parsers.openai_tools import JsonOutputKeyToolsParser, PydanticToolsParser
from langchain_core.runnables import Runnable, RunnableMap, RunnablePassthrough
from langchain_core.utils.function_calling import convert_to_openai_tool
from langchain_core.utils.pydantic import is_basemodel_subclass

FORCED = ("any", "required", True)


def parameters(tools: Sequence[Any], tool_choice: Any, strict: Optional[bool]) -> Dict[str, Any]:
    """``tools`` and ``tool_choice`` of a request."""
    converted = [convert_to_openai_tool(tool, strict=strict) for tool in tools]
    params: Dict[str, Any] = {"tools": converted}
    if tool_choice:
        params["tool_choice"] = _choice(tool_choice, converted)
    return params


def _choice(choice: Any, tools: List[Dict[str, Any]]) -> Any:
    if choice in FORCED:
        return "required"
    if choice in [tool["function"]["name"] for tool in tools if "function" in tool]:
        return {"type": "function", "function": {"name": choice}}
    if isinstance(choice, dict) or choice in ("auto", "none"):
        return choice
    raise ValueError(
        f"tool_choice={choice!r} is neither the name of one of the tools nor 'auto', 'none', "
        "'any', 'required', True or a dict."
    )


def structured(
    model: Any, schema: Any, method: str, include_raw: bool, strict: Optional[bool], extra: Any
) -> Runnable:
    """The model with answers parsed into ``schema``."""
    is_class = isinstance(schema, type) and is_basemodel_subclass(schema)
    output_format = {"kwargs": {"method": method, "strict": strict}, "schema": schema}
    extra = {**extra, "ls_structured_output_format": output_format}
    if method == "json_mode":
        bound = model.bind(response_format={"type": "json_object"}, **extra)
        parser = PydanticOutputParser(pydantic_object=schema) if is_class else JsonOutputParser()
    elif method in ("function_calling", "json_schema"):
        if schema is None:
            raise ValueError(f"method={method!r} needs a schema.")
        name = convert_to_openai_tool(schema)["function"]["name"]
        bound = model.bind_tools([schema], tool_choice=name, strict=strict, **extra)
        parser = (
            PydanticToolsParser(tools=[schema], first_tool_only=True)
            if is_class
            else JsonOutputKeyToolsParser(key_name=name, first_tool_only=True)
        )
    else:
        known = "'function_calling', 'json_mode' and 'json_schema'"
        raise ValueError(f"method={method!r} is not known; known are {known}.")
    return _with_raw(bound, parser) if include_raw else bound | parser


def _with_raw(bound: Runnable, parser: Runnable) -> Runnable:
    """``raw``, ``parsed`` and ``parsing_error`` instead of the parsed answer."""
    parsed = RunnablePassthrough.assign(
        parsed=itemgetter("raw") | parser, parsing_error=lambda _: None
    )
    unparsed = RunnablePassthrough.assign(parsed=lambda _: None)
    guarded = parsed.with_fallbacks([unparsed], exception_key="parsing_error")
    return RunnableMap(raw=bound) | guarded
