"""Calls that ask a model for an answer, made through an SDK or by hand: their parameters."""

from __future__ import annotations

import ast
from typing import Any, Dict, Iterator, NamedTuple, Optional

from ..._repairs.table import RETIRED
from ..._settings.providers import PRESETS
from ..._source.python_file import string_entries
from .source import Source

SDK_CALLS = (".chat.completions.create", ".chat.completions.parse", ".chat.completions.stream")
LEGACY_CALLS = (".ChatCompletion.create", ".ChatCompletion.acreate")
HTTP_METHODS = frozenset("post request stream send".split())
HTTP_PACKAGES = ("requests", "httpx", "httpx2")
HOSTS = tuple(host for row in PRESETS for host in row.hosts)


class ModelCall(NamedTuple):
    """``via``: sdk, legacy, dsadapter, http. ``whole``: no ``**`` hides a parameter."""

    node: ast.Call
    via: str
    params: Dict[str, ast.expr]
    is_complete: bool

    def model(self, source: Source) -> str:
        """The model's name, "" where it cannot be read here."""
        value = source.literal(self.params.get("model"))
        return value if isinstance(value, str) else ""

    def thinking(self, source: Source) -> str:
        """enabled, disabled, default (on), or unknown."""
        if not self.is_complete:
            return "unknown"
        thinking = source.resolved(self.params.get("thinking"))
        if thinking is None:
            model = self.model(source)
            implied = RETIRED.get(model)
            return implied or ("default" if "model" in self.params else "unknown")
        if isinstance(thinking, ast.Dict):
            kind = source.literal(string_entries(thinking).get("type"))
            return str(kind) if kind in ("enabled", "disabled") else "unknown"
        return "unknown"

    def is_deepseek(self, source: Source) -> bool:
        """Whether the call goes to DeepSeek, as far as it can be seen."""
        model = self.model(source)
        return model.startswith("deepseek") or (not model and source.is_about_deepseek)

    def shows_all_keywords(self) -> bool:
        """Whether every keyword of the call itself is to be seen."""
        return all(keyword.arg for keyword in self.node.keywords)

    @property
    def repaired(self) -> bool:
        """Whether dsadapter puts right what the API refuses."""
        return self.via == "dsadapter"


def model_call(source: Source, node: ast.Call) -> Optional[ModelCall]:
    """The call as one that asks a model, None for any other."""
    dotted = source.dotted(node.func)
    if dotted.endswith((*SDK_CALLS, *LEGACY_CALLS)):
        return _sdk_call(source, node, dotted)
    if is_http_call(source, node) and is_provider_url(source, node):
        return _http_call(source, node)
    return None


def _sdk_call(source: Source, node: ast.Call, dotted: str) -> ModelCall:
    params = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    is_complete = all(keyword.arg for keyword in node.keywords) and not node.args
    extra = source.resolved(params.get("extra_body"))
    if isinstance(extra, ast.Dict):
        params.update(string_entries(extra))
    elif extra is not None:
        is_complete = False
    legacy = dotted.endswith(LEGACY_CALLS)
    via = "dsadapter" if dotted.startswith("dsadapter.") else "legacy" if legacy else "sdk"
    return ModelCall(node, via, params, is_complete)


def is_http_call(source: Source, node: ast.Call) -> bool:
    """``requests.post``, ``httpx.Client().stream`` and the like."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in HTTP_METHODS:
        return False
    return source.dotted(node.func).partition(".")[0] in HTTP_PACKAGES


def is_provider_url(source: Source, node: ast.Call) -> bool:
    """Whether the request goes to a known provider."""
    parts = [*node.args[:2], *(k.value for k in node.keywords if k.arg == "url")]
    text = "\n".join(source.texts(part) for part in parts)
    return any(host in text for host in HOSTS) or "/chat/completions" in text


def _http_call(source: Source, node: ast.Call) -> ModelCall:
    body = next((b for b in map(source.resolved, _bodies(node)) if b is not None), None)
    if isinstance(body, ast.Call) and source.dotted(body.func) == "json.dumps" and body.args:
        body = source.resolved(body.args[0])
    if not isinstance(body, ast.Dict):
        return ModelCall(node, "http", {}, False)
    return ModelCall(node, "http", string_entries(body), None not in body.keys)


def _bodies(node: ast.Call) -> Iterator[ast.expr]:
    for keyword in node.keywords:
        if keyword.arg in ("json", "data", "content"):
            yield keyword.value


def as_number(value: Any) -> Optional[float]:
    """The value as a number, None for anything else."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
