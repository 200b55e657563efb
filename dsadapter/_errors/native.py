"""The exception classes of an SDK that the program has imported, mixed into ours.

``except openai.RateLimitError`` and ``except openai.error.RateLimitError`` written against the real
package then catch ours too. Nothing is imported here: an SDK that the program has not imported has
no ``except`` clauses either.
"""

from __future__ import annotations

import sys
from typing import Any, Dict, Optional, Tuple

_mixed: Dict[Tuple[type, type], type] = {}
_named: Dict[Tuple[type, str], type] = {}


def sdk_classes(
    root: type, modern_names: Tuple[str, ...], legacy_names: Tuple[str, ...]
) -> Tuple[type, ...]:
    """The first class of each name list that an imported SDK (>= 1, < 1) has.

    Subclasses of ``root`` are ours, published under the SDK's names, and do not count.
    """
    modern, legacy = sys.modules.get("openai._exceptions"), sys.modules.get("openai.error")
    namespaces = ((modern, modern_names), (legacy, legacy_names))
    classes = (_first_class(space, names, root) for space, names in namespaces if space is not None)
    return tuple(cls for cls in classes if cls is not None)


def _first_class(namespace: Any, names: Tuple[str, ...], root: type) -> Optional[type]:
    for name in names:
        cls = vars(namespace).get(name)
        foreign = isinstance(cls, type) and not issubclass(cls, root)
        if foreign and issubclass(cls, Exception) and name not in ("Exception", "BaseException"):
            return cls
    return None


def mixed_class(ours: type, sdk_class: type) -> type:
    """A class that is both, under our name; ``_own_class`` is ours."""
    if (ours, sdk_class) not in _mixed:
        names = {
            "__module__": ours.__module__,
            "__qualname__": ours.__qualname__,
            "_own_class": own_class(ours),
        }
        _mixed[ours, sdk_class] = type(ours.__name__, (ours, sdk_class), names)
    return _mixed[ours, sdk_class]


def add_sdk_classes(
    err: Any, root: type, modern_names: Tuple[str, ...], legacy_names: Tuple[str, ...]
) -> None:
    """Make ``err`` an instance of what :func:`sdk_classes` gives, too."""
    for cls in sdk_classes(root, modern_names, legacy_names):
        if not isinstance(err, cls):
            err.__class__ = mixed_class(type(err), cls)


def show_as(err: Any, name: str, module: str) -> None:
    """Let the class of ``err`` show itself as ``name`` of ``module``; its bases stay."""
    cls = type(err)
    if cls.__name__ == name:
        return
    if (cls, name) not in _named:
        names = {"__module__": module, "__qualname__": name, "_own_class": own_class(cls)}
        _named[cls, name] = type(name, (cls,), names)
    err.__class__ = _named[cls, name]


def own_class(cls: Any) -> Any:
    """The class of ours behind one that :func:`mixed_class` made; any other as it is."""
    return cls.__dict__.get("_own_class", cls)
