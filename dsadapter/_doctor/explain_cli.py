"""``python -m dsadapter explain``; the command itself is in ``explainer``."""

from __future__ import annotations

from .isolated import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List


def main(argv: List[str], command: str) -> int:
    return start("explainer", argv)
