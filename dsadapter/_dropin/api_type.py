"""``openai.api_type`` behind openai >= 1: 0.28's default for programs, nothing for the SDK.

The SDK has a global of this name that is None until its module client has guessed a vendor.
"""

from __future__ import annotations

import sys
from typing import Any

from .._legacy import settings
from .._settings.sources import UnsetDefault
from .patches import Changes

NAME = "api_type"


def add(module: Any, changes: Changes) -> None:
    """Let programs read "open_ai" where nobody has set a type; the global itself stays None."""
    before = type(module)
    module.__class__ = type(before.__name__, (before,), {NAME: property(_read, _write)})

    def undo() -> None:
        module.__class__ = before

    changes.later(undo)


def _read(module: Any) -> Any:
    value = vars(module).get(NAME)
    if value is not None or _is_sdk(sys._getframe(1).f_globals.get("__name__")):
        return value
    return UnsetDefault(settings.DEFAULTS[NAME]())


def _write(module: Any, value: Any) -> None:
    """What was only read and is put back is still not set."""
    vars(module)[NAME] = None if isinstance(value, UnsetDefault) else value


def _is_sdk(name: Any) -> bool:
    return isinstance(name, str) and name.partition(".")[0] == "openai"
