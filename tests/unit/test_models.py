"""Responses: dicts with attributes, and the chunks of a stream merged."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Dict, List, Optional

import pytest

from dsadapter._headers import Headers
from dsadapter._record import Record, attach
from dsadapter._response import types as _models
from dsadapter._response.accumulate import Accumulator
from dsadapter._response.info import AdapterInfo, Retry
from dsadapter._response.types import (
    Balance,
    ChatCompletion,
    ChatCompletionChunk,
    Completion,
    ModelPage,
)


def data() -> Dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "deepseek-flash",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "Hi, 世界",
                    "tool_calls": [
                        {
                            "id": "t1",
                            "type": "function",
                            "function": {"name": "f", "arguments": "{}"},
                        }
                    ],
                },
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
        "made_up": {"deep": [[{"x": 1}]], "list": [1, "a", None]},
    }


@pytest.fixture()
def reply() -> ChatCompletion:
    info = AdapterInfo("raw-requests", ("a repair",))
    info.status = 200
    info.headers = Headers({"X-Request-Id": "r1"})
    info.retries = [Retry("why", 0.5)]
    return attach(ChatCompletion(data()), info)


CONTENT = "Hi, 世界"
STYLES = [
    lambda r: r["choices"][0]["message"]["content"],
    lambda r: r.choices[0].message.content,
    lambda r: r.choices[0].message["content"],
    lambda r: r["choices"][0].message.content,
    lambda r: r.choices[0]["message"].content,
    lambda r: r.get("choices")[0].get("message").get("content"),
    lambda r: dict(r.items())["choices"][0].message.content,
    lambda r: list(r.values())[4][0].message.content,
    lambda r: next(iter(r.choices)).message.content,
    lambda r: getattr(r.choices[0].message, "content"),  # noqa: B009
    lambda r: {**r}["choices"][0]["message"]["content"],
    lambda r: r.copy().choices[0].message.content,
    lambda r: copy.copy(r).choices[0].message.content,
    lambda r: copy.deepcopy(r).choices[0].message.content,
    lambda r: pickle.loads(pickle.dumps(r)).choices[0].message.content,
    lambda r: r.pop("choices")[0].message.content,
    lambda r: r.model_copy().choices[0].message.content,
]


@pytest.mark.parametrize("read", STYLES)
def test_every_style_of_reading(reply: Any, read: Any) -> None:
    assert read(reply) == CONTENT
    assert read(ChatCompletion(data())) == CONTENT


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda r: r.made_up.deep[0][0].x, 1),
        (lambda r: r["made_up"]["deep"][0][0]["x"], 1),
        (lambda r: r.made_up.list, [1, "a", None]),
        (lambda r: r.choices[0].message.tool_calls[0].function.name, "f"),
        (lambda r: r.usage.total_tokens, 3),
        (lambda r: r.get("nothing"), None),
        (lambda r: r.get("nothing", 7), 7),
        (lambda r: "id" in r, True),
        (lambda r: "nothing" in r, False),
        (lambda r: len(r), 7),
        (lambda r: list(r)[:2], ["id", "object"]),
        (lambda r: list(r.keys()), list(data())),
        (lambda r: isinstance(r, dict), True),
        (lambda r: isinstance(r.choices[0].message, dict), True),
        (lambda r: isinstance(r.choices, list), True),
        (lambda r: {"id", "choices", "model_dump"} <= set(dir(r)), True),
        (lambda r: vars_of(r), ()),
        (lambda r: bool(r), True),
    ],
)
def test_reads(reply: Any, read: Any, expected: Any) -> None:
    assert read(reply) == expected


def vars_of(record: Any) -> Any:
    """Names that only an instance dictionary would show."""
    return tuple(getattr(record, "__dict__", ()))


@pytest.mark.parametrize(
    "read",
    [
        lambda r: r.choices,
        lambda r: r["choices"],
        lambda r: r.choices[0],
        lambda r: r.choices[0].message,
        lambda r: r.usage,
        lambda r: r.made_up.deep[0][0],
    ],
)
def test_what_was_read_is_the_same_object_next_time(reply: Any, read: Any) -> None:
    assert read(reply) is read(reply)


def test_wrapping_is_lazy() -> None:
    inner = data()
    reply = ChatCompletion(inner)
    assert type(dict.__getitem__(reply, "usage")) is dict
    assert reply.usage.total_tokens == 3
    assert type(dict.__getitem__(reply, "usage")) is not dict
    assert type(dict.__getitem__(reply, "made_up")) is dict


# --- what is not there ---------------------------------------------------------------------------

ABSENT = [
    (ChatCompletion, "service_tier"),
    (ChatCompletion, "system_fingerprint"),
    (ChatCompletion, "usage"),
    (ChatCompletionChunk, "usage"),
    (Completion, "usage"),
    (_models.Choice, "logprobs"),
    (_models.Choice, "finish_reason"),
    (_models.ChunkChoice, "finish_reason"),
    (_models.ChatCompletionMessage, "content"),
    (_models.ChatCompletionMessage, "reasoning_content"),
    (_models.ChatCompletionMessage, "tool_calls"),
    (_models.ChatCompletionMessage, "function_call"),
    (_models.ChatCompletionMessage, "refusal"),
    (_models.ChoiceDelta, "role"),
    (_models.ChoiceDelta, "content"),
    (_models.ChoiceDelta, "reasoning_content"),
    (_models.ChoiceDelta, "tool_calls"),
    (_models.Function, "name"),
    (_models.CompletionUsage, "completion_tokens_details"),
    (_models.CompletionUsage, "prompt_cache_hit_tokens"),
    (_models.Model, "owned_by"),
]


@pytest.mark.parametrize(("kind", "name"), ABSENT, ids=lambda v: getattr(v, "__name__", v))
def test_a_known_optional_field_that_was_left_out(kind: Any, name: str) -> None:
    record = kind({})
    assert getattr(record, name) is None
    assert record.get(name) is None
    assert name not in record
    assert record.model_dump() == {}
    with pytest.raises(KeyError):
        record[name]


@pytest.mark.parametrize(
    "kind", [Record, ChatCompletion, ChatCompletionChunk, _models.Choice, ModelPage, Balance]
)
def test_an_unknown_field(kind: Any) -> None:
    record = kind({})
    assert not hasattr(record, "no_such_field")
    with pytest.raises(AttributeError, match="no_such_field"):
        _ = record.no_such_field
    with pytest.raises(KeyError):
        record["no_such_field"]


def test_a_required_field_that_was_left_out_is_no_none() -> None:
    with pytest.raises(AttributeError):
        _ = ChatCompletion({}).choices


# --- as plain data -------------------------------------------------------------------------------

DUMPS = [
    lambda r: r.model_dump(),
    lambda r: r.to_dict(),
    lambda r: r.to_dict_recursive(),
    lambda r: r.dict(),
    lambda r: json.loads(r.model_dump_json()),
    lambda r: json.loads(r.to_json()),
    lambda r: json.loads(r.json()),
    lambda r: json.loads(json.dumps(r)),
    lambda r: json.loads(json.dumps([r])[1:-1]),
    lambda r: r.model_dump(mode="json", by_alias=True, warnings=False, round_trip=True),
    lambda r: dict(r),
    lambda r: copy.deepcopy(r),
    lambda r: pickle.loads(pickle.dumps(r)),
    lambda r: r,
]


@pytest.mark.parametrize("dump", DUMPS)
@pytest.mark.parametrize("touched", [False, True])
def test_exactly_the_server_s_fields(reply: Any, dump: Any, touched: bool) -> None:
    if touched:
        assert reply.choices[0].message.tool_calls[0].function.arguments == "{}"
        assert reply.made_up.deep
    assert dump(reply) == data()
    assert data() == dump(reply)


def kinds_in(value: Any) -> List[type]:
    inner = list(value.values()) if isinstance(value, dict) else value
    below = [k for v in inner for k in kinds_in(v)] if isinstance(inner, list) else []
    return [type(value), *below]


@pytest.mark.parametrize("dump", DUMPS[:4])
def test_plain_all_the_way_down(reply: Any, dump: Any) -> None:
    assert reply.choices[0].message
    assert {k for k in kinds_in(dump(reply)) if issubclass(k, dict)} == {dict}


def test_a_dump_is_independent(reply: Any) -> None:
    reply.model_dump()["choices"][0]["message"]["content"] = "changed"
    copy.deepcopy(reply).choices[0].message.content = "changed"
    assert reply.choices[0].message.content == CONTENT


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({"exclude_none": True}, {"a": 1, "c": {"e": [{}]}}),
        ({"include": {"a", "b"}}, {"a": 1, "b": None}),
        ({"exclude": {"c"}}, {"a": 1, "b": None}),
        ({"exclude_unset": True}, {"a": 1, "b": None, "c": {"d": None, "e": [{"f": None}]}}),
    ],
)
def test_keywords_of_pydantic_s(keywords: Any, expected: Any) -> None:
    record = Record({"a": 1, "b": None, "c": {"d": None, "e": [{"f": None}]}})
    assert record.model_dump(**keywords) == expected
    assert record.to_dict(**keywords) == expected
    assert json.loads(record.model_dump_json(**keywords)) == expected


def test_json_texts(reply: Any) -> None:
    assert "世界" in reply.model_dump_json()
    assert "\n" not in reply.model_dump_json()
    assert reply.model_dump_json(indent=2) == reply.to_json()
    assert '\n  "id": "c1"' in reply.to_json()


def test_fields_beside_the_known_ones() -> None:
    record = _models.ChatCompletionMessage({"content": "a", "mine": {"b": 1}})
    assert record.model_extra == {"mine": {"b": 1}}


def test_repr_shows_the_kind_and_the_fields() -> None:
    shown = repr(ChatCompletionChunk({"id": "x", "choices": [{"delta": {"content": "a"}}]}))
    assert shown.startswith("ChatCompletionChunk(id='x', choices=[ChunkChoice(delta=ChoiceDelta(")
    assert str(Record({"a": 1})) == "Record(a=1)"


# --- writing -------------------------------------------------------------------------------------


def test_assignment_goes_both_ways(reply: Any) -> None:
    reply.choices[0].message.content = "by attribute"
    assert reply["choices"][0]["message"]["content"] == "by attribute"
    reply["choices"][0]["message"]["content"] = "by index"
    assert reply.choices[0].message.content == "by index"
    reply.mine = {"x": 1}
    assert reply["mine"] == {"x": 1}
    assert reply.mine.x == 1
    reply.choices.append({"index": 1, "message": {"content": "added"}})
    assert reply.choices[1].message.content == "added"
    assert json.loads(reply.model_dump_json())["mine"] == {"x": 1}


def test_equality() -> None:
    assert ChatCompletion(data()) == ChatCompletion(data()) == data()
    assert ChatCompletion(data()) != {**data(), "id": "c2"}
    assert ChatCompletion(data()).choices[0].message == data()["choices"][0]["message"]


# --- the adapter's own ---------------------------------------------------------------------------


def test_the_adapter_is_no_field(reply: Any) -> None:
    assert "adapter" not in reply
    assert "adapter" not in json.dumps(reply)
    assert reply.adapter.backend == "raw-requests"
    assert reply._request_id == reply.adapter.request_id == "r1"


@pytest.mark.parametrize("again", [lambda r: pickle.loads(pickle.dumps(r)), copy.deepcopy])
def test_a_copy_keeps_the_adapter(reply: Any, again: Any) -> None:
    twin = again(reply)
    assert type(twin) is ChatCompletion
    assert twin.adapter.backend == "raw-requests"
    assert twin.adapter.repairs == ("a repair",)
    assert twin.adapter.headers["x-request-id"] == "r1"
    assert [(r.reason, r.wait) for r in twin.adapter.retries] == [("why", 0.5)]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_all_pickle_protocols(reply: Any, protocol: int) -> None:
    twin = pickle.loads(pickle.dumps(reply, protocol))
    assert twin == reply
    assert twin.choices[0].message.content == CONTENT
    assert twin.adapter.status == 200


def test_nested_and_hand_made_records_have_no_adapter(reply: Any) -> None:
    assert reply.choices[0].adapter is None
    assert Record({}).adapter is None
    assert Record({})._request_id is None


def test_adapter_repr_names_what_matters(reply: Any) -> None:
    shown = repr(reply.adapter)
    for part in ("backend='raw-requests'", "status=200", "request_id='r1'", "wait=0.50"):
        assert part in shown


# --- pages ---------------------------------------------------------------------------------------


def test_a_page_iterates_its_items() -> None:
    page = ModelPage({"object": "list", "data": [{"id": "a"}, {"id": "b", "owned_by": "x"}]})
    assert [model.id for model in page] == ["a", "b"]
    assert [model["id"] for model in page["data"]] == ["a", "b"]
    assert [model.owned_by for model in page.data] == [None, "x"]
    assert page.model_dump()["object"] == "list"
    assert json.loads(json.dumps(page)) == page
    assert pickle.loads(pickle.dumps(page)) == page
    assert copy.deepcopy(page) == page
    assert dict(page)["object"] == "list"


@pytest.mark.parametrize("given", [{}, {"data": None}, {"data": []}])
def test_a_page_without_items(given: Dict[str, Any]) -> None:
    assert list(ModelPage(given)) == []


def test_balance_amounts_stay_text() -> None:
    balance = Balance({"is_available": True, "balance_infos": [{"total_balance": "1.10"}]})
    assert balance.balance_infos[0].total_balance == "1.10"


# --- merging -------------------------------------------------------------------------------------


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
def test_what_has_come_so_far(chunks: Any, finished: bool, text: str) -> None:
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


def test_every_way_to_a_value_gives_an_object() -> None:
    made = Record({"first": {"n": 1}, "last": {"n": 2}})
    assert made.setdefault("first", None).n == 1
    assert made.setdefault("new", {"n": 3}).n == 3
    assert made.popitem()[1].n == 3


def test_a_field_is_deleted_by_attribute() -> None:
    made = Record({"choices": [], "id": "i"})
    del made.choices
    assert made == {"id": "i"}
    with pytest.raises(AttributeError):
        del made.choices
