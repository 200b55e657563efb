"""One walk over the tree of a Python file, on which names are bound and rules are asked."""

from __future__ import annotations

import ast
from typing import Any, Callable, Dict, Iterable, NamedTuple, Optional, Sequence, Tuple

from .python_file import FUNCTIONS, UNKNOWN, PythonFile, Scope, Value

Handler = Callable[[Any, Any], None]  # (file, node)


class Plan(NamedTuple):
    """What is done with nodes of one class."""

    handlers: Tuple[Handler, ...]  # first the rules, then what binds names
    fields: Tuple[str, ...]  # where its children are
    has_scope: bool


class _Plans(Dict[type, Optional[Plan]]):
    """The plan for each class of nodes, made when the first one is met; None for what can be passed
    over with all below it."""

    # Fields that hold no code; operators and contexts are half of a tree's nodes.
    NOT_WALKED = frozenset("ctx op ops id attr name arg kind type_comment value_kind".split())
    LEAVES = (ast.Constant, ast.Name)

    def __init__(self, handlers: Sequence[Tuple[type, Handler]]) -> None:
        super().__init__()
        self._handlers = handlers

    def __missing__(self, kind: type) -> Optional[Plan]:
        handlers = [handler for wanted, handler in self._handlers if wanted is kind]
        if kind in BINDERS:
            handlers.append(BINDERS[kind])
        names = () if kind in self.LEAVES else getattr(kind, "_fields", ())
        fields = tuple(name for name in names if name not in self.NOT_WALKED)
        plan = Plan(tuple(handlers), fields, kind in FUNCTIONS) if handlers or fields else None
        self[kind] = plan
        return plan


class Walker:
    """Every node once, in order; names are bound before handlers of later nodes run."""

    def __init__(self, handlers: Iterable[Tuple[type, Handler]], ends: Handler) -> None:
        self._plans = _Plans(tuple(handlers))
        self._ends = ends

    def walk(self, file: PythonFile, node: ast.AST) -> None:
        """Visit a node, and then what is below it."""
        plan = self._plans[type(node)]
        if plan is not None:
            self._visit(file, node, plan)

    def _visit(self, file: PythonFile, node: ast.AST, plan: Plan) -> None:
        for handler in plan.handlers:
            handler(file, node)
        if not plan.fields:
            return
        plans = self._plans
        file.parents.append(node)
        for field in plan.fields:
            value: Any = getattr(node, field, None)
            for item in value if type(value) is list else (value,):
                below = plans[type(item)]
                if below is not None:
                    self._visit(file, item, below)
        file.parents.pop()
        if plan.has_scope:
            self._ends(file, file.scope)
            file.scope = file.scope.parent or file.scope


# --- what binds names ----------------------------------------------------------------------------


def _definition(file: PythonFile, node: Any) -> None:
    """``class openai: ...`` hides what was imported; a method hides nothing."""
    if not file.parents or not isinstance(file.parents[-1], ast.ClassDef):
        file.define(node.name)


def _function(file: PythonFile, node: Any) -> None:
    if not isinstance(node, ast.Lambda):
        _definition(file, node)
    file.scope = Scope(file.scope)
    more = (node.args.vararg, node.args.kwarg)
    file.scope.names.update((argument.arg, UNKNOWN) for argument in more if argument)
    for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        origin = file.dotted(argument.annotation)
        known = Value(f"{origin}()") if origin else UNKNOWN
        file.scope.names[argument.arg] = Value("self") if argument.arg == "self" else known


def _import(file: PythonFile, node: ast.Import) -> None:
    for alias in node.names:
        package = alias.name.partition(".")[0]
        file.imports.setdefault(package, node.lineno)
        bound = alias.asname or package
        file.scope.names[bound] = Value(alias.name if alias.asname else package)


def _import_from(file: PythonFile, node: ast.ImportFrom) -> None:
    if node.level or not node.module:
        for alias in node.names:
            file.scope.names[alias.asname or alias.name] = UNKNOWN
        return
    file.imports.setdefault(node.module.partition(".")[0], node.lineno)
    for alias in node.names:
        if alias.name == "*":
            file.stars.append(node.module)
            continue
        file.scope.names[alias.asname or alias.name] = Value(f"{node.module}.{alias.name}")


def _assign(file: PythonFile, node: Any) -> None:
    assigned = node.targets if isinstance(node, ast.Assign) else [node.target]
    if node.value is None:
        return
    value = Value(file.dotted(node.value), node.value)
    for target in assigned:
        file.bind(target, value)
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            file.scope.grown.add(target.value.id)


def _with(file: PythonFile, node: Any) -> None:
    for item in node.items:
        if item.optional_vars is not None:
            file.bind(item.optional_vars, Value(file.dotted(item.context_expr), item.context_expr))


def _loop(file: PythonFile, node: Any) -> None:
    origin = file.dotted(node.iter)
    file.bind(node.target, Value(f"{origin}[]") if "()" in origin else UNKNOWN)


def _update(file: PythonFile, node: ast.Call) -> None:
    """``body.update(...)``"""
    function = node.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return
    if function.attr in ("update", "setdefault"):
        file.scope.grown.add(function.value.id)


BINDERS: Dict[type, Handler] = {
    **dict.fromkeys(FUNCTIONS, _function),
    ast.ClassDef: _definition,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _assign,
    ast.NamedExpr: _assign,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.Call: _update,
}
