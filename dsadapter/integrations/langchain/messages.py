"""LangChain's messages to DeepSeek's and back. No I/O."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional, Tuple

from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    ChatMessage,
    FunctionMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
    convert_to_openai_messages,
)
from langchain_core.messages.tool import invalid_tool_call, tool_call, tool_call_chunk

Message = Dict[str, Any]
REASONING = "reasoning_content"
_THOUGHTS = {"reasoning": "reasoning", "thinking": "thinking"}  # kinds of blocks: where the text is
_ROLES = (
    (HumanMessage, "user"),
    (SystemMessage, "system"),
    (ToolMessage, "tool"),
    (FunctionMessage, "function"),
)


# --- to the wire ---------------------------------------------------------------------------------


def to_wire(messages: List[BaseMessage], *, tools: bool) -> List[Message]:
    """The messages as DeepSeek takes them.

    Where tools are in play (``tools``: the request has some), it wants the reasoning of earlier
    turns back; else it is left out.
    """
    wire = [_one(message) for message in messages]
    if not (tools or any(message.get("tool_calls") for message in wire)):
        for message in wire:
            message.pop(REASONING, None)
    return wire


def _one(message: BaseMessage) -> Message:
    if isinstance(message, AIMessage):
        return _assistant(message)
    named = {"name": message.name} if message.name else {}
    if isinstance(message, ChatMessage):
        return {"role": message.role, "content": _text(message.content), **named}
    role = next((role for kind, role in _ROLES if isinstance(message, kind)), None)
    if role is None:
        raise TypeError(f"{type(message).__name__} cannot be sent to a chat model: {message!r:.80}")
    if isinstance(message, ToolMessage):
        content = _tool_content(message.content)
        return {"role": role, "tool_call_id": message.tool_call_id, "content": content}
    content = _parts(message) if role == "user" else _text(message.content)
    return {"role": role, "content": content, **named}


def _assistant(message: AIMessage) -> Message:
    wire: Message = {"role": "assistant", "content": _text(message.content)}
    if message.name:
        wire["name"] = message.name
    calls = [
        _call(call, json.dumps(call["args"], ensure_ascii=False)) for call in message.tool_calls
    ]
    calls += [_call(call, call["args"] or "") for call in message.invalid_tool_calls]
    calls = calls or message.additional_kwargs.get("tool_calls") or []
    if calls:
        wire["tool_calls"] = calls
    elif "function_call" in message.additional_kwargs:
        wire["function_call"] = message.additional_kwargs["function_call"]
    reasoning = message.additional_kwargs.get(REASONING) or _thoughts(message.content)
    if reasoning:
        wire[REASONING] = reasoning
    return wire


def _call(call: Mapping[str, Any], arguments: str) -> Dict[str, Any]:
    function = {"name": call["name"], "arguments": arguments}
    return {"id": call["id"], "type": "function", "function": function}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _blocks(content: Any) -> List[Dict[str, Any]]:
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [{"type": "text", "text": b} if isinstance(b, str) else b for b in content]


def _text(content: Any) -> str:
    return "".join(b.get("text") or "" for b in _blocks(content) if b.get("type") == "text")


def _thoughts(content: Any) -> str:
    """Reasoning that stands in the content, as LangChain's ``output_version="v1"`` has it."""
    found = ((block, _THOUGHTS.get(str(block.get("type")))) for block in _blocks(content))
    return "".join(block.get(field) or "" for block, field in found if field)


def _tool_content(content: Any) -> str:
    if all(block.get("type") == "text" for block in _blocks(content)):
        return _text(content)
    return _written(content)


def _parts(message: BaseMessage) -> Any:
    """A user's text, or parts with images in whatever form LangChain knows them."""
    if isinstance(message.content, str):
        return message.content
    return convert_to_openai_messages([message], text_format="block")[0]["content"]


# --- from the wire -------------------------------------------------------------------------------


def from_wire(message: Mapping[str, Any], usage: Any, about: Dict[str, Any]) -> AIMessage:
    """A whole message; ``about`` becomes its response_metadata."""
    calls, broken = _parsed(message.get("tool_calls") or ())
    return AIMessage(
        content=message.get("content") or "",
        additional_kwargs=_extras(message),
        tool_calls=calls,
        invalid_tool_calls=broken,
        usage_metadata=usage,
        response_metadata=about,
    )


def chunk_from_wire(delta: Mapping[str, Any], usage: Any, about: Dict[str, Any]) -> AIMessageChunk:
    """A piece of a message."""
    return AIMessageChunk(
        content=delta.get("content") or "",
        additional_kwargs=_extras(delta),
        tool_call_chunks=[_piece(call) for call in delta.get("tool_calls") or ()],
        usage_metadata=usage,
        response_metadata=about,
    )


def _extras(message: Mapping[str, Any]) -> Dict[str, Any]:
    names = (REASONING, "function_call")
    return {name: _plain(message[name]) for name in names if message.get(name)}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def _piece(call: Mapping[str, Any]) -> Any:
    function = call.get("function") or {}
    return tool_call_chunk(
        name=function.get("name"),
        args=function.get("arguments"),
        id=call.get("id"),
        index=call.get("index"),
    )


def _parsed(calls: Any) -> Tuple[List[Any], List[Any]]:
    """Calls whose arguments are a JSON object, and those whose are not."""
    good, broken = [], []
    for call in calls:
        name, arguments = call["function"]["name"], call["function"].get("arguments") or "{}"
        try:
            found = json.loads(arguments, strict=False)
            if not isinstance(found, dict):
                raise ValueError(f"the arguments are no object: {arguments!r:.80}")
            good.append(tool_call(name=name, args=found, id=call.get("id")))
        except ValueError as err:
            broken.append(
                invalid_tool_call(name=name, args=arguments, id=call.get("id"), error=str(err))
            )
    return good, broken


def usage_metadata(usage: Optional[Mapping[str, Any]]) -> Any:
    """LangChain's counts of tokens; cached and reasoning ones are parts of input and output."""
    if not usage:
        return None
    cached = usage.get("prompt_cache_hit_tokens")
    if cached is None:
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
    thought = (usage.get("completion_tokens_details") or {}).get("reasoning_tokens")
    asked, answered = usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0
    found: Dict[str, Any] = {
        "input_tokens": asked,
        "output_tokens": answered,
        "total_tokens": usage.get("total_tokens") or asked + answered,
    }
    if cached is not None:
        found["input_token_details"] = {"cache_read": cached}
    if thought is not None:
        found["output_token_details"] = {"reasoning": thought}
    return found
