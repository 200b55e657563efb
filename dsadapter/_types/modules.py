"""The modules below ``openai.types``, filled from the tables when they are imported.

Two of them are files, because type checkers find ``dsadapter.types.chat`` in no other way; what
they have at run time is the same.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any, Callable, List, Optional

from . import values

Attribute = Callable[[str], Any]


def fill(module: Any, name: str) -> None:
    """Let ``module`` be the one that is called ``name`` ("types.chat") below ``openai``."""
    vars(module).update(
        __path__=vars(module).get("__path__", []),
        __getattr__=attributes_of(name, module.__name__),
        __dir__=lambda: sorted({*vars(module), *values.names(name)}),
    )


def attributes_of(name: str, full_name: str) -> Attribute:
    """``__getattr__`` of the module ``name``, which is imported as ``full_name``."""

    def __getattr__(attribute: str) -> Any:
        if attribute == "__all__":
            return values.names(name)
        try:
            return values.value(name, attribute)
        except KeyError:
            pass
        if values.exists(f"{name}.{attribute}"):
            return import_module(f"{full_name}.{attribute}")
        raise AttributeError(f"module {full_name!r} has no attribute {attribute!r}")

    return __getattr__


class _FillingLoader(Loader):
    """Makes a usual module and fills it."""

    def create_module(self, spec: ModuleSpec) -> None:
        """A usual module."""

    def exec_module(self, module: Any) -> None:
        """Fill it."""
        fill(module, module.__name__.partition(".")[2])


def spec_of(full_name: str) -> Optional[ModuleSpec]:
    """The spec of ``dsadapter.types.chat.chat_completion`` and its like, under any package's
    name; None where the tables have no such module."""
    if not values.exists(full_name.partition(".")[2]):
        return None
    return ModuleSpec(full_name, _FillingLoader(), origin="dsadapter", is_package=True)


class _Finder(MetaPathFinder):
    """Last in ``sys.meta_path``, from the first import of ``dsadapter.types`` on."""

    def find_spec(
        self, fullname: str, path: Any = None, target: Any = None
    ) -> Optional[ModuleSpec]:
        """The spec of a module below ``dsadapter.types`` that is no file."""
        return spec_of(fullname) if fullname.startswith("dsadapter.types.") else None


def add_finder(meta_path: List[Any] = sys.meta_path) -> None:
    """Let the modules below ``dsadapter.types`` be found."""
    if not any(isinstance(finder, _Finder) for finder in meta_path):
        meta_path.append(_Finder())
