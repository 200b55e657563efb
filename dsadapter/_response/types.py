"""The modern face's kinds of objects: which fields may be missing, and what stands in them."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator

from .._record import Record

ResponseType = Callable[[Dict[str, Any]], Any]


class Function(Record):
    _optional = frozenset({"name", "arguments"})


class ToolCall(Record):
    _optional = frozenset({"index", "id", "type", "function"})
    _children = {"function": Function}


class ChatCompletionMessage(Record):
    _optional = frozenset(
        "role content reasoning_content refusal annotations audio function_call tool_calls".split()
    )
    _children = {"tool_calls": ToolCall, "function_call": Function}


class ChoiceDelta(Record):
    _optional = frozenset("role content reasoning_content refusal function_call tool_calls".split())
    _children = {"tool_calls": ToolCall, "function_call": Function}


class ChoiceLogprobs(Record):
    _optional = frozenset({"content", "refusal"})


class Choice(Record):
    _optional = frozenset({"finish_reason", "index", "logprobs"})
    _children = {"message": ChatCompletionMessage, "logprobs": ChoiceLogprobs}


class ChunkChoice(Record):
    _optional = frozenset({"finish_reason", "logprobs"})
    _children = {"delta": ChoiceDelta, "logprobs": ChoiceLogprobs}


class TextChoice(Record):
    _optional = frozenset({"finish_reason", "logprobs", "text"})


class CompletionTokensDetails(Record):
    _optional = frozenset(
        "accepted_prediction_tokens audio_tokens reasoning_tokens "
        "rejected_prediction_tokens".split()
    )


class PromptTokensDetails(Record):
    _optional = frozenset({"audio_tokens", "cached_tokens"})


class CompletionUsage(Record):
    _optional = frozenset(
        "completion_tokens_details prompt_tokens_details "
        "prompt_cache_hit_tokens prompt_cache_miss_tokens".split()
    )
    _children = {
        "completion_tokens_details": CompletionTokensDetails,
        "prompt_tokens_details": PromptTokensDetails,
    }


class ChatCompletion(Record):
    _optional = frozenset({"service_tier", "system_fingerprint", "usage"})
    _children = {"choices": Choice, "usage": CompletionUsage}


class ChatCompletionChunk(Record):
    _optional = frozenset({"service_tier", "system_fingerprint", "usage"})
    _children = {"choices": ChunkChoice, "usage": CompletionUsage}


class Completion(Record):
    _optional = frozenset({"system_fingerprint", "usage"})
    _children = {"choices": TextChoice, "usage": CompletionUsage}


class Model(Record):
    _optional = frozenset({"created", "owned_by", "object"})


class BalanceInfo(Record):
    pass


class Balance(Record):
    """``is_available`` and ``balance_infos``; amounts are strings, as the server sends them."""

    _children = {"balance_infos": BalanceInfo}


class Page(Record):
    """A list answer that iterates its items."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.get("data") or ())


class ModelPage(Page):
    _optional = frozenset({"object"})
    _children = {"data": Model}
