"""One Python file: its names, what they stand for, and one walk over its tree.

Names are followed through imports, assignments, annotations and ``with``; what cannot be followed
is unknown, and no rule judges the unknown.
"""

from __future__ import annotations

import ast
from typing import (
    Any,
    Callable,
    Dict,
    FrozenSet,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Tuple,
)

from ..model import Finding, Fix, Text
from ..snapshot import Hit, Snapshot


class Value(NamedTuple):
    """What a name stands for: where it comes from, and the expression that made it."""

    dotted: str = ""
    node: Optional[ast.expr] = None


UNKNOWN = Value()


class Scope:
    """The names of a function or of the module."""

    def __init__(self, parent: Optional[Scope] = None) -> None:
        self.parent = parent
        self.names: Dict[str, Value] = {}
        self.notes: Dict[str, Any] = {}  # what rules remember until the end of the function

    def get(self, name: str) -> Optional[Value]:
        scope: Optional[Scope] = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


class Target(NamedTuple):
    """The SDK that the code would meet here."""

    sdk: str  # version, "" for none
    httpx: str
    httpx2: str
    snapshot: Snapshot

    @property
    def modern(self) -> bool:
        return bool(self.sdk) and not self.sdk.startswith("0.")

    @property
    def legacy(self) -> bool:
        return self.sdk.startswith("0.")


def target(s: Snapshot) -> Target:
    return Target(s.sdk(), s.packages.version("httpx"), s.packages.version("httpx2"), s)


def hit_at(
    file: str,
    line: int,
    column: int,
    rule: str,
    status: str,
    message: Text,
    fix: Optional[Fix] = None,
    **data: Any,
) -> Hit:
    place = {"file": file, "line": line, "column": column, "rule": rule}
    return Hit(rule, file, line, Finding(status, message, (), fix, data={**place, **data}))


class Summary(NamedTuple):
    """What is kept of a file: not its tree."""

    file: str
    hits: Tuple[Hit, ...]
    imports: FrozenSet[str]
    lines: Mapping[str, int]  # "legacy", "modern", "httpx": where each is first used
    dual: bool  # it asks which SDK it has


class Source:
    """A file while it is walked. Handlers read the state and call :meth:`hit`."""

    def __init__(self, file: str, text: str, at: Target) -> None:
        self.file = file
        self.at = at
        self.scope = Scope()
        self.attributes: Dict[str, Value] = {}  # self.client
        self.parents: List[ast.AST] = []
        self.hits: List[Hit] = []
        self.imports: Dict[str, int] = {}  # package -> line of its first import
        self.facts: Dict[str, Any] = {}  # what rules remember until the end of the file
        self.is_about_deepseek = "deepseek" in text.lower()

    def hit(
        self,
        rule: str,
        node: Any,
        status: str,
        message: Text,
        fix: Optional[Fix] = None,
        **data: Any,
    ) -> None:
        line, column = getattr(node, "lineno", 0), getattr(node, "col_offset", 0) + 1
        self.hits.append(hit_at(self.file, line, column, rule, status, message, fix, **data))

    def summary(self) -> Summary:
        lines = {
            name: self.facts[name].lineno
            for name in ("legacy", "modern", "httpx")
            if name in self.facts
        }
        dual = bool(self.facts.get("dual"))
        return Summary(self.file, tuple(self.hits), frozenset(self.imports), lines, dual)

    # -- names

    def dotted(self, node: Optional[ast.AST]) -> str:
        """``openai.OpenAI().chat.completions.create`` for an expression; "" when unknown."""
        if isinstance(node, ast.Name):
            value = self.scope.get(node.id)
            return node.id if value is None else value.dotted
        if isinstance(node, ast.Attribute):
            base = self.dotted(node.value)
            if base == "self" and node.attr in self.attributes:
                return self.attributes[node.attr].dotted
            return f"{base}.{node.attr}" if base else ""
        if isinstance(node, ast.Call):
            base = self.dotted(node.func)
            return f"{base}()" if base else ""
        return self.dotted(node.value) if isinstance(node, ast.Await) else ""

    def resolved(self, node: Optional[ast.AST]) -> Optional[ast.AST]:
        """The expression behind a name, as far as it can be followed."""
        for _ in range(5):
            value = self._value(node)
            if value is None or value.node is None or value.node is node:
                return node
            node = value.node
        return node

    def _value(self, node: Optional[ast.AST]) -> Optional[Value]:
        if isinstance(node, ast.Name):
            return self.scope.get(node.id)
        if isinstance(node, ast.Attribute) and self.dotted(node.value) == "self":
            return self.attributes.get(node.attr)
        return None

    def literal(self, node: Optional[ast.AST]) -> Any:
        """The constant that an expression stands for, None for anything else."""
        found = self.resolved(node)
        return found.value if isinstance(found, ast.Constant) else None

    def texts(self, node: Optional[ast.AST]) -> str:
        """All the string constants in an expression, names followed one step."""
        found = self.resolved(node)
        if found is None:
            return ""
        parts = []
        for inner in ast.walk(found):
            part = self.literal(inner) if isinstance(inner, (ast.Constant, ast.Name)) else None
            if isinstance(part, str):
                parts.append(part)
        return "\n".join(parts)

    def bind(self, place: ast.AST, value: Value) -> None:
        if isinstance(place, ast.Name):
            self.scope.names[place.id] = value
        elif isinstance(place, ast.Attribute) and self.dotted(place.value) == "self":
            self.attributes[place.attr] = value
        elif isinstance(place, (ast.Tuple, ast.List)):
            for element in place.elts:
                self.bind(element, UNKNOWN)

    def note(self, kind: str, name: str) -> Any:
        """What a rule wrote down about a name, here or in an enclosing function."""
        scope: Optional[Scope] = self.scope
        while scope is not None:
            if name in scope.notes.get(kind, {}):
                return scope.notes[kind][name]
            scope = scope.parent
        return None

    def inside(self, *kinds: type) -> Iterator[ast.AST]:
        """The enclosing nodes of these kinds, innermost first, up to the function."""
        for node in reversed(self.parents):
            if isinstance(node, kinds):
                yield node
            if isinstance(node, FUNCTIONS):
                return


def subscript_key(node: ast.Subscript) -> Any:
    """The constant between the brackets, None for anything else (3.8 wraps it in an Index)."""
    index: Any = node.slice
    index = index.value if type(index).__name__ == "Index" else index
    return index.value if isinstance(index, ast.Constant) else None


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
Handler = Callable[[Source, Any], None]


class Plan(NamedTuple):
    """What is done with nodes of one class."""

    handlers: Tuple[Handler, ...]  # first the rules, then what binds names
    fields: Tuple[str, ...]  # where its children are

    @property
    def is_idle(self) -> bool:
        return not self.handlers and not self.fields


class Walker:
    """Every node once, in order; names are bound before handlers of later nodes run."""

    # Fields that hold no code; operators and contexts are half of a tree's nodes.
    NOT_WALKED = frozenset("ctx op ops id attr name arg kind type_comment value_kind".split())

    def __init__(self, handlers: Iterable[Tuple[type, Handler]], ends: Handler) -> None:
        self._handlers = tuple(handlers)
        self._ends = ends
        self._plans: Dict[type, Optional[Plan]] = {}

    def walk(self, source: Source, node: ast.AST) -> None:
        plan = self._plan(type(node))
        if plan is None:
            return
        for handler in plan.handlers:
            handler(source, node)
        if isinstance(node, FUNCTIONS):
            self._function(source, node, plan)
        else:
            self._children(source, node, plan)

    def _plan(self, kind: type) -> Optional[Plan]:
        if kind not in self._plans:
            handlers = tuple(handler for wanted, handler in self._handlers if wanted is kind)
            binder = (BINDERS[kind],) if kind in BINDERS else ()
            leaf = kind in (ast.Constant, ast.Name)
            names: Tuple[str, ...] = () if leaf else getattr(kind, "_fields", ())
            plan = Plan(handlers + binder, tuple(f for f in names if f not in self.NOT_WALKED))
            self._plans[kind] = None if plan.is_idle else plan
        return self._plans[kind]

    def _children(self, source: Source, node: ast.AST, plan: Plan) -> None:
        source.parents.append(node)
        for field in plan.fields:
            value = getattr(node, field, None)
            if type(value) is list:
                for item in value:
                    if isinstance(item, ast.AST):
                        self.walk(source, item)
            elif isinstance(value, ast.AST):
                self.walk(source, value)
        source.parents.pop()

    def _function(self, source: Source, node: Any, plan: Plan) -> None:
        outer, source.scope = source.scope, Scope(source.scope)
        for argument in (*node.args.args, *node.args.kwonlyargs):
            origin = source.dotted(argument.annotation)
            known = Value(f"{origin}()") if origin else UNKNOWN
            source.scope.names[argument.arg] = Value("self") if argument.arg == "self" else known
        self._children(source, node, plan)
        self._ends(source, source.scope)
        source.scope = outer


# --- what binds names ----------------------------------------------------------------------------


def _import(source: Source, node: ast.Import) -> None:
    for alias in node.names:
        package = alias.name.partition(".")[0]
        source.imports.setdefault(package, node.lineno)
        bound = alias.asname or package
        source.scope.names[bound] = Value(alias.name if alias.asname else package)


def _import_from(source: Source, node: ast.ImportFrom) -> None:
    if node.level or not node.module:
        for alias in node.names:
            source.scope.names[alias.asname or alias.name] = UNKNOWN
        return
    source.imports.setdefault(node.module.partition(".")[0], node.lineno)
    for alias in node.names:
        source.scope.names[alias.asname or alias.name] = Value(f"{node.module}.{alias.name}")


def _assign(source: Source, node: Any) -> None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if node.value is None:
        return
    value = Value(source.dotted(node.value), node.value)
    for place in targets:
        source.bind(place, value)


def _with(source: Source, node: Any) -> None:
    for item in node.items:
        if item.optional_vars is not None:
            source.bind(
                item.optional_vars, Value(source.dotted(item.context_expr), item.context_expr)
            )


def _loop(source: Source, node: Any) -> None:
    source.bind(node.target, UNKNOWN)


BINDERS: Dict[type, Handler] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _assign,
    ast.NamedExpr: _assign,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.For: _loop,
    ast.AsyncFor: _loop,
}
