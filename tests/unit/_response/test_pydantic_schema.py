"""Our records as types of the program's own pydantic, 2 and 1."""

from __future__ import annotations

import json
from typing import Any, Dict

import pytest

from _response.samples import data
from dsadapter._response.types import ChatCompletion, ChatCompletionMessage

pydantic = pytest.importorskip("pydantic")
IS_1 = pydantic.VERSION.startswith("1.")
only_2 = pytest.mark.skipif(IS_1, reason="pydantic 2 only")


class Answer(pydantic.BaseModel):
    reply: ChatCompletion


def dumped(model: Any, **keywords: Any) -> Dict[str, Any]:
    return model.dict(**keywords) if IS_1 else model.model_dump(**keywords)


def test_a_field_takes_a_reply_as_it_is() -> None:
    response = ChatCompletion(data())
    assert Answer(reply=response).reply is response


def test_a_field_takes_its_dict() -> None:
    reply = Answer(reply=data()).reply
    assert type(reply) is ChatCompletion
    assert reply.choices[0].message.content == "Hi, 世界"
    assert reply.to_dict() == data()


def test_a_field_refuses_what_is_no_object() -> None:
    with pytest.raises(pydantic.ValidationError):
        Answer(reply="text")


@pytest.mark.parametrize("keywords", [{}, {"exclude_none": True}, {"exclude_unset": True}], ids=str)
def test_a_field_is_dumped_as_the_reply_is(keywords: Dict[str, Any]) -> None:
    response = ChatCompletion(data())
    expected = response.model_dump(**keywords)
    assert dumped(Answer(reply=response), **keywords) == {"reply": expected}


@only_2
def test_wrong_fields_are_named() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        pydantic.TypeAdapter(ChatCompletion).validate_python({**data(), "id": 7, "choices": [{}]})
    places = {error["loc"] for error in caught.value.errors()}
    assert places == {("id",), ("choices", 0, "message")}
    with pytest.raises(pydantic.ValidationError):
        ChatCompletion.model_validate({"id": "x"})


@only_2
@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_has_the_fields(mode: str) -> None:
    schema = pydantic.TypeAdapter(ChatCompletion).json_schema(mode=mode)
    assert {"id", "choices", "usage"} <= set(schema["properties"])
    message = schema["properties"]["choices"]["items"]["properties"]["message"]
    assert set(ChatCompletionMessage.model_fields) <= set(message["properties"])
    schema = ChatCompletion.model_json_schema()
    assert (schema["type"], schema["title"]) == ("object", "ChatCompletion")


@only_2
def test_json_of_an_adapter() -> None:
    adapter = pydantic.TypeAdapter(ChatCompletion)
    response = ChatCompletion(data())
    assert json.loads(adapter.dump_json(response)) == response.model_dump()
    selected = adapter.dump_python(response, include={"choices": {0: {"message": {"content"}}}})
    assert selected == {"choices": [{"message": {"content": "Hi, 世界"}}]}


@pytest.mark.parametrize("mode", ["sdk", "ours"])
def test_fastapi_answers_with_a_reply(mode: str) -> None:
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("fastapi.testclient")
    cls: Any = ChatCompletion
    if mode == "sdk":
        cls = pytest.importorskip("openai.types.chat").ChatCompletion
    app = fastapi.FastAPI()

    @app.get("/", response_model=cls)
    def answer() -> Any:
        return ChatCompletion(data())

    client = testclient.TestClient(app)
    body = client.get("/").json()
    assert body["choices"][0]["message"]["content"] == "Hi, 世界"
    assert body["made_up"] == data()["made_up"]
    assert body["choices"][0]["message"]["refusal"] is None
    assert client.get("/openapi.json").status_code == 200
