"""Rules about keys and model names that stand in the source."""

from __future__ import annotations

import ast
import re
from typing import Any, Optional

from ..._repairs.table import RETIRED
from ..._settings import keys as _keys
from ..._source.python_file import last_name, string_entries, subscript_key
from ..data import violations
from .endpoints import BASE_KEYWORDS, DEEPSEEK, OTHER, base_of, is_known_host, vendor_of_call
from .model_calls import HTTP_METHODS, ModelCall, is_http_call, is_provider_url
from .source import Source

_KEY = re.compile(r"^(sk-[A-Za-z0-9_-]{20,}|bce-v3/\S{10,})$")
# What nobody writes for a server that asks for no key.
_FILL_IN = re.compile(r"<.*>|your|xxxx|\*\*\*|\.\.\.|placeholder|changeme|[^\x00-\x7f]", re.I)
_CLIENTS = frozenset(
    f"{package}.{name}"
    for package in ("openai", "dsadapter")
    for name in ("OpenAI", "AsyncOpenAI", "Client", "AsyncClient")
)
KEY_VARIABLES = frozenset(["DEEPSEEK_API_KEY", "OPENAI_API_KEY"])
_MODEL_NAME = re.compile(r"model|engine", re.I)
# Names of other vendors, and those of DeepSeek's weights, which its own API does not serve.
_FOREIGN = re.compile(
    r"(gpt-|chatgpt-|o[134](-|$)|text-davinci|davinci|claude-|gemini-|qwen|glm-|kimi|moonshot-|"
    r"mistral|llama|deepseek-(coder|r1|v[23]\b|ai/|v3))",
    re.I,
)


# --- keys ----------------------------------------------------------------------------------------


def on_constant(source: Source, node: ast.Constant) -> None:
    """Keys that stand in the source, and retired names of models."""
    value: Any = node.value
    if not isinstance(value, str):
        return
    if value in RETIRED:
        _retired(source, node, value)
    if value.startswith("Bearer "):
        value = value[len("Bearer ") :]
        in_header = source.is_about_deepseek and isinstance(source.parents[-1], ast.Dict)
        if in_header and _FILL_IN.search(value):
            _placeholder(source, node)
    if value[:3] in ("sk-", "bce") and _KEY.match(value) and not _keys.fault(value):
        source.hit(violations.KEY_IN_SOURCE, node, tail=_keys.tail(value))


def on_client(source: Source, node: ast.Call) -> None:
    """``OpenAI(api_key="<your key>")``; a server on this machine takes any text."""
    if source.dotted(node.func) not in _CLIENTS:
        return
    base = base_of(source, node)
    for keyword in node.keywords:
        if keyword.arg == "api_key":
            _judge(source, keyword.value, base)


def _judge(source: Source, node: ast.expr, base: Optional[ast.expr]) -> None:
    key = source.literal(node)
    if not isinstance(key, str) or not key or not _keys.fault(key):
        return
    known = base is not None and is_known_host(source, base)
    if known or (base is None and _FILL_IN.search(key)):
        _placeholder(source, node)


def on_setting(source: Source, node: ast.Assign) -> None:
    """``openai.api_key = "<your key>"``, ``os.environ["DEEPSEEK_API_KEY"] = "..."``"""
    for target in node.targets:
        if isinstance(target, ast.Attribute) and target.attr == "api_key":
            if source.dotted(target.value) in ("openai", "dsadapter"):
                source.facts.setdefault("module-keys", []).append(node.value)
        elif _is_variable(source, target):
            _judge(source, node.value, None)


def _is_variable(source: Source, target: ast.AST) -> bool:
    """``os.environ["DEEPSEEK_API_KEY"]``"""
    if not isinstance(target, ast.Subscript) or subscript_key(target) not in KEY_VARIABLES:
        return False
    return source.dotted(target.value) == "os.environ"


def on_environ(source: Source, node: ast.Call) -> None:
    """``os.environ.setdefault("DEEPSEEK_API_KEY", "<your key>")``"""
    dotted = source.dotted(node.func)
    if dotted == "os.environ.setdefault" and len(node.args) == 2:
        if source.literal(node.args[0]) in KEY_VARIABLES:
            _judge(source, node.args[1], None)
    elif dotted == "os.environ.update":
        entries = string_entries(node.args[0] if node.args else None)
        entries.update((k.arg, k.value) for k in node.keywords if k.arg)
        for name in KEY_VARIABLES & set(entries):
            _judge(source, entries[name], None)


def on_request(source: Source, node: ast.Call) -> None:
    """``headers={"Authorization": "Bearer <your key>"}`` of a request to a provider."""
    if not is_http_call(source, node) or not is_provider_url(source, node):
        return
    for keyword in node.keywords:
        headers = source.resolved(keyword.value) if keyword.arg == "headers" else None
        entries = string_entries(headers)
        value = next((v for k, v in entries.items() if k.lower() == "authorization"), None)
        bearer = source.written(value) or ""
        if bearer.startswith("Bearer ") and _is_fault(bearer[len("Bearer ") :].strip()):
            _placeholder(source, value)


def _is_fault(key: str) -> bool:
    return bool(key) and bool(_keys.fault(key))


def _placeholder(source: Source, node: Any) -> None:
    in_cell = source.is_notebook
    source.hit(violations.PLACEHOLDER_IN_CELL if in_cell else violations.PLACEHOLDER, node)


def at_end(source: Source) -> None:
    """The module's key, where its base URL is known."""
    for node in source.facts.get("module-keys", ()):
        base = source.facts.get("module-base")
        _judge(source, node, base)


# --- names of models -----------------------------------------------------------------------------


def _retired(source: Source, node: ast.AST, name: str) -> None:
    if "dsadapter" in source.imports or not _orders(source, node) or _goes_elsewhere(source):
        return
    source.hit(violations.RETIRED_MODEL, node, model=name, mode=RETIRED[name])


def _orders(source: Source, node: ast.AST) -> bool:
    """Whether the name is what a call will ask for: tables, lists and comparisons order nothing."""
    parent: Any = source.parents[-1] if source.parents else None
    if isinstance(parent, ast.keyword):
        if parent.arg == "default":  # add_argument("--model", default=...), click.option(...)
            return _is_option_for_model(source.parents[-2])
        return parent.arg in ("model", "model_name", "engine")
    if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return any(_is_for_model(_name(target)) for target in targets)
    if isinstance(parent, ast.Dict):
        return any(
            isinstance(key, ast.Constant) and key.value in ("model", "model_name")
            for key, value in zip(parent.keys, parent.values)
            if value is node
        )
    if isinstance(parent, ast.arguments):
        return _is_default(parent, node)
    if isinstance(parent, ast.Call):
        return source.dotted(parent.func) in ("os.getenv", "os.environ.get")
    return isinstance(parent, (ast.BoolOp, ast.IfExp))


def _is_option_for_model(call: Any) -> bool:
    names = (getattr(argument, "value", None) for argument in getattr(call, "args", ()))
    return any(isinstance(name, str) and _MODEL_NAME.search(name) for name in names)


def _is_for_model(name: str) -> bool:
    """Of constants those that say so: DEEPSEEK_CHAT may be a member of any list of names."""
    return bool(_MODEL_NAME.search(name)) or not name.isupper()


def _name(target: Any) -> str:
    if isinstance(target, ast.Subscript):
        return str(subscript_key(target))
    return last_name(target)


def _is_default(arguments: ast.arguments, node: ast.AST) -> bool:
    positional = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    names = [*positional, *arguments.kwonlyargs]
    values = [*arguments.defaults, *arguments.kw_defaults]
    return any(v is node and _MODEL_NAME.search(name.arg) for name, v in zip(names, values))


def _goes_elsewhere(source: Source) -> bool:
    """Whether the call that the name is an argument of goes to another vendor."""
    above: Any = next(source.inside(ast.Call), None)
    return above is not None and vendor_of_call(source, above) == OTHER


def on_call(source: Source, call: ModelCall) -> None:
    """A name that the provider lacks: ``import dsadapter as openai`` with ``model="gpt-4"``."""
    if not _FOREIGN.match(call.model(source)):
        return
    vendor = call.vendor(source)
    ours = call.via == "dsadapter" and not vendor and _is_ours(source, call.node)
    if vendor == DEEPSEEK or ours:
        _foreign(source, call)


def _is_ours(source: Source, node: ast.Call) -> bool:
    """Whether this machine's settings lead to DeepSeek, and the call names nothing else."""
    named = any(keyword.arg in BASE_KEYWORDS for keyword in node.keywords)
    return not named and "deepseek.com" in source.at.snapshot.settings.base_url


def _foreign(source: Source, call: ModelCall) -> None:
    violation = violations.FOREIGN_MODEL
    if call.via == "dsadapter":
        if source.facts.get("model-map"):
            return
        violation = violations.FOREIGN_MODEL_ADAPTER
        if source.is_notebook:
            violation = violations.FOREIGN_MODEL_IN_CELL
    source.hit(violation, call.params["model"], model=call.model(source))


def on_map(source: Source, node: Any) -> None:
    """``openai.model_map = {...}``, ``OpenAI(model_map=...)``: names are mapped."""
    if isinstance(node, ast.keyword):
        mapped = node.arg == "model_map"
    else:
        mapped = any(getattr(target, "attr", "") == "model_map" for target in node.targets)
    if mapped:
        source.facts["model-map"] = True


HANDLERS = (
    (ast.Constant, on_constant),
    (ast.Call, on_client, "OpenAI", "AsyncOpenAI", "Client", "AsyncClient"),
    (ast.Call, on_environ, "setdefault", "update"),
    (ast.Call, on_request, *HTTP_METHODS),
    (ModelCall, on_call),
    (ast.keyword, on_map),
    (ast.Assign, on_map),
    (ast.Assign, on_setting),
)
