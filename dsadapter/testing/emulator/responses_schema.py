"""The schema and the rules of the Responses API.

Known are its fields, the two sentences about `input_image`, and what else is refused with a 400.
Every other sentence is a guess in the style of the chat's, and so is the envelope.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Optional, Tuple

from .json_errors import TypeMismatch, element_start, type_name, value_end, variants
from .response import JSON, Json
from .responses_request import APPLY_PATCH, CALL_OUTPUTS, ResponsesRequest, text_format
from .rules import (
    MAX_OUTPUT,
    Rule,
    bad_name,
    content_risk,
    context_length,
    known_model,
    named_tool_exists,
    out_of_range,
    reviewed_choice,
    temperature,
    too_long,
    tool_count,
    top_p,
)
from .schema import Types, check_fields, check_switches, check_variant

ROLES = ("user", "assistant", "system", "developer")
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
FORMATS = ("text", "json_object", "json_schema")
FIELDS: Dict[str, Tuple[Types, str]] = {
    "model": (str, "a string"),
    "input": ((str, list), "a string or a sequence"),
    "instructions": (str, "a string"),
    "stream": (bool, "a boolean"),
    "max_output_tokens": (int, "u32"),
    "temperature": ((int, float), "f32"),
    "top_p": ((int, float), "f32"),
    "top_logprobs": (int, "u8"),
    "user": (str, "a string"),
    "reasoning": (dict, "a map"),
    "text": (dict, "a map"),
    "tools": (list, "a sequence"),
    "tool_choice": ((str, dict), "a string or a map"),
    "title": (dict, "a map"),
    "safety_check": (dict, "a map"),
}


def check(body: Any, text: str) -> None:
    """Raise the Mismatch of the first thing that has a wrong type."""
    check_fields(body, text, FIELDS, ("model",))
    for name in ("input", "tools"):
        values = body.get(name)
        for index, value in enumerate(values if isinstance(values, list) else ()):
            problem = _tool(value) if name == "tools" else _item(value)
            if problem:
                start = element_start(text, name, index)
                raise TypeMismatch(f"{name}[{index}]{problem}", value_end(text, start))
    check_variant(body, text, ("reasoning", "effort"), EFFORTS)
    check_variant(body, text, ("text", "format", "type"), FORMATS)
    if isinstance(body.get("tool_choice"), str):
        check_variant(body, text, ("tool_choice",), ("none", "auto", "required"))
    check_switches(body, text)


def _item(item: Any) -> Optional[str]:
    if not isinstance(item, dict):
        return f": invalid type: {type_name(item)}, expected a map"
    if not isinstance(item.get("type", ""), str):
        return f".type: invalid type: {type_name(item['type'])}, expected a string"
    if item.get("type", "message") != "message":
        return None
    role = item.get("role")
    if role not in ROLES:
        return f".role: unknown variant `{role}`, {variants(ROLES)}"
    content = item.get("content")
    if isinstance(content, str) or _are_parts(content):
        return None
    return f".content: invalid type: {type_name(content)}, expected a string or a sequence"


def _are_parts(content: Any) -> bool:
    return isinstance(content, list) and all(isinstance(part, dict) for part in content)


def _tool(tool: Any) -> Optional[str]:
    if not isinstance(tool, dict) or not isinstance(tool.get("type"), str):
        return ": missing field `type`"
    if tool["type"] in ("function", "custom") and not isinstance(tool.get("name"), str):
        return ": missing field `name`"
    return None


# -- rules


def has_input(request: ResponsesRequest) -> Optional[str]:
    """There is something to answer."""
    return None if request.messages else "Either input or instructions must be provided"


def ranges(request: ResponsesRequest) -> Optional[str]:
    """Numbers and the name of the user are within their limits."""
    get = request.original.get
    return (
        out_of_range("max_output_tokens", get("max_output_tokens") or 1, 1, MAX_OUTPUT)
        or out_of_range("top_logprobs", get("top_logprobs") or 0, 0, 20)
        or too_long("user", (get("user") or "").encode("utf-8"), 512)
    )


def tool_names(request: ResponsesRequest) -> Optional[str]:
    """Functions have names of up to 128 characters; the only custom tool is known by its name."""
    for index, tool in enumerate(request.original.get("tools") or ()):
        if tool["type"] == "custom" and tool["name"] != APPLY_PATCH:
            return f"custom tool '{tool['name']}' is not supported, expected '{APPLY_PATCH}'"
        problem = tool["type"] == "function" and bad_name(f"tools[{index}].name", tool["name"], 128)
        if problem:
            return problem
    return None


def schema_is_complete(request: ResponsesRequest) -> Optional[str]:
    """A json_schema has a name and a schema."""
    output_format = text_format(request.original)
    if output_format.get("type") != "json_schema":
        return None
    missing = [name for name in ("name", "schema") if not output_format.get(name)]
    return f"Missing required parameter: 'text.format.{missing[0]}'" if missing else None


def calls_have_outputs(request: ResponsesRequest) -> Optional[str]:
    """Every call has an id of its own, and an output."""
    calls = [item for item in request.items if item["type"].endswith("_call")]
    ids: List[Any] = [c.get("call_id") for c in calls if c["type"] + "_output" in CALL_OUTPUTS]
    outputs = [i.get("call_id") for i in request.items if i["type"] in CALL_OUTPUTS]
    if not all(ids) or not all(outputs):
        return "call_id must not be empty"
    repeated = [call_id for call_id, count in Counter(map(str, ids)).items() if count > 1]
    if repeated:
        return f"Duplicate call_id '{repeated[0]}'"
    missing = [call_id for call_id in ids if call_id not in outputs]
    return f"No tool output found for function call {missing[0]}" if missing else None


def images(request: ResponsesRequest) -> Optional[str]:
    """An image has one source, and stands where the user speaks, or a tool."""
    for item in request.items:
        content = item.get("content") or item.get("output")
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict) and part.get("type") == "input_image":
                problem = _image(part, item)
                if problem:
                    return problem
    return None


def _image(part: Json, item: Json) -> Optional[str]:
    sources = [name for name in ("image_url", "file_id") if part.get(name)]
    if not sources:
        return "input_image must have image_url or file_id"
    if len(sources) > 1:
        return "input_image cannot have both image_url and file_id"
    if item.get("role") in ("system", "assistant"):
        return f"input_image is not allowed in messages with role '{item['role']}'"
    return None


RULES: Tuple[Tuple[Rule, str], ...] = (
    (known_model, JSON),
    (has_input, JSON),
    (temperature, JSON),
    (top_p, JSON),
    (ranges, JSON),
    (schema_is_complete, JSON),
    (tool_count, JSON),
    (tool_names, JSON),
    (reviewed_choice, JSON),
    (named_tool_exists, JSON),
    (calls_have_outputs, JSON),
    (images, JSON),
    (context_length, JSON),
    (content_risk, JSON),
)
