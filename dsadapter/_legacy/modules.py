"""The module tree of 0.28: which dotted name gives which module, under any package's name.

The same module objects stand in ``sys.modules`` as ``dsadapter.X`` and, behind ``install()``, as
``openai.X``, so that a patch through one name is seen through the other.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Dict, Iterator, Optional, Tuple

from . import reexports
from .classes import CLASSES, path_of

# Modules with code of their own.
MODULES: Dict[str, str] = {
    "error": "dsadapter.error",
    "api_requestor": path_of("api_requestor"),
    "util": path_of("util"),
    "openai_object": path_of("objects"),
    "openai_response": path_of("responses"),
    "object_classes": path_of("object_classes"),
    "version": path_of("version"),
    "embeddings_utils": path_of("embeddings_utils"),
    "datalib": path_of("datalib"),
    "api_resources": path_of("api_resources"),
}
# Modules that only hold names: where the names are defined, and the names.
_ABSTRACT = {
    "": (
        "APIResource",
        "CreateableAPIResource",
        "DeletableAPIResource",
        "ListableAPIResource",
        "PaginatableAPIResource",
        "UpdateableAPIResource",
        "nested_resource_class_methods",
    ),
    "api_resource": ("APIResource",),
    "createable_api_resource": ("CreateableAPIResource",),
    "deletable_api_resource": ("DeletableAPIResource",),
    "engine_api_resource": ("EngineAPIResource", "APIResource", "MAX_TIMEOUT"),
    "listable_api_resource": ("ListableAPIResource",),
    "nested_resource_class_methods": ("nested_resource_class_methods",),
    "paginatable_api_resource": ("PaginatableAPIResource",),
    "updateable_api_resource": ("UpdateableAPIResource",),
}
_ABSTRACT_FILES = {**dict.fromkeys(_ABSTRACT, "abstract"), "engine_api_resource": "engine_resource"}
_DATALIB = {
    "common": ("INSTRUCTIONS", "NUMPY_INSTRUCTIONS", "MissingDependencyError"),
    "numpy_helper": ("numpy_helper",),
    "pandas_helper": ("pandas_helper",),
}
NAMESPACES: Dict[str, Tuple[str, Tuple[str, ...]]] = {
    "api_resources.experimental": (path_of("resources"), ("CompletionConfig",)),
    **{
        f"api_resources.{row.module}": (path_of(row.file), (row.name, *row.imports))
        for row in CLASSES
    },
    **{
        f"api_resources.abstract.{name}".rstrip("."): (path_of(_ABSTRACT_FILES[name]), names)
        for name, names in _ABSTRACT.items()
    },
    **{f"datalib.{name}": (path_of("datalib"), names) for name, names in _DATALIB.items()},
}
NAMES: Tuple[str, ...] = (*MODULES, *NAMESPACES)
PACKAGES = ("api_resources", "api_resources.abstract", "api_resources.experimental", "datalib")
# Attributes of the package as soon as it is imported, as in 0.28 (surface A1).
LOADED_AT_IMPORT = (
    "error",
    "api_requestor",
    "api_resources",
    "datalib",
    "openai_object",
    "openai_response",
    "util",
    "version",
)

_loaded: Dict[str, ModuleType] = {}


def module(name: str) -> ModuleType:
    """The module that 0.28 has under this name ("api_resources.model")."""
    if name not in _loaded:
        _loaded[name] = import_module(MODULES[name]) if name in MODULES else _namespace(name)
        if name in PACKAGES:
            vars(_loaded[name]).setdefault("__path__", [])
        if name in reexports.NAMES:
            vars(_loaded[name]).setdefault("__getattr__", reexports.getter(name))
        _add_to_parent(name, _loaded[name])
    return _loaded[name]


def _namespace(name: str) -> ModuleType:
    home, names = NAMESPACES[name]
    source = vars(import_module(home))
    leaf = name.rpartition(".")[2]
    if isinstance(source.get(leaf), ModuleType):
        return source[leaf]  # type: ignore[no-any-return]
    namespace = ModuleType(f"dsadapter.{name}", f"``openai.{name}`` of 0.28.")
    vars(namespace).update({key: source[key] for key in names})
    return namespace


def _add_to_parent(name: str, child: ModuleType) -> None:
    """A module is an attribute of its parent, unless a class or function has that name there."""
    parent, _, leaf = name.rpartition(".")
    if parent:
        vars(module(parent)).setdefault(leaf, child)


def children(name: str) -> Iterator[str]:
    """The names below a package ("api_resources": "api_resources.model" ...)."""
    return (other for other in NAMESPACES if other.startswith(f"{name}."))


def publish(full_name: str, package: Optional[str] = None) -> None:
    """Let ``full_name`` (and what is below it) stand in ``sys.modules`` for the module of 0.28."""
    package = package or full_name.partition(".")[0]
    name = full_name[len(package) + 1 :]
    for each in (name, *children(name)):
        sys.modules[f"{package}.{each}"] = module(each)
