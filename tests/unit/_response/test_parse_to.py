"""``parse(to=...)`` of raw responses: what a body becomes, and what is refused, as in the SDKs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Union

import httpx
import pytest
from sample_calls import CALL, KEY

import dsadapter
from dsadapter import OpenAI


class Model(dsadapter.BaseModel):
    id: str


def test_parse_to_something_else(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert raw.parse(to=Model).id == raw.json()["id"]
    assert type(raw.parse(to=Model)) is Model
    assert type(raw.parse(to=dsadapter.ChatCompletion)) is type(raw.parse())
    assert raw.parse(to=str) == raw.text
    assert raw.parse(to=type(None)) is None
    for kind in (dict, object, list, Dict[str, Any], Any, Union[str, Dict[str, Any]]):
        assert type(raw.parse(to=kind)) is dict  # nothing is checked, as in the SDKs
    assert raw.parse(to=httpx.Response).status_code == 200
    assert raw.parse() is raw.parse()


@pytest.mark.parametrize(
    ("body", "to", "value"),
    [("5", int, 5), ("0.5", float, 0.5), ("true", bool, True), ("[{}]", List[Model], [Model()])],
)
def test_parse_to_a_value(body: str, to: Any, value: Any) -> None:
    with raw_of(body) as raw:
        assert raw.parse(to=to) == value


def test_parse_to_a_kind_of_what_is_no_json() -> None:
    with raw_of("hello", "text/plain") as raw:
        assert raw.parse(to=Model) == raw.parse(to=dict) == "hello"
    with raw_of('{"id": "a"}', "text/plain") as raw:
        assert raw.parse(to=Model) == {"id": "a"}
    with raw_of("hello") as raw, pytest.raises(ValueError, match="Expecting"):
        raw.parse(to=Model)


@contextmanager
def raw_of(body: str, kind: str = "application/json") -> Iterator[Any]:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=body, headers={"content-type": kind})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with OpenAI(api_key=KEY, base_url="https://example.com/v1", http_client=http) as client:
        with client.chat.completions.with_streaming_response.create(**CALL) as response:
            yield response


def test_parse_refuses_what_the_sdks_refuse(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(**CALL)
    with pytest.raises(ValueError, match="invalid literal"):
        raw.parse(to=int)
    for kind in (bytes, Path, Model()):
        with pytest.raises(RuntimeError, match="pass str, int"):
            raw.parse(to=kind)
    stream = client.chat.completions.with_raw_response.create(**CALL, stream=True)
    with pytest.raises(TypeError, match="is a stream"):
        stream.parse(to=dict)
    assert next(stream.parse(to=dsadapter.Stream[dsadapter.ChatCompletionChunk])).choices


def test_parse_takes_models_of_pydantic_that_are_derived_from_ours(client: OpenAI) -> None:
    pydantic = pytest.importorskip("pydantic")
    theirs = type("Theirs", (pydantic.BaseModel,), {"__annotations__": {"id": str}})
    raw = client.chat.completions.with_raw_response.create(**CALL)
    with pytest.raises(TypeError, match="dsadapter.BaseModel"):
        raw.parse(to=theirs)
    if "openai._models" in sys.modules:
        base = sys.modules["openai._models"].BaseModel
        sdk = type("Theirs", (base,), {"__annotations__": {"id": str}})
        assert raw.parse(to=sdk).id == raw.parse().id
