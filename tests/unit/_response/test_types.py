"""Kinds of responses: which fields may be missing, and pages."""

from __future__ import annotations

import importlib
from typing import Any, Dict, Iterator

import pytest

from dsadapter._record import Record
from dsadapter._response import account_types, chunk_types, resource_types, text_types, types
from dsadapter._response.account_types import Balance
from dsadapter._response.base_model import BaseModel
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.text_types import Completion
from dsadapter._response.types import ChatCompletion

MODULES = (types, chunk_types, text_types, account_types, resource_types)
ABSENT = [
    (ChatCompletion, "service_tier"),
    (ChatCompletion, "system_fingerprint"),
    (ChatCompletion, "usage"),
    (ChatCompletion, "metadata"),
    (ChatCompletion, "moderation"),
    (ChatCompletionChunk, "moderation"),
    (ChatCompletionChunk, "obfuscation"),
    (ChatCompletionChunk, "usage"),
    (Completion, "usage"),
    (types.Choice, "logprobs"),
    (types.Choice, "finish_reason"),
    (chunk_types.ChunkChoice, "finish_reason"),
    (types.ChatCompletionMessage, "content"),
    (types.ChatCompletionMessage, "reasoning_content"),
    (types.ChatCompletionMessage, "tool_calls"),
    (types.ChatCompletionMessage, "function_call"),
    (types.ChatCompletionMessage, "refusal"),
    (chunk_types.ChoiceDelta, "role"),
    (chunk_types.ChoiceDelta, "content"),
    (chunk_types.ChoiceDelta, "reasoning_content"),
    (chunk_types.ChoiceDelta, "tool_calls"),
    (chunk_types.ChoiceDelta, "audio"),
    (chunk_types.ChoiceDeltaToolCall, "function"),
    (types.CompletionTokensDetails, "text_tokens"),
    (types.PromptTokensDetails, "cache_write_tokens"),
    (types.PromptTokensDetails, "image_tokens"),
    (types.PromptTokensDetails, "text_tokens"),
    (account_types.Model, "shutdown_date"),
    (types.Function, "name"),
    (types.CompletionUsage, "completion_tokens_details"),
    (types.CompletionUsage, "prompt_cache_hit_tokens"),
    (account_types.Model, "owned_by"),
]


# --- fields that are missing, and others ----------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), ABSENT, ids=lambda v: getattr(v, "__name__", v))
def test_a_known_optional_field_that_was_left_out(kind: Any, name: str) -> None:
    record = kind({})
    assert getattr(record, name) is None
    assert record.get(name) is None
    assert name not in record
    assert record.to_dict() == {}
    with pytest.raises(KeyError):
        record[name]


@pytest.mark.parametrize(
    "kind", [Record, ChatCompletion, ChatCompletionChunk, types.Choice, Balance]
)
def test_an_unknown_field(kind: Any) -> None:
    record = kind({})
    assert not hasattr(record, "no_such_field")
    with pytest.raises(AttributeError, match="no_such_field"):
        _ = record.no_such_field
    with pytest.raises(KeyError):
        record["no_such_field"]


def test_a_required_field_that_was_left_out_is_no_none() -> None:
    with pytest.raises(AttributeError):
        _ = ChatCompletion({}).choices


def test_fields_beside_the_known_ones() -> None:
    message = {"content": "a", "mine": {"b": 1}, "reasoning_content": "c"}
    extra = {"mine": {"b": 1}, "reasoning_content": "c"}  # no field of the SDK's
    assert types.ChatCompletionMessage(message).model_extra == extra


def _kinds() -> Iterator[Any]:
    for kind in dict.fromkeys(
        kind for module in MODULES for kind in vars(module).values() if isinstance(kind, type)
    ):
        if issubclass(kind, BaseModel) and kind._native_names:
            yield kind


@pytest.mark.parametrize("kind", list(_kinds()), ids=lambda kind: kind.__name__)
def test_the_fields_are_those_of_the_newest_sdk(kind: Any) -> None:
    """Where this fails the SDK has a new field: write it into its module, CHANGELOG.md names it."""
    openai = pytest.importorskip("openai")
    if tuple(map(int, openai.VERSION.split(".")[:2])) < (3, 57):
        pytest.skip("an older SDK")
    module, name = kind._native_names[0]
    native = getattr(importlib.import_module(module), name).model_fields
    fields = [name for name, text in kind._fields.items() if "VendorOptional" not in text]
    assert sorted(fields) == sorted(native)
    optional = {name for name, field in native.items() if not field.is_required()}
    assert set(kind._defaults) == optional


NESTED = [
    ("choices[0].message", types.ChatCompletionMessage),
    ("choices[0].message.tool_calls[0]", types.ToolCall),
    ("choices[0].message.tool_calls[0].function", types.Function),
    ("choices[0].message.function_call", types.FunctionCall),
    ("choices[0].message.annotations[0].url_citation", types.AnnotationURLCitation),
    ("choices[0].message.audio", types.ChatCompletionAudio),
    ("choices[0].logprobs.content[0].top_logprobs[0]", types.TopLogprob),
    ("usage.prompt_tokens_details", types.PromptTokensDetails),
    ("moderation", types.Moderation),
    ("metadata", Record),
]


def _one_of_each(path: str) -> Dict[str, Any]:
    """Plain data in which ``path`` leads to an object."""
    data: Any = {}
    for step in reversed(path.split(".")):
        data = {step[:-3]: [data]} if step.endswith("[0]") else {step: data}
    return data


@pytest.mark.parametrize(("path", "kind"), NESTED)
def test_what_stands_in_a_field(path: str, kind: Any) -> None:
    nested = eval(f"response.{path}", {"response": ChatCompletion(_one_of_each(path))})
    assert type(nested) is kind
