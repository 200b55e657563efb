"""Rules about loops over a stream of chunks: what DeepSeek sends breaks unguarded ones."""

from __future__ import annotations

import ast
from typing import Any, Iterator, List, Optional, Set

from ..._named_tuple import NamedTuple
from ..._source.python_file import last_name, subscript_key
from ..data.violations import NO_CHOICES, NULL_CONTENT
from ..rules import Violation
from .model_calls import LEGACY_CALLS, SDK_CALLS, ModelCall, model_call, parameters
from .source import Source

SINKS = frozenset("print write append send put emit join".split())
NESTED = 3  # of these calls in one another; `chunks = list(chunks)` has no innermost one
LOOPS = ("enumerate", "iter", "list")  # calls that hand a stream on


class _Loop(NamedTuple):
    """A loop or a comprehension over a stream: the chunk's name, and the nodes in it."""

    chunk: str
    nodes: List[ast.AST]
    outputs: List[ast.AST]  # of a comprehension: what it makes


def on_loop(source: Source, node: Any) -> None:
    """A loop over a stream: what its body takes for granted."""
    call = _streamed(source, node.target, node.iter)
    if call is not None:
        inside = [part for statement in node.body for part in ast.walk(statement)]
        _judge(source, call, _Loop(_chunk_of(node.target), inside, []))


def on_comprehension(source: Source, node: Any) -> None:
    """``"".join(c.choices[0].delta.content for c in stream)``"""
    first = node.generators[0]
    call = _streamed(source, first.target, first.iter)
    if call is not None:
        inside = [part for child in (node.elt, *first.ifs) for part in ast.walk(child)]
        tests = [ast.copy_location(ast.If(test, [], []), node) for test in first.ifs]
        _judge(source, call, _Loop(_chunk_of(first.target), [*inside, *tests], [node.elt]))


def _chunk_of(target: Any) -> str:
    """The name of the chunk in a loop, ``for i, chunk in enumerate(...)`` too; "" for none."""
    target = target.elts[-1] if isinstance(target, ast.Tuple) and target.elts else target
    return target.id if isinstance(target, ast.Name) else ""


def _streamed(source: Source, target: ast.AST, iterated: ast.AST) -> Optional[ModelCall]:
    """The call of a model whose chunks a loop goes through, None for any other loop."""
    opened = _stream_call(source, iterated) if _chunk_of(target) else None
    if opened is None or source.dotted(opened.func).startswith("dsadapter.ChatCompletion"):
        return None  # no empty choices and no null content there (contract 6)
    return model_call(source, opened)


def _judge(source: Source, call: ModelCall, loop: _Loop) -> None:
    is_ours = call.may_be_deepseek(source)
    if (is_ours and call.via != "legacy") or "stream_options" in call.params:
        _hit(source, NO_CHOICES, _unguarded_choice(loop), loop)
    if is_ours and (call.thinking(source) != "disabled" or "tools" in call.params):
        _hit(source, NULL_CONTENT, _unguarded_content(loop), loop)


def _hit(source: Source, violation: Violation, first: Optional[ast.AST], loop: _Loop) -> None:
    if first is not None:
        source.hit(violation, first, c=loop.chunk)


def _stream_call(source: Source, node: ast.AST) -> Optional[ast.Call]:
    """The call with stream=True that the loop reads from."""
    expression: Any = source.resolved(node.value if isinstance(node, ast.Await) else node)
    expression = expression.value if isinstance(expression, ast.Await) else expression
    if not isinstance(expression, ast.Call):
        return None
    for _ in range(NESTED):
        if source.dotted(expression.func) not in LOOPS or not expression.args:
            break
        inner: Any = source.resolved(expression.args[0])
        if not isinstance(inner, ast.Call):
            return None
        expression = inner
    if not source.dotted(expression.func).endswith((*SDK_CALLS, *LEGACY_CALLS)):
        return None
    streams = source.literal(parameters(source, expression)[0].get("stream")) is True
    return expression if streams else None


# --- choices[0] ----------------------------------------------------------------------------------


def _unguarded_choice(loop: _Loop) -> Optional[ast.AST]:
    indexed, others = [], False
    inner = {id(part.value) for part in loop.nodes if isinstance(part, ast.Subscript)}
    for part in loop.nodes:
        if not _is_choices(part, loop.chunk):
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


def _catches(loop: _Loop, name: str) -> bool:
    for part in loop.nodes:
        if isinstance(part, ast.ExceptHandler):
            text = ast.dump(part.type) if part.type else name
            if name in text or "'Exception'" in text:
                return True
    return False


# --- delta.content -------------------------------------------------------------------------------


class _Names(NamedTuple):
    """Names that stand for a delta, and for the content of one."""

    deltas: Set[str]
    contents: Set[str]


def _unguarded_content(loop: _Loop) -> Optional[ast.AST]:
    names = _aliases(loop)
    if any(_mentions(test, names) for part in loop.nodes for test in _tests(part)):
        return None
    values = (value for part in loop.nodes for value in _outputs(part))
    return next((value for value in (*values, *loop.outputs) if _is_content(value, names)), None)


def _aliases(loop: _Loop) -> _Names:
    names = _Names(set(), set())
    for part in loop.nodes:
        if not isinstance(part, ast.Assign):
            continue
        targets = [target.id for target in part.targets if isinstance(target, ast.Name)]
        if _is_content(part.value, names):
            names.contents.update(targets)
        elif _is_delta(part.value, names):
            names.deltas.update(targets)
    return names


def _is_delta(node: ast.AST, names: _Names) -> bool:
    """``chunk.choices[0].delta``, ``choice["delta"]``, and names for it."""
    if isinstance(node, ast.Name):
        return node.id in names.deltas or "delta" in node.id
    if isinstance(node, ast.Attribute):
        return node.attr == "delta"
    if isinstance(node, ast.Subscript):
        return subscript_key(node) == "delta"
    return "delta" in ast.dump(node)


def _is_content(node: ast.AST, names: _Names) -> bool:
    if isinstance(node, ast.Name):
        return node.id in names.contents
    if isinstance(node, ast.Attribute):
        return node.attr == "content" and _is_delta(node.value, names)
    if isinstance(node, ast.Subscript):
        return subscript_key(node) == "content" and _is_delta(node.value, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        first = node.args[0]
        content = isinstance(first, ast.Constant) and first.value == "content"
        return node.func.attr == "get" and content and _is_delta(node.func.value, names)
    return isinstance(node, ast.FormattedValue) and _is_content(node.value, names)


def _tests(part: ast.AST) -> List[ast.expr]:
    """The conditions that a node has."""
    if isinstance(part, (ast.If, ast.IfExp, ast.While)):
        return [part.test]
    return part.values if isinstance(part, ast.BoolOp) else []


def _mentions(node: ast.AST, names: _Names) -> bool:
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
        yield from node.args if last_name(node.func) in SINKS else ()
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Yield) and node.value is not None:
        yield node.value


HANDLERS = (
    (ast.For, on_loop),
    (ast.AsyncFor, on_loop),
    (ast.ListComp, on_comprehension),
    (ast.GeneratorExp, on_comprehension),
)
