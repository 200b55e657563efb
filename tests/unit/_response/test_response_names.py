"""The SDK's classes for what a Responses server marks with a ``type``."""

from __future__ import annotations

import importlib
import importlib.util

import pytest

from dsadapter._response.response_names import natives_of

RESPONSES = "openai.types.responses"


@pytest.mark.parametrize(
    ("mark", "module", "name"),
    [
        ("message", "response_output_message", "ResponseOutputMessage"),
        ("function_call", "response_function_tool_call", "ResponseFunctionToolCall"),
        ("output_text", "response_output_text", "ResponseOutputText"),
        ("response.output_text.delta", "response_text_delta_event", "ResponseTextDeltaEvent"),
        ("response.completed", "response_completed_event", "ResponseCompletedEvent"),
        ("error", "response_error_event", "ResponseErrorEvent"),
    ],
)
def test_the_class_for_a_mark(mark: str, module: str, name: str) -> None:
    assert natives_of(mark) == ((f"{RESPONSES}.{module}", name),)
    pytest.importorskip(RESPONSES)
    if importlib.util.find_spec(f"{RESPONSES}.{module}"):
        assert hasattr(importlib.import_module(f"{RESPONSES}.{module}"), name)


@pytest.mark.parametrize("mark", ["made_up", "", "None"])
def test_what_no_class_stands_for(mark: str) -> None:
    assert natives_of(mark) == ()
