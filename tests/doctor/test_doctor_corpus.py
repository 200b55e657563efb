"""Environments broken for real, and healthy ones: the right check speaks, at most one more, and
``--fix --yes`` mends it or says why not.

Slow, and they need a package index: DSADAPTER_TEST_ENVS=1. Each base is resolved once, and copied.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

import pytest
from broken_environments import BASES, CASES, HEALTHY, LINUX, Case, Change, Place
from broken_environments_fresh import FRESH, HEALTHY_FRESH
from doctor_machines import ROOT, Ran, command

pytestmark = [
    pytest.mark.envs,
    pytest.mark.skipif(
        not os.environ.get("DSADAPTER_TEST_ENVS"),
        reason="builds environments through the package index: DSADAPTER_TEST_ENVS=1",
    ),
]
OWN = ("requests", "httpx", "python-dotenv", "packaging")
KEY = {"DEEPSEEK_API_KEY": "sk-0123456789abcdef0123456789abcdef"}
INDEX = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))}
AGED = "python-end-of-life"  # this Python's own, not the environment's


@pytest.fixture(scope="session")
def bases(tmp_path_factory: Any) -> Callable[[str], Path]:
    root = Path(os.environ.get("DSADAPTER_TEST_ENVS_DIR") or tmp_path_factory.mktemp("bases"))

    def get(name: str) -> Path:
        folder = root / f"base-{name}-{sys.version_info[0]}.{sys.version_info[1]}"
        if not (folder / "built").exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            pinned = {word.partition("=")[0] for word in BASES[name]}
            words = (*BASES[name], *(own for own in OWN if own not in pinned))
            pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", *words]
            subprocess.run(pip, check=True)
            (folder / "built").touch()
        return folder

    return get


@pytest.fixture()
def place(tmp_path: Path, bases: Any, request: Any) -> Place:
    base = next(arg for arg in request.node.callspec.params.values() if hasattr(arg, "base")).base
    return copied(bases(base), tmp_path)


def copied(base: Path, folder: Path) -> Place:
    shutil.copytree(base, folder / "env", symlinks=True)
    python = str(folder / "env" / "bin" / "python")
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    done = subprocess.run(asked, stdout=subprocess.PIPE, check=True)
    (folder / "work").mkdir()
    return Place(python, Path(done.stdout.decode().strip()), folder / "work")


def doctor(place: Place, *argv: str, env: Dict[str, str]) -> Ran:
    paths = [str(ROOT), *([env["PYTHONPATH"]] if "PYTHONPATH" in env else [])]
    env = {**KEY, **INDEX, **env, "PYTHONPATH": os.pathsep.join(paths)}
    return command("doctor", *argv, cwd=place.work, python=place.python, env=env)


def loud(ran: Ran) -> set:
    return set(ran.found()) - {AGED}


def kept_files(place: Place) -> Dict[str, bytes]:
    """The files beside the program, by what is in them: --fix may rename, never lose one."""
    return {str(path): path.read_bytes() for path in place.work.rglob("*") if path.is_file()}


@pytest.mark.skipif(not LINUX, reason="the layout of environments")
@pytest.mark.parametrize("case", [*CASES, *FRESH], ids=lambda case: case.name.replace(" ", "-"))
def test_broken(case: Case, place: Place) -> None:
    env = case.change(place) or {}
    ran = doctor(place, *case.argv, "--json", env=env)
    assert case.check in ran.found(), ran.told()
    assert len(loud(ran)) <= 2, ran.told()
    before = kept_files(place)
    fixed = doctor(place, *case.argv, "--fix", "--yes", env=env)
    after = kept_files(place)
    originals = set(before.values()) - {raw for raw in before.values() if b"\xc3" in raw}
    assert originals <= set(after.values()), "a file was lost"
    for path in place.work.rglob("*.bak*"):
        assert path.read_bytes() == b"mine\n" or stat.S_IMODE(path.stat().st_mode) == 0o600
    if case.by_hand:
        assert "This has to be done by hand." in fixed.out, fixed.told()
        assert "\n$ " not in fixed.out, "something was run"
    else:
        assert f"Mended: {case.check}" in fixed.out, fixed.told()
        same = "--force-reinstall" in fixed.out or case.check == "python-pip"
        assert "To undo:" in fixed.out or same, "the versions are those of before"
        assert fixed.code == 0 and "0 problems" in fixed.out, fixed.told()


class Healthy:
    def __init__(self, name: str, base: str, change: Change) -> None:
        self.name, self.base, self.change = name, base, change


@pytest.mark.skipif(not LINUX, reason="the layout of environments")
@pytest.mark.parametrize(
    "case",
    [Healthy(*row) for row in [*HEALTHY, *HEALTHY_FRESH]],
    ids=lambda case: case.name.replace(" ", "-"),
)
def test_healthy(case: Healthy, place: Place) -> None:
    ran = doctor(place, "--json", env=case.change(place) or {})
    assert (ran.code, loud(ran)) == (0, set()), ran.told()


def test_there_are_enough() -> None:
    assert len(CASES) >= 60 and len(HEALTHY) >= 20
    cases = [*CASES, *FRESH]
    assert len({case.name for case in cases}) == len(cases)


# --- environments of other kinds -----------------------------------------------------------------


def healthy_words(python: str, work: Path, env: Dict[str, str]) -> Tuple[int, set, str]:
    ran = command("doctor", "--json", cwd=work, python=python, env={**KEY, **env})
    return ran.code, loud(ran), ran.told()


@pytest.mark.skipif(not LINUX, reason="the layout of environments")
def test_system_site_packages(bases: Any, tmp_path: Path) -> None:
    """An environment over another one, with a newer SDK in it."""
    folder = tmp_path / "over"
    base = bases("modern")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site = next((base / "lib").glob("python*/site-packages"))
    mine = next((folder / "lib").glob("python*/site-packages"))
    (mine / "base.pth").write_text(f"{site}\n")
    code, found, told = healthy_words(str(folder / "bin" / "python"), tmp_path, {})
    assert (code, found) == (0, set()), told


@pytest.mark.skipif(not LINUX, reason="the layout of environments")
def test_user_installs(tmp_path: Path) -> None:
    """``pip install --user`` for a Python outside of any environment; and its fix stays there."""
    python = os.path.realpath(sys.executable)
    env = {"PYTHONUSERBASE": str(tmp_path / "user"), **INDEX}
    words = [python, "-m", "pip", "install", "-q", "--user", "--ignore-installed"]
    done = subprocess.run([*words, "openai==1.109.1", *OWN], env={**os.environ, **env})
    if done.returncode:
        pytest.skip("this Python has no pip, or its system forbids it")
    work = tmp_path / "work"
    work.mkdir()
    _, found, told = healthy_words(python, work, env)
    # What else is installed beside this Python may have wishes of its own.
    assert found <= {"conflict-pins"}, told
    (module,) = (tmp_path / "user").rglob("site-packages/openai/_client.py")
    module.unlink()
    ran = command("doctor", "--fix", "--yes", cwd=work, python=python, env={**KEY, **env})
    assert "Mended: sdk-files" in ran.out and module.exists(), ran.told()
