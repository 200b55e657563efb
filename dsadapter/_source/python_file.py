"""One Python file: its names, what they stand for, and one walk over its tree.

Names are followed through imports, assignments, annotations and ``with``; what cannot be followed
is unknown.
"""

from __future__ import annotations

import ast
import builtins
import gc
import symtable
import warnings
from contextlib import contextmanager
from typing import (
    Any,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    NamedTuple,
    Optional,
    Sequence,
    Set,
    Tuple,
)


def parse(text: str) -> ast.Module:
    """The tree of a module, without warnings. Raises what ``ast.parse`` raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "invalid escape sequence" is not our business
        return ast.parse(text)


def check_syntax(text: str) -> None:
    """Raises what :func:`parse` raises; makes no tree, which is a quarter of its time."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symtable.symtable(text, "<unknown>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        parse(text)  # a symbol table is stricter than a tree


@contextmanager
def gc_paused() -> Iterator[None]:
    """Trees are many objects, and hold no cycles: looking for some takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
        self.grown: Set[str] = set()  # names whose value got entries after it was bound
        self.notes: Dict[str, Any] = {}  # what handlers remember until the end of the function

    def get(self, name: str) -> Optional[Value]:
        """What a name stands for here or further out, None for a name that nobody bound."""
        scope: Optional[Scope] = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


class PythonFile:
    """A file while it is walked: where the walk is, and what the names there stand for."""

    def __init__(self) -> None:
        self.scope = Scope()
        self.attributes: Dict[str, Value] = {}  # self.client
        self.parents: List[ast.AST] = []
        self.imports: Dict[str, int] = {}  # package -> line of its first import
        self._asked: Optional[ast.AST] = None  # the node that was last asked for, and the answer
        self._answer = ""
        self.stars: List[str] = []  # modules of which every name was imported

    # -- names

    def dotted(self, node: Optional[ast.AST]) -> str:
        """``openai.OpenAI().chat.completions.create`` for an expression; "" when unknown.

        An element is ``[]``: ``reply.choices[]``. Many rules ask the same of one node in a row.
        """
        if node is not self._asked or node is None:
            self._answer = self._dotted(node)
            self._asked = node
        return self._answer

    def _dotted(self, node: Optional[ast.AST]) -> str:
        if isinstance(node, ast.Name):
            value = self.scope.get(node.id)
            return self._unbound(node.id) if value is None else value.dotted
        if isinstance(node, ast.Attribute):
            base = self._dotted(node.value)
            if base == "self" and node.attr in self.attributes:
                return self.attributes[node.attr].dotted
            return f"{base}.{node.attr}" if base else ""
        if isinstance(node, ast.Call):
            base = self._dotted(node.func)
            return self._imported(base, node) or (f"{base}()" if base else "")
        if isinstance(node, ast.Subscript):
            base = self._dotted(node.value)
            return f"{base}[]" if base else ""
        return self._dotted(node.value) if isinstance(node, ast.Await) else ""

    def _unbound(self, name: str) -> str:
        """A name that nobody bound: a builtin, or one that ``import *`` brought."""
        return f"{self.stars[-1]}.{name}" if self.stars and name not in BUILTINS else name

    @staticmethod
    def _imported(function: str, node: ast.Call) -> str:
        """The module of ``importlib.import_module("openai")``, "" for any other call."""
        first = node.args[0] if node.args else None
        if function not in ("importlib.import_module", "__import__"):
            return ""
        name = first.value if isinstance(first, ast.Constant) else None
        return name if isinstance(name, str) else ""

    def resolved(self, node: Optional[ast.AST]) -> Optional[ast.AST]:
        """The expression behind a name, as far as it can be followed."""
        for _ in range(5):
            value = self._value(node)
            if value is None or value.node is None or value.node is node:
                break
            node = value.node
        return self._as_display(node)

    def _as_display(self, node: Optional[ast.AST]) -> Optional[ast.AST]:
        """``dict(a=1, **more)`` as the ``{"a": 1, **more}`` that it is, anything else as it is."""
        if not isinstance(node, ast.Call) or node.args or not isinstance(node.func, ast.Name):
            return node
        if self.dotted(node.func) != "dict":
            return node
        display: Any = ast.Dict(
            keys=[ast.Constant(k.arg) if k.arg else None for k in node.keywords],
            values=[k.value for k in node.keywords],
        )
        return ast.copy_location(display, node)

    def _value(self, node: Optional[ast.AST]) -> Optional[Value]:
        if isinstance(node, ast.Name):
            return self.scope.get(node.id)
        if isinstance(node, ast.Attribute) and self.dotted(node.value) == "self":
            return self.attributes.get(node.attr)
        return None

    def literal(self, node: Optional[ast.AST]) -> Any:
        """The constant that an expression stands for, None for anything else."""
        expression = self.resolved(node)
        return expression.value if isinstance(expression, ast.Constant) else None

    def texts(self, node: Optional[ast.AST]) -> str:
        """All the string constants in an expression, names followed one step."""
        expression = self.resolved(node)
        if expression is None:
            return ""
        parts = []
        for inner in ast.walk(expression):
            part = self.literal(inner) if isinstance(inner, LEAVES) else None
            if isinstance(part, str):
                parts.append(part)
        return "\n".join(parts)

    def bind(self, target: ast.AST, value: Value) -> None:
        """Let a target of an assignment stand for a value."""
        self._asked = None
        if isinstance(target, ast.Name):
            if not self._is_stand_in(target.id, value):
                self.scope.names[target.id] = value
        elif isinstance(target, ast.Attribute) and self.dotted(target.value) == "self":
            self.attributes[target.attr] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            values = _elements(value.node, len(target.elts))
            for element, node in zip(target.elts, values):
                self.bind(element, Value(self.dotted(node), node) if node else UNKNOWN)

    def _is_stand_in(self, name: str, value: Value) -> bool:
        """``openai = None`` in a handler of ImportError: elsewhere it is what was imported."""
        is_none = isinstance(value.node, ast.Constant) and value.node.value is None
        return is_none and name in self.imports and any(self.inside(ast.ExceptHandler))

    def note(self, kind: str, name: str) -> Any:
        """What a handler wrote down about a name, here or in an enclosing function."""
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


def _elements(node: Optional[ast.AST], count: int) -> Sequence[Optional[ast.expr]]:
    """The values of ``a, b = 1, 2``, None for each where they are not to be seen."""
    if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == count:
        return node.elts
    return [None] * count


def assignments(node: ast.Assign) -> Iterator[Tuple[ast.expr, ast.expr]]:
    """Target and value of each assignment in a statement; ``a, b = c, d`` are two."""
    for target in node.targets:
        count = len(target.elts) if isinstance(target, (ast.Tuple, ast.List)) else 0
        values = _elements(node.value, count) if count else [None]
        if isinstance(target, (ast.Tuple, ast.List)) and values[0] is not None:
            yield from ((t, v) for t, v in zip(target.elts, values) if v is not None)
        else:
            yield target, node.value


def string_entries(node: ast.Dict) -> Dict[str, ast.expr]:
    """The entries of a dict display whose keys are plain strings."""
    pairs = zip(node.keys, node.values)
    return {
        key.value: value
        for key, value in pairs
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def subscript_key(node: ast.Subscript) -> Any:
    """The constant between the brackets, None for anything else (3.8 wraps it in an Index)."""
    index: Any = node.slice
    index = index.value if type(index).__name__ == "Index" else index
    return index.value if isinstance(index, ast.Constant) else None


LEAVES = (ast.Constant, ast.Name, ast.Attribute)
BUILTINS = frozenset(dir(builtins))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
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


def _function(file: PythonFile, node: Any) -> None:
    file.scope = Scope(file.scope)
    for argument in (*node.args.args, *node.args.kwonlyargs):
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
