"""A request of the Responses API, read as the chat request that asks for the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List

from .completion_request import READ_URL, WEB_SEARCH, CompletionRequest
from .response import Json

#: The name that a tool of the type `custom` must have.
APPLY_PATCH = "apply_patch"
_ROLES = {"developer": "user"}  # since August 2026; before it was system
_CALLS = ("function_call", "custom_tool_call")
CALL_OUTPUTS = ("function_call_output", "custom_tool_call_output")


@dataclass
class ResponsesRequest(CompletionRequest):
    """`body` is the chat request, `original` what came."""

    original: Dict[str, Any] = field(default_factory=dict)

    @property
    def items(self) -> List[Json]:
        """The input as items; a string is one message of the user."""
        return input_items(self.original)


def input_items(body: Json) -> List[Json]:
    """The input of a body as items. `type` may be left out of a message."""
    value = body.get("input")
    if value is None:
        return []
    items = [{"role": "user", "content": value}] if isinstance(value, str) else value
    return [dict({"type": "message"}, **item) for item in items]


def read(body: Any, text: str, beta: bool, refuse_retired: bool) -> ResponsesRequest:
    """The request of a body whose types are right."""
    return ResponsesRequest(_chat_body(body), text, beta, refuse_retired, original=body)


def _chat_body(body: Json) -> Json:
    shared = ("model", "stream", "temperature", "top_p", "top_logprobs", "title", "safety_check")
    chat = {name: body.get(name) for name in shared}
    chat["messages"] = list(_messages(body))
    chat["tools"] = [_tool(tool) for tool in body.get("tools") or () if _is_known(tool)]
    chat["tool_choice"] = _tool_choice(body.get("tool_choice"))
    chat["max_tokens"] = body.get("max_output_tokens")
    chat["logprobs"] = body.get("top_logprobs") is not None
    effort = (body.get("reasoning") or {}).get("effort")
    chat["thinking"] = effort and {"type": "disabled" if effort == "none" else "enabled"}
    output_format = text_format(body)
    if str(output_format.get("type")).startswith("json"):
        chat["response_format"] = {"type": "json_object", "schema": output_format.get("schema")}
    return chat


def text_format(body: Json) -> Json:
    """What the text shall be; empty for plain text."""
    value = (body.get("text") or {}).get("format")
    return value if isinstance(value, dict) else {}


def _messages(body: Json) -> Iterator[Json]:
    """Items of other types are ignored, as the server does."""
    if body.get("instructions") is not None:
        yield {"role": "system", "content": body["instructions"]}
    for item in input_items(body):
        if item["type"] == "message":
            role = item["role"]
            yield {"role": _ROLES.get(role, role), "content": item.get("content")}
        elif item["type"] in _CALLS:
            call = {"id": item.get("call_id")}
            yield {"role": "assistant", "content": "", "tool_calls": [call]}
        elif item["type"] in CALL_OUTPUTS:
            call_id, output = item.get("call_id"), item.get("output")
            yield {"role": "tool", "tool_call_id": call_id, "content": output}


def _is_known(tool: Json) -> bool:
    return tool["type"] in ("function", "custom", WEB_SEARCH, READ_URL)


def _tool(tool: Json) -> Json:
    """A custom tool as a function of the same name, whose one argument is a text."""
    if tool["type"] == "function":
        return {"type": "function", "function": tool}
    if tool["type"] == "custom":
        parameters = {"properties": {"input": {"type": "string"}}, "required": ["input"]}
        return {"type": "function", "function": dict(tool, parameters=parameters)}
    return tool


def _tool_choice(choice: Any) -> Any:
    return {"function": {"name": choice.get("name")}} if isinstance(choice, dict) else choice
