"""``--to dsadapter``: the imports, and nothing else."""

from __future__ import annotations

import ast
import re
from importlib import import_module

from .analysis import Analysis

_ALIAS = re.compile(r"(import[\s\\]+|,[\s\\]*)openai((?:\.\w+)*)(\s+as\s+\w+)?(?![\w.])")
_STRING = re.compile(r"openai\.\w[\w.]*$")


def rewrite(analysis: Analysis) -> None:
    """Ask for the edits of a file."""
    for node in analysis.all(ast.Import):
        _import(analysis, node)
    for node in analysis.all(ast.ImportFrom):
        if not node.level and (node.module or "").partition(".")[0] == "openai":
            _import_from(analysis, node)
    for node in analysis.all(ast.Call):
        _string(analysis, node)


def _import(analysis: Analysis, node: ast.Import) -> None:
    for alias in node.names:
        if alias.name.partition(".")[0] == "openai" and not offers(alias.name):
            analysis.mark("to-dsadapter-name", node)
            return
    source = analysis.document.source(node)
    text = _ALIAS.sub(lambda match: match[1] + _alias(match[2], match[3] or ""), source)
    if text != source:
        analysis.replace("to-dsadapter", node, text)


def _alias(submodule: str, bound: str) -> str:
    """``dsadapter as openai``: the name in the file stays."""
    if bound:
        return f"dsadapter{submodule}{bound}"
    second = f", dsadapter{submodule}" if submodule else ""
    return f"dsadapter as openai{second}"


def _import_from(analysis: Analysis, node: ast.ImportFrom) -> None:
    module = node.module or ""
    if not all(offers(module, alias.name) for alias in node.names):
        analysis.mark("to-dsadapter-name", node)
        return
    start, end = analysis.document.span(node)
    word = analysis.document.find(b"openai", start + len("from"), end)
    if word is not None:
        analysis.change("to-dsadapter", node, [(*word, "dsadapter")])


def _string(analysis: Analysis, node: ast.Call) -> None:
    """``mock.patch("openai.X")``, ``import_module("openai.X")``."""
    first = node.args[0] if node.args else None
    value = first.value if isinstance(first, ast.Constant) else None
    if first is None or not isinstance(value, str) or not analysis.document.is_placed(first):
        return
    function = analysis.document.source(node.func)
    imports = function.endswith(("import_module", "__import__")) and value == "openai"
    if imports or (_STRING.match(value) and re.search(r"patch|setattr|import_module", function)):
        start, end = analysis.document.span(first)
        word = analysis.document.find(b"openai", start, end)
        if word is not None:
            analysis.change("to-dsadapter-string", node, [(*word, "dsadapter")])


def offers(module: str, name: str = "") -> bool:
    """Whether dsadapter has a module of openai, and in it a name."""
    try:
        imported = import_module(module.replace("openai", "dsadapter", 1))
    except ImportError:
        return False
    if not name or name == "*" or hasattr(imported, name):
        return True
    return offers(f"{module}.{name}")
