"""Which files are the user's: source and requirement files, without environments and caches."""

from __future__ import annotations

import os
from typing import Iterator, List, Tuple

from .requirements import is_requirements

SKIPPED = frozenset(
    "node_modules __pycache__ site-packages dist-packages build dist .git .hg .svn .tox .nox "
    ".mypy_cache .ruff_cache .pytest_cache .eggs .ipynb_checkpoints __pypackages__".split()
)
LARGEST = 2_000_000  # bytes; a larger .py is data


def files(paths: Tuple[str, ...]) -> Tuple[List[str], List[str]]:
    """Python files and requirement files under the paths; those beside a named file too."""
    python: List[str] = []
    declared: List[str] = []
    for path in paths:
        if os.path.isdir(path):
            for found in _under(path):
                (declared if is_requirements(os.path.basename(found)) else python).append(found)
        elif is_requirements(os.path.basename(path)):
            declared.append(path)
        else:
            python.append(path)
            declared += _beside(path)
    return list(dict.fromkeys(python)), list(dict.fromkeys(declared))


def _under(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_skipped(place, name))
        for name in sorted(names):
            if name.endswith((".py", ".pyw")) or is_requirements(name):
                yield os.path.join(place, name)


def _is_skipped(place: str, name: str) -> bool:
    if name in SKIPPED or name.endswith(".egg-info"):
        return True
    return os.path.exists(os.path.join(place, name, "pyvenv.cfg"))


def _beside(path: str) -> Iterator[str]:
    folder = os.path.dirname(path) or "."
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return iter(())
    return (
        os.path.join(folder, name) if folder != "." else name
        for name in names
        if is_requirements(name)
    )
