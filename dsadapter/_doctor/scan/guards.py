"""Code that is written for several generations of the SDK: what stands under such a condition is
not met by the others."""

from __future__ import annotations

import ast
import os
import re
from typing import Any, Iterator

from ..._source.python_file import FUNCTIONS, last_name, names_in
from .source import Source

_LACKING = frozenset(["ImportError", "ModuleNotFoundError", "AttributeError"])
_ANYTHING = frozenset(["Exception", "BaseException"])
_VERSIONS = ("__version__", "VERSION")
# What people call the answer to "which openai is this": OPENAI_LEGACY, is_openai_v1(), old_api.
_ASKS = re.compile(
    r"version|legacy|openai_?v|v[01]_|_v[01]\b|is_v[01]|old_|_old|is_new|new_(api|sdk)|TYPE_CHECKING",
    re.I,
)
# def create_with_openai_v1(): who calls it has asked.
_OF_GENERATION = re.compile(r"openai.*_v[01](?![a-z0-9])|(?<![a-z0-9])v[01]_.*openai", re.I)
_ATTEMPTS = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
_QUITS = frozenset("exit _exit abort quit".split())


def caught(handler: ast.ExceptHandler) -> Iterator[ast.expr]:
    """The classes that a handler catches."""
    if isinstance(handler.type, ast.Tuple):
        yield from handler.type.elts
    elif handler.type is not None:
        yield handler.type


def is_guarded(source: Source, node: ast.AST) -> bool:
    """Whether this is only reached where the SDK has it, or where its lack is provided for."""
    conditions = (above for above in source.parents if isinstance(above, (ast.If, ast.IfExp)))
    if any(_asks_generation(above) for above in conditions):
        return True
    functions = (getattr(above, "name", "") for above in source.inside(*FUNCTIONS))
    if any(_OF_GENERATION.search(name) for name in functions):
        return True
    return any(_is_trial(source, above, node) for above in source.inside(ast.Try))


def _is_trial(source: Source, attempt: Any, node: ast.AST) -> bool:
    """``try: from openai import OpenAI`` with another way where that fails."""
    if not any(_contains(statement, node) for statement in attempt.body):
        return any(_is_alternative(source, handler, node) for handler in attempt.handlers)
    imports = all(isinstance(part, _ATTEMPTS) for part in attempt.body)
    return any(
        not gives_up(handler) and _catches_lack(source, handler, imports)
        for handler in attempt.handlers
    )


def _is_alternative(source: Source, handler: ast.ExceptHandler, node: ast.AST) -> bool:
    """The other way itself: what a handler of ImportError imports instead."""
    inside = any(_contains(statement, node) for statement in handler.body)
    return inside and _catches_lack(source, handler, True)


def _catches_lack(source: Source, handler: ast.ExceptHandler, imports: bool) -> bool:
    """``imports``: what is tried are imports and what is made of them, and nothing else."""
    names = {source.dotted(kind) for kind in caught(handler)}
    if "AttributeError" in names:
        return True
    return imports and (handler.type is None or bool(names & (_LACKING | _ANYTHING)))


def gives_up(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends in an error or in the end of the program: it is no other way."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise):
        return True
    call: Any = last.value if isinstance(last, ast.Expr) else None
    return isinstance(call, ast.Call) and last_name(call.func) in _QUITS


def _contains(statement: ast.AST, node: ast.AST) -> bool:
    return any(part is node for part in ast.walk(statement))


def _asks_generation(condition: Any) -> bool:
    return bool(_ASKS.search(" ".join(names_in(condition.test))))


def on_version(source: Source, node: Any) -> None:
    """``openai.__version__``, ``version("openai")``: the file looks which SDK it has."""
    if isinstance(node, ast.Attribute):
        of_sdk = source.dotted(node.value) in ("openai", "openai.version")
        if of_sdk and node.attr in _VERSIONS:
            source.facts["dual"] = True
        return
    name = last_name(node.func)
    first = source.literal(node.args[0]) if node.args else None
    if name in ("version", "distribution", "find_spec") and first in ("openai", "openai.error"):
        source.facts["dual"] = name != "find_spec" or first == "openai.error"


def on_import(source: Source, node: ast.ImportFrom) -> None:
    """``if VERSION.startswith("0"): from .v0 import ...``: that module is for one generation."""
    if not node.level:
        return
    folder = os.path.dirname(source.file)
    for _ in range(node.level - 1):
        folder = os.path.dirname(folder)
    names = [node.module] if node.module else [alias.name for alias in node.names]
    modules = {os.path.join(folder, *name.split(".")) for name in names}
    conditions = (above for above in source.parents if isinstance(above, ast.If))
    kind = "chosen" if any(_asks_generation(above) for above in conditions) else "imported"
    source.facts.setdefault(kind, set()).update(modules)


HANDLERS = (
    (ast.Attribute, on_version, *_VERSIONS),
    (ast.Call, on_version, "version", "distribution", "find_spec"),
    (ast.ImportFrom, on_import),
)
