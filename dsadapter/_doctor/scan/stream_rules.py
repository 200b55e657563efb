"""Rules about loops over a stream of chunks: what DeepSeek sends breaks unguarded ones."""

from __future__ import annotations

import ast
from typing import Any, Iterator, Optional, Set

from ..._source.python_file import subscript_key
from ..._texts.rules_stream import NO_CHOICES, NULL_CONTENT, OR_EMPTY, SKIP_EMPTY
from ..findings import WARN, Fix
from .model_calls import LEGACY_CALLS, SDK_CALLS, model_call
from .source import Source

SINKS = frozenset("print write append send put emit".split())


def on_loop(source: Source, node: Any) -> None:
    """A loop over a stream: what its body takes for granted."""
    if not isinstance(node.target, ast.Name):
        return
    opened = _stream_call(source, node.iter)
    call = model_call(source, opened) if opened is not None else None
    if call is None or source.dotted(call.node.func).startswith("dsadapter.ChatCompletion"):
        return  # no empty choices and no null content there (contract 6)
    chunk = node.target.id
    if call.via != "legacy" or "stream_options" in call.params:
        _choices(source, _unguarded_choice(node, chunk), chunk)
    if call.thinking(source) != "disabled" or "tools" in call.params:
        _content(source, _unguarded_content(node))


def _choices(source: Source, first: Optional[ast.AST], chunk: str) -> None:
    if first is None:
        return
    source.hit(
        "code-stream-choices",
        first,
        WARN,
        NO_CHOICES,
        Fix(SKIP_EMPTY(c=chunk)),
    )


def _content(source: Source, first: Optional[ast.AST]) -> None:
    if first is None:
        return
    source.hit(
        "code-stream-content",
        first,
        WARN,
        NULL_CONTENT,
        Fix(OR_EMPTY),
    )


def _stream_call(source: Source, node: ast.AST) -> Optional[ast.Call]:
    """The call with stream=True that the loop reads from."""
    expression: Any = source.resolved(node.value if isinstance(node, ast.Await) else node)
    expression = expression.value if isinstance(expression, ast.Await) else expression
    if not isinstance(expression, ast.Call):
        return None
    if not source.dotted(expression.func).endswith((*SDK_CALLS, *LEGACY_CALLS)):
        return None
    streams = any(
        k.arg == "stream" and source.literal(k.value) is True for k in expression.keywords
    )
    return expression if streams else None


# --- choices[0] ----------------------------------------------------------------------------------


def _unguarded_choice(loop: Any, chunk: str) -> Optional[ast.AST]:
    indexed, others = [], False
    inner = {id(part.value) for part in _nodes(loop) if isinstance(part, ast.Subscript)}
    for part in _nodes(loop):
        if not _is_choices(part, chunk):
            continue
        if id(part) in inner:
            indexed.append(part)
        else:
            others = True  # `if chunk.choices`, `for choice in chunk.choices`
    return indexed[0] if indexed and not others and not _catches(loop, "IndexError") else None


def _is_choices(node: ast.AST, chunk: str) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "choices":
        return isinstance(node.value, ast.Name) and node.value.id == chunk
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return node.value.id == chunk and subscript_key(node) == "choices"
    return False


def _catches(loop: Any, name: str) -> bool:
    for part in _nodes(loop):
        if isinstance(part, ast.ExceptHandler):
            text = ast.dump(part.type) if part.type else name
            if name in text or "'Exception'" in text:
                return True
    return False


def _nodes(loop: Any) -> Iterator[ast.AST]:
    for statement in loop.body:
        yield from ast.walk(statement)


# --- delta.content -------------------------------------------------------------------------------


def _unguarded_content(loop: Any) -> Optional[ast.AST]:
    names = _aliases(loop)
    if _is_tested(loop, names):
        return None
    for part in _nodes(loop):
        for value in _outputs(part):
            if _is_content(value, names):
                return value
    return None


def _aliases(loop: Any) -> Set[str]:
    """Names that were given a delta's content."""
    names: Set[str] = set()
    for part in _nodes(loop):
        if isinstance(part, ast.Assign) and _is_content(part.value, names):
            names.update(t.id for t in part.targets if isinstance(t, ast.Name))
    return names


def _is_content(node: ast.AST, names: Set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Attribute):
        return node.attr == "content" and "delta" in ast.dump(node.value)
    if isinstance(node, ast.Subscript):
        return subscript_key(node) == "content" and "delta" in ast.dump(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        first = node.args[0]
        content = isinstance(first, ast.Constant) and first.value == "content"
        return node.func.attr == "get" and content and "delta" in ast.dump(node.func.value)
    return False


def _is_tested(loop: Any, names: Set[str]) -> bool:
    """Whether some condition of the loop looks at the content."""
    for part in _nodes(loop):
        if isinstance(part, (ast.If, ast.IfExp, ast.While)):
            tested: Any = [part.test]
        elif isinstance(part, ast.BoolOp):
            tested = part.values
        else:
            continue
        if any(_mentions(test, names) for test in tested):
            return True
    return False


def _mentions(node: ast.AST, names: Set[str]) -> bool:
    for part in ast.walk(node):
        if _is_content(part, names):
            return True
        if isinstance(part, ast.NamedExpr) and _is_content(part.value, names):
            return True
    return False


def _outputs(node: ast.AST) -> Iterator[ast.AST]:
    """Expressions that are added to a text, printed or handed on."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        yield node.value
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield node.left
        yield node.right
    elif isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        yield from node.args if name in SINKS else ()
    elif isinstance(node, ast.Yield) and node.value is not None:
        yield node.value


HANDLERS = ((ast.For, on_loop), (ast.AsyncFor, on_loop))
