"""What of a notebook is no Python: installations, cells that are files, and what a person reads."""

from __future__ import annotations

import ast
import os
import re
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

from .._source.declarations import is_declaration
from .._source.notebook import installations, without_magics
from . import pins
from .analysis import COMMENT, Analysis, Marker, Options, comment
from .edits import Edit, Overlap
from .requirement_texts import rewrite_installation
from .resources import CLASSES
from .settings import OLD_VARIABLES
from .source_file import Left, rewrite_text

RULE = "magic"
OLD = re.compile(
    rf"\bopenai\.(?:{'|'.join(sorted(CLASSES))}|api_base|error)\b|\b(?:{'|'.join(OLD_VARIABLES)})\b"
)
_FIRST = re.compile(r"%%(\w+)(?:[ \t]+(?:-\w+[ \t]+)*(\S+))?[^\n]*\n?")
_PYTHON = frozenset("python python3 pypy".split())
_FILES = frozenset({"writefile", "file"})
_SHELLS = frozenset("bash sh script cmd".split())
_INSTALL = re.compile(r"^\s*(?:[!%]\s*)?(?:\S*\bpip[\d.]*|.*-m\s+pip|uv\s+pip|conda)\s+install\s")


class Other(NamedTuple):
    """A cell that is no Python: ``text`` is what it becomes."""

    entry: Dict[str, Any]
    source: str
    text: str
    applied: Dict[str, int]
    markers: Tuple[Marker, ...]


# --- lines ---------------------------------------------------------------------------------------


def pins_in(source: str, options: Options) -> List[Edit]:
    """The edits of the lines of a cell that install openai, in bytes of its source."""
    numbers = {i.place.line for i in installations(1, source) if i.requirement.name == "openai"}
    edits: List[Edit] = []
    start = 0
    for number, line in enumerate(source.split("\n"), 1):
        new = rewrite_installation(line, options) if number in numbers else line
        end = start + len(line.encode("utf-8"))
        if new != line:
            edits.append(Edit(start, end, new, "pin"))
        start = end + 1
    return edits


def mark(analysis: Analysis, cells: Sequence[Tuple[str, int]]) -> None:
    """A comment above each line that names what only 0.28 has, and is no Python. ``cells`` are
    their sources and where they begin in the program."""
    document = analysis.document
    statements = {node.lineno: node for node in document.nodes if isinstance(node, ast.stmt)}
    for source, start in cells:
        lines = source.split("\n")
        texts = without_magics(source).split("\n")
        above = document.line_number(start)
        for index, (line, text) in enumerate(zip(lines, texts)):
            if not OLD.search(line) or OLD.search(text) or line.startswith("%%"):
                continue
            while index and not texts[index]:
                index -= 1  # a line that goes on in the next
            statement = statements.get(above + index)
            if statement is not None:
                analysis.mark(RULE, statement)


# --- cells ---------------------------------------------------------------------------------------


def rewrite_other(entry: Dict[str, Any], source: str, options: Options) -> Other:
    """A cell that is no Python of the notebook: a file, a program, a script; or marked."""
    first = _FIRST.match(source)
    magic, argument = (first[1], first[2] or "") if first else ("", "")
    head = first.group() if first else ""
    body = source[len(head) :]
    file = os.path.basename(argument.strip("'\"")) if magic in _FILES else ""
    try:
        if magic in _PYTHON or file.endswith(".py"):
            text, applied, markers = rewrite_text(body, options._replace(path=argument))
            return Other(entry, source, head + text, applied, tuple(markers))
        if is_declaration(file):
            text = pins.rewrite_text(file, body, options)
            return Other(entry, source, head + text, {"pin": 1}, ())
    except (SyntaxError, ValueError, RecursionError, Overlap, Left):
        return _marked(entry, source, head, body)
    if magic and magic not in _SHELLS:
        return Other(entry, source, source, {}, ())
    lines = body.split("\n")
    new = [rewrite_installation(one, options) if _INSTALL.match(one) else one for one in lines]
    applied = {"pin": sum(a != b for a, b in zip(lines, new))} if new != lines else {}
    cell = _marked(entry, source, head, "\n".join(new))
    return cell._replace(applied=applied)


def _marked(entry: Dict[str, Any], source: str, head: str, body: str) -> Other:
    """With a comment where it names what only 0.28 has."""
    if not OLD.search(body):
        return Other(entry, source, head + body, {}, ())
    if f"{COMMENT} {RULE}:" not in body:
        body = f"{comment(RULE)}\n{body}"
    return Other(entry, source, head + body, {}, (Marker(1, RULE),))
