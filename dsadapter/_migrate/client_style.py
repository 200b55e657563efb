"""``--style client``: one client in the place of settings that stand together at the top."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Optional

from .analysis import Analysis
from .modules import Modules
from .names import assigned_pairs
from .replies import FUNCTIONS, Replies
from .resources import CLASSES

NAME = "client"
ARGUMENTS = {"api_key": "api_key", "api_base": "base_url", "organization": "organization"}
_CALM = (ast.Import, ast.ImportFrom, *FUNCTIONS, ast.ClassDef, ast.Expr, ast.Assign, ast.AnnAssign)


def rewrite(analysis: Analysis, modules: Modules, replies: Replies) -> None:
    """Make the client, where it is certain to have what the module had at each call."""
    if not analysis.options.client_style or not replies.calls or not modules.is_imported:
        return
    settings = _settings(analysis, modules)
    # Another file may live on these settings.
    is_shared = analysis.options.is_shared(analysis.options.path)
    if not settings or is_shared or modules.is_azure or _is_name_taken(analysis):
        return
    if _is_calm(analysis, replies, list(settings.values())[-1]):
        modules.client_name = NAME
        _write(analysis, modules, settings)


def _settings(analysis: Analysis, modules: Modules) -> Optional[Dict[str, Any]]:
    """The one assignment of each setting; None where they are not so simple."""
    found: Dict[str, Any] = {}
    targets = {target for target, _ in assigned_pairs(analysis.all(ast.Assign))}
    for node in analysis.all(ast.Attribute):
        name = analysis.names.dotted(node)
        short = name.partition(".")[2]
        if (
            not name.startswith("openai.")
            or "." in short
            or short in CLASSES
            or not short.islower()
        ):
            continue
        if short == "error":
            continue
        statement = analysis.document.parents[node]
        is_plain = isinstance(statement, ast.Assign) and len(statement.targets) == 1
        is_simple = is_plain and node in targets and _stands_alone(analysis, statement)
        if short not in ARGUMENTS or short in found or not is_simple:
            return None
        found[short] = statement
    lines = [(statement.lineno, statement.end_lineno) for statement in found.values()]
    is_together = all(b[0] == a[1] + 1 for a, b in zip(lines, lines[1:]))
    return found if is_together else None


def _stands_alone(analysis: Analysis, statement: Any) -> bool:
    document = analysis.document
    if document.parents[statement] is not document.tree:
        return False
    start, end = document.lines_of(statement)
    return document.raw[start:end].strip() == document.source(statement).encode("utf-8")


def _is_name_taken(analysis: Analysis) -> bool:
    return any(name == NAME for _, name in analysis.names.bindings)


def _is_calm(analysis: Analysis, replies: Replies, last: ast.stmt) -> bool:
    """Whether nothing before the client calls openai."""
    for statement in analysis.document.tree.body:
        if statement is last:
            return True
        if not isinstance(statement, _CALM):
            return False
        if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            continue
        calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
        if any(call in replies.calls or replies.functions(call) for call in calls):
            return False
    return False


def _write(analysis: Analysis, modules: Modules, settings: Dict[str, Any]) -> None:
    document = analysis.document
    arguments: List[str] = []
    for name, statement in settings.items():
        arguments.append(f"{ARGUMENTS[name]}={document.source(statement.value)}")
        modules.written.update(ast.walk(statement))
    *others, last = settings.values()
    for statement in others:
        analysis.change("client", statement, [(*document.lines_of(statement), "")])
    listed = ", ".join([*arguments, "max_retries=0"])
    analysis.replace("client", last, f"{NAME} = {modules.default}.OpenAI({listed})")
