"""Which files are the user's, without environments and caches; and how they are read."""

from __future__ import annotations

import os
import re
import stat
import tokenize
from io import BytesIO
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

from .declarations import is_declaration

SKIPPED = frozenset(
    "node_modules __pycache__ site-packages dist-packages build dist .git .hg .svn .tox .nox "
    ".mypy_cache .ruff_cache .pytest_cache .eggs .ipynb_checkpoints __pypackages__".split()
)
LARGEST = 2_000_000  # bytes; a larger .py is data
LARGEST_NOTEBOOK = 20_000_000  # bytes; pictures stand in them
DENSEST = 200_000  # words and signs; the tree of more takes over 150 MB
_TOKEN = re.compile(r"\w+|[^\w\s]")


CODE = (".py", ".pyw", ".ipynb")


class ProjectFiles(NamedTuple):
    """Code and notebooks, files that declare requirements, and folders that cannot be listed with
    the reason."""

    code: List[str]
    declared: List[str]
    unreadable: List[Tuple[str, str]]

    def without(self, is_excluded: Callable[[str], bool]) -> ProjectFiles:
        """The files that are not excluded."""
        code = [path for path in self.code if not is_excluded(path)]
        return self._replace(code=code, declared=[p for p in self.declared if not is_excluded(p)])


def project_files(paths: Tuple[str, ...]) -> ProjectFiles:
    """What is under the paths; of a named file the requirements beside it too."""
    files = ProjectFiles([], [], [])
    folders: Dict[str, None] = {}  # of the named files, in order
    for path in paths:
        if os.path.isdir(path):
            for file in _walk(path, files.unreadable):
                is_declared = is_declaration(os.path.basename(file))
                (files.declared if is_declared else files.code).append(file)
        elif is_declaration(os.path.basename(path)):
            files.declared.append(path)
        else:
            files.code.append(path)
            folders.setdefault(os.path.dirname(path))
    for folder in folders:
        files.declared.extend(_declared_in(folder))
    code, declared = list(dict.fromkeys(files.code)), list(dict.fromkeys(files.declared))
    return ProjectFiles(code, declared, files.unreadable)


def _walk(folder: str, unreadable: List[Tuple[str, str]]) -> Iterator[str]:
    def refuse(err: OSError) -> None:
        unreadable.append((str(err.filename or folder), err.strerror or type(err).__name__))

    for folder_path, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not _is_skipped(folder_path, name))
        for name in sorted(names):
            if name.endswith(CODE) or is_declaration(name):
                yield os.path.join(folder_path, name)


def _is_skipped(folder_path: str, name: str) -> bool:
    if name in SKIPPED or name.endswith(".egg-info"):
        return True
    return os.path.exists(os.path.join(folder_path, name, "pyvenv.cfg"))


def _declared_in(folder: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        return iter(())
    return (os.path.join(folder, name) for name in names if is_declaration(name))


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


def is_too_dense(text: str) -> bool:
    """Whether the tree of a module would not fit into memory; what is as dense is data."""
    if len(text) <= DENSEST:
        return False
    return any(number > DENSEST for number, _ in enumerate(_TOKEN.finditer(text)))
