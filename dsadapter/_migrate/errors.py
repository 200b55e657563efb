"""Error classes: where they are caught, and what is read of what was caught."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Set

from .analysis import Analysis
from .caught import called_in, mark_others, rewrite_caught, rewrite_registered
from .modules import Modules
from .replies import Replies
from .resources import ERRORS, TOP_LEVEL_ERRORS

# Classes that catch more than theirs did, unless the other one is caught there, too.
WIDER = {"APIConnectionError": "Timeout", "ServiceUnavailableError": "APIError"}
# Classes that a clause for the other one catches now, if it stands before theirs.
SHADOWED = {"Timeout": "APIConnectionError", "ServiceUnavailableError": "APIError"}
UNFOLLOWED = (ast.Raise, ast.ClassDef, ast.Attribute, ast.Dict, ast.Compare)


def rewrite(analysis: Analysis, modules: Modules, replies: Replies, is_legacy: bool) -> None:
    """Ask for the edits of all error classes; top-level names count in legacy files alone."""
    classes = _classes(analysis, modules, is_legacy)
    for node, name in classes.items():
        _class(analysis, modules, node, name, classes)
        if name == "InvalidRequestError" and _may_be_no_json(analysis, replies, node):
            analysis.mark("error-wider", node)
    for handler in analysis.all(ast.ExceptHandler):
        caught = ast.walk(handler.type) if handler.type is not None else ()
        names = frozenset(classes[n] for n in caught if n in classes)
        rewrite_caught(analysis, replies, handler, names)
    rewrite_registered(analysis, classes)
    if is_legacy:
        mark_others(analysis)


def _classes(analysis: Analysis, modules: Modules, is_legacy: bool) -> Dict[ast.AST, str]:
    classes: Dict[ast.AST, str] = {}
    for node in analysis.all(ast.Attribute, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            continue
        parts = analysis.names.dotted(node).split(".")
        is_rooted = parts[0] == "openai" and modules.is_rooted(node)
        # ``E = openai.error`` is followed; a class in a variable was rewritten where it was bound.
        if parts[:2] == ["openai", "error"] and len(parts) == 3:
            if is_rooted or isinstance(node, ast.Attribute):
                classes[node] = parts[2]
        elif is_rooted and parts == ["openai", "error"]:
            _module(analysis, modules, node)
        elif not is_rooted:
            continue
        elif is_legacy and parts[:-1] == ["openai"] and parts[-1] in TOP_LEVEL_ERRORS:
            classes[node] = parts[1]
    return classes


def _module(analysis: Analysis, modules: Modules, node: Any) -> None:
    """The module of the errors, where it is not asked for one of them."""
    parent = analysis.document.parents[node]
    if isinstance(parent, ast.Attribute):
        return
    if isinstance(parent, ast.Assign):
        analysis.replace("error", node, modules.name_for(node))
    else:
        analysis.mark("error-use", node)


def _class(
    analysis: Analysis, modules: Modules, node: Any, name: str, classes: Dict[ast.AST, str]
) -> None:
    parent = analysis.document.parents[node]
    is_made = isinstance(parent, ast.Call) and parent.func is node
    if name not in ERRORS or is_made or isinstance(parent, UNFOLLOWED):
        analysis.mark("error-use", node)
        return
    if name == "APIError" and not analysis.options.unsafe:
        analysis.mark("error-api", node)
        return
    module = modules.name_for(node)
    text = ", ".join(f"{module}.{new}" for new in ERRORS[name])
    if len(ERRORS[name]) > 1 and not isinstance(parent, ast.Tuple):
        text = f"({text})"
    if text == analysis.document.source(node):
        return
    analysis.replace("error-api" if name == "APIError" else "error", node, text)
    if SHADOWED.get(name, "") in _before(analysis, node, classes):
        analysis.mark("error-wider", node)
        return
    other = WIDER.get(name)
    if other and not {other, "OpenAIError"} & _beside(analysis, node, classes):
        analysis.mark("error-wider", node)


def _may_be_no_json(analysis: Analysis, replies: Replies, node: ast.AST) -> bool:
    """Whether a resource is asked that a server may lack: a 404 without JSON was an APIError."""
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, ast.ExceptHandler):
            called = called_in(replies, analysis.document.parents[parent])
            return bool(called - {"ChatCompletion", "Completion", "Model"})
    return False


def _before(analysis: Analysis, node: ast.AST, classes: Dict[ast.AST, str]) -> Set[str]:
    """The classes that earlier clauses of the same ``try`` catch."""
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, ast.ExceptHandler):
            handlers = getattr(analysis.document.parents[parent], "handlers", [])
            types = [h.type for h in handlers[: handlers.index(parent)] if h.type]
            return {
                classes[inner] for tree in types for inner in ast.walk(tree) if inner in classes
            }
        if isinstance(parent, ast.stmt):
            break
    return set()


def _beside(analysis: Analysis, node: ast.AST, classes: Dict[ast.AST, str]) -> Set[str]:
    """The classes that are caught at the same place, or before it in the same ``try``."""
    around: List[ast.AST] = []
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, ast.ExceptHandler):
            clause = analysis.document.parents[parent]
            handlers = getattr(clause, "handlers", [])
            around = [h.type for h in handlers[: handlers.index(parent) + 1] if h.type]
            break
        if isinstance(parent, (ast.stmt, ast.mod)):
            around = _header(parent)
            break
    return {classes[inner] for tree in around for inner in ast.walk(tree) if inner in classes}


def _header(statement: Any) -> List[ast.AST]:
    """The decorators of a function, all of any other statement."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return list(statement.decorator_list)
    return [statement]
