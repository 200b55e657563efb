"""Where the expressions of an f-string stand: before Python 3.12 their nodes do not say it."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import Any, Dict, Iterator, List, Tuple

from .._source.python_file import parse

Places = Dict[ast.AST, Tuple[int, int]]
PLACED = (ast.expr, ast.keyword)
_OPENING, _CLOSING = "([{", ")]}"


def places(node: ast.JoinedStr, raw: bytes) -> Places:
    """The bytes of each node in an f-string, from its own start; those of which it is not
    certain are left out."""
    values = [value for value in node.values if isinstance(value, ast.FormattedValue)]
    expressions = list(_expressions(raw.decode("utf-8")))
    if len(values) != len(expressions):
        return {}
    positions: Places = {}
    for value, (offset, text) in zip(values, expressions):
        positions.update(_of_expression(value.value, text, offset))
    return positions


def _of_expression(node: ast.AST, text: str, offset: int) -> Places:
    """Parse the text of one expression again and give its positions to the node's twins."""
    try:
        twin = parse(f"({text}\n)").body[0].value  # type: ignore[attr-defined]
    except (SyntaxError, ValueError, AttributeError, IndexError):
        return {}
    if ast.dump(twin) != ast.dump(node):
        return {}
    starts = [0]
    for line in f"({text}".encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    base = offset - 1  # the bracket
    pairs = zip(ast.walk(node), ast.walk(twin))
    return {n: _bytes_of(t, starts, base) for n, t in pairs if isinstance(n, PLACED)}


def _bytes_of(twin: Any, starts: List[int], base: int) -> Tuple[int, int]:
    first = starts[twin.lineno - 1] + twin.col_offset
    return base + first, base + starts[twin.end_lineno - 1] + twin.end_col_offset


def _expressions(source: str) -> Iterator[Tuple[int, str]]:
    """Byte offset and text of each expression between the braces, in order."""
    for start, literal in _literals(source):
        prefix = literal[: min(literal.find(mark) for mark in "'\"" if mark in literal)]
        if "f" not in prefix.lower():
            continue
        triple = literal[len(prefix) : len(prefix) + 3]
        width = 3 if triple in ("'''", '"""') else 1
        body = literal[len(prefix) + width : -width]
        for position, text in _braced(body):
            before = literal[: len(prefix) + width] + body[:position]
            yield len((source[:start] + before).encode("utf-8")), text


def _literals(source: str) -> Iterator[Tuple[int, str]]:
    """The string literals that stand one behind the other."""
    lines = f"({source}\n)".splitlines(True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    try:
        for token in tokenize.generate_tokens(io.StringIO("".join(lines)).readline):
            if token.type == tokenize.STRING:
                yield starts[token.start[0] - 1] + token.start[1] - 1, token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _braced(body: str) -> Iterator[Tuple[int, str]]:
    position = 0
    while position < len(body):
        if body[position : position + 2] in ("{{", "}}"):
            position += 2
        elif body[position] == "{":
            end = _end_of_expression(body, position + 1)
            yield position + 1, body[position + 1 : end]
            position = _behind(body, end)
        else:
            position += 1


def _end_of_expression(body: str, position: int) -> int:
    depth, quote = 0, ""
    while position < len(body):
        mark = body[position]
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "'\"":
            quote = mark
        elif mark in _OPENING:
            depth += 1
        elif depth and mark in _CLOSING:
            depth -= 1
        elif not depth and _ends(body, position):
            return position
        position += 1
    return position


def _ends(body: str, position: int) -> bool:
    """Whether the expression stops here: at ``}``, ``:``, ``!r`` or the ``=`` of ``{x=}``."""
    mark, after = body[position], body[position + 1 : position + 2]
    if mark == "=":
        before = body[position - 1 : position]
        return after in ("}", ":", "!") and before not in ("=", "!", "<", ">")
    return mark in "}:" or (mark == "!" and after != "=")


def _behind(body: str, position: int) -> int:
    """Behind the closing brace; what nests in a format is left out, its count will not match."""
    depth = 1
    while position < len(body) and depth:
        depth += {"{": 1, "}": -1}.get(body[position], 0)
        position += 1
    return position
