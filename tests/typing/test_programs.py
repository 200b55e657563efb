"""Programs of users as mypy --strict and pyright see them.

A program is only read, never run. A line that ends in ``# error`` is one that both checkers must
refuse (``# error: mypy``: this one); they refuse no other. ``assert_type`` says what an expression
is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Callable, Dict, List, Set

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROGRAMS = sorted((HERE / "programs").glob("*.py"))
MARK = "# error"


def run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=str(ROOT),
        env={**os.environ, "MYPYPATH": "", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def is_program(path: str) -> bool:
    """Not a file of the package, which has its own check."""
    return (ROOT / path).parent == HERE / "programs"


def mypy(programs: List[Path], folder: Path) -> Dict[str, Dict[int, str]]:
    """The first error of each line that mypy refuses, by program."""
    options = ["--strict", "--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary"]
    options += ["--cache-dir", str(folder), "--python-version", "3.10"]
    refused: Dict[str, Dict[int, str]] = {}
    for line in run("mypy", *options, *map(str, programs)).splitlines():
        place, _, message = line.partition(": error: ")
        path, _, number = place.rpartition(":")
        if message and is_program(path):
            refused.setdefault(Path(path).name, {}).setdefault(int(number), message)
    return refused


def pyright(programs: List[Path], folder: Path) -> Dict[str, Dict[int, str]]:
    """The same of pyright."""
    names = [str(path.relative_to(ROOT)) for path in programs]
    report = json.loads(run("pyright", "--outputjson", "--pythonversion", "3.10", *names))
    assert report["summary"]["filesAnalyzed"] >= len(programs)
    refused: Dict[str, Dict[int, str]] = {}
    for item in report["generalDiagnostics"]:
        if item["severity"] == "error" and is_program(item["file"]):
            number = item["range"]["start"]["line"] + 1
            refused.setdefault(Path(item["file"]).name, {}).setdefault(number, item["message"])
    return refused


CHECKERS: Dict[str, Callable[[List[Path], Path], Dict[str, Dict[int, str]]]] = {
    "mypy": mypy,
    "pyright": pyright,
}


@pytest.fixture(scope="module", params=sorted(CHECKERS))
def refused(request: Any, tmp_path_factory: Any) -> Any:
    """The name of the checker, and what it refuses."""
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed here")
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, CHECKERS[request.param](PROGRAMS, folder)


def marked(program: Path, checker: str = "mypy") -> Set[int]:
    lines = program.read_text(encoding="utf-8").splitlines()
    marks = (MARK, f"{MARK}: {checker}")
    return {number for number, line in enumerate(lines, 1) if line.endswith(marks)}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_a_program(program: Path, refused: Any) -> None:
    checker, errors_of = refused
    errors, expected = errors_of.get(program.name, {}), marked(program, checker)
    assert {number: text for number, text in errors.items() if number not in expected} == {}
    assert expected - set(errors) == set()


def test_mistakes_are_expected_and_so_is_their_absence() -> None:
    counts = {program.stem: len(marked(program)) for program in PROGRAMS}
    assert counts["mistakes"] > 20
    assert min(counts.values()) == 0
