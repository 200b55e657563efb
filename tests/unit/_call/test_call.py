"""A call and what it gives: responses, chunks, how it came about, its end."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any, List

import pytest
from scripted import USER, prepared

import dsadapter
from dsadapter._call import telemetry
from dsadapter._headers import Headers
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.info import Retry
from dsadapter._response.types import ChatCompletion

CALLING = {"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": "{}"}}]}
RESTORED = {"function_call": {"name": "f", "arguments": "{}"}}


def restoring() -> Any:
    """A call whose functions were sent as tools."""
    body = {"model": "m", "messages": USER, "functions": [{"name": "f"}]}
    with pytest.warns(dsadapter.RepairWarning):
        return prepared(None, body=body)


def test_a_response_knows_how_it_came_about() -> None:
    call = prepared(None)
    call.status, call.headers, call.elapsed = 200, Headers({"X-Request-Id": "r"}), 1.5
    call.retries.append(Retry("busy", 0.5))
    response = call.to_response({"choices": []})
    assert type(response) is ChatCompletion
    info = response.adapter
    assert (info.backend, info.status, info.request_id, info.elapsed) == ("scripted", 200, "r", 1.5)
    assert [retry.reason for retry in info.retries] == ["busy"]
    assert (info.repairs, info.raw) == ((), None)


@pytest.mark.parametrize("data", [[1], "text", None, 5])
def test_what_is_no_object_stays_as_it_is(data: Any) -> None:
    assert prepared(None).to_response(data) is data


def test_functions_get_the_shape_of_their_time_back() -> None:
    call = restoring()
    data = {"choices": [{"message": {**CALLING}, "finish_reason": "tool_calls"}]}
    response = call.to_response(data)
    assert response.choices[0].message == RESTORED
    assert response.choices[0].finish_reason == "function_call"
    assert response.adapter.raw["choices"][0]["message"] == CALLING
    chunk = call.to_chunk({"choices": [{"delta": {**CALLING}}]})
    assert type(chunk) is ChatCompletionChunk
    assert chunk.choices[0].delta == RESTORED


def test_a_call_ends_once(monkeypatch: Any) -> None:
    events: List[Any] = []
    monkeypatch.setattr(telemetry, "observers", [events.append])
    call = prepared(None)
    error = dsadapter.RateLimitError("m")
    call.failed(error)
    call.end()
    call.failed(ValueError("another"))
    assert [event.error for event in events] == [error]


def test_an_error_on_its_way_out_is_one_of_the_imported_sdk_s(monkeypatch: Any) -> None:
    class TheirError(Exception):
        pass

    monkeypatch.setitem(sys.modules, "openai.error", None)
    module = SimpleNamespace(RateLimitError=TheirError)
    monkeypatch.setitem(sys.modules, "openai._exceptions", module)
    error = dsadapter.RateLimitError("m")
    prepared(None).failed(error)
    assert isinstance(error, TheirError)


@pytest.mark.parametrize(("face", "repairs"), [("legacy", 1), ("modern", 0)])
def test_a_null_content_that_0_28_had_as_text_is_among_the_repairs(face: str, repairs: int) -> None:
    call = restoring()
    call.face = face
    before = len(call.repairs)
    data = {"choices": [{"message": {"role": "assistant", "content": "", **CALLING}}]}
    assert len(call.to_response(data).adapter.repairs) - before == repairs
