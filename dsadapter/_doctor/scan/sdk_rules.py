"""Rules about SDK generations: what code written for one meets in the other (surface E)."""

from __future__ import annotations

import ast
from typing import Any

from ..._backends.versions import at_least
from ..._texts import rules_sdk as texts
from ..data import violations
from .guards import caught, is_guarded
from .source import Source

LEGACY_CLASSES = frozenset(
    "ChatCompletion Completion Embedding Model Engine Edit Image Audio File FineTune FineTuningJob "
    "Moderation Deployment Customer ErrorObject".split()
)
# Newer SDKs have nothing like them.
NOT_MIGRATED = frozenset("Engine Edit FineTune Deployment Customer ErrorObject".split())
LEGACY_MODULES = frozenset(
    "error openai_object openai_response api_requestor util api_resources datalib "
    "embeddings_utils object_classes validators wandb_logger".split()
)
LEGACY_NAMES = frozenset(["InvalidRequestError"])
MODERN_NAMES = frozenset(
    "OpenAI AsyncOpenAI AzureOpenAI AsyncAzureOpenAI Client AsyncClient chat base_url Stream "
    "AsyncStream RateLimitError APIConnectionError APITimeoutError AuthenticationError "
    "BadRequestError APIStatusError NotFoundError InternalServerError PermissionDeniedError "
    "ConflictError UnprocessableEntityError APIResponseValidationError NOT_GIVEN NotGiven "
    "DefaultHttpxClient DefaultAsyncHttpxClient types resources".split()
)
# What `from dsadapter import` does not have, or what is a setting of the module.
_NOT_OURS = frozenset(
    "chat base_url NOT_GIVEN NotGiven DefaultHttpxClient DefaultAsyncHttpxClient types "
    "resources".split()
)
GENERATION_RULES = frozenset(
    ["code-legacy-call", "code-legacy-error", "code-legacy-name", "code-modern-call"]
)
# What is not said of a file that asks which SDK it has.
DUAL_RULES = GENERATION_RULES | frozenset(
    "code-legacy-result code-keyword code-api-base code-setting-ignored code-except-timeout".split()
)


# --- imports -------------------------------------------------------------------------------------


def on_import(source: Source, node: ast.Import) -> None:
    """``import openai`` and its modules."""
    for alias in node.names:
        package, _, module = alias.name.partition(".")
        if package == "openai":
            _openai_missing(source, node)
            if module.partition(".")[0] in LEGACY_MODULES:
                _legacy_module(source, node, module.partition(".")[0], alias.name)
        elif package == "httpx":
            source.facts.setdefault("httpx", node)


def on_import_from(source: Source, node: ast.ImportFrom) -> None:
    """``from openai import ...`` and from its modules."""
    if node.level or not node.module:
        return
    package, _, module = node.module.partition(".")
    if package == "httpx":
        source.facts.setdefault("httpx", node)
    if package != "openai":
        return
    _openai_missing(source, node)
    if module:
        if module.partition(".")[0] in LEGACY_MODULES:
            _legacy_module(source, node, module.partition(".")[0], node.module)
        return
    for alias in node.names:
        _check_name(source, node, alias.name, imported=True)


def _openai_missing(source: Source, node: ast.AST) -> None:
    if source.at.sdk or source.facts.get("told-missing") or is_guarded(source, node):
        return
    source.facts["told-missing"] = True
    source.hit(violations.OPENAI_MISSING, node)


def _legacy_module(source: Source, node: ast.AST, module: str, full: str) -> None:
    if is_guarded(source, node):
        source.facts["dual"] = True
        return
    is_error = module == "error"
    violation = violations.LEGACY_ERROR_MODULE if is_error else violations.LEGACY_MODULE
    if source.at.modern:
        source.hit(violation, node, name=full, module=module)


# --- names of the package ------------------------------------------------------------------------


def on_attribute(source: Source, node: ast.Attribute) -> None:
    """``openai.NAME`` that is read."""
    if not isinstance(node.ctx, ast.Load) or not isinstance(node.value, (ast.Name, ast.Call)):
        return
    package, _, name = source.dotted(node.value).partition(".")
    if package != "openai":
        return
    if not name:
        _check_name(source, node, node.attr, imported=False)
    elif source.stars and name in LEGACY_CLASSES and _is_unbound(source, node.value):
        _check_name(source, node, name, imported=False)  # from openai import *


def _is_unbound(source: Source, node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and source.scope.get(node.id) is None


def _check_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    old = name in LEGACY_CLASSES or name in LEGACY_NAMES or name in LEGACY_MODULES
    if (old or name in MODERN_NAMES) and is_guarded(source, node):
        source.facts["dual"] = True
        return
    if name in LEGACY_CLASSES or name == "error":
        source.facts.setdefault("legacy", node)
    elif name in MODERN_NAMES:
        source.facts.setdefault("modern", node)
    if source.at.modern:
        if name in LEGACY_CLASSES:
            _legacy_class(source, node, name)
        elif name == "error":
            _legacy_error(source, node, imported)
        elif name in LEGACY_NAMES or name in LEGACY_MODULES:
            _removed_name(source, node, name, imported)
    elif source.at.legacy and name in MODERN_NAMES:
        _modern_name(source, node, name, imported)


def _legacy_class(source: Source, node: ast.AST, name: str) -> None:
    effect = texts.RAISES_ATTRIBUTE(name=name)
    if at_least(source.at.sdk, "1.2"):
        effect = texts.RAISES_REMOVED
    dropped = name in NOT_MIGRATED
    violation = violations.LEGACY_CALL_DROPPED if dropped else violations.LEGACY_CALL
    source.hit(violation, node, name=name, effect=effect)


def _legacy_error(source: Source, node: ast.AST, imported: bool) -> None:
    effect = texts.RAISES_IMPORT if imported else texts.RAISES_ATTRIBUTE(name="error")
    if any(_catches(handler, node) for handler in source.inside(ast.ExceptHandler)):
        effect = texts.HIDES_ERROR
    source.hit(violations.LEGACY_ERROR, node, effect=effect)


def _catches(handler: Any, node: ast.AST) -> bool:
    return any(part is node for kind in caught(handler) for part in ast.walk(kind))


def _removed_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    is_class = name in LEGACY_NAMES
    violation = violations.LEGACY_NAME if is_class else violations.LEGACY_NAME_DROPPED
    source.hit(violation, node, name=name, error=_lacking(name, imported))


def _lacking(name: str, imported: bool, origin: str = "") -> str:
    """How Python says that openai has no such name."""
    if imported:
        return f"ImportError: cannot import name '{name}'{origin}"
    return f"AttributeError: module 'openai' has no attribute '{name}'"


def _modern_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    ours = "OpenAI" if name in _NOT_OURS else name
    error = _lacking(name, imported, " from 'openai'")
    source.hit(violations.MODERN_NAME, node, name=name, ours=ours, error=error)


def on_getattr(source: Source, node: ast.Call) -> None:
    """``hasattr(openai, ...)``: the code is written for both generations; ``getattr(openai,
    "ChatCompletion")`` without a default is not."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in ("hasattr", "getattr") or not node.args:
        return
    if source.dotted(node.args[0]) != "openai":
        return
    attribute = source.literal(node.args[1]) if len(node.args) == 2 else None
    if name == "getattr" and isinstance(attribute, str):
        _check_name(source, node, attribute, imported=False)
    else:
        source.facts["dual"] = True


HANDLERS = (
    (ast.Import, on_import),
    (ast.ImportFrom, on_import_from),
    (ast.Attribute, on_attribute),
    (ast.Call, on_getattr, "getattr", "hasattr"),
)
