"""The module tree of openai >= 1 where no such SDK is installed: each module is made at its import,
each name is looked up when it is first asked for.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from typing import Any, Dict, Optional

import dsadapter

from .._types import modules as types_modules
from .modern_names import MODULES, NOT_HERE
from .patches import Changes

ORIGIN = "dsadapter"
MARK = "__dsadapter_modern__"  # of a module openai that has this tree
WAY_OUT = (
    "dsadapter stands in for openai >= 1 here, with the clients, errors, chat, responses and their "
    'types; all of it comes with pip install "openai>=1.55.3"'
)


@lru_cache(maxsize=None)
def names(module: str) -> Dict[str, str]:
    """The names of ``module`` ("resources.chat"), each with the place where it stands."""
    pairs = (token.partition("=") for token in MODULES[module].split())
    return {name: place for name, _, place in pairs}


def value(module: str, name: str) -> Any:
    """What stands under ``name`` in ``module``; raises KeyError where there is no such name."""
    place, _, other = names(module)[name].partition(":")
    home = import_module(f"dsadapter.{place}") if place else dsadapter
    return getattr(home, other or name)


def attribute(module: str, name: str) -> Any:
    """The same, or the module of that name below it; raises AttributeError."""
    if name in names(module):
        return value(module, name)
    full_name = f"openai.{module}.{name}".replace("..", ".")
    if is_planted() and exists(full_name):
        return import_module(full_name)
    raise AttributeError(f"module 'openai.{module}' has no attribute {name!r} ({WAY_OUT})")


# --- modules --------------------------------------------------------------------------------------


def exists(full_name: str) -> bool:
    """Whether the tree has a module of this name."""
    name = full_name.partition(".")[2]
    return bool(name) and (name in MODULES or types_modules.spec_of(full_name) is not None)


def spec_of(full_name: str) -> Optional[ModuleSpec]:
    """The spec of a module of the tree; one whose loader says why for what a module of the tree
    lacks; None for all else, and where the tree is not."""
    package, _, name = full_name.partition(".")
    if package != "openai" or not name or not is_planted():
        return None
    if name in MODULES:
        return ModuleSpec(full_name, _TreeLoader(), origin=ORIGIN, is_package=True)
    parent = sys.modules.get(full_name.rpartition(".")[0])
    if types_modules.spec_of(full_name) is not None:
        return types_modules.spec_of(full_name)
    of_today = name in NOT_HERE or "." not in name and name[:1].isupper()
    lacking = is_of_tree(parent) or of_today
    return ModuleSpec(full_name, _LackingLoader()) if lacking else None


def is_planted() -> bool:
    """Whether the module ``openai`` of this process has the tree below it."""
    return MARK in getattr(sys.modules.get("openai"), "__dict__", ())


def is_of_tree(module: Any) -> bool:
    """Whether a module was made here, or is a whole openai of ours."""
    return getattr(getattr(module, "__spec__", None), "origin", None) == ORIGIN


class _TreeLoader(Loader):
    """Makes a usual module whose names are looked up in the tables."""

    def create_module(self, spec: ModuleSpec) -> None:
        """A usual module."""

    def exec_module(self, module: Any) -> None:
        """Let it answer for its names."""
        name = module.__name__.partition(".")[2]

        def __getattr__(attribute_name: str) -> Any:
            if attribute_name == "__all__":
                return sorted(names(name))
            return attribute(name, attribute_name)

        vars(module).update(
            __getattr__=__getattr__, __dir__=lambda: sorted({*vars(module), *names(name)})
        )


class _LackingLoader(Loader):
    """Raises for what the tree lacks: a module, or a name of one."""

    def create_module(self, spec: ModuleSpec) -> Any:
        """Raise ImportError, with the way out."""
        package, _, name = spec.name.rpartition(".")
        if re.match("[A-Z]", name):
            raise ImportError(f"cannot import name {name!r} from {package!r}: {WAY_OUT}", name=name)
        raise ModuleNotFoundError(f"No module named {spec.name!r}: {WAY_OUT}", name=spec.name)

    def exec_module(self, module: Any) -> None:
        """Never reached: there is no module."""


# --- on a module openai ---------------------------------------------------------------------------


def plant(package: Any, changes: Changes) -> None:
    """Let a module ``openai`` have the tree below it."""
    changes.later(lambda: _fell(package))
    changes.set(package, MARK, True)


def _fell(package: Any) -> None:
    """Remove the modules of the tree, from ``sys.modules`` and from the package."""
    for name in [name for name in sys.modules if name.startswith("openai.")]:
        if is_of_tree(sys.modules[name]):
            module = sys.modules.pop(name)
            leaf = name.partition(".")[2]
            if vars(package).get(leaf) is module:
                delattr(package, leaf)
