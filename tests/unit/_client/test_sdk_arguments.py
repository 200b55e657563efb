"""Arguments of the SDKs' clients that mean nothing here."""

from __future__ import annotations

import inspect
from typing import Any, Dict

import pytest
from sample_calls import NotGiven

import dsadapter
from dsadapter import AsyncOpenAI, OpenAI

ACCEPTED = {
    "_enforce_credentials": True,
    "_strict_response_validation": True,
    "admin_api_key": "a",
    "webhook_secret": "s",
    "websocket_base_url": "ws://x",
}


@pytest.mark.parametrize("face", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_without_a_meaning(face: Any, name: str, settings: Dict[str, Any]) -> None:
    face(**settings, **{name: ACCEPTED[name]})
    face(**settings).with_options(**{name: ACCEPTED[name]})


@pytest.mark.parametrize("name", ["data_residency", "workload_identity"])
def test_what_would_lead_elsewhere_is_none_or_refused(name: str, settings: Dict[str, Any]) -> None:
    OpenAI(**settings, **{name: None})
    OpenAI(**settings, **{name: NotGiven()})
    with pytest.raises(dsadapter.InvalidArgumentError, match=name) as caught:
        OpenAI(**settings, **{name: "eu"})
    assert caught.value.hint


def test_extra_arguments_of_a_copy(client: OpenAI) -> None:
    assert client.copy(_extra_kwargs={"max_retries": 7}).max_retries == 7


@pytest.mark.skipif(dsadapter.selection().name != "modern-openai", reason="needs a modern SDK")
@pytest.mark.parametrize("method", ["__init__", "with_options"])
def test_every_argument_of_the_sdk_as_none(method: str, settings: Dict[str, Any]) -> None:
    import openai

    names = set(inspect.signature(getattr(openai.OpenAI, method)).parameters) - {"self"}
    nothing: Dict[str, Any] = {**dict.fromkeys(names), **settings}
    if method == "__init__":
        OpenAI(**nothing).close()
    else:
        OpenAI(**settings).with_options(**nothing).close()
