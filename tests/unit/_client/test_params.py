"""The keyword arguments that checkers know are those that a call understands."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import dsadapter
from dsadapter._call import arguments
from dsadapter._client.params import CallParams, ChatParams, CompletionParams
from dsadapter._settings.table import PER_CALL

USUAL = {"model": "m", "messages": [{"role": "user", "content": "Hello"}], "prompt": "a"}
OPTIONS = set(CallParams.__annotations__)
MAPPINGS = ("extra_headers", "extra_query", "extra_body")
OF_028 = {"headers", "request_timeout", "request_id", "engine", "api_type", "api_version"}


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_an_option_says_how_to_call(name: str) -> None:
    value: Any = {"X-A": "1"} if name in MAPPINGS else 3
    request, settings = arguments.chat({**USUAL, name: value})
    assert settings == {}
    assert name not in (request.body or {})


@pytest.mark.parametrize(
    ("params", "build"), [(ChatParams, arguments.chat), (CompletionParams, arguments.completion)]
)
def test_every_other_keyword_stands_in_the_body(params: Any, build: Any) -> None:
    names = set(params.__annotations__) - OPTIONS - OF_028 - set(PER_CALL)
    request, settings = build({**USUAL, **{name: USUAL.get(name, "value") for name in names}})
    assert names <= set(request.body)
    assert settings == {}


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
def test_checkers_know_what_the_sdk_takes() -> None:
    from openai.resources.chat.completions import Completions

    theirs = set(inspect.signature(Completions.create).parameters) - {"self", "stream"}
    assert {name for name in theirs - set(ChatParams.__annotations__) if name[0] != "_"} == set()
