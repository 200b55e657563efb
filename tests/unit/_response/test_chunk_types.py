"""The kinds in a streamed chat completion; which fields may be missing says test_types."""

from __future__ import annotations

from typing import Any, Dict

import pytest

from dsadapter._response import chunk_types, types
from dsadapter._response.chunk_types import ChatCompletionChunk


def _one_of_each(path: str) -> Dict[str, Any]:
    """Plain data in which ``path`` leads to an object."""
    data: Any = {}
    for step in reversed(path.split(".")):
        data = {step[:-3]: [data]} if step.endswith("[0]") else {step: data}
    return data


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("choices[0].delta.tool_calls[0]", chunk_types.ChoiceDeltaToolCall),
        ("choices[0].delta.tool_calls[0].function", chunk_types.ChoiceDeltaToolCallFunction),
        ("choices[0].delta.function_call", chunk_types.ChoiceDeltaFunctionCall),
        ("choices[0].logprobs.content[0]", types.ChatCompletionTokenLogprob),
    ],
)
def test_what_stands_in_a_chunk(path: str, kind: Any) -> None:
    nested = eval(f"chunk.{path}", {"chunk": ChatCompletionChunk(_one_of_each(path))})
    assert type(nested) is kind


def test_the_usage_of_the_last_chunk() -> None:
    chunk = ChatCompletionChunk({"choices": [], "usage": {"prompt_tokens_details": {}}})
    assert type(chunk.usage) is types.CompletionUsage
    assert type(chunk.usage.prompt_tokens_details) is types.PromptTokensDetails
