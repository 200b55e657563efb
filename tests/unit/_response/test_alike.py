"""Templates of events: which packets consist of such events, and what their texts are."""

from __future__ import annotations

import json
from typing import Any, List, Optional

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsadapter._response.alike import Template, template_of, unescaped

BEFORE, AFTER = '{"a": 1, "t": "', '", "b": null}'
PIECES = ["a", "x", "\u4f60", "\\", '"', "\\n", "\\u4f60", "\\u12", "\\ud83d", "\t", "\n", "\r"]
PIECES += [AFTER, BEFORE, f"{AFTER}\n\ndata: {BEFORE}", "\n\ndata: "]


def event(text: str) -> str:
    return f"data: {BEFORE}{text}{AFTER}\n\n"


def text_in(line: str) -> Optional[str]:
    """The text of one event, read as any JSON."""
    try:
        data = json.loads(line[len("data: ") :], object_pairs_hook=list)
    except ValueError:
        return None
    (one, (key, text), two) = data if len(data) == 3 else (None, (None, None), None)
    is_alike = one == ("a", 1) and key == "t" and two == ("b", None) and isinstance(text, str)
    return text if is_alike and line == f"data: {BEFORE}{json_text(line)}{AFTER}" else None


def json_text(line: str) -> str:
    return line[len(f"data: {BEFORE}") : -len(AFTER)]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), max_size=4))
def test_texts_are_those_that_json_reads(insides: List[str]) -> None:
    block = "".join(map(event, insides))
    texts = Template(BEFORE, AFTER).texts(block.encode())
    lines = block.split("\n\n")[:-1]
    expected = [text_in(line) for line in lines]
    if not lines or None in expected:
        assert texts is None
    else:
        assert texts is not None and list(map(unescaped, texts)) == expected


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\n\n",
        event("a").encode()[:-1],
        event("a").encode() + b"\n",
        b"\n" + event("a").encode(),
        event("\\").encode() + event(',"b').encode(),  # quotes that make one list of two
        event("\ufffd").encode().replace(b"\xef\xbf\xbd", b"\xe4\xbd") + event("a").encode(),
        event("a").replace("\n\n", "\r\n\r\n").encode(),
        (event("a") + event("b").replace("null", "nulL") + event("c")).encode(),
        (event("a") + event("b").replace('"a"', '"A"') + event("c")).encode(),
        (event("a")[:-1] + event("b") + "\n").encode(),
        f"data: {BEFORE}{AFTER[1:]}\n\n".encode(),  # one quote for two
        (event("a") + f"data: {BEFORE}{AFTER[1:]}\n\n").encode(),
        event("a").replace("data: ", "data:  ").encode(),
    ],
)
def test_other_packets_have_none(block: bytes) -> None:
    assert Template(BEFORE, AFTER).texts(block) is None


@pytest.mark.parametrize("text", ["a", "", "0", "\n", '"', "\u4f60"])
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_the_template_of_an_event(text: str, separators: Any) -> None:
    data = {"in": {"text": text, "more": None}, "note": '"text":"0"'}
    payload = json.dumps(data, separators=separators)
    template = template_of(payload, data, data["in"], "text")  # type: ignore[arg-type]
    assert template is not None
    other = f"data: {payload}\n\n".replace(json.dumps(text), '"other"', 1)
    assert template.texts(other.encode() * 2) == ["other", "other"]


@pytest.mark.parametrize(
    "payload",
    [
        '{"a": {"text": "0"}, "b": {"text": "0"}}',  # the last one is another field
        '{"a": {"text": "1"}, "b": {"text": "1"}}',
        '{"a": {"t\\u0065xt": "0"}, "b": 1}',
        '{"a": {"text" : "0"}, "b": 1}',
        '{"a": {"text": "0", "t\\u0065xt": "0"}, "b": 1}',
        '{"a": {"text": "0"}, "b": 1} ]',
        '{"b": 1,\r"a": {"text": "0"}}',  # two lines of an event, the second is no data
        '{"b": 1,\n"a": {"text": "0"}}',
        '{"a": {"text": "0"},\r\n"b": 1}',
        "[" * 3000,
    ],
)
def test_where_it_cannot_be_seen_there_is_none(payload: str) -> None:
    data: Any = {"a": {"text": "1" if '"1"' in payload else "0"}, "b": 1}
    try:
        data = json.loads(payload)
    except (ValueError, RecursionError):
        pass
    assert template_of(payload, data, data["a"], "text") is None
