"""Drop-in without edits: ``install()`` makes ``import openai`` give what the program expects.

Nothing is imported before the program imports it: an ``openai`` that is not there yet is provided,
or extended, at its import.
"""

from __future__ import annotations

import os
import threading
from typing import Any, Optional

from .._errors.tree import InvalidArgumentError, OpenAIError
from .patches import Changes

MODERN = ("native", "adapter")
LEGACY = ("adapter", "native")
SWITCH = "DSADAPTER_INSTALL"


class InstallError(OpenAIError, ImportError):
    """The module ``openai`` of this process cannot be provided or extended."""


class _Installation:
    """One ``install()``: what was asked for, and what it changed."""

    def __init__(self, options: Any) -> None:
        self.options = options
        self.changes = Changes()


_current: Optional[_Installation] = None
_lock = threading.RLock()


def install(modern: str = "native", legacy: str = "adapter", offline: bool = False) -> None:
    """Let code written for any generation of openai run in this process.

    Without an SDK a module ``openai`` with both faces is provided; openai >= 1 gains the legacy
    face (``openai.ChatCompletion``, ``openai.error`` ...), openai < 1 the modern one.

    Args:
        modern: with openai >= 1, ``"native"`` keeps its ``OpenAI``, ``"adapter"`` puts
            dsadapter's there, so that repairs and honest streams reach unedited modern code.
        legacy: with openai < 1, ``"native"`` leaves its classes alone.
        offline: start the emulator and send every call there.

    Installing twice is harmless; :func:`uninstall` takes it back. Raises InvalidArgumentError for
    an unknown mode, InstallError when something else stands in ``sys.modules["openai"]``.
    """
    from . import hooks as doors

    _check(modern, MODERN, "modern")
    _check(legacy, LEGACY, "legacy")
    options = doors.Options(modern, legacy, bool(offline))
    global _current
    with _lock:
        if _current is not None and _current.options == options:
            return
        uninstall()
        made = _Installation(options)
        try:
            doors.open_all(options, made.changes)
        except BaseException:
            made.changes.undo()
            raise
        _current = made


def uninstall() -> None:
    """Remove exactly what :func:`install` added and restore exactly what it replaced."""
    global _current
    with _lock:
        made, _current = _current, None
        if made is not None:
            made.changes.undo()


def _check(value: Any, known: Any, name: str) -> None:
    if value not in known:
        raise InvalidArgumentError(
            f"{name}={value!r} is not known.", hint=f"One of: {', '.join(known)}"
        )


def from_environment() -> None:
    """``install()`` as the environment asks for it; does nothing unless DSADAPTER_INSTALL is 1.

    For programs whose start command cannot be changed: a file ``dsadapter.pth`` in site-packages
    with the one line

        import os; os.environ.get("DSADAPTER_INSTALL") == "1" and __import__("dsadapter").install()
    """
    if os.environ.get(SWITCH) == "1":
        install(modern=os.environ.get("DSADAPTER_INSTALL_MODERN", "native"))
