"""The way of a call stays short: counted by the script that anybody can run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "call_path.py"


def test_both_faces_are_within_their_moves() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60
    )
    assert done.returncode == 0, done.stdout.decode()
    assert b"modern face: " in done.stdout and b"legacy face: " in done.stdout
