"""Records: dicts with attributes, read and written in every style, exactly the server's fields."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any, List, Optional

import pytest
from _response.samples import data

from dsadapter._record import Record
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.types import ChatCompletion

if TYPE_CHECKING:
    from dsadapter._record import MayLack, VendorOptional

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
def test_every_style_of_reading(response: Any, read: Any) -> None:
    assert read(response) == CONTENT
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
        (lambda r: [name for name, _ in r][:2], ["id", "choices"]),
        (lambda r: list(r.made_up), ["deep", "list"]),
        (lambda r: list(r.keys()), list(data())),
        (lambda r: isinstance(r, dict), True),
        (lambda r: isinstance(r.choices[0].message, dict), True),
        (lambda r: isinstance(r.choices, list), True),
        (lambda r: {"id", "choices", "model_dump"} <= set(dir(r)), True),
        (lambda r: vars(r)["id"], "c1"),
        (lambda r: vars(r.choices[0].message)["refusal"], None),
        (lambda r: sorted(vars(r.usage))[:2], ["completion_tokens", "completion_tokens_details"]),
        (lambda r: bool(r), True),
    ],
)
def test_reads(response: Any, read: Any, expected: Any) -> None:
    assert read(response) == expected


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
def test_reading_twice_gives_the_same_object(response: Any, read: Any) -> None:
    assert read(response) is read(response)


def test_wrapping_is_lazy() -> None:
    inner = data()
    response = ChatCompletion(inner)
    assert type(dict.__getitem__(response, "usage")) is dict
    assert response.usage.total_tokens == 3
    assert type(dict.__getitem__(response, "usage")) is not dict
    assert type(dict.__getitem__(response, "made_up")) is dict


DUMPS = [
    lambda r: r.to_dict(),
    lambda r: r.to_dict_recursive(),
    lambda r: r.model_dump(exclude_unset=True),
    lambda r: r.dict(exclude_unset=True),
    lambda r: json.loads(r.to_json()),
    lambda r: json.loads(json.dumps(r)),
    lambda r: json.loads(json.dumps([r])[1:-1]),
    lambda r: r.to_dict(mode="json", by_alias=True, warnings=False, round_trip=True),
    lambda r: dict(r),
    lambda r: copy.deepcopy(r),
    lambda r: pickle.loads(pickle.dumps(r)),
    lambda r: r,
]
FILLED = [
    lambda r: r.model_dump(),
    lambda r: r.model_dump(mode="json", by_alias=True, warnings=False, round_trip=True),
    lambda r: r.dict(),
    lambda r: json.loads(r.model_dump_json()),
    lambda r: json.loads(r.json()),
]


# --- as plain data --------------------------------------------------------------------------------


@pytest.mark.parametrize("dump", DUMPS)
@pytest.mark.parametrize("touched", [False, True])
def test_exactly_the_server_s_fields(response: Any, dump: Any, touched: bool) -> None:
    if touched:
        assert response.choices[0].message.tool_calls[0].function.arguments == "{}"
        assert response.made_up.deep
    assert dump(response) == data()
    assert data() == dump(response)


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return [without_none(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("dump", FILLED)
@pytest.mark.parametrize("touched", [False, True])
def test_pydantic_s_dumps_have_none_for_known_fields(
    response: Any, dump: Any, touched: bool
) -> None:
    if touched:
        assert response.choices[0].message.tool_calls[0].function.arguments == "{}"
    dumped = dump(response)
    assert without_none(dumped) == without_none(data())
    assert dumped["made_up"]["list"] == [1, "a", None]
    assert dumped["system_fingerprint"] is dumped["choices"][0]["message"]["refusal"] is None
    assert dumped["choices"][0]["logprobs"] is dumped["usage"]["prompt_tokens_details"] is None
    assert "reasoning_content" not in dumped["choices"][0]["message"]  # no field of the SDK's


def kinds_in(value: Any) -> List[type]:
    inner = list(value.values()) if isinstance(value, dict) else value
    below = [k for v in inner for k in kinds_in(v)] if isinstance(inner, list) else []
    return [type(value), *below]


@pytest.mark.parametrize("dump", DUMPS[:4])
def test_plain_all_the_way_down(response: Any, dump: Any) -> None:
    assert response.choices[0].message
    assert {k for k in kinds_in(dump(response)) if issubclass(k, dict)} == {dict}


def test_a_dump_is_independent(response: Any) -> None:
    response.model_dump()["choices"][0]["message"]["content"] = "changed"
    copy.deepcopy(response).choices[0].message.content = "changed"
    assert response.choices[0].message.content == CONTENT


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({"exclude_none": True}, {"a": 1, "c": {"e": [{}]}}),
        ({"include": {"a", "b"}}, {"a": 1, "b": None}),
        ({"exclude": {"c"}}, {"a": 1, "b": None}),
        ({"include": {"c": {"e": {0: True}}}}, {"c": {"e": [{"f": None}]}}),
        (
            {"exclude": {"b": True, "c": {"e": {"__all__": {"f"}}}}},
            {"a": 1, "c": {"d": None, "e": [{}]}},
        ),
        ({"exclude_unset": True}, {"a": 1, "b": None, "c": {"d": None, "e": [{"f": None}]}}),
    ],
)
def test_keywords_of_pydantic_s(keywords: Any, expected: Any) -> None:
    record = Record({"a": 1, "b": None, "c": {"d": None, "e": [{"f": None}]}})
    assert record.model_dump(**keywords) == expected
    assert record.to_dict(**keywords) == expected
    assert json.loads(record.model_dump_json(**keywords)) == expected


def test_json_texts(response: Any) -> None:
    assert "世界" in response.model_dump_json()
    assert "\n" not in response.model_dump_json()
    assert response.model_dump_json(indent=2, exclude_unset=True) == response.to_json()
    assert '\n  "id": "c1"' in response.to_json()


def test_repr_shows_the_kind_and_the_fields() -> None:
    shown = repr(ChatCompletionChunk({"id": "x", "choices": [{"delta": {"content": "a"}}]}))
    assert shown.startswith("ChatCompletionChunk(id='x', choices=[ChunkChoice(delta=ChoiceDelta(")
    assert str(Record({"a": 1})) == "Record(a=1)"


# --- writing --------------------------------------------------------------------------------------


def test_assignment_goes_both_ways(response: Any) -> None:
    response.choices[0].message.content = "by attribute"
    assert response["choices"][0]["message"]["content"] == "by attribute"
    response["choices"][0]["message"]["content"] = "by index"
    assert response.choices[0].message.content == "by index"
    response.mine = {"x": 1}
    assert response["mine"] == {"x": 1}
    assert response.mine.x == 1
    response.choices.append({"index": 1, "message": {"content": "added"}})
    assert response.choices[1].message.content == "added"
    assert json.loads(response.model_dump_json())["mine"] == {"x": 1}


def test_equality() -> None:
    assert ChatCompletion(data()) == ChatCompletion(data()) == data()
    assert ChatCompletion(data()) != {**data(), "id": "c2"}
    assert ChatCompletion(data()).choices[0].message == data()["choices"][0]["message"]


def test_a_copy_with_changes(response: Any) -> None:
    duplicate = response.model_copy(update={"id": "c2", "mine": {"x": 1}})
    assert (duplicate.id, duplicate.mine.x, response.id) == ("c2", 1, "c1")
    assert "mine" not in response
    assert duplicate.adapter is response.adapter


def test_a_deep_copy_leaves_the_original_alone(response: Any) -> None:
    deep, shallow = response.model_copy(deep=True), response.model_copy()
    deep.choices[0].message.content = "deep"
    deep.usage.total_tokens = 0
    assert (response.choices[0].message.content, response.usage.total_tokens) == (CONTENT, 3)
    shallow.usage.total_tokens = 4  # as with pydantic, what is nested is shared
    assert response.usage.total_tokens == 4
    assert type(deep) is type(shallow) is ChatCompletion


# --- the adapter's own ----------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_all_pickle_protocols(response: Any, protocol: int) -> None:
    twin = pickle.loads(pickle.dumps(response, protocol))
    assert twin == response
    assert twin.choices[0].message.content == CONTENT
    assert twin.adapter.status == 200


def test_nested_and_hand_made_records_have_no_adapter(response: Any) -> None:
    assert response.choices[0].adapter is None
    assert Record({}).adapter is None
    assert Record({})._request_id is None


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


# --- kinds of records -----------------------------------------------------------------------------


class Part(Record):
    text: MayLack[str]


class Known(Record):
    parts: List[Part]
    part: Optional[Part]
    vendor: VendorOptional[List[Part]]
    needed: int


class Wider(Known):
    more: Optional[str]


@pytest.mark.parametrize("kind", [Known, Wider])
@pytest.mark.parametrize("name", ["part", "vendor"])
def test_annotations_say_what_may_be_missing(kind: Any, name: str) -> None:
    assert getattr(kind({}), name) is None
    assert Part({}).text is None
    for required in ("needed", "parts"):
        with pytest.raises(AttributeError, match=required):
            getattr(kind({}), required)


@pytest.mark.parametrize("kind", [Known, Wider])
def test_annotations_say_what_an_object_becomes(kind: Any) -> None:
    record = kind({"parts": [{}], "part": {}, "vendor": [{}], "other": {}})
    assert [type(record.parts[0]), type(record.part), type(record.vendor[0])] == [Part] * 3
    assert type(record.other) is Record


def test_a_dump_can_leave_out_what_is_none_by_default() -> None:
    record = Wider({"needed": None, "part": None, "parts": [{"text": None}], "other": None})
    without = {"needed": None, "parts": [{"text": None}], "other": None}
    assert record.model_dump(exclude_defaults=True) == without
    assert record.model_dump() == {**without, "part": None, "more": None}
    assert record.model_dump(exclude_none=True) == {"parts": [{}]}


def test_a_kind_has_the_fields_of_its_base_and_its_own() -> None:
    assert Wider({}).more is None
    assert not hasattr(Known({}), "more")
