"""Two search paths: the one programs here have, and the doctor's own without the folder it is
started in, where a file named json.py or requests.py may lie."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import Iterable, Iterator, List

from .._named_tuple import NamedTuple
from .isolated import working_directory


class Subject(NamedTuple):
    """What is examined: a working directory, the folder of the program (mostly the same), and the
    path that the program would have."""

    cwd: str
    program: str
    path: List[str]

    def without(self, folders: Iterable[str]) -> Subject:
        """The same without these folders on the path."""
        left_out = set(folders)
        return self._replace(path=[entry for entry in self.path if entry not in left_out])

    def of(self, program: str) -> Subject:
        """The same for a program in another folder."""
        return Subject(self.cwd, program, [program, *self.path[1:]])


def subject(path: List[str]) -> Subject:
    """From the search path as Python made it, whose first entry is the program's folder."""
    cwd = working_directory()
    prepended = not (sys.flags.isolated or getattr(sys.flags, "safe_path", False))
    entries = path[1:] if prepended else path
    return Subject(cwd, cwd, [cwd, *(entry for entry in entries if entry not in ("", cwd))])


@contextmanager
def program_path(examined: Subject) -> Iterator[None]:
    """For ``find_spec``, which imports nothing of a top-level name."""
    original, sys.path = sys.path, examined.path
    try:
        yield
    finally:
        sys.path = original
