"""The settings of the module."""

from __future__ import annotations

import ast
from typing import Any, List, Optional

from .._source.python_file import last_name
from .analysis import Analysis, Replacement
from .modules import Modules
from .names import assigned_pairs
from .resources import DEAD_SETTINGS, IDLE_SETTINGS, method_of

SHARED = frozenset({"openai.api_type", "openai.api_version"})
OPEN_AI = ("open_ai", "openai")
TEXT_METHODS = frozenset("format strip rstrip lstrip join replace lower".split())
OLD_VARIABLES = frozenset({"OPENAI_API_BASE", "OPENAI_ORGANIZATION", "OPENAI_API_TYPE"})
NAMED = frozenset({"api_base", "api_type", "api_version", "ChatCompletion", "Completion"})


def rewrite(analysis: Analysis, modules: Modules, is_legacy: bool) -> None:
    """Ask for the edits of all settings; newer SDKs have some of these names, too."""
    values = dict(assigned_pairs(analysis.all(ast.Assign)))
    for node in analysis.all(ast.Attribute):
        name = analysis.names.dotted(node)
        is_ours = name.startswith("openai.") and modules.is_rooted(node)
        if not is_ours or node in modules.written:
            continue
        if not is_legacy and name in SHARED:
            continue
        if isinstance(node.ctx, ast.Load):
            _read(analysis, modules, node, name)
        else:
            _assigned(analysis, modules, node, name, values.get(node))
    for call in analysis.all(ast.Call):
        _by_name(analysis, call)
    if is_legacy or analysis.options.has_legacy:
        for node in analysis.all(ast.Subscript):
            _variable(analysis, node)


def _assigned(
    analysis: Analysis, modules: Modules, node: Any, dotted: str, value: Optional[ast.expr]
) -> None:
    name = dotted.partition(".")[2]
    if name == "api_base":
        _base(analysis, modules, node, value)
    elif name == "api_type":
        _type(analysis, modules, node, value)
    elif not _is_none(value) and _has_no_effect(modules, name):
        analysis.mark("setting", node)


def _has_no_effect(modules: Modules, name: str) -> bool:
    """Whether newer SDKs do not do what this setting did."""
    if name == "api_version":
        return not modules.is_azure
    return name in DEAD_SETTINGS - IDLE_SETTINGS


def _base(analysis: Analysis, modules: Modules, node: Any, value: Optional[ast.expr]) -> None:
    end = analysis.document.span(node)[1]
    name = (end - len("api_base"), end)
    if modules.is_azure:
        analysis.change("azure", node, [(*name, "azure_endpoint")])
    elif value is None:
        analysis.mark("setting", node)
    else:
        changed = [(*name, "base_url"), *_with_slash(analysis, value)]
        analysis.change("base-url", node, changed)


def _with_slash(analysis: Analysis, value: ast.expr) -> List[Replacement]:
    """The value with a slash at its end; None stays None."""
    document = analysis.document
    start, end = document.span(value)
    text = document.source(value)
    if analysis.names.dotted(value) == "openai.api_base" and isinstance(value, ast.Attribute):
        return []
    if isinstance(value, ast.Constant):
        is_open = isinstance(value.value, str) and not value.value.endswith("/")
        quote = 3 if text.endswith(('"""', "'''")) else 1
        return [(end - quote, end - quote, "/")] if is_open else []
    if _is_text(analysis, value):
        tight = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.JoinedStr)
        opening, closing = ("", "") if isinstance(value, tight) else ("(", ")")
        return [(start, start, opening), (end, end, f'{closing}.rstrip("/") + "/"')]
    if isinstance(value, (ast.Name, ast.Attribute)):
        return [(start, start, f"{text} and "), (end, end, '.rstrip("/") + "/"')]
    return [
        (start, start, '(lambda url: url and url.rstrip("/") + "/")('),
        (end, end, ")"),
    ]


def _is_text(analysis: Analysis, value: Any) -> bool:
    """Whether a value is a str for certain."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str)
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.Add) and (
            _is_text(analysis, value.left) or _is_text(analysis, value.right)
        )
    if isinstance(value, ast.Subscript):
        return analysis.names.dotted(value.value) == "os.environ"
    if not isinstance(value, ast.Call):
        return False
    function = analysis.names.dotted(value.func)
    if function in ("os.getenv", "os.environ.get"):
        return len(value.args) == 2 and _is_text(analysis, value.args[1])
    is_method = isinstance(value.func, ast.Attribute) and value.func.attr in TEXT_METHODS
    return is_method and _is_text(analysis, getattr(value.func, "value", None))


def _type(analysis: Analysis, modules: Modules, node: Any, value: Optional[ast.expr]) -> None:
    literal = getattr(value, "value", "?")
    if modules.is_azure:
        analysis.change("azure", node, [])
    elif literal in OPEN_AI and value is not None:
        if literal != "openai":
            text = f"{analysis.document.quote_for(value)}openai{analysis.document.quote_for(value)}"
            analysis.replace("argument", value, text)
    elif not _is_none(value):
        analysis.mark("setting", node)


def _read(analysis: Analysis, modules: Modules, node: Any, dotted: str) -> None:
    name = dotted.partition(".")[2]
    if name == "api_base":
        new_name = "azure_endpoint" if modules.is_azure else "base_url"
        if not analysis.document.is_placed(node):
            analysis.mark("setting", node)
            return
        end = analysis.document.span(node)[1]
        replacement = (end - len("api_base"), end, new_name)
        is_safe = _is_kept_for_later(analysis, node) or _is_own_default(analysis, node)
        analysis.change("base-url" if is_safe else "setting", node, [replacement])
        return
    is_setting = name in DEAD_SETTINGS | {"api_type", "api_version"}
    is_safe = _is_kept_for_later(analysis, node) or _is_own_default(analysis, node)
    if is_setting and not is_safe:
        analysis.mark("setting", node)


def _is_kept_for_later(analysis: Analysis, node: Any) -> bool:
    """``before = openai.api_base``, of which nothing is done but to set it again."""
    pairs = assigned_pairs(analysis.all(ast.Assign))
    targets = [target for target, value in pairs if value is node]
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        return False
    key = analysis.names.key(targets[0])
    set_again = {value for target, value in pairs if _is_setting(analysis, target)}
    uses = [n for n in analysis.all(ast.Name) if isinstance(n.ctx, ast.Load)]
    return all(
        use in set_again
        for use in uses
        if use.id == targets[0].id and analysis.names.key(use) == key
    )


def _is_own_default(analysis: Analysis, node: ast.AST) -> bool:
    """``openai.api_base = os.environ.get("BASE", openai.api_base)``: where nothing else is given,
    it stays what it is. Where its value decides, None is another than the default of 0.28."""
    value, name = node, analysis.names.dotted(node)
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, ast.Assign):
            return all(analysis.names.dotted(target) == name for target in parent.targets)
        if isinstance(parent, ast.keyword):
            call: Any = analysis.document.parents[parent]
            is_legacy = method_of(analysis.names.dotted(call.func)) is not None
            return is_legacy and name == f"openai.{parent.arg}"
        if not _hands_on(parent, value):
            return False
        value = parent
    return False


def _hands_on(parent: Any, value: Any) -> bool:
    """Whether an expression may be this part of it, and does nothing else with it."""
    if isinstance(parent, ast.BoolOp):
        return isinstance(parent.op, ast.Or) and parent.values[-1] is value
    if isinstance(parent, ast.IfExp):
        return parent.test is not value
    if not isinstance(parent, ast.Call) or not parent.args or parent.args[-1] is not value:
        return False
    place = {"get": 1, "getenv": 1, "getattr": 2}.get(last_name(parent.func))
    return place == len(parent.args) - 1


def _is_setting(analysis: Analysis, target: ast.AST) -> bool:
    return analysis.names.dotted(target).startswith("openai.api_")


def _by_name(analysis: Analysis, call: ast.Call) -> None:
    """``setattr(openai, "api_base", url)`` and ``monkeypatch.setattr``."""
    first = call.args[0] if call.args else None
    if first is None or analysis.names.dotted(first) != "openai" or len(call.args) < 2:
        return
    name = call.args[1].value if isinstance(call.args[1], ast.Constant) else None
    is_any = name is None and getattr(call.func, "id", "") == "setattr"
    if is_any or name in NAMED | DEAD_SETTINGS:
        analysis.mark("setting", call)


def _variable(analysis: Analysis, node: ast.Subscript) -> None:
    """``os.environ["OPENAI_API_BASE"] = url``: newer SDKs do not read it."""
    if isinstance(node.ctx, ast.Store) and analysis.names.dotted(node.value) == "os.environ":
        texts = {getattr(inner, "value", None) for inner in ast.walk(node.slice)}
        if texts & OLD_VARIABLES:
            analysis.mark("setting", node)


def _is_none(value: Optional[ast.expr]) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
