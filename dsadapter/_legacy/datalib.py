"""``openai.datalib`` of 0.28: numpy and pandas where they are installed, imported on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any, Callable, Dict

INSTRUCTIONS = (
    "\n\nOpenAI error:\n\n    missing `{library}`\n\nThis feature requires additional dependencies:"
    "\n\n    $ pip install {library}\n\n"
)


class MissingDependencyError(Exception):
    """A library that only this feature needs is not installed."""


def require(library: str, package: str = "") -> Any:
    """A library, imported now; MissingDependencyError says how to get it."""
    try:
        return import_module(library)
    except ImportError as err:
        text = INSTRUCTIONS.format(library=package or library.partition(".")[0])
        raise MissingDependencyError(text) from err


def _helper(library: str) -> ModuleType:
    """``numpy_helper`` or ``pandas_helper``; ``numpy`` in it is None where it is missing."""
    module = ModuleType(f"dsadapter.datalib.{library}_helper")

    def library_or_none() -> Any:
        try:
            return import_module(library)
        except ImportError:
            return None

    def assert_has() -> None:
        require(library)

    attributes: Dict[str, Callable[[], Any]] = {
        library: library_or_none,
        f"HAS_{library.upper()}": lambda: library_or_none() is not None,
    }

    def __getattr__(name: str) -> Any:
        if name in attributes:
            return attributes[name]()
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    vars(module).update(
        {
            "__getattr__": __getattr__,
            f"assert_has_{library}": assert_has,
            f"{library.upper()}_INSTRUCTIONS": INSTRUCTIONS.format(library=library),
            "INSTRUCTIONS": INSTRUCTIONS,
            "MissingDependencyError": MissingDependencyError,
        }
    )
    return module


numpy_helper: ModuleType = _helper("numpy")
pandas_helper: ModuleType = _helper("pandas")
NUMPY_INSTRUCTIONS = INSTRUCTIONS.format(library="numpy")
