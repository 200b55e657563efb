"""Keyword arguments of a call: which goes where, and which cannot be sent."""

from __future__ import annotations

import copy
from math import inf
from typing import Any, Dict, List

import pytest
from sample_calls import CALL, HELLO, NotGiven, Omit, last

import dsadapter
from dsadapter import OpenAI
from dsadapter._call import arguments
from dsadapter._settings.table import PER_CALL
from dsadapter._settings.values import Timeouts
from dsadapter.testing.emulator import Emulator

# --- which cannot be sent -------------------------------------------------------------------------


def test_an_unset_parameter_is_not_sent(client: OpenAI, emulator: Emulator) -> None:
    client.chat.completions.create(**CALL, temperature=NotGiven(), top_p=Omit(), n=None)
    sent = last(emulator).json
    assert "temperature" not in sent
    assert "top_p" not in sent


BAD_CALLS: List[Any] = [
    (lambda c: c.chat.completions.create(messages=HELLO), "'model'"),
    (lambda c: c.chat.completions.create(model=None, messages=HELLO), "'model'"),
    (lambda c: c.chat.completions.create(model="m"), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=None), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=NotGiven()), "'messages'"),
    (lambda c: c.chat.completions.create(model="m", messages=[]), "empty"),
    (lambda c: c.chat.completions.create(model="m", messages="hi"), "str, not a list"),
    (lambda c: c.chat.completions.create(model="m", messages={"role": "user"}), "dict, not a list"),
    (lambda c: c.chat.completions.create(model="m", messages=5), "int, not a list"),
    (lambda c: c.chat.completions.create(**CALL, extra_body=[1]), "extra_body"),
    (lambda c: c.chat.completions.create(**CALL, extra_query="a=1"), "extra_query"),
    (lambda c: c.chat.completions.create(**CALL, timeout="5"), "timeout='5'"),
    (lambda c: c.chat.completions.create(**CALL, deadline=0), "deadline=0"),
    (lambda c: c.chat.completions.create(**CALL, user={1, 2}), "JSON"),
    (lambda c: c.completions.create(model="m"), "'prompt'"),
    (lambda c: c.completions.create(prompt="a"), "'model'"),
    (lambda c: c.models.retrieve(""), "model id"),
    (lambda c: c.models.retrieve(None), "model id"),
    (lambda c: c.post("http://127.0.0.1/x", body={}), "relative"),
    (lambda c: c.post("/x", body=[1]), "body"),
    (lambda c: c.post("/x", files={"file": 1}), "file"),
    (lambda c: c.post("/x", files={"file": ("name",)}), "tuple of 1"),
]


@pytest.mark.parametrize(("use", "names"), BAD_CALLS)
def test_invalid_arguments_of_a_call(
    client: OpenAI, emulator: Emulator, use: Any, names: str
) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError) as caught:
        use(client)
    assert names in str(caught.value)
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)
    assert caught.value.status_code is None
    assert emulator.requests == []


POSTS: List[Any] = [
    ({"body": CALL}, CALL, {}),
    ({"body": CALL, "extra_body": {"temperature": 1}}, {**CALL, "temperature": 1}, {}),
    ({"extra_body": CALL}, CALL, {}),
    ({"body": CALL, "cast_to": dict}, CALL, {}),
    ({"body": CALL, "options": {"headers": {"X-A": "1"}}}, CALL, {"x-a": "1"}),
    ({"body": CALL, "extra_headers": {"X-A": "1"}}, CALL, {"x-a": "1"}),
    ({"body": CALL, "options": {"timeout": 30}}, CALL, {}),
    ({"body": CALL, "timeout": 30}, CALL, {}),
]


# --- get and post ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("params", "body", "headers"), POSTS)
def test_post(client: OpenAI, emulator: Emulator, params: Any, body: Any, headers: Any) -> None:
    reply = client.post("/chat/completions", **params)
    assert reply.choices[0].message.content
    assert reply.adapter.status == 200
    got = last(emulator)
    assert (got.method, got.path, got.json) == ("POST", "/chat/completions", body)
    assert {name: got.headers.get(name) for name in headers} == headers


def test_post_options_params_are_the_query(client: OpenAI, emulator: Emulator) -> None:
    client.post("/chat/completions", body=CALL, options={"params": {"a": "1"}})
    assert last(emulator).query == "a=1"


# --- which keyword goes where --------------------------------------------------------------------

MODEL: Dict[str, Any] = {"model": "m", "messages": HELLO}
TO_BODY: List[Any] = [
    ({}, {}),
    ({"temperature": 0}, {"temperature": 0}),
    ({"unknown": [1]}, {"unknown": [1]}),
    ({"n": None}, {"n": None}),
    ({"temperature": NotGiven(), "top_p": Omit()}, {}),
    ({"extra_body": {"thinking": 1}}, {"thinking": 1}),
    ({"temperature": 0, "extra_body": {"temperature": 1}}, {"temperature": 1}),
    ({"stream": True}, {"stream": True}),
    ({"user": "u", "api_type": "azure", "api_version": "1"}, {"user": "u"}),
]


@pytest.mark.parametrize(("keywords", "fields"), TO_BODY)
def test_keywords_of_the_body(keywords: Any, fields: Any) -> None:
    request, settings = arguments.chat({**MODEL, **keywords})
    assert request.body == {**MODEL, **fields}
    assert (request.method, request.path) == ("POST", "/chat/completions")
    assert request.stream is bool(keywords.get("stream"))
    assert settings == {}


BESIDE_THE_BODY: List[Any] = [
    ({"extra_headers": {"X-A": "1"}}, "headers", {"X-A": "1"}),
    ({"headers": {"X-A": "1"}, "extra_headers": {"X-A": "2"}}, "headers", {"X-A": "2"}),
    ({"request_id": "r"}, "headers", {"X-Request-Id": "r"}),
    ({"headers": {"X-Request-Id": "h"}, "request_id": "r"}, "headers", {"X-Request-Id": "h"}),
    ({"extra_query": {"a": 1}}, "query", {"a": 1}),
    ({"timeout": 3}, "timeout", Timeouts(3, 3)),
    ({"timeout": (1, 2)}, "timeout", Timeouts(1, 2)),
    ({"timeout": None}, "timeout", None),
    ({"timeout": 3, "request_timeout": 4}, "timeout", Timeouts(4, 4)),
    ({"timeout": 3, "request_timeout": 0}, "timeout", Timeouts(3, 3)),
    ({"idle_timeout": 3}, "idle_timeout", 3),
    ({"idle_timeout": inf}, "idle_timeout", inf),
    ({"idle_timeout": None}, "idle_timeout", None),
    ({"deadline": 3}, "deadline", 3),
    ({"extra_headers": {"x-stainless-raw-response": "stream"}}, "raw", "stream"),
    ({"extra_headers": {"X-Stainless-Raw-Response": "true"}}, "headers", {}),
]


@pytest.mark.parametrize(("keywords", "field", "value"), BESIDE_THE_BODY)
def test_keywords_that_say_how_to_call(keywords: Any, field: str, value: Any) -> None:
    request, _ = arguments.chat({**MODEL, **keywords})
    assert getattr(request, field) == value
    assert request.body == MODEL


@pytest.mark.parametrize("name", [*PER_CALL])
def test_settings_of_one_call(name: str) -> None:
    request, settings = arguments.chat({**MODEL, name: "value"})
    assert settings == {name: "value"}
    assert request.body == MODEL
    assert arguments.chat({**MODEL, name: None}).settings == {}


def test_a_get_has_a_query_instead_of_a_body() -> None:
    request, _ = arguments.listing("/models", {"limit": 3, "extra_query": {"after": "x"}})
    assert (request.method, request.body) == ("GET", None)
    assert request.query == {"limit": 3, "after": "x"}
    assert arguments.balance({}).request.unversioned
    assert arguments.model("a/b c", {}).request.path == "/models/a%2Fb%20c"


def test_the_engine_of_028_is_the_model() -> None:
    assert arguments.chat({"engine": "m", "messages": HELLO}).request.body == MODEL
    assert arguments.chat({"engine": "e", **MODEL}).request.body == MODEL
    assert arguments.completion({"engine": "m", "prompt": "a"}).request.body == {
        "model": "m",
        "prompt": "a",
    }


def test_the_caller_s_objects_stay_as_they_are() -> None:
    params = {**MODEL, "extra_body": {"a": 1}, "timeout": 3, "engine": "e"}
    before = copy.deepcopy(params)
    arguments.chat(params)
    arguments.any_path("POST", "/x", {"body": params, "options": {"params": {"a": 1}}})
    assert params == before


ANY_PATH: List[Any] = [
    ({}, {"body": None, "stream": False, "query": {}, "files": (), "unversioned": False}, {}),
    ({"body": {}}, {"body": {}}, {}),
    ({"a": 1}, {"query": {"a": 1}, "body": None}, {}),
    ({"body": {"a": 1}, "stream": True}, {"body": {"a": 1, "stream": True}, "stream": True}, {}),
    ({"body": {"stream": False}, "stream": True}, {"body": {"stream": False}, "stream": True}, {}),
    ({"stream": True}, {"body": None, "stream": True}, {}),
    ({"extra_body": {"a": 1}, "body": {"a": 2, "b": 3}}, {"body": {"a": 1, "b": 3}}, {}),
    ({"stream_cls": object, "cast_to": dict}, {"body": None}, {}),
    ({"options": {"params": {"a": 1}, "headers": {"X": "1"}}}, {"query": {"a": 1}}, {}),
    ({"options": {"extra_json": {"a": 1}}}, {"body": {"a": 1}}, {}),
    ({"options": {"timeout": 3}}, {"timeout": Timeouts(3, 3)}, {}),
    ({"options": {"timeout": 3}, "timeout": 4}, {"timeout": Timeouts(4, 4)}, {}),
    ({"options": {"max_retries": 0}, "api_key": "k"}, {}, {"max_retries": 0, "api_key": "k"}),
    ({"options": {"max_retries": NotGiven()}}, {}, {}),
    ({"files": {}}, {"files": ()}, {}),
]


@pytest.mark.parametrize(("keywords", "fields", "settings"), ANY_PATH)
def test_any_path(keywords: Any, fields: Any, settings: Any) -> None:
    call = arguments.any_path("PUT", "/x", keywords)
    assert {name: getattr(call.request, name) for name in fields} == fields
    assert (call.request.method, call.request.path) == ("PUT", "/x")
    assert call.settings == settings


@pytest.mark.parametrize(
    ("path", "unversioned"), [("/v1/x", True), ("v1/x", True), ("/v1x", False), ("/x/v1/", False)]
)
def test_a_path_that_names_the_version_gets_no_other(path: str, unversioned: bool) -> None:
    assert arguments.any_path("GET", path, {}).request.unversioned is unversioned


def test_files_make_a_form_of_the_body() -> None:
    call = arguments.any_path("POST", "/x", {"files": {"file": b"a"}, "body": {"a": 1}})
    assert ([part.name for part in call.request.files], call.request.body) == (["file"], {"a": 1})
    call = arguments.upload("/files", {"purpose": "batch"}, {"file": b"a"})
    assert (len(call.request.files), call.request.body) == (1, {"purpose": "batch"})


def test_paths_of_items() -> None:
    assert arguments.item_path("/files", file_id="a/b c") == "/files/a%2Fb%20c"
    for value in ("", None, 5):
        with pytest.raises(dsadapter.InvalidArgumentError, match="non-empty value for `file_id`"):
            arguments.item_path("/files", file_id=value)
    call = arguments.without_body("DELETE", "/files/f", {"a": 1, "n": NotGiven(), "api_type": "x"})
    assert (call.request.method, call.request.query, call.request.body) == (
        "DELETE",
        {"a": 1},
        None,
    )
    assert arguments.listing("/x", {"stream": True}).request.stream
    assert not arguments.listing("/x", {}).request.stream


def test_what_can_be_gone_through_is_listed() -> None:
    assert arguments.listed(iter(HELLO)) == arguments.listed(tuple(HELLO)) == HELLO
    for value in ("text", b"text", {"role": "user"}, 5, None):
        assert arguments.listed(value) is value


def test_a_class_as_response_format_names_the_method_for_it() -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match=r"chat\.completions\.parse\(\)"):
        arguments.chat({**MODEL, "response_format": dict})
    request, _ = arguments.chat({**MODEL, "response_format": {"type": "json_object"}})
    assert request.body["response_format"] == {"type": "json_object"}


def test_an_empty_prompt_is_one() -> None:
    assert arguments.completion({"model": "m", "prompt": None}).request.body["prompt"] is None


@pytest.mark.parametrize(
    "content",
    [
        "a\xe9",
        "a\xe9".encode(),
        bytearray(b"a\xc3\xa9"),
        memoryview(b"a\xc3\xa9"),
        [b"a", b"\xc3\xa9"],
    ],
    ids=lambda content: type(content).__name__,
)
def test_content_in_every_form_becomes_bytes(content: Any) -> None:
    sent = arguments._content(content)
    assert (type(sent), sent) == (bytes, b"a\xc3\xa9")
