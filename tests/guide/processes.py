"""Fresh Python processes for the tests of programs, examples and pages."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, List

import dsadapter

PACKAGE_ROOT = str(Path(dsadapter.__file__).parent.parent)
PLUGIN = "dsadapter.testing.pytest_plugin"


class Finished:
    """What a process said and how it ended."""

    def __init__(self, done: Any) -> None:
        self.out = done.stdout.decode("utf-8").replace("\r\n", "\n")
        self.err = done.stderr.decode("utf-8", "replace").replace("\r\n", "\n")
        self.code = done.returncode


def python(arguments: List[str], folder: Path, **variables: str) -> Finished:
    """Run this interpreter in ``folder``; the package under test is importable."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": PACKAGE_ROOT}
    environment.update(variables)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=str(folder),
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    return Finished(done)


def plugin_arguments() -> List[str]:
    """What makes ``deepseek_emulator`` known where dsadapter is importable but not installed."""
    installed = (point.value for dist in distributions() for point in dist.entry_points)
    return [] if PLUGIN in installed else ["-p", PLUGIN]
