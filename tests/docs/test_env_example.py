"""``.env.example`` has every variable and no key."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Set

import pytest
from pages import PRESETS, ROOT, SETTINGS, generate, read

import dsadapter

EXAMPLE = ROOT / ".env.example"


def variables() -> Set[str]:
    presets = {name for preset in PRESETS for name in preset.key_env}
    return presets | {n for s in SETTINGS for n in s.env}


def test_the_example_names_each_variable_once() -> None:
    named = re.findall(r"^(?:# )?([A-Z_]+)=", read(EXAMPLE), re.M)
    assert sorted(named) == sorted(variables())


def test_a_variable_that_is_new_gets_its_paragraph_and_a_presets_key_its_line() -> None:
    """They are written by ``python docs/generate.py --write``; a key that is gone leaves."""
    text = read(EXAMPLE)
    older = text.replace("# ARK_API_KEY=", "# BANISHED_API_KEY=")
    assert generate.environment_example(older) == text
    before, repair, after = text.partition("# DSADAPTER_REPAIR=on\n")
    note = next(row.note for row in SETTINGS if row.name == "repair")
    assert repair and generate.environment_example(before + after) == (
        f"{before}{after}\n# {note}\n# DSADAPTER_REPAIR=on\n"
    )


def test_the_example_has_no_key() -> None:
    assert re.findall(r"^(?:# )?[A-Z_]*KEY=(.+)$", read(EXAMPLE), re.M) == []


def test_the_example_copied_as_it_is_says_that_the_key_is_missing(tmp_path: Path) -> None:
    shutil.copy(str(EXAMPLE), str(tmp_path / ".env"))
    with pytest.raises(dsadapter.CredentialsError, match="No API key for DeepSeek"):
        dsadapter.OpenAI()
