"""Notebooks: all code cells are one program, and each edit goes back into its cell."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, NamedTuple, Tuple

from .._source.files import LARGEST_NOTEBOOK
from .._source.notebook import without_magics
from .._source.python_file import parse
from .._texts.migrate import MAGIC_LINE, NO_ROUND_TRIP, NOT_A_NOTEBOOK
from .analysis import Analysis, Options
from .edits import Edit, Overlap, apply
from .source_file import Left, Rewritten, analyse, count, read, reason

INDENTS: Tuple[Any, ...] = (1, 2, 4, None, "\t", 0, 3)


class Cell(NamedTuple):
    """``start`` is where its text begins in the program, in bytes."""

    entry: Dict[str, Any]  # of the notebook; its source is replaced
    source: str
    text: str  # without magics, line for line
    start: int


def rewrite_file(path: str, options: Options) -> Rewritten:
    """A notebook under the rules. Raises Left."""
    before = read(path, LARGEST_NOTEBOOK)
    if b"openai" not in before:
        return Rewritten(path, before, before, "", "", {}, ())
    try:
        notebook = json.loads(before.decode("utf-8"))
        cells = _cells(notebook)
        analysis = analyse("\n".join(cell.text for cell in cells), options)
        layout = _layout(notebook, before)
        for cell in cells:
            _put_back(cell, analysis)
    except (SyntaxError, RecursionError, Overlap) as err:
        raise Left(reason(err)) from err
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise Left(NOT_A_NOTEBOOK(why=str(err))) from err
    after = layout.dump(notebook) if analysis.edits else before
    markers = tuple(analysis.markers)
    texts = before.decode("utf-8"), after.decode("utf-8")
    return Rewritten(path, before, after, *texts, count(analysis), markers)


def _cells(notebook: Any) -> List[Cell]:
    """The code cells that are Python; the others stay as they are."""
    cells: List[Cell] = []
    start = 0
    for entry in notebook["cells"]:
        source = entry["source"]
        source = source if isinstance(source, str) else "".join(source)
        text = without_magics(source)
        if entry["cell_type"] != "code" or not _parses(text):
            continue
        cells.append(Cell(entry, source, text, start))
        start += len(text.encode("utf-8")) + 1
    return cells


def _parses(text: str) -> bool:
    try:
        parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _put_back(cell: Cell, analysis: Analysis) -> None:
    """Apply the edits of a cell to its own source, where magics still are."""
    size = len(cell.text.encode("utf-8"))
    inside = [e for e in analysis.edits if cell.start <= e.start and e.end <= cell.start + size + 1]
    mine = [e for e in inside if e.start < cell.start + size or e.end <= cell.start + size]
    if not mine:
        return
    raw = cell.source.encode("utf-8")
    moved = [
        Edit(_moved(cell, e.start), _moved(cell, min(e.end, cell.start + size)), e.text, e.rule)
        for e in mine
    ]
    new = apply(raw, moved).decode("utf-8")
    is_text = isinstance(cell.entry["source"], str)
    cell.entry["source"] = new if is_text else re.findall(r"[^\n]*\n|[^\n]+$", new)


def _moved(cell: Cell, position: int) -> int:
    """Where a byte of the program stands in the source of its cell. Raises Left."""
    before = cell.text.encode("utf-8")[: position - cell.start]
    number, column = before.count(b"\n"), len(before) - before.rfind(b"\n") - 1
    lines = cell.source.encode("utf-8").split(b"\n")
    same = cell.text.encode("utf-8").split(b"\n")[number] == lines[number]
    if not same and column:
        raise Left(MAGIC_LINE)
    return sum(len(line) + 1 for line in lines[:number]) + column


class _Layout(NamedTuple):
    indent: Any
    is_ascii: bool
    end: str

    def dump(self, notebook: Any) -> bytes:
        text = json.dumps(notebook, indent=self.indent, ensure_ascii=self.is_ascii)
        return (text + self.end).encode("utf-8")


def _layout(notebook: Any, raw: bytes) -> _Layout:
    """How the file was written, so that every other byte stays. Raises Left."""
    for indent in INDENTS:
        for is_ascii in (False, True):
            for end in ("\n", ""):
                layout = _Layout(indent, is_ascii, end)
                if layout.dump(notebook) == raw:
                    return layout
    raise Left(NO_ROUND_TRIP)
