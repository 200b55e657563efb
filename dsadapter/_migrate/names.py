"""What the names of a file stand for, scope by scope."""

from __future__ import annotations

import ast
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple, Union

from .document import Document

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES = (*FUNCTIONS, *COMPREHENSIONS, ast.ClassDef, ast.Module)
Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]

IMPORT, VALUE, ELEMENT, PARAMETER, DEFINITION, HANDLER, OTHER = (
    "import value element parameter definition handler other".split()
)
DEPTH = 5  # names that stand for names
RESOURCES = frozenset({"ChatCompletion", "Completion", "Embedding", "Moderation"})
Key = Tuple[ast.AST, str]  # the scope that binds a name, and the name


class Binding(NamedTuple):
    """One way in which a name gets its value.

    ``node`` is the expression (VALUE, ELEMENT: one of its elements), the function (PARAMETER,
    DEFINITION), the clause (HANDLER) or the import; ``dotted`` what an import binds.
    """

    kind: str
    node: Any
    dotted: str = ""


class Names:
    """The bindings of each scope of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.bindings: Dict[Key, List[Binding]] = {}
        self.attributes: Dict[Key, List[Binding]] = {}  # (class, name) of self.name = ...
        self._globals: Dict[Key, ast.AST] = {}
        self._dotted: Dict[Key, str] = {}
        self._scopes: Dict[ast.AST, ast.AST] = {}
        self.functions: Dict[str, List[Function]] = {}
        for node in document.nodes:
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                self._declare(node)
        for node in document.nodes:
            collect = COLLECTORS.get(type(node))
            if collect is not None:
                collect(self, node)

    def _declare(self, node: Any) -> None:
        here = self.scope(node)
        outer: ast.AST = self.document.tree
        if isinstance(node, ast.Nonlocal):
            outer = next(s for s in self.scopes(node) if s is not here)
        for name in node.names:
            self._globals[here, name] = outer

    # -- scopes

    def scope(self, node: ast.AST) -> ast.AST:
        """The scope in which a node stands."""
        if node not in self._scopes:
            parent = self.document.parents.get(node, self.document.tree)
            self._scopes[node] = parent if isinstance(parent, SCOPES) else self.scope(parent)
        return self._scopes[node]

    def scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """The scopes that a name is looked up in; classes count for what stands in them alone."""
        here = self.scope(node)
        first = here
        while True:
            if here is first or not isinstance(here, ast.ClassDef):
                yield here
            if here is self.document.tree:
                return
            here = self.scope(here)

    def function(self, node: ast.AST) -> Optional[Function]:
        """The function around a node, None at the top of the module."""
        for parent in self.document.ancestors(node):
            if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return parent
        return None

    def owner(self, node: ast.AST) -> Optional[ast.ClassDef]:
        """The class around a node."""
        for parent in self.document.ancestors(node):
            if isinstance(parent, ast.ClassDef):
                return parent
        return None

    def bind(self, target: Any, binding: Binding) -> None:
        """Add a binding of a target, of each name in it where it is a tuple."""
        if isinstance(target, ast.Name):
            key = self._key_of(target, target.id)
            self.bindings.setdefault(key, []).append(binding)
        elif is_self_attribute(target):
            owner = self.owner(target)
            if owner is not None:
                self.attributes.setdefault((owner, target.attr), []).append(binding)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._bind_each(target.elts, binding)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, Binding(OTHER, binding.node))

    def _bind_each(self, targets: List[ast.expr], binding: Binding) -> None:
        values = getattr(binding.node, "elts", None) if binding.kind == VALUE else None
        for index, target in enumerate(targets):
            if values is not None and len(values) == len(targets):
                self.bind(target, Binding(VALUE, values[index]))
            else:
                self.bind(target, Binding(OTHER, binding.node, str(index)))

    def _key_of(self, node: ast.AST, name: str) -> Key:
        scope = self.scope(node)
        if isinstance(node, ast.Name) and isinstance(scope, COMPREHENSIONS):
            parent = self.document.parents.get(node)
            if isinstance(parent, ast.NamedExpr) and parent.target is node:
                scope = next(s for s in self.scopes(node) if not isinstance(s, COMPREHENSIONS))
        return self._globals.get((scope, name), scope), name

    def key(self, node: ast.Name) -> Optional[Key]:
        """Where a name is bound, None for one that the file does not bind."""
        for scope in self.scopes(node):
            key = (self._globals.get((scope, node.id), scope), node.id)
            if key in self.bindings:
                return key
        return None

    def of(self, node: ast.AST) -> List[Binding]:
        """The bindings of a name or of an attribute of self."""
        if isinstance(node, ast.Name):
            key = self.key(node)
            return self.bindings[key] if key else []
        if isinstance(node, ast.Attribute) and is_self_attribute(node):
            owner = self.owner(node)
            return self.attributes.get((owner, node.attr), []) if owner else []
        return []

    # -- what a dotted expression stands for

    def dotted(self, node: ast.AST, depth: int = DEPTH) -> str:
        """``openai.ChatCompletion.create``, through names that are bound in one way; else ""."""
        if isinstance(node, ast.Attribute):
            known = self._through(node, depth)
            base = known or self.dotted(node.value, depth)
            return known or (f"{base}.{node.attr}" if base else "")
        return self._through(node, depth) if isinstance(node, ast.Name) else ""

    def _through(self, node: ast.AST, depth: int) -> str:
        """What all bindings of a name agree upon; ``x = None`` beside them says nothing."""
        if depth < DEPTH:
            return self._agreed(node, depth)
        key = self._key_of_value(node)
        if key is None:
            return ""
        if key not in self._dotted:
            self._dotted[key] = self._agreed(node, depth)
        return self._dotted[key]

    def _key_of_value(self, node: ast.AST) -> Optional[Key]:
        if isinstance(node, ast.Name):
            return self.key(node)
        if isinstance(node, ast.Attribute) and is_self_attribute(node):
            owner = self.owner(node)
            return (owner, f"self.{node.attr}") if owner else None
        return None

    def _agreed(self, node: ast.AST, depth: int) -> str:
        bindings = [b for b in self.of(node) if not is_none(b)]
        origins = {self._origin(binding, depth) for binding in bindings}
        return origins.pop() if len(origins) == 1 else ""

    def _origin(self, binding: Binding, depth: int) -> str:
        if binding.kind == IMPORT:
            return binding.dotted
        if binding.kind == VALUE and depth and isinstance(binding.node, (ast.Name, ast.Attribute)):
            return self.dotted(binding.node, depth - 1)
        if binding.kind == VALUE and depth and _is_bare_call(binding.node):
            made = self.dotted(binding.node.func, depth - 1)
            # An instance of a class of 0.28, whose methods are those of the class.
            is_resource = made.startswith("openai.") and made.rpartition(".")[2] in RESOURCES
            return made if is_resource else ""
        return ""


def _is_bare_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and not node.args and not node.keywords


def is_self_attribute(node: ast.AST) -> bool:
    """Whether a node is ``self.x`` or ``cls.x``."""
    base = node.value if isinstance(node, ast.Attribute) else None
    return isinstance(base, ast.Name) and base.id in ("self", "cls")


def is_none(binding: Binding) -> bool:
    """Whether a name is set to None."""
    node = binding.node
    return binding.kind == VALUE and isinstance(node, ast.Constant) and node.value is None


# --- what binds ----------------------------------------------------------------------------------


def _import(names: Names, node: ast.Import) -> None:
    for alias in node.names:
        root = alias.name.partition(".")[0]
        bound = alias.asname or root
        dotted = alias.name if alias.asname else root
        key = names._key_of(node, bound)
        names.bindings.setdefault(key, []).append(Binding(IMPORT, node, dotted))


def _import_from(names: Names, node: ast.ImportFrom) -> None:
    module = "." * node.level + (node.module or "")
    for alias in node.names:
        key = names._key_of(node, alias.asname or alias.name)
        binding = Binding(IMPORT, node, f"{module}.{alias.name}")
        names.bindings.setdefault(key, []).append(binding)


def _assign(names: Names, node: ast.Assign) -> None:
    for target in node.targets:
        names.bind(target, Binding(VALUE, node.value))


def _assign_one(names: Names, node: Any) -> None:
    if node.value is not None:
        kind = OTHER if isinstance(node, ast.AugAssign) else VALUE
        names.bind(node.target, Binding(kind, node.value))


def _loop(names: Names, node: Any) -> None:
    names.bind(node.target, Binding(ELEMENT, node.iter))


def _with(names: Names, node: ast.withitem) -> None:
    if node.optional_vars is not None:
        names.bind(node.optional_vars, Binding(OTHER, node.context_expr))


def _handler(names: Names, node: ast.ExceptHandler) -> None:
    if node.name:
        key = names._key_of(node, node.name)
        names.bindings.setdefault(key, []).append(Binding(HANDLER, node))


def _function(names: Names, node: Any) -> None:
    if not isinstance(node, ast.Lambda):
        names.functions.setdefault(node.name, []).append(node)
        key = names._key_of(node, node.name)
        names.bindings.setdefault(key, []).append(Binding(DEFINITION, node))
    for argument in parameters(node):
        names.bindings.setdefault((node, argument.arg), []).append(Binding(PARAMETER, node))


def _class(names: Names, node: ast.ClassDef) -> None:
    key = names._key_of(node, node.name)
    names.bindings.setdefault(key, []).append(Binding(OTHER, node))


def initializers(node: ast.AST) -> List[Function]:
    """What runs when a class of this file is called."""
    body = node.body if isinstance(node, ast.ClassDef) else []
    return [f for f in body if isinstance(f, ast.FunctionDef) and f.name == "__init__"]


def parameters(node: Any) -> List[ast.arg]:
    """All parameters of a function."""
    a = node.args
    stars = [star for star in (a.vararg, a.kwarg) if star is not None]
    return [*getattr(a, "posonlyargs", []), *a.args, *a.kwonlyargs, *stars]


COLLECTORS: Dict[type, Any] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _assign_one,
    ast.AugAssign: _assign_one,
    ast.NamedExpr: _assign_one,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.comprehension: _loop,
    ast.withitem: _with,
    ast.ExceptHandler: _handler,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _function,
    ast.ClassDef: _class,
}


def assigned_pairs(nodes: List[ast.Assign]) -> List[Tuple[Any, Any]]:
    """Target and value of each assignment; ``a, b = c, d`` are two, what is unpacked has None."""
    pairs: List[Tuple[Any, Any]] = []
    for node in nodes:
        for target in node.targets:
            targets = getattr(target, "elts", None)
            values = getattr(node.value, "elts", None)
            if targets is None:
                pairs.append((target, node.value))
            elif values is not None and len(values) == len(targets):
                pairs += zip(targets, values)
            else:
                pairs += [(one, None) for one in targets]
    return pairs
