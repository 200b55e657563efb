"""The arguments of a call under their new names."""

from __future__ import annotations

import ast
import re
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .._repairs.rule import FLASH, RETIRED
from .analysis import Analysis, Replacement
from .edits import moved
from .helpers import PATHS
from .legacy_call import LegacyCall
from .modules import Modules
from .replies import Replies
from .resources import IDS, Method
from .spread import STREAMED, Spread, Unknown, mode_of

Span = Tuple[int, int]
# Those that every method of newer SDKs takes.
KNOWN_TO_ALL = frozenset("extra_headers extra_query extra_body timeout".split())
HEADERS = {"request_id": "X-Request-Id", "organization": "OpenAI-Organization"}
MOVED = frozenset("api_key api_base api_type api_version organization request_id headers".split())
SETTINGS = MOVED - {"request_id", "headers"}
IN_DICTS = {"request_timeout": "timeout", "headers": "extra_headers", "engine": "model"}
LOOSE = (ast.Lambda, ast.IfExp, ast.NamedExpr)  # ``or`` binds tighter
TIGHT = (ast.Name, ast.Attribute, ast.Dict, ast.Call, ast.Subscript)
LIMIT = "600"  # seconds: what 0.28 made of None and 0


class Changed(NamedTuple):
    """``client`` are the settings of a client of its own, None where the module's does; ``rules``
    those whose comment goes with the call; ``may_stream``: whether a dict may ask for a stream;
    ``is_seen``: whether all arguments are, and have their new names; ``defaults``: the values that
    went away because they were the module's own settings."""

    replacements: List[Replacement]
    client: Optional[Dict[str, str]]
    rules: List[str]
    may_stream: bool = False
    is_seen: bool = True
    defaults: Tuple[ast.expr, ...] = ()


def rewrite(analysis: Analysis, modules: Modules, replies: Replies, call: LegacyCall) -> Changed:
    """What becomes of the arguments. Raises Unknown."""
    try:
        return _Arguments(analysis, modules, replies, call).changed()
    except Unknown as err:
        if err.rule not in ("stream-unknown", "keyword-name") or not can_help(modules, call):
            raise
    return Changed([], None, [], is_seen=False)


def can_help(modules: Modules, call: LegacyCall) -> bool:
    """Whether a function of the file can make this call from its old arguments."""
    return call.method is not None and call.method.path in PATHS and not modules.is_azure


def is_default(analysis: Analysis, modules: Modules, name: Optional[str], value: ast.expr) -> bool:
    """``api_base=openai.api_base``: what the call has without it."""
    is_setting = name in SETTINGS and analysis.names.dotted(value) == f"openai.{name}"
    return is_setting and isinstance(value, ast.Attribute) and modules.is_rooted(value)


class _Arguments:
    def __init__(
        self, analysis: Analysis, modules: Modules, replies: Replies, call: LegacyCall
    ) -> None:
        assert call.method is not None
        self.call = call
        self.replies = replies
        self.may_stream = False
        self.analysis = analysis
        self.document = analysis.document
        self.modules = modules
        self.node = call.node
        self.method: Method = call.method
        self.module = modules.name_for(call.node.func)
        self.owner = modules.caller(call.node.func)  # of the settings
        self.replacements: List[Replacement] = []
        self.rules: List[str] = []
        self.headers: List[str] = []
        self.body: List[str] = []
        self.client: Dict[str, str] = {}
        self.defaults: List[ast.expr] = []
        self.removed: List[ast.keyword] = []  # their values go into the headers, body or client

    def changed(self) -> Changed:
        keywords = self.node.keywords
        for keyword in (k for k in keywords if k.arg in ("api_type", "api_version")):
            self._flavour(keyword.arg or "", keyword)
        spreads = [k.value for k in keywords if k.arg is None]
        self._spread(spreads)
        self._positional()
        for keyword in (k for k in keywords if k.arg is not None):
            self._keyword(keyword.arg or "", keyword)
        self._merge()
        needs_client = bool(self.client)
        client = self.client if needs_client else None
        defaults = tuple(self.defaults)
        return Changed(self.replacements, client, self.rules, self.may_stream, defaults=defaults)

    def _positional(self) -> None:
        """Positional arguments get their names: newer SDKs take hardly any."""
        if len(self.node.args) > len(self.method.positional):
            raise Unknown("stream-unknown")
        for name, value in zip(self.method.positional, self.node.args):
            if isinstance(value, ast.Starred):
                raise Unknown("stream-unknown")
            start = self.document.span(value)[0]
            is_positional = self.method.positional == (name,)
            if not is_positional:
                self.replacements.append((start, start, f"{name}="))

    def _keyword(self, name: str, keyword: ast.keyword) -> None:
        if name in MOVED:
            self._moved(name, keyword)
        elif name == "request_timeout":
            self._time_limit(keyword)
        elif name == "timeout":
            self.rules.append("timeout")
        elif name in ("engine", "deployment_id"):
            self._engine(keyword)
        elif name == "model":
            self._model(keyword)
        elif name in IDS and self.method.positional:
            self._rename(keyword, self.method.positional[0])
        elif not self._is_known(name):
            self.body.append(f'"{name}": {self._value(keyword)}')
            self.removed.append(keyword)

    def _is_known(self, name: str) -> bool:
        return self.method.arguments is None or name in self.method.arguments | KNOWN_TO_ALL

    # -- one keyword

    def _spread(self, values: List[ast.expr]) -> None:
        """``**params``: where nobody knows what is in it, the call is rewritten nevertheless."""
        spread = Spread(self.analysis, self.replies, self.method)
        try:
            self.may_stream = spread.check(values)
        except Unknown as err:
            if err.rule != "stream-unknown" or can_help(self.modules, self.call):
                raise
            self.may_stream = self.method.path in STREAMED
            self.rules.append(err.rule)

    def _moved(self, name: str, keyword: ast.keyword) -> None:
        self.removed.append(keyword)
        if is_default(self.analysis, self.modules, name, keyword.value):
            self.defaults.append(keyword.value)
        elif name == "headers":
            self.headers.append(f"**{self._mapping(keyword)}")
        elif name == "request_id":
            self.headers.append(f'"{HEADERS[name]}": {self._value(keyword)}')
        elif name == "api_base":
            self.client["base_url"] = f"{self._operand(keyword)} or {self.owner}.base_url"
        elif name not in ("api_type", "api_version") and not _is_none(keyword.value):
            self.client[name] = f"{self._operand(keyword)} or {self.owner}.{name}"

    def _flavour(self, name: str, keyword: ast.keyword) -> None:
        if is_default(self.analysis, self.modules, name, keyword.value):
            return
        value = getattr(keyword.value, "value", "?")
        if value is not None and (name, value) not in (
            ("api_type", "open_ai"),
            ("api_type", "openai"),
        ):
            raise Unknown("api-type")

    def _time_limit(self, keyword: ast.keyword) -> None:
        value = keyword.value
        if isinstance(value, ast.Tuple) and len(value.elts) == 2:
            connect, read = (moved(*self.document.span(part)) for part in value.elts)
            text = f"timeout={self.module}.Timeout({read}, connect={connect})"
        elif isinstance(value, ast.Constant):
            text = f"timeout={self.document.source(value) if value.value else LIMIT}"
        else:
            text = f"timeout={self._operand(keyword)} or {LIMIT}"
        self.replacements.append((*self._span(keyword), text))

    def _engine(self, keyword: ast.keyword) -> None:
        if any(other.arg == "model" for other in self.node.keywords):
            raise Unknown("stream-unknown")
        self._rename(keyword, "model")
        self.rules.append("azure" if self.modules.is_azure else "engine")

    def _model(self, keyword: ast.keyword) -> None:
        """Retired names are answered still, so they are changed on demand only."""
        name = getattr(keyword.value, "value", None)
        if not self.analysis.options.unsafe or name not in RETIRED:
            return
        start, end = self.document.span(keyword.value)
        self.replacements.append((start, end, f'"{FLASH}"'))
        is_chat = self.method.path.startswith("chat.")
        if is_chat and not any(k.arg == "thinking" for k in self.node.keywords):
            self.body.append(mode_of(name))

    def _rename(self, keyword: ast.keyword, name: str) -> None:
        start = self._span(keyword)[0]
        self.replacements.append((start, start + len(keyword.arg or ""), name))

    # -- what is put together

    def _merge(self) -> None:
        if set(self.client) == {"api_key"} and self._has_key():
            key = self.client.pop("api_key")
            self.headers.insert(0, f'"Authorization": "Bearer " + ({key})')
            self.rules.append("call-key")
        merged = []
        if self.headers:
            merged.append(f"extra_headers={_display(self.headers)}")
        if self.body:
            merged.append(f"extra_body={_display(self.body)}")
        if merged and any(k.arg in ("extra_headers", "extra_body") for k in self.node.keywords):
            raise Unknown("stream-unknown")
        self._put(", ".join(merged))

    def _has_key(self) -> bool:
        """Whether the module gets a key: before 2.34 its client is not made without one."""
        if self.modules.client_name:
            return True
        assigned = self.analysis.all(ast.Assign)
        names = self.analysis.names
        return any(
            names.dotted(target) == "openai.api_key" for a in assigned for target in a.targets
        )

    def _put(self, text: str) -> None:
        """The text in the place of the first argument that went away; the others are cut out."""
        removed = list(self.removed)
        if text and removed:
            self.replacements.append((*self._span(removed.pop(0)), text))
        elif text:  # nothing went away: a model's thinking
            end = self.document.span(self.node.keywords[-1].value)[1]
            self.replacements.append((end, end, f", {text}"))
        last = self._cut_last(removed)
        for keyword in removed[: len(removed) - last]:
            self.replacements.append((*self._with_comma(*self._span(keyword)), ""))

    def _cut_last(self, removed: List[ast.keyword]) -> int:
        """Cut out those that nothing follows, as one; gives how many these are."""
        number = 0
        for keyword in reversed(self.node.keywords):
            if keyword not in removed:
                break
            number += 1
        if number:
            first, last = self._span(removed[-number])[0], self._span(removed[-1])[1]
            start, end = self._with_comma(first, last)
            self.replacements.append((start, end, ""))
        return number

    def _with_comma(self, start: int, end: int) -> Span:
        raw, limit = self.document.raw, self.document.span(self.node)[1]
        behind = re.compile(rb"\s*,[ \t]*").match(raw, end, limit)
        if behind:
            return self._without_empty_line(start, behind.end())
        before = re.compile(rb",\s*\Z").search(raw[self.document.span(self.node)[0] : start])
        return start - (len(before.group()) if before else 0), end

    def _without_empty_line(self, start: int, end: int) -> Span:
        """Where nothing else stands on the line, the whole line."""
        line = self.document.line_start(start)
        newline = re.compile(rb"\r\n|\r|\n").match(self.document.raw, end)
        if newline and not self.document.raw[line:start].strip():
            return line, newline.end()
        return start, end

    # -- texts

    def _value(self, keyword: ast.keyword) -> str:
        """The value where it goes, with the brackets around it."""
        return moved(*self._value_span(keyword))

    def _operand(self, keyword: ast.keyword) -> str:
        """In brackets where ``or`` would bind otherwise."""
        is_loose = isinstance(keyword.value, LOOSE) and not self._is_bracketed(keyword)
        return f"({self._value(keyword)})" if is_loose else self._value(keyword)

    def _mapping(self, keyword: ast.keyword) -> str:
        is_tight = isinstance(keyword.value, TIGHT) or self._is_bracketed(keyword)
        return self._value(keyword) if is_tight else f"({self._value(keyword)})"

    def _is_bracketed(self, keyword: ast.keyword) -> bool:
        return self.document.span(keyword.value)[0] > self._value_span(keyword)[0]

    def _value_span(self, keyword: ast.keyword) -> Span:
        start, end = self._span(keyword)
        raw = self.document.raw[start:end]
        behind = raw[raw.index(b"=") + 1 :]
        return end - len(behind.lstrip()), end - len(behind) + len(behind.rstrip())

    def _span(self, keyword: Any) -> Span:
        span = self.document.keyword_span(keyword)
        if span is None:
            raise Unknown("stream-unknown")
        return span


def _display(entries: List[str]) -> str:
    """A dict display; the single ``**value`` is the value."""
    if len(entries) == 1 and entries[0].startswith("**"):
        return entries[0][2:]
    return f"{{{', '.join(entries)}}}"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
