"""Completions that carry objects beside their fields."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Dict

import pytest

from dsadapter import (
    APIResponseError,
    ContentFilterFinishReasonError,
    LengthFinishReasonError,
    pydantic_function_tool,
)
from dsadapter._response.output_types import OutputTypes
from dsadapter._response.parsed import (
    ParsedChatCompletion,
    ParsedChatCompletionMessage,
    ParsedChoice,
    parse_completion,
)
from dsadapter._response.types import ChatCompletion
from dsadapter.types import chat as chat_types

from .streams import Person

TOOL = pydantic_function_tool(Person)


def data(content: Any = '{"name": "Ada"}', finish: str = "stop") -> Dict[str, Any]:
    function = {"name": "Person", "arguments": '{"name": "Bob"}'}
    call = {"id": "t1", "type": "function", "function": function}
    message = {"role": "assistant", "content": content, "tool_calls": [call]}
    return {"id": "c1", "choices": [{"index": 0, "message": message, "finish_reason": finish}]}


def parsed(fields: Any = None) -> Any:
    completion = ParsedChatCompletion(data() if fields is None else fields)
    return parse_completion(completion, OutputTypes(Person, [TOOL]))


def test_text_and_arguments_become_objects() -> None:
    message = parsed().choices[0].message
    assert message.parsed == Person("Ada")
    assert message.tool_calls[0].function.parsed_arguments == Person("Bob")


def test_what_was_parsed_is_an_attribute_and_never_a_key() -> None:
    completion = parsed()
    assert json.loads(json.dumps(completion)) == data()
    assert completion.to_dict() == dict(completion) == data()
    message = completion.choices[0].message
    assert "parsed" not in message
    with pytest.raises(KeyError):
        message["parsed"]


@pytest.mark.parametrize("twin_of", [copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))])
def test_copies_keep_it(twin_of: Any) -> None:
    completion = parsed()
    twin = twin_of(completion).choices[0].message
    assert twin.parsed == Person("Ada")
    assert twin.parsed is not completion.choices[0].message.parsed
    assert twin.tool_calls[0].function.parsed_arguments == Person("Bob")


def test_a_copy_of_the_message_keeps_it() -> None:
    message = parsed().choices[0].message
    assert message.copy().parsed is copy.copy(message).parsed is message.parsed


def test_it_can_be_assigned() -> None:
    message = ParsedChatCompletionMessage(content="{}")
    assert message.parsed is None
    message.parsed = 3
    assert (message.parsed, dict(message)) == (3, {"content": "{}"})


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("length", LengthFinishReasonError), ("content_filter", ContentFilterFinishReasonError)],
)
def test_an_answer_that_was_cut_off_is_not_parsed(reason: str, kind: Any) -> None:
    with pytest.raises(kind) as caught:
        parsed(data(finish=reason))
    assert caught.value.completion.choices[0].finish_reason == reason


def test_what_does_not_fit_has_the_whole_reply() -> None:
    with pytest.raises(APIResponseError) as caught:
        parsed(data('{"age": 1}'))
    assert caught.value.partial_response.id == "c1"


def test_custom_calls_are_left_alone() -> None:
    call = {"id": "t1", "type": "custom", "custom": {"name": "Person", "input": "x"}}
    completion = data()
    completion["choices"][0]["message"]["tool_calls"] = [call]
    assert parsed(completion).choices[0].message.tool_calls[0].to_dict() == call


@pytest.mark.parametrize("kind", [ParsedChatCompletion, ParsedChoice, ParsedChatCompletionMessage])
def test_kinds_can_be_subscripted_as_in_annotations(kind: Any) -> None:
    assert kind[Person] is not None


def test_they_are_the_sdk_s_classes_too() -> None:
    chat = pytest.importorskip("openai.types.chat", reason="needs a modern SDK")
    completion = parsed()
    assert isinstance(completion, chat.ChatCompletion)
    assert isinstance(completion.choices[0].message, chat.ChatCompletionMessage)
    if not hasattr(chat, "ParsedChatCompletion"):
        return
    assert isinstance(completion, chat.ParsedChatCompletion)
    assert isinstance(completion.choices[0], chat.ParsedChoice)
    assert isinstance(completion.choices[0].message, chat.ParsedChatCompletionMessage)
    (call,) = completion.choices[0].message.tool_calls
    assert isinstance(call, chat.ParsedFunctionToolCall)
    assert isinstance(call.function, chat.ParsedFunction)
    assert "parsed" not in completion.choices[0].message.model_dump()
    assert completion.choices[0].message.parsed == Person("Ada")


CUSTOM = {"id": "t1", "type": "custom", "custom": {"name": "sql", "input": "select 1"}}


def with_custom_call() -> Dict[str, Any]:
    fields = data(None)
    fields["choices"][0]["message"]["tool_calls"].append(dict(CUSTOM))
    return fields


@pytest.mark.parametrize("read", [parsed, ChatCompletion])
def test_a_call_of_a_custom_tool(read: Any) -> None:
    calls = read(with_custom_call()).choices[0].message.tool_calls
    assert calls[1].custom.input == "select 1"
    assert not hasattr(calls[1], "function")
    assert not hasattr(calls[0], "custom")
    assert calls[1].to_dict() == CUSTOM
    assert (
        type(copy.deepcopy(calls[1]))
        is type(pickle.loads(pickle.dumps(calls[1])))
        is type(calls[1])
    )
    assert isinstance(calls[1], chat_types.ChatCompletionMessageCustomToolCall)
    assert not isinstance(calls[0], chat_types.ChatCompletionMessageCustomToolCall)
    assert not isinstance(calls[1], chat_types.ChatCompletionMessageFunctionToolCall)


def test_they_are_instances_of_the_sdk_s_classes() -> None:
    pytest.importorskip("openai.types.chat.parsed_chat_completion")
    from openai.types import chat

    completion = parsed(with_custom_call())
    choice = completion.choices[0]
    assert isinstance(completion, (chat.ParsedChatCompletion,))
    assert isinstance(completion, chat.ChatCompletion)
    assert isinstance(choice, chat.ParsedChoice)
    assert isinstance(choice.message, chat.ParsedChatCompletionMessage)
    assert isinstance(choice.message.tool_calls[0], chat.ParsedFunctionToolCall)
    assert isinstance(choice.message.tool_calls[0].function, chat.ParsedFunction)
    if hasattr(chat, "ChatCompletionMessageCustomToolCall"):
        assert isinstance(choice.message.tool_calls[1], chat.ChatCompletionMessageCustomToolCall)


def test_a_parsed_kind_stands_for_the_sdk_s_of_that_name_first() -> None:
    parsed, plain = ParsedChatCompletion._native_names, ChatCompletion._native_names
    assert parsed[-len(plain) :] == plain
    assert len(parsed) > len(plain)
