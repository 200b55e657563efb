"""The context cache of the emulator: hits are the tokens that began an earlier prompt."""

from __future__ import annotations

from typing import Any, Iterator, List

import pytest

from dsadapter.testing.emulator import Emulator

SYSTEM = "You are a careful clerk who sorts letters. " * 40


@pytest.fixture
def caching(wire_to: Any) -> Iterator[Any]:
    with Emulator(prefix_cache=True) as emulator:
        yield wire_to(emulator)


def hits(wire: Any, text: str, system: str = SYSTEM, **fields: Any) -> int:
    messages: List[Any] = [{"role": "system", "content": system}]
    messages.append({"role": "user", "content": text})
    usage = wire.chat(messages=messages, **fields).json["usage"]
    assert usage["prompt_cache_hit_tokens"] == usage["prompt_tokens_details"]["cached_tokens"]
    assert (
        usage["prompt_cache_hit_tokens"] + usage["prompt_cache_miss_tokens"]
        == usage["prompt_tokens"]
    )
    return int(usage["prompt_cache_hit_tokens"])


def test_a_shared_beginning_is_a_hit(caching: Any) -> None:
    assert hits(caching, "one") == 0
    assert hits(caching, "two") > 300
    assert hits(caching, "two", system="Another clerk. " + SYSTEM) == 0


def test_each_model_has_its_own(caching: Any) -> None:
    assert hits(caching, "one") == 0
    assert hits(caching, "one", model="deepseek-v4-pro") == 0


def test_a_short_prompt_is_no_hit(caching: Any) -> None:
    assert [hits(caching, "hi", system="short") for _ in range(2)] == [0, 0]


def test_there_is_none_unless_asked_for(wire: Any) -> None:
    assert [hits(wire, "one") for _ in range(2)] == [0, 0]
