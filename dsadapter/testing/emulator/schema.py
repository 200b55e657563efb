"""First half of validation: the schema of the server's types. The first mismatch counts."""

from __future__ import annotations

from typing import Any, Callable, Dict, Tuple, Union

from .completion_request import READ_URL, WEB_SEARCH
from .json_errors import TypeMismatch, element_start, type_name, value_end, value_start, variants
from .response import Json

ROLES = ("system", "user", "assistant", "tool", "latest_reminder")
PARTS = ("text", "image_url", "file")
FORMATS = ("text", "json_object", "json_schema")
EFFORTS = ("high", "low", "medium", "max", "xhigh")
#: Until 2026-11-13 `function` alone; that the sentence lists the new ones is a guess.
TOOLS = ("function", WEB_SEARCH, READ_URL)
LEVELS = ("high", "low")
#: Treated as low since 2026-08-13; the error text never listed it.
QUIET_EFFORTS = ("minimal",)

Types = Union[type, Tuple[type, ...]]
#: Field -> what Python makes of it, what serde calls it. Null passes for all that are not required.
COMMON: Dict[str, Tuple[Types, str]] = {
    "model": (str, "a string"),
    "stream": (bool, "a boolean"),
    "stream_options": (dict, "a map"),
    "temperature": ((int, float), "f32"),
    "top_p": ((int, float), "f32"),
    "max_tokens": (int, "u32"),
    "stop": ((str, list), "a string or a sequence"),
}
CHAT = dict(
    COMMON,
    messages=(list, "a sequence"),
    thinking=(dict, "a map"),
    reasoning_effort=(str, "a string"),
    response_format=(dict, "a map"),
    tools=(list, "a sequence"),
    tool_choice=((str, dict), "a string or a map"),
    logprobs=(bool, "a boolean"),
    top_logprobs=(int, "u8"),
    user_id=(str, "a string"),
    title=(dict, "a map"),
    safety_check=(dict, "a map"),
)
FIM = dict(
    COMMON,
    prompt=(str, "a string"),
    suffix=(str, "a string"),
    echo=(bool, "a boolean"),
    logprobs=(int, "u8"),
)


def check_chat(body: Any, text: str) -> None:
    """Raise the Mismatch the real server would report first."""
    check_fields(body, text, CHAT, ("messages", "model"))
    for index, message in enumerate(body["messages"]):
        _message(message, text, index)
    for index, tool in enumerate(body.get("tools") or ()):
        _tool(tool, text, index)
    for check in (_stops, _thinking, _effort, _format, _tool_choice, check_switches):
        check(body, text)


def check_fim(body: Any, text: str) -> None:
    """As :func:`check_chat`, for fill-in-the-middle."""
    check_fields(body, text, FIM, ("model", "prompt"))
    _stops(body, text)


def check_fields(
    body: Any, text: str, types: Dict[str, Tuple[Types, str]], required: Tuple[str, ...]
) -> None:
    """Raise the Mismatch of the first field that has another type, or is missing."""
    if not isinstance(body, dict):
        raise TypeMismatch(f"invalid type: {type_name(body)}, expected a map", 0)
    for name, (accepted, expected) in types.items():
        if name in body and not (
            _is_type(body[name], accepted) or (body[name] is None and name not in required)
        ):
            raise TypeMismatch(
                f"{name}: invalid type: {type_name(body[name])}, expected {expected}",
                value_start(text, name),
            )
    for name in required:
        if name not in body:
            raise TypeMismatch(f"missing field `{name}`", len(text))


def _is_type(value: Any, accepted: Types) -> bool:
    # True is an int to Python, not to JSON.
    return isinstance(value, accepted) and (not isinstance(value, bool) or accepted is bool)


# -- messages


def _message(message: Any, text: str, index: int) -> None:
    where = f"messages[{index}]"
    if not isinstance(message, dict):
        raise TypeMismatch(
            f"{where}: invalid type: {type_name(message)}, expected a map",
            element_start(text, "messages", index),
        )
    problem = _role(message) or _content(message) or _calls(message)
    if problem:
        what, offset = problem
        raise TypeMismatch(where + what, offset(text, element_start(text, "messages", index)))
    if message["role"] == "tool" and not isinstance(message.get("tool_call_id"), str):
        raise TypeMismatch(
            f"{where}: missing field `tool_call_id`",
            value_end(text, element_start(text, "messages", index)),
        )


Problem = Tuple[str, Callable[[str, int], int]]


def _end_of_role(text: str, begin: int) -> int:
    return value_end(text, value_start(text, "role", begin))


def _role(message: Json) -> Union[Problem, None]:
    if "role" not in message:
        return ": missing field `role`", value_end
    role = message["role"]
    if not isinstance(role, str):
        return f".role: invalid type: {type_name(role)}, expected a string", _end_of_role
    return (
        None
        if role in ROLES
        else (f".role: unknown variant `{role}`, {variants(ROLES)}", _end_of_role)
    )


def _content(message: Json) -> Union[Problem, None]:
    """A string; for assistants null too, for users a list of parts too."""
    if "content" not in message:
        return ": missing field `content`", value_end
    content = message["content"]
    if isinstance(content, str) or (content is None and message["role"] == "assistant"):
        return None
    if isinstance(content, list) and message["role"] == "user":
        return _parts(content)
    return f": invalid type: {type_name(content)}, expected a string", value_end


def _calls(message: Json) -> Union[Problem, None]:
    calls = message.get("tool_calls")
    if calls is not None and not isinstance(calls, list):
        return f".tool_calls: invalid type: {type_name(calls)}, expected a sequence", value_end
    problems = (_call(call, f".tool_calls[{index}]") for index, call in enumerate(calls or ()))
    return next((problem for problem in problems if problem), None)


def _call(call: Any, where: str) -> Union[Problem, None]:
    if not isinstance(call, dict):
        return f"{where}: invalid type: {type_name(call)}, expected a map", value_end
    if not isinstance(call.get("id"), str):
        return f"{where}: missing field `id`", value_end
    function = call.get("function")
    if not isinstance(function, dict):
        return f"{where}: missing field `function`", value_end
    arguments = function.get("arguments")
    if not isinstance(arguments, str):
        return (
            f"{where}.function.arguments: invalid type: {type_name(arguments)}, expected a string",
            value_end,
        )
    return None


def _parts(parts: Any) -> Union[Problem, None]:
    for part in parts:
        if not isinstance(part, dict) or "type" not in part:
            return ": missing field `type`", value_end
        if part["type"] not in PARTS:
            return f": unknown variant `{part['type']}`, {variants(PARTS)}", value_end
    return None


# -- the rest


def _tool(tool: Any, text: str, index: int) -> None:
    where, start = f"tools[{index}]", element_start(text, "tools", index)
    if not isinstance(tool, dict) or "type" not in tool:
        raise TypeMismatch(f"{where}: missing field `type`", value_end(text, start))
    if tool["type"] not in TOOLS:
        raise TypeMismatch(
            f"{where}.type: unknown variant `{tool['type']}`, {variants(TOOLS)}",
            value_end(text, value_start(text, "type", start)),
        )
    if tool["type"] != "function":
        return
    function = tool.get("function")
    if not isinstance(function, dict):
        raise TypeMismatch(f"{where}: missing field `function`", value_end(text, start))
    if not isinstance(function.get("name"), str):
        raise TypeMismatch(f"{where}.function: missing field `name`", value_end(text, start))


def check_variant(
    body: Json,
    text: str,
    path: Tuple[str, ...],
    known: Tuple[str, ...],
    silent: Tuple[str, ...] = (),
) -> None:
    """Raise a Mismatch where the value at `path` is none of those known; `silent` pass too."""
    value: Any = body
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is not None and value not in known + silent:
        start = value_start(text, path[0])
        for name in path[1:]:
            start = value_start(text, name, start)
        raise TypeMismatch(
            f"{'.'.join(path)}: unknown variant `{value}`, {variants(known)}",
            value_end(text, start),
        )


def _stops(body: Json, text: str) -> None:
    stops = body.get("stop")
    for stop in stops if isinstance(stops, list) else ():
        if not isinstance(stop, str):
            what = f"stop: invalid type: {type_name(stop)}, expected a string"
            raise TypeMismatch(what, value_start(text, "stop"))


def _thinking(body: Json, text: str) -> None:
    check_variant(body, text, ("thinking", "type"), ("enabled", "disabled"))


def _effort(body: Json, text: str) -> None:
    check_variant(body, text, ("reasoning_effort",), EFFORTS, QUIET_EFFORTS)


def _format(body: Json, text: str) -> None:
    check_variant(body, text, ("response_format", "type"), FORMATS)


def check_switches(body: Json, text: str) -> None:
    """`title` and `safety_check`, which chat and Responses share (guess: the sentences)."""
    enabled = (body.get("title") or {}).get("enabled")
    if enabled is not None and not isinstance(enabled, bool):
        raise TypeMismatch(
            f"title.enabled: invalid type: {type_name(enabled)}, expected a boolean",
            value_start(text, "enabled", value_start(text, "title")),
        )
    check_variant(body, text, ("safety_check", "level"), LEVELS)


def _tool_choice(body: Json, text: str) -> None:
    choice = body.get("tool_choice")
    if isinstance(choice, str):
        check_variant(body, text, ("tool_choice",), ("none", "auto", "required"))
    elif choice is not None and not isinstance(choice.get("function"), dict):
        raise TypeMismatch(
            "tool_choice: missing field `function`",
            value_end(text, value_start(text, "tool_choice")),
        )
