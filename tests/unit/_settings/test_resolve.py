"""All settings of a client together: defaults, offline, errors, nothing that shows a key."""

from __future__ import annotations

from typing import Any, Dict, Optional

import pytest

from _settings.samples import (
    DEEPSEEK,
    ELSEWHERE,
    FOREIGN,
    KEY,
    OTHER,
    assert_both_remedies,
    refused,
    resolve,
)
from dsadapter._errors.tree import CredentialsError, InvalidArgumentError
from dsadapter._settings import resolve as _resolve
from dsadapter._settings.endpoint import resolve_endpoint
from dsadapter._settings.sources import from_environment


def test_defaults() -> None:
    got = resolve(api_key=KEY)
    assert got.base_url == DEEPSEEK
    assert got.provider.name == "deepseek"
    assert got.timeout == (5.0, 600.0)
    assert (got.idle_timeout, got.deadline, got.max_retries) == (None, None, 2)
    assert (got.repair, got.model_map, got.default_headers, got.default_query) == ("on", {}, {}, {})


@pytest.mark.parametrize(
    "variable, field",
    [
        ("OPENAI_ORG_ID", "organization"),
        ("OPENAI_ORGANIZATION", "organization"),
        ("OPENAI_PROJECT_ID", "project"),
    ],
)
def test_organization_and_project_stay_with_openai(variable: str, field: str, env: Any) -> None:
    env({variable: "org-1"})
    assert getattr(resolve(api_key=KEY), field) is None
    assert getattr(resolve(api_key=KEY, base_url=ELSEWHERE), field) is None
    assert getattr(resolve(api_key=KEY, provider="moonshot"), field) is None
    assert getattr(resolve(api_key=KEY, provider="openai"), field) == "org-1"
    named: Dict[str, Any] = {field: "org-2"}
    assert getattr(resolve(api_key=KEY, provider="openai", **named), field) == "org-2"
    assert getattr(resolve(api_key=KEY, **named), field) == "org-2"


@pytest.mark.parametrize("key", [None, "EMPTY", "sk-xxx", FOREIGN, "Bearer x", KEY])
@pytest.mark.parametrize("base", [None, DEEPSEEK, ELSEWHERE])
def test_offline_takes_any_key_and_replaces_every_base(
    key: Optional[str], base: Optional[str], env: Any
) -> None:
    env({"DSADAPTER_OFFLINE_URL": "http://127.0.0.1:9"})
    got = resolve(api_key=key, base_url=base)
    assert got.base_url == "http://127.0.0.1:9"
    assert got.api_key == "sk-offline"


def test_offline_takes_a_lone_openai_key(env: Any) -> None:
    env({"DSADAPTER_OFFLINE_URL": "http://127.0.0.1:9", "OPENAI_API_KEY": OTHER})
    assert resolve().api_key == "sk-offline"


def test_offline_somewhere_else_is_checked(env: Any) -> None:
    env({"DSADAPTER_OFFLINE_URL": DEEPSEEK})
    assert "No API key" in refused()
    assert_both_remedies(refused(api_key=FOREIGN))


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({}, ["DeepSeek", "DEEPSEEK_API_KEY", "https://platform.deepseek.com/api_keys", ".env"]),
        ({"provider": "qianfan"}, ["Qianfan", "QIANFAN_API_KEY"]),
        ({"base_url": "https://api.moonshot.cn/v1"}, ["Moonshot", "MOONSHOT_API_KEY"]),
    ],
)
def test_a_missing_key_says_what_to_do(arguments: Any, words: Any) -> None:
    text = refused(**arguments)
    for word in [*words, "No API key", "chat --offline"]:
        assert word in text


@pytest.mark.parametrize("base", [None, "https://api.deepseek.com", "http://127.0.0.1:1"])
def test_an_empty_key_is_not_told_as_a_missing_one(base: Optional[str], env: Any) -> None:
    """As os.getenv("NAME", "") gives it; openai would not look into the environment either."""
    env({"DEEPSEEK_API_KEY": KEY})
    with pytest.raises(CredentialsError, match="from the argument api_key is empty"):
        _resolve.resolve({"api_key": "", "base_url": base})


@pytest.mark.parametrize("key", [b"sk-1", 5, ["sk"]])
@pytest.mark.parametrize("base", [None, "http://127.0.0.1:1"])
def test_a_key_that_is_no_text(key: Any, base: Optional[str]) -> None:
    with pytest.raises(InvalidArgumentError, match=f"api_key is a {type(key).__name__}"):
        _resolve.resolve({"api_key": key, "base_url": base})


def test_no_repr_shows_the_key(env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY})
    shown = [
        repr(resolve()),
        str(resolve()),
        f"{resolve()}",
        repr(resolve_endpoint({})),
        repr(from_environment("DEEPSEEK_API_KEY")),
    ]
    for text in shown:
        assert KEY[-5:] not in text
    assert "api.deepseek.com" in shown[0]


def test_a_placeholder_is_a_key_where_none_is_known_or_needed() -> None:
    """As vLLM behind a name of one's own takes it."""
    assert resolve(api_key="EMPTY", base_url=ELSEWHERE, provider="generic").api_key == "EMPTY"
    assert "placeholder" in refused(api_key="your-api-key", base_url=DEEPSEEK)
