"""Tables follow the code."""

from __future__ import annotations

import builtins
import re
from pathlib import Path
from typing import Any, Dict, Set

import pytest
from pages import (
    DEFAULT_RETRIES,
    DOCS,
    OFFLINE_URL,
    PAGES,
    PRESETS,
    RESOURCES,
    ROOT,
    SETTINGS,
    TRUST_HOSTS,
    WITHOUT_METHODS,
    class_for_status,
    generate,
    languages,
    read,
    table,
    words,
)

import dsadapter
from dsadapter import error


def test_generated_tables_follow_the_code() -> None:
    """If not: python docs/generate.py --write"""
    assert [path.name for path in generate.outdated()] == []


def test_every_table_of_the_code_stands_on_a_page() -> None:
    generated = {m[1] for path in PAGES for m in generate.BLOCK.findall(read(path))}
    assert generated == set(generate.TABLES)


def test_a_row_that_is_new_begins_with_the_codes_words_and_others_keep_theirs() -> None:
    block = "| a | b | c |\n|---|---|---|\n| `timeout` | | by hand |"
    rows = generate.rendered("settings", block, "en").split("\n")
    assert rows[:2] == block.split("\n")[:2]
    assert "| `timeout` | | by hand |" in rows
    assert f"| `deadline` | | {next(s.note for s in SETTINGS if s.name == 'deadline')} |" in rows


@languages("settings.md")
def test_the_settings(path: Path) -> None:
    rows = [(words(row[0]), words(row[1])) for row in table(path, "max_retries")]
    assert rows == [((s.name, *s.aliases), s.env) for s in SETTINGS]
    assert f"`{TRUST_HOSTS}`" in read(path)
    assert f"`{OFFLINE_URL}`" in read(path)
    assert str(DEFAULT_RETRIES) in table(path, "max_retries")[9][2]


@languages("providers.md")
def test_the_presets(path: Path) -> None:
    rows = [(row[0], row[2], row[3]) for row in table(path, "siliconflow")]
    assert rows == [
        (", ".join((p.name, *p.aliases)), p.base_url, ", ".join(p.key_env)) for p in PRESETS
    ]


@languages("repairs.md")
def test_the_repairs(path: Path) -> None:
    rules = [rule.id for rule in (*generate.RULES, generate.RESEND) if not rule.opt_in]
    assert [row[0] for row in table(path, "json-word")] == rules
    switched = [rule.id for rule in generate.RULES if rule.opt_in]
    assert [row[0] for row in table(path, "tool-history")] == switched


@languages("streams-and-errors.md")
def test_the_errors(path: Path) -> None:
    """Each row: the class that is raised is one of all the classes that the row names."""
    for what, modern, legacy in table(path, "429"):
        names = re.findall(r"[A-Z]\w+Error", modern)
        statuses = [int(number) for number in re.findall(r"\b[45]\d\d\b", what)]
        for cls in map(class_for_status, statuses) if statuses else [raised(names[0])]:
            assert issubclass(cls, getattr(error, legacy)), (cls, legacy)
            for name in names:
                assert issubclass(cls, vars(builtins).get(name) or getattr(dsadapter, name)), cls


def raised(name: str) -> Any:
    """A connection error is both spellings' own; the modern one alone is never raised."""
    return error.APIConnectionError if name == "APIConnectionError" else getattr(dsadapter, name)


@languages("responses.md")
def test_what_is_offered_and_what_has_no_methods(path: Path) -> None:
    names = (*RESOURCES, *WITHOUT_METHODS)
    assert [name for name in names if f"`{name}`" not in read(path)] == []


def test_the_faults() -> None:
    def row(fault: Any) -> Any:
        options = [f"{k}={v}" if v != "" else k for k, v in fault.options.items()]
        return [fault.name, fault.summary.replace("`", ""), ", ".join(options)]

    expected = [row(fault) for fault in generate.FAULTS.values()]
    assert table(DOCS / "testing.md", "status-402") == expected


@languages("doctor.md")
def test_the_checks(path: Path) -> None:
    assert [row[0] for row in table(path, "sdk-works")] == [check.id for check in generate.CHECKS]


@languages("install.md")
def test_the_extras(path: Path) -> None:
    """Each extra of pyproject.toml, with the packages that it brings."""
    rows = {row[0]: set(words(row[1])) for row in table(path, "gateway")}
    assert rows == extras()


def extras() -> Dict[str, Set[str]]:
    """Read without a TOML parser: Python 3.8 has none."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.split("[project.optional-dependencies]\n")[1].split("\n[")[0]
    lines = re.findall(r"^([a-z]+) = \[([^]]*)\]", section, re.M)
    return {name: set(re.findall(r'"([A-Za-z-]+)', packages)) for name, packages in lines}


def test_the_page_names_every_folder() -> None:
    folders = {path.parent.name for path in (ROOT / "dsadapter").glob("*/__init__.py")}
    named = {row[1].rstrip("/") for row in table(DOCS / "how-it-works.md", "1")}
    assert named == folders


@pytest.mark.parametrize("tier", ["quick", "integrations", "packages", "full"])
def test_the_tiers_of_the_tests_exist(tier: str) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'labels = ["{tier}"]' in text
    assert tier in [row[0] for row in table(DOCS / "matrix.md", "quick")]


@languages("index.md")
def test_the_examples(path: Path) -> None:
    rows = {row[0] for row in table(path, "chat.py")}
    assert rows == {example.name for example in (ROOT / "examples").glob("*.py")}
