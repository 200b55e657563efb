"""Rules about settings of the module and of the environment that the SDK here does not read."""

from __future__ import annotations

import ast
from typing import Any, Iterator

from ..._settings.providers import host_of
from ..._source.python_file import assignments, string_entries, subscript_key
from ..data import violations
from .endpoints import BASE_KEYWORDS, vendor_in
from .guards import is_guarded
from .source import Source

LEGACY_SETTINGS = frozenset(
    "proxy aiosession requestssession verify_ssl_certs api_key_path app_info ca_bundle_path "
    "enable_telemetry debug log".split()
)


def on_assign(source: Source, node: ast.Assign) -> None:
    """Settings of the module, and variables that are set for it."""
    for target, value in assignments(node):
        if isinstance(target, ast.Attribute) and source.dotted(target.value) == "openai":
            _setting(source, target, value)
        elif isinstance(target, ast.Subscript):
            _variable(source, target)


def _setting(source: Source, target: ast.Attribute, value: ast.expr) -> None:
    name, at = target.attr, source.at
    if is_guarded(source, target):
        return
    if name in BASE_KEYWORDS:
        source.facts["module-vendor"] = vendor_in(source, value)
        source.facts["module-base"] = value
    if at.modern and name == "api_base":
        _api_base(source, target, value)
    elif at.legacy and name == "base_url":
        other = _assigned(source, value, "openai.api_base", "")
        source.hit(violations.BASE_IGNORED, target, name="openai.base_url", other=other)
    elif at.modern and name == "base_url":
        _without_slash(source, target, value)
    elif at.modern and name in LEGACY_SETTINGS:
        source.hit(violations.SETTING_IGNORED, target, name=name)


def _assigned(source: Source, value: ast.expr, name: str, end: str) -> str:
    """The same assignment under another name; openai 1+ wants the final slash, 0.x none."""
    url = source.literal(value)
    return f'{name} = "{url.rstrip("/")}{end}"' if isinstance(url, str) else name


def _api_base(source: Source, target: ast.Attribute, value: ast.expr) -> None:
    if host_of(str(source.literal(value))) == "api.openai.com":
        return  # where requests go anyway
    violation, other = violations.API_BASE_IGNORED, _assigned(source, value, "openai.base_url", "/")
    if _is_azures(source, target):
        violation, other = violations.AZURE_BASE_IGNORED, "AzureOpenAI(azure_endpoint=...)"
    source.hit(violation, target, name="openai.api_base", other=other)


def _is_azures(source: Source, node: ast.AST) -> bool:
    """Whether an api_type is set beside it, in its block or in one around it, to what is not
    plainly OpenAI's."""
    for above in reversed(source.parents):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(above, name, None)
            statements = block if isinstance(block, list) else []
            kinds = [value for statement in statements for value in _api_types(statement)]
            if kinds and any(part is node for part in ast.walk(ast.Module(statements, []))):
                return not any(_names_openai(value) for value in kinds)
    return False


def _api_types(statement: ast.AST) -> Iterator[ast.expr]:
    if isinstance(statement, ast.Assign):
        for target, value in assignments(statement):
            if isinstance(target, ast.Attribute) and target.attr == "api_type":
                yield value


def _names_openai(value: ast.expr) -> bool:
    texts = (part.value for part in ast.walk(value) if isinstance(part, ast.Constant))
    return any(text in ("open_ai", "openai") for text in texts)


def _without_slash(source: Source, target: ast.AST, value: ast.expr) -> None:
    url = source.literal(value)
    if isinstance(url, str) and url.startswith("http") and not url.endswith("/"):
        source.hit(violations.WITHOUT_SLASH, target, url=url, end=url.rpartition("/")[2] or url)


def _variable(source: Source, target: ast.Subscript) -> None:
    """``os.environ["OPENAI_API_BASE"] = ...``"""
    if source.dotted(target.value) == "os.environ":
        _variable_set(source, target, subscript_key(target))


def _variable_set(source: Source, node: ast.AST, name: Any) -> None:
    """A variable that openai >= 1 does not read; the program itself may, which is looked at when
    the file is known."""
    if source.at.modern and name == "OPENAI_API_BASE":
        source.facts.setdefault("old-base", []).append(node)


def on_environ_call(source: Source, node: ast.Call) -> None:
    """``os.environ.setdefault(...)``, ``.update(...)``, ``os.putenv(...)``, and who reads it."""
    dotted = source.dotted(node.func)
    first = node.args[0] if node.args else None
    if dotted in ("os.environ.setdefault", "os.putenv"):
        _variable_set(source, node, source.literal(first))
    elif dotted == "os.environ.update":
        for name in (*(k.arg for k in node.keywords), *string_entries(first)):
            _variable_set(source, node, name)
    elif dotted in ("os.getenv", "os.environ.get", "os.environ.pop"):
        _variable_read(source, source.literal(first))
    elif dotted == "setattr" and len(node.args) == 3 and source.dotted(first) == "openai":
        _set_by_name(source, node)


def _variable_read(source: Source, name: Any) -> None:
    if name == "OPENAI_API_BASE":
        source.facts["reads-old-base"] = True


def on_environ_item(source: Source, node: ast.Subscript) -> None:
    """``os.environ["OPENAI_API_BASE"]`` that is read."""
    if isinstance(node.ctx, ast.Load) and source.dotted(node.value) == "os.environ":
        _variable_read(source, subscript_key(node))


def _set_by_name(source: Source, node: ast.Call) -> None:
    """``setattr(openai, "api_base", url)`` as the assignment that it is."""
    name = source.literal(node.args[1])
    if isinstance(name, str) and name.isidentifier():
        target = ast.copy_location(ast.Attribute(node.args[0], name, ast.Store()), node)
        _setting(source, target, node.args[2])


def at_end(source: Source) -> None:
    """What can be said when the whole file is known."""
    nodes: Any = source.facts.get("old-base", ())
    if "openai" not in source.imports or source.facts.get("reads-old-base"):
        return
    for node in nodes:
        values = {"name": "OPENAI_API_BASE", "other": "OPENAI_BASE_URL"}
        source.hit(violations.BASE_IGNORED, node, **values)


HANDLERS = (
    (ast.Assign, on_assign),
    (ast.Call, on_environ_call, *"setdefault putenv update getenv get pop setattr".split()),
    (ast.Subscript, on_environ_item),
)
