"""What a result is of: one sha256 of the code whose behaviour was measured."""

from __future__ import annotations

import hashlib
from pathlib import Path

#: Left out, below the package: the version, and the words for people. No decision reads a word
#: (a rule of CONTRIBUTING.md), so neither changes what a mark says.
WITHOUT = ("_version.py", "_texts/")


def of(package: Path) -> str:
    """The digest of every Python file of ``package`` but those; line ends do not count."""
    total = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if not name.startswith(WITHOUT):
            text = path.read_bytes().replace(b"\r\n", b"\n")
            total.update(name.encode() + b"\0" + text + b"\0")
    return total.hexdigest()
