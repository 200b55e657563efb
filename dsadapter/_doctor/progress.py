"""A line that counts, on a terminal, once a scan has taken two seconds."""

from __future__ import annotations

import sys
import time
from typing import Iterator, Sequence

from .. import _console

PATIENCE = 2.0  # seconds without a sign
INTERVAL = 0.2  # seconds between two signs


def counted(paths: Sequence[str]) -> Iterator[str]:
    """The paths, one by one; the line is wiped away at the end."""
    if not _console.is_terminal(sys.stderr):
        yield from paths
        return
    due_at, width = time.monotonic() + PATIENCE, 0
    for number, path in enumerate(paths):
        if time.monotonic() >= due_at:
            due_at = time.monotonic() + INTERVAL
            width = _show(f"{number}/{len(paths)}")
        yield path
    if width:
        sys.stderr.write("\r" + " " * width + "\r")
        sys.stderr.flush()


def _show(text: str) -> int:
    sys.stderr.write(f"\r{text}")
    sys.stderr.flush()
    return len(text)
