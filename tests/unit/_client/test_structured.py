"""``chat.completions.parse``: asking, validating, asking once more."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import Any, Dict, List, Optional

import pytest
from _response.streams import LOOSE, WEATHER, Person
from sample_calls import CALL, NotGiven, last
from scripted import Answer, Scripted

from dsadapter import (
    APIResponseError,
    AsyncOpenAI,
    InvalidArgumentError,
    LengthFinishReasonError,
    OpenAI,
    pydantic_function_tool,
)
from dsadapter.testing.emulator import Emulator

pytestmark = pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")


def reply(content: Any, finish: str = "stop", **message: Any) -> Answer:
    fields = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "message": fields, "finish_reason": finish}
    return Answer({"id": "r1", "object": "chat.completion", "choices": [choice]})


def parse(scripted: Scripted, **params: Any) -> Any:
    return scripted.client.chat.completions.parse(**{**CALL, **params})


def body(scripted: Scripted, number: int) -> Any:
    return json.loads(scripted.sent[number].body or b"")


@pytest.mark.parametrize("beta", [False, True])
def test_on_deepseek_the_answer_is_an_object(
    client: OpenAI, emulator: Emulator, beta: bool
) -> None:
    completions = (client.beta if beta else client).chat.completions
    completion = completions.parse(**CALL, response_format=Person)
    assert completion.choices[0].message.parsed == Person("Hello")
    assert last(emulator).json["response_format"] == {"type": "json_object"}
    assert [repair.id for repair in completion.adapter.repairs] == ["json-schema"]


def test_elsewhere_the_schema_goes_out_as_it_is() -> None:
    scripted = Scripted(reply('{"name": "Ada"}'), provider="openai")
    assert parse(scripted, response_format=Person).choices[0].message.parsed == Person("Ada")
    sent = body(scripted, 0)["response_format"]
    assert sent["json_schema"]["name"] == "Person"
    assert sent["json_schema"]["strict"] is True


def test_calls_of_tools_are_objects(client: OpenAI) -> None:
    tools = iter([pydantic_function_tool(Person), WEATHER])  # any iterable
    completion = client.chat.completions.parse(**CALL, tools=tools)
    (call,) = completion.choices[0].message.tool_calls or ()
    assert call.function.parsed_arguments == Person("Hello")
    assert completion.choices[0].message.parsed is None


@pytest.mark.parametrize("tool", [LOOSE, {"type": "custom", "custom": {"name": "x"}}])
def test_tools_that_cannot_be_parsed_are_refused_before_sending(tool: Any) -> None:
    scripted = Scripted()
    with pytest.raises(InvalidArgumentError, match="is not strict") as caught:
        parse(scripted, tools=[tool])
    assert isinstance(caught.value, ValueError)
    assert scripted.sent == []


def test_a_cut_off_answer_is_never_asked_for_again() -> None:
    scripted = Scripted(reply('{"na', finish="length"))
    with pytest.raises(LengthFinishReasonError) as caught:
        parse(scripted, response_format=Person, repair_attempts=1)
    assert caught.value.partial == '{"na'
    assert len(scripted.sent) == 1


def test_without_being_asked_nothing_is_sent_twice() -> None:
    scripted = Scripted(reply('{"age": 1}'), reply('{"name": "Ada"}'))
    with pytest.raises(APIResponseError, match="does not fit Person") as caught:
        parse(scripted, response_format=Person)
    assert caught.value.partial == '{"age": 1}'
    assert len(scripted.sent) == 1


def test_one_repair_question_shows_the_answer_and_what_is_wrong() -> None:
    scripted = Scripted(reply('{"age": 1}'), reply('{"name": "Ada"}'))
    completion = parse(scripted, response_format=Person, repair_attempts=1)
    assert completion.choices[0].message.parsed == Person("Ada")
    first, second = (body(scripted, number)["messages"] for number in (0, 1))
    assert second[: len(first)] == first
    answer, question = second[len(first) :]
    assert answer == {"role": "assistant", "content": '{"age": 1}'}
    assert question["role"] == "user"
    assert "Field required" in question["content"]
    assert "parse-again" in [repair.id for repair in completion.adapter.repairs]


def test_a_call_that_does_not_fit_is_answered_by_its_tool() -> None:
    function = {"name": "Person", "arguments": '{"age": 1}'}
    wrong = [{"id": "t1", "type": "function", "function": function}]
    right = [
        {"id": "t2", "type": "function", "function": {**function, "arguments": '{"name": "A"}'}}
    ]
    scripted = Scripted(reply(None, tool_calls=wrong), reply(None, tool_calls=right))
    completion = parse(scripted, tools=[pydantic_function_tool(Person)], repair_attempts=1)
    call = completion.choices[0].message.tool_calls[0]
    assert call.function.parsed_arguments == Person("A")
    answer, result = body(scripted, 1)["messages"][-2:]
    assert answer["tool_calls"] == wrong
    assert (result["role"], result["tool_call_id"]) == ("tool", "t1")


def test_a_second_answer_that_does_not_fit_is_an_error() -> None:
    scripted = Scripted(reply("{}"), reply('{"age": 2}'), reply('{"name": "Ada"}'))
    with pytest.raises(APIResponseError) as caught:
        parse(scripted, response_format=Person, repair_attempts=1)
    assert caught.value.partial == '{"age": 2}'
    assert len(scripted.sent) == 2


@pytest.mark.parametrize("attempts", [2, -1, None, "1"])
def test_there_is_one_repair_question_at_most(attempts: Any) -> None:
    scripted = Scripted()
    with pytest.raises(InvalidArgumentError, match="repair_attempts"):
        parse(scripted, response_format=Person, repair_attempts=attempts)


@pytest.mark.parametrize("raw", [False, True])
def test_a_stream_has_a_call_of_its_own(raw: bool) -> None:
    scripted = Scripted()
    completions: Any = scripted.client.chat.completions
    if raw:
        completions = completions.with_raw_response
    with pytest.raises(TypeError, match="unexpected keyword argument 'stream'") as caught:
        completions.parse(**CALL, response_format=Person, stream=True)
    assert "chat.completions.stream(...)" in str(caught.value)
    assert scripted.sent == []


def test_no_stream_may_be_asked_for_by_name() -> None:
    scripted = Scripted(reply('{"name": "Ada"}'))
    completion = parse(scripted, response_format=Person, stream=False)
    assert completion.choices[0].message.parsed == Person("Ada")


@pytest.mark.parametrize("name", ["parse", "stream"])
@pytest.mark.parametrize("wanted", [List[Person], Optional[Person], Any, "json_object"])
def test_what_is_no_class_is_refused_before_sending(name: str, wanted: Any) -> None:
    scripted = Scripted()
    with pytest.raises(InvalidArgumentError, match="is neither a pydantic model nor"):
        getattr(scripted.client.chat.completions, name)(**CALL, response_format=wanted)
    assert scripted.sent == []


def test_messages_may_be_any_iterable_also_when_asked_twice() -> None:
    scripted = Scripted(reply("{}"), reply('{"name": "Ada"}'))
    messages = iter(CALL["messages"])
    parse(scripted, messages=messages, response_format=Person, repair_attempts=1)
    contents = [message["content"] for message in body(scripted, 1)["messages"]]
    assert "Hello" in contents


@pytest.mark.parametrize("name", ["parse", "stream"])
@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_signatures_are_real(name: str, face: Any, settings: Dict[str, Any]) -> None:
    completions = face(**settings).chat.completions
    parameters = inspect.signature(getattr(completions, name)).parameters
    create = inspect.signature(completions.create).parameters
    assert set(create) - {"stream"} <= set(parameters)
    assert ("repair_attempts" in parameters) == (name == "parse")
    assert "stream" not in parameters


def test_create_refuses_a_class_and_names_the_way() -> None:
    scripted = Scripted()
    with pytest.raises(InvalidArgumentError, match="must use `chat.completions.parse") as caught:
        scripted.chat(response_format=Person)
    assert isinstance(caught.value, TypeError)
    assert scripted.sent == []


def test_markers_for_not_given_are_left_out() -> None:
    scripted = Scripted(reply("Hello"))
    completion = parse(scripted, response_format=NotGiven(), tools=NotGiven())
    assert completion.choices[0].message.parsed is None
    assert set(body(scripted, 0)) == {"model", "messages"}


@pytest.mark.parametrize("more", [{}, {"repair_attempts": 1}, {"tools": [LOOSE]}])
def test_no_key_stays_in_a_local_variable(more: Any) -> None:
    key = "sk-percall0123456789abcdef"
    client = Scripted(reply("{}"), reply("{}")).client
    with pytest.raises((APIResponseError, InvalidArgumentError)) as caught:
        client.chat.completions.parse(**CALL, response_format=Person, api_key=key, **more)
    frames = [entry.frame for entry in caught.traceback[1:]]
    assert frames
    assert [frame for frame in frames if key in repr(frame.f_locals)] == []


def test_the_caller_s_arguments_stay_as_they_were(client: OpenAI) -> None:
    tools = [pydantic_function_tool(Person)]
    params: Dict[str, Any] = {**CALL, "tools": tools}
    before = json.dumps(params)
    client.chat.completions.parse(**params, repair_attempts=1)
    assert json.dumps(params) == before


def test_with_raw_response_has_the_reply_and_the_object(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.parse(**CALL, response_format=Person)
    assert raw.headers["content-type"].startswith("application/json")
    assert raw.parse().choices[0].message.parsed == Person("Hello")


def test_on_an_event_loop(settings: Dict[str, Any]) -> None:
    async def main() -> None:
        async with AsyncOpenAI(**settings) as client:
            completion = await client.chat.completions.parse(**CALL, response_format=Person)
            assert completion.choices[0].message.parsed == Person("Hello")
            raw = await client.chat.completions.with_raw_response.parse(
                **CALL, response_format=Person
            )
            assert raw.parse().choices[0].message.parsed == Person("Hello")
            with pytest.raises(InvalidArgumentError):
                await client.chat.completions.parse(**CALL, repair_attempts=2)
            completions: Any = client.chat.completions
            with pytest.raises(TypeError, match=r"chat\.completions\.stream\(\.\.\.\)"):
                await completions.parse(**CALL, stream=True)
            with pytest.raises(InvalidArgumentError, match="is neither a pydantic model nor"):
                await completions.parse(**CALL, response_format=List[Person])

    asyncio.run(main())
