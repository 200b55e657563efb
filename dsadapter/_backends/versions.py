"""Versions as tuples, for a program that must not depend on ``packaging`` being healthy."""

from __future__ import annotations

import re
from typing import Tuple


def release(version: str) -> Tuple[int, ...]:
    """``"1.55.2rc1"`` -> ``(1, 55, 2)``; ``()`` for what has no number in front."""
    match = re.match(r"\d+(?:\.\d+)*", version.strip().lstrip("v"))
    return tuple(int(part) for part in match.group().split(".")) if match else ()


def at_least(version: str, floor: str) -> bool:
    """Whether ``version`` is ``floor`` or newer, by their numbers."""
    return _padded(version) >= _padded(floor)


def below(version: str, ceiling: str) -> bool:
    """Whether ``version`` is older than ``ceiling``, by their numbers."""
    return not at_least(version, ceiling)


def _padded(version: str) -> Tuple[int, ...]:
    return (release(version) + (0, 0, 0, 0))[:4]
