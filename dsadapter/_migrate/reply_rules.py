"""Replies that are used as dicts: what is written where they are read."""

from __future__ import annotations

import ast
from typing import Any, List, Optional, Set

from .analysis import Analysis, Replacement
from .edits import moved
from .names import ELEMENT, VALUE
from .replies import Replies
from .reply_uses import (
    ASKED,
    ATTRIBUTE,
    LEAVES,
    LOST,
    ORDER,
    TEXT,
    TO_PLAIN,
    UNKNOWN,
    Use,
    Uses,
)
from .resources import DICT_METHODS, ITEMS, NOT_KEPT, SPECIAL, TO_DICT

_BINDING_TIGHTER = (ast.Compare, ast.BinOp, ast.Attribute, ast.Await, ast.Subscript)
_TIGHT = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)


def rewrite(analysis: Analysis, replies: Replies, taken: Set[ast.AST]) -> bool:
    """Ask for the edits; tells whether calls must give dicts. ``taken`` are nodes that other
    rules rewrote."""
    uses = Uses(analysis, replies)
    is_dict_style = uses.is_dict_style or bool(taken)
    for node in uses.lost_sight(is_dict_style):
        analysis.mark("reply-unknown", node)
    if is_dict_style:
        for use in uses.all:
            writer = WRITERS.get(use.kind)
            if writer is not None and use.node not in taken:
                writer(analysis, replies, use)
    return is_dict_style


def _attribute(analysis: Analysis, replies: Replies, use: Use) -> None:
    node = use.node
    called = analysis.document.parents.get(node)
    is_called = isinstance(called, ast.Call) and called.func is node
    if is_called or not analysis.document.is_placed(node) or isinstance(node.ctx, ast.Del):
        analysis.mark("reply-unknown", node)
        return
    start = _dot(analysis, use.reply, node)
    end = analysis.document.span(node)[1]
    quote = analysis.document.quote_for(node)
    analysis.change("reply-field", node, [(start, end, f"[{quote}{node.attr}{quote}]")])
    if _expects_attribute_error(analysis, node):
        analysis.mark("reply-unknown", node)


def _dot(analysis: Analysis, base: ast.AST, node: ast.AST) -> int:
    """Where the dot of an attribute stands, behind the brackets around its base."""
    document = analysis.document
    end = document.span(node)[1]
    return document.raw.rindex(b".", document.span(base)[1], end)


def _expects_attribute_error(analysis: Analysis, node: ast.AST) -> bool:
    """Whether a missing field was told by an AttributeError, which a dict does not raise."""
    below: ast.AST = node
    for parent in analysis.document.ancestors(node):
        if isinstance(parent, ast.Try) and below in parent.body:
            for handler in parent.handlers:
                names = {getattr(n, "id", "") for n in ast.walk(handler.type or ast.Pass())}
                if "AttributeError" in names and "KeyError" not in names:
                    return True
        below = parent
    return False


def _asked(analysis: Analysis, replies: Replies, use: Use) -> None:
    """``hasattr(reply, name)``, ``getattr(reply, name, default)``."""
    call: Any = use.node
    if not _is_simple(analysis, call, use):
        analysis.mark("reply-unknown", call)
        return
    asked = _names_asked(analysis, call.args[1])
    names = asked or []
    if asked is None:
        analysis.mark("reply-unknown", call)  # it may ask for a method
    elif any(name in NOT_KEPT for name in names):
        analysis.mark("removed", call)
        return
    if any(name in TO_DICT for name in names):
        _asked_to_dict(analysis, replies, use, is_alone=len(names) == 1)
    elif all(map(_is_field, names)):
        _asked_field(analysis, call)
    elif not all(_is_of_dict(call, name) for name in names):
        analysis.mark("reply-unknown", call)


def _names_asked(analysis: Analysis, key: ast.expr) -> Optional[List[str]]:
    """The names that ``hasattr(reply, key)`` may ask for, None where they are not in the file."""
    nodes: List[Any] = [key]
    if isinstance(key, ast.Name):
        nodes = []
        for binding in analysis.names.of(key):
            if binding.kind not in (VALUE, ELEMENT):
                return None
            is_each = binding.kind == ELEMENT
            nodes += getattr(binding.node, "elts", [None]) if is_each else [binding.node]
    names = [getattr(node, "value", None) for node in nodes]
    are_texts = bool(names) and all(isinstance(name, str) for name in names)
    return names if are_texts else None  # type: ignore[return-value]


def _is_field(name: str) -> bool:
    return not name.startswith("_") and name not in DICT_METHODS | TO_DICT


def _is_of_dict(call: Any, name: str) -> bool:
    """Whether a dict answers as the object of 0.28 did."""
    if getattr(call.func, "id", "") == "hasattr":
        return hasattr({}, name)
    return name in DICT_METHODS | SPECIAL


def _asked_to_dict(analysis: Analysis, replies: Replies, use: Use, is_alone: bool) -> None:
    """``hasattr(reply, "to_dict")`` told replies from dicts."""
    call, document = use.node, analysis.document
    is_taken = any(name == "dict" for _, name in analysis.names.bindings)
    if not is_alone or is_taken or getattr(call.func, "id", "") != "hasattr":
        analysis.mark("reply-unknown", call)
        return
    function, key = document.span(call.func), document.span(call.args[1])
    analysis.change("reply-field", call, [(*function, "isinstance"), (*key, "dict")])
    if not _is_certain(analysis, replies, use.reply, set()):
        analysis.mark("reply-unknown", call)


def _is_certain(analysis: Analysis, replies: Replies, node: Any, seen: Set[ast.AST]) -> bool:
    """Whether an expression is never a dict of the program's own."""
    if node in seen or not replies.of(node):
        return False
    inside = seen | {node}
    if isinstance(node, ast.Call):
        return node in replies.calls
    if isinstance(node, ast.Name):
        bindings = analysis.names.of(node)
        return all(
            binding.kind in (VALUE, ELEMENT)
            and _is_certain(analysis, replies, binding.node, inside)
            for binding in bindings
        )
    is_step = isinstance(node, (ast.Await, ast.Subscript, ast.Attribute))
    return is_step and _is_certain(analysis, replies, node.value, inside)


def _asked_field(analysis: Analysis, call: ast.Call) -> None:
    replacements = _as_dict(analysis, call)
    if replacements is None:
        analysis.mark("reply-unknown", call)
    else:
        analysis.change("reply-field", call, replacements)


def _is_simple(analysis: Analysis, call: Any, use: Use) -> bool:
    is_placed = isinstance(call, ast.Call) and analysis.document.is_placed(call)
    return is_placed and not call.keywords and len(call.args) > 1 and call.args[0] is use.reply


def _as_dict(analysis: Analysis, call: ast.Call) -> Optional[List[Replacement]]:
    document = analysis.document
    start, end = document.span(call)
    first, key = call.args[0], call.args[1]
    first_start, first_end = document.span(first)
    if document.raw[first_end : document.span(key)[0]].strip() != b",":
        return None
    opening, closing = ("", "") if isinstance(first, _TIGHT) else ("(", ")")
    key_text = moved(*document.span(key))
    if getattr(call.func, "id", "") == "hasattr":
        key_text = key_text if isinstance(key, (*_TIGHT, ast.Constant)) else f"({key_text})"
        if isinstance(document.parents[call], _BINDING_TIGHTER):
            key_text, closing = f"({key_text}", f"{closing})"
        return [(start, first_start, f"{key_text} in {opening}"), (first_end, end, closing)]
    behind = f"[{key_text}]"
    if len(call.args) > 2:
        behind = f".get({key_text}, {moved(*document.span(call.args[2]))})"
    return [(start, first_start, opening), (first_end, end, f"{closing}{behind}")]


def _unknown(analysis: Analysis, replies: Replies, use: Use) -> None:
    analysis.mark("reply-unknown", use.node)


def _order(analysis: Analysis, replies: Replies, use: Use) -> None:
    analysis.change("print-reply", use.node, [])


def _text(analysis: Analysis, replies: Replies, use: Use) -> None:
    may_be_none = getattr(getattr(use.reply, "func", None), "attr", "") in ("get", "pop")
    is_list = ITEMS in replies.of(use.reply)
    if is_list or may_be_none or not analysis.document.is_placed(use.reply):
        analysis.mark("print-reply", use.node)
        return
    start, end = analysis.document.span(use.reply)
    json = _json_name(analysis, use.node)
    analysis.change(
        "print-reply",
        use.node,
        [(start, start, f"{json}.dumps("), (end, end, ", indent=2)")],
    )


def _json_name(analysis: Analysis, node: ast.AST) -> str:
    """What the file calls ``json``; where it does not import it, it is imported in the place."""
    for statement in analysis.all(ast.Import):
        for alias in statement.names:
            if alias.name == "json" and analysis.names.scope(statement) is analysis.document.tree:
                return alias.asname or "json"
    quote = analysis.document.quote_for(node)
    return f"__import__({quote}json{quote})"


def _to_plain(analysis: Analysis, replies: Replies, use: Use) -> None:
    """``.to_dict_recursive()`` of what is a dict already."""
    call = analysis.document.parents[use.node]
    if not analysis.document.is_placed(call):
        analysis.mark("reply-unknown", call)
        return
    end = analysis.document.span(call)[1]
    analysis.change("reply-field", call, [(_dot(analysis, use.reply, use.node), end, "")])


def _leaves(analysis: Analysis, replies: Replies, use: Use) -> None:
    analysis.mark("reply-leaves", use.node)


def _lost(analysis: Analysis, replies: Replies, use: Use) -> None:
    analysis.mark("removed", use.node)


WRITERS: Any = {
    ATTRIBUTE: _attribute,
    ASKED: _asked,
    TEXT: _text,
    TO_PLAIN: _to_plain,
    LEAVES: _leaves,
    LOST: _lost,
    ORDER: _order,
    UNKNOWN: _unknown,
}
