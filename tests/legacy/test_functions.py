"""Functions of 0.28's time: the first delta and the content say that a function is called."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, List

import pytest

from dsadapter._legacy.first_deltas import FirstDeltas

from .conftest import BASELINE, KEY, MODEL

pytestmark = pytest.mark.skipif(BASELINE, reason="about what DeepSeek sends")
REQUEST: Dict[str, Any] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "What is the weather in Paris?"}],
    "functions": [
        {
            "name": "get_weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        }
    ],
    "function_call": {"name": "get_weather"},
}


@pytest.fixture(params=["sync", "async"])
def call(request: Any, openai: Any, emulator: Any, monkeypatch: Any) -> Any:
    """One call on DeepSeek; a stream is read to its end."""
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    monkeypatch.setenv("DEEPSEEK_BASE_URL", emulator.base_url)

    async def read(**params: Any) -> Any:
        response = await openai.ChatCompletion.acreate(**{**REQUEST, **params})
        return [chunk async for chunk in response] if params.get("stream") else response

    def create(**params: Any) -> Any:
        if request.param == "async":
            return asyncio.run(read(**params))
        response = openai.ChatCompletion.create(**{**REQUEST, **params})
        return list(response) if params.get("stream") else response

    return create


@pytest.mark.filterwarnings("ignore")
def test_the_first_delta_says_that_a_function_is_called(call: Any) -> None:
    deltas = [chunk["choices"][0]["delta"] for chunk in call(stream=True)]
    first = deltas[0]
    assert (first["role"], first["function_call"]["name"]) == ("assistant", "get_weather")
    assert "content" not in first
    arguments = "".join(delta.get("function_call", {}).get("arguments", "") for delta in deltas)
    assert isinstance(json.loads(arguments), dict)
    assert not any("content" in delta for delta in deltas[:-1])


@pytest.mark.filterwarnings("ignore")
def test_text_comes_as_before(call: Any) -> None:
    chunks = call(stream=True, function_call="none", thinking={"type": "disabled"})
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas)
    assert not any("function_call" in delta for delta in deltas)


@pytest.mark.filterwarnings("ignore")
def test_reasoning_does_not_wait(call: Any) -> None:
    chunks = call(stream=True, function_call="auto", thinking={"type": "enabled"})
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert deltas[0] == {"role": "assistant", "reasoning_content": ""}
    assert deltas[1]["reasoning_content"]
    assert any("function_call" in delta for delta in deltas)


@pytest.mark.filterwarnings("ignore")
def test_a_whole_reply_has_no_content_and_says_so(call: Any, openai: Any) -> None:
    response = call()
    message = response["choices"][0]["message"]
    assert message["content"] is None
    assert message["function_call"]["name"] == "get_weather"
    repairs = [repair.what for repair in response.adapter.repairs]
    assert "content '' of the reply given as null" in repairs
    assert response.adapter.raw["choices"][0]["message"]["content"] == ""


@pytest.mark.filterwarnings("ignore")
def test_a_whole_reply_with_text_is_as_it_came(call: Any) -> None:
    response = call(function_call="none", thinking={"type": "disabled"})
    assert response["choices"][0]["message"]["content"]
    assert not any("null" in repair.what for repair in response.adapter.repairs)


# --- the order of chunks --------------------------------------------------------------------------

ROLE = {"role": "assistant", "content": ""}
CALLED = {"function_call": {"name": "f", "arguments": ""}}
TEXT = {"content": "Hi"}
OPENED = {"role": "assistant", **CALLED}


def chunk(delta: Any, index: int = 0, finish: Any = None) -> Dict[str, Any]:
    return {"choices": [{"index": index, "delta": dict(delta), "finish_reason": finish}]}


USAGE: Dict[str, Any] = {"choices": [], "usage": {"total_tokens": 1}}
SEQUENCES: List[Any] = [
    ([chunk(ROLE), chunk(CALLED)], [[], [chunk(OPENED)]]),
    ([chunk(ROLE), chunk(TEXT)], [[], [chunk(ROLE), chunk(TEXT)]]),
    ([chunk(ROLE), chunk({**CALLED, "content": ""})], [[], [chunk(OPENED)]]),
    ([chunk({**ROLE, **CALLED})], [[chunk(OPENED)]]),
    ([chunk(CALLED)], [[chunk(CALLED)]]),
    ([chunk(ROLE), USAGE], [[], [chunk(ROLE), USAGE]]),
    ([chunk(ROLE, finish="stop")], [[chunk(ROLE, finish="stop")]]),
    ([chunk({**ROLE, "content": "Hi"})], [[chunk({**ROLE, "content": "Hi"})]]),
    ([chunk({**ROLE, "title": "t"})], [[chunk({**ROLE, "title": "t"})]]),
    (
        [chunk(ROLE), chunk({"reasoning_content": "r"}), chunk(CALLED)],
        [[], [chunk(ROLE), chunk({"reasoning_content": "r"})], [chunk(CALLED)]],
    ),
    (
        [chunk(ROLE, 0), chunk(ROLE, 1), chunk(CALLED, 1), chunk(TEXT, 0)],
        [[], [], [chunk(OPENED, 1)], [chunk(ROLE, 0), chunk(TEXT, 0)]],
    ),
    (
        [chunk(ROLE), chunk({**CALLED, "content": "Hi"})],
        [[], [chunk({**OPENED, "content": "Hi"})]],
    ),
    ([{"choices": [{"text": "a"}]}], [[{"choices": [{"text": "a"}]}]]),
]


@pytest.mark.parametrize(("chunks", "expected"), SEQUENCES)
def test_which_chunk_waits(chunks: Any, expected: Any) -> None:
    deltas = FirstDeltas()
    assert [deltas.feed(each) for each in chunks] == expected
    assert deltas.flush() == []


def test_the_role_alone_comes_at_the_end() -> None:
    deltas = FirstDeltas()
    assert deltas.feed(chunk(ROLE)) == []
    assert deltas.flush() == [chunk(ROLE)]
