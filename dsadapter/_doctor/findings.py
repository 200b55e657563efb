"""What a check finds: findings, what follows from them, fixes and their commands. No I/O."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from .._named_tuple import NamedTuple
from .._texts.text import Text

OK, INFO, SKIP, WARN, FAIL, CRASH = "ok", "info", "skip", "warn", "fail", "crash"
STATUSES = (OK, INFO, SKIP, WARN, FAIL, CRASH)

# What a command does, and with it how it is proved and undone.
INSTALL, UNINSTALL = "install", "uninstall"  # of packages; undone by the versions before
MOVE = "move"  # a file or folder gets a name that nobody has
SAVE = "save"  # a file is written anew, a copy of the old one beside it
CREATE = "create"  # an environment, pip: something new
BY_HAND = "by-hand"  # a variable, a shell: only a person can


class Command(NamedTuple):
    """``shown`` is what a person types; ``argv`` what ``--fix`` runs, () when only a person can.

    ``{python}`` and ``{pip}`` in ``argv`` stand for the interpreter and its installer.
    """

    shown: str
    argv: Tuple[str, ...] = ()
    kind: str = BY_HAND
    writes: Tuple[str, ...] = ()  # paths that it makes; it is not run where one of them exists
    undo: Tuple[str, ...] = ()  # what takes it back; of packages the versions before say it
    verified: Optional[bool] = None  # what --verify proved
    verdict: Optional[Text] = None


class Fix(NamedTuple):
    """What to do. ``commands`` are alternatives, the smallest first; with ``steps`` all of them,
    in that order. One that ends a cause ends what follows from it."""

    text: Optional[Text] = None
    commands: Tuple[Command, ...] = ()
    steps: bool = False


class Location(NamedTuple):
    """A place in a file of the user; ``cell`` counts the code cells of a notebook from 1, its
    ``line`` is then that of the cell."""

    file: str
    line: int = 0
    column: int = 0
    cell: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{self.file}, cell {self.cell}, line {self.line}" if self.cell else where


class Consequence(NamedTuple):
    """What another check found because of a fault, told inside of it."""

    id: str
    message: Text


class Finding(NamedTuple):
    """What a check found: what is wrong and why it matters in ``message``, evidence in
    ``details``."""

    status: str
    message: Text
    details: Tuple[Text, ...] = ()
    fix: Optional[Fix] = None
    about: Tuple[str, ...] = ()  # the things at fault: "package:httpx", "variable:HTTPS_PROXY"
    location: Optional[Location] = None
    consequences: Tuple[Consequence, ...] = ()
    follows: Tuple[str, ...] = ()  # ids of the causes that are found here
    data: Dict[str, Any] = {}


def package(name: str) -> str:
    """A distribution as a thing at fault."""
    return f"package:{name}"


def variable(name: str) -> str:
    """A variable as a thing at fault, wherever it was set."""
    return f"variable:{name}"


def path(name: str) -> str:
    """A file or folder as a thing at fault."""
    return f"path:{name}"


def fail(message: Text, *details: Text, fix: Optional[Fix] = None, **more: Any) -> Finding:
    """A problem."""
    return _finding(FAIL, message, details, fix, more)


def warn(message: Text, *details: Text, fix: Optional[Fix] = None, **more: Any) -> Finding:
    """Something that will do harm one day, or elsewhere."""
    return _finding(WARN, message, details, fix, more)


def info(message: Text, *details: Text, fix: Optional[Fix] = None, **more: Any) -> Finding:
    """Something to know."""
    return _finding(INFO, message, details, fix, more)


def ok(message: Text, *details: Text, **data: Any) -> Finding:
    """Health, with what was looked at."""
    return Finding(OK, message, details, data=data)


def skip(message: Text) -> Finding:
    """Nothing was looked at; the message says why."""
    return Finding(SKIP, message)


def _finding(
    status: str, message: Text, details: Tuple[Text, ...], fix: Optional[Fix], more: Dict[str, Any]
) -> Finding:
    """``about`` out of the keywords, all others are facts for programs."""
    about = tuple(more.pop("about", ()))
    return Finding(status, message, details, fix, about, data=more)
