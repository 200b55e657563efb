"""What ``--fix`` does to files. Nothing is overwritten, and what holds a key stays private."""

from __future__ import annotations

import os

from .._settings.dotenv_file import decode
from .._source import env_file


def move(old: str, new: str) -> None:
    """Give a file or folder another name. Raises OSError, FileExistsError where it is taken."""
    old, new = os.path.expanduser(old), os.path.expanduser(new)
    if os.path.lexists(new):
        raise FileExistsError(17, "File exists", new)
    os.rename(old, new)


def save_as_utf8(path: str, copy: str) -> None:
    """Write a file anew as UTF-8, with the old one as ``copy``, readable by its owner alone."""
    path, copy = os.path.expanduser(path), os.path.expanduser(copy)
    with open(path, "rb") as file:
        raw = file.read()
    descriptor = os.open(
        copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(descriptor, "wb") as kept:
        kept.write(raw)
    with open(path, "wb") as file:
        file.write(decode(raw).encode("utf-8"))


def variables_kept(path: str) -> int:
    """How many variables a .env sets as UTF-8; -1 where it would set others. Raises OSError."""
    with open(os.path.expanduser(path), "rb") as file:
        text = decode(file.read())
    before = env_file.values(text)
    after = env_file.values(text.encode("utf-8").decode("utf-8-sig"))
    return len(before) if before == after and "\ufffd" not in text else -1
