"""``OpenAIObject`` (surface A4), on the adapter's own and, as a check of the tests, on 0.28's."""

from __future__ import annotations

import base64
import copy
import json
import pickle
from typing import Any

import pytest

import dsadapter

from .conftest import BASELINE

COMPLETION = {
    "id": "c-1",
    "object": "chat.completion",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": ""}}],
    "nested": [[{"deep": {"er": 1}}]],
    "nothing": None,
}
# pickle.dumps(response, 2) of real 0.28.1, made with api_key="sk-oldkey000000000000".
OLD_PICKLE = base64.b64decode(
    "gAJjb3BlbmFpLm9wZW5haV9vYmplY3QKT3BlbkFJT2JqZWN0CnEAKFgDAAAAYy0xcQFYFQAAAHNrLW9sZGtleTAwMDAw"
    "MDAwMDAwMHECTk5OdHEDUnEEfXEFKFgCAAAAaWRxBmgBWAYAAABvYmplY3RxB1gPAAAAY2hhdC5jb21wbGV0aW9ucQhY"
    "BwAAAGNob2ljZXNxCV1xCmgAKE5oAk5OTnRxC1JxDH1xDShYBQAAAGluZGV4cQ5LAFgHAAAAbWVzc2FnZXEPaAAoTmgC"
    "Tk5OdHEQUnERfXESKFgEAAAAcm9sZXETWAkAAABhc3Npc3RhbnRxFFgHAAAAY29udGVudHEVWAAAAABxFnViWA0AAABm"
    "aW5pc2hfcmVhc29ucRdYBAAAAHN0b3BxGHViYXViLg=="
)


@pytest.fixture()
def cls(openai: Any) -> Any:
    return openai.openai_object.OpenAIObject


@pytest.fixture()
def completion(cls: Any) -> Any:
    return cls.construct_from(copy.deepcopy(COMPLETION))


def test_read(completion: Any) -> None:
    ids = [completion.id, completion["id"], completion.get("id"), completion.openai_id]
    assert ids == ["c-1"] * 4
    assert completion.choices[0].message.role == "assistant"
    assert completion.get("absent", 5) == 5
    assert "id" in completion
    assert list(completion) == list(COMPLETION)
    assert completion == COMPLETION
    assert {**completion} == COMPLETION
    assert len(completion) == len(COMPLETION)
    assert completion.items() == COMPLETION.items()


def test_absent(completion: Any) -> None:
    assert not hasattr(completion, "absent")
    with pytest.raises(AttributeError, match="absent"):
        _ = completion.absent
    with pytest.raises(KeyError):
        completion["absent"]
    with pytest.raises(AttributeError):
        _ = completion._id
    assert completion.nothing is None


def test_whatever_way_an_object_is_taken_out_it_has_attributes(completion: Any) -> None:
    taken = [
        dict(completion)["choices"][0],
        {**completion}["choices"][0],
        next(v for k, v in completion.items() if k == "choices")[0],
        list(completion.values())[2][0],
        completion.to_dict()["choices"][0],
        copy.copy(completion)["choices"][0],
        completion.setdefault("choices", [])[0],
        completion.pop("choices")[0],
    ]
    assert all(item.message.role == "assistant" for item in taken)


def test_write(completion: Any) -> None:
    completion.extra = 1
    completion["more"] = 2
    assert completion["extra"] == 1
    assert completion.more == 2
    with pytest.raises(ValueError, match="You cannot set more to an empty string"):
        completion["more"] = ""
    with pytest.raises(ValueError, match="to an empty string"):
        completion.more = ""
    completion.update({"more": ""})
    assert completion.more == ""
    completion.choices[0].message["content"] = "changed"
    assert completion["choices"][0]["message"]["content"] == "changed"


def test_delete(completion: Any) -> None:
    with pytest.raises(NotImplementedError, match="del is not supported"):
        del completion["id"]
    with pytest.raises(NotImplementedError, match="del is not supported"):
        del completion.id


def test_text(completion: Any, cls: Any) -> None:
    assert str(completion) == json.dumps(COMPLETION, indent=2)
    shown = repr(completion)
    assert shown.startswith("<OpenAIObject chat.completion id=c-1 at 0x")
    assert shown.endswith(f"JSON: {completion}")
    assert repr(cls.construct_from({"a": 1})).startswith("<OpenAIObject at 0x")


def test_plain(completion: Any) -> None:
    data = completion.to_dict_recursive()
    assert data == COMPLETION
    assert type(data) is type(data["choices"][0]) is dict
    assert json.loads(json.dumps(completion)) == COMPLETION


@pytest.mark.parametrize("way", ["copy", "deepcopy", "pickle"])
def test_copies(completion: Any, way: str) -> None:
    other = {
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
        "pickle": lambda o: pickle.loads(pickle.dumps(o)),
    }[way](completion)
    assert other == completion
    assert other is not completion
    assert type(other) is type(completion)
    assert type(other.choices[0].message) is type(completion.choices[0].message)
    if way != "copy":
        other.choices[0].message["content"] = "x"
        assert completion.choices[0].message.content == ""


def test_constructor(cls: Any) -> None:
    obj = cls("i", api_key="sk-1", organization="o", engine="e", ignored=1)
    assert dict(obj) == {"id": "i"}
    assert (obj.api_key, obj.organization, obj.engine) == ("sk-1", "o", "e")
    assert dict(cls()) == {}
    assert cls(response_ms=5).response_ms == 5
    with pytest.raises(TypeError):
        cls(response_ms="5")


def test_attributes_beside_the_items(cls: Any) -> None:
    obj = cls.construct_from({"organization": "in the items"}, api_key="sk-1")
    assert obj.api_key == "sk-1"
    assert obj.organization is None
    obj.api_key = "sk-2"
    assert dict(obj) == {"organization": "in the items"}
    assert obj.response_ms is None


def test_refresh_from_replaces_all(completion: Any) -> None:
    completion.refresh_from({"id": "c-2", "choices": [{"a": {"b": 1}}]})
    assert dict(completion) == {"id": "c-2", "choices": [{"a": {"b": 1}}]}
    assert completion.choices[0].a.b == 1


def test_the_callers_own_stays_plain(cls: Any) -> None:
    values = {"choices": [{"message": {"content": "x"}}]}
    obj = cls.construct_from(values)
    assert obj.choices[0].message.content == "x"
    assert type(values["choices"][0]) is dict
    obj.choices[0].message["content"] = "y"
    assert values["choices"][0]["message"]["content"] == "x"  # type: ignore[index]


def test_classes_by_object(openai: Any) -> None:
    convert = openai.util.convert_to_openai_object
    listing = convert({"object": "list", "data": [{"object": "model", "id": "m"}]})
    assert type(listing["data"][0]) is openai.Model
    assert convert([{"a": 1}, 2])[0].a == 1
    assert convert("text") == "text"
    assert convert({"a": {"b": 1}}, plain_old_data=True) == {"a": {"b": 1}}
    assert type(openai.util.convert_to_dict(listing)["data"][0]) is dict


def test_subclass(cls: Any) -> None:
    class Mine(cls):  # type: ignore[misc]
        pass

    obj = Mine.construct_from({"a": {"b": 1}})
    assert type(obj) is Mine
    assert type(obj.a) is cls


def test_empty_resources(openai: Any) -> None:
    assert openai.ChatCompletion() == openai.Completion() == {}


def test_old_pickle(openai: Any, request: Any) -> None:
    """A disk cache of 0.28 is read where ``openai.openai_object`` can be imported."""
    if openai is dsadapter:
        pytest.skip("the module openai is not provided in this way")
    old = pickle.loads(OLD_PICKLE)
    assert old["choices"][0]["message"] == {"role": "assistant", "content": ""}
    assert type(old) is openai.openai_object.OpenAIObject
    if not BASELINE:
        assert old.api_key is None
        assert old.choices[0].api_key is None


@pytest.mark.skipif(BASELINE, reason="openai 0.28 pickles the key")
def test_pickles_hold_no_key(cc: Any, openai: Any) -> None:
    r = cc()
    data = pickle.dumps(r)
    assert openai.api_key.encode() not in data
    assert pickle.loads(data) == r


@pytest.mark.skipif(BASELINE, reason="openai 0.28 pickles the key")
def test_a_pickled_object_made_with_a_key_loses_it() -> None:
    obj = dsadapter.openai_object.OpenAIObject("i", api_key="sk-secret0000000000")
    data = pickle.dumps(obj)
    assert b"sk-secret" not in data
    assert pickle.loads(data).api_key is None
