"""A Python source and the byte ranges of its nodes.

Positions are those in UTF-8, whatever the file's own encoding is: ``ast`` counts so.
"""

from __future__ import annotations

import ast
import codecs
import re
import sys
import tokenize
from bisect import bisect_right
from io import BytesIO
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

from .._source.python_file import parse
from . import f_strings

_LINE = re.compile(rb"\r\n|\r|\n")
_INDENT = re.compile(rb"[ \t\f]*")
Span = Tuple[int, int]


class Encoding(NamedTuple):
    """How a file was saved."""

    name: str
    bom: bytes

    def encode(self, text: str) -> bytes:
        """The bytes of a text in this file. Raises UnicodeEncodeError."""
        return self.bom + text.encode(self.name)


def decode(raw: bytes) -> Tuple[str, Encoding]:
    """The text of a module and how it was saved. Raises SyntaxError, UnicodeDecodeError."""
    bom = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    name, _ = tokenize.detect_encoding(BytesIO(raw).readline)
    name = "utf-8" if bom else name
    return raw[len(bom) :].decode(name), Encoding(name, bom)


class Document:
    """The tree of a source, with parents and byte ranges. Raises what ``ast.parse`` raises."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw = text.encode("utf-8")
        self.tree = parse(text)
        self.starts = [0, *(match.end() for match in _LINE.finditer(self.raw))]
        self.nodes: List[ast.AST] = []
        self.parents: Dict[ast.AST, ast.AST] = {}
        self._spans: Dict[ast.AST, Span] = {}
        self._unplaced: Set[ast.AST] = set()  # in f-strings, and it is not clear where
        ends = (end for end in ("\r\n", "\n", "\r") if end.encode() in self.raw)
        self.newline = next(ends, "\n")
        self._collect(self.tree)
        if sys.version_info < (3, 12):  # before, nodes in f-strings have wrong positions
            self._place_f_strings()

    def _collect(self, root: ast.AST) -> None:
        pending = [root]
        while pending:
            node = pending.pop()
            self.nodes.append(node)
            children = [child for child in ast.iter_child_nodes(node) if _has_place(child)]
            for child in children:
                self.parents[child] = node
            pending += reversed(children)

    def _place_f_strings(self) -> None:
        for node in self.nodes:
            if isinstance(node, ast.JoinedStr) and not self.is_in_f_string(node):
                start, end = self.span(node)
                for inner, (first, last) in f_strings.places(node, self.raw[start:end]).items():
                    self._spans[inner] = (start + first, start + last)
                self._unplaced.update(inner for inner in ast.walk(node) if inner is not node)
        self._unplaced -= self._spans.keys()

    # -- nodes

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, innermost first."""
        parent = self.parents.get(node)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)

    def is_in_f_string(self, node: ast.AST) -> bool:
        """Whether a node stands in an f-string, the f-string itself apart."""
        return any(isinstance(parent, ast.JoinedStr) for parent in self.ancestors(node))

    def quote_for(self, node: ast.AST) -> str:
        """The quotation mark for a string that an edit writes here."""
        for parent in self.ancestors(node):
            if isinstance(parent, ast.JoinedStr):
                return "'" if b'"' in self.raw[slice(*self.span(parent))][:4] else '"'
        return '"'

    def statement(self, node: ast.AST) -> ast.AST:
        """The statement that a node belongs to."""
        for parent in (node, *self.ancestors(node)):
            if isinstance(parent, (ast.stmt, ast.ExceptHandler)):
                return parent
        return self.tree

    # -- bytes

    def is_placed(self, node: ast.AST) -> bool:
        """Whether it is known where a node stands."""
        return node not in self._unplaced

    def span(self, node: Any) -> Span:
        """The bytes of a node."""
        if node in self._spans:
            return self._spans[node]
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset

    def keyword_span(self, keyword: Any) -> Optional[Span]:
        """The bytes of ``name=value``, None where Python 3.8 does not tell them."""
        if getattr(keyword, "lineno", None) is not None:
            return self.span(keyword)
        start, end = self.span(keyword.value)
        head = rb"\b%s\s*=\s*\(*\s*\Z" % keyword.arg.encode()
        match = re.compile(head).search(self.raw[:start])
        if match is None:
            return None
        brackets = match.group().count(b"(")
        tail = re.compile(rb"(?:\s*\)){%d}" % brackets).match(self.raw, end)
        return match.start(), tail.end() if tail else end

    def source(self, node: ast.AST) -> str:
        """The text of a node."""
        return self.raw[slice(*self.span(node))].decode("utf-8")

    def line_number(self, position: int) -> int:
        """The line of a byte, counted from 1."""
        return bisect_right(self.starts, position)

    def line_start(self, position: int) -> int:
        """Where the line of a byte begins."""
        return self.starts[self.line_number(position) - 1]

    def line(self, number: int) -> bytes:
        """A line without its end, by its number from 1."""
        end = self.starts[number] if number < len(self.starts) else len(self.raw)
        return self.raw[self.starts[number - 1] : end].rstrip(b"\r\n")

    def lines_of(self, node: ast.AST) -> Span:
        """The bytes of the lines on which a node stands, with their ends."""
        start, end = self.span(node)
        number = self.line_number(end)
        after = self.starts[number] if number < len(self.starts) else len(self.raw)
        return self.line_start(start), after

    def indent(self, position: int) -> str:
        """What the line of a byte begins with."""
        match = _INDENT.match(self.raw, self.line_start(position))
        return match.group().decode() if match else ""

    def find(self, text: bytes, start: int, end: int) -> Optional[Span]:
        """Where a word stands between two positions."""
        match = re.compile(rb"\b" + re.escape(text) + rb"\b").search(self.raw, start, end)
        return match.span() if match else None


_PLACELESS = (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)


def _has_place(node: ast.AST) -> bool:
    return not isinstance(node, _PLACELESS)
