"""Classes and functions of 0.28 that are not called where they stand, and names in strings."""

from __future__ import annotations

import ast
import re
from typing import Any, Sequence

from .._source.python_file import last_name
from .analysis import Analysis
from .modules import Modules
from .resources import CLASS_PATHS, CLASSES, INTERNALS, METHODS, legacy_name, method_of

_PATCHED = re.compile(r"openai\.(?:api_resources\.)?(\w+)\.(a?)(create)$")
_OLD_STRING = re.compile(rf"openai\.(?:{'|'.join([*sorted(CLASSES), *sorted(INTERNALS)])})\b")
_OLD_CODE = re.compile(rf"\bopenai\.(?:{'|'.join([*sorted(CLASSES), 'api_base', 'error'])})\b")
RUNNING = frozenset("exec eval compile run system popen Popen call check_call check_output".split())
PATHS = frozenset("ChatCompletion Completion Embedding Edit Image Moderation Audio".split())
RESOURCES = {
    "ChatCompletion": "chat.completions.{}Completions",
    "Completion": "completions.{}Completions",
    "Embedding": "embeddings.{}Embeddings",
    "Moderation": "moderations.{}Moderations",
}


def rewrite(
    analysis: Analysis, modules: Modules, called: Sequence[ast.AST], is_legacy: bool
) -> None:
    """Ask for the edits of what the calls did not deal with."""
    done = {inner for function in called for inner in ast.walk(function)}
    for node in analysis.all(ast.Attribute, ast.Name):
        if node not in done and isinstance(node.ctx, ast.Load) and modules.is_rooted(node):
            _name(analysis, modules, node)
    if modules.is_here:
        for call in analysis.all(ast.Call):
            _by_name(analysis, call, is_legacy)
            _through_a_value(analysis, call)
    for node in analysis.all(ast.Constant):
        if isinstance(node.value, str) and _OLD_STRING.match(node.value):
            _string(analysis, node)


def _by_name(analysis: Analysis, call: ast.Call, is_legacy: bool) -> None:
    """``getattr(openai, name)``, ``vars(openai)``"""
    function = getattr(call.func, "id", "")
    if not is_legacy or function not in ("getattr", "vars") or not call.args:
        return
    if analysis.names.dotted(call.args[0]) == "openai":
        second = call.args[1] if len(call.args) > 1 else None
        name = second.value if isinstance(second, ast.Constant) else None
        if name is None or name in CLASSES or name in ("error", "api_base"):
            analysis.mark("class-use", call)


def _through_a_value(analysis: Analysis, call: ast.Call) -> None:
    """``self.module.ChatCompletion.create(...)``, ``exec("openai.ChatCompletion...")``"""
    method: Any = call.func
    resource = getattr(method, "value", None)
    is_call = getattr(method, "attr", "") in ("create", "acreate")
    if is_call and getattr(resource, "attr", "") in PATHS and not analysis.names.dotted(method):
        analysis.mark("class-use", call)
    name = last_name(method)
    text = getattr(call.args[0], "value", None) if call.args else None
    if name in RUNNING and isinstance(text, str) and _OLD_CODE.search(text):
        analysis.mark("class-use", call)


def _name(analysis: Analysis, modules: Modules, node: Any) -> None:
    parts = legacy_name(analysis.names.dotted(node)).split(".")
    if parts[0] != "openai" or len(parts) < 2 or _is_inner(analysis, node):
        return
    if parts[-1] == "OpenAIObject" and _is_annotation(analysis, node):
        modules.name_for(node)  # its import goes
        analysis.replace("import", node, "dict")
    elif parts[1] in INTERNALS:
        analysis.mark("removed", node)
    elif parts[1] in CLASSES:
        _class(analysis, modules, node, parts[1:])


def _is_annotation(analysis: Analysis, node: ast.AST) -> bool:
    """Whether a node stands in an annotation alone."""
    below = node
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, (ast.arg, ast.AnnAssign)):
            return parent.annotation is below
        if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return parent.returns is below
        if isinstance(parent, ast.stmt):
            return False
        below = parent
    return False


def _is_inner(analysis: Analysis, node: ast.AST) -> bool:
    """Whether a longer dotted name is looked at as a whole."""
    parent = analysis.document.parents[node]
    return isinstance(parent, ast.Attribute) and bool(analysis.names.dotted(parent))


def _class(analysis: Analysis, modules: Modules, node: Any, parts: Sequence[str]) -> None:
    function, parent = node, analysis.document.parents[node]
    is_instance = isinstance(parent, ast.Call) and not parent.args and not parent.keywords
    if (
        isinstance(parent, ast.Call) and is_instance and parent.func is node
    ):  # ``openai.ChatCompletion()``, as good as the class
        node, parent = parent, analysis.document.parents[parent]
    is_bound = isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value is node
    path = CLASS_PATHS.get(parts[0])
    if len(parts) == 2:
        method = method_of(".".join(["openai", *parts]))
        known = METHODS.get(method[:2]) if method and not method[2] else None
        path = known.path if known else None
    if not is_bound or path is None or len(parts) > 2:
        analysis.mark("class-use", node)
        return
    analysis.replace("call", node, f"{modules.caller(function)}.{path}")


def _string(analysis: Analysis, node: Any) -> None:
    match = _PATCHED.match(node.value)
    parent = analysis.document.parents[node]
    if not isinstance(parent, ast.Call) or not analysis.document.is_placed(node):
        return
    function = analysis.document.source(parent.func)
    if not re.search("patch|setattr|import_module|import_string", function):
        return
    if match is None or match[1] not in RESOURCES:
        analysis.mark("class-use", node)
        return
    resource = RESOURCES[match[1]].format("Async" if match[2] else "")
    analysis.replace("mock-patch", node, f'"openai.resources.{resource}.{match[3]}"')
