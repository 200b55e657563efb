"""Types of the keyword arguments of ``create``: the signature of openai 3.54.0, for checkers.

At run time nothing here is imported: unknown keywords go into the request body as they are.
"""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, TypedDict, Union

Messages = Iterable[Any]
Timeout = Union[float, Tuple[float, float], Any]


class CallParams(TypedDict, total=False):
    """What every call takes beside its own fields."""

    extra_headers: Optional[Mapping[str, Optional[str]]]
    extra_query: Optional[Mapping[str, Any]]
    extra_body: Optional[Mapping[str, Any]]
    timeout: Optional[Timeout]
    idle_timeout: Optional[float]
    deadline: Optional[float]


class ChatRequired(TypedDict):
    """What ``chat.completions.create`` cannot do without."""

    messages: Messages
    model: str


class ParseParams(ChatRequired, CallParams, total=False):
    """What ``chat.completions.parse`` and ``stream`` take beside ``response_format``."""

    audio: Any
    frequency_penalty: Optional[float]
    function_call: Any
    functions: Any
    logit_bias: Optional[Dict[str, int]]
    logprobs: Optional[bool]
    max_completion_tokens: Optional[int]
    max_tokens: Optional[int]
    metadata: Any
    modalities: Any
    moderation: Any
    n: Optional[int]
    parallel_tool_calls: bool
    prediction: Any
    presence_penalty: Optional[float]
    prompt_cache_key: str
    prompt_cache_options: Any
    prompt_cache_retention: Any
    reasoning_effort: Optional[str]
    safety_identifier: str
    seed: Optional[int]
    service_tier: Optional[str]
    stop: Union[Optional[str], List[str]]
    store: Optional[bool]
    stream_options: Any
    temperature: Optional[float]
    thinking: Any
    tool_choice: Any
    tools: Any
    top_logprobs: Optional[int]
    top_p: Optional[float]
    user: str
    user_id: str
    verbosity: Optional[str]
    web_search_options: Any
    engine: str
    request_timeout: Optional[Timeout]
    headers: Optional[Mapping[str, str]]
    api_key: Optional[str]
    api_base: Optional[str]
    organization: Optional[str]


class ChatParams(ParseParams, total=False):
    """What ``chat.completions.create`` takes."""

    response_format: Any


class CompletionRequired(TypedDict):
    """What ``completions.create`` cannot do without."""

    model: str
    prompt: Any


class CompletionParams(CompletionRequired, CallParams, total=False):
    """What ``completions.create`` takes: text completion, on DeepSeek FIM."""

    suffix: Optional[str]
    echo: Optional[bool]
    logprobs: Optional[int]
    max_tokens: Optional[int]
    stop: Union[Optional[str], List[str]]
    stream_options: Any
    temperature: Optional[float]
    top_p: Optional[float]
    best_of: Optional[int]
    frequency_penalty: Optional[float]
    logit_bias: Optional[Dict[str, int]]
    n: Optional[int]
    presence_penalty: Optional[float]
    seed: Optional[int]
    user: str
