"""Providers: presets, their own variables, and which host belongs to whom."""

from __future__ import annotations

from typing import Any

import pytest

import dsadapter
from _settings.samples import ELSEWHERE, KEY, PRESETS, resolve


@pytest.mark.parametrize("place", ["argument", "global"])
@pytest.mark.parametrize("name, variable, base", PRESETS, ids=[row[0] for row in PRESETS])
def test_presets(name: str, variable: str, base: str, place: str, env: Any) -> None:
    env({variable: KEY})
    if place == "global":
        dsadapter.provider = name
    got = resolve(**({"provider": name} if place == "argument" else {}))
    assert (got.provider.name, got.api_key, got.base_url) == (name, KEY, base)


@pytest.mark.parametrize(
    "base, provider",
    [
        ("https://api.deepseek.com", "deepseek"),
        ("https://API.DeepSeek.com/v1", "deepseek"),
        ("https://api.deepseek.com.", "deepseek"),
        ("https://api.deepseek.com:443/beta", "deepseek"),
        ("https://eu.deepseek.com", "deepseek"),
        ("https://notdeepseek.com", "generic"),
        ("https://deepseek.com.example.com", "generic"),
        ("https://example.com/api.deepseek.com", "generic"),
        ("https://api.openai.com/v1", "openai"),
        ("https://api.moonshot.ai/v1", "moonshot"),
        ("https://api.z.ai/api/paas/v4", "zhipu"),
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://api.siliconflow.com/v1", "siliconflow"),
        (ELSEWHERE, "generic"),
        ("http://127.0.0.1:8000", "generic"),
    ],
)
def test_the_provider_of_a_host(base: str, provider: str) -> None:
    assert resolve(api_key=KEY, base_url=base).provider.name == provider
