"""Rules about HTTP written by hand to a known provider: with requests, httpx or httpx2."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from ..._source.python_file import Scope
from ..._texts.text import Text
from ..findings import WARN, Fix
from .model_calls import ModelCall, as_number, model_call
from .sdk_rules import caught
from .source import Source

BODY_READS = ("text", "content", "json")
ITERATIONS = ("iter_lines", "iter_content", "iter_bytes", "iter_text", "iter_raw", "aiter_lines")
STATUS_CHECKS = ("raise_for_status", "status_code", "ok", "is_success", "is_error", "reason")
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


def on_call(source: Source, node: ast.Call) -> None:
    """A request to a provider: its timeout, its certificates, its stream."""
    call = model_call(source, node)
    if call is None or call.via != "http":
        return
    _timeout(source, call)
    _verify(source, node)
    streaming = _streaming(source, call)
    if streaming.body and not streaming.library:
        _not_streamed(source, node)
    parent = source.parents[-1] if source.parents else None
    if isinstance(parent, ast.Await):
        parent = source.parents[-2]
    if isinstance(parent, ast.Attribute) and parent.attr == "json":
        _no_status(source, parent)
    names = _bound_names(parent)
    for name in names:
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
    source.hit(
        "code-http-stream",
        node,
        WARN,
        Text(
            "The body asks for a stream, but {package} reads the whole answer before it returns: "
            "nothing appears until the end.",
            "请求体要求流式输出，但 {package} 会读完整个回答才返回：结束前什么也看不到。",
        )(package=package),
        Fix(Text("Add {better}", "请加上 {better}")(better=better)),
    )


def _no_status(source: Source, node: ast.AST) -> None:
    source.hit(
        "code-http-status",
        node,
        WARN,
        Text(
            ".json() without a look at the status: an error (401, 402, 429) ends in KeyError or "
            "JSONDecodeError, and its text is lost.",
            "没检查状态码就 .json()：出错时（401、402、429）只会看到 KeyError 或 JSONDecodeError，"
            "错误原文丢失。",
        ),
        Fix(Text("Call raise_for_status() first.", "请先调用 raise_for_status()。")),
    )


# --- timeout, verify -----------------------------------------------------------------------------


def _timeout(source: Source, call: ModelCall) -> None:
    timeout = next((k.value for k in call.node.keywords if k.arg == "timeout"), None)
    package = source.dotted(call.node.func).partition(".")[0]
    if timeout is None:
        if not _client_has(source, call.node, "timeout") and call.shows_all_keywords():
            _without_timeout(source, call.node, package)
        return
    seconds = _read_seconds(source, timeout)
    if seconds is not None and seconds < SLOW and call.thinking(source) in ("default", "enabled"):
        source.hit(
            "code-http-timeout",
            timeout,
            WARN,
            Text(
                "timeout={n:g} is short for a model that thinks (and DeepSeek queues up to 10 "
                "minutes).",
                "timeout={n:g} 对会思考的模型太短（DeepSeek 排队最长可达 10 分钟）。",
            )(n=seconds),
            Fix(
                Text(
                    "Write timeout=(5, 600), or turn thinking off.",
                    "请写 timeout=(5, 600)，或关闭思考。",
                )
            ),
        )


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
    waits = (
        Text("requests then waits for ever", "requests 会一直等下去")
        if package == "requests"
        else Text("{p} then gives up after 5 seconds", "{p} 5 秒后就放弃")(p=package)
    )
    source.hit(
        "code-http-timeout",
        node,
        WARN,
        Text("No timeout= is given: {waits}.", "没有给 timeout=：{waits}。")(waits=waits),
        Fix(
            Text("Write {w}", "请写 {w}")(
                w="timeout=(5, 600)"
                if package == "requests"
                else f"timeout={package}.Timeout(600, connect=5)"
            )
        ),
    )


def _verify(source: Source, node: ast.Call) -> None:
    for keyword in node.keywords:
        if keyword.arg == "verify" and source.literal(keyword.value) is False:
            verify_hit(source, keyword.value)


def verify_hit(source: Source, node: ast.AST) -> None:
    """``verify=False`` at this node."""
    source.hit(
        "code-verify-false",
        node,
        WARN,
        Text(
            "verify=False: anybody on the way can read the key and the conversation.",
            "verify=False：途中任何人都能看到 key 和对话。",
        ),
        Fix(
            Text(
                "Leave it out; for a company's own certificate set SSL_CERT_FILE and "
                "REQUESTS_CA_BUNDLE.",
                "请去掉它；公司自签证书请设置 SSL_CERT_FILE 和 REQUESTS_CA_BUNDLE。",
            )
        ),
    )


def on_client(source: Source, node: ast.Call) -> None:
    """``httpx.Client(verify=False)``; calls by hand are looked at above."""
    dotted = source.dotted(node.func)
    package, _, name = dotted.partition(".")
    if package in ("httpx", "httpx2") and name in ("Client", "AsyncClient"):
        _verify(source, node)


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
            _no_status(source, response.named(("json",))[0].node)


def _read_first(source: Source, response: Response) -> None:
    """A read of the whole body on the way to the loop."""
    loops = response.named(ITERATIONS)
    if not loops and not response.streaming.body:  # not a stream, as far as can be seen
        return
    before = response.uses[: response.uses.index(loops[0])] if loops else response.uses
    reads = [use for use in before if use.name in BODY_READS and not _in_other_branch(use, loops)]
    if not reads:
        return
    message = Text(
        ".{name} reads the whole answer before the loop begins: it does not stream any more.",
        ".{name} 会在循环之前读完整个回答：不再是流式输出。",
    )(name=reads[0].name)
    advice = Text(
        "Take it away, or read it in the error branch only.",
        "请去掉它，或只在出错分支里读取。",
    )
    source.hit("code-http-stream", reads[0].node, WARN, message, Fix(advice))


def _in_other_branch(read: Use, loops: List[Use]) -> bool:
    """Whether the read lies in a branch from which no loop over the response is reached."""
    for at, node in enumerate(read.path[:-1]):
        branch = _branch(node, read.path[at + 1])
        if not branch:
            continue
        inside = [loop for loop in loops if node in loop.path]
        if any(read.path[at + 1] in loop.path or _is_in(branch, loop) for loop in inside):
            continue
        if (
            isinstance(node, ast.ExceptHandler)
            or inside
            or _checks_status(node)
            or _leaves(branch[-1])
        ):
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


# --- hidden errors -------------------------------------------------------------------------------


def on_handler(source: Source, node: ast.ExceptHandler) -> None:
    """``except JSONDecodeError: continue`` inside a loop over a stream's lines."""
    names = [source.dotted(kind).rpartition(".")[2] for kind in caught(node)]
    swallows = len(node.body) == 1 and isinstance(node.body[0], (ast.Continue, ast.Pass))
    if "JSONDecodeError" not in names or not swallows:
        return
    loops = source.inside(ast.For, ast.AsyncFor, ast.While)
    if any(_reads_lines(loop) for loop in loops):
        source.hit(
            "code-http-swallow",
            node,
            WARN,
            Text(
                "Lines that are no JSON are passed over: an error that the server sends inside "
                "the stream is never seen, and the answer just ends.",
                "不是 JSON 的行都被跳过：服务器在流中发来的错误也就看不到了，回答会无声中断。",
            ),
            Fix(
                Text(
                    "Skip blank lines, comments (:) and [DONE] by name, and let the rest raise.",
                    "只跳过空行、注释（:）和 [DONE]，其余的让它报错。",
                )
            ),
        )


def _reads_lines(loop: Any) -> bool:
    source_of = getattr(loop, "iter", None) or loop
    return any(
        isinstance(part, ast.Attribute) and part.attr in ITERATIONS for part in ast.walk(source_of)
    ) or isinstance(getattr(loop, "iter", None), ast.Name)


HANDLERS = (
    (ast.Call, on_call),
    (ast.Call, on_client),
    (ast.Attribute, on_attribute),
    (ast.For, on_loop),
    (ast.AsyncFor, on_loop),
    (ast.ExceptHandler, on_handler),
)
