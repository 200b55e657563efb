"""With orjson and without it, the same text gives the same data or the same refusal."""

from __future__ import annotations

import json
import sys
from typing import Any, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dsadapter._response import json as json_reader

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


ODD = [
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    '{"id": 123456789012345678901234567890}',
    "-0",
    "-0.0",
    "1e400",
    "5e-324",
    "NaN",
    '"\\ud83d"',
    '"\\u0000"',
    ' \t{"a": 1}\r\n',
    '{"a": 1, "a": 2}',
    "[1]x",
    "[DONE]",
    "",
    '{"a',
    "\u2028",
]


@pytest.fixture(params=["orjson", "json"])
def loads(request: Any, monkeypatch: Any) -> Iterator[Any]:
    if request.param == "orjson":
        pytest.importorskip("orjson", reason="the extra `fast` is not installed")
    else:
        monkeypatch.setitem(sys.modules, "orjson", None)
    json_reader.reader.cache_clear()
    yield json_reader.loads
    json_reader.reader.cache_clear()


def outcome(read: Any, text: str) -> str:
    try:
        return repr(read(text))
    except ValueError:
        return "refused"


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(loads: Any, text: str) -> None:
    assert outcome(loads, text) == outcome(json.loads, text)


def test_which_one_reads(loads: Any, request: Any) -> None:
    loads("1")
    assert (json_reader.reader().__name__ == "by_orjson") == ("orjson" in request.node.name)


@settings(deadline=None)
@given(VALUES, st.booleans())
@example({"a": [1 << 64, -(1 << 63) - 1]}, True)
def test_any_value(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "replace").decode()
    assert outcome(json_reader.loads, text) == outcome(json.loads, text)
