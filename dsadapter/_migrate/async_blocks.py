"""``async with AsyncOpenAI(...)`` around the statements that use the client of one async call."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Set

from .analysis import Analysis
from .document import Document
from .edits import Edit
from .legacy_call import LegacyCall
from .names import FUNCTIONS, VALUE
from .replies import Replies

SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return)
# What stands between a statement and what it evaluates once and in any case.
PLAIN = (
    *(ast.Await, ast.Subscript, ast.Attribute, ast.Call, ast.keyword, ast.Starred),
    *(ast.Tuple, ast.List, ast.Dict, ast.BinOp, ast.UnaryOp, ast.JoinedStr, ast.FormattedValue),
)
NAMES = ("client", "openai_client", "async_client", "openai_async_client")


class Block(NamedTuple):
    """The numbers of its first and last line, and the client that is made there."""

    first: int
    last: int
    client: str


class AsyncBlocks:
    """The blocks of a file: made one by one, written after all other edits."""

    def __init__(self, analysis: Analysis, replies: Replies) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._replies = replies
        self._blocks: List[Block] = []
        self._settings = {
            node
            for node in analysis.all(ast.Attribute)
            if isinstance(node.ctx, ast.Store) and analysis.names.dotted(node.value) == "openai"
        }
        words = set(re.findall(r"\w+", analysis.document.text))
        self.name = next((name for name in NAMES if name not in words), "")

    def around(self, call: LegacyCall, may_stream: bool) -> Optional[List[ast.stmt]]:
        """The statements that one block can hold, None where a client cannot be closed so."""
        statement: Any = self._document.statement(call.node)
        if not self.name or not self._is_lone(call, statement) or self._sets_on_the_way(call):
            return None
        streams = call.streams
        is_whole = streams is None or (isinstance(streams, ast.Constant) and not streams.value)
        if is_whole and not may_stream:
            return [statement] if isinstance(statement, SIMPLE) else None
        awaited = self._document.parents[call.node]
        if isinstance(statement, ast.AsyncFor) and statement.iter is awaited:
            return [statement]
        return self._until_read(statement, awaited)

    def add(self, statements: Sequence[ast.stmt], client: str) -> bool:
        """Put statements into a block, unless another block ends among them."""
        first = self._document.line_number(self._document.span(statements[0])[0])
        last = self._document.line_number(self._document.span(statements[-1])[1])
        block = Block(first, last, client)
        if any(_cross(block, other) for other in self._blocks):
            return False
        self._blocks.append(block)
        return True

    # -- whether a block is right

    def _is_lone(self, call: LegacyCall, statement: Any) -> bool:
        """Whether a statement has lines of its own, and evaluates this one call in any case."""
        document = self._document
        if not isinstance(document.parents[call.node], ast.Await):
            return False
        if not isinstance(statement, (*SIMPLE, ast.AsyncFor)):
            return False
        for parent in document.ancestors(call.node):
            if parent is statement:
                break
            if not isinstance(parent, PLAIN):
                return False
        others = [c for c in self._replies.calls if c is not call.node]
        header = statement.iter if isinstance(statement, ast.AsyncFor) else statement
        inside = set(ast.walk(header))
        return not any(other in inside for other in others) and has_own_lines(document, statement)

    def _sets_on_the_way(self, call: LegacyCall) -> bool:
        """Whether arguments are made by functions of this file that set what the client is made
        from."""
        seen: Set[ast.AST] = set()
        pending: List[ast.AST] = list(ast.iter_child_nodes(call.node))
        while pending:
            for node in ast.walk(pending.pop()):
                if node in self._settings:
                    return True
                if isinstance(node, ast.Call):
                    called = [f for f in self._replies.functions(node) if f not in seen]
                    seen.update(called)
                    pending += called
        return False

    def _until_read(self, statement: Any, awaited: ast.AST) -> Optional[List[ast.stmt]]:
        """``stream = await ...``, and all up to the last loop over it in the same block."""
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if not isinstance(target, ast.Name) or statement.value is not awaited:
            return None
        names = self._analysis.names
        key = names.key(target)
        if len(statement.targets) > 1 or [b.kind for b in names.of(target)] != [VALUE]:
            return None
        siblings = self._siblings(statement)
        last = -1
        for use in self._analysis.all(ast.Name):
            if use.id != target.id or use is target or names.key(use) != key:
                continue
            place = self._loop_over(use, siblings)
            if place < 0:
                return None
            last = max(last, place)
        held = [statement, *siblings[: last + 1]]
        return held if last >= 0 and has_own_lines(self._document, held[-1]) else None

    def _siblings(self, statement: ast.AST) -> List[Any]:
        """The statements behind one in its block."""
        parent = self._document.parents[statement]
        for field in ("body", "orelse", "finalbody"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and statement in block:
                return block[block.index(statement) + 1 :]
        return []

    def _loop_over(self, use: ast.AST, siblings: List[Any]) -> int:
        """Which of the statements reads a stream to its end, -1 where something else is done."""
        parent: Any = self._document.parents[use]
        is_loop = isinstance(parent, (ast.AsyncFor, ast.comprehension)) and parent.iter is use
        if not is_loop:
            return -1
        here: Any = use
        for parent in self._document.ancestors(use):
            if here in siblings:
                return siblings.index(here)
            if isinstance(here, (*FUNCTIONS, ast.GeneratorExp, ast.ClassDef)):
                break
            here = parent
        return -1

    # -- writing

    def write(self) -> None:
        """Indent the lines of all blocks, and put their heads above them."""
        if not self._blocks:
            return
        depths: Dict[int, int] = {}
        for block in self._blocks:
            for number in range(block.first, block.last + 1):
                depths[number] = depths.get(number, 0) + 1
        heads = {block.first: block for block in self._blocks}
        lines = self._lines_put_in(depths, heads)
        added = self._added(depths, heads)
        others = [edit for edit in self._analysis.edits if not self._is_line(edit, depths)]
        # What stands at one point comes in this order.
        self._analysis.edits[:] = [*lines, *added, *others]

    def _added(self, depths: Dict[int, int], heads: Dict[int, Block]) -> List[Edit]:
        within = _continued_strings(self._document)
        added: List[Edit] = []
        for number in sorted(depths):
            if number in heads:
                added.append(self._head(heads[number], depths[number] - 1))
            if number not in within and self._document.line(number).strip():
                added += self._indented(number, depths[number])
        return added

    def _is_line(self, edit: Edit, depths: Dict[int, int]) -> bool:
        """Whether another rule puts a line of its own into a block."""
        number = self._document.line_number(edit.start)
        is_at_start = number in depths and edit.start == self._document.starts[number - 1]
        return is_at_start and edit.start == edit.end and edit.text.endswith(("\n", "\r"))

    def _lines_put_in(self, depths: Dict[int, int], heads: Dict[int, Block]) -> List[Edit]:
        """Such lines, as far in as the block is; what stands above its head stays outside."""
        moved = []
        for edit in self._analysis.edits:
            if self._is_line(edit, depths):
                number = self._document.line_number(edit.start)
                depth = depths[number] - (number in heads)
                unit = self._unit(self._innermost(number))
                moved.append(edit._replace(text=f"{unit * depth}{edit.text}"))
        return moved

    def _innermost(self, number: int) -> Block:
        around = (block for block in self._blocks if block.first <= number <= block.last)
        return max(around, key=lambda block: block.first)

    def _unit(self, block: Block) -> str:
        """One step of indentation, as the function around a block has it."""
        indent = self._document.indent(self._document.starts[block.first - 1])
        for number in range(block.first - 1, 0, -1):
            line = self._document.line(number)
            outer = self._document.indent(self._document.starts[number - 1])
            is_code = line.strip() and not line.lstrip().startswith(b"#")
            if is_code and len(outer) < len(indent) and indent.startswith(outer):
                return indent[len(outer) :]
        return "\t" if indent.startswith("\t") else "    "

    def _head(self, block: Block, depth: int) -> Edit:
        start = self._document.starts[block.first - 1]
        indent = self._document.indent(start) + self._unit(block) * depth
        head = f"{indent}async with {block.client} as {self.name}:{self._document.newline}"
        return Edit(start, start, head, "async-call")

    def _indented(self, number: int, depth: int) -> List[Edit]:
        block = self._innermost(number)
        start = self._document.starts[block.first - 1]
        own = self._document.indent(start).encode("utf-8")
        begin = self._document.starts[number - 1]
        position = begin + len(own) if self._document.line(number).startswith(own) else begin
        if any(edit.start < position < edit.end for edit in self._analysis.edits):
            return []  # the line goes, or goes on from one that is replaced
        return [Edit(position, position, self._unit(block) * depth, "async-call")]


def has_own_lines(document: Document, statement: Any) -> bool:
    """Whether nothing else than a comment stands on the lines of a statement."""
    start, end = document.span(statement)
    before = document.raw[document.line_start(start) : start]
    number = document.line_number(end)
    after = document.line(number)[end - document.starts[number - 1] :].strip()
    return not before.strip() and (not after or after.startswith(b"#"))


def _cross(one: Block, other: Block) -> bool:
    """Whether two blocks share lines and neither is within the other."""
    if one.last < other.first or other.last < one.first:
        return False
    is_in = one.first > other.first and one.last <= other.last
    is_around = other.first > one.first and other.last <= one.last
    return not is_in and not is_around


def _continued_strings(document: Document) -> Set[int]:
    """The lines that begin within a string: to indent them would change it."""
    within: Set[int] = set()
    depth, first = 0, 0
    for token in tokenize.generate_tokens(io.StringIO(document.text).readline):
        name = tokenize.tok_name[token.type]
        if name == "STRING":
            within.update(range(token.start[0] + 1, token.end[0] + 1))
        elif name == "FSTRING_START":
            first = first if depth else token.start[0]
            depth += 1
        elif name == "FSTRING_END":
            depth -= 1
            if not depth:
                within.update(range(first + 1, token.end[0] + 1))
    return within
