"""What the SDKs' clients have and DeepSeek does not offer is named, with what to use instead."""

from __future__ import annotations

from typing import Any, Dict, List

import httpx
import pytest

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI
from dsadapter._client.offered_resources import RESOURCES


@pytest.mark.parametrize("name", ["images", "embeddings", "audio", "moderations", "batches"])
@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
def test_what_the_provider_does_not_offer(face: Any, name: str, settings: Dict[str, Any]) -> None:
    client = face(**settings)
    assert not hasattr(client, name)
    assert getattr(client, name, None) is None
    with pytest.raises(dsadapter.NotOfferedError) as caught:
        getattr(client, name)
    assert isinstance(caught.value, AttributeError)
    for part in ("DeepSeek", name, "2026-11-26", "https://api-docs.deepseek.com/", "client.post("):
        assert part in str(caught.value)


@pytest.mark.parametrize("name", ["containers", "realtime", "vector_stores"])
@pytest.mark.parametrize("provider", ["deepseek", "generic"])
def test_what_dsadapter_has_no_methods_for(
    name: str, provider: str, settings: Dict[str, Any]
) -> None:
    client = OpenAI(**{**settings, "provider": provider})
    assert not hasattr(client, name)
    with pytest.raises(dsadapter.NotOfferedError, match="dsadapter has no methods") as caught:
        getattr(client, name)
    through = {"containers": "/containers", "vector_stores": "/vector_stores"}
    assert through.get(name, "there is no way through") in str(caught.value)


def test_calls_that_the_provider_does_not_offer(settings: Dict[str, Any]) -> None:
    client = OpenAI(**settings)
    for name in ("retrieve", "delete", "cancel", "input_items"):
        assert not hasattr(client.responses, name)
        with pytest.raises(dsadapter.NotOfferedError, match=f"responses.{name}.*2026-09-26"):
            getattr(client.responses, name)
    assert hasattr(client.responses, "create")
    assert hasattr(client.files, "create")
    assert not hasattr(client.files, "content")
    elsewhere = OpenAI(**{**settings, "provider": "generic"})
    assert hasattr(elsewhere.responses, "retrieve")
    assert hasattr(elsewhere.files, "content")


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("retrieve", "store"),
    ],
)
def test_methods_that_are_not_offered(client: OpenAI, name: str, instead: str) -> None:
    assert not hasattr(client.chat.completions, name)
    with pytest.raises(dsadapter.NotOfferedError) as caught:
        getattr(client.chat.completions, name)
    assert instead in str(caught.value)


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
def test_everything_of_the_sdk_s_client_is_offered_or_named(client: OpenAI) -> None:
    import openai

    theirs = openai.OpenAI(api_key="unused", http_client=httpx.Client())
    pairs = [
        (theirs, client),
        (theirs.chat.completions, client.chat.completions),
        (theirs.models, client.models),
        (getattr(theirs, "beta", theirs), client.beta),  # since 1.1
    ]
    for real, ours in pairs:
        assert [name for name in groups(real) if not is_known(ours, name)] == []


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
@pytest.mark.parametrize("name", RESOURCES)
def test_everything_of_the_sdk_s_resources_is_offered_or_named(name: str) -> None:
    import openai

    settings = {"api_key": "unused", "base_url": "http://127.0.0.1:9"}
    theirs = getattr(openai.OpenAI(**settings, http_client=httpx.Client()), name, None)
    ours = getattr(OpenAI(**settings, provider="generic"), name)
    names = groups(theirs) if theirs is not None else []  # none in an older SDK
    assert [name for name in names if not is_known(ours, name)] == []


def groups(resource: Any) -> List[str]:
    """Public names of an SDK object that stand for calls or groups of them."""
    plumbing = (
        "admin_api_key auth_headers custom_auth custom_query delete get_api_list patch "
        "platform_headers put qs request user_agent webhook_secret websocket_base_url "
        "workload_identity"
    )
    internal = plumbing.split() if hasattr(resource, "base_url") else ()
    return [name for name in dir(resource) if not name.startswith("_") and name not in internal]


def is_known(ours: Any, name: str) -> bool:
    try:
        getattr(ours, name)
    except dsadapter.NotOfferedError:
        return True
    except AttributeError:
        return False
    return True


@pytest.mark.parametrize("read", [lambda c: c.nothing, lambda c: c.chat.completions.nothing])
def test_an_unknown_attribute_is_a_plain_attribute_error(client: OpenAI, read: Any) -> None:
    with pytest.raises(AttributeError) as caught:
        read(client)
    assert not isinstance(caught.value, dsadapter.NotOfferedError)


def test_the_module_does_not_offer_it_either() -> None:
    assert not hasattr(dsadapter, "embeddings")
    with pytest.raises(dsadapter.NotOfferedError, match="DeepSeek"):
        _ = dsadapter.embeddings


def test_the_module_offers_what_its_provider_has() -> None:
    assert hasattr(dsadapter, "responses")
    dsadapter.provider = "openai"
    assert hasattr(dsadapter, "embeddings")
    assert dsadapter.embeddings is dsadapter.embeddings
