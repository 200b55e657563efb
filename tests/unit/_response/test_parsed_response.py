"""Responses that carry objects beside their fields."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Dict, List, Optional

import pytest

from dsadapter import APIResponseError, InvalidArgumentError, pydantic_function_tool
from dsadapter._response.output_types import OutputTypes
from dsadapter._response.parsed_response import parse_response, request_of
from dsadapter._response.resource_types import Response

from .streams import Person

TOOL = pydantic_function_tool(Person)


def data(text: str = '{"name": "Ada"}', **message: Any) -> Dict[str, Any]:
    parts = [{"type": "output_text", "text": text, "annotations": []}]
    return {
        "id": "r1",
        "object": "response",
        "output": [
            {"type": "reasoning", "id": "i0", "summary": []},
            {"type": "message", "id": "i1", "role": "assistant", "content": parts, **message},
            {"type": "function_call", "name": "Person", "arguments": '{"name": "Bob"}'},
        ],
        "usage": {"input_tokens": 1, "output_tokens": 2, "total_tokens": 3},
    }


def parsed(fields: Any = None) -> Any:
    _, types = request_of(Person, {"tools": [TOOL]})
    return parse_response(data() if fields is None else fields, types)


def test_texts_and_arguments_become_objects() -> None:
    response = parsed()
    assert response.output_parsed == Person("Ada")
    assert response.output[1].content[0].parsed == Person("Ada")
    assert response.output[2].parsed_arguments == Person("Bob")
    assert response.output_text == '{"name": "Ada"}'
    assert response.usage.total_tokens == 3


def test_what_was_parsed_is_an_attribute_and_never_a_key() -> None:
    response = parsed()
    assert json.loads(json.dumps(response)) == response.to_dict() == data()
    assert "parsed" not in response.output[1].content[0]


@pytest.mark.parametrize("twin_of", [copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))])
def test_copies_keep_it(twin_of: Any) -> None:
    twin = twin_of(parsed())
    assert twin.output_parsed == Person("Ada")
    assert twin.output[2].parsed_arguments == Person("Bob")


@pytest.mark.parametrize("phase", [None, "final_answer", "commentary"])
def test_a_text_on_the_way_is_not_the_answer(phase: Any) -> None:
    text = '{"name": "Ada"}' if phase != "commentary" else "let me see"
    expected = None if phase == "commentary" else Person("Ada")
    assert parsed(data(text, phase=phase)).output_parsed == expected


def test_an_answer_that_does_not_fit() -> None:
    with pytest.raises(APIResponseError, match="does not fit Person") as caught:
        parsed(data("{}"))
    assert isinstance(caught.value, ValueError)
    assert caught.value.partial == "{}"
    assert caught.value.partial_response.id == "r1"


def test_what_is_sent() -> None:
    params = {"input": "hi", "text": {"verbosity": "low"}, "tools": iter([TOOL])}
    request, types = request_of(Person, params)
    assert request["input"] == "hi"
    assert request["text"]["verbosity"] == "low"
    schema = request["text"]["format"]
    assert (schema["type"], schema["name"], schema["strict"]) == ("json_schema", "Person", True)
    assert schema["schema"]["required"] == ["name"]
    (tool,) = request["tools"]
    assert (tool["type"], tool["name"], tool["strict"]) == ("function", "Person", True)
    assert types.content_type is Person
    assert params["text"] == {"verbosity": "low"}, "the caller's own stays as it is"


def test_what_is_sent_as_it_is() -> None:
    tools = [{"type": "function", "name": "f", "parameters": {}}, {"type": "web_search"}]
    request, types = request_of(None, {"input": "hi", "tools": tools})
    assert request == {"input": "hi", "tools": tools}
    assert not types.parses
    assert "text" not in request_of(None, {"input": "hi"}, Person)[0]
    assert request_of(None, {"input": "hi"}, Person)[1].content_type is Person


@pytest.mark.parametrize("wanted", [List[Person], Optional[Person], {"type": "text"}, "text"])
def test_what_is_no_class_is_refused(wanted: Any) -> None:
    for text_format, parse_as in ((wanted, None), (None, wanted)):
        with pytest.raises(InvalidArgumentError, match="is neither a pydantic model nor"):
            request_of(text_format, {"input": "hi"}, parse_as)


def test_two_formats() -> None:
    with pytest.raises(InvalidArgumentError, match="Cannot mix"):
        request_of(Person, {"text": {"format": {"type": "text"}}})


def test_nothing_to_parse() -> None:
    response = parse_response({"id": "r", "output": None}, OutputTypes())
    assert response.id == "r"
    assert parse_response(data("no JSON"), OutputTypes()).output_parsed is None


def test_they_are_instances_of_the_sdk_s_classes() -> None:
    pytest.importorskip("openai.types.responses.parsed_response")
    from openai.types import responses

    response = parsed()
    assert isinstance(response, responses.ParsedResponse)
    assert isinstance(response.output[0], responses.ResponseReasoningItem)
    assert isinstance(response.output[1], responses.ParsedResponseOutputMessage)
    assert isinstance(response.output[1].content[0], responses.ParsedResponseOutputText)
    assert isinstance(response.output[2], responses.ParsedResponseFunctionToolCall)
    unparsed = Response(data())
    assert isinstance(unparsed.output[1], responses.ResponseOutputMessage)
    assert isinstance(unparsed.output[1].content[0], responses.ResponseOutputText)
    assert isinstance(unparsed.output[2], responses.ResponseFunctionToolCall)
    assert not isinstance(unparsed.output[2], responses.ResponseOutputMessage)
    assert isinstance(unparsed.usage, responses.ResponseUsage)
