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
# Kinds of blocks: where their text is.
_REASONING_BLOCKS = {"reasoning": "reasoning", "thinking": "thinking"}
_ROLES = (
    (HumanMessage, "user"),
    (SystemMessage, "system"),
    (ToolMessage, "tool"),
    (FunctionMessage, "function"),
)


# --- to the wire ---------------------------------------------------------------------------------


def to_api(messages: List[BaseMessage], *, tools: bool) -> List[Message]:
    """The messages as DeepSeek takes them.

    Where tools are in play (``tools``: the request has some), it wants the reasoning of earlier
    turns back; else it is left out.
    """
    converted = [_convert(message) for message in messages]
    if not (tools or any(message.get("tool_calls") for message in converted)):
        for message in converted:
            message.pop(REASONING, None)
    return converted


def _convert(message: BaseMessage) -> Message:
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
    request_message: Message = {"role": "assistant", "content": _text(message.content)}
    if message.name:
        request_message["name"] = message.name
    calls = [
        _call(call, json.dumps(call["args"], ensure_ascii=False)) for call in message.tool_calls
    ]
    calls += [_call(call, call["args"] or "") for call in message.invalid_tool_calls]
    calls = calls or message.additional_kwargs.get("tool_calls") or []
    if calls:
        request_message["tool_calls"] = calls
    elif "function_call" in message.additional_kwargs:
        request_message["function_call"] = message.additional_kwargs["function_call"]
    reasoning = message.additional_kwargs.get(REASONING) or _reasoning_blocks(message.content)
    if reasoning:
        request_message[REASONING] = reasoning
    return request_message


def _call(call: Mapping[str, Any], arguments: str) -> Dict[str, Any]:
    function = {"name": call["name"], "arguments": arguments}
    return {"id": call["id"], "type": "function", "function": function}


def _dump_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _blocks(content: Any) -> List[Dict[str, Any]]:
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [{"type": "text", "text": b} if isinstance(b, str) else b for b in content]


def _text(content: Any) -> str:
    return "".join(b.get("text") or "" for b in _blocks(content) if b.get("type") == "text")


def _reasoning_blocks(content: Any) -> str:
    """Reasoning that stands in the content, as LangChain's ``output_version="v1"`` has it."""
    blocks = ((block, _REASONING_BLOCKS.get(str(block.get("type")))) for block in _blocks(content))
    return "".join(block.get(field) or "" for block, field in blocks if field)


def _tool_content(content: Any) -> str:
    if all(block.get("type") == "text" for block in _blocks(content)):
        return _text(content)
    return _dump_json(content)


def _parts(message: BaseMessage) -> Any:
    """A user's text, or parts with images in whatever form LangChain knows them."""
    if isinstance(message.content, str):
        return message.content
    return convert_to_openai_messages([message], text_format="block")[0]["content"]


# --- from the wire -------------------------------------------------------------------------------


def from_api(message: Mapping[str, Any], usage: Any, metadata: Dict[str, Any]) -> AIMessage:
    """A whole message; ``about`` becomes its response_metadata."""
    calls, invalid = _parsed(message.get("tool_calls") or ())
    return AIMessage(
        content=message.get("content") or "",
        additional_kwargs=_extras(message),
        tool_calls=calls,
        invalid_tool_calls=invalid,
        usage_metadata=usage,
        response_metadata=metadata,
    )


def chunk_from_api(
    delta: Mapping[str, Any], usage: Any, metadata: Dict[str, Any]
) -> AIMessageChunk:
    """A piece of a message."""
    return AIMessageChunk(
        content=delta.get("content") or "",
        additional_kwargs=_extras(delta),
        tool_call_chunks=[_tool_call_chunk(call) for call in delta.get("tool_calls") or ()],
        usage_metadata=usage,
        response_metadata=metadata,
    )


def _extras(message: Mapping[str, Any]) -> Dict[str, Any]:
    names = (REASONING, "function_call")
    return {name: _as_dict(message[name]) for name in names if message.get(name)}


def _as_dict(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def _tool_call_chunk(call: Mapping[str, Any]) -> Any:
    function = call.get("function") or {}
    return tool_call_chunk(
        name=function.get("name"),
        args=function.get("arguments"),
        id=call.get("id"),
        index=call.get("index"),
    )


def _parsed(calls: Any) -> Tuple[List[Any], List[Any]]:
    """Calls whose arguments are a JSON object, and those whose are not."""
    valid, invalid = [], []
    for call in calls:
        name, arguments = call["function"]["name"], call["function"].get("arguments") or "{}"
        try:
            parsed = json.loads(arguments, strict=False)
            if not isinstance(parsed, dict):
                raise ValueError(f"the arguments are no object: {arguments!r:.80}")
            valid.append(tool_call(name=name, args=parsed, id=call.get("id")))
        except ValueError as err:
            invalid.append(
                invalid_tool_call(name=name, args=arguments, id=call.get("id"), error=str(err))
            )
    return valid, invalid


def usage_metadata(usage: Optional[Mapping[str, Any]]) -> Any:
    """LangChain's counts of tokens; cached and reasoning ones are parts of input and output."""
    if not usage:
        return None
    cached = usage.get("prompt_cache_hit_tokens")
    if cached is None:
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
    reasoning = (usage.get("completion_tokens_details") or {}).get("reasoning_tokens")
    input_tokens = usage.get("prompt_tokens") or 0
    output_tokens = usage.get("completion_tokens") or 0
    counts: Dict[str, Any] = {
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "total_tokens": usage.get("total_tokens") or input_tokens + output_tokens,
    }
    if cached is not None:
        counts["input_token_details"] = {"cache_read": cached}
    if reasoning is not None:
        counts["output_token_details"] = {"reasoning": reasoning}
    return counts
