"""Files that ask which openai they have: both ways may be in them, so they are left as they are."""

from __future__ import annotations

import ast
from typing import Any, Iterator, List, Optional

from .._doctor.scan.sdk_rules import LEGACY_MODULES, MODERN_NAMES
from .._source.python_file import last_name
from .analysis import Analysis
from .reply_uses import AS_TEXT, LOGGING, SHOWING

VERSIONS = frozenset("__version__ VERSION version".split())
_TODAYS = MODERN_NAMES | {"completions", "embeddings", "APIStatusError"}
_AS_TEXT = frozenset("format join strip".split())
_TOLD = _AS_TEXT | frozenset("dict dumps dump echo jsonify secho setdefault update".split())
_PARTS = (
    *(ast.FormattedValue, ast.JoinedStr, ast.Dict, ast.List, ast.Tuple, ast.Set),
    *(ast.keyword, ast.Starred),
)
_CAUGHT = frozenset("ImportError ModuleNotFoundError AttributeError Exception".split())


def question(analysis: Analysis) -> Optional[ast.AST]:
    """The first place at which a file asks, None where it does not."""
    for node in _versions(analysis):
        if not _is_told(analysis, node):
            return node
    for call in analysis.all(ast.Call):
        is_hasattr = getattr(call.func, "id", "") == "hasattr" and len(call.args) == 2
        if is_hasattr and analysis.names.dotted(call.args[0]) == "openai":
            return call  # type: ignore[no-any-return]
    for node in analysis.all(ast.Try):
        if _tries_a_generation(analysis, node):
            return node  # type: ignore[no-any-return]
    return None


def may_ask(analysis: Analysis) -> bool:
    """Whether a file that names both generations may be for both."""
    return question(analysis) is not None or any(True for _ in _versions(analysis))


def _versions(analysis: Analysis) -> Iterator[Any]:
    """Where the version of openai is read, under each name that it has in the file."""
    for node in analysis.all(ast.Attribute, ast.Name):
        parent = analysis.document.parents.get(node)
        is_whole = not isinstance(parent, ast.Attribute) or _name(analysis, parent) not in VERSIONS
        is_read = isinstance(getattr(node, "ctx", None), ast.Load)
        if is_read and is_whole and _name(analysis, node) in VERSIONS:
            yield node


def _is_told(analysis: Analysis, node: ast.AST) -> bool:
    """Whether a version is only shown, logged, stored or sent: nothing here is decided by it."""
    value = node
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, ast.stmt):
            return _ends_well(analysis, parent, value is node)
        if isinstance(parent, ast.IfExp):
            is_text = parent.test is not value
        elif isinstance(parent, ast.BinOp):
            is_text = isinstance(parent.op, (ast.Add, ast.Mod))
        elif isinstance(parent, ast.Call):
            is_text = parent.func is value or _tells(parent)
        elif isinstance(parent, ast.Attribute):
            is_text = parent.attr in _AS_TEXT
        else:
            is_text = isinstance(parent, _PARTS)
        if not is_text:
            return False
        value = parent
    return False


def _ends_well(analysis: Analysis, statement: ast.stmt, is_bare: bool) -> bool:
    """A bare version that gets a name is looked for under that name."""
    if isinstance(statement, ast.Assign) and is_bare:
        return all(
            isinstance(target, ast.Subscript) or _name(analysis, target) in VERSIONS
            for target in statement.targets
        )
    return isinstance(statement, (ast.Expr, ast.Assign)) or (
        isinstance(statement, ast.Return) and not is_bare
    )


def _tells(call: ast.Call) -> bool:
    name = last_name(call.func)
    return name in AS_TEXT | LOGGING | SHOWING | _TOLD or name.startswith("log")


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
