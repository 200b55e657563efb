"""``python -m dsadapter doctor`` and ``explain``; each command is in a module of its own."""

from __future__ import annotations

from .isolated import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List


def main(argv: List[str], command: str) -> int:
    """Run ``doctor`` or ``explain``, isolated from the working directory; gives its exit code."""
    return start(f"{command}_command", argv)
