"""``python -m dsadapter matrix``: which measured rows answer for an environment, and how."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, Dict, List, Set

import pytest

from dsadapter.__main__ import main
from dsadapter._cli import matrix, nearest
from dsadapter._cli.matrix_tables import MARKS, TEXTS
from dsadapter._cli.nearest import Installed

PROXIES = "TypeError: unexpected keyword argument 'proxies'"


def here(python: str = "3.11.9", platform: str = "Linux x86_64", **versions: str) -> Installed:
    """An environment with these packages and no others; httpx and requests unless said."""
    usual = {"openai": "", "requests": "2.34.2", "httpx": "0.28.1", "httpx2": "", "aiohttp": ""}
    usual.update(versions)
    backend = nearest.backend_of(usual["openai"])
    return Installed(python, "CPython", platform, usual, backend)


def measured(name: str, python: str, backend: str, **versions: str) -> Dict[str, Any]:
    return {
        "name": name,
        "measured": "2026-01-02",
        "backend": backend,
        "python": python,
        "implementation": "CPython",
        "platform": "Linux x86_64",
        "versions": versions,
        "native": {},
        "dsadapter": {},
        "failed_tests": 0,
    }


MODERN = "modern-openai"
ROWS = [
    measured("py38-1.30-27", "3.8.1", MODERN, openai="1.30.5", httpx="0.27.2"),
    measured("py38-1.30-28", "3.8.1", MODERN, openai="1.30.5", httpx="0.28.1"),
    measured("py311-1.30-27", "3.11.1", MODERN, openai="1.30.5", httpx="0.27.2"),
    measured("py311-1.55-28", "3.11.1", MODERN, openai="1.55.2", httpx="0.28.1"),
    measured("py313-1.55-28", "3.13.1", MODERN, openai="1.55.2", httpx="0.28.1"),
    measured("py312-3.54-alone", "3.12.1", MODERN, openai="3.54.0", httpx2="2.1.0"),
    measured("py311-3.54", "3.11.1", MODERN, openai="3.54.0", httpx="0.28.1", httpx2="2.1.0"),
    measured("py311-none", "3.11.1", "raw-requests", httpx="0.28.1", requests="2.34.2"),
]


def names(installed: Installed, rows: List[Any] = ROWS) -> List[str]:
    return [match.environment["name"] for match in nearest.nearest(rows, installed)]


# --- which rows ----------------------------------------------------------------------------------


def test_the_very_combination() -> None:
    (match,) = nearest.nearest(ROWS, here(openai="1.55.2"))
    assert (match.environment["name"], match.differing) == ("py311-1.55-28", [])


def test_an_sdk_between_two_measured_ones_has_both() -> None:
    assert names(here(openai="1.40.0", httpx="0.27.0")) == ["py311-1.30-27", "py311-1.55-28"]


def test_the_series_of_httpx_counts_more_than_the_python() -> None:
    assert names(here(openai="1.40.0"))[0] == "py38-1.30-28"
    assert names(here(openai="1.30.5")) == ["py38-1.30-28"]


def test_the_nearest_python() -> None:
    assert names(here("3.14.0", openai="1.55.2")) == ["py313-1.55-28"]
    assert names(here("3.9.0", openai="1.55.2")) == ["py311-1.55-28"]


def test_a_library_that_is_not_there_counts_most() -> None:
    assert names(here("3.12.1", openai="3.54.0", httpx="0.27.0", httpx2="2.1.0")) == ["py311-3.54"]
    assert names(here("3.11.1", openai="3.54.0", httpx="", httpx2="2.1.0")) == ["py312-3.54-alone"]


@pytest.mark.parametrize(
    ("version", "row"), [("3.99.0", "py311-3.54"), ("1.0.0", "py38-1.30-28"), ("", "py311-none")]
)
def test_beyond_what_was_measured(version: str, row: str) -> None:
    assert names(here(openai=version, httpx2="2.1.0" if version > "2" else "")) == [row]


def test_an_sdk_that_dsadapter_does_not_drive_is_as_none() -> None:
    (match,) = nearest.nearest(ROWS, here(openai="0.26.5"))
    assert match.environment["name"] == "py311-none"
    assert [tuple(fact) for fact in match.differing] == [("openai", "", "0.26.5")]


@pytest.mark.parametrize(
    ("version", "backend"),
    [
        ("0.27.0", "legacy-openai"),
        ("0.28.1", "legacy-openai"),
        ("1.0.0", MODERN),
        ("3.54.0", MODERN),
        ("0.26.5", "raw-requests"),
        ("", "raw-requests"),
    ],
)
def test_the_backend_of_a_version(version: str, backend: str) -> None:
    assert nearest.backend_of(version) == backend


def test_a_difference_of_the_platform_is_no_measured_combination() -> None:
    (match,) = nearest.nearest(ROWS, here(platform="Darwin arm64", openai="1.55.2"))
    assert [tuple(fact) for fact in match.differing] == [
        ("platform", "Linux x86_64", "Darwin arm64")
    ]


def test_patch_releases_of_python_are_the_same_python() -> None:
    assert nearest.nearest(ROWS, here("3.11.99", openai="1.55.2"))[0].differing == []


def test_this_environment_is_what_its_metadata_say() -> None:
    environment = nearest.installed()
    for name, version in environment.versions.items():
        try:
            assert nearest.metadata.version(name) == version
        except nearest.metadata.PackageNotFoundError:
            assert version == ""
    assert environment.python.startswith("{}.{}.".format(*sys.version_info))


def test_a_version_that_no_file_names_is_in_the_metadata(monkeypatch: Any) -> None:
    monkeypatch.setattr(nearest.detection, "installed_version", lambda name: None)
    assert nearest.version_of("pytest") == nearest.metadata.version("pytest")


def test_a_package_that_says_its_version_nowhere(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "silent.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert nearest.version_of("silent") == "?"


# --- the answer ----------------------------------------------------------------------------------


@pytest.fixture()
def command(monkeypatch: Any, capsys: Any) -> Any:
    """The output of the command in an environment, from made-up rows."""
    data = matrix.load()
    data["environments"] = [dict(row) for row in ROWS]
    data["notes"] = [{"text": PROXIES, "of": ["1.55.2"]}]
    data["environments"][3]["native"] = {"modern-chat": 1, "modern-stream": 1, "legacy-chat": None}
    monkeypatch.setattr(matrix, "load", lambda: data)

    def run(installed: Installed, *arguments: str) -> str:
        monkeypatch.setattr(matrix, "installed", lambda: installed)
        assert main(["matrix", "--lang", "en", *arguments]) == 0
        return str(capsys.readouterr().out)

    return run


def test_what_was_measured_here(command: Any) -> None:
    out = command(here(openai="1.55.2"))
    assert "Here: openai 1.55.2, httpx 0.28.1, no httpx2, CPython 3.11.9, Linux x86_64." in out
    assert "This very combination was measured:\n\npy311-1.55-28 (2026-01-02, backend" in out
    assert "differs" not in out
    count = len(matrix.load()["capabilities"])
    alone = f"{count - 3} of {count - 1} with the SDK alone"  # one was not asked
    assert f"works: {alone}, {count} of {count} with dsadapter" in out
    assert "✗ 1 / ✓   a whole answer: OpenAI\n" in out
    assert "– / ✓     a whole answer: ChatCompletion.create\n" in out
    assert f"1. {PROXIES}\n" in out


def test_what_was_not_is_said(command: Any) -> None:
    out = command(here("3.9.1", openai="1.40.0"))
    assert "This combination was not measured." in out
    assert "A  py38-1.30-28 (" in out and "B  py311-1.55-28 (" in out
    assert "differs: openai 1.30.5 (here 1.40.0), Python 3.8 (here 3.9)\n" in out
    assert "same as here: httpx 0.28.1, no httpx2, CPython, Linux x86_64\n" in out
    assert "✓ / ✓     ✗ 1 / ✓   a whole answer: OpenAI\n" in out


def test_an_absent_library_is_a_difference(command: Any) -> None:
    out = command(here(openai="3.54.0", httpx2=""))
    assert "differs: httpx2 2.1.0 (here none)\n" in out
    out = command(here(openai="1.55.2", httpx2="2.1.0"))
    assert "differs: no httpx2 (here 2.1.0)\n" in out


def test_nothing_measured_with_this_backend(command: Any) -> None:
    out = command(here(openai="0.28.1"))
    assert "Nothing was measured with the backend legacy-openai." in out
    assert MARKS["PASS"] not in out


def test_what_hides_the_sdk_is_named_and_was_not_measured(
    command: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / "openai.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "openai", raising=False)
    out = command(nearest.installed())
    assert "openai.py hides the SDK: rename it. dsadapter works as without one.\n" in out
    assert "This combination was not measured." in out
    assert "no openai (here ?)" in out


def test_json(command: Any) -> None:
    answer = json.loads(command(here("3.13.1", openai="1.40.0"), "--json"))
    assert answer["measured"] is False
    assert answer["installed"]["versions"]["openai"] == "1.40.0"
    row = answer["rows"][1]
    assert (row["name"], row["measured"]) == ("py313-1.55-28", "2026-01-02")
    assert row["differing"] == {"openai": {"measured": "1.55.2", "installed": "1.40.0"}}
    assert "httpx" in row["same"]
    answer = json.loads(command(here(openai="1.55.2"), "--json"))
    assert answer["measured"] is True
    native = answer["rows"][0]["native"]
    assert native["modern-chat"] == {"outcome": "fail", "text": PROXIES}
    assert native["legacy-chat"] == {"outcome": "not-applicable", "text": ""}
    assert native["tools"] == {"outcome": "pass", "text": ""}


def test_both_languages_say_the_same_things() -> None:
    def fields(text: str) -> Set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    assert {k: fields(v.en) for k, v in TEXTS.items()} == {
        k: fields(v.zh) for k, v in TEXTS.items()
    }


def test_chinese(command: Any) -> None:
    out = command(here("3.9.1", openai="1.40.0"), "--lang", "zh")
    assert "这个组合没有实测过" in out and "Python 3.8（本机 3.9）" in out
    assert "   完整回答：OpenAI\n" in out


def test_an_output_without_the_marks(command: Any, monkeypatch: Any) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    command(here(openai="1.55.2"))
    narrow.seek(0)
    assert "x 1 / +   a whole answer: OpenAI\n" in narrow.read().replace("\r\n", "\n")


def test_colour_where_it_is_asked_for(command: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = command(here(openai="1.55.2"))
    assert "\033[31m✗\033[0m 1 / \033[32m✓\033[0m" in out
    assert "\n– / \033[32m✓\033[0m" in out


# --- the file of the package ---------------------------------------------------------------------


def test_all_prints_the_tables_of_the_page(capsys: Any) -> None:
    assert main(["matrix", "--all", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for table in matrix.load()["tables"]:
        rows = [line.split() for line in lines[lines.index(table["en"]) + 1 :]]
        for row in (table["head"], *table["rows"]):
            assert " ".join(row).split() in rows
    for number, note in enumerate(matrix.load()["notes"], 1):
        assert f"{number}. {' '.join(note['text'].split())}" in lines


def test_all_as_json_is_the_file(capsys: Any) -> None:
    assert main(["matrix", "--all", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == matrix.load()


def test_every_measured_environment_is_nearest_to_itself() -> None:
    rows = matrix.load()["environments"]
    for row in rows:
        versions = {name: row["versions"].get(name, "") for name in here().versions}
        itself = here(row["python"], **versions)
        (match,) = nearest.nearest(rows, itself)
        assert match.differing == [], row["name"]


@pytest.mark.parametrize("option", ["--write", "--check", "--from=results"])
def test_the_page_is_made_by_its_script_now(option: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["matrix", option])
    assert caught.value.code == 2
    script = "python tests/matrix/page.py " + option.partition("=")[0]
    assert f"by {script}\n" in capsys.readouterr().err
