"""Replies as the SDK's models: instances of its classes where one is imported, and pydantic's
attributes with none."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import subprocess
import sys
import types as types_module
from typing import Any, Dict, get_type_hints

import pytest

from _response.samples import data
from dsadapter._native_class import NativeNames
from dsadapter._response import account_types, types
from dsadapter._response.chunk_types import ChatCompletionChunk
from dsadapter._response.pages import CursorPage
from dsadapter._response.resource_types import ResponseOutputItem
from dsadapter._response.text_types import Completion
from dsadapter._response.types import ChatCompletion, ChatCompletionMessage

CHUNK = {
    "id": "c1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [
        {
            "index": 0,
            "delta": {
                "reasoning_content": "so",
                "tool_calls": [{"index": 0, "id": "t", "function": {"name": "f"}}],
            },
        }
    ],
}


def sdk(module: str) -> Any:
    """A module of openai >= 1, or skip."""
    pytest.importorskip("openai.types.chat")
    return importlib.import_module(f"openai.{module}")


@pytest.fixture()
def native() -> Any:
    """The SDK's object for ``samples.data()``."""
    cls = sdk("types.chat").ChatCompletion
    return cls.model_validate(data()) if hasattr(cls, "model_validate") else cls.parse_obj(data())


# --- pairs, and a dict all the same ---------------------------------------------------------------


def test_iterating_gives_pairs_of_name_and_value() -> None:
    message = ChatCompletionMessage(role="assistant", content="hi", reasoning_content="so")
    pairs = list(message)
    assert ("content", "hi") in pairs
    assert ("refusal", None) in pairs
    assert pairs[-1] == ("reasoning_content", "so")
    missing = [name for name, value in message if value is None]
    assert {"refusal", "audio", "function_call", "tool_calls"} <= set(missing)


def test_it_is_a_dict_for_all_who_ask_for_keys() -> None:
    message = ChatCompletionMessage(data()["choices"][0]["message"])
    sent = data()["choices"][0]["message"]
    assert dict(message) == {**message} == dict(**message) == sent
    assert json.loads(json.dumps(message)) == json.loads(json.dumps(message, indent=1)) == sent
    assert list(message.keys()) == list(sent)
    assert "content" in message
    assert "refusal" not in message
    target: Dict[str, Any] = {}
    target.update(message)
    assert target == sent


def test_a_missing_field_equals_one_that_is_none() -> None:
    response = ChatCompletion(data())
    filled = ChatCompletion(response.model_dump())
    assert dict(filled) != dict(response)
    assert response == filled
    assert (response != filled) is False
    filled.choices[0].message.content = "other"
    assert response != filled
    assert response == data()
    assert response != response.model_dump()
    with pytest.raises(TypeError):
        hash(response)


def test_its_json_is_what_pydantic_writes() -> None:
    message = ChatCompletionMessage(role="assistant", content="你")
    assert message.model_dump_json(exclude_none=True) == '{"role":"assistant","content":"你"}'
    assert message.to_json() == '{\n  "role": "assistant",\n  "content": "你"\n}'


# --- with an SDK ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "module", "name"),
    [
        (lambda r, c: r, "types.chat", "ChatCompletion"),
        (lambda r, c: r, "_models", "BaseModel"),
        (lambda r, c: r.choices[0], "types.chat.chat_completion", "Choice"),
        (lambda r, c: r.choices[0].message, "types.chat", "ChatCompletionMessage"),
        (lambda r, c: r.usage, "types", "CompletionUsage"),
        (lambda r, c: c, "types.chat", "ChatCompletionChunk"),
        (lambda r, c: c.choices[0], "types.chat.chat_completion_chunk", "Choice"),
        (lambda r, c: c.choices[0].delta, "types.chat.chat_completion_chunk", "ChoiceDelta"),
        (
            lambda r, c: c.choices[0].delta.tool_calls[0],
            "types.chat.chat_completion_chunk",
            "ChoiceDeltaToolCall",
        ),
    ],
)
def test_a_reply_is_an_instance_of_the_sdk_s_class(read: Any, module: str, name: str) -> None:
    cls = getattr(sdk(module), name)
    record = read(ChatCompletion(data()), ChatCompletionChunk(copy.deepcopy(CHUNK)))
    assert isinstance(record, cls)
    assert isinstance(record, dict)
    assert not issubclass(type(record), cls)


def test_a_tool_call_is_an_instance_of_the_sdk_s_class() -> None:
    module = sdk("types.chat.chat_completion_message_tool_call")
    call = ChatCompletion(data()).choices[0].message.tool_calls[0]  # type: ignore[index]
    newer = sys.modules.get("openai.types.chat.chat_completion_message_function_tool_call")
    cls = getattr(newer, "ChatCompletionMessageFunctionToolCall", None)
    assert isinstance(call, cls or module.ChatCompletionMessageToolCall)
    delta = sdk("types.chat.chat_completion_chunk").ChoiceDeltaToolCall
    assert not isinstance(call, delta)


def test_a_message_is_not_an_instance_of_other_classes() -> None:
    message = ChatCompletion(data()).choices[0].message
    for name in ("ChatCompletion", "ChatCompletionChunk"):
        assert not isinstance(message, getattr(sdk("types.chat"), name))


def test_an_equal_object_of_the_sdk_s_is_equal(native: Any) -> None:
    response = ChatCompletion(data())
    assert response == native
    assert native == response
    response.choices[0].message.content = "other"
    assert response != native
    assert native != response


def test_iterating_gives_the_pairs_of_the_sdk_s(native: Any) -> None:
    response = ChatCompletion(data())
    pairs, expected = list(response), list(native)
    assert [name for name, _ in pairs] == [name for name, _ in expected]
    assert dict(pairs)["choices"] == dict(expected)["choices"]
    assert [pair for pair in response.choices[0].message if pair[0] != "tool_calls"] == [
        pair for pair in native.choices[0].message if pair[0] != "tool_calls"
    ]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_and_copies_hold_with_the_sdk_imported(native: Any, protocol: int) -> None:
    response = ChatCompletion(data())
    for twin in (
        pickle.loads(pickle.dumps(response, protocol)),
        copy.copy(response),
        copy.deepcopy(response),
    ):
        assert type(twin) is ChatCompletion
        assert twin == response


@pytest.mark.parametrize(
    "keywords",
    [
        {},
        {"exclude_none": True},
        {"exclude_unset": True},
        {"exclude_defaults": True},
        {"include": {"id", "usage"}},
        {"exclude": {"choices": {0: {"message": {"content"}}}}},
        {"exclude": {"choices": {"__all__": {"message"}}, "id": True}},
        {"include": {"choices": {-1: {"index": ...}}}},
    ],
)
def test_a_dump_is_the_sdk_s(native: Any, keywords: Dict[str, Any]) -> None:
    response = ChatCompletion(data())
    name = "model_dump" if hasattr(native, "__pydantic_fields__") else "dict"
    expected = getattr(native, name)(**keywords)
    assert getattr(response, name)(**keywords) == expected
    assert response.model_extra == {"made_up": data()["made_up"]}
    assert set(ChatCompletion.model_fields) == set(vars(response)) - {"made_up"}


def test_streamlit_finds_the_names_it_goes_by() -> None:
    """In a process of its own: the classes keep the names for good."""
    program = """
import sys, pickle, types
sys.modules["streamlit"] = types.ModuleType("streamlit")
from dsadapter import OpenAI
from dsadapter.testing import Emulator
with Emulator() as server:
    client = OpenAI(api_key="sk-0123456789abcdef0123456789abcdef", base_url=server.base_url)
    question = [{"role": "user", "content": "hello"}]
    stream = client.chat.completions.create(model="deepseek-flash", messages=question, stream=True)
    chunks = list(stream)
for value in (stream, chunks[0]):
    print(type(value).__module__, type(value).__qualname__)
twin = pickle.loads(pickle.dumps(chunks[0]))
print(twin == chunks[0], type(twin) is type(chunks[0]))
"""
    output = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert output.splitlines() == [
        "openai Stream",
        "openai.types.chat.chat_completion_chunk ChatCompletionChunk",
        "True True",
    ]


# --- without one ----------------------------------------------------------------------------------


def test_fields_and_extra_fields() -> None:
    message = ChatCompletionMessage({"role": "assistant", "content": "a", "reasoning_content": "b"})
    assert vars(message)["content"] == "a"
    assert vars(message)["refusal"] is None
    assert message.model_extra == {"reasoning_content": "b"}
    assert message.model_fields_set == {"role", "content", "reasoning_content"}


def test_the_fields_of_a_class() -> None:
    fields = ChatCompletionMessage.model_fields
    assert {"content", "role", "tool_calls"} <= set(fields)
    assert "reasoning_content" not in fields
    required = {
        name
        for name, field in fields.items()
        if (field.is_required() if hasattr(field, "is_required") else field.required)
    }
    assert required == {"role"}


@pytest.mark.parametrize("make", [ChatCompletion.model_construct, ChatCompletion.construct])
def test_made_of_fields(make: Any) -> None:
    assert make(**data()) == data()
    assert type(make(**data())) is ChatCompletion


@pytest.mark.parametrize(
    "make",
    [
        ChatCompletion.model_validate,
        ChatCompletion.parse_obj,
        lambda value: ChatCompletion.model_validate_json(json.dumps(value)),
        lambda value: ChatCompletion.parse_raw(json.dumps(value)),
    ],
)
def test_made_of_data(make: Any) -> None:
    response = make(data())
    assert type(response) is ChatCompletion
    assert response.choices[0].message.content == "Hi, 世界"
    with pytest.raises((TypeError, ValueError)):
        make(["no object"])


@pytest.mark.parametrize(
    "make", [ChatCompletion.model_validate_json, ChatCompletion.parse_raw], ids=["json", "raw"]
)
@pytest.mark.parametrize("text", ["{bad", b"", "[]", '{"id": 7}'])
def test_pydantic_s_own_error_names_the_class(make: Any, text: Any) -> None:
    pydantic = pytest.importorskip("pydantic", minversion="2")
    with pytest.raises(pydantic.ValidationError) as caught:
        make(text)
    assert caught.value.title == "ChatCompletion"


def test_so_it_does_for_data() -> None:
    pydantic = pytest.importorskip("pydantic", minversion="2")
    with pytest.raises(pydantic.ValidationError, match="for ChatCompletionMessage\n"):
        ChatCompletionMessage.model_validate({"role": 7})


def test_an_instance_passes_as_it_is() -> None:
    response = ChatCompletion(data())
    assert ChatCompletion.model_validate(response) is response


@pytest.mark.parametrize("pydantic", [None, types_module.ModuleType("pydantic")])
def test_without_pydantic_2_objects_are_made_all_the_same(monkeypatch: Any, pydantic: Any) -> None:
    """None there, or an older one, which has no TypeAdapter."""
    monkeypatch.setitem(sys.modules, "pydantic", pydantic)
    response = ChatCompletion.model_validate(data())
    assert (type(response), response) == (ChatCompletion, data())
    assert ChatCompletion.model_validate(response) is response
    with pytest.raises(TypeError):
        ChatCompletion.model_validate(5)
    assert ChatCompletion.model_validate_json(json.dumps(data())) == response
    with pytest.raises(json.JSONDecodeError):
        ChatCompletion.model_validate_json("{bad")


def test_pydantic_1_gets_objects_of_the_class() -> None:
    (validate,) = ChatCompletion.__get_validators__()
    response = ChatCompletion(data())
    assert validate(response) is response
    assert type(validate(data())) is ChatCompletion
    assert validate(data()) == response


def test_attributes_of_pydantic_s_without_the_sdk() -> None:
    info = account_types.BalanceInfo({"currency": "CNY"})  # the SDK has no such model
    assert not hasattr(info, "__pydantic_serializer__")
    assert vars(info) == {"currency": "CNY"}


def test_fields_that_the_server_left_out_are_none_in_a_dump_though_the_sdk_requires_them() -> None:
    response = ChatCompletion(id="a", choices=[])
    assert response.model_dump()["created"] is response.__dict__["created"] is None
    assert "created" not in response.to_dict()
    assert "created" not in response
    assert account_types.BalanceInfo(currency="CNY").model_dump() == {"currency": "CNY"}


def test_they_are_none_in_the_sdk_s(native: Any) -> None:
    cls = type(native)
    theirs = cls.construct(id="a", choices=[])
    assert ChatCompletion(id="a", choices=[]).model_dump() == json.loads(
        theirs.model_dump_json() if hasattr(theirs, "model_dump_json") else theirs.json()
    )


def test_only_a_class_that_names_its_model_stands_for_one() -> None:
    class Own(types.BaseModel):
        """Of the adapter alone."""

    class Named(types.BaseModel, native="chat"):
        """As those of the SDK's."""

    assert Own._native_names == ()
    assert Named._native_names != ()


def test_the_fields_of_a_reply_are_those_of_its_class() -> None:
    """But with pydantic 1, which keeps all of them in one place."""
    record = types.ChatCompletion({**data(), "odd": 1})
    assert "odd" in record.__pydantic_extra__
    assert "odd" not in record.__dict__


@pytest.mark.parametrize(
    "kind", [ChatCompletion, ChatCompletionChunk, Completion, CursorPage, ResponseOutputItem]
)
def test_frameworks_can_look_up_the_annotations(kind: Any) -> None:
    assert get_type_hints(kind)["_native_names"] == NativeNames
