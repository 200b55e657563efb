"""Key and base URL belong together: which pair a client gets, and which key is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import dsadapter
from _settings.samples import (
    DEEPSEEK,
    ELSEWHERE,
    FOREIGN,
    KEY,
    OTHER,
    PRESETS,
    assert_both_remedies,
    invalid,
    refused,
    resolve,
)
from dsadapter._settings import resolve as _resolve

# --- pairs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variables, arguments, key, base, provider",
    [
        pytest.param({"DEEPSEEK_API_KEY": KEY}, {}, KEY, DEEPSEEK, "deepseek", id="deepseek"),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": ELSEWHERE},
            {},
            KEY,
            ELSEWHERE,
            "deepseek",
            id="DEEPSEEK_BASE_URL on an unknown host is DeepSeek",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_API_BASE": ELSEWHERE},
            {},
            KEY,
            ELSEWHERE,
            "deepseek",
            id="DEEPSEEK_API_BASE",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "OPENAI_BASE_URL": ELSEWHERE, "OPENAI_API_BASE": ELSEWHERE},
            {},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="a DeepSeek key ignores OPENAI_BASE_URL",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE},
            {},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="DEEPSEEK first",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE},
            {},
            OTHER,
            ELSEWHERE,
            "generic",
            id="OPENAI pair",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER, "OPENAI_API_BASE": ELSEWHERE},
            {},
            OTHER,
            ELSEWHERE,
            "generic",
            id="OPENAI pair in the old spelling",
        ),
        pytest.param(
            {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": DEEPSEEK},
            {},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="OPENAI names, DeepSeek host",
        ),
        pytest.param(
            {"OPENAI_API_KEY": FOREIGN, "OPENAI_BASE_URL": "https://api.openai.com/v1"},
            {},
            FOREIGN,
            "https://api.openai.com/v1",
            "openai",
            id="OpenAI itself",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": OTHER, "DEEPSEEK_BASE_URL": ELSEWHERE},
            {"api_key": KEY},
            KEY,
            ELSEWHERE,
            "deepseek",
            id="argument key, base of the environment",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE},
            {"api_key": OTHER},
            OTHER,
            ELSEWHERE,
            "generic",
            id="the OPENAI key as argument keeps its pair",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER},
            {"api_key": KEY},
            KEY,
            DEEPSEEK,
            "deepseek",
            id="another key than OPENAI_API_KEY",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER},
            {"base_url": ELSEWHERE},
            OTHER,
            ELSEWHERE,
            "generic",
            id="named base",
        ),
        pytest.param(
            {"OPENAI_API_KEY": OTHER},
            {"base_url": DEEPSEEK},
            OTHER,
            DEEPSEEK,
            "deepseek",
            id="named base of DeepSeek",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "OPENAI_API_KEY": OTHER},
            {"base_url": "https://api.openai.com/v1"},
            OTHER,
            "https://api.openai.com/v1",
            "openai",
            id="a DeepSeek key never goes to a named base of OpenAI",
        ),
        pytest.param(
            {"DEEPSEEK_API_KEY": KEY, "MOONSHOT_API_KEY": OTHER},
            {"base_url": "https://api.moonshot.cn/v1"},
            OTHER,
            "https://api.moonshot.cn/v1",
            "moonshot",
            id="the vendor's own variable",
        ),
    ],
)
def test_key_and_base_url_come_as_a_pair(
    variables: Any, arguments: Any, key: str, base: str, provider: str, env: Any
) -> None:
    env(variables)
    got = _resolve.resolve(arguments)
    assert (got.api_key, got.base_url, got.provider.name) == (key, base, provider)


def test_a_pair_may_stand_in_two_places(env: Any) -> None:
    Path(".env").write_text(f"OPENAI_API_KEY={OTHER}\nOPENAI_BASE_URL=https://old.example.com\n")
    env({"OPENAI_BASE_URL": ELSEWHERE})
    got = resolve()
    assert (got.api_key, got.base_url) == (OTHER, ELSEWHERE)


def test_a_deepseek_base_in_a_file_is_deepseek() -> None:
    Path(".env").write_text(f"DEEPSEEK_API_KEY={KEY}\nDEEPSEEK_BASE_URL={ELSEWHERE}\n")
    assert resolve().provider.name == "deepseek"


# --- a key goes only to the vendor it belongs to --------------------------------------------------


@pytest.mark.parametrize("arguments", [{}, {"provider": "deepseek"}])
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_lone_openai_key_is_refused(place: str, arguments: Any, env: Any) -> None:
    if place == "environment":
        env({"OPENAI_API_KEY": OTHER})
    else:
        Path(".env").write_text(f"OPENAI_API_KEY={OTHER}\n")
    text = refused(**arguments)
    assert_both_remedies(text)
    assert "OPENAI_API_KEY" in text
    assert "DEEPSEEK_API_KEY" in text


@pytest.mark.parametrize("place", ["argument", "global"])
def test_an_openai_key_passed_by_hand_is_refused_too(place: str, env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER})
    if place == "argument":
        assert_both_remedies(refused(api_key=os.environ["OPENAI_API_KEY"]))
    else:
        dsadapter.api_key = os.environ["OPENAI_API_KEY"]
        assert_both_remedies(refused())


def test_reading_and_writing_back_a_setting_names_no_base(env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER})
    dsadapter.api_base = dsadapter.api_base
    dsadapter.base_url = dsadapter.base_url
    assert_both_remedies(refused())


@pytest.mark.parametrize("name", ["base_url", "api_base"])
def test_a_base_that_the_program_names_is_trusted(name: str, env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER})
    setattr(dsadapter, name, DEEPSEEK + "/v1")
    got = resolve()
    assert (got.api_key, got.base_url) == (OTHER, DEEPSEEK + "/v1")


@pytest.mark.parametrize(
    "variables, arguments",
    [
        ({}, {"api_key": FOREIGN}),
        ({}, {"api_key": FOREIGN, "base_url": DEEPSEEK}),
        ({}, {"api_key": FOREIGN, "base_url": "https://eu.api.deepseek.com/v1"}),
        ({"DEEPSEEK_API_KEY": FOREIGN}, {}),
        ({"OPENAI_API_KEY": FOREIGN}, {"base_url": DEEPSEEK}),
        ({"OPENAI_API_KEY": FOREIGN, "OPENAI_BASE_URL": DEEPSEEK}, {}),
        ({}, {"api_key": FOREIGN, "provider": "generic"}),
    ],
)
def test_a_foreign_shape_never_goes_to_deepseek(variables: Any, arguments: Any, env: Any) -> None:
    env(variables)
    text = refused(**arguments)
    host = "eu.api.deepseek.com" if "eu." in str(arguments) else "api.deepseek.com"
    assert_both_remedies(text, host)


@pytest.mark.parametrize(
    "base", [ELSEWHERE, "https://api.openai.com/v1", "https://deepseek.com.example.com"]
)
def test_a_foreign_shape_may_go_elsewhere(base: str) -> None:
    assert resolve(api_key=FOREIGN, base_url=base).api_key == FOREIGN


@pytest.mark.parametrize(
    "trusted, passes",
    [
        ("api.deepseek.com", True),
        ("other.example.com,api.deepseek.com", True),
        ("other.example.com, api.deepseek.com", True),
        ("other.example.com api.deepseek.com", True),
        ("API.DeepSeek.com", True),
        ("other.example.com", False),
        ("deepseek.com", False),
        ("xapi.deepseek.com", False),
        ("", False),
    ],
)
@pytest.mark.parametrize(
    "variables, arguments", [({"OPENAI_API_KEY": OTHER}, {}), ({}, {"api_key": FOREIGN})]
)
def test_trusted_hosts(
    trusted: str, passes: bool, variables: Any, arguments: Any, env: Any
) -> None:
    env({**variables, "DSADAPTER_TRUST_HOSTS": trusted})
    if passes:
        assert resolve(**arguments).base_url == DEEPSEEK
    else:
        refused(**arguments)


def test_trusted_hosts_in_a_file_are_ignored_with_a_warning() -> None:
    Path(".env").write_text(f"OPENAI_API_KEY={OTHER}\nDSADAPTER_TRUST_HOSTS=api.deepseek.com\n")
    with pytest.warns(UserWarning, match="DSADAPTER_TRUST_HOSTS in .* is ignored"):
        assert_both_remedies(refused())


@pytest.mark.parametrize("key", ["EMPTY", "sk-xxx", FOREIGN, "not needed", "Bearer x"])
@pytest.mark.parametrize(
    "base",
    [
        "http://localhost:8000/v1",
        "http://LOCALHOST:8000",
        "http://127.0.0.1:8000",
        "http://127.1.2.3",
        "http://[::1]:8000/v1",
    ],
)
def test_loopback_takes_any_key(base: str, key: str, env: Any) -> None:
    assert resolve(api_key=key, base_url=base).api_key == key
    env({"DEEPSEEK_BASE_URL": base, "OPENAI_API_KEY": key})
    assert resolve().api_key == key


def test_loopback_takes_a_key_that_no_header_could_carry() -> None:
    got = resolve(api_key="\u5bc6\u94a5\nx", base_url="http://127.0.0.1:1")
    assert got.api_key == "???x"


@pytest.mark.parametrize(
    "base",
    [
        "https://127.example.com",
        "https://127.0.example.com",
        "https://127.0.0.1.example.com",
        "https://localhost.example.com",
        "http://10.0.0.1:8000",
        "http://192.168.1.127",
        "http://0.0.0.0:8000",
    ],
)
def test_what_only_looks_like_loopback_is_checked(base: str, env: Any) -> None:
    env({"DEEPSEEK_API_KEY": "EMPTY", "DEEPSEEK_BASE_URL": base})
    assert "placeholder" in refused()


def test_an_unknown_host_takes_any_key_that_can_be_sent() -> None:
    assert resolve(api_key="EMPTY", base_url=ELSEWHERE).api_key == "EMPTY"
    assert "line break" in refused(api_key=f"{KEY}\n", base_url=ELSEWHERE)
    assert "U+5BC6" in refused(api_key="\u5bc6\u94a5", base_url=ELSEWHERE)


# --- a key and another vendor ---------------------------------------------------------------------


@pytest.mark.parametrize("name, variable, base", PRESETS[1:], ids=[row[0] for row in PRESETS[1:]])
def test_a_preset_takes_no_key_of_deepseek(name: str, variable: str, base: str, env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": DEEPSEEK})
    assert variable in refused(provider=name)


@pytest.mark.parametrize("name, variable, base", PRESETS[1:], ids=[row[0] for row in PRESETS[1:]])
def test_a_vendors_base_takes_no_key_of_deepseek(
    name: str, variable: str, base: str, env: Any
) -> None:
    env({"DEEPSEEK_API_KEY": KEY})
    assert variable in refused(base_url=base)


def test_a_preset_with_a_base_of_its_own(env: Any) -> None:
    got = resolve(provider="qianfan", api_key=KEY, base_url=ELSEWHERE)
    assert (got.provider.name, got.base_url) == ("qianfan", ELSEWHERE)
    env({"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE})
    got = resolve(provider="openai")
    assert (got.provider.name, got.api_key, got.base_url) == ("openai", OTHER, ELSEWHERE)


@pytest.mark.parametrize(
    "arguments, provider",
    [
        ({"provider": "deepseek", "base_url": ELSEWHERE}, "deepseek"),
        ({"provider": "deepseek", "base_url": "http://127.0.0.1:1"}, "deepseek"),
        ({"provider": "generic", "base_url": DEEPSEEK}, "generic"),
        ({"provider": "generic"}, "generic"),
    ],
)
def test_an_explicit_provider_beats_the_host(arguments: Any, provider: str) -> None:
    assert resolve(api_key=KEY, **arguments).provider.name == provider


def test_provider_deepseek_never_takes_the_openai_pair(env: Any) -> None:
    env({"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": "https://api.openai.com/v1"})
    assert "DEEPSEEK_API_KEY" in refused(provider="deepseek")


def test_an_unknown_provider_is_refused() -> None:
    text = invalid(provider="deepsek")
    assert "'deepsek'" in text
    assert "deepseek, openai, qianfan" in text
