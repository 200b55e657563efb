"""What a client of Azure works with: endpoint, version, credential, and where each came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dsadapter._errors.tree import CredentialsError, OpenAIError
from dsadapter._settings import azure
from dsadapter._settings.azure import AzureArguments
from dsadapter._settings.providers import AZURE, by_host
from dsadapter._settings.table import Settings

KEY = "0123456789abcdef0123456789abcdef"
ENDPOINT = "https://mine.openai.azure.com"
VERSION = "2024-10-21"


def resolve(**arguments: Any) -> Settings:
    return azure.resolve(AzureArguments(**arguments), {})


@pytest.mark.parametrize("deployment", [None, "mine"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_the_base_of_an_endpoint(deployment: Any, slash: str) -> None:
    resolved = resolve(
        azure_endpoint=ENDPOINT + slash,
        azure_deployment=deployment,
        api_version=VERSION,
        api_key=KEY,
    )
    below = "/deployments/mine" if deployment else ""
    assert resolved.base_url == f"{ENDPOINT}/openai{below}"
    assert resolved.provider.base_url == f"{ENDPOINT}/openai"
    assert resolved.provider.deployments  # a path without one gets that of its model
    assert resolved.default_query == {"api-version": VERSION}


def test_everything_from_a_dotenv_file() -> None:
    Path(".env").write_text(
        f"AZURE_OPENAI_API_KEY={KEY}\nAZURE_OPENAI_ENDPOINT={ENDPOINT}\n"
        f"OPENAI_API_VERSION={VERSION}\nOPENAI_API_KEY=sk-0123456789abcdef0123\n"
    )
    resolved = resolve()
    assert (resolved.api_key, resolved.base_url) == (KEY, f"{ENDPOINT}/openai")
    assert "AZURE_OPENAI_API_KEY in " in resolved.key_source
    assert "AZURE_OPENAI_ENDPOINT in " in resolved.base_source
    assert resolved.default_query == {"api-version": VERSION}


def test_what_is_openais_stays_there(monkeypatch: Any) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    resolved = resolve(azure_endpoint=ENDPOINT, api_version=VERSION, api_key=KEY)
    assert (resolved.organization, resolved.project) == (None, None)


@pytest.mark.parametrize("key", ["sk-xxxx", "your-key", "two words"])
def test_a_key_is_judged_and_a_token_is_not(key: str) -> None:
    with pytest.raises(CredentialsError):
        resolve(azure_endpoint=ENDPOINT, api_version=VERSION, api_key=key)
    token = "eyJ0.YOURxxxx." + KEY
    resolved = resolve(azure_endpoint=ENDPOINT, api_version=VERSION, azure_ad_token=token)
    assert resolved.api_key == token


def test_a_token_that_no_header_carries() -> None:
    with pytest.raises(CredentialsError, match="argument azure_ad_token"):
        resolve(azure_endpoint=ENDPOINT, api_version=VERSION, azure_ad_token="a\nb")


def test_another_vendors_host_for_those_who_mean_it(monkeypatch: Any) -> None:
    monkeypatch.setenv("DSADAPTER_TRUST_HOSTS", "api.openai.com")
    host = "https://api.openai.com"
    assert resolve(azure_endpoint=host, api_version=VERSION, api_key=KEY).api_key == KEY


def test_an_endpoint_from_a_file_of_strangers(monkeypatch: Any, tmp_path: Any) -> None:
    """A ``.env`` in a folder that is not the program's own may lead no key away."""
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    monkeypatch.setattr("sys.path", [path for path in __import__("sys").path if path])
    Path(".env").write_text("AZURE_OPENAI_ENDPOINT=https://llm.example.com\n")
    with pytest.raises(CredentialsError, match="was not sent"):
        resolve(api_version=VERSION)
    Path(".env").write_text(f"AZURE_OPENAI_ENDPOINT={ENDPOINT}\n")
    assert resolve(api_version=VERSION).api_key == KEY


@pytest.mark.parametrize(
    "host", ["mine.openai.azure.com", "mine.cognitiveservices.azure.com", "x.services.ai.azure.com"]
)
def test_the_hosts_are_azures(host: str) -> None:
    assert by_host(host) is AZURE
    assert by_host(f"{host}.example.com") is not AZURE


def test_no_credential_in_what_is_shown() -> None:
    shown = repr(AzureArguments(ENDPOINT, "mine", VERSION, KEY, KEY))
    assert KEY not in shown
    assert ENDPOINT in shown


def whole(**arguments: Any) -> Any:
    """Arguments that name all that is asked for; None takes one away."""
    named = {"azure_endpoint": ENDPOINT, "api_version": VERSION, "api_key": KEY, **arguments}
    return {name: value for name, value in named.items() if value is not None}


REFUSED: Any = [
    ({"api_version": None}, {}, "api_version"),
    ({"azure_endpoint": None}, {}, "Must provide one of the `base_url` or `azure_endpoint`"),
    ({"api_key": None}, {}, "Missing credentials"),
    ({"azure_ad_token": "t"}, {}, "mutually exclusive; Only one"),
    ({"api_key": None, "azure_ad_token": "t", "azure_ad_token_provider": str}, {}, "Only one"),
    ({}, {"base_url": ENDPOINT}, "base_url and azure_endpoint are mutually exclusive"),
    ({}, {"api_base": ENDPOINT}, "base_url and azure_endpoint are mutually exclusive"),
    ({"azure_endpoint": "https://api.deepseek.com"}, {}, "which is DeepSeek's"),
    ({"azure_endpoint": "https://api.openai.com"}, {}, "It was not sent"),
]


@pytest.mark.parametrize(("named", "others", "why"), REFUSED)
def test_what_azure_cannot_be_called_with(named: Any, others: Any, why: str) -> None:
    with pytest.raises(OpenAIError, match=why):
        azure.resolve(AzureArguments(**whole(**named)), others)


@pytest.mark.parametrize("name", ["azure_ad_token", "azure_ad_token_provider", "api_key"])
@pytest.mark.parametrize("own", [None, "of-this-call-0123456789"])
def test_the_credential_and_how_it_is_borne(name: str, own: Any) -> None:
    value: Any = (lambda: "token") if name.endswith("provider") else KEY
    arguments = {} if own is None else {"api_key": own}
    named = whole(**{"api_key": None, name: value})
    resolved = azure.resolve(AzureArguments(**named), arguments)
    known = azure.ASKED_AT_EACH_CALL if callable(value) else KEY
    assert resolved.api_key == (own or known)
    assert resolved.key_source == f"the argument {name}"
    assert resolved.provider.key_header == ("api-key" if name == "api_key" else None)


@pytest.mark.parametrize("spelling", ["base_url", "api_base"])
def test_a_base_url_is_taken_as_it_is(spelling: str) -> None:
    base = f"{ENDPOINT}/openai/v1"
    named = AzureArguments(**whole(azure_endpoint=None))
    resolved = azure.resolve(named, {spelling: base})
    assert (resolved.base_url, resolved.base_source) == (base, "the argument base_url")


def test_the_query_of_the_caller_stays_beside_the_version() -> None:
    named = AzureArguments(**whole())
    resolved = azure.resolve(named, {"default_query": {"a": 1}})
    assert resolved.default_query == {"a": 1, "api-version": VERSION}


@pytest.mark.parametrize("value", ["", None, 5, b"x"])
def test_a_function_gives_a_credential_or_nothing_is_sent(value: Any) -> None:
    assert azure.checked_credential("token") == "token"
    with pytest.raises(OpenAIError, match="return a non-empty string"):
        azure.checked_credential(value)


def test_a_copy_has_all_but_the_credentials() -> None:
    copied = azure.without_credentials(AzureArguments(**whole(azure_deployment="mine")))
    assert copied == {
        "azure_endpoint": ENDPOINT,
        "azure_deployment": "mine",
        "api_version": VERSION,
    }
