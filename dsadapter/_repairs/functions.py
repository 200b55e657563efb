"""Functions of 0.28's time as tools of today: the request and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Iterator, List, Optional

from .rule import Body, RuleContext, as_dict, thinks


def functions_as_tools(body: Body, context: RuleContext) -> Optional[str]:
    """``functions`` and ``function_call`` as ``tools`` and ``tool_choice``."""
    functions = body.get("functions")
    if not isinstance(functions, (list, tuple)) or not functions or body.get("tools"):
        return None
    del body["functions"]
    body["tools"] = [{"type": "function", "function": function} for function in functions]
    choice = body.pop("function_call", None)
    if choice is not None and body.get("tool_choice") is None:
        is_name = isinstance(choice, Mapping)
        body["tool_choice"] = {"type": "function", "function": choice} if is_name else choice
    context.restore = True
    return f"functions sent as tools ({len(functions)})"


def _called(message: Body) -> Optional[Body]:
    """The ``function_call`` of an assistant turn."""
    call = message.get("function_call")
    if call is None or message.get("role") != "assistant" or message.get("tool_calls"):
        return None
    return as_dict(call)


def _call_turn(message: Body, call_id: str, call: Body) -> Body:
    turn = {key: value for key, value in message.items() if key != "function_call"}
    function = {"arguments": "{}", **call}
    calls = [{"id": call_id, "type": "function", "function": function}]
    return {**turn, "content": turn.get("content") or "", "tool_calls": calls}


def _answer_turn(message: Body, call_id: str) -> Body:
    content = message.get("content")
    ids = {"role": "tool", "tool_call_id": call_id}
    return {**message, **ids, "content": "" if content is None else content}


def _tool_turns(messages: List[Body]) -> Iterator[Body]:
    """Function turns as tool turns. Of tools each call wants an answer and each answer a call, of
    functions they did not: what is missing is put in. Ids follow from the index, for the cache."""
    waiting = ""
    for at, message in enumerate(messages):
        answers, call = message.get("role") == "function", _called(message)
        if answers and not waiting:
            waiting = f"call_function_{at}"
            asked = {"name": message.get("name") or "function"}
            yield _call_turn({"role": "assistant"}, waiting, asked)
        if waiting:
            yield _answer_turn(message if answers else {}, waiting)
            waiting = ""
        if call is not None:
            waiting = f"call_function_{at}"
            yield _call_turn(message, waiting, call)
        elif not answers:
            yield message
    if waiting:
        yield _answer_turn({}, waiting)


def function_history(body: Body, context: RuleContext) -> Optional[str]:
    """Turns of functions in the history as turns of tools."""
    old = [m for m in context.messages if m.get("role") == "function" or _called(m) is not None]
    if not old:
        return None
    context.messages[:] = list(_tool_turns(context.messages))
    return f"function turns of the history sent as tool turns ({len(old)})"


def forced_tool_choice(body: Body, context: RuleContext) -> Optional[str]:
    """Thinking off where a tool is forced, unless it is off already."""
    choice = body.get("tool_choice")
    forced = isinstance(choice, Mapping) and "function" in choice
    if not (forced or choice == "required") or not thinks(body):
        return None
    body["thinking"] = {"type": "disabled"}
    kind = "a named tool_choice" if forced else "tool_choice 'required'"
    return f"thinking disabled for this call because of {kind}"
