"""Rules about coroutines: an async call that nobody awaits has no reply."""

from __future__ import annotations

import ast
from typing import Any

from ..data.violations import NOT_AWAITED
from .client_rules import CREATE, REPLY_FIELDS
from .source import Source

_CLIENTS = tuple(
    f"{package}.{name}()."
    for package in ("openai", "dsadapter")
    for name in ("AsyncOpenAI", "AsyncClient", "AsyncAzureOpenAI")
)
_METHODS = frozenset(["create", "parse", "acreate"])
_LEGACY = ("ChatCompletion.acreate", "Completion.acreate", "Embedding.acreate")


def _is_coroutine(source: Source, node: Any) -> bool:
    """Whether an expression, or what a name stands for, is an async call without await."""
    call = source.resolved(node)
    if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") not in _METHODS:
        return False
    dotted = source.dotted(call.func)
    modern = dotted.startswith(_CLIENTS) and dotted.endswith((*CREATE, ".embeddings.create"))
    return modern or (dotted.startswith(("openai.", "dsadapter.")) and dotted.endswith(_LEGACY))


def on_attribute(source: Source, node: ast.Attribute) -> None:
    """``client.chat.completions.create(...).choices``"""
    read = node.attr in REPLY_FIELDS or node.attr == "data"
    if read and isinstance(node.value, (ast.Name, ast.Call)) and _is_coroutine(source, node.value):
        _hit(source, node, f"AttributeError: 'coroutine' object has no attribute '{node.attr}'")


def on_loop(source: Source, node: Any) -> None:
    """``async for chunk in client.chat.completions.create(stream=True)``"""
    if _is_coroutine(source, node.iter):
        _hit(source, node.iter, "TypeError: got coroutine")


def on_statement(source: Source, node: ast.Expr) -> None:
    """A call alone on its line: nothing is sent."""
    if isinstance(node.value, ast.Call) and _is_coroutine(source, node.value):
        _hit(source, node.value, "RuntimeWarning: never awaited")


def _hit(source: Source, node: ast.AST, effect: str) -> None:
    source.hit(NOT_AWAITED, node, effect=effect)


HANDLERS = (
    (ast.Attribute, on_attribute, *REPLY_FIELDS, "data"),
    (ast.For, on_loop),
    (ast.AsyncFor, on_loop),
    (ast.Expr, on_statement),
)
