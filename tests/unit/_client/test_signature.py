"""``inspect`` sees every argument of constructors and of ``create``."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any, get_type_hints

import pytest

from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._client.params import ChatParams, CompletionParams
from dsadapter._settings.table import CANONICAL


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_a_constructor_shows_every_setting(face: Any) -> None:
    parameters = inspect.signature(face).parameters
    assert set(CANONICAL) | {"http_client"} <= set(parameters)
    assert list(inspect.signature(face.__init__).parameters)[:2] == ["self", "api_key"]
    assert not [p for p in parameters.values() if p.kind is p.VAR_KEYWORD]
    assert {p.default for p in parameters.values()} == {None}
    inspect.signature(face).bind("k", base_url="https://x", max_retries=1)


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize(
    ("path", "known", "required"),
    [
        ("chat.completions", ChatParams, ["messages", "model"]),
        ("completions", CompletionParams, ["model", "prompt"]),
    ],
)
def test_create_shows_every_argument(
    face: Any, path: str, known: Any, required: Any, settings: Any
) -> None:
    resource: Any = face(**settings)
    for name in path.split("."):
        resource = getattr(resource, name)
    signature = inspect.signature(resource.create)
    assert set(signature.parameters) == {*known.__annotations__, "stream"}
    assert list(signature.parameters)[:2] == required
    needed = [p.name for p in signature.parameters.values() if p.default is p.empty]
    assert needed == required
    assert signature.parameters["temperature"].annotation == "Optional[float]"
    assert next(iter(inspect.signature(type(resource).create).parameters)) == "self"
    assert get_type_hints(type(resource).create)
    assert inspect.iscoroutinefunction(resource.create) is (face is AsyncOpenAI)


def test_defaults_may_be_passed_on(client: OpenAI) -> None:
    create = client.chat.completions.create
    bound = inspect.signature(create).bind(
        model="deepseek-flash", messages=[{"role": "user", "content": "Hello"}]
    )
    bound.apply_defaults()
    assert create(**bound.kwargs).choices


def test_nobody_pays_for_it_who_does_not_ask() -> None:
    code = "import sys, dsadapter; dsadapter.OpenAI; "
    code += "print([n for n in ('inspect', 'dsadapter._client.params') if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], stdout=subprocess.PIPE, check=True, timeout=60
    )
    assert done.stdout.strip() == b"[]"
