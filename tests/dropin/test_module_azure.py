"""``openai.chat...`` with ``openai.api_type = "azure"``: the module is a client of Azure."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Dict, Iterator

import pytest
from recording_server import RecordingServer

import dsadapter
from dsadapter._dropin.module_client import for_module

KEY = "0123456789abcdef0123456789abcdef"
VERSION = "2024-10-21"
CALL: Dict[str, Any] = {"model": "my-gpt", "messages": [{"role": "user", "content": "hi"}]}
PATH = "/openai/deployments/my-gpt/chat/completions"


@pytest.fixture()
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as running:
        yield running


def module(**values: Any) -> Any:
    openai: Any = ModuleType("openai")
    vars(openai).update(values)
    return openai


@pytest.mark.parametrize(
    ("credential", "borne"),
    [
        ({"api_key": KEY}, {"api-key": KEY}),
        ({"api_key": lambda: KEY}, {"api-key": KEY}),
        ({"azure_ad_token": KEY}, {"authorization": f"Bearer {KEY}"}),
        ({"azure_ad_token_provider": lambda: KEY}, {"authorization": f"Bearer {KEY}"}),
    ],
)
def test_the_request(server: RecordingServer, credential: Any, borne: Any) -> None:
    values = {"api_type": "azure", "azure_endpoint": server.url, "api_version": VERSION}
    assert for_module(module(**values, **credential)).chat.completions.create(**CALL).choices
    (request,) = server.requests
    assert (request.path, request.query) == (PATH, {"api-version": VERSION})
    assert request.credentials() == borne


def test_the_environment_counts_beside_an_endpoint(
    server: RecordingServer, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENAI_API_TYPE", "azure")
    monkeypatch.setenv("OPENAI_API_VERSION", VERSION)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    client = for_module(module(api_type="azure", api_key="sk-elsewhere000000", base_url=server.url))
    assert client.chat.completions.create(**CALL).choices
    assert server.requests[-1].path == "/chat/completions", "no endpoint: not Azure's"
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", server.url)
    assert for_module(module(api_type="azure")).chat.completions.create(**CALL).choices
    assert server.requests[-1].path == PATH
    assert server.requests[-1].credentials() == {"api-key": KEY}


def test_what_is_missing_is_said() -> None:
    values = {"api_type": "azure", "azure_endpoint": "http://127.0.0.1:9", "api_key": KEY}
    with pytest.raises(dsadapter.InvalidArgumentError, match="api_version"):
        for_module(module(**values)).chat.completions.create(**CALL)
    other = module(api_type="openai", base_url="http://127.0.0.1:9", api_key=KEY)
    with pytest.raises(dsadapter.APIConnectionError):
        for_module(other).chat.completions.create(**CALL, timeout=1)
