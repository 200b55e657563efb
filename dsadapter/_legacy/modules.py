"""The module tree of 0.28: which dotted name gives which module, under any package's name.

The same module objects stand in ``sys.modules`` as ``dsadapter.X`` and, behind ``install()``, as
``openai.X``, so that a patch through one name is seen through the other.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Dict, Iterator, Optional, Tuple

# Modules with code of their own.
REAL: Dict[str, str] = {
    "error": "dsadapter.error",
    "api_requestor": "dsadapter._legacy.api_requestor",
    "util": "dsadapter._legacy.util",
    "openai_object": "dsadapter._legacy.objects",
    "openai_response": "dsadapter._legacy.responses",
    "object_classes": "dsadapter._legacy.object_classes",
    "version": "dsadapter._legacy.version",
    "embeddings_utils": "dsadapter._legacy.embeddings_utils",
    "datalib": "dsadapter._legacy.datalib",
    "api_resources": "dsadapter._legacy.api_resources",
}
# Modules that only hold names: (where the names are, the names).
_RESOURCES, _ABSTRACT = "dsadapter._legacy.resources", "dsadapter._legacy.abstract"
_UPLOADS, _DATALIB = "dsadapter._legacy.uploads", "dsadapter._legacy.datalib"
SHELVES: Dict[str, Tuple[str, Tuple[str, ...]]] = {
    "api_resources.audio": (_UPLOADS, ("Audio",)),
    "api_resources.chat_completion": (_RESOURCES, ("ChatCompletion", "EngineAPIResource")),
    "api_resources.completion": (_RESOURCES, ("Completion", "EngineAPIResource")),
    "api_resources.customer": (_RESOURCES, ("Customer",)),
    "api_resources.deployment": (_RESOURCES, ("Deployment",)),
    "api_resources.edit": (_RESOURCES, ("Edit", "EngineAPIResource")),
    "api_resources.embedding": (_RESOURCES, ("Embedding", "EngineAPIResource")),
    "api_resources.engine": (_RESOURCES, ("Engine",)),
    "api_resources.error_object": (_RESOURCES, ("ErrorObject",)),
    "api_resources.file": (_UPLOADS, ("File",)),
    "api_resources.fine_tune": (_RESOURCES, ("FineTune",)),
    "api_resources.fine_tuning": (_RESOURCES, ("FineTuningJob",)),
    "api_resources.image": (_UPLOADS, ("Image",)),
    "api_resources.model": (_RESOURCES, ("Model",)),
    "api_resources.moderation": (_RESOURCES, ("Moderation",)),
    "api_resources.experimental": (_RESOURCES, ("CompletionConfig",)),
    "api_resources.experimental.completion_config": (_RESOURCES, ("CompletionConfig",)),
    "api_resources.abstract": (
        _ABSTRACT,
        (
            "APIResource",
            "CreateableAPIResource",
            "DeletableAPIResource",
            "ListableAPIResource",
            "PaginatableAPIResource",
            "UpdateableAPIResource",
            "nested_resource_class_methods",
        ),
    ),
    "api_resources.abstract.api_resource": (_ABSTRACT, ("APIResource",)),
    "api_resources.abstract.createable_api_resource": (_ABSTRACT, ("CreateableAPIResource",)),
    "api_resources.abstract.deletable_api_resource": (_ABSTRACT, ("DeletableAPIResource",)),
    "api_resources.abstract.engine_api_resource": (
        _ABSTRACT,
        ("EngineAPIResource", "APIResource", "MAX_TIMEOUT"),
    ),
    "api_resources.abstract.listable_api_resource": (_ABSTRACT, ("ListableAPIResource",)),
    "api_resources.abstract.nested_resource_class_methods": (
        _ABSTRACT,
        ("nested_resource_class_methods",),
    ),
    "api_resources.abstract.paginatable_api_resource": (_ABSTRACT, ("PaginatableAPIResource",)),
    "api_resources.abstract.updateable_api_resource": (_ABSTRACT, ("UpdateableAPIResource",)),
    "datalib.common": (_DATALIB, ("INSTRUCTIONS", "NUMPY_INSTRUCTIONS", "MissingDependencyError")),
    "datalib.numpy_helper": (_DATALIB, ("numpy_helper",)),
    "datalib.pandas_helper": (_DATALIB, ("pandas_helper",)),
}
NAMES: Tuple[str, ...] = (*REAL, *SHELVES)
PACKAGES = ("api_resources", "api_resources.abstract", "api_resources.experimental", "datalib")
# Attributes of the package as soon as it is imported, as in 0.28 (surface A1).
AT_ONCE = (
    "error",
    "api_requestor",
    "api_resources",
    "datalib",
    "openai_object",
    "openai_response",
    "util",
    "version",
)

_made: Dict[str, ModuleType] = {}


def module(name: str) -> ModuleType:
    """The module that 0.28 has under this name ("api_resources.model")."""
    if name not in _made:
        _made[name] = import_module(REAL[name]) if name in REAL else _shelf(name)
        if name in PACKAGES:
            vars(_made[name]).setdefault("__path__", [])
        _hang_in(name, _made[name])
    return _made[name]


def _shelf(name: str) -> ModuleType:
    home, names = SHELVES[name]
    source = vars(import_module(home))
    leaf = name.rpartition(".")[2]
    if isinstance(source.get(leaf), ModuleType):
        return source[leaf]  # type: ignore[no-any-return]
    made = ModuleType(f"dsadapter.{name}", f"``openai.{name}`` of 0.28.")
    made.__dict__.update({key: source[key] for key in names})
    return made


def _hang_in(name: str, made: ModuleType) -> None:
    """A module is an attribute of its parent, unless a class or function has that name there."""
    parent, _, leaf = name.rpartition(".")
    if parent:
        vars(module(parent)).setdefault(leaf, made)


def children(name: str) -> Iterator[str]:
    return (other for other in SHELVES if other.startswith(f"{name}."))


def publish(full_name: str, package: Optional[str] = None) -> None:
    """Let ``full_name`` (and what is below it) stand in ``sys.modules`` for the module of 0.28."""
    package = package or full_name.partition(".")[0]
    name = full_name[len(package) + 1 :]
    for each in (name, *children(name)):
        sys.modules[f"{package}.{each}"] = module(each)
