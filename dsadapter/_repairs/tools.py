"""Rules about tool turns that a program asks for: what it got wrong, put right so that it is sent.

They guess what was meant, so each is off until ``repair={"tool-history": True}`` names it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Iterator, List, Optional

from .rule import Body, RuleContext, as_dict, in_messages, part_text

FORMATS = ("text", "json_object")


def tool_history(body: Body, context: RuleContext) -> Optional[str]:
    """Each call with an answer, each answer behind its call: what is missing is put in."""
    before = list(context.messages)
    context.messages[:] = _complete_turns(before)
    added = len(context.messages) - len(before)
    return f"tool turns put in where the history lacks them ({added})" if added else None


def _complete_turns(messages: List[Body]) -> Iterator[Body]:
    waiting: List[str] = []  # ids of calls without an answer
    for message in messages:
        if message.get("role") == "tool":
            call_id = str(message.get("tool_call_id"))
            if call_id not in waiting:
                yield from map(_empty_answer, waiting)
                yield _call_turn(message, call_id)
                waiting = [call_id]
            waiting.remove(call_id)
        else:
            yield from map(_empty_answer, waiting)
            waiting = _call_ids(message)
        yield message
    yield from map(_empty_answer, waiting)


def _call_ids(message: Body) -> List[str]:
    calls = message.get("tool_calls") if message.get("role") == "assistant" else None
    fields = map(as_dict, calls) if isinstance(calls, (list, tuple)) else ()
    return [str(call["id"]) for call in fields if call and call.get("id")]


def _empty_answer(call_id: str) -> Body:
    return {"role": "tool", "tool_call_id": call_id, "content": ""}


def _call_turn(answer: Body, call_id: str) -> Body:
    function = {"name": str(answer.get("name") or "function"), "arguments": "{}"}
    call = {"id": call_id, "type": "function", "function": function}
    return {"role": "assistant", "content": "", "tool_calls": [call]}


def format_name(body: Body, context: RuleContext) -> Optional[str]:
    """``response_format="json_object"`` as the object that names it."""
    name = body.get("response_format")
    if not isinstance(name, str) or name not in FORMATS:
        return None
    body["response_format"] = {"type": name}
    return f"response_format {name!r} sent as {{'type': {name!r}}}"


@in_messages("content of a tool sent as JSON text")
def tool_content(message: Body, body: Body) -> bool:
    """What a tool gave back, where it is no text: an object, a number, a list of values."""
    content = message.get("content")
    if message.get("role") != "tool" or content is None or isinstance(content, str):
        return False
    if isinstance(content, list) and content and all(part_text(part) for part in content):
        return False  # parts of text: text-parts joins them
    text = _as_json(content)
    if text is not None:
        message["content"] = text
    return text is not None


@in_messages("arguments of a tool call sent as JSON text")
def tool_arguments(message: Body, body: Body) -> bool:
    """Arguments that were parsed and not written as text again."""
    calls = message.get("tool_calls")
    if not isinstance(calls, (list, tuple)):
        return False
    changed = [_with_text_arguments(call) for call in calls]
    if all(new is old for new, old in zip(changed, calls)):
        return False
    message["tool_calls"] = changed
    return True


def _with_text_arguments(call: Any) -> Any:
    fields = as_dict(call) or {}
    function = as_dict(fields.get("function")) or {}
    arguments = function.get("arguments")
    text = _as_json(arguments) if isinstance(arguments, Mapping) else None
    if text is None:
        return call
    return {**fields, "function": {**function, "arguments": text}}


def _as_json(value: Any) -> Optional[str]:
    """The value as JSON; None for what JSON does not have."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
