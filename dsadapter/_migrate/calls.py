"""Calls: the function, the arguments, and the reply."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, NamedTuple, Optional

from . import arguments
from .analysis import Analysis, Replacement
from .arguments import Changed
from .async_blocks import AsyncBlocks
from .helpers import Helpers
from .legacy_call import LegacyCall
from .modules import Modules
from .replies import Replies
from .spread import Unknown


class Later(NamedTuple):
    """What calls ask for that goes around the edits of other rules."""

    helpers: Helpers
    blocks: AsyncBlocks

    def write(self) -> None:
        """Ask for these edits, too."""
        self.helpers.write()
        self.blocks.write()


def prepare(analysis: Analysis, modules: Modules, replies: Replies) -> Dict[ast.Call, Changed]:
    """The arguments of each call. Those that cannot be rewritten get a comment and stay; what
    they give is no reply of newer SDKs."""
    changed: Dict[ast.Call, Changed] = {}
    refused: List[ast.Call] = []
    for node, call in replies.calls.items():
        try:
            changed[node] = _arguments(analysis, modules, replies, call)
        except Unknown as err:
            analysis.mark(err.rule, node)
            modules.written.update(ast.walk(node))
            refused.append(node)
    if refused:
        replies.leave_out(refused)
    return changed


def _arguments(analysis: Analysis, modules: Modules, replies: Replies, call: LegacyCall) -> Changed:
    if not analysis.document.is_placed(call.node):
        raise Unknown("reply-unknown")
    if call.method is None:
        raise Unknown("removed")
    return arguments.rewrite(analysis, modules, replies, call)


def rewrite(
    analysis: Analysis,
    modules: Modules,
    replies: Replies,
    changed: Dict[ast.Call, Changed],
    is_dict_style: bool,
) -> Later:
    """Ask for the edits of all calls; gives what must be written after all other edits."""
    later = Later(Helpers(analysis, modules, is_dict_style), AsyncBlocks(analysis, replies))
    for node, call in replies.calls.items():
        _CallRewriter(analysis, modules, call, is_dict_style, later).rewrite(changed[node])
    return later


class _CallRewriter:
    def __init__(
        self,
        analysis: Analysis,
        modules: Modules,
        call: LegacyCall,
        is_dict_style: bool,
        later: Later,
    ) -> None:
        self.analysis = analysis
        self.document = analysis.document
        self.modules = modules
        self.call = call
        self.node = call.node
        self.is_dict_style = is_dict_style
        self.later = later

    def rewrite(self, changed: Changed) -> None:
        """All of one call, or none of it and a comment."""
        held = self._held(changed)
        is_open = self.call.is_async and not held  # nobody would close its client
        if not changed.is_seen or (is_open and arguments.can_help(self.modules, self.call)):
            self._by_helper()
            return
        assert self.call.method is not None
        try:
            if self.call.method.read:
                wrapping = self._read(self.call.method.read)
            else:
                wrapping = self._wrapping(changed.may_stream) if self.is_dict_style else []
        except Unknown as err:
            self.analysis.mark(err.rule, self.node)
            self.modules.written.update(ast.walk(self.node))
            return
        self.modules.written.update(changed.defaults)
        function = self._function(self.call.method.path, changed.client, held)
        for rule in changed.rules:
            self.analysis.change(rule, self.node, [])
        self.analysis.change("async-call" if self.call.is_async else "call", self.node, function)
        self.analysis.change("argument", self.node, changed.replacements)
        self.analysis.change("reply", self.node, wrapping)

    def _held(self, changed: Changed) -> bool:
        """Whether an ``async with`` around statements closes the client of this call."""
        if not self.call.is_async or not changed.is_seen:
            return False
        statements = self.later.blocks.around(self.call, changed.may_stream)
        client = self.modules.client(self.node, changed.client or {}, True)
        return bool(statements) and self.later.blocks.add(statements or [], client)

    def _by_helper(self) -> None:
        """The arguments stay as they are: a function of the file knows what to do with them."""
        function, method = self.node.func, self.call.method
        assert method is not None
        end = self.document.span(function)[1]
        opening = self.document.raw.index(b"(", end) + 1
        name = self.later.helpers.name(self.call.is_async)
        self.modules.name_for(function)  # an import of the class alone is needed no more
        called = [(self.document.span(function)[0], end, name)]
        first = [(opening, opening, f'"{method.path}", ')]
        self.analysis.change("any-arguments", self.node, [*called, *first])
        self._own_defaults()

    def _own_defaults(self) -> None:
        """``api_base=openai.api_base``: the function takes the setting under its new name."""
        for keyword in self.node.keywords:
            value: Any = keyword.value
            if arguments.is_default(self.analysis, self.modules, keyword.arg, value):
                self.modules.written.add(value)
                if keyword.arg == "api_base":
                    end = self.document.span(value)[1]
                    renamed = (end - len("api_base"), end, "base_url")
                    self.analysis.change("base-url", value, [renamed])

    # -- the function

    def _function(
        self, path: str, client: Optional[Dict[str, str]], is_held: bool
    ) -> List[Replacement]:
        function = self.node.func
        span = self.document.span(function)
        if is_held:
            return [(*span, f"{self.later.blocks.name}.{path}")]
        if self.call.is_async or client is not None:
            text = self.modules.client(self.node, client or {}, self.call.is_async)
            return [(*span, f"{text}.{path}")]
        if self._is_variable(function):
            assert isinstance(function, ast.Attribute)
            return [(span[1] - len(function.attr), span[1], path.rpartition(".")[2])]
        if isinstance(function, ast.Name) and not self.modules.is_rooted(function):
            return []  # a function in a variable: it was rewritten where it was bound
        return [(*span, f"{self.modules.caller(function)}.{path}")]

    def _is_variable(self, function: ast.AST) -> bool:
        """Whether a class stands in a variable: that was rewritten where it was bound."""
        return isinstance(function, ast.Attribute) and not self.modules.is_rooted(function)

    # -- the reply

    def _wrapping(self, may_stream: bool) -> List[Replacement]:
        streams = self.call.streams
        method = self.call.method
        if method is None or not method.is_object or self._is_text():
            return []
        outer = self._awaited()
        start, end = self.document.span(outer)
        is_constant = streams is None or isinstance(streams, ast.Constant)
        if streams is not None and not is_constant:
            return self._either(start, end, streams)
        keyword = "async for" if self.call.is_async else "for"
        if may_stream and streams is None:
            return self._by_flag(start, end, self._is_stream())
        if isinstance(streams, ast.Constant) and streams.value:
            opening = f"(chunk.to_dict() {keyword} chunk in "
            return [(start, start, opening), (end, end, ")")]
        if outer is self.node:
            return [(end, end, ".to_dict()")]
        return [(start, start, "("), (end, end, ").to_dict()")]

    def _read(self, field: str) -> List[Replacement]:
        start, end = self.document.span(self._awaited())
        opening, closing = ("(", ")") if self.call.is_async else ("", "")
        return [(start, start, opening), (end, end, f"{closing}{field}")]

    def _is_text(self) -> bool:
        """Audio as text comes as a str. Raises Unknown where the format cannot be seen."""
        if self.call.cls != "Audio":
            return False
        values = [k.value for k in self.node.keywords if k.arg == "response_format"]
        if not values:
            return False
        if not isinstance(values[0], ast.Constant):
            raise Unknown("reply-unknown")
        return values[0].value in ("text", "srt", "vtt")

    def _either(self, start: int, end: int, streams: ast.expr) -> List[Replacement]:
        """Where a variable says whether it streams."""
        if isinstance(streams, (ast.Name, ast.Attribute)):
            return self._by_flag(start, end, self.document.source(streams))
        return self._by_flag(start, end, self._is_stream())

    def _is_stream(self) -> str:
        kind = "AsyncStream" if self.call.is_async else "Stream"
        return f"isinstance(reply, {self.modules.name_for(self.node.func)}.{kind})"

    def _by_flag(self, start: int, end: int, flag: str) -> List[Replacement]:
        keyword = "async for" if self.call.is_async else "for"
        chunks = f"(chunk.to_dict() {keyword} chunk in reply)"
        opening = f"(lambda reply: {chunks} if {flag} else reply.to_dict())("
        return [(start, start, opening), (end, end, ")")]

    def _awaited(self) -> ast.AST:
        """The call, or the ``await`` around it. Raises Unknown for a coroutine that goes on."""
        if not self.call.is_async:
            return self.node
        parent = self.document.parents[self.node]
        if not isinstance(parent, ast.Await):
            raise Unknown("reply-unknown")
        return parent
