"""Second half of validation: requests of the right shape that are refused all the same.

The sentences are recorded ones. Those marked (guess) are not; they say what is wrong in the same
style.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Iterator, Optional, Tuple

from .answers import JSON, Answer, Json, error
from .asks import ALIASES, CURRENT, RETIRED, Ask, content_text
from .tokens import estimate

BETA_HINT = '(set base_url="https://api.deepseek.com/beta")'
MAX_OUTPUT = 393216
MAX_FIM_OUTPUT = 4096
CONTEXT = 1048576
NAME = re.compile(r"[A-Za-z0-9_-]+")

Check = Callable[[Ask], Optional[str]]


def known_model(ask: Ask) -> Optional[str]:
    accepted = CURRENT + ALIASES + (() if ask.refuse_retired else RETIRED)
    if ask.model in accepted:
        return None
    return f"The supported API model names are {', '.join(CURRENT)}, but you passed {ask.model}."


def some_messages(ask: Ask) -> Optional[str]:
    return None if ask.messages else "Empty input messages"


# -- ranges


def temperature(ask: Ask) -> Optional[str]:
    fits = 0 <= ask.get("temperature", 1) <= 2
    return None if fits else "Invalid temperature value, the valid range of temperature is [0, 2]"


def top_p(ask: Ask) -> Optional[str]:
    fits = 0 < ask.get("top_p", 1) <= 1
    return None if fits else "Invalid top_p value, the valid range of top_p is (0, 1.0]"


def max_tokens(ask: Ask) -> Optional[str]:
    return _max_tokens(ask, MAX_OUTPUT)


def max_fim_tokens(ask: Ask) -> Optional[str]:
    return _max_tokens(ask, MAX_FIM_OUTPUT)


def _max_tokens(ask: Ask, highest: int) -> Optional[str]:
    fits = 1 <= ask.get("max_tokens", 1) <= highest
    return (
        None
        if fits
        else f"Invalid max_tokens value, the valid range of max_tokens is [1, {highest}]"
    )


def stop(ask: Ask) -> Optional[str]:
    return _too_long("stop", ask.get("stop", ()), 16) if isinstance(ask.get("stop"), list) else None


def user_id(ask: Ask) -> Optional[str]:
    return _too_long("user_id", ask.get("user_id", ""), 512)


def _too_long(name: str, value: Any, longest: int) -> Optional[str]:
    if len(value) <= longest:
        return None
    kind = "string" if isinstance(value, str) else "array"
    article = "a" if kind == "string" else "an"
    return (
        f"Invalid '{name}': {kind} too long. "
        f"Expected {article} {kind} with maximum length {longest}, "
        f"but got {article} {kind} with length {len(value)} instead"
    )


def stream_options(ask: Ask) -> Optional[str]:
    if ask.get("stream_options") is None or ask.stream:
        return None
    return "stream_options should be set along with stream = true"  # (guess)


def top_logprobs(ask: Ask) -> Optional[str]:
    wanted = ask.get("top_logprobs")
    if wanted is not None and not ask.get("logprobs"):
        return "Invalid top_logprobs value, logprobs must be true if it is used"  # (guess)
    fits = 0 <= (wanted or 0) <= 20
    return (
        None if fits else "Invalid top_logprobs value, the valid range of top_logprobs is [0, 20]"
    )  # (guess)


def fim_logprobs(ask: Ask) -> Optional[str]:
    fits = 0 <= ask.get("logprobs", 0) <= 20
    return (
        None if fits else "Invalid logprobs value, the valid range of logprobs is [0, 20]"
    )  # (guess)


# -- formats


def schema_format(ask: Ask) -> Optional[str]:
    return (
        "This response_format type is unavailable now"
        if ask.get("response_format", {}).get("type") == "json_schema"
        else None
    )


def word_json(ask: Ask) -> Optional[str]:
    if not ask.json_mode or any(
        "json" in content_text(message).lower() for message in ask.messages
    ):
        return None
    return (
        "Prompt must contain the word 'json' in some form "
        "to use 'response_format' of type 'json_object'."
    )


# -- tools


def tool_count(ask: Ask) -> Optional[str]:
    return _too_long("tools", ask.tools, 128)


def tool_names(ask: Ask) -> Optional[str]:
    for index, tool in enumerate(ask.tools):
        where, name = f"tools[{index}].function.name", tool["function"]["name"]
        if not NAME.fullmatch(name):
            return (  # (guess)
                f"Invalid '{where}': string does not match pattern. "
                "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
            )
        problem = _too_long(where, name, 64)
        if problem:
            return problem
    return None


def strict_needs_beta(ask: Ask) -> Optional[str]:
    if ask.beta or not any(tool["function"].get("strict") for tool in ask.tools):
        return None
    return f"strict function calling is only available when using beta api {BETA_HINT}"  # (guess)


def strict_schemas(ask: Ask) -> Optional[str]:
    for function in (tool["function"] for tool in ask.tools if tool["function"].get("strict")):
        for schema in _objects(function.get("parameters")):
            missing = set(schema.get("properties") or ()) - set(schema.get("required") or ())
            if missing:
                return (  # (guess)
                    f"Invalid schema for function '{function['name']}': "
                    f"'required' must list every property, missing '{min(missing)}'"
                )
    return None


def _objects(schema: Any) -> Iterator[Json]:
    if isinstance(schema, list):
        for item in schema:
            yield from _objects(item)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for value in schema.values():
            yield from _objects(value)


def forced_choice(ask: Ask) -> Optional[str]:
    return (
        "Thinking mode does not support this tool_choice"
        if ask.thinking and ask.forced_tool
        else None
    )


def named_tool_exists(ask: Ask) -> Optional[str]:
    named = ask.forced_tool
    if named in (None, "required") or named in [tool["function"]["name"] for tool in ask.tools]:
        return None
    return f"Invalid tool_choice: function '{named}' is not among the tools"  # (guess)


# -- history


UNASKED = "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'"


def tools_answered(ask: Ask) -> Optional[str]:
    """Every call is answered directly behind it, and a tool message answers nothing else."""
    waiting: set[str] = set()
    for message in ask.messages:
        if message["role"] == "tool":
            if message["tool_call_id"] not in waiting:
                return UNASKED
            waiting.discard(message["tool_call_id"])
        elif waiting:
            break
        else:
            waiting = {str(call.get("id")) for call in message.get("tool_calls") or ()}
    if not waiting:
        return None
    return (
        "An assistant message with 'tool_calls' must be followed by tool messages "
        "responding to each 'tool_call_id'. "
        "(insufficient tool messages following tool_calls message)"
    )


PASSED_BACK = "The `reasoning_content` in the thinking mode must be passed back to the API."


def reasoning_passed_back(ask: Ask) -> Optional[str]:
    """Asked of turns that called tools. An empty string satisfies the server, null does not."""
    calls = [
        message
        for message in ask.messages
        if message["role"] == "assistant" and message.get("tool_calls")
    ]
    forgotten = any(message.get("reasoning_content") is None for message in calls)
    return PASSED_BACK if ask.thinking and forgotten else None


def prefix_needs_beta(ask: Ask) -> Optional[str]:
    if ask.beta or not any(message.get("prefix") for message in ask.messages):
        return None
    return f"prefix completion is only available when using beta api {BETA_HINT}"  # (guess)


def prefix_is_last(ask: Ask) -> Optional[str]:
    marked = [index for index, message in enumerate(ask.messages) if message.get("prefix")]
    if all(
        index == len(ask.messages) - 1 and ask.messages[index]["role"] == "assistant"
        for index in marked
    ):
        return None
    return "prefix is only allowed on the last message, with role 'assistant'"  # (guess)


def context_length(ask: Ask) -> Optional[str]:
    prompt = estimate("".join(content_text(message) for message in ask.messages))
    completion = ask.get("max_tokens", 0)
    if prompt + completion <= CONTEXT:
        return None
    return (
        f"This model's maximum context length is {CONTEXT} tokens. "
        f"However, you requested {prompt + completion} tokens "
        f"({prompt} in the messages, {completion} in the completion). "
        "Please reduce the length of the messages or completion."
    )


#: In the order in which they are asked. The second column is the content type of the refusal.
CHAT: Tuple[Tuple[Check, str], ...] = (
    (known_model, JSON),
    (some_messages, JSON),
    (temperature, "application/octet-stream"),
    (top_p, "application/octet-stream"),
    (max_tokens, JSON),
    (stop, JSON),
    (user_id, JSON),
    (stream_options, JSON),
    (top_logprobs, JSON),
    (schema_format, JSON),
    (word_json, JSON),
    (tool_count, JSON),
    (tool_names, JSON),
    (strict_needs_beta, JSON),
    (strict_schemas, JSON),
    (forced_choice, JSON),
    (named_tool_exists, JSON),
    (prefix_needs_beta, JSON),
    (prefix_is_last, JSON),
    (tools_answered, JSON),
    (reasoning_passed_back, JSON),
    (context_length, JSON),
)
FIM: Tuple[Tuple[Check, str], ...] = (
    (known_model, JSON),
    (temperature, "application/octet-stream"),
    (top_p, "application/octet-stream"),
    (max_fim_tokens, JSON),
    (stop, JSON),
    (stream_options, JSON),
    (fim_logprobs, JSON),
)


def refusal(ask: Ask, rules: Tuple[Tuple[Check, str], ...]) -> Optional[Answer]:
    """The answer to a request that breaks a rule, or None."""
    for check, content_type in rules:
        problem = check(ask)
        if problem:
            return error(400, problem, content_type=content_type)
    return None
