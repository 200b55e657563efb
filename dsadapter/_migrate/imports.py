"""Import statements, after all else: names that are used no more go."""

from __future__ import annotations

import ast
import re
from typing import Any, List, Set

from .analysis import Analysis
from .modules import Modules
from .resources import CLASSES, ERRORS, INTERNALS, TOP_LEVEL_ERRORS

_IMPORTS = re.compile(r"^\s*import openai\b", re.M)
ONCE = "max_retries = 0  # as in 0.28: each request is sent once"


def rewrite(analysis: Analysis, modules: Modules, has_calls: bool) -> None:
    """Ask for the edits of imports; where the file calls openai, retries are turned off."""
    needs_once = has_calls and not modules.client_name and not _sets_retries(analysis)
    bound: List[ast.AST] = []  # statements after which the module is there
    for node in analysis.all(ast.Import, ast.ImportFrom):
        text = _text(analysis, modules, node)
        source = analysis.document.source(node)
        if (
            text
            and text.startswith("import openai")
            and "\n" not in text
            and _is_superfluous(analysis, modules, node)
        ):
            analysis.change("import", node, [(*analysis.document.lines_of(node), "")])
            continue
        if text is not None and text != source:
            analysis.replace("import", node, text)
        if _binds_module(node) if text is None else _IMPORTS.search(text):
            bound.append(node)
    if needs_once:
        _send_once(analysis, modules, bound)


def _is_superfluous(analysis: Analysis, modules: Modules, node: ast.AST) -> bool:
    """Whether another statement at the top brings the module, and this one has its own lines."""
    document = analysis.document
    if not modules.is_imported or document.parents[node] is not document.tree:
        return False
    start, end = document.lines_of(node)
    return document.raw[start:end].strip() == document.source(node).encode("utf-8")


def _sets_retries(analysis: Analysis) -> bool:
    names = analysis.names
    nodes = analysis.all(ast.Attribute)
    return any(n.attr == "max_retries" and names.dotted(n) == "openai.max_retries" for n in nodes)


def _binds_module(node: Any) -> bool:
    return isinstance(node, ast.Import) and any(a.name == "openai" for a in node.names)


def _text(analysis: Analysis, modules: Modules, node: Any) -> Any:
    """What an import becomes, None for one that stays."""
    if isinstance(node, ast.Import):
        return _of_import(analysis, node)
    is_ours = not node.level and (node.module or "").partition(".")[0] == "openai"
    return _of_import_from(analysis, modules, node) if is_ours else None


def _of_import(analysis: Analysis, node: ast.Import) -> Any:
    """``import openai.error`` is ``import openai``."""
    if not any(alias.name == "openai.error" for alias in node.names):
        return None
    names: List[str] = []
    for alias in node.names:
        name = "openai" if alias.name == "openai.error" else alias.name
        is_kept = alias.asname and alias.name != "openai.error"
        names.append(f"{name} as {alias.asname}" if is_kept else name)
    return f"import {', '.join(dict.fromkeys(names))}"


def _of_import_from(analysis: Analysis, modules: Modules, node: ast.ImportFrom) -> Any:
    kept, new, gone = [], [], False
    for alias in node.names:
        if not _is_old(node.module or "", alias.name):
            kept.append(alias)
            continue
        uses = _uses(analysis, node, alias.asname or alias.name)
        if not uses and _renamed(node.module or "", alias):
            new.append(_renamed(node.module or "", alias))
        elif (uses and uses <= modules.replaced) or _is_needless(analysis, alias, uses):
            gone = True
        else:
            analysis.mark(_why(node.module or "", alias.name), node)
            kept.append(alias)
    if not new and not gone:
        return None
    as_name = "" if modules.default == "openai" else f" as {modules.default}"
    lines = [f"import openai{as_name}"] if gone and not modules.is_imported else []
    lines += [f"from openai import {', '.join(new)}"] if new else []
    if kept:
        names = (f"{a.name} as {a.asname}" if a.asname else a.name for a in kept)
        # First: the comment above it is for this one.
        lines.insert(0, f"from {node.module} import {', '.join(names)}")
    lines = lines or [f"import openai{as_name}"]
    start = analysis.document.span(node)[0]
    return f"{analysis.document.newline}{analysis.document.indent(start)}".join(lines)


def _is_needless(analysis: Analysis, alias: ast.alias, uses: Set[ast.AST]) -> bool:
    """Whether nobody, here or elsewhere, uses a name that was imported."""
    name, options = alias.asname or alias.name, analysis.options
    is_alone = len(re.findall(rf"\b{name}\b", analysis.document.text)) == 1
    return not uses and is_alone and not options.is_mentioned(name, options.path)


def _is_old(module: str, name: str) -> bool:
    """Whether an imported name is one of 0.28."""
    parts = module.split(".")
    if len(parts) > 1:
        return parts[1] == "error" or parts[1] in INTERNALS
    return name in CLASSES | INTERNALS | {"error", "InvalidRequestError"}


def _why(module: str, name: str) -> str:
    if module == "openai.error" or name in TOP_LEVEL_ERRORS or name == "error":
        return "error-use"
    return "removed" if module.partition(".")[2] or name in INTERNALS else "class-use"


def _renamed(module: str, alias: ast.alias) -> str:
    """An error that is imported for others to import it from here."""
    new = ERRORS.get(alias.name, ())
    if module != "openai.error" or len(new) != 1 or alias.name == "APIError":
        return ""
    bound = alias.asname or alias.name
    return new[0] if new[0] == bound else f"{new[0]} as {bound}"


def _uses(analysis: Analysis, node: ast.AST, name: str) -> Set[ast.AST]:
    names = analysis.all(ast.Name)
    return {
        use
        for use in names
        if use.id == name and any(b.node is node for b in analysis.names.of(use))
    }


def _send_once(analysis: Analysis, modules: Modules, bound: List[ast.AST]) -> None:
    """``openai.max_retries = 0`` behind the first import, or behind each where none is at the
    top."""
    top = [n for n in bound if analysis.names.scope(n) is analysis.document.tree]
    for node in top[:1] or bound:
        name = modules.default
        for alias in getattr(node, "names", []):
            if isinstance(node, ast.Import) and alias.name == "openai":
                name = alias.asname or "openai"
        _behind(analysis, node, f"{name}.{ONCE}")


def _behind(analysis: Analysis, node: ast.AST, text: str) -> None:
    document = analysis.document
    end = document.span(node)[1]
    number = document.line_number(end)
    line_end = document.starts[number - 1] + len(document.line(number))
    rest_of_line = document.raw[end:line_end].strip()
    newline, indent = document.newline, document.indent(document.span(node)[0])
    if rest_of_line and not rest_of_line.startswith(b"#"):
        insertion = (end, end, f"; {text.partition('  #')[0]}")
    else:
        insertion = (line_end, line_end, f"{newline}{indent}{text}")
    analysis.change("retries", node, [insertion])
