"""Sentences made for people steer nothing: reworded, every decision stays as it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, List, Tuple

import pytest

import dsadapter
from dsadapter._backends import detection, selection
from dsadapter._backends.detection import Sdk
from dsadapter._settings import endpoint, resolve, sources
from dsadapter._settings.resolve import resolve as resolved
from dsadapter._settings.sources import Variable

KEY, OTHER = "sk-" + "0123456789abcdef" * 2, "sk-" + "fedcba9876543210" * 2
FOREIGN = "sk-proj-" + "0123456789abcdef" * 2
ELSEWHERE = "https://llm.example.com/v1"
# As misleading as they come: each was once compared with, or begins as one that was.
WORDS = (
    "XX",
    "the default",
    "named by the argument backend",
    "the environment variable DEEPSEEK_BASE_URL",
    "the argument base_url",
    "openai 1.55.2 is installed",
)


def reword(monkeypatch: Any, words: str) -> None:
    """Every text for people that settings and selection produce says something else."""
    explicit, resolve_endpoint = sources.explicit, endpoint.resolve_endpoint

    def other_explicit(name: str, arguments: Any) -> Tuple[Any, str]:
        value, source = explicit(name, arguments)
        return value, words if source else ""

    def other_endpoint(arguments: Any) -> endpoint.Endpoint:
        return resolve_endpoint(arguments)._replace(key_source=words, base_source=words)

    monkeypatch.setattr(Variable, "source", property(lambda variable: words))
    for module in (sources, endpoint, resolve):
        monkeypatch.setattr(module, "explicit", other_explicit)
    monkeypatch.setattr(resolve, "resolve_endpoint", other_endpoint)
    monkeypatch.setattr(selection, "_reason", lambda *_: words)
    by_name, why_unusable = selection._by_name, selection.why_unusable
    monkeypatch.setattr(selection, "_by_name", lambda *a: by_name(*a)._replace(reason=words))
    monkeypatch.setattr(selection, "why_unusable", lambda *a: why_unusable(*a) and words)


@pytest.fixture(params=[None, *WORDS])
def words(request: Any, monkeypatch: Any) -> Any:
    """The texts as they are, and reworded in each way."""
    if request.param is not None:
        reword(monkeypatch, request.param)
    return request.param


# --- settings ------------------------------------------------------------------------------------

ENVIRONMENTS: List[Any] = [
    # variables, arguments, (key, base, provider) or None for a key that is refused
    ({"DEEPSEEK_API_KEY": KEY}, {}, (KEY, "https://api.deepseek.com", "deepseek")),
    (
        {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_BASE_URL": ELSEWHERE},
        {},
        (KEY, ELSEWHERE, "deepseek"),
    ),
    (
        {"DEEPSEEK_API_KEY": KEY, "DEEPSEEK_API_BASE": ELSEWHERE},
        {},
        (KEY, ELSEWHERE, "deepseek"),
    ),
    ({"OPENAI_API_KEY": OTHER, "OPENAI_BASE_URL": ELSEWHERE}, {}, (OTHER, ELSEWHERE, "generic")),
    ({"OPENAI_API_KEY": OTHER}, {"base_url": ELSEWHERE}, (OTHER, ELSEWHERE, "generic")),
    ({}, {"api_key": KEY}, (KEY, "https://api.deepseek.com", "deepseek")),
    (
        {"MOONSHOT_API_KEY": KEY},
        {"provider": "moonshot"},
        (KEY, "https://api.moonshot.cn/v1", "moonshot"),
    ),
    ({"OPENAI_API_KEY": OTHER}, {}, None),
    ({"OPENAI_API_KEY": OTHER}, {"api_key": OTHER}, None),
    ({"OPENAI_API_KEY": OTHER}, {"provider": "deepseek"}, None),
    ({"DEEPSEEK_API_KEY": FOREIGN}, {}, None),
    ({}, {"api_key": FOREIGN}, None),
    ({}, {"api_key": "your-api-key"}, None),
    ({}, {}, None),
]


@pytest.mark.parametrize("place", ["environment", "file"])
@pytest.mark.parametrize(("variables", "arguments", "expected"), ENVIRONMENTS)
def test_keys_and_bases(
    words: Any,
    monkeypatch: Any,
    place: str,
    variables: Any,
    arguments: Any,
    expected: Any,
) -> None:
    if place == "file":
        Path(".env").write_text("".join(f"{k}={v}\n" for k, v in variables.items()))
    else:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
    if expected is None:
        with pytest.raises(dsadapter.CredentialsError):
            resolved(arguments)
    else:
        got = resolved(arguments)
        assert (got.api_key, got.base_url, got.provider.name) == expected


def test_a_setting_that_was_read_and_handed_back_is_not_set(words: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", OTHER)
    dsadapter.base_url = dsadapter.base_url
    with pytest.raises(dsadapter.CredentialsError):
        resolved({})


# --- selection -----------------------------------------------------------------------------------

MODERN = "modern-openai"


@pytest.fixture()
def broken_sdk(monkeypatch: Any) -> None:
    """openai 1.55.2 is installed and cannot be imported."""
    selection.broken.clear()
    monkeypatch.setattr(detection, "sdk", lambda: Sdk("1.55.2", "openai/__init__.py", False))
    monkeypatch.setitem(sys.modules, "dsadapter._backends.modern_openai", None)


def client(**arguments: Any) -> Any:
    return dsadapter.OpenAI(api_key="k", base_url="http://127.0.0.1:9", **arguments)


@pytest.mark.parametrize("arguments", [{}, {"backend": "auto"}])
def test_an_automatic_choice_falls_back(words: Any, broken_sdk: None, arguments: Any) -> None:
    with pytest.warns(dsadapter.BackendWarning):
        assert client(**arguments).backend == "raw-requests"


@pytest.mark.parametrize("place", ["argument", "global", "environment"])
def test_a_named_backend_does_not(
    words: Any, broken_sdk: None, monkeypatch: Any, place: str
) -> None:
    arguments = {"backend": MODERN} if place == "argument" else {}
    if place == "global":
        vars(dsadapter)["backend"] = MODERN
    if place == "environment":
        monkeypatch.setenv("DSADAPTER_BACKEND", MODERN)
    with pytest.raises(dsadapter.BackendUnavailableError):
        client(**arguments)
