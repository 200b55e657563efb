"""The table of settings: what is in a row holds everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from dsadapter._settings.resolve import resolve
from dsadapter._settings.table import BY_NAME, CANONICAL, KEY_PAIRS, PER_CALL, SETTINGS, Settings
from dsadapter._settings.values import unchecked

KEY = "sk-" + "0123456789abcdef" * 2


def test_names_and_variables_are_unique() -> None:
    names = [name for row in SETTINGS for name in (row.name, *row.aliases)]
    variables = [variable for row in SETTINGS for variable in row.env]
    assert len(set(names)) == len(names)
    assert len(set(variables)) == len(variables)
    assert set(CANONICAL) == set(names)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_a_row_says_what_the_setting_is(row: Any) -> None:
    assert row.note
    assert row.env == tuple(name for name in row.env if name.isupper())


@pytest.mark.parametrize(
    "row",
    [row for row in SETTINGS if row.parse is not unchecked],
    ids=lambda r: r.name,
)
def test_the_default_of_a_row_is_a_value_it_accepts(row: Any) -> None:
    assert getattr(resolve({"api_key": KEY}), row.name) == row.parse(row.name, row.default)


def test_the_pairs_are_variables_of_key_and_base() -> None:
    assert [key for key, _ in KEY_PAIRS] == list(BY_NAME["api_key"].env)
    assert [base for _, bases in KEY_PAIRS for base in bases] == list(BY_NAME["base_url"].env)


def test_a_call_takes_both_spellings_of_what_it_takes() -> None:
    for name, canonical in CANONICAL.items():
        assert (name in PER_CALL) is BY_NAME[canonical].per_call
    assert {"base_url", "api_base"} <= set(PER_CALL)


def test_no_text_of_settings_shows_the_key() -> None:
    settings: Settings = resolve({"api_key": KEY})
    assert KEY not in f"{settings} {settings!r}"
