"""The HTTP request of a call: headers, query, paths."""

from __future__ import annotations

from typing import Any, Dict, List

import pytest
from sample_calls import CALL, KEY, Omit, last

import dsadapter
from dsadapter import OpenAI
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
