"""Second half of validation: requests of the right shape that are refused all the same.

The sentences are recorded ones. Those marked (guess) are not; they say what is wrong in the same
style.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Iterator, Optional, Tuple

from .completion_request import (
    ALIASES,
    CURRENT,
    RETIRED,
    RISKY_QUESTION,
    CompletionRequest,
    content_text,
)
from .response import JSON, Json, Response, error_response
from .tokens import estimate

BETA_HINT = '(set base_url="https://api.deepseek.com/beta")'
MAX_OUTPUT = 393216
MAX_FIM_OUTPUT = 4096
CONTEXT = 1048576
CONTENT_RISK = "Content Exists Risk"
NAME = re.compile(r"[A-Za-z0-9_-]+")

Rule = Callable[[Any], Optional[str]]  # of the request of its endpoint


def known_model(request: CompletionRequest) -> Optional[str]:
    """The model exists."""
    accepted = CURRENT + ALIASES + (() if request.refuse_retired else RETIRED)
    if request.model in accepted:
        return None
    return (
        f"The supported API model names are {', '.join(CURRENT)}, but you passed {request.model}."
    )


def has_messages(request: CompletionRequest) -> Optional[str]:
    """There is at least one message."""
    return None if request.messages else "Empty input messages"


# -- ranges


def temperature(request: CompletionRequest) -> Optional[str]:
    """The temperature is in range."""
    is_valid = 0 <= request.get("temperature", 1) <= 2
    return (
        None if is_valid else "Invalid temperature value, the valid range of temperature is [0, 2]"
    )


def top_p(request: CompletionRequest) -> Optional[str]:
    """top_p is in range."""
    is_valid = 0 < request.get("top_p", 1) <= 1
    return None if is_valid else "Invalid top_p value, the valid range of top_p is (0, 1.0]"


def max_tokens(request: CompletionRequest) -> Optional[str]:
    """The limit of a chat completion is in range."""
    return _max_tokens(request, MAX_OUTPUT)


def max_fim_tokens(request: CompletionRequest) -> Optional[str]:
    """The limit of a fill-in-the-middle completion is in range."""
    return _max_tokens(request, MAX_FIM_OUTPUT)


def _max_tokens(request: CompletionRequest, highest: int) -> Optional[str]:
    return out_of_range("max_tokens", request.get("max_tokens", 1), 1, highest)


def out_of_range(name: str, value: float, lowest: int, highest: int) -> Optional[str]:
    """The sentence for a number outside its range, or None."""
    if lowest <= value <= highest:
        return None
    return f"Invalid {name} value, the valid range of {name} is [{lowest}, {highest}]"


def stop(request: CompletionRequest) -> Optional[str]:
    """There are not too many stop sequences."""
    return (
        too_long("stop", request.get("stop", ()), 16)
        if isinstance(request.get("stop"), list)
        else None
    )


def user_id(request: CompletionRequest) -> Optional[str]:
    """The user id is not too long, in bytes."""
    return too_long("user_id", request.get("user_id", "").encode("utf-8"), 512)


def too_long(name: str, value: Any, longest: int) -> Optional[str]:
    """The sentence for a string, bytes or list that is longer than it may be, or None."""
    if len(value) <= longest:
        return None
    kind = "array" if isinstance(value, (list, tuple)) else "string"
    article = "a" if kind == "string" else "an"
    return (
        f"Invalid '{name}': {kind} too long. "
        f"Expected {article} {kind} with maximum length {longest}, "
        f"but got {article} {kind} with length {len(value)} instead"
    )


def stream_options(request: CompletionRequest) -> Optional[str]:
    """Options of a stream come with a stream."""
    if request.get("stream_options") is None or request.stream:
        return None
    return "stream_options should be set along with stream = true"  # (guess)


def top_logprobs(request: CompletionRequest) -> Optional[str]:
    """Alternatives come with logprobs, and are not too many."""
    wanted = request.get("top_logprobs")
    if wanted is not None and not request.get("logprobs"):
        return "Invalid top_logprobs value, logprobs must be true if it is used"  # (guess)
    is_valid = 0 <= (wanted or 0) <= 20
    return (
        None
        if is_valid
        else "Invalid top_logprobs value, the valid range of top_logprobs is [0, 20]"
    )  # (guess)


def fim_logprobs(request: CompletionRequest) -> Optional[str]:
    """The number of logprobs is in range."""
    is_valid = 0 <= request.get("logprobs", 0) <= 20
    return (
        None if is_valid else "Invalid logprobs value, the valid range of logprobs is [0, 20]"
    )  # (guess)


# -- formats


def schema_format(request: CompletionRequest) -> Optional[str]:
    """Nobody asks for json_schema, which the server does not offer."""
    return (
        "This response_format type is unavailable now"
        if request.get("response_format", {}).get("type") == "json_schema"
        else None
    )


def mentions_json(request: CompletionRequest) -> Optional[str]:
    """JSON mode comes with the word json in some message."""
    if not request.json_mode or any(
        "json" in content_text(message).lower() for message in request.messages
    ):
        return None
    return (
        "Prompt must contain the word 'json' in some form "
        "to use 'response_format' of type 'json_object'."
    )


# -- tools


def tool_count(request: CompletionRequest) -> Optional[str]:
    """There are not too many tools."""
    return too_long("tools", request.tools, 128)


def tool_names(request: CompletionRequest) -> Optional[str]:
    """The name of each tool is well formed."""
    for index, tool in enumerate(request.tools):
        if tool["type"] != "function":
            continue
        where, name = f"tools[{index}].function.name", tool["function"]["name"]
        problem = bad_name(where, name, 64)
        if problem:
            return problem
    return None


def bad_name(where: str, name: str, longest: int) -> Optional[str]:
    """The sentence for the name of a tool that is not well formed, or None."""
    if NAME.fullmatch(name):
        return too_long(where, name, longest)
    return (  # (guess)
        f"Invalid '{where}': string does not match pattern. "
        "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
    )


def strict_needs_beta(request: CompletionRequest) -> Optional[str]:
    """Strict tools come to the beta base only."""
    if request.beta or not any(function.get("strict") for function in request.functions):
        return None
    return f"strict function calling is only available when using beta api {BETA_HINT}"  # (guess)


def strict_schemas(request: CompletionRequest) -> Optional[str]:
    """The schema of a strict tool requires every property."""
    for function in (function for function in request.functions if function.get("strict")):
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


def forced_choice(request: CompletionRequest) -> Optional[str]:
    """No tool is forced in thinking mode."""
    return (
        "Thinking mode does not support this tool_choice"
        if request.thinking and request.forced_tool
        else None
    )


def named_tool_exists(request: CompletionRequest) -> Optional[str]:
    """The tool that is forced is among the tools."""
    named = request.forced_tool
    if named in (None, "required") or named in [each["name"] for each in request.functions]:
        return None
    return f"Invalid tool_choice: function '{named}' is not among the tools"  # (guess)


# -- safety


def reviewed_choice(request: CompletionRequest) -> Optional[str]:
    """A reviewed request forces no tool, unless it has web tools."""
    if not request.is_reviewed or request.web_tools or not request.forced_tool:
        return None
    return "safety_check does not support this tool_choice"  # (guess)


def content_risk(request: CompletionRequest) -> Optional[str]:
    """What is reviewed has nothing risky in it: texts of users and results of tools."""
    texts = [content_text(m) for m in request.messages if m["role"] in ("user", "tool")]
    is_risky = request.is_reviewed and any(RISKY_QUESTION in text for text in texts)
    return CONTENT_RISK if is_risky else None


# -- history


UNEXPECTED_RESULT = (
    "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'"
)


def calls_have_results(request: CompletionRequest) -> Optional[str]:
    """Every call is answered directly behind it, and a tool message answers nothing else."""
    pending: set[str] = set()
    for message in request.messages:
        if message["role"] == "tool":
            if message["tool_call_id"] not in pending:
                return UNEXPECTED_RESULT
            pending.discard(message["tool_call_id"])
        elif pending:
            break
        else:
            pending = {str(call.get("id")) for call in message.get("tool_calls") or ()}
    if not pending:
        return None
    return (
        "An assistant message with 'tool_calls' must be followed by tool messages "
        "responding to each 'tool_call_id'. "
        "(insufficient tool messages following tool_calls message)"
    )


PASSED_BACK = "The `reasoning_content` in the thinking mode must be passed back to the API."


def reasoning_passed_back(request: CompletionRequest) -> Optional[str]:
    """Asked of turns that called tools. An empty string satisfies the server, null does not."""
    calls = [
        message
        for message in request.messages
        if message["role"] == "assistant" and message.get("tool_calls")
    ]
    missing = any(message.get("reasoning_content") is None for message in calls)
    return PASSED_BACK if request.thinking and missing else None


def prefix_needs_beta(request: CompletionRequest) -> Optional[str]:
    """A prefix comes to the beta base only."""
    if request.beta or not any(message.get("prefix") for message in request.messages):
        return None
    return f"prefix completion is only available when using beta api {BETA_HINT}"  # (guess)


def prefix_is_last(request: CompletionRequest) -> Optional[str]:
    """A prefix is the last message, and the assistant's."""
    marked = [index for index, message in enumerate(request.messages) if message.get("prefix")]
    if all(
        index == len(request.messages) - 1 and request.messages[index]["role"] == "assistant"
        for index in marked
    ):
        return None
    return "prefix is only allowed on the last message, with role 'assistant'"  # (guess)


def context_length(request: CompletionRequest) -> Optional[str]:
    """Prompt and limit fit into the context together."""
    prompt = estimate("".join(content_text(message) for message in request.messages))
    completion = request.get("max_tokens", 0)
    if prompt + completion <= CONTEXT:
        return None
    return (
        f"This model's maximum context length is {CONTEXT} tokens. "
        f"However, you requested {prompt + completion} tokens "
        f"({prompt} in the messages, {completion} in the completion). "
        "Please reduce the length of the messages or completion."
    )


#: In the order in which they are asked. The second column is the content type of the refusal.
CHAT: Tuple[Tuple[Rule, str], ...] = (
    (known_model, JSON),
    (has_messages, JSON),
    (temperature, "application/octet-stream"),
    (top_p, "application/octet-stream"),
    (max_tokens, JSON),
    (stop, JSON),
    (user_id, JSON),
    (stream_options, JSON),
    (top_logprobs, JSON),
    (schema_format, JSON),
    (mentions_json, JSON),
    (tool_count, JSON),
    (tool_names, JSON),
    (strict_needs_beta, JSON),
    (strict_schemas, JSON),
    (forced_choice, JSON),
    (reviewed_choice, JSON),
    (named_tool_exists, JSON),
    (prefix_needs_beta, JSON),
    (prefix_is_last, JSON),
    (calls_have_results, JSON),
    (reasoning_passed_back, JSON),
    (context_length, JSON),
    (content_risk, JSON),
)
FIM: Tuple[Tuple[Rule, str], ...] = (
    (known_model, JSON),
    (temperature, "application/octet-stream"),
    (top_p, "application/octet-stream"),
    (max_fim_tokens, JSON),
    (stop, JSON),
    (stream_options, JSON),
    (fim_logprobs, JSON),
)


def refusal(request: Any, rules: Tuple[Tuple[Rule, str], ...]) -> Optional[Response]:
    """The response to a request that breaks a rule, or None."""
    for check, content_type in rules:
        problem = check(request)
        if problem:
            return error_response(400, problem, content_type=content_type)
    return None
