"""Warnings that name the caller's line, not one of this package."""

from __future__ import annotations

import sys
import warnings
from types import FrameType
from typing import Type


def warn_caller(message: str, category: Type[Warning] = UserWarning) -> None:
    """Warn at the first frame outside this package."""
    depth, frame = 1, sys._getframe()
    while frame.f_back and _is_ours(frame):
        depth, frame = depth + 1, frame.f_back
    warnings.warn(message, category, stacklevel=depth)


def _is_ours(frame: FrameType) -> bool:
    return f"{frame.f_globals.get('__name__', '')}.".startswith("dsadapter.")
