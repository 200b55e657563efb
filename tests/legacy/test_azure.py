"""``openai.api_type = "azure"``: the requests are those of openai 0.28.1, which passes this too
(DSADAPTER_BASELINE=1)."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, Iterator, NamedTuple

import pytest
from recording_server import RecordingServer

import dsadapter

from .conftest import BASELINE, MESSAGES

KEY = "0123456789abcdef0123456789abcdef"
VERSION = "2023-05-15"
WITH_KEY = {"api-key": KEY}
WITH_TOKEN = {"authorization": f"Bearer {KEY}"}
QUERY = {"api-version": VERSION}
ours_only = pytest.mark.skipif(BASELINE, reason="dsadapter's own")


class Case(NamedTuple):
    """A call, and the request that comes of it."""

    resource: str
    arguments: Dict[str, Any]
    path: str
    body: Any
    credentials: Dict[str, str] = WITH_KEY
    globals: Dict[str, Any] = {}
    query: Dict[str, str] = QUERY


CHAT = "/openai/deployments/my-gpt/chat/completions"
CASES = {
    "engine": Case(
        "ChatCompletion",
        {"engine": "my-gpt", "messages": MESSAGES, "max_tokens": 5},
        CHAT,
        {"messages": MESSAGES, "max_tokens": 5},
    ),
    "deployment_id": Case(
        "ChatCompletion",
        {"deployment_id": "my-gpt", "messages": MESSAGES},
        CHAT,
        {"messages": MESSAGES},
    ),
    "a model beside it": Case(
        "ChatCompletion",
        {"engine": "my-gpt", "model": "gpt-4", "messages": MESSAGES},
        CHAT,
        {"model": "gpt-4", "messages": MESSAGES},
    ),
    "a name with a blank": Case(
        "ChatCompletion",
        {"engine": "my gpt/4", "messages": MESSAGES},
        "/openai/deployments/my+gpt%2F4/chat/completions",
        {"messages": MESSAGES},
    ),
    "azure_ad": Case(
        "ChatCompletion",
        {"engine": "my-gpt", "messages": MESSAGES},
        CHAT,
        {"messages": MESSAGES},
        WITH_TOKEN,
        {"api_type": "azure_ad"},
    ),
    "everything with the call": Case(
        "ChatCompletion",
        {
            "engine": "my-gpt",
            "messages": MESSAGES,
            "api_type": "Azure",
            "api_version": "2024-02-01",
        },
        CHAT,
        {"messages": MESSAGES},
        globals={"api_type": "open_ai", "api_version": None},
        query={"api-version": "2024-02-01"},
    ),
    "text": Case(
        "Completion",
        {"engine": "davinci", "prompt": "Once"},
        "/openai/deployments/davinci/completions",
        {"prompt": "Once"},
    ),
    "embeddings": Case(
        "Embedding",
        {"engine": "ada", "input": ["a"], "encoding_format": "float"},
        "/openai/deployments/ada/embeddings",
        {"input": ["a"], "encoding_format": "float"},
    ),
}


@pytest.fixture()
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as running:
        yield running


@pytest.fixture()
def azure(openai: Any, server: RecordingServer) -> Any:
    """The module with Azure's settings, as programs of 2023 have them."""
    openai.api_type, openai.api_version = "azure", VERSION
    openai.api_base, openai.api_key = server.url, KEY
    return openai


def check(case: Case, server: RecordingServer) -> None:
    request = server.requests[-1]
    assert request.path == case.path
    assert request.query == case.query
    assert request.credentials() == case.credentials
    assert request.body == case.body


def use(openai: Any, case: Case) -> Any:
    for name, value in case.globals.items():
        setattr(openai, name, value)
    return getattr(openai, case.resource)


@pytest.mark.parametrize("name", CASES)
def test_the_request(name: str, azure: Any, server: RecordingServer) -> None:
    case = CASES[name]
    assert use(azure, case).create(**case.arguments)
    check(case, server)


@pytest.mark.parametrize("name", CASES)
def test_the_async_request(name: str, azure: Any, server: RecordingServer) -> None:
    case = CASES[name]
    assert asyncio.run(use(azure, case).acreate(**case.arguments))
    check(case, server)


def test_a_stream(azure: Any, server: RecordingServer) -> None:
    chunks = list(azure.ChatCompletion.create(engine="my-gpt", messages=MESSAGES, stream=True))
    assert chunks[0]["choices"][0]["delta"]["content"] == "hi"
    assert server.requests[-1].body == {"messages": MESSAGES, "stream": True}


def test_models(azure: Any, server: RecordingServer) -> None:
    azure.Model.list()
    request = server.requests[-1]
    assert (request.path, request.query) == ("/openai/models", QUERY)
    assert request.credentials() == WITH_KEY


@pytest.mark.parametrize("arguments", [{}, {"model": "gpt-4"}])
@pytest.mark.parametrize("resource", ["ChatCompletion", "Completion", "Embedding"])
def test_without_an_engine(
    resource: str, arguments: Any, azure: Any, server: RecordingServer
) -> None:
    with pytest.raises(azure.error.InvalidRequestError, match="'engine' or 'deployment_id'") as err:
        getattr(azure, resource).create(**arguments, messages=MESSAGES)
    assert err.value.param == "engine"
    assert server.requests == []


def test_without_a_version(azure: Any, server: RecordingServer) -> None:
    azure.api_version = None
    with pytest.raises(azure.error.InvalidRequestError, match="API version is required") as err:
        azure.ChatCompletion.create(engine="my-gpt", messages=MESSAGES)
    assert err.value.param == "api_version"
    assert server.requests == []


@ours_only
def test_a_key_without_an_endpoint_is_not_sent(openai: Any) -> None:
    """openai 0.28 sends it to api.openai.com; here it would go to DeepSeek."""
    openai.api_type, openai.api_version, openai.api_key = "azure", VERSION, KEY
    with pytest.raises(openai.error.AuthenticationError, match="was not sent"):
        openai.ChatCompletion.create(engine="my-gpt", messages=MESSAGES)


@ours_only
def test_the_variables_of_a_gateway(openai: Any, server: RecordingServer, monkeypatch: Any) -> None:
    """All from the environment: the type concerns the base that stands beside it."""
    for name, value in {
        "OPENAI_API_TYPE": "azure",
        "OPENAI_API_VERSION": VERSION,
        "OPENAI_API_BASE": server.url,
        "OPENAI_API_KEY": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    if openai is not dsadapter:
        pytest.skip("the module has read its variables already")
    openai.ChatCompletion.create(engine="my-gpt", messages=MESSAGES)
    assert server.requests[-1].path == CHAT
    assert server.requests[-1].credentials() == WITH_KEY


@ours_only
def test_the_variables_alone_concern_nobody_else(
    openai: Any, emulator: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_TYPE", "azure")
    openai.api_key, openai.api_base = KEY, emulator.base_url
    assert openai.ChatCompletion.create(model="deepseek-flash", messages=MESSAGES)["choices"]
    assert emulator.requests[-1].path == "/chat/completions"


@ours_only
def test_deepseeks_base_is_deepseeks(openai: Any, emulator: Any, monkeypatch: Any) -> None:
    """A program of which only the base was edited."""
    openai.provider = "deepseek"
    try:
        openai.api_key, openai.api_base = KEY, emulator.base_url
        openai.api_type, openai.api_version = "azure", VERSION
        openai.ChatCompletion.create(engine="deepseek-flash", messages=MESSAGES)
    finally:
        del openai.provider
    assert emulator.requests[-1].path == "/chat/completions"
