"""Which expressions of a file are replies: followed through names, returns and parameters."""

from __future__ import annotations

import ast
from typing import Any, Dict, Iterable, List, Optional, Set, Tuple

from .._source.python_file import last_name, subscript_key
from .analysis import Analysis
from .legacy_call import (
    ADDING,
    COLLECTING,
    HANDING,
    NONE,
    TRANSPARENT,
    Kinds,
    LegacyCall,
    element,
    field,
)
from .names import (
    DEFINITION,
    ELEMENT,
    OTHER,
    PARAMETER,
    VALUE,
    Binding,
    Function,
    Key,
    initializers,
    is_self_attribute,
    parameters,
)
from .resources import (
    ITEMS,
    OBJECT,
    STREAM,
    TO_DICT,
    method_of,
)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MAX_ROUNDS = 8


class Replies:
    """The kinds of each expression: an object, a list of some, a stream of some."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._names = analysis.names
        self._kinds: Dict[ast.AST, Kinds] = {}
        self._by_key: Dict[Key, Kinds] = {}
        self._active: Set[ast.AST] = set()
        self._earlier: Dict[ast.AST, Kinds] = {}  # what the round before said
        self._is_circular = False
        self.calls: Dict[ast.Call, LegacyCall] = {}
        self._callers: Dict[str, List[ast.Call]] = {}
        self._added: Dict[Any, List[ast.expr]] = {}
        self._entries: Dict[Tuple[Key, str], List[ast.expr]] = {}  # of dicts, by their keys
        self._returns: Dict[ast.AST, List[ast.AST]] = {}
        self._calls_of: Dict[ast.AST, List[ast.Call]] = {}
        self._collect()
        self._settle()

    def _collect(self) -> None:
        for node in self._analysis.all(ast.Call):
            method = method_of(self._names.dotted(node.func))
            if method is not None:
                self.calls[node] = LegacyCall(node, *method)
            name = last_name(node.func)
            self._callers.setdefault(name, []).append(node)
            if isinstance(node.func, ast.Attribute) and name in ADDING:
                self._add(node.func.value, node.args)
        for node in self._analysis.all(ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Subscript):
                    self._add(target.value, [node.value], subscript_key(target))
        for node in self._analysis.all(ast.Return, ast.Yield, ast.YieldFrom):
            function = self._names.function(node)
            if function is not None and node.value is not None:
                self._returns.setdefault(function, []).append(node)

    def _add(self, container: ast.AST, values: Iterable[ast.expr], entry: Any = None) -> None:
        """``entry`` is the text under which a value is put into a dict."""
        key = self.key(container)
        if key is None:
            return
        if isinstance(entry, str):
            self._entries.setdefault((key, entry), []).extend(values)
        else:
            self._added.setdefault(key, []).extend(values)

    def key(self, node: ast.AST) -> Optional[Key]:
        """What a name or an attribute of self is known under."""
        if isinstance(node, ast.Name):
            return self._names.key(node)
        if isinstance(node, ast.Attribute) and is_self_attribute(node):
            owner = self._names.owner(node)
            return (owner, node.attr) if owner else None
        return None

    # -- functions

    def callers(self, function: Function) -> List[ast.Call]:
        """The calls of a function of this file, by its name."""
        if function not in self._calls_of:
            owner = self._names.owner(function) if function.name == "__init__" else None
            calls = self._callers.get(owner.name if owner else function.name, [])
            self._calls_of[function] = [c for c in calls if function in self.functions(c)]
        return self._calls_of[function]

    def functions(self, call: ast.Call) -> List[Function]:
        """The functions of this file that a call may reach."""
        return self.behind(call.func)

    def behind(self, node: ast.AST) -> List[Function]:
        """The functions of this file that an expression names."""
        if isinstance(node, ast.Lambda):
            return [node]  # type: ignore[list-item]
        if isinstance(node, ast.Name):
            bindings = self._names.of(node)
            lambdas = [b.node for b in bindings if isinstance(b.node, ast.Lambda)]
            made = [init for b in bindings for init in initializers(b.node)]
            return [b.node for b in bindings if b.kind == DEFINITION] + lambdas + made
        if not isinstance(node, ast.Attribute):
            return []
        methods = self._names.functions.get(node.attr, [])
        methods = [f for f in methods if isinstance(self._names.scope(f), ast.ClassDef)]
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
            return methods
        is_foreign = bool(self._names.dotted(node.value))
        return methods if len(methods) == 1 and not is_foreign else []

    def result(self, function: Function) -> Kinds:
        """What a call of a function gives."""
        if isinstance(function, ast.Lambda):
            return self.of(function.body)
        kinds = NONE
        for node in self._returns.get(function, []):
            kinds |= self._of_return(node)
        return kinds

    def _of_return(self, node: Any) -> Kinds:
        value = self.of(node.value)
        if isinstance(node, ast.Yield):
            return frozenset({STREAM}) if value else NONE
        if isinstance(node, ast.YieldFrom):
            return frozenset({STREAM}) if value & {STREAM, ITEMS} else NONE
        return value

    def _element_of_result(self, call: ast.AST, index: str) -> Kinds:
        """One of the values of ``a, b = function()``."""
        call = call.value if isinstance(call, ast.Await) else call
        kinds = NONE
        for function in self._run_by(call) if isinstance(call, ast.Call) else []:
            for node in self._returns.get(function, []):
                values = getattr(getattr(node, "value", None), "elts", [])
                if int(index) < len(values):
                    kinds |= self.of(values[int(index)])
        return kinds

    def _run_by(self, call: ast.Call) -> List[Function]:
        """The functions whose values a call gives: its own, or those that an executor runs."""
        name = last_name(call.func)
        if name == "result" and not self.functions(call):
            runners = [c for n in ("submit", "run_in_executor") for c in self._callers.get(n, [])]
            return [f for c in runners for argument in c.args[:2] for f in self.behind(argument)]
        if name == "map" and call.args:
            return self.behind(call.args[0])
        return self.functions(call)

    # -- expressions

    def of(self, node: Optional[ast.AST]) -> Kinds:
        """The kinds of an expression, none for what is no reply."""
        handler = HANDLERS.get(type(node))
        if node is None or handler is None:
            return NONE
        if node not in self._kinds:
            if node in self._active:
                self._is_circular = True
                return self._earlier.get(node, NONE)
            self._active.add(node)
            self._kinds[node] = handler(self, node)
            self._active.discard(node)
        return self._kinds[node]

    def leave_out(self, calls: List[ast.Call]) -> None:
        """Calls that stay calls of 0.28."""
        for call in calls:
            del self.calls[call]
        self._earlier, self._kinds, self._by_key = {}, {}, {}
        self._settle()

    def _settle(self) -> None:
        """Once around, and again while circles (a history that is sent and added to) say more."""
        nodes = self._analysis.all(*HANDLERS) if self.calls else []
        for _ in range(MAX_ROUNDS):
            self._earlier, self._kinds, self._by_key = self._kinds, {}, {}
            self._is_circular = False
            for node in nodes:
                self.of(node)
            if not self._is_circular or self._kinds == self._earlier:
                return

    def of_name(self, node: ast.AST) -> Kinds:
        """The kinds of a name or an attribute of self, by all of its bindings."""
        key = self.key(node)
        if key is None:
            return NONE
        if key not in self._by_key:
            kinds = NONE
            for binding in self._names.of(node):
                kinds |= self._of_binding(binding, node)
            is_added = any(self.of(value) for value in self._added.get(key, []))
            self._by_key[key] = kinds | (frozenset({ITEMS}) if is_added else NONE)
        return self._by_key[key]

    def _of_binding(self, binding: Binding, node: ast.AST) -> Kinds:
        if binding.kind == VALUE:
            return self.of(binding.node)
        if binding.kind == ELEMENT:
            return element(self.of(binding.node))
        if binding.kind == PARAMETER and isinstance(node, ast.Name):
            return self._of_parameter(binding.node, node.id)
        if binding.kind == OTHER:
            return self._of_unpacked(binding.node, binding.dotted)
        return NONE

    def _of_unpacked(self, node: ast.AST, index: str) -> Kinds:
        """One of several names; without an index those that take the rest, or more of a list."""
        if self.of(node) & {ITEMS, STREAM} and not isinstance(node, ast.Tuple):
            return frozenset({OBJECT if index else ITEMS})
        if not index:
            return NONE
        name = self._name(node.func) if isinstance(node, ast.Call) else ""
        arguments = node.args if isinstance(node, ast.Call) else []
        if name == "enumerate" and index == "1":
            return element(self.of(arguments[0]))
        if name == "zip" and int(index) < len(arguments):
            return element(self.of(arguments[int(index)]))
        if name == "items" and index == "1" and isinstance(node, ast.Call):
            return self.of(getattr(node.func, "value", None)) & {ITEMS} and frozenset({OBJECT})
        return self._element_of_result(node, index)

    def _of_parameter(self, function: Any, name: str) -> Kinds:
        kinds = NONE
        if not isinstance(function, FUNCTIONS):
            return self._of_element_for(function)
        names = [argument.arg for argument in parameters(function)]
        for call in self.callers(function):
            is_bound = isinstance(call.func, ast.Attribute) or function.name == "__init__"
            is_method = is_bound and names[:1] in (["self"], ["cls"])
            positional = names[1:] if is_method else names
            pairs = [*zip(positional, call.args), *((k.arg, k.value) for k in call.keywords)]
            for bound, value in pairs:
                kinds |= self.of(value) if bound == name else NONE
        return kinds

    def _of_element_for(self, function: ast.Lambda) -> Kinds:
        """What ``map(lambda c: ..., choices)`` and ``max(choices, key=lambda c: ...)`` hand on."""
        parent: Any = self._analysis.document.parents[function]
        if isinstance(parent, ast.keyword):
            parent = self._analysis.document.parents[parent]
        if getattr(getattr(parent, "func", None), "id", "") not in HANDING:
            return NONE
        kinds = NONE
        for argument in parent.args:
            kinds |= element(self.of(argument)) if argument is not function else NONE
        return kinds

    def _name(self, function: ast.AST) -> str:
        """``asyncio.run``, or the last word of what is not imported."""
        dotted = self._names.dotted(function)
        return dotted or last_name(function)

    def _of_attribute(self, node: ast.Attribute) -> Kinds:
        if is_self_attribute(node):
            return self.of_name(node)
        return field(node.attr) if OBJECT in self.of(node.value) else NONE

    def _of_subscript(self, node: ast.Subscript) -> Kinds:
        base = self.of(node.value)
        key = subscript_key(node)
        if OBJECT in base and isinstance(key, str):
            return field(key)
        if ITEMS in base:
            return frozenset({ITEMS if isinstance(node.slice, ast.Slice) else OBJECT})
        return self._of_entry(node.value, key) if isinstance(key, str) else NONE

    def _of_entry(self, container: ast.expr, name: str) -> Kinds:
        """What stands under a name in a dict that this file fills."""
        key = self.key(container)
        values = list(self._entries.get((key, name), [])) if key else []
        for binding in self._names.of(container):
            if binding.kind == VALUE and isinstance(binding.node, ast.Dict):
                pairs = zip(binding.node.keys, binding.node.values)
                values += [v for k, v in pairs if getattr(k, "value", None) == name]
        kinds = NONE
        for value in values:
            kinds |= self.of(value)
        return kinds

    def _of_call(self, node: ast.Call) -> Kinds:
        if node in self.calls:
            return self.calls[node].kinds
        kinds = NONE
        for function in self.functions(node):
            kinds |= self.result(function)
        return kinds | self._of_known_function(node)

    def _of_known_function(self, node: ast.Call) -> Kinds:
        name = self._name(node.func)
        first = node.args[0] if node.args else None
        if isinstance(node.func, ast.Attribute) and OBJECT in self.of(node.func.value):
            return self._of_method(node.func.attr, first)
        if isinstance(node.func, ast.Attribute) and ITEMS in self.of(node.func.value):
            if node.func.attr in ("values", "copy"):
                return frozenset({ITEMS})
            return frozenset({OBJECT}) if node.func.attr in ("pop", "get") else NONE
        if name in TRANSPARENT or name.rpartition(".")[2] in TRANSPARENT:
            return self.of(first)
        if name in COLLECTING and self.of(first) & {ITEMS, STREAM}:
            return frozenset({ITEMS})
        if name in ("next", "anext", "min", "max"):
            return element(self.of(first))
        if name == "getattr" and len(node.args) > 1 and OBJECT in self.of(first):
            key = node.args[1]
            return field(key.value) if isinstance(key, ast.Constant) else NONE
        return self._of_runner(name, node)

    def _of_method(self, name: str, first: Optional[ast.expr]) -> Kinds:
        if name in TO_DICT or name == "copy":
            return frozenset({OBJECT})
        if name in ("get", "pop") and isinstance(first, ast.Constant):
            return field(first.value)
        return NONE

    def _of_runner(self, name: str, node: ast.Call) -> Kinds:
        """``asyncio.gather(*calls)``, ``executor.map(function, ...)``, ``future.result()``."""
        last = name.rpartition(".")[2]
        if last == "gather":
            return frozenset({ITEMS}) if any(self.of(value) for value in node.args) else NONE
        if last == "result" and isinstance(node.func, ast.Attribute):
            kinds = self.of(node.func.value)
            for function in [] if kinds else self._run_by(node):
                kinds |= self.result(function)
            return kinds
        position = {"map": 0, "submit": 0, "to_thread": 0, "run_in_executor": 1}.get(last)
        if position is None or len(node.args) <= position:
            return NONE
        kinds = NONE
        for function in self.behind(node.args[position]):
            kinds |= self.result(function)
        return frozenset({ITEMS}) if last == "map" and kinds else kinds

    def _of_value(self, node: Any) -> Kinds:
        return self.of(node.value)

    def _of_branches(self, node: Any) -> Kinds:
        values = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        kinds = NONE
        for value in values:
            kinds |= self.of(value)
        return kinds

    def _of_display(self, node: Any) -> Kinds:
        kinds = [self.of(value) for value in node.elts]
        # Of a tuple each place is its own.
        is_some = all(kinds) if isinstance(node, ast.Tuple) else any(kinds)
        return frozenset({ITEMS}) if kinds and is_some else NONE

    def _of_comprehension(self, node: Any) -> Kinds:
        is_stream = isinstance(node, ast.GeneratorExp)
        value = node.value if isinstance(node, ast.DictComp) else node.elt
        return frozenset({STREAM if is_stream else ITEMS}) if self.of(value) else NONE

    def _of_sum(self, node: ast.BinOp) -> Kinds:
        return (self.of(node.left) | self.of(node.right)) & {ITEMS}


HANDLERS: Dict[type, Any] = {
    ast.Name: Replies.of_name,
    ast.Attribute: Replies._of_attribute,
    ast.Subscript: Replies._of_subscript,
    ast.Call: Replies._of_call,
    ast.Await: Replies._of_value,
    ast.Starred: Replies._of_value,
    ast.NamedExpr: Replies._of_value,
    ast.IfExp: Replies._of_branches,
    ast.BoolOp: Replies._of_branches,
    ast.List: Replies._of_display,
    ast.Tuple: Replies._of_display,
    ast.ListComp: Replies._of_comprehension,
    ast.SetComp: Replies._of_comprehension,
    ast.GeneratorExp: Replies._of_comprehension,
    ast.DictComp: Replies._of_comprehension,
    ast.BinOp: Replies._of_sum,
}
