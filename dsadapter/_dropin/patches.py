"""A journal of what was changed where, so that it can be taken back exactly."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, List, Optional

MISSING: Any = object()


class Changes:
    """Attributes, modules and variables that were set; :meth:`undo` takes all of it back."""

    def __init__(self) -> None:
        self._undo: List[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._undo)

    def set(self, owner: Any, name: str, value: Any) -> None:
        """``owner.name = value``. Undone only if nobody else has assigned to it since."""
        before = vars(owner).get(name, MISSING)
        setattr(owner, name, value)
        value = vars(owner)[name]  # as it is kept: a classmethod, say

        def undo() -> None:
            if vars(owner).get(name, MISSING) is not value:
                return
            if before is MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, before)

        self._undo.append(undo)

    def module(self, name: str, module: Any) -> None:
        """An entry of ``sys.modules``."""
        before = sys.modules.get(name, MISSING)
        sys.modules[name] = module

        def undo() -> None:
            if sys.modules.get(name) is module:
                sys.modules.pop(name)
                if before is not MISSING:
                    sys.modules[name] = before

        self._undo.append(undo)

    def variable(self, name: str, value: Optional[str]) -> None:
        """An environment variable; None removes it."""
        before = os.environ.get(name)
        _write(name, value)
        self._undo.append(lambda: _write(name, before))

    def later(self, undo: Callable[[], None]) -> None:
        """Something else to do when it is all taken back."""
        self._undo.append(undo)

    def undo(self) -> None:
        """Everything, the last change first."""
        while self._undo:
            self._undo.pop()()


def _write(name: str, value: Optional[str]) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
