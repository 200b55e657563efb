"""Models of pydantic in a request are sent as openai 3 sends them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any, List

import pytest
from sample_calls import CALL, HELLO, last

import dsadapter
from dsadapter import OpenAI
from dsadapter._model_dump import by_aliases, dumped
from dsadapter.testing.emulator import Emulator

pydantic = pytest.importorskip("pydantic")
IS_1 = pydantic.VERSION.startswith("1.")


class Color(Enum):
    RED = "red"


class City(pydantic.BaseModel):  # type: ignore[name-defined,misc]
    name: str = pydantic.Field(..., alias="cityName")
    since: datetime
    color: Color = Color.RED
    unset: int = 5


PARIS = {"cityName": "Paris", "since": "2020-01-02T00:00:00", "color": "red"}
BY_NAME = {"name": "Paris", "since": "2020-01-02T00:00:00", "color": "red"}


def paris() -> Any:
    return City(cityName="Paris", since=datetime(2020, 1, 2), color=Color.RED)


def test_what_was_set_in_the_types_of_json() -> None:
    assert dumped(paris()) == BY_NAME
    assert dumped(paris(), by_alias=True) == PARIS


def test_what_is_no_model() -> None:
    assert [dumped(value) for value in (None, 1, "a", object(), City)] == [None] * 5


def test_a_model_says_what_is_never_sent() -> None:
    if IS_1:
        pytest.skip("the SDK's parsed objects are of pydantic 2")

    class Parsed(City):
        __api_exclude__ = {"since"}

    sent = dumped(Parsed(cityName="Paris", since=datetime(2020, 1, 2)))
    assert sent == {"name": "Paris"}


def test_a_message_and_a_tool_are_sent_under_the_names_of_the_fields(
    client: OpenAI, emulator: Emulator
) -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {"default": paris()}}}
    message = {"role": "user", "content": [{"type": "text", "text": "a", "city": paris()}]}
    client.chat.completions.create(model=CALL["model"], messages=[message], tools=[tool])
    sent = last(emulator).json
    assert sent["messages"][0]["content"][0]["city"] == BY_NAME
    assert sent["tools"][0]["function"]["parameters"]["default"] == BY_NAME


def test_a_model_as_a_message(client: OpenAI, emulator: Emulator) -> None:
    class Message(pydantic.BaseModel):  # type: ignore[name-defined,misc]
        role: Any
        content: str

    class Role(Enum):
        USER = "user"

    message = Message(role=Role.USER, content="Hello")
    client.chat.completions.create(model=CALL["model"], messages=[message])
    assert last(emulator).json["messages"] == HELLO


def test_extra_body_and_the_body_of_any_path_have_the_aliases(
    client: OpenAI, emulator: Emulator
) -> None:
    client.chat.completions.create(**CALL, extra_body={"x": [{"y": paris()}], "z": (1, None)})
    assert (last(emulator).json["x"], last(emulator).json["z"]) == ([{"y": PARIS}], [1, None])
    client.post("/chat/completions", body={**CALL, "x": paris()})
    assert last(emulator).json["x"] == PARIS


def test_what_cannot_be_sent_is_said_by_name(client: OpenAI) -> None:
    class Odd(pydantic.BaseModel):  # type: ignore[name-defined,misc]
        value: Any

    for place in ({"messages": [Odd(value=object())]}, {"extra_body": {"x": Odd(value=object())}}):
        with pytest.raises(dsadapter.InvalidArgumentError, match="cannot be written as JSON"):
            client.chat.completions.create(**{**CALL, **place})


def test_a_body_without_a_bottom_is_left_to_who_writes_it() -> None:
    loop: List[Any] = []
    loop.append(loop)
    assert by_aliases({"a": loop})["a"] is loop
