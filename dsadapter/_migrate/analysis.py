"""One file while it is rewritten: its names, the edits so far, and the marker comments."""

from __future__ import annotations

import ast
import re
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Type

from .document import Document
from .edits import Edit
from .names import Names
from .rules import BY_ID, MARKED, UNSAFE

COMMENT = "# dsadapter migrate"
_COMMENT = re.compile(rb"\s*# dsadapter migrate ([a-z-]+):")
Replacement = Tuple[int, int, str]  # start, end, text


class Options(NamedTuple):
    """What the command line asks for.

    ``target`` is the major version of the SDK. ``path`` is the file; ``is_mentioned(word, path)``
    tells whether another one of the project uses a name of it. ``has_organization``: whether some
    file speaks of one; ``is_shared(path)``: whether another file than this one names openai.
    ``has_legacy``: whether some file has code of 0.28.
    """

    to: str = "openai"
    unsafe: bool = False
    target: int = 3
    client_style: bool = False
    path: str = ""
    has_organization: bool = False
    has_legacy: bool = False
    is_mentioned: Callable[[str, str], bool] = lambda word, path: False
    is_shared: Callable[[str], bool] = lambda path: False


class Marker(NamedTuple):
    """A comment that a person must act on, and the line of the old text that it is about."""

    line: int
    rule: str


class Analysis:
    """What the rules know of a file and what they ask for. Raises what ``ast.parse`` raises."""

    def __init__(self, text: str, options: Options) -> None:
        self.document = Document(text)
        self.names = Names(self.document)
        self.options = options
        self.edits: List[Edit] = []
        self._marked: Dict[Tuple[int, str], Marker] = {}
        self._comments = dict(comments_in(text))  # of earlier runs: line -> rule
        self._by_types: Dict[Tuple[Type[Any], ...], List[Any]] = {}
        self._by_type: Dict[Type[ast.AST], List[Any]] = {}
        for node in self.document.nodes:
            self._by_type.setdefault(type(node), []).append(node)

    def all(self, *kinds: Type[Any]) -> List[Any]:
        """The nodes of these classes, in the order of the text."""
        if len(kinds) == 1:
            return self._by_type.get(kinds[0], [])
        if kinds not in self._by_types:
            found = [node for node in self.document.nodes if isinstance(node, kinds)]
            self._by_types[kinds] = found
        return self._by_types[kinds]

    # -- what rules ask for

    def change(self, rule: str, node: ast.AST, replacements: Sequence[Replacement]) -> bool:
        """Apply a rule at a node, or leave its comment; tells whether it was applied."""
        kind = BY_ID[rule].kind
        withheld = kind == UNSAFE and not self.options.unsafe
        if kind == MARKED or withheld:
            self.mark(rule, node)
        if withheld:
            return False
        if not withheld and kind == UNSAFE:
            self._drop_comment(rule, node)
        self.edits += [Edit(start, end, text, rule) for start, end, text in replacements]
        return True

    def replace(self, rule: str, node: ast.AST, text: str) -> bool:
        """Apply a rule that replaces a node; what stands in an unclear place is marked."""
        if not self.document.is_placed(node):
            self.mark("reply-unknown", node)
            return False
        return self.change(rule, node, [(*self.document.span(node), text)])

    def mark(self, rule: str, node: ast.AST) -> None:
        """Leave a comment above the statement of a node, unless it stands there."""
        statement = self.document.statement(node)
        position = self._line_of(statement)
        marker = Marker(self.document.line_number(position), rule)
        if (position, rule) in self._marked:
            return
        self._marked[position, rule] = marker
        number = self._comment_above(marker.line, rule)
        if number is not None:
            self._comments.pop(number, None)  # it is told with the code that it is about
            return
        text = f"{self.document.indent(position)}{comment(rule)}{self.document.newline}"
        self.edits.append(Edit(position, position, text, rule))

    def is_marked(self, node: ast.AST, *rules: str) -> bool:
        """Whether the statement of a node has a comment of one of these rules."""
        position = self._line_of(self.document.statement(node))
        return any((position, rule) in self._marked for rule in rules)

    @property
    def markers(self) -> List[Marker]:
        """What is left for a person, by line."""
        earlier = (Marker(line, rule) for line, rule in self._comments.items())
        return sorted([*self._marked.values(), *earlier])

    def insert_line(self, rule: str, position: int, text: str) -> None:
        """A new line before the one at a position, as far in as that one."""
        indent = self.document.indent(position)
        line = f"{indent}{text}{self.document.newline}"
        self.edits.append(Edit(position, position, line, rule))

    # -- comments

    def _line_of(self, statement: Any) -> int:
        """The first byte of the line on which a comment can stand above a statement."""
        document = self.document
        for node in (statement, *document.ancestors(statement)):
            if not isinstance(node, (ast.stmt, ast.ExceptHandler)):
                continue
            first = min([node, *getattr(node, "decorator_list", [])], key=lambda one: one.lineno)
            position = document.line_start(document.starts[first.lineno - 1])
            before = document.raw[position : document.span(first)[0]]
            if not before.strip().strip(b"@"):
                return position
        return document.starts[statement.lineno - 1]

    def _comment_above(self, line: int, rule: str) -> Optional[int]:
        """The line of a rule's comment among those right above a line."""
        number = line - 1
        while number > 0 and self.document.line(number).lstrip().startswith(b"#"):
            match = _COMMENT.match(self.document.line(number))
            if match and match[1] == rule.encode():
                return number
            number -= 1
        return None

    def _drop_comment(self, rule: str, node: ast.AST) -> None:
        """What ``--unsafe`` applies needs no comment of an earlier run any more."""
        position = self._line_of(self.document.statement(node))
        number = self._comment_above(self.document.line_number(position), rule)
        if number is not None:
            starts = self.document.starts
            self._comments.pop(number, None)
            self.edits.append(Edit(starts[number - 1], starts[number], "", rule))


def comment(rule: str) -> str:
    """The marker comment of a rule, without its indentation."""
    return f"{COMMENT} {rule}: {BY_ID[rule].what.en}"


def comments_in(text: str) -> Iterator[Tuple[int, str]]:
    """Line and rule of each marker comment in a source."""
    if COMMENT not in text:
        return
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        match = _COMMENT.match(line.encode("utf-8"))
        if match and match[1].decode() in BY_ID:
            yield number, match[1].decode()
