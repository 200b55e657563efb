"""Programs in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Optional

import dsadapter

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(dsadapter.__file__)))


def run(program: str, *paths: Any, folder: Optional[Path] = None) -> Any:
    """Run a program in a process of its own; ``paths`` stand in front on sys.path."""
    search = os.pathsep.join([*map(str, paths), ROOT])
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"},
        cwd=folder and str(folder),
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done
