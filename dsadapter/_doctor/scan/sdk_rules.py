"""Rules about SDK generations: what code written for one meets in the other (surface E)."""

from __future__ import annotations

import ast
from typing import Any, Iterator

from ..._backends.versions import at_least
from ..._source.python_file import subscript_key
from ..._texts.text import Text
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

ADAPTER = Text(
    "Write `import dsadapter as openai`, or run the file unedited: python -m dsadapter run {file}",
    "改写为 import dsadapter as openai，或不改代码直接运行：python -m dsadapter run {file}",
)
IN_PLACE = Text(
    "Import dsadapter in its place (`import dsadapter as openai`, `from dsadapter import OpenAI`), "
    "or run the file unedited: python -m dsadapter run {file}",
    "改为导入 dsadapter（import dsadapter as openai，或 from dsadapter import OpenAI），或不改代码"
    "直接运行：python -m dsadapter run {file}",
)
NEW_CALL = Text(
    "{adapter}   New code: OpenAI().chat.completions.create(...)",
    "{adapter}   新写法：OpenAI().chat.completions.create(...)",
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
        Text(
            "openai is not installed here: ModuleNotFoundError: No module named 'openai'.",
            "这里没有安装 openai：ModuleNotFoundError: No module named 'openai'。",
        ),
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
        Text(
            "{name} is gone since openai 1.0; openai {sdk} here raises ModuleNotFoundError: No "
            "module named 'openai.{module}'.",
            "openai 1.0 起已没有 {name}；这里的 openai {sdk} 会抛 ModuleNotFoundError: No module "
            "named 'openai.{module}'。",
        )(name=full, sdk=source.at.sdk, module=module),
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
    effect = (
        Text("raises APIRemovedInV1 when it is called", "一调用就抛 APIRemovedInV1")
        if at_least(sdk, "1.2")
        else Text(
            "raises AttributeError: module 'openai' has no attribute '{name}'",
            "会抛 AttributeError: module 'openai' has no attribute '{name}'",
        )(name=name)
    )
    source.hit(
        "code-legacy-call",
        node,
        FAIL,
        Text(
            "openai.{name} is the interface of openai 0.x; openai {sdk} here {effect}.",
            "openai.{name} 是 openai 0.x 的写法；这里的 openai {sdk} {effect}。",
        )(name=name, sdk=sdk, effect=effect),
        Fix(NEW_CALL(adapter=ADAPTER(file=source.file)))
        if name == "ChatCompletion"
        else _adapter(source),
        name=name,
    )


def _legacy_error(source: Source, node: ast.AST, imported: bool) -> None:
    effect = (
        Text(
            "raises ImportError: cannot import name 'error'",
            "会抛 ImportError: cannot import name 'error'",
        )
        if imported
        else Text(
            "raises AttributeError, and only when an error is being caught: it hides that error",
            "会抛 AttributeError，而且是在捕获异常的时候才抛，把真正的错误盖住",
        )
    )
    source.hit(
        "code-legacy-error",
        node,
        FAIL,
        Text(
            "openai.error is gone since openai 1.0; openai {sdk} here {effect}.",
            "openai 1.0 起已没有 openai.error；这里的 openai {sdk} {effect}。",
        )(sdk=source.at.sdk, effect=effect),
        Fix(
            Text(
                "{adapter}   New code: openai.RateLimitError, openai.APIError ...",
                "{adapter}   新写法：openai.RateLimitError、openai.APIError 等",
            )(adapter=ADAPTER(file=source.file))
        ),
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
        Text(
            "openai.{name} is gone since openai 1.0; openai {sdk} here raises {error}.",
            "openai 1.0 起已没有 openai.{name}；这里的 openai {sdk} 会抛 {error}。",
        )(name=name, sdk=source.at.sdk, error=error),
        _adapter(source),
        name=name,
    )


def _modern_name(source: Source, node: ast.AST, name: str, imported: bool) -> None:
    error = (
        f"ImportError: cannot import name '{name}' from 'openai'"
        if imported
        else (f"AttributeError: module 'openai' has no attribute '{name}'")
    )
    source.hit(
        "code-modern-call",
        node,
        FAIL,
        Text(
            "openai.{name} exists since openai 1.0; openai {sdk} here raises {error}.",
            "openai.{name} 是 openai 1.0 才有的；这里的 openai {sdk} 会抛 {error}。",
        )(name=name, sdk=source.at.sdk, error=error),
        Fix(
            Text(
                "Write `from dsadapter import {name}`, or run the file unedited: python -m "
                "dsadapter run {file}",
                "改写为 from dsadapter import {name}，或不改代码直接运行：python -m dsadapter run "
                "{file}",
            )(name=name if name in ("OpenAI", "AsyncOpenAI") else "OpenAI", file=source.file)
        ),
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
            Text(
                "openai.{name} has no effect since openai 1.0; openai {sdk} here ignores it "
                "silently.",
                "openai 1.0 起 openai.{name} 不再起作用；这里的 openai {sdk} 会默默忽略它。",
            )(name=name, sdk=at.sdk),
            Fix(
                Text(
                    "Hand the client an http_client=, or use `import dsadapter as openai`.",
                    "请给客户端传 http_client=，或改用 import dsadapter as openai。",
                )
            ),
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
        Text(
            "{name} is ignored by openai {sdk} here: requests, and the key with them, go to "
            "api.openai.com.",
            "这里的 openai {sdk} 会忽略 {name}：请求连同 key 都会发到 api.openai.com。",
        )(name=name, sdk=source.at.sdk),
        Fix(
            Text(
                "Write {other}, or use `import dsadapter as openai`, which reads both.",
                "改写为 {other}，或用 import dsadapter as openai（两种都认）。",
            )(other=other)
        ),
        name=name,
    )


def _without_slash(source: Source, target: ast.AST, node: ast.Assign) -> None:
    url = source.literal(node.value)
    if isinstance(url, str) and url.startswith("http") and not url.endswith("/"):
        source.hit(
            "code-base-url-slash",
            target,
            FAIL,
            Text(
                "openai.base_url without a final slash: openai {sdk} asks for "
                "{url}chat/completions and gets 404.",
                "openai.base_url 末尾缺斜杠：openai {sdk} 会请求 {url}chat/completions，得到 404。",
            )(sdk=source.at.sdk, url=url.rpartition("/")[2] or url),
            Fix(Text('Write "{url}/".', '改写为 "{url}/"。')(url=url)),
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
