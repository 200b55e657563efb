"""What a run writes, and how its environment is built."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, List

import install
import pytest
import recording
from compat_matrix.capabilities import CAPABILITIES
from compat_matrix.results import is_done, problems_of
from matrix_samples import NAME, PASS

TESTS = (
    "tests/test_contract.py::test_a",
    "tests/legacy/test_idioms.py::test_b",
    "tests/dropin/test_run.py::test_c",
)


def report(nodeid: str, outcome: str = "passed", **more: Any) -> Any:
    fields = {"when": "call", "user_properties": [], "longrepr": ""}
    return SimpleNamespace(nodeid=nodeid, outcome=outcome, **{**fields, **more})


class Terminal:
    def __init__(self) -> None:
        self.lines: List[str] = []

    def write_line(self, line: str) -> None:
        self.lines.append(line)


def recorded(path: Path) -> recording.Recording:
    """The plugin after a run in which everything passed once."""
    plugin = recording.Recording(path)
    for nodeid in TESTS:
        plugin.pytest_runtest_logreport(report(nodeid))
    for capability in CAPABILITIES:
        for subject in ("native", "dsadapter"):
            properties = [(f"{subject}:{capability.id}", PASS)]
            nodeid = f"tests/matrix/test_environment.py::test_{subject}[{capability.id}]"
            plugin.pytest_runtest_logreport(report(nodeid, user_properties=properties))
    return plugin


def finished(plugin: recording.Recording) -> Any:
    plugin.pytest_terminal_summary(Terminal())
    return json.loads(plugin.path.read_text(encoding="utf-8"))


@pytest.fixture()
def path(tmp_path: Path) -> Path:
    return tmp_path / "results" / f"{NAME}.json"


def test_a_whole_run_is_a_result(path: Path) -> None:
    data = finished(recorded(path))
    assert data["tests"]["environment"] == {
        "passed": 2 * len(CAPABILITIES),
        "failed": 0,
        "skipped": 0,
    }
    data["python"]["version"], data["backend"] = "3.8.1", "modern-openai"
    assert problems_of(data, NAME) == []


def test_failures_and_skips_have_their_texts(path: Path) -> None:
    plugin = recorded(path)
    longrepr = "def test_a():\n>   assert 1 == 2\nE   assert 1 == 2\nE     more\n"
    plugin.pytest_runtest_logreport(report(TESTS[0], "failed", longrepr=longrepr))
    skipped = ("test_b.py", 5, "Skipped: no aiohttp")
    plugin.pytest_runtest_logreport(report(TESTS[1], "skipped", when="setup", longrepr=skipped))
    data = finished(plugin)
    assert data["failures"] == {f"{TESTS[0]} (call)": "assert 1 == 2"}
    assert data["skips"] == {"no aiohttp": 1}
    assert data["tests"]["contract"]["failed"] == 1


def test_a_run_of_a_part_replaces_no_result(path: Path) -> None:
    whole = finished(recorded(path))
    plugin, terminal = recording.Recording(path), Terminal()
    plugin.pytest_runtest_logreport(report(TESTS[0]))
    plugin.pytest_terminal_summary(terminal)
    assert json.loads(path.read_text(encoding="utf-8")) == whole
    assert "no result is written" in terminal.lines[0]


def test_only_a_whole_result_of_this_code_is_done(path: Path) -> None:
    assert not is_done(path, recording.source())
    data = finished(recorded(path))
    data["python"]["version"], data["backend"] = "3.8.1", "modern-openai"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert is_done(path, recording.source())
    assert not is_done(path, "1" * 64)
    del data["native"]["tools"]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert not is_done(path, recording.source())


# --- installing ----------------------------------------------------------------------------------


@pytest.fixture()
def called(monkeypatch: Any) -> List[List[str]]:
    commands: List[List[str]] = []
    monkeypatch.setattr(install.subprocess, "call", lambda words: commands.append(words) or 0)
    return commands


def test_uv_installs_where_it_is(called: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(install.shutil, "which", lambda name: "/bin/uv")
    assert install.main(["pytest>=7"]) == 0
    assert called == [
        ["/bin/uv", "pip", "install", "--quiet", "--python", sys.executable, "pytest>=7"]
    ]


def test_pip_installs_where_there_is_no_uv(called: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    assert install.main(["--environment", "py312-openai3.54.0"]) == 0
    pip = [sys.executable, "-m", "pip"]
    assert called == [
        [*pip, "install", "--quiet", "openai==3.54.0"],
        [*pip, "uninstall", "--quiet", "--yes", "httpx", "httpcore"],
    ]


@pytest.mark.parametrize("name", ["py38-none", "gateway"])
def test_some_environments_ask_for_nothing_more(called: Any, name: str) -> None:
    assert install.main(["--environment", name]) == 0
    assert called == []


def test_a_failed_install_fails_the_environment(monkeypatch: Any) -> None:
    monkeypatch.setattr(install.subprocess, "call", lambda words: 7)
    assert install.main(["--environment", "py38-openai1.0.0"]) == 7
