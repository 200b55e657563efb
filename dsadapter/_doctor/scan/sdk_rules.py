"""Rules about SDK generations: what code written for one meets in the other (surface E)."""

from __future__ import annotations

import ast
from typing import Any, Optional

from ..._backends.versions import at_least
from ..._texts import rules_sdk as texts
from ..._texts.text import Text
from ..findings import FAIL, Fix
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


def _adapter(source: Source) -> Text:
    return texts.ADAPTER(unedited=source.unedited)


def _migrated(source: Source, new: Optional[Text] = None) -> Fix:
    """dsadapter in the SDK's place, or new code, which migrate writes."""
    new = texts.NEW_CODE if new is None else new
    return Fix(texts.NEW_CALL(adapter=_adapter(source), new=new, file=source.file))


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
    source.hit(
        "code-openai-missing",
        node,
        FAIL,
        texts.OPENAI_MISSING,
        Fix(texts.IN_PLACE(unedited=source.unedited)),
    )


def _legacy_module(source: Source, node: ast.AST, module: str, full: str) -> None:
    if is_guarded(source, node):
        source.facts["dual"] = True
        return
    if not source.at.modern:
        return
    rule = "code-legacy-error" if module == "error" else "code-legacy-name"
    source.hit(
        rule,
        node,
        FAIL,
        texts.LEGACY_MODULE(name=full, sdk=source.at.sdk, module=module),
        _migrated(source, texts.NEW_ERRORS) if module == "error" else Fix(_adapter(source)),
    )


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
    sdk = source.at.sdk
    effect = texts.RAISES_REMOVED if at_least(sdk, "1.2") else texts.RAISES_ATTRIBUTE(name=name)
    source.hit(
        "code-legacy-call",
        node,
        FAIL,
        texts.LEGACY_CALL(name=name, sdk=sdk, effect=effect),
        Fix(_adapter(source)) if name in NOT_MIGRATED else _migrated(source),
        name=name,
    )


def _legacy_error(source: Source, node: ast.AST, imported: bool) -> None:
    effect = texts.RAISES_IMPORT if imported else texts.RAISES_ATTRIBUTE(name="error")
    if any(_catches(handler, node) for handler in source.inside(ast.ExceptHandler)):
        effect = texts.HIDES_ERROR
    source.hit(
        "code-legacy-error",
        node,
        FAIL,
        texts.LEGACY_ERROR(sdk=source.at.sdk, effect=effect),
        _migrated(source, texts.NEW_ERRORS),
    )


def _catches(handler: Any, node: ast.AST) -> bool:
    return any(part is node for kind in caught(handler) for part in ast.walk(kind))


def _removed_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    error = (
        f"ImportError: cannot import name '{name}'"
        if imported
        else (f"AttributeError: module 'openai' has no attribute '{name}'")
    )
    source.hit(
        "code-legacy-name",
        node,
        FAIL,
        texts.REMOVED_NAME(name=name, sdk=source.at.sdk, error=error),
        _migrated(source) if name in LEGACY_NAMES else Fix(_adapter(source)),
        name=name,
    )


def _modern_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    error = (
        f"ImportError: cannot import name '{name}' from 'openai'"
        if imported
        else (f"AttributeError: module 'openai' has no attribute '{name}'")
    )
    ours = "OpenAI" if name in _NOT_OURS else name
    source.hit(
        "code-modern-call",
        node,
        FAIL,
        texts.MODERN_NAME(name=name, sdk=source.at.sdk, error=error),
        Fix(texts.NAME_FROM_US(name=ours, unedited=source.unedited)),
        name=name,
    )


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
