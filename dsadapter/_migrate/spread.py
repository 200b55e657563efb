"""``create(**params)``: what is in the dict, where this file alone fills it."""

from __future__ import annotations

import ast
from typing import Any, List, Sequence, Tuple

from .._repairs.rule import FLASH, RETIRED
from .._source.python_file import last_name, subscript_key
from .analysis import Analysis
from .names import PARAMETER, VALUE, parameters
from .replies import Replies
from .resources import Method

IN_DICTS = {"request_timeout": "timeout", "headers": "extra_headers", "engine": "model"}
STREAMED = frozenset({"chat.completions.create", "completions.create"})
MAX_DEPTH = 4  # of dicts in dicts, and of functions that hand theirs on
READING = frozenset("get pop keys values items copy".split())
HARMLESS = frozenset(
    "print len str repr sorted list dict json.dumps copy.copy copy.deepcopy".split()
)
Entry = Tuple[str, ast.AST, Any]  # the name, the node that names it, the value


class Unknown(Exception):
    """The call cannot be rewritten; ``rule`` says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Spread:
    """The entries of dicts that become arguments of one method."""

    def __init__(self, analysis: Analysis, replies: Replies, method: Method) -> None:
        self._analysis = analysis
        self._names = analysis.names
        self._replies = replies
        self._method = method

    def check(self, values: Sequence[ast.expr]) -> bool:
        """Rename the keys that need it; tells whether the call may stream. Raises Unknown."""
        entries = [entry for value in values for entry in self._entries(value, MAX_DEPTH)]
        known = self._method.arguments
        old = [entry for entry in entries if known is not None and entry[0] not in known]
        for name, node, _ in old:
            if name not in IN_DICTS or not isinstance(node, ast.Constant):
                raise Unknown("stream-unknown")
        if old and not self._analysis.options.unsafe:
            raise Unknown("keyword-name")
        for name, node, _ in old:
            start, end = self._analysis.document.span(node)
            self._analysis.change("keyword-name", node, [(start, end, f'"{IN_DICTS[name]}"')])
        for name, node, content in entries:
            if name == "model":
                self._model(node, content, entries)
        streams = [content for name, _, content in entries if name == "stream"]
        return any(not isinstance(one, ast.Constant) or one.value for one in streams)

    def _model(self, node: ast.AST, value: Any, entries: List[Entry]) -> None:
        """A retired model under its new name, and the mode that it meant."""
        name = getattr(value, "value", None)
        is_free = not {"extra_body", "thinking"} & {entry[0] for entry in entries}
        is_in_display = isinstance(self._analysis.document.parents[node], ast.Dict)
        if not self._analysis.options.unsafe or name not in RETIRED:
            return
        if not is_free or not is_in_display:
            return
        start, end = self._analysis.document.span(value)
        is_chat = self._method.path.startswith("chat.")
        mode = f', "extra_body": {{{mode_of(name)}}}' if is_chat else ""
        self._analysis.change("model", node, [(start, end, f'"{FLASH}"{mode}')])

    # -- where they come from

    def _entries(self, value: Any, depth: int) -> List[Entry]:
        """Raises Unknown for a dict that others fill, too."""
        if not depth:
            raise Unknown("stream-unknown")
        if isinstance(value, ast.Dict):
            return self._of_display(value, depth)
        if isinstance(value, ast.Call):
            return self._of_call(value, depth)
        if isinstance(value, (ast.Name, ast.Attribute)):
            return self._of_name(value, depth)
        if isinstance(value, (ast.IfExp, ast.BoolOp)):
            parts = value.values if isinstance(value, ast.BoolOp) else [value.body, value.orelse]
            return [entry for part in parts for entry in self._entries(part, depth - 1)]
        raise Unknown("stream-unknown")

    def _of_display(self, display: ast.Dict, depth: int) -> List[Entry]:
        entries: List[Entry] = []
        for key, content in zip(display.keys, display.values):
            if key is None:
                entries += self._entries(content, depth - 1)
            elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                entries.append((key.value, key, content))
            else:
                raise Unknown("stream-unknown")
        return entries

    def _of_call(self, call: ast.Call, depth: int) -> List[Entry]:
        """``dict(a=b)``, ``params.copy()``"""
        if isinstance(call.func, ast.Attribute) and call.func.attr == "copy" and not call.args:
            return self._entries(call.func.value, depth - 1)
        if getattr(call.func, "id", "") != "dict":
            raise Unknown("stream-unknown")
        entries = [entry for one in call.args for entry in self._entries(one, depth - 1)]
        return entries + self._of_keywords(call.keywords, depth)

    def _of_keywords(self, keywords: List[ast.keyword], depth: int) -> List[Entry]:
        entries: List[Entry] = []
        for keyword in keywords:
            if keyword.arg is None:
                entries += self._entries(keyword.value, depth - 1)
            else:
                entries.append((keyword.arg, keyword, keyword.value))
        return entries

    def _of_name(self, node: Any, depth: int) -> List[Entry]:
        bindings = self._names.of(node)
        options = self._analysis.options
        is_outer = not isinstance(node, ast.Name) or bool(self._names.function(node)) is False
        name = node.id if isinstance(node, ast.Name) else node.attr
        if not bindings or (is_outer and options.is_mentioned(name, options.path)):
            raise Unknown("stream-unknown")
        entries = self._put_in(node, depth)
        for binding in bindings:
            if binding.kind == VALUE:
                entries += self._entries(binding.node, depth - 1)
            elif binding.kind == PARAMETER:
                entries += self._of_parameter(binding.node, node.id, depth)
            else:
                raise Unknown("stream-unknown")
        return entries

    def _of_parameter(self, function: Any, name: str, depth: int) -> List[Entry]:
        """``**kwargs`` of a function of which every call is seen."""
        options = self._analysis.options
        star = getattr(function.args, "kwarg", None)
        is_star = star is not None and star.arg == name
        if isinstance(function, ast.Lambda) or not is_star:
            raise Unknown("stream-unknown")
        callers = self._replies.callers(function)
        is_named = self._is_named(function)
        if not callers or is_named or options.is_mentioned(function.name, options.path):
            raise Unknown("stream-unknown")
        taken = {argument.arg for argument in parameters(function)}
        entries: List[Entry] = []
        for call in callers:
            passed = self._of_keywords(call.keywords, depth)
            entries += [entry for entry in passed if entry[0] not in taken]
        return entries

    def _is_named(self, function: Any) -> bool:
        """Whether the function is handed on, and so called out of sight."""
        for node in self._analysis.all(ast.Name, ast.Attribute):
            if last_name(node) != function.name:
                continue
            parent = self._analysis.document.parents[node]
            is_call = isinstance(parent, ast.Call) and parent.func is node
            if not is_call and function in self._replies.behind(node):
                return True
        return False

    # -- what is put into them later

    def _put_in(self, node: Any, depth: int) -> List[Entry]:
        """``params["x"] = y``. Raises Unknown where something else may fill the dict."""
        key = self._replies.key(node)
        entries: List[Entry] = []
        for use in self._analysis.all(type(node)):
            is_same = last_name(use) == (key[1] if key else None)
            if is_same and isinstance(use.ctx, ast.Load) and self._replies.key(use) == key:
                entries += self._use(use, depth)
        return entries

    def _use(self, use: Any, depth: int) -> List[Entry]:
        parent: Any = self._analysis.document.parents[use]
        if isinstance(parent, ast.keyword):
            return [] if parent.arg is None else self._unknown()
        if isinstance(parent, ast.Subscript) and parent.value is use:
            return self._entry(parent)
        if isinstance(parent, ast.Attribute):
            return self._method_of(parent, depth)
        if isinstance(parent, ast.Call) and parent.func is not use:
            name = self._names.dotted(parent.func) or getattr(parent.func, "id", "")
            return [] if name in HARMLESS else self._unknown()
        is_read = isinstance(parent, (ast.Compare, ast.Dict, ast.If, ast.BoolOp, ast.For))
        is_copied = isinstance(parent, ast.Assign)  # a second name of it
        return [] if is_read and not is_copied else self._unknown()

    def _entry(self, node: ast.Subscript) -> List[Entry]:
        name = subscript_key(node)
        if isinstance(node.ctx, (ast.Load, ast.Del)):
            return []
        statement = self._analysis.document.parents[node]
        if not isinstance(name, str) or not isinstance(statement, ast.Assign):
            return self._unknown()
        return [(name, statement, statement.value)]

    def _method_of(self, node: ast.Attribute, depth: int) -> List[Entry]:
        call: Any = self._analysis.document.parents[node]
        if not isinstance(call, ast.Call) or call.func is not node:
            return self._unknown()
        if node.attr in READING:
            return []
        if node.attr == "setdefault" and len(call.args) == 2:
            name = getattr(call.args[0], "value", None)
            return [(name, call, call.args[1])] if isinstance(name, str) else self._unknown()
        if node.attr == "update":
            added = [entry for one in call.args for entry in self._entries(one, depth - 1)]
            return added + self._of_keywords(call.keywords, depth)
        return self._unknown()

    @staticmethod
    def _unknown() -> List[Entry]:
        raise Unknown("stream-unknown")


def mode_of(name: str) -> str:
    """The entry of a body that says in which mode a retired model answered."""
    return f'"thinking": {{"type": "{RETIRED[name]}"}}'
