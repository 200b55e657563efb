"""Starts a command with the working directory off the search path: a file named json.py or
requests.py may lie there. Until that is done, nothing may be imported but what Python has loaded.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List


def start(module: str, argv: List[str]) -> int:
    """``run(argv, path)`` of a module of this package; ``path`` is the one that programs have."""
    before = sys.path
    here = ("", working_directory())
    sys.path = [entry for entry in before if entry not in here]
    try:
        from importlib import import_module

        from .. import _search_path

        path = _search_path.original or before
        return int(import_module(f"dsadapter._doctor.{module}").run(argv, path))
    finally:
        sys.path = before


def working_directory() -> str:
    """The working directory, the root where it was deleted."""
    try:
        return os.getcwd()
    except OSError:  # it was deleted; CPython 3.13.0 cannot import socket there
        os.chdir(os.sep)
        return os.sep
