"""Programs in processes of their own: imports are tested where nothing was imported before."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from importlib import metadata
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

import pytest
from packaging.version import Version

import dsadapter
from dsadapter._backends import detection
from dsadapter._backends.versions import at_least
from dsadapter.testing.emulator import Emulator

ROOT = str(Path(dsadapter.__file__).parents[1])


class Result(NamedTuple):
    code: int
    out: str
    err: str

    def lines(self) -> List[str]:
        return self.out.splitlines()


def _is_constructed() -> bool:
    """Whether the installed SDK can make a client: 1.0.0 to 1.55.2 cannot beside httpx 0.28."""
    try:
        openai, httpx = (Version(metadata.version(name)) for name in ("openai", "httpx"))
    except metadata.PackageNotFoundError:
        return True
    return not (Version("1.0.0") <= openai < Version("1.55.3") and httpx >= Version("0.28"))


constructed = pytest.mark.skipif(
    not _is_constructed(), reason="the SDK's client cannot be made beside this httpx"
)


def sdk_kind() -> str:
    """ "none", "legacy" or "modern"."""
    sdk = detection.sdk()
    if sdk is None or sdk.fault:
        return "none"
    return "modern" if at_least(sdk.version, "1") else "legacy"


def start(arguments: List[str], cwd: Path, **variables: str) -> subprocess.Popen[str]:
    inherited = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "LANG", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in inherited if name in os.environ}
    environment.update(PYTHONPATH=ROOT, PYTHONIOENCODING="utf-8", **variables)
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=str(cwd),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str], text: str = "", timeout: float = 60) -> Result:
    out, err = process.communicate(text, timeout)
    return Result(process.returncode, out, err)


@pytest.fixture()
def python(tmp_path: Path) -> Callable[..., Result]:
    """Run Python with these arguments, in the test's folder, with a clean environment."""

    def run(
        *arguments: str,
        cwd: Optional[Path] = None,
        text: str = "",
        timeout: float = 60,
        **variables: str,
    ) -> Result:
        return finish(start(list(arguments), cwd or tmp_path, **variables), text, timeout)

    return run


@pytest.fixture()
def script(tmp_path: Path) -> Callable[..., str]:
    def write(text: str, name: str = "program.py") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return name

    return write


@pytest.fixture()
def ok(python: Any, script: Any) -> Callable[..., List[str]]:
    """The lines that a program prints; its failure is the test's."""

    def run(text: str, **variables: str) -> List[str]:
        result: Result = python(script(text), **variables)
        assert result.code == 0, result.err
        return result.lines()

    return run


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


@pytest.fixture()
def served(emulator: Emulator) -> Dict[str, str]:
    """Variables by which DeepSeek is the emulator."""
    return {"DEEPSEEK_API_KEY": "sk-doors00000000000000000", "DEEPSEEK_BASE_URL": emulator.base_url}
