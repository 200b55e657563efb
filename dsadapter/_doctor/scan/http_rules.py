"""Rules about HTTP written by hand to a known provider: with requests, httpx or httpx2."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Optional, Tuple

from ..._named_tuple import NamedTuple
from ..._source.python_file import Scope
from ..._texts.rules_http import FIVE_SECONDS, FOR_EVER
from ..data import violations
from .model_calls import ModelCall, as_number
from .source import Source

BODY_READS = ("text", "content", "json")
ITERATIONS = ("iter_lines", "iter_content", "iter_bytes", "iter_text", "iter_raw", "aiter_lines")
STATUS_CHECKS = ("raise_for_status", "status_code", "ok", "is_success", "is_error", "reason")
CLIENTS = tuple(f"{p}.{name}" for p in ("httpx", "httpx2") for name in ("Client", "AsyncClient"))
SESSIONS = ("requests.Session()", "requests.session()", "requests.sessions.Session()")
SLOW = 60.0  # seconds that a thinking model may well need


class Use(NamedTuple):
    """An attribute of a response, and the nodes from the top of the file down to it."""

    name: str
    path: Tuple[ast.AST, ...]

    @property
    def node(self) -> ast.AST:
        """The attribute itself."""
        return self.path[-1]


class _Streaming(NamedTuple):
    """Whether a call wants a stream: in its body, and in the HTTP library."""

    body: bool
    library: bool


class Response:
    """A variable that holds a response, and what the code does with it, in order."""

    def __init__(self, streaming: _Streaming) -> None:
        self.streaming = streaming
        self.uses: List[Use] = []

    def named(self, names: Tuple[str, ...]) -> List[Use]:
        """The uses of these attributes."""
        return [use for use in self.uses if use.name in names]


def on_call(source: Source, call: ModelCall) -> None:
    """A request to a provider: its timeout, its certificates, its stream."""
    if call.via != "http":
        return
    node = call.node
    _timeout(source, call)
    _verify(source, node)
    streaming = _streaming(source, call)
    if streaming.body and not streaming.library:
        _not_streamed(source, node)
    parent = source.parents[-1] if source.parents else None
    if isinstance(parent, ast.Await):
        parent = source.parents[-2]
    if isinstance(parent, ast.Attribute) and parent.attr == "json":
        source.hit(violations.STATUS_UNSEEN, parent)
    for name in _bound_names(parent):
        responses: Dict[str, Response] = source.scope.notes.setdefault("responses", {})
        responses[name] = Response(streaming)


def _bound_names(parent: Optional[ast.AST]) -> List[str]:
    if isinstance(parent, ast.Assign):
        return [target.id for target in parent.targets if isinstance(target, ast.Name)]
    if isinstance(parent, ast.withitem) and isinstance(parent.optional_vars, ast.Name):
        return [parent.optional_vars.id]
    return []


def _streaming(source: Source, call: ModelCall) -> _Streaming:
    body = source.literal(call.params.get("stream")) is True
    keyword = any(k.arg == "stream" and source.literal(k.value) is True for k in call.node.keywords)
    method = isinstance(call.node.func, ast.Attribute) and call.node.func.attr in ("stream", "send")
    return _Streaming(body, keyword or method)


def _not_streamed(source: Source, node: ast.Call) -> None:
    package = source.dotted(node.func).partition(".")[0]
    better = "stream=True" if package == "requests" else f'{package}.stream("POST", url, ...)'
    source.hit(violations.NOT_STREAMED, node, package=package, better=better)


# --- timeout, verify -----------------------------------------------------------------------------


def _timeout(source: Source, call: ModelCall) -> None:
    timeout = next((k.value for k in call.node.keywords if k.arg == "timeout"), None)
    package = source.dotted(call.node.func).partition(".")[0]
    if timeout is None:
        if not _client_has(source, call.node, "timeout") and call.shows_all_keywords():
            _without_timeout(source, call.node, package)
        return
    seconds = _read_seconds(source, timeout)
    thinks = call.thinking(source) in ("default", "enabled") and call.is_deepseek(source)
    if seconds is not None and seconds < SLOW and thinks:
        source.hit(violations.SHORT_TIMEOUT, timeout, n=seconds)


def _read_seconds(source: Source, node: ast.expr) -> Optional[float]:
    expression = source.resolved(node)
    if isinstance(expression, ast.Tuple) and len(expression.elts) == 2:
        expression = expression.elts[1]
    if isinstance(expression, ast.Call) and expression.args:  # httpx.Timeout(10)
        expression = expression.args[0]
    return as_number(source.literal(expression))


def _client_has(source: Source, node: ast.Call, keyword: str) -> bool:
    """Whether the client that the call is made on was constructed with this keyword."""
    base: Any = node.func.value if isinstance(node.func, ast.Attribute) else None
    maker = source.resolved(base)
    return isinstance(maker, ast.Call) and any(k.arg in (keyword, None) for k in maker.keywords)


def _without_timeout(source: Source, node: ast.Call, package: str) -> None:
    waits, write = FOR_EVER, "timeout=(5, 600)"
    if package != "requests":
        waits, write = FIVE_SECONDS(p=package), f"timeout={package}.Timeout(600, connect=5)"
    source.hit(violations.NO_TIMEOUT, node, waits=waits, w=write)


def _verify(source: Source, node: ast.Call) -> None:
    for keyword in node.keywords:
        if keyword.arg == "verify" and source.literal(keyword.value) is False:
            source.hit(violations.NOT_VERIFIED, keyword.value)


def on_client(source: Source, node: ast.Call) -> None:
    """``httpx.Client(verify=False)``; calls by hand are looked at above."""
    if source.dotted(node.func) in CLIENTS:
        _verify(source, node)


def on_assign(source: Source, node: ast.Assign) -> None:
    """``session.verify = False``"""
    if source.literal(node.value) is not False:
        return
    for target in node.targets:
        if isinstance(target, ast.Attribute) and _is_session_verify(source, target):
            source.hit(violations.NOT_VERIFIED, target)


def _is_session_verify(source: Source, target: ast.Attribute) -> bool:
    return target.attr == "verify" and source.dotted(target.value) in SESSIONS


# --- what is done with the response --------------------------------------------------------------


def on_attribute(source: Source, node: ast.Attribute) -> None:
    """An attribute of a known response."""
    response = source.note("responses", node.value.id) if isinstance(node.value, ast.Name) else None
    if response is not None:
        response.uses.append(Use(node.attr, (*source.parents, node)))


def on_loop(source: Source, node: Any) -> None:
    """A loop over a known response."""
    response = source.note("responses", node.iter.id) if isinstance(node.iter, ast.Name) else None
    if response is not None:
        response.uses.append(Use("iter_lines", (*source.parents, node)))


def on_scope_end(source: Source, scope: Scope) -> None:
    """At the end of a function what was done with its responses is known."""
    responses: Dict[str, Response] = scope.notes.get("responses", {})
    for response in responses.values():
        if response.streaming.library:
            _read_first(source, response)
        if response.named(("json",)) and not response.named(STATUS_CHECKS):
            source.hit(violations.STATUS_UNSEEN, response.named(("json",))[0].node)


def _read_first(source: Source, response: Response) -> None:
    """A read of the whole body on the way to the loop."""
    loops = response.named(ITERATIONS)
    if not loops and not response.streaming.body:  # not a stream, as far as can be seen
        return
    before = response.uses[: response.uses.index(loops[0])] if loops else response.uses
    reads = [use for use in before if use.name in BODY_READS and not _in_other_branch(use, loops)]
    if reads:
        source.hit(violations.READ_FIRST, reads[0].node, name=reads[0].name)


def _in_other_branch(read: Use, loops: List[Use]) -> bool:
    """Whether the read lies in a branch from which no loop over the response is reached."""
    for at, node in enumerate(read.path[:-1]):
        branch = _branch(node, read.path[at + 1])
        if not branch:
            continue
        inside = [loop for loop in loops if node in loop.path]
        if any(read.path[at + 1] in loop.path or _is_in(branch, loop) for loop in inside):
            continue
        is_handler = isinstance(node, ast.ExceptHandler)
        if is_handler or inside or _checks_status(node) or _leaves(branch[-1]):
            return True
    return False


def _branch(node: ast.AST, child: ast.AST) -> List[ast.stmt]:
    """The statements of an ``if`` or ``except`` among which ``child`` is; [] for the test."""
    for field in ("body", "orelse") if isinstance(node, (ast.If, ast.ExceptHandler)) else ():
        statements: List[ast.stmt] = getattr(node, field, [])
        if child in statements:
            return statements
    return []


def _is_in(branch: List[ast.stmt], use: Use) -> bool:
    return any(statement in use.path for statement in branch)


def _leaves(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.Return, ast.Raise, ast.Continue, ast.Break))


def _checks_status(node: ast.AST) -> bool:
    test: Any = getattr(node, "test", None)
    nodes = ast.walk(test) if test is not None else ()
    return any(isinstance(part, ast.Attribute) and part.attr in STATUS_CHECKS for part in nodes)


HANDLERS = (
    (ModelCall, on_call),
    (ast.Call, on_client, "Client", "AsyncClient"),
    (ast.Assign, on_assign),
    (ast.Attribute, on_attribute),
    (ast.For, on_loop),
    (ast.AsyncFor, on_loop),
)
