"""JSON that is still arriving."""

from __future__ import annotations

import json
import random
from typing import Any, List

import pytest

from dsadapter._response.partial_json import PartialJSON


def value_of(*parts: str) -> Any:
    text = PartialJSON()
    for part in parts:
        text.add(part)
        value = text.value()
    return value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (" \n", None),
        ("{", {}),
        ('{"a', {}),
        ('{"a"', {}),
        ('{"a":', {}),
        ('{"a": "x', {}),
        ('{"a": "x\\', {}),
        ('{"a": "x\\u4f6', {}),
        ('{"a": "x\\u4f60"', {"a": "x你"}),
        ('{"a": 12', {"a": 12}),
        ('{"a": 12.', {}),
        ('{"a": -', {}),
        ('{"a": 1e', {}),
        ('{"a": 1e5', {"a": 1e5}),
        ('{"a": tr', {}),
        ('{"a": true', {"a": True}),
        ('{"a": -Infinity', {"a": float("-inf")}),
        ('{"a": {"b": [1, "', {"a": {"b": [1]}}),
        ("[", []),
        ("[1,", [1]),
        ('[{"a": 1}, {', [{"a": 1}, {}]),
        ("[[]", [[]]),
        ('{"a": 1}', {"a": 1}),
        ('"abc', None),
        ('"abc"', "abc"),
    ],
)
def test_what_is_complete_so_far(text: str, value: Any) -> None:
    assert value_of(text) == value
    assert value_of(*text or [""]) == value  # character by character


@pytest.mark.parametrize(
    "text", ["Hello", "{a", "{,", '{"a" 1', "[,", "[1,]", '{"a": 1,}', "[01", "[1.x", "[nux", "tx"]
)
def test_what_is_no_json_raises(text: str) -> None:
    with pytest.raises(ValueError):
        value_of(*text)


@pytest.mark.parametrize(("text", "value"), [('{"a": 1 and', {"a": 1}), ("[1] and more", [1])])
def test_what_follows_a_complete_item_ends_the_reading(text: str, value: Any) -> None:
    assert value_of(text) == value_of(text, ", 2]") == value


def test_a_number_that_goes_on_is_taken_back() -> None:
    text = PartialJSON()
    values: List[Any] = []
    for part in ("[12", ".", "5", "]"):
        text.add(part)
        values.append(text.value())
    assert values == [[12], [], [12.5], [12.5]]


def test_each_value_is_new() -> None:
    text = PartialJSON()
    text.add('{"a": [1')
    first = text.value()
    first["a"].append("changed")
    assert text.value() == {"a": [1]}


def made_up(source: random.Random, depth: int = 0) -> Any:
    kind = source.randrange(9 if depth < 4 else 7)
    if kind < 3:
        return source.choice([True, None, source.randrange(-999, 999), source.random() * 1e9])
    if kind < 7:
        return "".join(source.choice('ab"\\\n/é😀{}[],: ') for _ in range(source.randrange(6)))
    items = [made_up(source, depth + 1) for _ in range(source.randrange(4))]
    return items if kind == 7 else {f'{i}"\\': item for i, item in enumerate(items)}


@pytest.mark.parametrize("seed", range(30))
def test_every_beginning_is_read_as_jiter_reads_it(seed: int) -> None:
    jiter = pytest.importorskip("jiter", reason="openai >= 1.40 brings it")
    source = random.Random(seed)
    for _ in range(20):
        value = [made_up(source)]
        text = json.dumps(
            value, ensure_ascii=source.random() < 0.5, indent=source.choice([1, None])
        )
        partial = PartialJSON()
        for end, character in enumerate(text, 1):
            partial.add(character)
            expected = jiter.from_json(text[:end].encode(), partial_mode=True)
            assert repr(partial.value()) == repr(expected), text[:end]
        assert partial.value() == value


def test_a_number_alone_may_go_on() -> None:
    assert (value_of("1"), value_of("1", "2"), value_of("1", "2 ")) == (1, 12, 12)
