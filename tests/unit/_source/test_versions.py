"""Versions are compared as ``packaging`` does, by whichever copy works, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import dsadapter
from dsadapter._source import versions

ROOT = Path(str(dsadapter.__file__)).parents[1]


@pytest.mark.parametrize(
    ("specifier", "version", "expected"),
    [
        (">=1,<2", "1.55.2", True),
        (">=1,<2", "2.0", False),
        ("<2", "2.0.dev0", False),
        ("<1.0", "1.0rc1", False),  # as packaging has it
        (">=1.0.dev0", "1.0.dev6", True),  # pre-releases count
        ("==1.*", "1.9", True),
        ("", "1", True),
        ("==2024.08.30", "2024.8.30", True),
        ("<<<1", "1", True),  # nothing is claimed of what is no specifier
    ],
)
def test_contains(specifier: str, version: str, expected: bool) -> None:
    assert versions.contains(specifier, version) is expected


@pytest.mark.parametrize("version", ["", "unknown", "1.x", "latest"])
def test_what_is_no_version(version: str) -> None:
    assert not versions.is_version(version)
    assert versions.contains(">=1", version)  # nothing is claimed of it
    assert not versions.contains("==1", version)


@pytest.mark.parametrize(
    ("specifiers", "expected"),
    [
        (["<1", ">=1"], False),
        (["<=1", ">=1"], True),
        (["==1.*", ">=1.55.3"], True),
        (["==1.5", "!=1.5"], False),
        (["~=1.4", ">=2"], False),
        (["!=1.*", ">=1,<2"], False),
        (["<2"], True),
        (["", ">3"], True),
        ([">=1.26,<2", "<1.55.3", ">=1.40"], True),
    ],
)
def test_satisfiable(specifiers: list, expected: bool) -> None:
    assert versions.satisfiable(specifiers) is expected


def test_clauses() -> None:
    assert versions.clauses(">=1,<2") == (("<", "2"), (">=", "1"))
    assert versions.clauses("latest") == ()


def test_newest() -> None:
    assert versions.newest(["1.9", "1.10", "x"]) == "1.10"


@pytest.mark.parametrize(
    "text",
    [
        "openai<2,>=1",
        "openai (>=1)",
        'typing-extensions ; python_version < "3.8"',
        'x ; python_version < "3.99"',
        'x ; python_version >= "3.99" and sys_platform == "linux"',
        "x ; sys_platform != 'linux'",
        "x ; sys_platform == 'emscripten' and python_version >= '3.1'",
        "x ; platform_system == 'Linux'",
        "x ; (os_name == 'nt' and extra == 'a') or (sys_platform == 'linux' and extra == 'b')",
        'x[a,b]>=1 ; extra == "q"',
        "b @ https://x ; python_version>='3'",
        "foo; sys_platform == 'win32' or (os_name=='posix' and python_full_version >= '3.7')",
        "foo; '3.6' < python_version",
        "foo; extra == 'a' or python_version > '3'",
        "foo; python_version in '3.8 3.9' and implementation_name == 'cpython'",
        "foo; not_a_variable == '1'",
    ],
)
def test_requirements(text: str) -> None:
    found = versions.parse(text)
    assert found is not None
    try:
        there = Requirement(text)
    except ValueError:  # packaging refuses it; the doctor must go on
        assert versions.applies(found.marker) is True
        return
    assert found.name == there.name
    assert SpecifierSet(found.specifier) == there.specifier
    expected = there.marker.evaluate({"extra": ""}) if there.marker else True
    assert versions.applies(found.marker) is expected


@pytest.mark.parametrize("text", ["", "-r other.txt", "./local", "==1", "a b c", "httpx<<<1"])
def test_what_is_no_requirement(text: str) -> None:
    assert versions.parse(text) is None


# --- which copy ----------------------------------------------------------------------------------

ASK = (
    "from dsadapter._source import versions as v\n"
    "print(v.available() and v.contains('>=1', '2'), v._module('specifiers').__name__"
    " if v.available() else '')"
)


def asked(folder: Path, *flags: str, path: Any = ()) -> str:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, *path)))}
    command = [sys.executable, *flags, "-c", ASK]
    done = subprocess.run(command, cwd=folder, env=env, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().strip()


elsewhere = pytest.mark.skipif(
    (ROOT / "packaging").exists(),
    reason="packaging lies beside the package, so no other takes its place",
)


@elsewhere
@pytest.mark.parametrize("text", ["raise SystemExit(9)", "1 +", "import nowhere", ""])
def test_a_broken_packaging_is_replaced_by_pips_own(tmp_path: Path, text: str) -> None:
    pytest.importorskip("pip")
    (tmp_path / "lib" / "packaging").mkdir(parents=True)
    (tmp_path / "lib" / "packaging" / "__init__.py").write_text(text)
    found = asked(tmp_path, path=[tmp_path / "lib"])
    assert found == "True pip._vendor.packaging.specifiers"


@elsewhere
def test_without_either_nothing_is_compared(tmp_path: Path) -> None:
    assert asked(tmp_path, "-S") == "False"


def test_and_that_is_raised(monkeypatch: Any) -> None:
    monkeypatch.setattr(versions, "_module", lambda name: None)
    for question in (
        lambda: versions.is_version("1.2.3.4"),
        lambda: versions.contains(">=1.2.3", "1.2.3.4"),
        lambda: versions.applies("python_version > '3.1'"),
    ):
        with pytest.raises(versions.Unavailable):
            question()
