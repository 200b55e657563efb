"""Which files are the user's, without environments and caches; and how they are read."""

from __future__ import annotations

import os
import stat
import tokenize
from io import BytesIO
from typing import Iterator, List, Tuple

from .requirements import is_requirements

SKIPPED = frozenset(
    "node_modules __pycache__ site-packages dist-packages build dist .git .hg .svn .tox .nox "
    ".mypy_cache .ruff_cache .pytest_cache .eggs .ipynb_checkpoints __pypackages__".split()
)
LARGEST = 2_000_000  # bytes; a larger .py is data


def project_files(paths: Tuple[str, ...]) -> Tuple[List[str], List[str]]:
    """Python files and requirement files under the paths; those beside a named file too."""
    python: List[str] = []
    declared: List[str] = []
    for path in paths:
        if os.path.isdir(path):
            for file in _walk(path):
                (declared if is_requirements(os.path.basename(file)) else python).append(file)
        elif is_requirements(os.path.basename(path)):
            declared.append(path)
        else:
            python.append(path)
            declared += _next_to(path)
    return list(dict.fromkeys(python)), list(dict.fromkeys(declared))


def _walk(folder: str) -> Iterator[str]:
    for folder_path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_skipped(folder_path, name))
        for name in sorted(names):
            if name.endswith((".py", ".pyw")) or is_requirements(name):
                yield os.path.join(folder_path, name)


def _is_skipped(folder_path: str, name: str) -> bool:
    if name in SKIPPED or name.endswith(".egg-info"):
        return True
    return os.path.exists(os.path.join(folder_path, name, "pyvenv.cfg"))


def _next_to(path: str) -> Iterator[str]:
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


def read_file(path: str, limit: int = LARGEST) -> bytes:
    """At most ``limit`` bytes of a file. Raises OSError, also for a pipe or a folder."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError("not a regular file")
    with open(path, "rb") as file:
        return file.read(limit)


def decode_python(raw: bytes) -> str:
    """The text of a module, by its own encoding line. Raises SyntaxError, UnicodeDecodeError."""
    encoding, _ = tokenize.detect_encoding(BytesIO(raw).readline)
    return raw.decode(encoding)
