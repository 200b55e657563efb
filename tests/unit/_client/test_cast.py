"""What ``cast_to`` makes of an answer of ``client.get`` and its neighbours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scripted import Answer, Scripted

import dsadapter
from dsadapter._record import Record

BODY = {"id": "x", "object": "thing", "nested": {"a": 1}}


def get(cast_to: Any, body: Any = BODY, **params: Any) -> Any:
    return Scripted(Answer(body)).client.get("/x", cast_to=cast_to, **params)


@pytest.mark.parametrize("cast_to", [None, object, dict, Any, Record])
def test_what_it_holds(cast_to: Any) -> None:
    result = get(cast_to)
    assert result == BODY
    assert result.nested.a == 1


def test_its_body() -> None:
    text = json.dumps(BODY)
    assert get(str) == text
    assert get(bytes) == text.encode()
    assert get(str, b"no JSON") == "no JSON"


def test_a_kind_of_record() -> None:
    assert isinstance(get(dsadapter.ChatCompletion), dsadapter.ChatCompletion)
    assert get(dsadapter.ChatCompletion).usage is None, "today's, not 0.28's"


def test_a_class_of_http_responses() -> None:
    httpx = pytest.importorskip("httpx")
    raw = get(httpx.Response, b"no JSON")
    assert (raw.status_code, raw.content) == (200, b"no JSON")

    class HttpxBinaryResponseContent:
        """As the SDKs name theirs."""

    assert get(HttpxBinaryResponseContent, b"no JSON").read() == b"no JSON"


def test_a_model_of_pydantic_s_kind() -> None:
    class Model:
        def __init__(self, data: Any) -> None:
            self.data = data

        @classmethod
        def model_validate(cls, data: Any) -> Any:
            return cls(data)

    assert get(Model).data == BODY
    with pytest.raises(TypeError, match="cast_to=int"):
        get(int)


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
def test_models_of_the_sdk() -> None:
    from openai import BaseModel
    from openai.types import Model as SdkModel

    class Mine(BaseModel):  # type: ignore[misc, valid-type]
        id: str

    assert get(Mine).id == "x"
    assert isinstance(get(SdkModel), dict), "of those that have a kind here it is that one"


def test_a_stream_is_not_cast() -> None:
    event = b'data: {"choices": [{"index": 0, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'
    stream = get(dsadapter.ChatCompletion, event, stream=True, stream_cls=object)
    assert [type(chunk) for chunk in stream] == [dsadapter.types.chat.ChatCompletion]


def test_a_stream_has_the_chunks_that_its_class_names() -> None:
    event = b'data: {"choices": [{"index": 0, "delta": {}}]}\n\ndata: [DONE]\n\n'
    stream_cls = dsadapter.Stream[dsadapter.types.chat.ChatCompletionChunk]
    stream = get(dsadapter.ChatCompletion, event, stream=True, stream_cls=stream_cls)
    assert [chunk.choices[0].delta.function_call for chunk in stream] == [None]
