"""Calls that ask a model for an answer, made through an SDK or by hand: their parameters."""

from __future__ import annotations

import ast
import re
from typing import Any, Dict, Iterator, Optional, Tuple

from ..._named_tuple import NamedTuple
from ..._repairs.table import RETIRED
from ..._source.python_file import last_name, string_entries
from .endpoints import DEEPSEEK, HOSTS, is_known_host, is_own_model, vendor_in, vendor_of_call
from .source import Source

SDK_CALLS = (".chat.completions.create", ".chat.completions.parse", ".chat.completions.stream")
LEGACY_CALLS = (".ChatCompletion.create", ".ChatCompletion.acreate")
HTTP_METHODS = frozenset("post request stream send".split())
HTTP_PACKAGES = ("requests", "httpx", "httpx2")
PARTIALS = ("functools.partial", "functools.partialmethod")
# The last words of the calls that can be one of a model.
MODEL_CALL_NAMES = HTTP_METHODS | frozenset("create acreate parse partial partialmethod".split())
_URL = re.compile(r"https?://")


class ModelCall(NamedTuple):
    """``via``: sdk, legacy, dsadapter, http. ``is_complete``: no ``**`` hides a parameter."""

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
            implied = RETIRED.get(self.model(source))
            return implied or ("default" if "model" in self.params else "unknown")
        kind = source.literal(string_entries(thinking).get("type"))
        return str(kind) if kind in ("enabled", "disabled") else "unknown"

    def is_deepseek(self, source: Source) -> bool:
        """Whether the call goes to DeepSeek: by its host, else by a name that only DeepSeek has."""
        vendor = self.vendor(source)
        model = self.model(source)
        if vendor:
            return vendor == DEEPSEEK
        return is_own_model(model)

    def may_be_deepseek(self, source: Source) -> bool:
        """As above; also where neither is to be seen, in a file that is about DeepSeek."""
        hidden = not self.vendor(source) and not self.model(source)
        return self.is_deepseek(source) or (hidden and source.is_about_deepseek)

    def vendor(self, source: Source) -> str:
        """Whose host the call goes to, "" where it cannot be seen."""
        if self.via == "http":
            return vendor_in(source, url_of(self.node))
        return vendor_of_call(source, self.node)

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
    if dotted in PARTIALS and node.args:
        dotted, arguments = source.dotted(node.args[0]), node.args[1:]
    else:
        arguments = node.args
    if dotted.endswith((*SDK_CALLS, *LEGACY_CALLS)):
        return _sdk_call(source, node, dotted, not arguments)
    if is_http_call(source, node) and is_provider_url(source, node):
        return _http_call(source, node)
    return None


def _sdk_call(source: Source, node: ast.Call, dotted: str, is_complete: bool) -> ModelCall:
    params, keywords_known = parameters(source, node)
    is_complete = is_complete and keywords_known
    extra = source.resolved(params.get("extra_body"))
    if isinstance(extra, ast.Dict):
        params.update(string_entries(extra))
    elif extra is not None:
        is_complete = False
    legacy = dotted.endswith(LEGACY_CALLS)
    via = "dsadapter" if dotted.startswith("dsadapter.") else "legacy" if legacy else "sdk"
    return ModelCall(node, via, params, is_complete)


def parameters(source: Source, node: ast.Call) -> Tuple[Dict[str, ast.expr], bool]:
    """The keywords of a call, those of ``**body`` too; and whether these are all."""
    params: Dict[str, ast.expr] = {}
    is_complete = True
    for keyword in node.keywords:
        if keyword.arg:
            params[keyword.arg] = keyword.value
            continue
        body = source.resolved(keyword.value)
        if isinstance(body, ast.Dict):
            params.update(string_entries(body))
            is_complete = is_complete and None not in body.keys
        else:
            is_complete = False
        is_complete = is_complete and not _has_grown(source, keyword.value)
    return params, is_complete


def _has_grown(source: Source, node: ast.AST) -> bool:
    """Whether a dict got entries that its display does not show."""
    return isinstance(node, ast.Name) and node.id in source.scope.grown


def is_http_call(source: Source, node: ast.Call) -> bool:
    """``requests.post``, ``httpx.Client().stream`` and the like."""
    package, _, method = source.dotted(node.func).partition(".")
    return package in HTTP_PACKAGES and method.rpartition(".")[2] in HTTP_METHODS


def url_of(node: ast.Call) -> ast.expr:
    """What is given as the address of a request, as one expression; behind that of ``post`` the
    body stands, and behind the method of ``request`` the address."""
    parts = [
        *node.args[: 1 if last_name(node.func) == "post" else 2],
        *(k.value for k in node.keywords if k.arg == "url"),
    ]
    return ast.Tuple(elts=parts, ctx=ast.Load())


def is_provider_url(source: Source, node: ast.Call) -> bool:
    """Whether the request goes to a chat of a known provider, or of an unknown one in a file that
    is about DeepSeek."""
    parts = url_of(node)
    text = source.texts(parts)
    if is_known_host(source, parts) or any(host in text for host in HOSTS):
        return True
    return "/chat/completions" in text and source.is_about_deepseek and not _URL.search(text)


def _http_call(source: Source, node: ast.Call) -> ModelCall:
    body = next((b for b in map(source.resolved, _bodies(node)) if b is not None), None)
    if isinstance(body, ast.Call) and source.dotted(body.func) == "json.dumps" and body.args:
        body = source.resolved(body.args[0])
    if not isinstance(body, ast.Dict):
        return ModelCall(node, "http", {}, False)
    grown = any(_has_grown(source, part) for part in _bodies(node))
    return ModelCall(node, "http", string_entries(body), None not in body.keys and not grown)


def _bodies(node: ast.Call) -> Iterator[ast.expr]:
    for keyword in node.keywords:
        if keyword.arg in ("json", "data", "content"):
            yield keyword.value


def as_number(value: Any) -> Optional[float]:
    """The value as a number, None for anything else."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
