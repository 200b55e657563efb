"""``inspect`` sees every argument of constructors and of ``create``."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from operator import attrgetter
from pathlib import Path
from typing import Any, get_type_hints

import httpx
import pytest

import dsadapter
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


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize(
    ("name", "required", "some"),
    [
        ("embeddings", ["input", "model"], {"dimensions", "encoding_format"}),
        ("moderations", ["input"], {"model"}),
        ("responses", [], {"input", "model", "instructions", "stream", "tools"}),
    ],
)
def test_create_of_other_resources(face: Any, name: str, required: Any, some: Any) -> None:
    client = face(api_key="k", base_url="http://127.0.0.1:9")
    parameters = inspect.signature(getattr(client, name).create).parameters
    assert [p.name for p in parameters.values() if p.default is p.empty] == required
    assert {*required, *some, "extra_body", "timeout"} <= set(parameters)
    assert ("stream" in parameters) is (name == "responses")


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
@pytest.mark.parametrize("name", ["embeddings", "moderations", "responses"])
def test_they_show_what_the_sdk_s_show(name: str) -> None:
    import openai

    arguments = {"api_key": "k", "base_url": "http://127.0.0.1:9"}
    theirs = getattr(openai.OpenAI(**arguments, http_client=httpx.Client()), name, None)
    if theirs is None:
        pytest.skip("the SDK is older")
    ours = getattr(OpenAI(**arguments), name)
    missing = set(inspect.signature(theirs.create).parameters) - set(
        inspect.signature(ours.create).parameters
    )
    assert missing == set()


METHODS = [
    f"{resource}.{method}"
    for resource, methods in {
        "images": "generate edit create_variation",
        "audio.speech": "create",
        "audio.transcriptions": "create",
        "audio.translations": "create",
        "files": "create retrieve list delete content retrieve_content wait_for_processing",
        "batches": "create retrieve list cancel",
        "models": "retrieve list",
        "responses": "create parse stream retrieve delete cancel compact",
        "responses.input_items": "list",
        "chat.completions": "create parse stream",
    }.items()
    for method in methods.split()
]


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("path", METHODS)
def test_no_method_hides_its_arguments(face: Any, path: str) -> None:
    client = face(api_key="k", base_url="http://127.0.0.1:9")
    parameters = inspect.signature(attrgetter(path)(client)).parameters.values()
    assert not [p for p in parameters if p.kind is p.VAR_KEYWORD]
    assert "self" not in [p.name for p in parameters]


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
@pytest.mark.parametrize("path", METHODS)
def test_a_method_takes_what_the_sdk_s_takes(path: str) -> None:
    import openai

    arguments: Any = {"api_key": "k", "base_url": "http://127.0.0.1:9"}
    try:
        theirs = attrgetter(path)(openai.OpenAI(**arguments, http_client=httpx.Client()))
    except AttributeError:
        pytest.skip("the SDK is older")
    expected = inspect.signature(theirs).parameters
    ours = inspect.signature(attrgetter(path)(OpenAI(**arguments))).parameters
    assert set(expected) - set(ours) == set()
    for name, parameter in expected.items():
        if parameter.default is parameter.empty:
            assert ours[name].default is parameter.empty, name
            assert ours[name].kind is parameter.kind, name


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
    environment = {**os.environ, "PYTHONPATH": str(Path(str(dsadapter.__file__)).parents[1])}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
        env=environment,
    )
    assert done.stdout.strip() == b"[]"
