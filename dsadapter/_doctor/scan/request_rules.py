"""Rules about what DeepSeek refuses, ignores or does by default (deepseek-api 2, 3, 7.3, 9)."""

from __future__ import annotations

import ast
from typing import Dict, List

from ..._source.python_file import string_entries
from ..data import violations
from .model_calls import ModelCall, as_number
from .source import Source

CURRENT = ("deepseek-flash", "deepseek-v4-pro", "deepseek-v4-flash")
SMALL = 1024  # tokens that thinking alone can use up


def on_call(source: Source, call: ModelCall) -> None:
    """A call of a model: what DeepSeek refuses, ignores or does by default."""
    if not call.is_deepseek(source):
        return
    _thinking(source, call)
    _small_limit(source, call)
    if not call.repaired:
        _tool_choice(source, call)
        _response_format(source, call)
        _completion_tokens(source, call)
        _developer(source, call)


def _thinking(source: Source, call: ModelCall) -> None:
    if call.thinking(source) != "default" or "reasoning_effort" in call.params:
        return
    if call.model(source) not in CURRENT:
        return
    values = {"model": call.model(source), "how": _off(call)}
    source.hit(violations.THINKS_BY_DEFAULT, call.node, **values)


def _off(call: ModelCall) -> str:
    if call.via == "sdk":
        return 'extra_body={"thinking": {"type": "disabled"}}'
    if call.via == "http":
        return '"thinking": {"type": "disabled"}'
    return 'thinking={"type": "disabled"}'


def _small_limit(source: Source, call: ModelCall) -> None:
    limit = as_number(source.literal(call.params.get("max_tokens")))
    if limit is None or limit >= SMALL or call.thinking(source) not in ("default", "enabled"):
        return
    at = call.params["max_tokens"]
    source.hit(violations.SMALL_LIMIT, at, n=int(limit), how=_off(call))


def _tool_choice(source: Source, call: ModelCall) -> None:
    choice = source.resolved(call.params.get("tool_choice"))
    forced = isinstance(choice, ast.Dict) or source.literal(choice) == "required"
    if forced and call.thinking(source) in ("default", "enabled"):
        source.hit(violations.FORCED_TOOL, call.params["tool_choice"], how=_off(call))


def _response_format(source: Source, call: ModelCall) -> None:
    wanted = source.resolved(call.params.get("response_format"))
    kind = source.literal(string_entries(wanted).get("type"))
    parse = source.dotted(call.node.func).endswith(".parse") and wanted is not None
    if kind == "json_schema" or parse:
        source.hit(violations.NO_JSON_SCHEMA, call.params["response_format"])
    elif kind == "json_object" and _lacks_json(source, call):
        source.hit(violations.NO_JSON_WORD, call.params["response_format"])


def _lacks_json(source: Source, call: ModelCall) -> bool:
    """Only where every message can be read here."""
    texts = [source.literal(message.get("content")) for message in _messages(source, call)]
    return bool(texts) and all(isinstance(t, str) and "json" not in t.lower() for t in texts)


def _messages(source: Source, call: ModelCall) -> List[Dict[str, ast.expr]]:
    """The entries of each message, as far as they can be read here."""
    messages = source.resolved(call.params.get("messages"))
    written = messages.elts if isinstance(messages, ast.List) else []
    return [string_entries(source.resolved(message)) for message in written]


def _completion_tokens(source: Source, call: ModelCall) -> None:
    if "max_completion_tokens" in call.params:
        source.hit(violations.LIMIT_IGNORED, call.params["max_completion_tokens"])


def _developer(source: Source, call: ModelCall) -> None:
    for message in _messages(source, call):
        role = message.get("role")
        if source.literal(role) == "developer":
            source.hit(violations.NO_DEVELOPER, role)


HANDLERS = ((ModelCall, on_call),)
