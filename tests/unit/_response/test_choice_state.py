"""One choice of a stream: how deltas are merged. The events: test_completion_state."""

from __future__ import annotations

from typing import Any

import pytest

from dsadapter._response.choice_state import ChoiceState
from dsadapter._response.output_types import OutputTypes


def merged(*deltas: Any) -> Any:
    """The message behind these deltas."""
    first, *others = ({"index": 0, "delta": delta, "finish_reason": None} for delta in deltas)
    state = ChoiceState(first, OutputTypes())
    for choice in others:
        state.add(choice)
    return state.snapshot.message


def test_texts_go_on_and_none_changes_nothing() -> None:
    message = merged({"content": None}, {"content": "a"}, {"content": None}, {"content": "b"})
    assert message.content == "ab"
    assert merged({"reasoning_content": "x"}, {"reasoning_content": "y"}).reasoning_content == "xy"


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"n": 1}, {"n": 2}, {"n": 3}),
        (
            {"audio": {"id": "a", "data": "x"}},
            {"audio": {"data": "y"}},
            {"audio": {"id": "a", "data": "xy"}},
        ),
        ({"tags": ["a"]}, {"tags": ["b"]}, {"tags": ["a", "b"]}),
        (
            {"parts": [{"index": 0, "t": "a"}]},
            {"parts": [{"index": 0, "t": "b"}, {"index": 1, "t": "c"}]},
            {"parts": [{"index": 0, "t": "ab"}, {"index": 1, "t": "c"}]},
        ),
        (
            {"annotations": [{"url": "a"}]},
            {"annotations": [{"url": "b"}]},
            {"annotations": [{"url": "a"}, {"url": "b"}]},
        ),
    ],
)
def test_fields_that_are_not_known_here(first: Any, second: Any, both: Any) -> None:
    assert merged(first, second) == both
    assert "b" not in str(first)  # what came stays as it was


def test_a_role_that_comes_again_is_not_doubled() -> None:
    assert merged({"role": "assistant"}, {"role": "assistant"}).role == "assistant"
