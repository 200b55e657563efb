"""``include`` and ``exclude`` of dumps, nested, as pydantic reads them."""

from __future__ import annotations

from typing import Any

import pytest

from dsadapter._field_selection import select

DATA = {"a": 1, "b": {"x": 2, "y": [{"m": 3, "n": 4}, {"m": 5, "n": 6}]}, "c": [7, 8, 9]}
CASES = [
    ({}, DATA),
    ({"include": {"a"}}, {"a": 1}),
    ({"include": ["a", "nothing"]}, {"a": 1}),
    ({"exclude": {"b", "c"}}, {"a": 1}),
    ({"include": set()}, {}),
    ({"exclude": set()}, DATA),
    ({"include": {"a": True, "b": {"x"}}}, {"a": 1, "b": {"x": 2}}),
    ({"include": {"a": ...}}, {"a": 1}),
    ({"exclude": {"a": ..., "b": {"y": True}}}, {"b": {"x": 2}, "c": [7, 8, 9]}),
    ({"include": {"c": {0, -1}}}, {"c": [7, 9]}),
    ({"exclude": {"b": True, "c": {1}}}, {"a": 1, "c": [7, 9]}),
    ({"include": {"b": {"y": {"__all__": {"m"}}}}}, {"b": {"y": [{"m": 3}, {"m": 5}]}}),
    (
        {"exclude": {"a": True, "c": True, "b": {"y": {"__all__": {"m"}, 1: {"n"}}}}},
        {"b": {"x": 2, "y": [{"n": 4}, {}]}},
    ),
    ({"include": {"b"}, "exclude": {"b": {"y": {0}}}}, {"b": {"x": 2, "y": [{"m": 5, "n": 6}]}}),
]


@pytest.mark.parametrize(("keywords", "expected"), CASES)
def test_a_selection(keywords: Any, expected: Any) -> None:
    assert select(DATA, **keywords) == expected


@pytest.mark.parametrize(("keywords", "expected"), CASES)
def test_pydantic_selects_the_same(keywords: Any, expected: Any) -> None:
    pydantic = pytest.importorskip("pydantic")
    if pydantic.VERSION.startswith("1."):
        pytest.skip("pydantic 1 selects in models only")
    keywords = {k: set(v) if isinstance(v, list) else v for k, v in keywords.items()}
    assert pydantic.TypeAdapter(dict).dump_python(DATA, **keywords) == expected
