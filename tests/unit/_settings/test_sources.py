"""Where a setting may stand, and which of several places counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict

import pytest

import dsadapter
from _settings.samples import DEEPSEEK, ELSEWHERE, KEY, invalid, resolve
from dsadapter._settings import resolve as _resolve
from dsadapter._settings import sources

LEVELS = ("argument", "global", "environment", "file")
ROWS = [
    ("api_key", "api_key", "DEEPSEEK_API_KEY", ["sk-" + f"{n}a" * 16 for n in range(4)]),
    ("base_url", "base_url", "DEEPSEEK_BASE_URL", [f"https://h{n}.example.com" for n in range(4)]),
    ("api_base", "base_url", "DEEPSEEK_API_BASE", [f"https://h{n}.example.com" for n in range(4)]),
    ("repair", "repair", "DSADAPTER_REPAIR", ["off", "error", "on", "off"]),
    ("model_map", "model_map", "DSADAPTER_MODEL_MAP", [f"gpt-4=m{n}" for n in range(4)]),
]


# --- precedence -----------------------------------------------------------------------------------


@pytest.mark.parametrize("highest", range(4), ids=LEVELS)
@pytest.mark.parametrize("setting, field, variable, values", ROWS, ids=[r[0] for r in ROWS])
def test_argument_global_environment_file(
    setting: str, field: str, variable: str, values: Any, highest: int, monkeypatch: Any
) -> None:
    arguments: Dict[str, Any] = {}
    lines = [] if setting == "api_key" else [f"DEEPSEEK_API_KEY={KEY}"]
    if highest == 0:
        arguments[setting] = values[0]
    if highest <= 1:
        setattr(dsadapter, setting, values[1])
    if highest <= 2:
        monkeypatch.setenv(variable, values[2])
    lines.append(f"{variable}={values[3]}")
    Path(".env").write_text("\n".join(lines))
    expected = values[highest]
    got = getattr(_resolve.resolve(arguments), field)
    assert got == (dict([expected.split("=")]) if setting == "model_map" else expected)


@pytest.mark.parametrize("name", ["timeout", "idle_timeout", "deadline", "max_retries"])
def test_an_argument_beats_the_global(name: str) -> None:
    field = name
    setattr(dsadapter, name, 7)
    assert getattr(resolve(api_key=KEY), field) in (7, (7, 7))
    assert getattr(resolve(api_key=KEY, **{name: 3}), field) in (3, (3, 3))


def test_none_counts_as_not_set(env: Any) -> None:
    env({"DEEPSEEK_API_KEY": KEY})
    dsadapter.api_key = None
    assert resolve(api_key=None, base_url=None, provider=None).api_key == KEY


# --- two spellings --------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["argument", "global"])
def test_two_spellings_that_differ_are_refused(place: str) -> None:
    if place == "argument":
        text = invalid(base_url=DEEPSEEK, api_base=ELSEWHERE)
    else:
        dsadapter.base_url, dsadapter.api_base = DEEPSEEK, ELSEWHERE
        text = invalid()
    assert "base_url" in text
    assert "api_base" in text
    assert "differ" in text


def test_two_spellings_that_agree() -> None:
    assert resolve(api_key=KEY, base_url=ELSEWHERE, api_base=ELSEWHERE).base_url == ELSEWHERE


def test_an_argument_of_the_other_spelling_beats_the_global() -> None:
    dsadapter.base_url = DEEPSEEK
    assert resolve(api_key=KEY, api_base=ELSEWHERE).base_url == ELSEWHERE


# --- what is said of a source ---------------------------------------------------------------------


@pytest.mark.parametrize("place", LEVELS)
def test_the_source_of_a_key_can_be_named(place: str, monkeypatch: Any) -> None:
    path = Path(".env").resolve()
    if place == "argument":
        source, arguments = "the argument api_key", {"api_key": KEY}
    else:
        source, arguments = "dsadapter.api_key", {}
    if place == "global":
        dsadapter.api_key = KEY
    if place == "environment":
        source = "the environment variable DEEPSEEK_API_KEY"
        monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    if place == "file":
        path.write_text(f"DEEPSEEK_API_KEY={KEY}\n")
        source = f"DEEPSEEK_API_KEY in {path}"
    assert _resolve.resolve(arguments).key_source == source


def test_what_was_read_and_handed_back_is_not_set() -> None:
    assert not sources.is_set(None)
    assert not sources.is_set(sources.UnsetDefault(DEEPSEEK))
    assert all(sources.is_set(value) for value in (DEEPSEEK, "", 0, False))


def test_a_later_spelling_replaces_an_earlier_one() -> None:
    named = sources.by_canonical_name({"base_url": DEEPSEEK, "api_base": ELSEWHERE, "x": 1})
    assert named == {"base_url": ELSEWHERE, "x": 1}


@pytest.mark.parametrize("value", ["", sources.UNSET_OFFLINE_KEY])
def test_an_empty_variable_gives_way_to_the_file(value: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", value)
    assert sources.from_environment("DEEPSEEK_API_KEY") is None
    Path(".env").write_text(f"DEEPSEEK_API_KEY={KEY}\n")
    variable = sources.from_environment("DEEPSEEK_API_KEY")
    assert variable is not None and variable.value == KEY
    assert KEY not in repr(variable)


def test_the_first_variable_that_is_set_counts(monkeypatch: Any) -> None:
    assert sources.first_of(("A_B", "C_D")) is None
    monkeypatch.setenv("C_D", "2")
    assert sources.first_of(("A_B", "C_D")) == ("2", "C_D", None)
    monkeypatch.setenv("A_B", "1")
    assert sources.first_of(("A_B", "C_D")) == ("1", "A_B", None)
