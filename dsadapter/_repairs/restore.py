"""Replies to functions that were sent as tools: the shape that the caller's code reads."""

from __future__ import annotations

from typing import Any, Iterator

from .rule import Body, Repair

NULL_CONTENT = Repair(
    "functions",
    "content '' of the reply given as null",
    "Code of openai 0.28 tells a function call by it",
)
CALL_KEYS = ("name", "arguments")


def restore_message(message: Body) -> None:
    """The first tool call as ``function_call``, in index: functions know one call a turn."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        function = _function(calls[0])
        del message["tool_calls"]
        message["function_call"] = {key: function.get(key, "") for key in CALL_KEYS}


def restore_reply(data: Body) -> None:
    """A whole chat completion, in index."""
    for choice in _choices(data):
        if isinstance(choice.get("message"), dict):
            restore_message(choice["message"])


def null_content(data: Body) -> bool:
    """null where a function call has empty text, in index; whether there was any.

    OpenAI sent null, and code of 0.28 asks whether content is None.
    """
    messages = [choice.get("message") for choice in _choices(data)]
    calling = [m for m in messages if isinstance(m, dict) and "function_call" in m]
    changed = [message for message in calling if message.get("content", "") == ""]
    for message in changed:
        message["content"] = None
    return bool(changed)


def restore_chunk(data: Body) -> None:
    """One chunk of a stream, in index. Fragments of a second call go: there is no index for them,
    and what they leave may be an empty delta."""
    for choice in _choices(data):
        delta = choice.get("delta")
        if isinstance(delta, dict) and isinstance(delta.get("tool_calls"), list):
            for call in delta.pop("tool_calls"):
                function = _function(call)
                if function and not call.get("index"):
                    delta["function_call"] = {k: function[k] for k in CALL_KEYS if k in function}


def _function(call: Any) -> Body:
    function = call.get("function") if isinstance(call, dict) else None
    return function if isinstance(function, dict) else {}


def _choices(data: Body) -> Iterator[Body]:
    """The choices, with the finish reason of their time."""
    choices = data.get("choices")
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, dict):
            if choice.get("finish_reason") == "tool_calls":
                choice["finish_reason"] = "function_call"
            yield choice
