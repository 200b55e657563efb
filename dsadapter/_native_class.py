"""The class of the SDK that an object of ours stands for, once the program has imported it.

``isinstance``, ``match`` and pydantic go by ``x.__class__`` where ``type(x)`` says no. A dict
cannot derive from the SDK's models, and nothing here imports the SDK; so each class names its
counterparts as data and gives the one that is there as its ``__class__``.
"""

from __future__ import annotations

import re
import sys
from typing import Any, Optional, Tuple

NativeNames = Tuple[Tuple[str, str], ...]  # module and class, those of newer SDKs first


def leaf_name(name: str) -> str:
    """The module that the SDK names after a class: "chat_completion" of "ChatCompletion"."""
    name = name.replace("ChatKit", "Chatkit").replace("OAuth", "Oauth")
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


def native_names(paths: str, name: str, package: str = "openai") -> NativeNames:
    """``"module ..."``, parted by blanks, as pairs; a class with another name than ``name`` as
    ``"module:Class"``. Modules are named below ``package``."""
    pairs = (path.partition(":") for path in paths.split())
    return tuple((f"{package}.{module}", other or name) for module, _, other in pairs)


def native_class(cls: Any, names: Optional[NativeNames] = None) -> Any:
    """The SDK's class for ``cls``: of ``names``, else of its ``_native_names``; itself where none
    is imported.

    Nothing is remembered: a program may import the SDK late, or anew.
    """
    for module_name, name in cls._native_names if names is None else names:
        module = sys.modules.get(module_name)
        if module is not None:
            native = vars(module).get(name)
            # Stand-ins of ours are published under the SDK's names; newer names may be unions.
            if isinstance(native, type) and not issubclass(native, cls):
                return native
    return cls


# For the body of a class with ``_native_names``: ``__class__ = as_native_class``.
as_native_class: Any = property(lambda self: native_class(type(self)))
