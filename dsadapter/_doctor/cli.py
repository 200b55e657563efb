"""``python -m dsadapter doctor``; the command itself is in ``doctor``."""

from __future__ import annotations

from .isolated import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List


def main(argv: List[str], command: str) -> int:
    return start("doctor", argv)
