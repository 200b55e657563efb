"""Programs in the styles of real ones: as text here, beside real SDKs by ``tox run -e migrate``.

The first line of a program says which rules it needs: S alone, U, or M and the rule's id.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import List

import pytest

from dsadapter._migrate.analysis import Options
from dsadapter._migrate.rules import BY_ID
from dsadapter._migrate.source_file import Rewritten, rewrite_file
from dsadapter.testing import Emulator

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
HERE = Path(__file__).parents[2]


def kind(path: Path) -> List[str]:
    """``["M", "stream-unknown"]``"""
    return path.read_text(encoding="utf-8").split("\n")[0].partition("kind: ")[2].split()


def of_kind(letter: str) -> List[Path]:
    return [path for path in PROGRAMS if kind(path)[0] == letter]


def migrated(path: Path, unsafe: bool = False) -> Rewritten:
    return rewrite_file(str(path), Options("openai", unsafe))


def name_of(path: Path) -> str:
    return path.stem


def test_there_are_programs_of_each_kind() -> None:
    assert min(len(of_kind(letter)) for letter in "SUM") >= 4
    assert len(PROGRAMS) >= 60


@pytest.mark.parametrize("path", of_kind("S"), ids=name_of)
def test_a_safe_program_is_rewritten_without_a_marker(path: Path) -> None:
    file = migrated(path)
    assert file.is_changed
    assert file.markers == ()
    for old in ("ChatCompletion", "openai.api_base", "openai.error", "request_timeout="):
        assert old not in file.new_text


@pytest.mark.parametrize("path", of_kind("U"), ids=name_of)
def test_an_unsafe_one_needs_the_flag(path: Path) -> None:
    assert {BY_ID[marker.rule].kind for marker in migrated(path).markers} == {"U"}
    assert migrated(path, unsafe=True).markers == ()


@pytest.mark.parametrize("path", of_kind("M"), ids=name_of)
def test_what_needs_a_person_has_a_comment(path: Path) -> None:
    for unsafe in (False, True):
        file = migrated(path, unsafe)
        assert kind(path)[1] in {marker.rule for marker in file.markers}
        lines = file.new_text.split("\n")
        for marker in file.markers:
            assert f"# dsadapter migrate {marker.rule}: " in lines[file.line_of(marker) - 1]


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("path", PROGRAMS, ids=name_of)
def test_a_second_run_is_empty(path: Path, unsafe: bool, tmp_path: Path) -> None:
    first = migrated(path, unsafe)
    copy = tmp_path / path.name
    copy.write_bytes(first.after)
    second = migrated(copy, unsafe)
    assert second.new_text == second.old_text
    rules = [marker.rule for marker in first.markers]
    assert [marker.rule for marker in second.markers] == rules


def test_to_dsadapter_the_programs_run(tmp_path: Path) -> None:
    """All in one process, beside the SDK that is here."""
    others = re.compile("acreate|import (?:flask|tenacity|backoff)|from (?:flask|tenacity)")
    chosen = [p for p in PROGRAMS if kind(p)[0] == "S" and not others.search(p.read_text())][:8]
    for path in chosen:
        file = rewrite_file(str(path), Options("dsadapter"))
        assert file.is_changed
        (tmp_path / path.name).write_bytes(file.after)
    code = (
        "import runpy, sys\npaths, sys.argv[1:] = sys.argv[1:], []\nfor path in paths:\n"
        "    runpy.run_path(path, run_name='__main__')\n    print('---')\n"
    )
    paths = [str(tmp_path / path.name) for path in chosen]
    with Emulator() as emulator:
        settings = {"API_KEY": "sk-test", "API_BASE": emulator.base_url, "PYTHONPATH": str(HERE)}
        process = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code, *paths],
            env={**os.environ, **settings, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            cwd=str(tmp_path),
            timeout=120,
        )
    assert process.returncode == 0, process.stderr.decode()
    assert process.stdout.decode().count("---") == len(chosen)
