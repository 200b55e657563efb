"""Drop-in without edits: ``install()`` makes ``import openai`` give what the program expects.

Nothing is imported before the program imports it: an ``openai`` that is not there yet is provided,
or extended, at its import.
"""

from __future__ import annotations

import os
import threading
from typing import Optional

from .options import MODERN_MODE, SWITCH, Options
from .options import InstallError as InstallError
from .patches import Changes


class _Installation:
    """One ``install()``: what was asked for, and what it changed."""

    def __init__(self, options: Options) -> None:
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
    from . import hooks

    options = Options(modern, legacy, bool(offline))
    options.check()
    global _current
    with _lock:
        if _current is not None and _current.options == options:
            return
        uninstall()
        installation = _Installation(options)
        try:
            hooks.add_hooks(options, installation.changes)
        except BaseException:
            installation.changes.undo()
            raise
        _current = installation


def uninstall() -> None:
    """Remove exactly what :func:`install` added and restore exactly what it replaced."""
    global _current
    with _lock:
        installation, _current = _current, None
        if installation is not None:
            installation.changes.undo()


def from_environment() -> None:
    """``install()`` as the environment asks for it; does nothing unless DSADAPTER_INSTALL is 1.

    For programs whose start command cannot be changed: a file ``dsadapter.pth`` in site-packages
    with the one line

        import os; os.environ.get("DSADAPTER_INSTALL") == "1" and __import__("dsadapter").install()
    """
    if os.environ.get(SWITCH) == "1":
        install(modern=os.environ.get(MODERN_MODE, "native"))
