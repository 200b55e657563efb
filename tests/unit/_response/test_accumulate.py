"""The chunks of a stream, merged."""

from __future__ import annotations

import copy
from typing import Any, Dict, Optional

import pytest

from dsadapter._response.accumulate import Accumulator
from dsadapter._response.types import ChatCompletion


def chunk(delta: Any = None, index: int = 0, **more: Any) -> Dict[str, Any]:
    choice = {"index": index, "delta": delta or {}, **more}
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "model": "m",
        "usage": None,
        "choices": [choice],
    }


def merged(*chunks: Dict[str, Any]) -> Any:
    merge = Accumulator()
    for one in chunks:
        merge.add(one)
    return ChatCompletion(merge.result())


USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
STOP = chunk({}, finish_reason="stop")


def call(index: Optional[int], **function: Any) -> Dict[str, Any]:
    whole = function.pop("id", None)
    made: Dict[str, Any] = {"index": index, "function": function}
    if whole:
        made.update(id=whole, type="function")
    return made


def test_content_and_reasoning() -> None:
    got = merged(
        chunk({"role": "assistant", "content": None, "reasoning_content": ""}),
        chunk({"content": None, "reasoning_content": "Let "}),
        chunk({"content": None, "reasoning_content": "me."}),
        chunk({"content": "Hi, ", "reasoning_content": None}),
        chunk({"content": "世界"}),
        STOP,
    )
    assert got == {
        "id": "c1",
        "object": "chat.completion",
        "model": "m",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "Hi, 世界",
                    "reasoning_content": "Let me.",
                },
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
    }


def test_tool_calls_by_index() -> None:
    got = merged(
        chunk({"tool_calls": [call(1, id="t2", name="g", arguments="")]}),
        chunk({"tool_calls": [call(0, id="t1", name="f", arguments='{"a"')]}),
        chunk({"tool_calls": [call(1, arguments='{"b"'), call(0, arguments=": 1}")]}),
        chunk({"tool_calls": [call(1, arguments=": 2}", name=None)]}),
        chunk({}, finish_reason="tool_calls"),
    )
    calls = got.choices[0].message.tool_calls
    assert [(c.id, c.type, c.function.name, c.function.arguments) for c in calls] == [
        ("t1", "function", "f", '{"a": 1}'),
        ("t2", "function", "g", '{"b": 2}'),
    ]
    assert got.choices[0].message.content is None


def test_a_function_call_of_0_28() -> None:
    got = merged(
        chunk({"role": "assistant", "function_call": {"name": "f", "arguments": ""}}),
        chunk({"function_call": {"arguments": '{"a"'}}),
        chunk({"function_call": {"arguments": ": 1}"}}),
        chunk({}, finish_reason="function_call"),
    )
    assert got.choices[0].message.function_call == {"name": "f", "arguments": '{"a": 1}'}


@pytest.mark.parametrize(
    "chunks",
    [
        [chunk({"content": "a"}), {**STOP, "usage": USAGE}],
        [chunk({"content": "a"}), STOP, {**chunk(), "choices": [], "usage": USAGE}],
        [{**chunk({"content": "a"}), "usage": {"total_tokens": 1}}, {**STOP, "usage": USAGE}],
    ],
    ids=["last chunk", "empty choices", "the latest counts"],
)
def test_usage_from_wherever_it_stands(chunks: Any) -> None:
    got = merged(*chunks)
    assert got.usage == USAGE
    assert got.choices[0].message.content == "a"
    assert len(got.choices) == 1


def test_no_usage_is_no_field() -> None:
    assert "usage" not in merged(chunk({"content": "a"}), STOP)


def test_several_choices() -> None:
    got = merged(
        chunk({"content": "b"}, 1),
        chunk({"content": "a"}, 0),
        chunk({"content": "B"}, 1),
        chunk({}, 1, finish_reason="length"),
        chunk({}, 0, finish_reason="stop"),
    )
    read = [(c.index, c.message.content, c.finish_reason) for c in got.choices]
    assert read == [(0, "a", "stop"), (1, "bB", "length")]


def test_logprobs_are_joined() -> None:
    got = merged(
        chunk({"content": "a"}, logprobs={"content": [{"token": "a"}], "refusal": None}),
        chunk({"content": "b"}, logprobs=None),
        chunk({"content": "c"}, logprobs={"content": [{"token": "c"}]}),
        STOP,
    )
    assert [t.token for t in got.choices[0].logprobs.content] == ["a", "c"]


@pytest.mark.parametrize("count", [1, 4095, 4096, 4097, 10000])
def test_long_texts(count: int) -> None:
    pieces = [f"{i}世😊\ud800" for i in range(count)]
    got = merged(*(chunk({"content": piece}) for piece in pieces), STOP)
    assert got.choices[0].message.content == "".join(pieces)


def test_text_completions() -> None:
    base = {"id": "c", "object": "text_completion", "model": "m"}
    got = merged(
        {**base, "choices": [{"index": 0, "text": "a", "logprobs": None}]},
        {**base, "choices": [{"index": 0, "text": "b", "finish_reason": "stop"}], "usage": USAGE},
    )
    assert got == {
        **base,
        "choices": [{"index": 0, "text": "ab", "logprobs": None, "finish_reason": "stop"}],
        "usage": USAGE,
    }


def test_unknown_fields_of_a_delta_are_kept() -> None:
    got = merged(
        chunk({"refusal": "No"}), chunk({"refusal": "."}), chunk({"annotations": [{"a": 1}]}), STOP
    )
    message = got.choices[0].message
    assert (message.refusal, message.annotations) == ("No.", [{"a": 1}])


@pytest.mark.parametrize(
    ("chunks", "finished", "text"),
    [
        ([], False, ""),
        ([chunk({"content": "a"})], False, "a"),
        ([chunk({"content": "a"}), STOP], True, "a"),
        ([chunk({"reasoning_content": "r"})], False, ""),
        ([chunk({"content": "a"}), STOP, chunk({"content": "b"}, 1)], False, "a"),
        ([{"id": "x", "choices": []}], False, ""),
    ],
)
def test_an_unfinished_stream(chunks: Any, finished: bool, text: str) -> None:
    merge = Accumulator()
    for one in chunks:
        merge.add(one)
    assert (merge.finished, merge.text()) == (finished, text)
    assert isinstance(merge.result()["choices"], list)


def test_merging_changes_no_chunk() -> None:
    chunks = [
        chunk({"tool_calls": [call(0, id="t", name="f", arguments="a")]}),
        chunk({"tool_calls": [call(0, arguments="b")]}),
    ]
    before = copy.deepcopy(chunks)
    merged(*chunks)
    assert chunks == before


@pytest.mark.parametrize(
    ("role", "merged_role"), [("assistant", "assistant"), ("critic", "critic")]
)
def test_the_role_is_the_server_s(role: str, merged_role: str) -> None:
    whole = merged(chunk({"role": role, "content": "a"}), chunk({"role": None}), STOP)
    assert whole.choices[0].message.role == merged_role
