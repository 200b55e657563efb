"""Rules about SDK generations: what code written for one meets in the other (surface E)."""

from __future__ import annotations

import ast
from typing import Any, Iterator

from ..._backends.versions import at_least
from ..._source.python_file import subscript_key
from ..._texts.rules_sdk import (
    ADAPTER,
    BASE_IGNORED,
    HIDES_ERROR,
    IN_PLACE,
    LEGACY_CALL,
    LEGACY_ERROR,
    LEGACY_MODULE,
    MODERN_NAME,
    NAME_FROM_US,
    NEW_CALL,
    NEW_ERRORS,
    OPENAI_MISSING,
    RAISES_ATTRIBUTE,
    RAISES_IMPORT,
    RAISES_REMOVED,
    REMOVED_NAME,
    SET_ON_CLIENT,
    SETTING_IGNORED,
    WITH_SLASH,
    WITHOUT_SLASH,
    WRITE_BASE,
)
from ..findings import FAIL, WARN, Fix
from .source import Source

LEGACY_CLASSES = frozenset(
    "ChatCompletion Completion Embedding Model Engine Edit Image Audio File FineTune FineTuningJob "
    "Moderation Deployment Customer ErrorObject".split()
)
LEGACY_MODULES = frozenset(
    "error openai_object openai_response api_requestor util api_resources datalib "
    "embeddings_utils object_classes validators wandb_logger".split()
)
LEGACY_SETTINGS = frozenset(
    "proxy aiosession requestssession verify_ssl_certs api_key_path app_info ca_bundle_path "
    "enable_telemetry debug log".split()
)
LEGACY_NAMES = frozenset(["InvalidRequestError"])
MODERN_NAMES = frozenset(
    "OpenAI AsyncOpenAI AzureOpenAI AsyncAzureOpenAI Client AsyncClient chat base_url Stream "
    "AsyncStream RateLimitError APIConnectionError APITimeoutError AuthenticationError "
    "BadRequestError APIStatusError NotFoundError InternalServerError PermissionDeniedError "
    "ConflictError UnprocessableEntityError APIResponseValidationError NOT_GIVEN NotGiven "
    "DefaultHttpxClient DefaultAsyncHttpxClient types resources".split()
)
GENERATION_RULES = frozenset(
    ["code-legacy-call", "code-legacy-error", "code-legacy-name", "code-modern-call"]
)


def _adapter(source: Source) -> Fix:
    return Fix(ADAPTER(file=source.file))


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
    if source.at.sdk or source.facts.get("told-missing"):
        return
    source.facts["told-missing"] = True
    source.hit(
        "code-openai-missing",
        node,
        FAIL,
        OPENAI_MISSING,
        Fix(IN_PLACE(file=source.file)),
    )


def _legacy_module(source: Source, node: ast.AST, module: str, full: str) -> None:
    if not source.at.modern:
        return
    rule = "code-legacy-error" if module == "error" else "code-legacy-name"
    source.hit(
        rule,
        node,
        FAIL,
        LEGACY_MODULE(name=full, sdk=source.at.sdk, module=module),
        _adapter(source),
    )


# --- names of the package ------------------------------------------------------------------------


def on_attribute(source: Source, node: ast.Attribute) -> None:
    """``openai.NAME`` that is read."""
    if not isinstance(node.value, ast.Name):
        return
    if source.dotted(node.value) == "openai" and isinstance(node.ctx, ast.Load):
        _check_name(source, node, node.attr, imported=False)


def _check_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    if _is_version_test(source, node):
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


def _is_version_test(source: Source, node: ast.AST) -> bool:
    """Code that looks which generation it has is written for both."""
    if isinstance(node, ast.Attribute) and node.attr in ("__version__", "VERSION"):
        return True
    return any(_catches_import_error(source, node_above) for node_above in source.inside(ast.Try))


def _catches_import_error(source: Source, node: Any) -> bool:
    names = [source.dotted(kind) for handler in node.handlers for kind in caught(handler)]
    return bool({"ImportError", "ModuleNotFoundError", "AttributeError"} & set(names))


def caught(handler: ast.ExceptHandler) -> Iterator[ast.expr]:
    """The classes that a handler catches."""
    if isinstance(handler.type, ast.Tuple):
        yield from handler.type.elts
    elif handler.type is not None:
        yield handler.type


def _legacy_class(source: Source, node: ast.AST, name: str) -> None:
    sdk = source.at.sdk
    effect = RAISES_REMOVED if at_least(sdk, "1.2") else RAISES_ATTRIBUTE(name=name)
    source.hit(
        "code-legacy-call",
        node,
        FAIL,
        LEGACY_CALL(name=name, sdk=sdk, effect=effect),
        Fix(NEW_CALL(adapter=ADAPTER(file=source.file)))
        if name == "ChatCompletion"
        else _adapter(source),
        name=name,
    )


def _legacy_error(source: Source, node: ast.AST, imported: bool) -> None:
    effect = RAISES_IMPORT if imported else HIDES_ERROR
    source.hit(
        "code-legacy-error",
        node,
        FAIL,
        LEGACY_ERROR(sdk=source.at.sdk, effect=effect),
        Fix(NEW_ERRORS(adapter=ADAPTER(file=source.file))),
    )


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
        REMOVED_NAME(name=name, sdk=source.at.sdk, error=error),
        _adapter(source),
        name=name,
    )


def _modern_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    error = (
        f"ImportError: cannot import name '{name}' from 'openai'"
        if imported
        else (f"AttributeError: module 'openai' has no attribute '{name}'")
    )
    ours = name if name in ("OpenAI", "AsyncOpenAI") else "OpenAI"
    source.hit(
        "code-modern-call",
        node,
        FAIL,
        MODERN_NAME(name=name, sdk=source.at.sdk, error=error),
        Fix(NAME_FROM_US(name=ours, file=source.file)),
        name=name,
    )


def on_hasattr(source: Source, node: ast.Call) -> None:
    """``hasattr(openai, ...)``: the code is written for both generations."""
    asks = isinstance(node.func, ast.Name) and node.func.id in ("hasattr", "getattr")
    if asks and node.args and source.dotted(node.args[0]) == "openai":
        source.facts["dual"] = True


# --- settings that nobody reads ------------------------------------------------------------------


def on_assign(source: Source, node: ast.Assign) -> None:
    """Settings of the module, and variables that are set for it."""
    for target in node.targets:
        if isinstance(target, ast.Attribute) and source.dotted(target.value) == "openai":
            _setting(source, target, node)
        elif isinstance(target, ast.Subscript):
            _variable(source, target)


def _setting(source: Source, target: ast.Attribute, node: ast.Assign) -> None:
    name, at = target.attr, source.at
    if at.modern and name == "api_base":
        better = _assigned(source, node, "openai.base_url", "/")
        _ignored(source, target, "openai.api_base", better)
    elif at.legacy and name == "base_url":
        better = _assigned(source, node, "openai.api_base", "")
        _ignored(source, target, "openai.base_url", better)
    elif at.modern and name == "base_url":
        _without_slash(source, target, node)
    elif at.modern and name in LEGACY_SETTINGS:
        source.hit(
            "code-setting-ignored",
            target,
            WARN,
            SETTING_IGNORED(name=name, sdk=at.sdk),
            Fix(SET_ON_CLIENT),
            name=name,
        )


def _assigned(source: Source, node: ast.Assign, name: str, end: str) -> str:
    """The same assignment under another name; openai 1+ wants the final slash, 0.x none."""
    url = source.literal(node.value)
    return f'{name} = "{url.rstrip("/")}{end}"' if isinstance(url, str) else name


def _ignored(source: Source, node: ast.AST, name: str, other: str) -> None:
    source.hit(
        "code-api-base",
        node,
        FAIL,
        BASE_IGNORED(name=name, sdk=source.at.sdk),
        Fix(WRITE_BASE(other=other)),
        name=name,
    )


def _without_slash(source: Source, target: ast.AST, node: ast.Assign) -> None:
    url = source.literal(node.value)
    if isinstance(url, str) and url.startswith("http") and not url.endswith("/"):
        source.hit(
            "code-base-url-slash",
            target,
            FAIL,
            WITHOUT_SLASH(sdk=source.at.sdk, url=url.rpartition("/")[2] or url),
            Fix(WITH_SLASH(url=url)),
        )


def _variable(source: Source, target: ast.Subscript) -> None:
    """``os.environ["OPENAI_API_BASE"] = ...``"""
    if source.dotted(target.value) != "os.environ" or not source.at.modern:
        return
    if subscript_key(target) == "OPENAI_API_BASE" and "openai" in source.imports:
        _ignored(source, target, "OPENAI_API_BASE", "OPENAI_BASE_URL")


HANDLERS = (
    (ast.Import, on_import),
    (ast.ImportFrom, on_import_from),
    (ast.Attribute, on_attribute),
    (ast.Assign, on_assign),
    (ast.Call, on_hasattr),
)
