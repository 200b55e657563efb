"""Chunks that are wrapped in one pass: OpenAIObjects in all that a program can do to them."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Callable, Dict, List

import pytest

from dsadapter._legacy.chunk_objects import chunk_object, normalize_chunk
from dsadapter._legacy.objects import OpenAIObject, wrapped

from .conftest import BASELINE

pytestmark = pytest.mark.skipif(BASELINE, reason="the adapter's own objects")

DELTAS: List[Dict[str, Any]] = [
    {"content": "a", "reasoning_content": None},
    {"content": None, "reasoning_content": "b"},
    {"role": "assistant", "content": "", "tool_calls": [{"index": 0, "function": {"name": "f"}}]},
]
FUNCTIONS = [{"name": "f", "parameters": {"type": "object", "properties": {}}}]


def data(delta: Dict[str, Any]) -> Dict[str, Any]:
    choice = {"index": 0, "delta": copy.deepcopy(delta), "logprobs": None, "finish_reason": None}
    return {"id": "1", "object": "chat.completion.chunk", "choices": [choice], "filter": {"a": 1}}


@pytest.fixture(params=DELTAS, ids=["text", "thought", "call"])
def both(request: Any) -> Any:
    """The same chunk, made in one pass and made step by step."""
    return chunk_object(data(request.param)), wrapped(normalize_chunk(data(request.param)))


def put(delta: Any, name: str, value: Any) -> Any:
    delta[name] = value
    return getattr(delta, name)


def assign(delta: Any, name: str, value: Any) -> Any:
    setattr(delta, name, value)
    return getattr(delta, name)


WAYS: Dict[str, Callable[[Any], Any]] = {
    "index": lambda c: c["choices"][0]["delta"]["content"],
    "attribute": lambda c: c.choices[0].delta.content,
    "thought": lambda c: c.choices[0].delta.reasoning_content,
    "hasattr": lambda c: [hasattr(c.choices[0].delta, n) for n in ("content", "role", "made_up")],
    "get": lambda c: c.choices[0].get("delta", {}).get("content", ""),
    "in": lambda c: "content" in c["choices"][0]["delta"],
    "nested": lambda c: c.filter.a + c["filter"].a,
    "calls": lambda c: c.choices[0].delta.tool_calls[0].function.name,
    "finish": lambda c: c.choices[0].finish_reason,
    "json": json.dumps,
    "str": str,
    "plain": lambda c: json.dumps(c.to_dict_recursive()),
    "shallow": lambda c: (type(c.to_dict()), type(c.to_dict()["choices"][0]).__name__),
    "dict": lambda c: dict(c)["choices"][0].delta,
    "star": lambda c: {**c}["choices"][0].delta,
    "values": lambda c: [list(c.values()), list(c.items())],
    "copy": lambda c: (copy.copy(c).choices[0].delta, type(copy.copy(c)), type(c.copy())),
    "deepcopy": lambda c: (copy.deepcopy(c), type(copy.deepcopy(c).choices[0].delta)),
    "pickle": lambda c: (pickle.loads(pickle.dumps(c)), type(pickle.loads(pickle.dumps(c)))),
    "equal": lambda c: (c == json.loads(json.dumps(c)), c != {}, bool(c), len(c)),
    "class": lambda c: (type(c).__name__, type(c).__module__, isinstance(c, OpenAIObject)),
    "construct": lambda c: type(type(c).construct_from({"id": "2"})),
    "put": lambda c: put(c.choices[0].delta, "content", "x"),
    "put a dict": lambda c: type(put(c.choices[0], "delta", {"content": "y"})),
    "put a list": lambda c: put(c, "choices", [{"delta": {"content": "z"}}])[0].delta.content,
    "put nothing": lambda c: put(c.choices[0].delta, "content", ""),
    "assign": lambda c: assign(c.choices[0].delta, "content", "x"),
    "assign a list": lambda c: assign(c, "choices", [{"a": {"b": 1}}])[0].a.b,
    "update": lambda c: (c.choices[0].delta.update(content={"p": 1}), c.choices[0].delta.content.p),
    "setdefault": lambda c: c.choices[0].delta.setdefault("content", {"p": 1}),
    "pop": lambda c: (c.choices[0].delta.pop("content", 0), c.choices[0].delta.content),
    "popitem": lambda c: [c.choices[0].popitem()[0] for _ in range(4)],
    "clear": lambda c: (c.clear(), c.choices),
    "del": lambda c: c.__delitem__("id"),
    "refresh": lambda c: (c.refresh_from({"id": "2"}), c.choices),
    "beside": lambda c: (setattr(c, "api_key", "k"), c.api_key, "api_key" in c),
    "sorted": sorted,
    "dir": lambda c: {name for name in dir(c) if name[0] != "_"},
}


def told(way: Callable[[Any], Any], chunk: Any) -> Any:
    try:
        return way(chunk), str(chunk)
    except Exception as err:
        return type(err).__name__, str(err).partition(" at 0x")[0], str(chunk)


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_done_to_it(both: Any, way: str) -> None:
    at_once, by_steps = both
    assert told(WAYS[way], at_once) == told(WAYS[way], by_steps)


def test_what_was_changed_can_be_read(both: Any) -> None:
    chunk, _ = both
    chunk.choices[0].delta.update(content=[{"part": {"text": "t"}}])
    assert chunk.choices[0].delta.content[0].part.text == "t"
    assert chunk["choices"][0]["delta"]["content"][0].part.text == "t"
    assert pickle.loads(pickle.dumps(chunk)) == chunk


# --- in streams -----------------------------------------------------------------------------------


def shown(chunk: Any) -> Any:
    return str(chunk.choices[0]), chunk.engine, type(chunk.choices[0].delta).__name__, chunk.model


@pytest.mark.parametrize(
    "fault", ["", "null-content", "usage-chunk", "cut;after=4", "stream-error"]
)
@pytest.mark.parametrize("more", [{}, {"functions": FUNCTIONS}], ids=["text", "functions"])
def test_a_tracer_is_asked_for_the_same_chunks(
    fault: str, more: Any, openai: Any, cc: Any, emulator: Any, monkeypatch: Any
) -> None:
    if fault:
        openai.api_base = emulator.url(fault)

    def read() -> List[Any]:
        found: List[Any] = []
        try:
            for chunk in cc(engine="an-engine", stream=True, **more):
                found.append(shown(chunk))
        except openai.error.OpenAIError as err:
            found.append((type(err).__name__, err.partial))
        return found

    at_once, asked = read(), []
    convert = openai.util.convert_to_openai_object

    def replaced(response: Any, *args: Any, **kwargs: Any) -> Any:
        if hasattr(response, "request_id"):  # 0.28 asks for what is nested, too
            asked.append(type(response.data))
        return convert(response, *args, **kwargs)

    monkeypatch.setattr(openai.util, "convert_to_openai_object", replaced)
    assert read() == at_once
    assert set(asked) <= {dict}
    assert len(asked) >= len(at_once) - 1
