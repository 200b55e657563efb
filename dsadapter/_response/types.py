"""The modern face's kinds of objects: which fields may be missing, and what stands in them."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator

from .._record import Record

ResponseType = Callable[[Dict[str, Any]], Any]


class Function(Record):
    """Name and arguments of a call; the arguments are JSON text."""

    _optional = frozenset({"name", "arguments"})


class ToolCall(Record):
    """One call of a tool; in a chunk a fragment of one."""

    _optional = frozenset({"index", "id", "type", "function"})
    _children = {"function": Function}


class ChatCompletionMessage(Record):
    """What the model said: content, reasoning, calls."""

    _optional = frozenset(
        "role content reasoning_content refusal annotations audio function_call tool_calls".split()
    )
    _children = {"tool_calls": ToolCall, "function_call": Function}


class ChoiceDelta(Record):
    """What a chunk adds to the message."""

    _optional = frozenset("role content reasoning_content refusal function_call tool_calls".split())
    _children = {"tool_calls": ToolCall, "function_call": Function}


class ChoiceLogprobs(Record):
    """Log probabilities of the tokens."""

    _optional = frozenset({"content", "refusal"})


class Choice(Record):
    """One answer of a chat completion."""

    _optional = frozenset({"finish_reason", "index", "logprobs"})
    _children = {"message": ChatCompletionMessage, "logprobs": ChoiceLogprobs}


class ChunkChoice(Record):
    """What a chunk adds to one answer."""

    _optional = frozenset({"finish_reason", "logprobs"})
    _children = {"delta": ChoiceDelta, "logprobs": ChoiceLogprobs}


class TextChoice(Record):
    """One answer of a text completion, whole or a chunk of it."""

    _optional = frozenset({"finish_reason", "logprobs", "text"})


class CompletionTokensDetails(Record):
    """Of which kind the tokens of the answer are."""

    _optional = frozenset(
        "accepted_prediction_tokens audio_tokens reasoning_tokens "
        "rejected_prediction_tokens".split()
    )


class PromptTokensDetails(Record):
    """Of which kind the tokens of the prompt are."""

    _optional = frozenset({"audio_tokens", "cached_tokens"})


class CompletionUsage(Record):
    """Tokens, with DeepSeek's cache hits and misses."""

    _optional = frozenset(
        "completion_tokens_details prompt_tokens_details "
        "prompt_cache_hit_tokens prompt_cache_miss_tokens".split()
    )
    _children = {
        "completion_tokens_details": CompletionTokensDetails,
        "prompt_tokens_details": PromptTokensDetails,
    }


class ChatCompletion(Record):
    """The reply of ``chat.completions.create``."""

    _optional = frozenset({"service_tier", "system_fingerprint", "usage"})
    _children = {"choices": Choice, "usage": CompletionUsage}


class ChatCompletionChunk(Record):
    """One chunk of a streamed chat completion."""

    _optional = frozenset({"service_tier", "system_fingerprint", "usage"})
    _children = {"choices": ChunkChoice, "usage": CompletionUsage}


class Completion(Record):
    """The reply of ``completions.create``, whole or a chunk of it."""

    _optional = frozenset({"system_fingerprint", "usage"})
    _children = {"choices": TextChoice, "usage": CompletionUsage}


class Model(Record):
    """One model of a provider."""

    _optional = frozenset({"created", "owned_by", "object"})


class BalanceInfo(Record):
    """The balance in one currency."""


class Balance(Record):
    """``is_available`` and ``balance_infos``; amounts are strings, as the server sends them."""

    _children = {"balance_infos": BalanceInfo}


class Page(Record):
    """A list answer that iterates its items."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.get("data") or ())


class ModelPage(Page):
    """The reply of ``models.list``."""

    _optional = frozenset({"object"})
    _children = {"data": Model}
