"""How a file uses its replies: as dicts, by attributes, as text, or out of its sight."""

from __future__ import annotations

import ast
import re
from string import Formatter
from typing import Any, List, NamedTuple

from .._source.python_file import last_name, subscript_key
from .analysis import Analysis
from .document import Document
from .legacy_call import ADDING, COLLECTING, TRANSPARENT
from .names import DEFINITION, IMPORT, VALUE, Binding, Function, is_self_attribute
from .replies import Replies
from .resources import (
    DICT_METHODS,
    DISTINCTIVE,
    ITEMS,
    NOT_KEPT,
    OBJECT,
    OBJECT_FIELDS,
    OPTIONAL_FIELDS,
    SPECIAL,
    STREAM,
    TO_DICT,
)

NEUTRAL, DICT, ATTRIBUTE, TEXT, TO_PLAIN, LEAVES, LOST, ASKED, ORDER, UNKNOWN = (
    "neutral dict attribute text to_plain leaves lost asked order unknown".split()
)
PASSING = frozenset(
    "len enumerate zip next anext bool id any all filter map isinstance gather as_completed "
    "result chain cycle islice tqdm min max".split()
)
AS_DICT = frozenset(
    "dict json.dumps json.dump jsonify flask.jsonify json.JSONEncoder copy.copy".split()
)
AS_TEXT = frozenset("print str repr format pprint pprint.pprint pp rich.print".split())
LOGGING = frozenset("debug info warning warn error exception critical log".split())
SHOWING = frozenset("write append writerow writelines add_row insert".split())
RUNNERS = frozenset("submit map to_thread run_in_executor".split())


# Packages whose objects may have fields of these names.
OTHERS = frozenset(
    "argparse click collections datetime django enum numpy pandas pathlib pydantic random re "
    "requests httpx torch typing wtforms".split()
)
EXPRESSIONS = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Await, ast.Starred),
    *(ast.NamedExpr, ast.IfExp, ast.BoolOp),
)
STEPS = (ast.Attribute, ast.Subscript, ast.Call, ast.Await)


class Use(NamedTuple):
    """What is done with a reply, and the node that does it."""

    kind: str
    reply: Any
    node: Any


class Uses:
    """Each use of each reply in a file."""

    def __init__(self, analysis: Analysis, replies: Replies) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._replies = replies
        self.all: List[Use] = []
        if replies.calls:
            self._collect()

    def _collect(self) -> None:
        for node in self._analysis.all(*EXPRESSIONS):
            if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
                continue
            if self._replies.of(node):
                parent = self._document.parents[node]
                self.all.append(Use(self._classify(node, parent), node, parent))

    @property
    def is_dict_style(self) -> bool:
        """Whether the replies must be dicts: only where all that is done with them is to read
        attributes that are always there may they stay as they are."""
        return any(use.kind not in (NEUTRAL, ATTRIBUTE) or _is_optional(use) for use in self.all)

    # -- one use

    def _classify(self, node: Any, parent: Any) -> str:
        if isinstance(parent, ast.Attribute):
            return self._attribute(node, parent)
        if isinstance(parent, ast.Call) and parent.func is not node:
            return self._argument(node, parent)
        if isinstance(parent, ast.keyword):
            call: Any = self._document.parents[parent]
            return DICT if parent.arg is None else self._argument(node, call)
        if isinstance(parent, (ast.Return, ast.Yield, ast.YieldFrom)):
            return self._returned(parent)
        if isinstance(parent, ast.Assign):
            return self._assigned(parent)
        return self._elsewhere(node, parent)

    def _elsewhere(self, node: Any, parent: Any) -> str:
        is_object = OBJECT in self._replies.of(node)
        if isinstance(parent, ast.Subscript):
            return DICT if is_object and parent.value is node else NEUTRAL
        if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)):
            if self._replies.of(node) != {OBJECT}:
                return NEUTRAL
            return ORDER if shows_order(self._document, parent) else DICT
        if type(parent).__name__ == "Match":  # 3.10
            return DICT if is_object else NEUTRAL
        if isinstance(parent, ast.Compare):
            is_identity = all(isinstance(op, (ast.Is, ast.IsNot)) for op in parent.ops)
            return NEUTRAL if is_identity else DICT
        if isinstance(parent, (ast.FormattedValue, ast.BinOp)):
            is_sum = isinstance(parent, ast.BinOp) and not isinstance(parent.op, ast.Mod)
            return TEXT if not is_sum and self._replies.of(node) != {STREAM} else NEUTRAL
        if isinstance(parent, (ast.Dict, ast.List, ast.Tuple, ast.Set)):
            return DICT if is_object else NEUTRAL
        return self._of_lambda(parent) if isinstance(parent, ast.Lambda) else NEUTRAL

    def _of_lambda(self, node: ast.Lambda) -> str:
        """A lambda that has a name in this file, or that an executor runs."""
        parent: Any = self._document.parents[node]
        if isinstance(parent, ast.Call) and node in parent.args:
            last = last_name(parent.func)
            return NEUTRAL if last in RUNNERS else LEAVES
        targets = parent.targets if isinstance(parent, ast.Assign) else []
        options = self._analysis.options
        is_seen = bool(targets) and all(
            isinstance(t, ast.Name) and not options.is_mentioned(t.id, options.path)
            for t in targets
        )
        return NEUTRAL if is_seen else LEAVES

    def _attribute(self, node: Any, parent: ast.Attribute) -> str:
        if OBJECT not in self._replies.of(node):
            return NEUTRAL
        if parent.attr in NOT_KEPT:
            return LOST
        called: Any = self._document.parents.get(parent)
        is_called = isinstance(called, ast.Call) and called.func is parent
        if parent.attr in TO_DICT and is_called:
            return TO_PLAIN
        if parent.attr in ("keys", "values", "items") and is_called:
            return ORDER if shows_order(self._document, self._document.parents[called]) else DICT
        if parent.attr in DICT_METHODS | SPECIAL and isinstance(parent.ctx, ast.Load):
            return DICT
        is_own = parent.attr.startswith("_") or parent.attr in TO_DICT
        return UNKNOWN if is_own else ATTRIBUTE

    def _formatted(self, call: Any) -> str:
        """``"{r.model}".format(r=reply)``"""
        names = [name or "" for _, name, _, _ in Formatter().parse(call.func.value.value)]
        return UNKNOWN if any("." in name for name in names) else DICT

    def _argument(self, node: Any, call: ast.Call) -> str:
        name = self._analysis.names.dotted(call.func)
        last = last_name(call.func)
        name = name or last
        kinds = self._replies.of(node)
        if name in ("hasattr", "getattr") and OBJECT in kinds:
            return ASKED
        is_told_by_kind = name in ("isinstance", "len") and OBJECT in kinds
        if name in AS_DICT or last == "jsonify" or call in self._replies.calls or is_told_by_kind:
            return DICT
        if last == "format" and _has_fields(call):
            return self._formatted(call)
        if name in AS_TEXT or (last in LOGGING and isinstance(call.func, ast.Attribute)):
            return NEUTRAL if kinds == {STREAM} else TEXT
        if name in PASSING | COLLECTING | TRANSPARENT or last in PASSING | TRANSPARENT | RUNNERS:
            is_read = OBJECT in kinds and name in COLLECTING
            return (DICT if name == "sorted" else ORDER) if is_read else NEUTRAL
        if last in ADDING and isinstance(call.func, ast.Attribute):
            is_tracked = self._replies.key(call.func.value) is not None
            return DICT if is_tracked and OBJECT in kinds else LEAVES
        return NEUTRAL if self._replies.functions(call) else LEAVES

    def _returned(self, node: Any) -> str:
        function = self._analysis.names.function(node)
        return LEAVES if function is not None and self._is_for_others(function) else NEUTRAL

    def _is_for_others(self, function: Function) -> bool:
        """Whether somebody out of sight gets what a function returns."""
        options = self._analysis.options
        if options.is_mentioned(function.name, options.path):
            return True
        if self._replies.callers(function) or function.decorator_list:
            return False
        return not self._is_named(function)

    def _is_named(self, function: Function) -> bool:
        """Whether the file hands the function itself on: to an executor, to a decorator."""
        names = self._analysis.all(ast.Name, ast.Attribute)
        return any(
            function in self._replies.behind(node)
            for node in names
            if last_name(node) == function.name
        )

    def _assigned(self, node: ast.Assign) -> str:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and not is_self_attribute(target):
                return LEAVES
            if isinstance(target, ast.Subscript):
                return DICT if self._replies.key(target.value) is not None else LEAVES
        return NEUTRAL

    # -- what looks like a reply and cannot be followed

    def lost_sight(self, is_dict_style: bool) -> List[ast.AST]:
        """Accesses in the style that does not work any more, on what may be a reply."""
        if not self._replies.calls:
            return []
        if is_dict_style:
            attributes = self._analysis.all(ast.Attribute)
            lost = [n for n in attributes if n.attr in DISTINCTIVE and self._may_be_reply(n.value)]
            return lost + [n for n in self._analysis.all(ast.Call) if _gets_attribute(n)]
        subscripts = self._analysis.all(ast.Subscript)
        keyed = [node for node in subscripts if subscript_key(node) in DISTINCTIVE]
        return [node for node in keyed if self._may_be_reply(node.value)]

    def _may_be_reply(self, node: ast.AST) -> bool:
        """Whether nothing is known of an expression: a parameter, an element of something."""
        if self._replies.of(node) or self._analysis.names.dotted(node):
            return False
        root: Any = node
        while isinstance(root, STEPS) and not is_self_attribute(root):
            root = root.func if isinstance(root, ast.Call) else root.value
        if getattr(node, "id", "") in ("self", "cls") or self._analysis.names.dotted(root):
            return False
        bindings = self._analysis.names.of(root)
        return bool(bindings) and not all(map(self._is_other, bindings))

    def _is_other(self, binding: Binding) -> bool:
        """Whether a name certainly stands for something else: a constant, what another package
        makes."""
        node = binding.node
        if binding.kind in (IMPORT, DEFINITION) or isinstance(node, (ast.Constant, ast.ClassDef)):
            return True
        is_made = binding.kind == VALUE and isinstance(node, ast.Call)
        return is_made and self._analysis.names.dotted(node.func).partition(".")[0] in OTHERS


def shows_order(document: Document, node: ast.AST) -> bool:
    """Whether it shows in which order the fields of a dict come: newer SDKs have their own."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        inner = [one for statement in node.body for one in ast.walk(statement)]
        calls = [one.func for one in inner if isinstance(one, ast.Call)]
        names = {last_name(one) for one in calls}
        is_told = names & (AS_TEXT | LOGGING | SHOWING)
        return bool(is_told) or any(isinstance(one, (ast.Yield, ast.Return)) for one in inner)
    if isinstance(node, ast.comprehension):
        around = document.parents[node]
        return isinstance(around, (ast.ListComp, ast.GeneratorExp)) and shows_order(
            document, document.parents[around]
        )
    name = last_name(getattr(node, "func", None))
    return isinstance(node, ast.Call) and name in AS_TEXT | SHOWING | {"list", "tuple", "join"}


def _gets_attribute(call: ast.Call) -> bool:
    """``attrgetter("message.content")``"""
    name = last_name(call.func)
    text = getattr(call.args[0], "value", None) if call.args else None
    fields = DISTINCTIVE | OBJECT_FIELDS | {"content", "role", "index", "text"}
    return name == "attrgetter" and isinstance(text, str) and text.partition(".")[0] in fields


def _has_fields(call: ast.Call) -> bool:
    text = getattr(getattr(call.func, "value", None), "value", None)
    return isinstance(text, str) and bool(re.search(r"\{[^{}]*[.\[]", text))


def _is_optional(use: Use) -> bool:
    """Whether an attribute that a reply may lack is read: newer SDKs have None for it."""
    if use.kind != ATTRIBUTE:
        return False
    return use.node.attr in OPTIONAL_FIELDS or not isinstance(use.node.ctx, ast.Load)


def is_items(replies: Replies, node: ast.AST) -> bool:
    """Whether an expression is a list of replies."""
    return replies.of(node) == {ITEMS}
