"""Replies that are used as dicts: what is written where they are read."""

from __future__ import annotations

import ast
from typing import Any, List, Optional, Set

from .analysis import Analysis, Replacement
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
from .resources import ITEMS

_BINDING_TIGHTER = (ast.Compare, ast.BinOp, ast.Attribute, ast.Await, ast.Subscript)


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
    replacements = _as_dict(analysis, call) if _is_simple(analysis, call, use) else None
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
    key_text = document.source(key)
    if document.raw[first_end : document.span(key)[0]].strip() != b",":
        return None
    if getattr(call.func, "id", "") == "hasattr":
        bracket = isinstance(document.parents[call], _BINDING_TIGHTER)
        opening, closing = ("(", ")") if bracket else ("", "")
        return [(start, first_start, f"{opening}{key_text} in "), (first_end, end, closing)]
    if len(call.args) == 2:
        return [(start, first_start, ""), (first_end, end, f"[{key_text}]")]
    default = document.source(call.args[2])
    return [(start, first_start, ""), (first_end, end, f".get({key_text}, {default})")]


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
    json = _json_name(analysis)
    analysis.change(
        "print-reply",
        use.node,
        [(start, start, f"{json}.dumps("), (end, end, ", indent=2)")],
    )


def _json_name(analysis: Analysis) -> str:
    """What the file calls ``json``; where it does not import it, it is imported in the place."""
    for node in analysis.all(ast.Import):
        for alias in node.names:
            if alias.name == "json" and analysis.names.scope(node) is analysis.document.tree:
                return alias.asname or "json"
    return "__import__('json')"


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
