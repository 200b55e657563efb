"""What a check finds: commands, fixes, findings. No I/O."""

from __future__ import annotations

from typing import Any, Dict, NamedTuple, Optional, Tuple

from .._texts.text import Text

OK, INFO, SKIP, WARN, FAIL, CRASH = "ok", "info", "skip", "warn", "fail", "crash"
STATUSES = (OK, INFO, SKIP, WARN, FAIL, CRASH)


class Command(NamedTuple):
    """``shown`` is what a person types; ``argv`` what ``--fix`` runs, () when only a person can."""

    shown: str
    argv: Tuple[str, ...] = ()
    verified: Optional[bool] = None  # what --verify found out
    verdict: Optional[Text] = None


class Fix(NamedTuple):
    """What to do. ``commands`` are alternatives, the smallest first; with ``steps`` all of them,
    in that order."""

    text: Optional[Text] = None
    commands: Tuple[Command, ...] = ()
    steps: bool = False


class Finding(NamedTuple):
    """What a check found: what is wrong and why it matters in ``message``, evidence in
    ``details``."""

    status: str
    message: Text
    details: Tuple[Text, ...] = ()
    fix: Optional[Fix] = None
    link: str = ""
    data: Dict[str, Any] = {}


def fail(message: Text, *details: Text, fix: Optional[Fix] = None, **data: Any) -> Finding:
    """A problem."""
    return Finding(FAIL, message, details, fix, data=data)


def warn(message: Text, *details: Text, fix: Optional[Fix] = None, **data: Any) -> Finding:
    """Something that will do harm one day, or elsewhere."""
    return Finding(WARN, message, details, fix, data=data)


def info(message: Text, *details: Text, fix: Optional[Fix] = None, **data: Any) -> Finding:
    """Something to know."""
    return Finding(INFO, message, details, fix, data=data)


def ok(message: Text, *details: Text, **data: Any) -> Finding:
    """Health, with what was looked at."""
    return Finding(OK, message, details, data=data)


def skip(message: Text) -> Finding:
    """Nothing was looked at; the message says why."""
    return Finding(SKIP, message)
