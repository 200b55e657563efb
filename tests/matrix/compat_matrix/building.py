"""The environments of ``run.py``: made once, kept, and given the wheel of the code that is there.

uv makes them of hard links where it is found; else venv and pip do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence

from .product import Environment

#: What ``deps`` of an environment of tox has.
TEST_REQUIREMENTS = ("pytest>=7", "hypothesis>=6")
_BIN = "Scripts" if os.name == "nt" else "bin"


class BuildError(Exception):
    """An environment, or the wheel, could not be made; the text is the command's own."""


def interpreter(python: str) -> Optional[str]:
    """The path of a Python of this series; None where there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    found = [shutil.which(f"python{python}"), sys.executable]
    found += [str(path) for path in sorted(pyenv.glob(f"{python}.*/bin/python"))]
    return next((path for path in found if path and _series(path) == python), None)


def _series(path: str) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([path, "-c", code], capture_output=True, encoding="utf-8")
    except OSError:
        return ""
    return done.stdout.strip()


class Builder(NamedTuple):
    """Makes environments below ``folder`` with the wheel that it built."""

    folder: Path
    interpreters: Dict[str, str]
    uv: Optional[str]
    wheel: Path

    def build(self, row: Environment) -> Path:
        """The folder of the environment's programs; a kept one only gets the wheel."""
        home = self.folder / row.name
        stamp, wanted = home / "made-of.json", self._made_of(row)
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
            shutil.rmtree(str(home), ignore_errors=True)
            self._create(home, row)
            stamp.write_text(wanted, encoding="utf-8")
        self._pip(home, "install", "--no-deps", *self._again, str(self.wheel))
        return home / _BIN

    @property
    def _again(self) -> Sequence[str]:
        reinstall = ("--reinstall-package", "dsadapter")
        return reinstall if self.uv else ("--force-reinstall",)

    def _made_of(self, row: Environment) -> str:
        python = self.interpreters[row.python]
        return json.dumps([python, TEST_REQUIREMENTS, row.sdk.requirements, row.sdk.without])

    def _create(self, home: Path, row: Environment) -> None:
        python = self.interpreters[row.python]
        if self.uv:
            call([self.uv, "venv", "--quiet", "--python", python, str(home)])
        else:
            call([python, "-m", "venv", str(home)])
        self._pip(home, "install", *TEST_REQUIREMENTS, str(self.wheel))
        if row.sdk.requirements:  # afterwards, as its user has it: urllib3-future over urllib3
            self._pip(home, "install", *row.sdk.requirements)
        if row.sdk.without:
            self._pip(home, "uninstall", *([] if self.uv else ["--yes"]), *row.sdk.without)

    def _pip(self, home: Path, *arguments: str) -> None:
        python = str(home / _BIN / "python")
        if self.uv:
            call([self.uv, "pip", arguments[0], "--quiet", "--python", python, *arguments[1:]])
        else:
            call([python, "-m", "pip", arguments[0], "--quiet", *arguments[1:]])


def builder(root: Path, folder: Path, interpreters: Dict[str, str]) -> Builder:
    """With a wheel of ``root`` as it is now."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    wheels = folder / "wheel"
    shutil.rmtree(str(wheels), ignore_errors=True)
    wheels.mkdir(parents=True)
    if uv:
        call([uv, "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(root)])
    else:
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        call([*pip, "--wheel-dir", str(wheels), str(root)])
    return Builder(folder, interpreters, uv, next(wheels.glob("*.whl")))


def call(command: List[str]) -> None:
    """Run it; BuildError with what it said where it fails."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise BuildError(f"{' '.join(command)}\n{(done.stderr or done.stdout).strip()}")
