"""Clients of Azure send what the newest SDK's send, and refuse what must not be sent."""

from __future__ import annotations

import asyncio
import copy
import pickle
from typing import Any, Dict, Iterator

import pytest
from recording_server import RecordingServer

import dsadapter
from _client.azure_cases import AT, CASES, CHAT, KEY, TOKEN, VERSION, asent, chat, models, sent
from dsadapter import AsyncAzureOpenAI, AzureOpenAI
from dsadapter._backends import detection, selection
from dsadapter._backends.versions import at_least
from dsadapter._errors.tree import CredentialsError, InvalidArgumentError

EVERY_CASE = pytest.mark.parametrize("name", CASES)
BACKENDS = dict.fromkeys((selection.select().name, "raw-requests"))


@pytest.fixture()
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as running:
        yield running


@pytest.fixture(params=BACKENDS)
def backend(request: Any, clean: None, monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_BACKEND", request.param)


def at(server: RecordingServer, **arguments: Any) -> Dict[str, Any]:
    return {**AT, "azure_endpoint": server.url, **arguments}


def is_comparable() -> bool:
    """1.x sends its key twice, and not every 2.x knows all of it."""
    sdk = detection.sdk()
    return sdk is not None and not sdk.fault and at_least(sdk.version, "2.54")


@EVERY_CASE
def test_the_request_is_the_sdks(name: str, server: RecordingServer, backend: None) -> None:
    assert sent(AzureOpenAI, CASES[name], server) == CASES[name].expected()


@EVERY_CASE
def test_async_requests_are_the_same(name: str, server: RecordingServer, backend: None) -> None:
    assert asyncio.run(asent(AsyncAzureOpenAI, CASES[name], server)) == CASES[name].expected()


@pytest.mark.skipif(not is_comparable(), reason="needs openai >= 2.54")
@EVERY_CASE
def test_the_sdk_sends_what_the_cases_say(name: str, server: RecordingServer) -> None:
    import openai

    assert sent(openai.AzureOpenAI, CASES[name], server) == CASES[name].expected()
    answer = asyncio.run(asent(openai.AsyncAzureOpenAI, CASES[name], server))
    assert answer == CASES[name].expected()


def test_an_odd_deployment_is_one_segment(server: RecordingServer) -> None:
    client = AzureOpenAI(**at(server))
    client.chat.completions.create(**{**CHAT, "model": "my gpt/4?é"})
    path = "/openai/deployments/my%20gpt%2F4%3F%C3%A9/chat/completions"
    assert server.requests[-1].path == path
    with pytest.raises(InvalidArgumentError, match=r"\.\."):
        client.chat.completions.create(**{**CHAT, "model": ".."})


def test_another_key_for_one_call(server: RecordingServer) -> None:
    AzureOpenAI(**at(server)).chat.completions.create(**CHAT, api_key="f" * 32)
    assert server.requests[-1].credentials() == {"api-key": "f" * 32}


# --- functions that give credentials --------------------------------------------------------------


def test_a_token_function_is_asked_at_each_call(server: RecordingServer) -> None:
    tokens = iter(["first-token-0123", "second-token-0123"])
    arguments = at(server, azure_ad_token_provider=lambda: next(tokens))
    del arguments["api_key"]
    client = AzureOpenAI(**arguments)
    for expected in ("first-token-0123", "second-token-0123"):
        chat(client)
        assert server.requests[-1].credentials() == {"authorization": f"Bearer {expected}"}


def test_an_async_token_function(server: RecordingServer) -> None:
    async def token() -> str:
        return TOKEN

    async def ask() -> None:
        arguments = at(server, azure_ad_token_provider=token)
        del arguments["api_key"]
        async with AsyncAzureOpenAI(**arguments) as client:
            await client.chat.completions.create(**CHAT)

    asyncio.run(ask())
    assert server.requests[-1].credentials() == {"authorization": f"Bearer {TOKEN}"}


def test_a_key_function(server: RecordingServer) -> None:
    chat(AzureOpenAI(**at(server, api_key=lambda: KEY)))
    assert server.requests[-1].credentials() == {"api-key": KEY}


@pytest.mark.parametrize("value", [None, "", 5])
def test_what_is_no_token_is_not_sent(value: Any, server: RecordingServer) -> None:
    arguments = at(server, azure_ad_token_provider=lambda: value)
    del arguments["api_key"]
    with pytest.raises(ValueError, match="azure_ad_token_provider"):
        chat(AzureOpenAI(**arguments))
    assert server.requests == []


# --- what is refused ------------------------------------------------------------------------------

ENDPOINT = "https://mine.openai.azure.com"
REFUSED = [
    ({"azure_endpoint": ENDPOINT, "api_key": KEY}, ValueError, "api_version"),
    ({"api_version": VERSION, "api_key": KEY}, ValueError, "azure_endpoint"),
    (
        {"azure_endpoint": ENDPOINT, "base_url": ENDPOINT, "api_version": VERSION, "api_key": KEY},
        ValueError,
        "mutually exclusive",
    ),
    (
        {"azure_endpoint": ENDPOINT, "api_version": VERSION},
        CredentialsError,
        "AZURE_OPENAI_API_KEY",
    ),
    (
        {**AT, "azure_endpoint": ENDPOINT, "azure_ad_token": TOKEN},
        dsadapter.OpenAIError,
        "mutually exclusive",
    ),
    ({**AT, "azure_endpoint": ENDPOINT, "api_key": "<your key>"}, CredentialsError, "placeholder"),
    ({**AT, "azure_endpoint": ENDPOINT, "apikey": KEY}, TypeError, "apikey"),
    ({**AT, "azure_endpoint": "https://api.deepseek.com"}, CredentialsError, "belongs to Azure"),
    ({**AT, "azure_endpoint": "https://api.openai.com"}, CredentialsError, "belongs to Azure"),
]


@pytest.mark.parametrize(("arguments", "error", "text"), REFUSED)
@pytest.mark.parametrize("client_class", [AzureOpenAI, AsyncAzureOpenAI])
def test_what_must_not_be_sent(
    client_class: Any, arguments: Any, error: Any, text: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789abcdef0123")
    with pytest.raises(error, match=text):
        client_class(**arguments)


def test_azures_key_goes_to_its_endpoint_only(monkeypatch: Any) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    for base_url in (None, "https://llm.example.com/v1", "https://api.openai.com/v1"):
        with pytest.raises(CredentialsError, match="No API key"):
            dsadapter.OpenAI(base_url=base_url)
    assert dsadapter.OpenAI(base_url=f"{ENDPOINT}/openai/v1").api_key == KEY


def test_azure_as_a_preset_needs_an_address() -> None:
    with pytest.raises(InvalidArgumentError, match="Azure OpenAI has no address") as caught:
        dsadapter.OpenAI(provider="azure", api_key=KEY)
    assert "azure_endpoint" in str(caught.value.hint)


@pytest.mark.parametrize("name", ["AzureOpenAI", "AsyncAzureOpenAI"])
def test_it_is_an_instance_of_the_sdks_class(name: str, server: RecordingServer) -> None:
    openai = pytest.importorskip("openai")
    if not hasattr(openai, name):
        pytest.skip("openai below 1.1 has no such client")
    client = getattr(dsadapter, name)(**at(server))
    assert isinstance(client, getattr(openai, name))
    assert isinstance(client, getattr(openai, name.replace("Azure", "")))
    assert isinstance(client, getattr(dsadapter, name))
    plain = getattr(dsadapter, name.replace("Azure", ""))(api_key="sk-0123456789abcdef0123")
    assert not isinstance(plain, getattr(openai, name))


# --- what a client shows, copies and pickles ------------------------------------------------------


def test_it_is_a_client_like_the_others(server: RecordingServer) -> None:
    client = AzureOpenAI(**at(server))
    assert isinstance(client, dsadapter.OpenAI)
    assert client.provider == "azure"
    assert client.base_url == f"{server.url}/openai"
    assert KEY not in repr(client)
    assert KEY not in repr(client._azure)
    response = chat(client)
    assert response.choices[0].message.content == "hi"
    assert response.adapter.repairs == ()


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_a_copy_asks_the_same(duplicate: Any, server: RecordingServer) -> None:
    models(duplicate(AzureOpenAI(**at(server, azure_deployment="mine"))))
    request = server.requests[-1]
    assert (request.path, request.credentials()) == ("/openai/models", {"api-key": KEY})


def test_a_base_of_a_copy_replaces_endpoint_and_deployment(server: RecordingServer) -> None:
    client = AzureOpenAI(**at(server, azure_deployment="mine"))
    chat(client.with_options(base_url=f"{server.url}/other"))
    assert server.requests[-1].path == "/other/deployments/gpt-4o/chat/completions"


def test_it_pickles_without_its_key(server: RecordingServer, monkeypatch: Any) -> None:
    data = pickle.dumps(AzureOpenAI(**at(server, azure_deployment="mine")))
    assert KEY.encode() not in data
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "e" * 32)
    chat(pickle.loads(data))
    request = server.requests[-1]
    assert request.path == "/openai/deployments/mine/chat/completions"
    assert request.credentials() == {"api-key": "e" * 32}


@pytest.mark.parametrize("credentials", [{"api_key": KEY}, {"azure_ad_token": TOKEN}, {}])
def test_offline_it_asks_the_emulator(
    credentials: Any, monkeypatch: Any, server: RecordingServer
) -> None:
    monkeypatch.setenv("DSADAPTER_OFFLINE_URL", server.url)
    chat(AzureOpenAI(azure_endpoint=ENDPOINT, api_version=VERSION, **credentials))
    request = server.requests[-1]
    assert request.path == "/chat/completions"
    assert not {KEY, f"Bearer {TOKEN}"} & set(request.headers.values())


def test_programs_read_version_and_deployment_where_the_sdk_keeps_them(
    monkeypatch: Any, server: RecordingServer
) -> None:
    client = AzureOpenAI(**at(server, azure_deployment="mine"))
    assert (client._api_version, client._azure_deployment) == (VERSION, "mine")
    monkeypatch.setenv("OPENAI_API_VERSION", "2025-01-01")
    client = AzureOpenAI(azure_endpoint=ENDPOINT, api_key=KEY)
    assert (client._api_version, client._azure_deployment) == ("2025-01-01", None)
    assert client.with_options(api_version="2025-02-02")._api_version == "2025-02-02"
