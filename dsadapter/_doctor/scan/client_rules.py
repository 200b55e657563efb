"""Rules about how a client is made and called, its replies read, its errors caught (surface E)."""

from __future__ import annotations

import ast
from typing import Any

from ..._backends.versions import at_least, below
from ..._source.python_file import subscript_key
from ..._texts.rules_client import TIMEOUT_LACKING, TIMEOUT_SETTINGS
from ..data import violations
from .guards import caught
from .model_calls import parameters
from .sdk_rules import DUAL_RULES
from .source import Source

CLIENTS = ("openai.OpenAI", "openai.AsyncOpenAI", "openai.Client", "openai.AsyncClient")
CREATE = (".chat.completions.create", ".chat.completions.parse")
# Keywords that a client of openai >= 1 refuses, and what to write there.
CLIENT_KEYWORDS = {
    "proxies": "http_client=httpx.Client(proxy=...)",
    "api_base": "base_url=",
    "engine": "model= in the call",
    "request_timeout": "timeout=",
}
CALL_KEYWORDS = {
    "request_timeout": "timeout=",
    "headers": "extra_headers=",
    "engine": "model=",
    "deployment_id": "model=",
    "request_id": "extra_headers=",
    "api_key": "OpenAI(api_key=...)",
    "api_base": "OpenAI(base_url=...)",
    "organization": "OpenAI(organization=...)",
    "api_type": "nothing",
    "api_version": "nothing",
}
# Parameters of DeepSeek that no SDK signature has (deepseek-api 3).
BODY_KEYWORDS = ("thinking", "user_id", "enable_thinking")
# The first version whose create() knows a keyword (surface B1).
SINCE = {
    "tools": "1.1",
    "tool_choice": "1.1",
    "response_format": "1.1",
    "seed": "1.1",
    "logprobs": "1.5",
    "top_logprobs": "1.5",
    "stream_options": "1.26",
    "parallel_tool_calls": "1.32",
    "max_completion_tokens": "1.45",
    "reasoning_effort": "1.58",
}

CHOICE_FIELDS = frozenset("message delta text finish_reason".split())
REPLY_FIELDS = frozenset("choices usage model_dump model_dump_json to_dict to_json".split())
DICTS = frozenset("model_extra metadata __dict__".split())  # of a reply, and dicts
DICT_METHODS = {"get": "r.choices", "to_dict_recursive": "r.model_dump()"}


def on_client(source: Source, node: ast.Call) -> None:
    """Clients that are constructed."""
    dotted = source.dotted(node.func)
    if dotted in CLIENTS and source.at.modern:
        for keyword in node.keywords:
            _client_keyword(source, keyword, dotted.partition(".")[2])


def on_create(source: Source, node: ast.Call) -> None:
    """Calls on a client."""
    dotted = source.dotted(node.func)
    if dotted.endswith(CREATE) and source.at.modern and not dotted.startswith("dsadapter."):
        for name, value in parameters(source, node)[0].items():
            _call_keyword(source, name, value)


# --- keywords ------------------------------------------------------------------------------------


def _client_keyword(source: Source, keyword: ast.keyword, client: str) -> None:
    name = keyword.arg or ""
    if name in CLIENT_KEYWORDS:
        violation = violations.CLIENT_PROXIES if name == "proxies" else violations.KEYWORD
        what, better = f"{client}.__init__()", CLIENT_KEYWORDS[name]
        source.hit(violation, keyword.value, what=what, name=name, better=better)
    elif name == "http_client":
        _http_client(source, keyword.value, client)
    elif name == "base_url" and at_least(source.at.sdk, "3"):
        _url_object(source, keyword.value)


def _call_keyword(source: Source, name: str, value: ast.expr) -> None:
    better = CALL_KEYWORDS.get(name, "")
    if name in BODY_KEYWORDS or (name in SINCE and below(source.at.sdk, SINCE[name])):
        better = f'extra_body={{"{name}": ...}}'
    if better:
        what = "Completions.create()"
        source.hit(violations.KEYWORD, value, what=what, name=name, better=better)


def _url_object(source: Source, node: ast.expr) -> None:
    if source.dotted(node) == "httpx.URL()":
        source.hit(violations.HTTPX_URL, node, better='base_url="https://..."')


def _http_client(source: Source, node: ast.expr, client: str) -> None:
    client_class = source.dotted(node).partition("(")[0]
    if not _is_misfit(source, client_class, client):
        return
    kind = "AsyncClient" if client.startswith("Async") else "Client"
    family = "httpx2" if at_least(source.at.sdk, "3") else "httpx"
    values = {"client": client, "given": client_class, "better": f"http_client={family}.{kind}()"}
    source.hit(violations.OTHER_HTTP_CLIENT, node, **values)


def _is_misfit(source: Source, client_class: str, client: str) -> bool:
    package, _, kind = client_class.partition(".")
    if package == "requests":
        return True
    if package not in ("httpx", "httpx2"):
        return False
    too_new = package == "httpx2" and below(source.at.sdk, "2.47")
    return too_new or kind.startswith("Async") != client.startswith("Async")


def on_httpx(source: Source, node: ast.Call) -> None:
    """``httpx.Client(proxies=...)``, ``httpx.get(..., proxies=...)``"""
    dotted = source.dotted(node.func)
    if not node.keywords or not dotted.startswith(("httpx.", "httpx2.")):
        return
    second = dotted.startswith("httpx2.")
    version = source.at.httpx2 if second else source.at.httpx
    if not second and (not version or below(version, "0.28")):
        return
    for keyword in node.keywords:
        if keyword.arg == "proxies":
            values = {"v": version or "httpx2", "better": "proxy="}
            source.hit(violations.HTTPX_PROXIES, keyword.value, **values)


# --- replies -------------------------------------------------------------------------------------


def on_subscript(source: Source, node: ast.Subscript) -> None:
    """``r["choices"]`` on what a modern client returned."""
    key = subscript_key(node)
    if isinstance(key, str) and _is_modern_reply(source, node.value):
        source.hit(violations.NOT_SUBSCRIPTABLE, node, name=key)


def _is_modern_reply(source: Source, node: ast.AST) -> bool:
    """Whether this is a reply or a chunk of the SDK here, or a part of one."""
    if not source.at.modern:
        return False
    before, made_by, after = source.dotted(node).partition(".chat.completions.create()")
    if not made_by or not before.startswith("openai."):
        return False
    return "(" not in after and not DICTS & set(after.split("."))


def on_reply_attribute(source: Source, node: ast.Attribute) -> None:
    """``r.choices.message``: the list has no such attribute. ``r.choices`` of a stream."""
    base = node.value
    if isinstance(base, ast.Attribute) and base.attr == "choices" and node.attr in CHOICE_FIELDS:
        if {"openai", "dsadapter"} & set(source.imports):
            source.hit(violations.CHOICES_ARE_A_LIST, node, name=node.attr)
    elif node.attr in REPLY_FIELDS and isinstance(base, ast.Name):
        _stream_as_reply(source, node, source.resolved(base))


def _stream_as_reply(source: Source, node: ast.Attribute, maker: Any) -> None:
    maker = maker.value if isinstance(maker, ast.Await) else maker
    if not isinstance(maker, ast.Call) or not source.dotted(maker.func).endswith(CREATE):
        return
    if source.literal(parameters(source, maker)[0].get("stream")) is True:
        source.hit(violations.STREAM_AS_REPLY, node, name=node.attr)


def on_reply_call(source: Source, node: ast.Call) -> None:
    """``json.dumps(r)``, ``r.get("choices")``, ``r.to_dict_recursive()``"""
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    if name == "dumps" and source.dotted(function) == "json.dumps" and node.args:
        if isinstance(node.args[0], ast.Name) and _is_modern_reply(source, node.args[0]):
            values = {"what": "json.dumps(r)", "better": "r.model_dump_json()"}
            source.hit(violations.NOT_A_DICT, node, **values)
    elif name in DICT_METHODS and _is_modern_reply(source, getattr(function, "value", function)):
        if any(isinstance(above, ast.IfExp) for above in source.parents):
            return  # `d.get(...) if is_dict else d.name`: it looks at what it got
        source.hit(violations.NOT_A_DICT, node, what=f"r.{name}()", better=DICT_METHODS[name])


# --- except --------------------------------------------------------------------------------------


def on_handler(source: Source, node: ast.ExceptHandler) -> None:
    """Exceptions that are caught by a class that no longer fits."""
    for kind in caught(node):
        dotted = source.dotted(kind)
        if dotted == "openai.Timeout" and source.at.sdk:
            _except_timeout(source, kind)


def _except_timeout(source: Source, node: ast.AST) -> None:
    effect, better = TIMEOUT_LACKING, "openai.error.Timeout"
    if source.at.modern:
        effect, better = TIMEOUT_SETTINGS, "openai.APITimeoutError"
    source.hit(violations.EXCEPT_TIMEOUT, node, effect=effect, better=better)


def at_end(source: Source) -> None:
    """What can be said when the whole file is known."""
    if source.facts.get("dual"):
        source.hits = [hit for hit in source.hits if hit.rule not in DUAL_RULES]


HANDLERS = (
    (ast.Call, on_client, *(name.partition(".")[2] for name in CLIENTS)),
    (ast.Call, on_create, "create", "parse"),
    (ast.Call, on_httpx),
    (ast.Call, on_reply_call, "dumps", *DICT_METHODS),
    (ast.Subscript, on_subscript),
    (ast.Attribute, on_reply_attribute, *CHOICE_FIELDS, *REPLY_FIELDS),
    (ast.ExceptHandler, on_handler),
)
