"""The kinds in a text completion; which fields may be missing says test_types."""

from __future__ import annotations

from dsadapter._response import text_types, types


def test_what_stands_in_a_text_completion() -> None:
    choice = {"text": "x", "logprobs": {"tokens": ["x"]}}
    completion = text_types.Completion({"choices": [choice], "usage": {"total_tokens": 1}})
    assert type(completion.choices[0]) is text_types.TextChoice
    assert type(completion.choices[0].logprobs) is text_types.TextLogprobs
    assert type(completion.usage) is types.CompletionUsage
