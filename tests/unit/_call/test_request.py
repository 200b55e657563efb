"""The HTTP request of a call: headers, query, paths."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from decimal import Decimal
from importlib import import_module
from types import MappingProxyType, SimpleNamespace
from typing import Any, Dict, List

import pytest
from sample_calls import CALL, KEY, Omit, last
from scripted import BASE, prepared

import dsadapter
from dsadapter import OpenAI
from dsadapter._call.request import encode
from dsadapter._settings import azure
from dsadapter._settings.azure import AzureArguments
from dsadapter.testing.emulator import Emulator

HEADER_ROWS: List[Any] = [
    ({"default_headers": {"X-A": "1"}}, {}, {"x-a": "1"}),
    ({"default_headers": {"X-A": "1"}}, {"extra_headers": {"x-a": "2"}}, {"x-a": "2"}),
    ({"default_headers": {"X-A": "1"}}, {"extra_headers": {"X-A": None}}, {"x-a": None}),
    ({"default_headers": {"X-A": "1"}}, {"extra_headers": {"x-a": Omit()}}, {"x-a": None}),
    ({"default_headers": {"User-Agent": "mine"}}, {}, {"user-agent": "mine"}),
    ({}, {"extra_headers": {"Authorization": "Bearer other"}}, {"authorization": "Bearer other"}),
    ({}, {"headers": {"X-A": "1"}}, {"x-a": "1"}),
    ({}, {"request_id": "r1"}, {"x-request-id": "r1"}),
    ({}, {}, {"authorization": f"Bearer {KEY}", "content-type": "application/json"}),
    ({}, {}, {"openai-organization": None, "openai-project": None}),
    ({"organization": "org"}, {}, {"openai-organization": "org"}),
    ({"project": "proj"}, {}, {"openai-project": "proj"}),
    ({}, {"organization": "org"}, {"openai-organization": "org"}),
    ({}, {"api_key": "another"}, {"authorization": "Bearer another"}),
]


@pytest.mark.parametrize(("arguments", "params", "expected"), HEADER_ROWS)
def test_headers(
    settings: Dict[str, Any], emulator: Emulator, arguments: Any, params: Any, expected: Any
) -> None:
    with OpenAI(**settings, **arguments) as client:
        client.chat.completions.create(**CALL, **params)
    headers = last(emulator).headers
    assert {name: headers.get(name) for name in expected} == expected


def test_the_organization_of_the_environment_stays_with_openai(
    settings: Dict[str, Any], emulator: Emulator, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org")
    for provider, expected in (("deepseek", None), ("generic", None), ("openai", "org")):
        with OpenAI(**{**settings, "provider": provider}) as client:
            client.chat.completions.create(**CALL)
        assert last(emulator).headers.get("openai-organization") == expected, provider


@pytest.mark.parametrize(
    "headers",
    [{"X-A": 1}, {1: "x"}, {"X-A": "a\r\nX-B: b"}, {"X A": "1"}, {"X-A": "世"}, "X-A: 1", [1]],
)
def test_a_header_that_cannot_be_sent(client: OpenAI, emulator: Emulator, headers: Any) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError):
        client.chat.completions.create(**CALL, extra_headers=headers)
    assert emulator.requests == []


@pytest.mark.parametrize(
    ("default", "extra", "expected"),
    [
        ({"a": 1}, None, "a=1"),
        (None, {"a": "b c"}, "a=b+c"),
        ({"a": 1}, {"b": True}, "a=1&b=true"),
        ({"a": 1}, {"a": 2}, "a=2"),
        ({"a": 1}, {"a": None}, ""),
        (None, {"a": [1, 2]}, "a%5B%5D=1&a%5B%5D=2"),  # as every SDK writes it
        (None, {"a": {"b": [1]}}, "a%5Bb%5D%5B%5D=1"),
        (None, {"q": "世界&"}, "q=%E4%B8%96%E7%95%8C%26"),
    ],
)
def test_query(
    settings: Dict[str, Any], emulator: Emulator, default: Any, extra: Any, expected: str
) -> None:
    with OpenAI(**settings, default_query=default) as client:
        client.chat.completions.create(**CALL, extra_query=extra)
    assert last(emulator).query == expected


PATHS = [
    ("", lambda c: c.chat.completions.create(**CALL), "/chat/completions"),
    ("/v1", lambda c: c.chat.completions.create(**CALL), "/v1/chat/completions"),
    ("/beta", lambda c: c.chat.completions.create(**CALL), "/beta/chat/completions"),
    ("/", lambda c: c.chat.completions.create(**CALL), "/chat/completions"),
    ("/v1/chat/completions", lambda c: c.chat.completions.create(**CALL), "/v1/chat/completions"),
    ("", lambda c: c.completions.create(model="deepseek-v4-pro", prompt="a"), "/beta/completions"),
    (
        "/v1",
        lambda c: c.completions.create(model="deepseek-v4-pro", prompt="a"),
        "/beta/completions",
    ),
    (
        "/beta",
        lambda c: c.completions.create(model="deepseek-v4-pro", prompt="a"),
        "/beta/completions",
    ),
    ("", lambda c: c.balance(), "/user/balance"),
    ("/v1", lambda c: c.balance(), "/user/balance"),
    ("/beta", lambda c: c.balance(), "/user/balance"),
    ("", lambda c: c.models.list(), "/models"),
    ("/v1", lambda c: c.models.list(), "/v1/models"),
    ("", lambda c: c.models.retrieve("deepseek-flash"), "/models/deepseek-flash"),
]


@pytest.mark.parametrize(("base", "use", "path"), PATHS)
def test_paths(
    settings: Dict[str, Any], emulator: Emulator, base: str, use: Any, path: str
) -> None:
    settings["base_url"] += base
    with OpenAI(**settings) as client:
        use(client)
    assert last(emulator).path == path


def test_an_id_is_quoted_in_a_path(client: OpenAI, emulator: Emulator) -> None:
    with pytest.raises(dsadapter.OpenAIError):
        client.models.retrieve("org/name x?")
    assert last(emulator).path == "/models/org%2Fname%20x%3F"


@pytest.mark.parametrize("text", ["\ud83d", "a\udc80b"])
def test_half_a_character_is_sent_escaped(text: str) -> None:
    content = encode({"content": text})
    assert content.isascii() and json.loads(content) == {"content": text}
    assert encode({"content": "你好"}) == '{"content":"你好"}'.encode()


class Dumped:
    """As a pydantic model: only what was set is sent."""

    def model_dump(self, *, exclude_unset: bool = False) -> Any:
        return {"a": 1} if exclude_unset else {"a": 1, "b": None}


class Listed:
    def to_dict(self) -> Any:
        return {"a": [1]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Dumped(), '{"a":1}'),
        (Listed(), '{"a":[1]}'),
        (MappingProxyType({"a": 1}), '{"a":1}'),
        ([Omit(), 1.5, True, None], "[null,1.5,true,null]"),
        ({"at": datetime(2026, 1, 1)}, '{"at":"2026-01-01T00:00:00"}'),
        (datetime(2026, 1, 1, tzinfo=timezone.utc), '"2026-01-01T00:00:00+00:00"'),
    ],
)
def test_what_json_does_not_know_is_sent_as_what_it_holds(value: Any, text: str) -> None:
    assert encode(value).decode() == text


NESTED: List[Any] = []
NESTED.append(NESTED)


@pytest.mark.parametrize(
    "value",
    [{1, 2}, object(), date(2026, 1, 1), Decimal(1), float("nan"), float("inf"), NESTED],
)
def test_what_cannot_be_json_is_named(value: Any) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="cannot be written as JSON"):
        encode({"a": value})


@pytest.mark.parametrize(
    ("request_fields", "settings", "url"),
    [
        ({"path": "x"}, {}, f"{BASE}/x"),
        ({"path": "/x?a=1", "query": {"b": 2}}, {}, f"{BASE}/x?a=1&b=2"),
        ({"path": "/x?a=1", "query": {"b": None}}, {}, f"{BASE}/x?a=1"),
        ({"unversioned": True}, {"base_url": f"{BASE}/v1"}, f"{BASE}/chat/completions"),
        ({"unversioned": True}, {"base_url": f"{BASE}/beta"}, f"{BASE}/chat/completions"),
        (
            {"unversioned": True},
            {"base_url": f"{BASE}/v1", "provider": "generic"},
            f"{BASE}/v1/chat/completions",
        ),
    ],
)
def test_the_url_of_a_request(request_fields: Any, settings: Any, url: str) -> None:
    assert prepared(None, **request_fields, **settings).operation.url == url


def test_a_request_without_a_body_names_no_content_type() -> None:
    operation = prepared(None, path="/models", body=None).operation
    assert operation.body is None
    assert "Content-Type" not in operation.headers
    assert (operation.connect, operation.read) == (5, 600)


@pytest.mark.parametrize("stream", [True, False])
def test_what_is_accepted(stream: bool) -> None:
    headers = prepared(None, stream=stream).operation.headers
    assert headers["Accept"] == ("text/event-stream" if stream else "application/json")
    assert headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("value", [" a ", "\ta", "a\tb"])
def test_blanks_around_a_header_are_not_sent(value: str) -> None:
    assert prepared(None, headers={"X-A": value}).operation.headers["X-A"] == value.strip()


@pytest.mark.parametrize("name", ["", "X:A", "X-\u00e4"])
def test_a_name_that_is_none_of_a_header(name: str) -> None:
    with pytest.raises(dsadapter.InvalidArgumentError, match="no HTTP header can carry"):
        prepared(None, headers={name: "1"})


AZURE_BASE = "https://mine.openai.azure.com/openai"


@pytest.mark.parametrize(
    ("path", "model", "base", "url"),
    [
        ("/chat/completions", "gpt", AZURE_BASE, f"{AZURE_BASE}/deployments/gpt"),
        ("/chat/completions", "a b", AZURE_BASE, f"{AZURE_BASE}/deployments/a%20b"),
        ("/chat/completions", None, AZURE_BASE, AZURE_BASE),
        (
            "/chat/completions",
            "gpt",
            f"{AZURE_BASE}/deployments/own",
            f"{AZURE_BASE}/deployments/own",
        ),
        ("/models", "gpt", f"{AZURE_BASE}/deployments/own", AZURE_BASE),
        ("/responses", "gpt", AZURE_BASE, AZURE_BASE),
    ],
)
def test_where_azure_has_a_path(path: str, model: Any, base: str, url: str) -> None:
    named = AzureArguments(
        azure_endpoint="https://mine.openai.azure.com",
        api_key="0123456789abcdef0123456789abcdef",
        api_version="2024-10-21",
    )
    settings = azure.resolve(named, {})._replace(base_url=base)
    request = SimpleNamespace(path=path, body={"model": model})
    assert import_module("dsadapter._call.request")._deployment_url(request, settings) == url


@pytest.mark.parametrize("headers", [{"X-Mine": "1"}, None])
def test_a_raw_call_keeps_its_headers(headers: Any) -> None:
    request = import_module("dsadapter._call.request")
    params = request.with_raw_mode({"model": "m", "extra_headers": headers}, "stream")
    assert params == {
        "model": "m",
        "extra_headers": {**(headers or {}), request.RAW_RESPONSE_HEADER: "stream"},
    }


def test_what_a_raw_call_asks_for_is_taken_out_of_the_headers() -> None:
    request = import_module("dsadapter._call.request")
    headers: Dict[str, Any] = {
        "Accept": "a",
        request.RAW_RESPONSE_HEADER.upper(): "stream",
        "X-Z": "z",
    }
    assert request.raw_mode(headers) == "stream"
    assert headers == {"Accept": "a", "X-Z": "z"}
    assert request.raw_mode(headers) == ""
