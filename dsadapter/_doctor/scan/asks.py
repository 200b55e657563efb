"""Calls that ask a model for an answer, made through an SDK or by hand: their parameters."""

from __future__ import annotations

import ast
from typing import Any, Dict, Iterator, NamedTuple, Optional

from ..._repairs.table import RETIRED
from ..._settings.providers import PRESETS
from .source import Source

SDK_CALLS = (".chat.completions.create", ".chat.completions.parse", ".chat.completions.stream")
LEGACY_CALLS = (".ChatCompletion.create", ".ChatCompletion.acreate")
BY_HAND = frozenset("post request stream send".split())
HTTP_PACKAGES = ("requests", "httpx", "httpx2")
HOSTS = tuple(host for row in PRESETS for host in row.hosts)


class Ask(NamedTuple):
    """``via``: sdk, legacy, dsadapter, http. ``whole``: no ``**`` hides a parameter."""

    node: ast.Call
    via: str
    params: Dict[str, ast.expr]
    whole: bool

    def model(self, source: Source) -> str:
        value = source.literal(self.params.get("model"))
        return value if isinstance(value, str) else ""

    def thinking(self, source: Source) -> str:
        """enabled, disabled, default (on), or unknown."""
        if not self.whole:
            return "unknown"
        thinking = source.resolved(self.params.get("thinking"))
        if thinking is None:
            model = self.model(source)
            implied = RETIRED.get(model)
            return implied or ("default" if "model" in self.params else "unknown")
        if isinstance(thinking, ast.Dict):
            kind = source.literal(entries(thinking).get("type"))
            return str(kind) if kind in ("enabled", "disabled") else "unknown"
        return "unknown"

    def is_deepseek(self, source: Source) -> bool:
        model = self.model(source)
        return model.startswith("deepseek") or (not model and source.is_about_deepseek)

    def whole_call(self) -> bool:
        """Whether every keyword of the call itself is to be seen."""
        return all(keyword.arg for keyword in self.node.keywords)

    @property
    def repaired(self) -> bool:
        """Whether dsadapter puts right what the API refuses."""
        return self.via == "dsadapter"


def entries(node: ast.Dict) -> Dict[str, ast.expr]:
    pairs = zip(node.keys, node.values)
    return {
        key.value: value
        for key, value in pairs
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def ask_of(source: Source, node: ast.Call) -> Optional[Ask]:
    dotted = source.dotted(node.func)
    if dotted.endswith((*SDK_CALLS, *LEGACY_CALLS)):
        return _sdk_ask(source, node, dotted)
    if by_hand(source, node) and is_provider_url(source, node):
        return _http_ask(source, node)
    return None


def _sdk_ask(source: Source, node: ast.Call, dotted: str) -> Ask:
    params = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    whole = all(keyword.arg for keyword in node.keywords) and not node.args
    extra = source.resolved(params.get("extra_body"))
    if isinstance(extra, ast.Dict):
        params.update(entries(extra))
    elif extra is not None:
        whole = False
    legacy = dotted.endswith(LEGACY_CALLS)
    via = "dsadapter" if dotted.startswith("dsadapter.") else "legacy" if legacy else "sdk"
    return Ask(node, via, params, whole)


def by_hand(source: Source, node: ast.Call) -> bool:
    """``requests.post``, ``httpx.Client().stream`` and the like."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in BY_HAND:
        return False
    return source.dotted(node.func).partition(".")[0] in HTTP_PACKAGES


def is_provider_url(source: Source, node: ast.Call) -> bool:
    parts = [*node.args[:2], *(k.value for k in node.keywords if k.arg == "url")]
    text = "\n".join(source.texts(part) for part in parts)
    return any(host in text for host in HOSTS) or "/chat/completions" in text


def _http_ask(source: Source, node: ast.Call) -> Ask:
    body = next((b for b in map(source.resolved, _bodies(node)) if b is not None), None)
    if isinstance(body, ast.Call) and source.dotted(body.func) == "json.dumps" and body.args:
        body = source.resolved(body.args[0])
    if not isinstance(body, ast.Dict):
        return Ask(node, "http", {}, False)
    return Ask(node, "http", entries(body), None not in body.keys)


def _bodies(node: ast.Call) -> Iterator[ast.expr]:
    for keyword in node.keywords:
        if keyword.arg in ("json", "data", "content"):
            yield keyword.value


def number(value: Any) -> Optional[float]:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
