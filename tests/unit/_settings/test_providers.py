"""Providers: presets, their own variables, and which host belongs to whom."""

from __future__ import annotations

from typing import Any

import pytest

import dsadapter
from _settings.samples import DEEPSEEK, ELSEWHERE, KEY, LOCAL, OTHER, PRESETS, invalid, resolve
from dsadapter._settings.providers import BY_NAME, is_on_this_machine


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
        ("https://api.together.xyz/v1", "together"),
        ("https://eu-west-1.api.x.ai/v1", "xai"),
        (ELSEWHERE, "generic"),
        ("http://localhost:11434/v1", "generic"),
        ("http://127.0.0.1:8000", "generic"),
    ],
)
def test_the_provider_of_a_host(base: str, provider: str) -> None:
    assert resolve(api_key=KEY, base_url=base).provider.name == provider


@pytest.mark.parametrize("name, key, base", LOCAL, ids=[row[0] for row in LOCAL])
def test_servers_that_people_run_themselves_ask_for_no_key(
    name: str, key: str, base: str, env: Any
) -> None:
    env({"DEEPSEEK_API_KEY": OTHER, "OPENAI_API_KEY": OTHER})
    got = resolve(provider=name)
    assert (got.provider.name, got.api_key, got.base_url) == (name, key, base)
    assert resolve(provider=name, api_key=KEY).api_key == KEY
    env({})
    got = resolve(provider=name, base_url="http://gpu.example.com:8000/v1")
    assert (got.provider.name, got.api_key) == (name, key)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("kimi", "moonshot"),
        ("ChatGPT", "openai"),
        ("glm", "zhipu"),
        ("ernie", "qianfan"),
        ("qwen", "dashscope"),
        ("Doubao", "ark"),
        ("GROK", "xai"),
    ],
)
def test_names_that_people_use(alias: str, name: str) -> None:
    assert resolve(provider=alias, api_key=KEY).provider.name == name


def test_no_name_means_two_providers() -> None:
    names = [name for row in BY_NAME.values() for name in (row.name, *row.aliases)]
    assert len(names) == len(set(names))


def test_the_variable(env: Any) -> None:
    env({"DSADAPTER_PROVIDER": "Qianfan", "QIANFAN_API_KEY": KEY})
    got = resolve()
    assert (got.provider.name, got.api_key) == ("qianfan", KEY)
    assert resolve(provider="deepseek", api_key=OTHER).base_url == DEEPSEEK
    # a base that the program names says more than the variable, unless nobody knows its host
    assert resolve(base_url=DEEPSEEK, api_key=OTHER).provider.name == "deepseek"
    assert resolve(base_url=ELSEWHERE, api_key=OTHER).provider.name == "qianfan"
    env({"DSADAPTER_PROVIDER": "nobody"})
    text = invalid()
    assert "'nobody'" in text and "DSADAPTER_PROVIDER" in text and "ollama" in text


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:1234/v1", True),
        ("http://LOCALHOST./v1", True),
        ("http://[::1]:1234/v1", True),
        ("http://127.0.0.1:1234", True),
        ("http://127.8.8.8", True),
        ("http://128.0.0.1", False),
        ("http://127.0.1", False),
        ("http://127.0.0.1.5", False),
        ("http://127.example.co.uk", False),
        ("http://127.0.0.example", False),
        ("http://example.com", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_which_hosts_are_this_machine(url: str, here: bool) -> None:
    """Plain http carries a key to no other one."""
    assert is_on_this_machine(url) is here
