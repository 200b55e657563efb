"""Raw responses of every group of calls, and the header by which the SDKs ask for them."""

from __future__ import annotations

from typing import Any

import pytest
from sample_calls import CALL, last

import dsadapter
from dsadapter import OpenAI
from dsadapter.testing.emulator import Emulator


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.with_raw_response.chat.completions.create(**CALL),
        lambda c: c.chat.with_raw_response.completions.create(**CALL),
        lambda c: c.chat.completions.with_raw_response.create(**CALL),
        lambda c: c.with_raw_response.models.list(),
        lambda c: c.with_raw_response.models.retrieve("deepseek-flash"),
        lambda c: c.with_raw_response.completions.create(model="deepseek-v4-pro", prompt="a"),
        lambda c: c.with_raw_response.beta.chat.completions.create(**CALL),
    ],
)
def test_raw_responses_from_every_level(client: OpenAI, call: Any) -> None:
    raw = call(client)
    assert (raw.status_code, raw.parse()) == (200, raw.json())


def test_raw_responses_are_instances_of_the_sdk_s_classes(client: OpenAI) -> None:
    sdk = pytest.importorskip("openai._response")
    legacy = pytest.importorskip("openai._legacy_response")
    raw = client.chat.completions.with_raw_response.create(**CALL)
    assert isinstance(raw, legacy.LegacyAPIResponse)
    with client.chat.completions.with_streaming_response.create(**CALL) as response:
        assert isinstance(response, sdk.APIResponse)
        assert not isinstance(response, (legacy.LegacyAPIResponse, sdk.AsyncAPIResponse))


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.with_streaming_response.chat.completions.create(**CALL),
        lambda c: c.chat.with_streaming_response.completions.create(**CALL),
        lambda c: c.models.with_streaming_response.list(),
    ],
)
def test_streaming_responses_from_every_level(client: OpenAI, call: Any) -> None:
    with call(client) as response:
        assert not response.is_closed
        assert response.parse()


@pytest.mark.parametrize(
    ("value", "kind"),
    [("true", "RawResponse"), ("raw", "APIResponse"), ("stream", "APIResponse")],
)
@pytest.mark.parametrize("name", ["X-Stainless-Raw-Response", "x-stainless-raw-response"])
def test_the_header_of_the_sdks(
    client: OpenAI, emulator: Emulator, name: str, value: str, kind: str
) -> None:
    raw: Any = client.chat.completions.create(**CALL, extra_headers={name: value, "X-A": "1"})
    assert type(raw).__name__ == kind
    assert raw.is_closed is (value != "stream")
    assert raw.parse().choices
    assert last(emulator).headers["x-a"] == "1"
    assert name.lower() not in {header.lower() for header in last(emulator).headers}


def test_headers_of_the_call_stay(client: OpenAI, emulator: Emulator) -> None:
    headers = {"X-A": "1"}
    client.chat.completions.with_raw_response.create(**CALL, extra_headers=headers)
    assert last(emulator).headers["x-a"] == "1"
    assert headers == {"X-A": "1"}


def test_other_attributes_are_the_resource_s(client: OpenAI) -> None:
    assert client.with_raw_response.base_url == client.base_url
    with pytest.raises(AttributeError, match="nothing"):
        _ = client.chat.completions.with_raw_response.nothing
    assert "Completions" in repr(client.chat.completions.with_raw_response)


def test_the_module_has_raw_responses(emulator: Emulator, monkeypatch: Any) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", "k")
    monkeypatch.setenv("DEEPSEEK_BASE_URL", emulator.base_url)
    assert dsadapter.chat.completions.with_raw_response.create(**CALL).parse().choices
