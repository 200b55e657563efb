"""The classes of 0.28, one row each. Every other list of them is made from this one, or compared.

The lists that a type checker reads (``dsadapter/__init__.py``, ``api_resources.py``) cannot be
made from it; a test compares them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Tuple

from .._named_tuple import NamedTuple


class LegacyClass(NamedTuple):
    """One row: a class, where its code is, and where 0.28 has it.

    ``file`` is the module of this folder that defines it, ``module`` the one below
    ``openai.api_resources``; ``kind`` the value of ``object`` for which answers get this class, ""
    for none; ``imports`` are other names that stand in that module of 0.28.
    """

    name: str
    file: str
    module: str
    kind: str = ""
    exported: bool = True  # an attribute of the package as well
    imports: Tuple[str, ...] = ()


_ENGINE = ("EngineAPIResource",)
CLASSES: Tuple[LegacyClass, ...] = (
    LegacyClass("Audio", "uploads", "audio"),
    LegacyClass("ChatCompletion", "resources", "chat_completion", imports=_ENGINE),
    LegacyClass("Completion", "resources", "completion", imports=_ENGINE),
    LegacyClass("Customer", "resources", "customer"),
    LegacyClass("Deployment", "resources", "deployment", "deployment"),
    LegacyClass("Edit", "resources", "edit", imports=_ENGINE),
    LegacyClass("Embedding", "resources", "embedding", imports=_ENGINE),
    LegacyClass("Engine", "resources", "engine", "engine"),
    LegacyClass("ErrorObject", "objects", "error_object"),
    LegacyClass("File", "files", "file", "file"),
    LegacyClass("FineTune", "resources", "fine_tune", "fine-tune"),
    LegacyClass("FineTuningJob", "resources", "fine_tuning", "fine_tuning.job"),
    LegacyClass("Image", "uploads", "image"),
    LegacyClass("Model", "resources", "model", "model"),
    LegacyClass("Moderation", "resources", "moderation"),
    LegacyClass(
        "CompletionConfig",
        "resources",
        "experimental.completion_config",
        "experimental.completion_config",
        exported=False,
    ),
)
EXPORTED = tuple(row.name for row in CLASSES if row.exported)


def path_of(file: str) -> str:
    """The dotted name of a module of this folder."""
    return f"dsadapter._legacy.{file}"


def load(row: LegacyClass) -> Any:
    """The class itself."""
    return getattr(import_module(path_of(row.file)), row.name)
