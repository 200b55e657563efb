"""``python tests/matrix/run.py``: what is due, in which order, what a run does and what ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, List

import pytest
from compat_matrix import building, command, digest, plan, product, publishing, running
from matrix_samples import NAME, change, fill, sample, write

CODE = "5" * 64
SCRIPT = """\
#!{python}
import os, pathlib, shutil, sys, time
name = os.environ["TOX_ENV_NAME"]
time.sleep({seconds})
shutil.copy(os.path.join({samples!r}, name + ".json"), os.environ["DSADAPTER_MATRIX_RESULTS"])
print("5 passed")
"""
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in for pytest is a script")


# --- the plan ------------------------------------------------------------------------------------


def test_the_ends_of_every_python_come_first() -> None:
    rows = plan.order(product.ENVIRONMENTS)
    assert sorted(rows) == sorted(product.ENVIRONMENTS)
    pythons = len(product.PYTHONS)
    assert {row.sdk.id for row in rows[:pythons]} == {"newest"}
    assert {row.python for row in rows[:pythons]} == set(product.PYTHONS)
    assert rows[pythons].sdk.id == "openai0.28.1"


def test_what_has_a_whole_result_of_this_code_is_not_due(tmp_path: Path) -> None:
    names = ["py38-none", "py313-none", NAME]
    for name in names:
        write(tmp_path, sample(name))
    code = sample(NAME)["source"]
    assert plan.due(tmp_path, code, product.PYTHONS, names) == []
    assert plan.due(tmp_path, CODE, product.PYTHONS, names) == ["py313-none", "py38-none", NAME]
    assert plan.due(tmp_path, CODE, ["3.13"], names) == ["py313-none"]
    change(tmp_path, lambda data: data["native"].pop("tools"))
    assert plan.due(tmp_path, code, product.PYTHONS, names) == [NAME]
    every = plan.due(tmp_path, code, product.PYTHONS, [])
    assert len(every) == len(product.ENVIRONMENTS) - 2


def test_a_failure_is_run_again(tmp_path: Path) -> None:
    def spoil(data: Any) -> None:
        data["tests"]["dropin"]["failed"] = 1
        data["failures"] = {"test_a": "E"}

    write(tmp_path, sample(NAME))
    change(tmp_path, spoil)
    assert plan.due(tmp_path, sample(NAME)["source"], product.PYTHONS, [NAME]) == [NAME]


# --- a run ---------------------------------------------------------------------------------------


class Place:
    """A clone without anything but the package, and environments whose pytest is a script."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "clone"
        self.results = self.root / command.RESULTS
        self.results.mkdir(parents=True)
        (self.root / command.DATA).parent.mkdir(parents=True)
        (self.root / "dsadapter" / "a.py").write_text("a = 1\n", encoding="utf-8")
        self.source = digest.of(self.root / "dsadapter")
        self.samples = folder / "samples"
        self.samples.mkdir()
        self.built: List[str] = []
        self.broken = ""
        self.seconds = 0.0

    def build(self, row: product.Environment) -> Path:
        if row.name == self.broken:
            raise building.BuildError("pip install\nno such version")
        self.built.append(row.name)
        write(self.samples, {**sample(row.name), "source": self.source})
        home = self.root / running.ENVIRONMENTS / row.name
        home.mkdir(parents=True, exist_ok=True)
        script = home / "pytest"
        text = SCRIPT.format(python=sys.executable, samples=str(self.samples), seconds=self.seconds)
        script.write_text(text, encoding="utf-8")
        script.chmod(0o755)
        return home

    def run(self, *arguments: str) -> int:
        return running.main(list(arguments), self.root)


@pytest.fixture()
def place(tmp_path: Path, monkeypatch: Any) -> Place:
    place = Place(tmp_path)
    monkeypatch.setattr(building, "interpreter", lambda python: sys.executable)
    monkeypatch.setattr(building, "builder", lambda *_: place)
    return place


NAMES = ("py313-none", "py38-none", "py311-newest")


@posix
def test_what_was_run_is_not_run_again(place: Place, capsys: Any) -> None:
    assert place.run(*NAMES) == 0
    assert sorted(place.built) == sorted(NAMES)
    assert sorted(path.stem for path in place.results.iterdir()) == sorted(NAMES)
    assert "works in 3 of 3" in (place.root / command.PAGE).read_text(encoding="utf-8")
    assert "3 of 3 measured, 0 failed, 0 left" in capsys.readouterr().out
    assert place.run(*NAMES) == 0
    assert len(place.built) == 3
    (place.root / "dsadapter" / "a.py").write_text("a = 2\n", encoding="utf-8")
    place.source = digest.of(place.root / "dsadapter")
    assert place.run("py38-none") == 0
    assert place.built[3:] == ["py38-none"]


@posix
def test_what_cannot_be_made_stops_nothing(place: Place, capsys: Any) -> None:
    place.broken = "py38-none"
    assert place.run(*NAMES) == 1
    assert len(list(place.results.iterdir())) == 2
    said = capsys.readouterr()
    assert "py38-none: cannot be made\n  pip install\nno such version" in said.err
    assert "2 of 3 measured, 1 failed, 0 left" in said.out


@posix
def test_after_the_limit_nothing_begins(place: Place, capsys: Any) -> None:
    assert place.run(*NAMES, "--limit-minutes", "0.0000001") == 1
    assert place.built == []
    assert "0 of 3 measured, 0 failed, 3 left" in capsys.readouterr().out


@posix
def test_the_list_runs_nothing(place: Place, capsys: Any) -> None:
    assert place.run(*NAMES, "--list") == 0
    assert place.built == []
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("3 environments are due") and lines[1] == "py311-newest"


@posix
def test_a_run_that_is_stopped_leaves_no_half_result(place: Place) -> None:
    place.seconds = 60
    arguments = running._parser().parse_args([])
    run = running.Run(place.root, place.results, arguments)
    run.builder = place  # type: ignore[assignment]
    thread = threading.Thread(target=run._one, args=("py38-none",))
    thread.start()
    while not run._processes:
        time.sleep(0.01)
    run._stop()
    thread.join(30)
    assert not thread.is_alive()
    run._one("py313-none")
    assert run.left == ["py38-none", "py313-none"]
    assert list(place.results.iterdir()) == []
    assert run._said(2) == running.STOPPED


# --- environments --------------------------------------------------------------------------------


@pytest.fixture()
def called(monkeypatch: Any) -> List[List[str]]:
    commands: List[List[str]] = []

    def call(words: List[str]) -> None:
        commands.append(words)
        if "venv" in words:
            Path(words[-1]).mkdir(parents=True)

    monkeypatch.setattr(building, "call", call)
    return commands


def test_a_kept_environment_only_gets_the_wheel(tmp_path: Path, called: Any) -> None:
    row = product.BY_NAME["py312-openai3.57.0"]
    wheel = tmp_path / "a.whl"
    builder = building.Builder(tmp_path, {"3.12": "python3.12"}, "uv", wheel)
    builder.build(row)
    words = [command[1:3] if command[1] == "pip" else command[1:2] for command in called]
    assert words == [["venv"], *[["pip", "install"]] * 2, ["pip", "uninstall"], ["pip", "install"]]
    assert called[2][-1] == "openai==3.57.0" and called[3][-2:] == ["httpx", "httpcore"]
    called.clear()
    builder.build(row)
    assert [command[-1] for command in called] == [str(wheel)]
    called.clear()
    building.Builder(tmp_path, {"3.12": "another"}, "uv", wheel).build(row)
    assert len(called) == 5


def test_pip_makes_one_where_there_is_no_uv(tmp_path: Path, called: Any) -> None:
    builder = building.Builder(tmp_path, {"3.8": "python3.8"}, None, tmp_path / "a.whl")
    builder.build(product.BY_NAME["py38-none"])
    assert called[0][:3] == ["python3.8", "-m", "venv"]
    assert called[1][1:5] == ["-m", "pip", "install", "--quiet"]
    assert "--force-reinstall" in called[2]


def test_what_fails_says_what_the_command_said() -> None:
    with pytest.raises(building.BuildError, match="no such thing"):
        building.call([sys.executable, "-c", "raise SystemExit('no such thing')"])


# --- committing ----------------------------------------------------------------------------------


@posix
def test_results_are_committed_with_their_page(tmp_path: Path, monkeypatch: Any) -> None:
    root = tmp_path / "clone"
    folder = root / command.RESULTS
    folder.parent.mkdir(parents=True)
    (root / command.DATA).parent.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    for words in (["init", "-q"], ["config", "user.name", "a"], ["config", "user.email", "a@b.c"]):
        subprocess.run(["git", *words], cwd=str(root), check=True)
    fill(folder)
    page = publishing.Page(root, folder, True)
    page.came(NAME)
    page.publish()
    shown = subprocess.run(
        ["git", "show", "--name-only", "--format=%s"],
        cwd=str(root),
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout.split("\n")
    assert shown[0] == "The matrix: 1 environments measured"
    assert {"compat_matrix.md", f"tests/matrix/results/{NAME}.json"} <= set(shown)
    assert json.loads((root / command.DATA).read_text(encoding="utf-8"))["environments"]


def test_results_elsewhere_write_no_page(tmp_path: Path) -> None:
    (tmp_path / command.DATA).parent.mkdir(parents=True)
    page = publishing.Page(tmp_path, fill(tmp_path / "elsewhere"), True)
    page.came(NAME)
    page.publish()
    assert not (tmp_path / command.PAGE).exists()
