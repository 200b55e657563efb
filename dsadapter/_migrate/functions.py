"""``functions=`` to ``tools=``: all of a file or nothing, with ``--unsafe``."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Optional, Set

from .._source.python_file import last_name, subscript_key
from .analysis import Analysis, Replacement
from .replies import Replies
from .resources import OBJECT

FIELD = "function_call"
_CALLED = '["tool_calls"][0]["function"]'
_MAYBE = ' or [{}])[0].get("function")'
_ROLE_KEYS = frozenset({"role", "name", "content"})


class _NotCertain(Exception):
    """Something here is not understood: the file keeps its functions."""


def rewrite(analysis: Analysis, replies: Replies) -> Set[ast.AST]:
    """Ask for the edits; gives the nodes that need none of the rules for replies any more."""
    calls = [call for call in replies.calls if _keyword(call, "functions")]
    if not calls or not analysis.options.unsafe:
        return set()
    work = _Functions(analysis, replies)
    try:
        work.collect()
    except _NotCertain:
        for call in calls:
            analysis.mark("functions", call)
        return set()
    for node, replacements in work.edits.items():
        analysis.change("functions", node, replacements)
    return work.taken


def _keyword(call: ast.Call, name: str) -> Optional[ast.keyword]:
    return next((keyword for keyword in call.keywords if keyword.arg == name), None)


class _Functions:
    def __init__(self, analysis: Analysis, replies: Replies) -> None:
        self.analysis = analysis
        self.document = analysis.document
        self.replies = replies
        self.edits: Dict[ast.AST, List[Replacement]] = {}
        self.taken: Set[ast.AST] = set()
        self.messages: Dict[Any, Set[str]] = {}  # function -> the names that had a call
        self.seen: Set[ast.AST] = set()  # texts "function_call" that are understood

    def collect(self) -> None:
        """All edits. Raises _NotCertain."""
        for call in self.replies.calls:
            self._arguments(call)
        for node in self.analysis.all(ast.Attribute):
            if node.attr == FIELD and OBJECT in self.replies.of(node.value):
                self._access(node, node.value, node)
        for node in self.analysis.all(ast.Subscript):
            if subscript_key(node) == FIELD:
                self.seen.update(ast.walk(node.slice))
                self._access(node, node.value, node)
        for node in self.analysis.all(ast.Call):
            self._asked(node)
        for node in self.analysis.all(ast.Compare):
            self._compared(node)
        for node in self.analysis.all(ast.Dict):
            self._message(node)
        texts = [n for n in self.analysis.all(ast.Constant) if n.value == FIELD]
        if not all(node in self.seen for node in texts):
            raise _NotCertain

    def _put(self, node: Any, replacements: List[Replacement]) -> None:
        if not self.document.is_placed(node):
            raise _NotCertain
        self.edits[node] = replacements
        self.taken.add(node)

    # -- the call

    def _arguments(self, call: ast.Call) -> None:
        functions, choice = _keyword(call, "functions"), _keyword(call, FIELD)
        if functions is not None:
            value = self.document.source(functions.value)
            listed = f'tools=[{{"type": "function", "function": f}} for f in {value}]'
            self._put(functions, [(*self._span(functions), listed)])
        if choice is not None:
            self._put(choice, [(*self._span(choice), f"tool_choice={self._choice(choice.value)}")])

    def _span(self, keyword: Any) -> Any:
        span = self.document.keyword_span(keyword)
        if span is None:
            raise _NotCertain
        return span

    def _choice(self, value: Any) -> str:
        if isinstance(value, ast.Constant) and value.value in ("auto", "none"):
            return self.document.source(value)
        if isinstance(value, ast.Dict) and len(value.keys) == 1:
            return f'{{"type": "function", "function": {self.document.source(value)}}}'
        raise _NotCertain

    # -- what came back

    def _access(self, node: Any, message: ast.expr, place: ast.AST) -> None:
        """``message["function_call"]``, ``message.function_call``"""
        if not isinstance(node.ctx, ast.Load):
            raise _NotCertain
        self._remember(message)
        self._put(place, [(self.document.span(message)[1], self.document.span(node)[1], _CALLED)])

    def _remember(self, message: ast.expr) -> None:
        scope = self.analysis.names.function(message)
        if isinstance(message, ast.Name):
            self.messages.setdefault(scope, set()).add(message.id)

    def _asked(self, call: ast.Call) -> None:
        """``message.get("function_call")``, ``hasattr(message, "function_call")``"""
        function: Any = call.func
        name = last_name(function)
        keys = [node for node in call.args[:2] if getattr(node, "value", None) == FIELD]
        if not keys:
            return
        self.seen.update(keys)
        start, end = self.document.span(call)
        if name == "get" and isinstance(function, ast.Attribute) and _is_none_or_absent(call, 1):
            message = function.value
            text = f'({self.document.source(message)}.get("tool_calls"){_MAYBE}'
        elif name == "hasattr":
            message = call.args[0]
            text = f'("tool_calls" in {self.document.source(message)})'
        elif name == "getattr" and len(call.args) == 3 and _is_none_or_absent(call, 2):
            message = call.args[0]
            text = f'({self.document.source(message)}.get("tool_calls"){_MAYBE}'
        else:
            raise _NotCertain
        if not isinstance(message, (ast.Name, ast.Subscript)):
            raise _NotCertain
        self._remember(message)
        self._put(call, [(start, end, text)])
        self.taken.update(ast.walk(call))

    def _compared(self, node: ast.Compare) -> None:
        """``"function_call" in message``, ``finish_reason == "function_call"``"""
        for text in (node.left, *node.comparators):
            if isinstance(text, ast.Constant) and text.value == FIELD:
                self.seen.add(text)
                self._put(text, [(*self.document.span(text), '"tool_calls"')])

    def _message(self, node: ast.Dict) -> None:
        """``{"role": "function", "name": name, "content": result}``"""
        keys = [getattr(key, "value", None) for key in node.keys]
        entries = dict(zip(keys, node.values))
        if getattr(entries.get("role"), "value", None) != "function":
            return
        names = self.messages.get(self.analysis.names.function(node), set())
        if set(keys) != _ROLE_KEYS or len(names) != 1:
            raise _NotCertain
        (message,) = names
        role, name = entries["role"], keys.index("name")
        key: Any = node.keys[name]
        start, end = self.document.span(key)[0], self.document.span(node.values[name])[1]
        answered = f'"tool_call_id": {message}["tool_calls"][0]["id"]'
        self._put(node, [(*self.document.span(role), '"tool"'), (start, end, answered)])
        self.taken.discard(node)


def _is_none_or_absent(call: ast.Call, position: int) -> bool:
    if len(call.args) <= position:
        return True
    value = call.args[position]
    return isinstance(value, ast.Constant) and value.value is None
