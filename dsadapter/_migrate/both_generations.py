"""Files that ask which openai they have: both ways may be in them, so they are left as they are."""

from __future__ import annotations

import ast
from typing import Any, Iterator, List, Optional

from .._doctor.scan.sdk_rules import LEGACY_MODULES, MODERN_NAMES
from .analysis import Analysis

VERSIONS = frozenset("__version__ VERSION version".split())
_TODAYS = MODERN_NAMES | {"completions", "embeddings", "APIStatusError"}
_CAUGHT = frozenset("ImportError ModuleNotFoundError AttributeError Exception".split())


def question(analysis: Analysis) -> Optional[ast.AST]:
    """The first place at which a file asks, None where it does not."""
    for node in analysis.all(ast.Attribute, ast.Name):
        if _name(analysis, node) in VERSIONS:
            return node  # type: ignore[no-any-return]
    for call in analysis.all(ast.Call):
        is_hasattr = getattr(call.func, "id", "") == "hasattr" and len(call.args) == 2
        if is_hasattr and analysis.names.dotted(call.args[0]) == "openai":
            return call  # type: ignore[no-any-return]
    for node in analysis.all(ast.Try):
        if _tries_a_generation(analysis, node):
            return node  # type: ignore[no-any-return]
    return None


def names_todays(analysis: Analysis) -> bool:
    """Whether a file names what 0.28 does not have."""
    nodes = analysis.all(ast.Attribute, ast.Name)
    imports = analysis.all(ast.ImportFrom)
    return any(_name(analysis, node) in _TODAYS for node in nodes) or any(map(_todays, imports))


def _name(analysis: Analysis, node: ast.AST) -> str:
    """The name behind ``openai.``, "" of anything else."""
    package, _, names = analysis.names.dotted(node).partition(".")
    return names.partition(".")[0] if package == "openai" else ""


def _tries_a_generation(analysis: Analysis, node: ast.Try) -> bool:
    """``try: import openai.error`` with today's names behind ``except``; ``from openai import
    OpenAI`` with another way behind it."""
    if not any(_catches(handler) for handler in node.handlers):
        return False
    tried = [inner for statement in node.body for inner in ast.walk(statement)]
    if any(map(_todays, tried)):
        return True
    behind = [inner for handler in node.handlers for inner in ast.walk(handler)]
    return any(map(_is_legacy_import, tried)) and any(
        _todays(inner) or (isinstance(inner, ast.Attribute) and _name(analysis, inner) in _TODAYS)
        for inner in behind
    )


def _catches(handler: ast.ExceptHandler) -> bool:
    kinds: List[Any] = getattr(handler.type, "elts", [handler.type])
    return any(kind is None or getattr(kind, "id", "") in _CAUGHT for kind in kinds)


def _todays(node: Any) -> bool:
    """``from openai import OpenAI``"""
    is_here = isinstance(node, ast.ImportFrom) and node.module == "openai" and not node.level
    return is_here and any(alias.name in _TODAYS for alias in node.names)


def _is_legacy_import(node: Any) -> bool:
    return any(module in LEGACY_MODULES for module in _modules(node))


def _modules(node: Any) -> Iterator[str]:
    """The modules of openai that an import names."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [node.module]
        names += [f"openai.{alias.name}" for alias in node.names if node.module == "openai"]
    for name in names:
        package, _, module = name.partition(".")
        if package == "openai" and module:
            yield module.partition(".")[0]
