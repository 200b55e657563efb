"""One Python file: its names, and what they stand for.

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
    Dict,
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

    def written(self, node: Optional[ast.AST]) -> Optional[str]:
        """The text of an expression all of whose parts stand in the file, None for any other:
        ``"a" + B``, ``f"a{B}"``, ``"a%s" % B``, ``"a{}".format(B)``; names followed one step."""
        return self._written(self.resolved(node))

    def _written(self, made: Optional[ast.AST]) -> Optional[str]:
        if isinstance(made, ast.JoinedStr):
            return self._filled("{}" * len(made.values), made.values)
        if isinstance(made, ast.FormattedValue):
            return self._written(made.value)
        if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Add):
            return self._filled("{}{}", [made.left, made.right])
        if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Mod):
            values = made.right.elts if isinstance(made.right, ast.Tuple) else [made.right]
            return self._filled(_with_fields(self._written(made.left)), values)
        if isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute):
            template = self._written(made.func.value) if made.func.attr == "format" else None
            return self._filled(template, made.args, made.keywords)
        value = self.literal(made) if isinstance(made, LEAVES) else None
        return value if isinstance(value, str) else None

    def _filled(
        self,
        template: Optional[str],
        nodes: Sequence[ast.expr],
        keywords: Sequence[ast.keyword] = (),
    ) -> Optional[str]:
        """The template with what is written for its fields, None where that is not to be seen."""
        parts = [self._written(node) for node in nodes]
        named = {keyword.arg or "": self._written(keyword.value) for keyword in keywords}
        if template is None or None in parts or None in named.values():
            return None
        if ":" in template:  # a width can be gigabytes
            return None
        try:
            return template.format(*parts, **named)
        except (ValueError, LookupError, AttributeError):
            return None

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

    def define(self, name: str) -> None:
        """Let a name stand for a class or function of this file, unless that is a stand-in."""
        self._asked = None
        if name not in self.imports or not any(self.inside(ast.ExceptHandler)):
            self.scope.names[name] = UNKNOWN

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


def _with_fields(template: Optional[str]) -> Optional[str]:
    """``"Bearer %s"`` as ``"Bearer {}"``"""
    if template is None:
        return None
    return template.replace("{", "{{").replace("}", "}}").replace("%s", "{}")


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


def string_entries(node: Optional[ast.AST]) -> Dict[str, ast.expr]:
    """The entries of a dict display whose keys are plain strings, {} for anything else."""
    pairs = zip(node.keys, node.values) if isinstance(node, ast.Dict) else ()
    return {
        key.value: value
        for key, value in pairs
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def last_name(node: Optional[ast.AST]) -> str:
    """``name`` of ``name`` and of ``value.name``, "" for anything else."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def names_in(node: ast.AST) -> List[str]:
    """The names and attributes in an expression."""
    return [
        last_name(part) for part in ast.walk(node) if isinstance(part, (ast.Name, ast.Attribute))
    ]


def subscript_key(node: ast.Subscript) -> Any:
    """The constant between the brackets, None for anything else (3.8 wraps it in an Index)."""
    index: Any = node.slice
    index = index.value if type(index).__name__ == "Index" else index
    return index.value if isinstance(index, ast.Constant) else None


LEAVES = (ast.Constant, ast.Name, ast.Attribute)
BUILTINS = frozenset(dir(builtins))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
