"""A second name for what is in the way: one that nobody has, so that nothing is overwritten."""

from __future__ import annotations

import os
from itertools import count


def beside(path: str, tag: str) -> str:
    """``openai_app.py`` for ``openai.py`` and "_app", else ``openai_app_2.py`` and so on."""
    stem, ending = os.path.splitext(path)
    if os.path.isdir(path):
        stem, ending = path, ""
    return free(f"{stem}{tag}{ending}")


def free(path: str) -> str:
    """The path, or with a number in it where something has that name."""
    stem, ending = os.path.splitext(path)
    numbered = (path if n == 1 else f"{stem}_{n}{ending}" for n in count(1))
    return next(name for name in numbered if not os.path.lexists(name))
