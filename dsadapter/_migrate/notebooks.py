"""Notebooks: all code cells are one program, and each edit goes back into its cell."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, NamedTuple, Tuple

from .._source.files import LARGEST_NOTEBOOK
from .._source.notebook import without_magics
from .._source.python_file import parse
from .._texts.migrate import MAGIC_LINE, NO_ROUND_TRIP, NOT_A_NOTEBOOK
from . import notebook_lines
from .analysis import Analysis, Marker, Options
from .edits import Edit, Overlap, apply, shifted
from .notebook_lines import Other
from .source_file import Left, Rewritten, analyse, count, read, reason

INDENTS: Tuple[Any, ...] = (1, 2, 4, None, "\t", 0, 3)


class Cell(NamedTuple):
    """``start`` is where its text begins in the program, in bytes."""

    entry: Dict[str, Any]  # of the notebook; its source is replaced
    source: str
    text: str  # without magics, line for line
    start: int


class Cells(NamedTuple):
    """The code cells that are Python, and the others that there is something to say of."""

    python: List[Cell]
    others: List[Other]


def rewrite_file(path: str, options: Options) -> Rewritten:
    """A notebook under the rules. Raises Left."""
    before = read(path, LARGEST_NOTEBOOK)
    if b"openai" not in before.lower():
        return Rewritten(path, before, before, "", "", {}, ())
    try:
        notebook = json.loads(before.decode("utf-8"))
        cells = _cells(notebook, options)
        analysis = analyse("\n".join(cell.text for cell in cells.python), options)
        notebook_lines.mark(analysis, [(cell.source, cell.start) for cell in cells.python])
        layout = _layout(notebook, before)
        applied = _put_back_all(cells, analysis, options)
    except (SyntaxError, RecursionError, Overlap) as err:
        raise Left(reason(err)) from err
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise Left(NOT_A_NOTEBOOK(why=str(err))) from err
    after = layout.dump(notebook)
    markers = (*analysis.markers, *_markers_of(cells.others))
    texts = before.decode("utf-8"), after.decode("utf-8")
    return Rewritten(path, before, after, *texts, {**count(analysis), **applied}, markers)


def _cells(notebook: Any, options: Options) -> Cells:
    cells = Cells([], [])
    start = 0
    for entry in notebook["cells"]:
        if entry["cell_type"] != "code":
            continue
        source = entry.get("source") or ""
        source = source if isinstance(source, str) else "".join(source)
        text = without_magics(source)
        if source.strip() and (not text.strip() or not _parses(text)):
            cells.others.append(notebook_lines.rewrite_other(entry, source, options))
            continue
        cells.python.append(Cell(entry, source, text, start))
        start += len(text.encode("utf-8")) + 1
    return cells


def _parses(text: str) -> bool:
    try:
        parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _markers_of(others: List[Other]) -> List[Marker]:
    return [marker for other in others for marker in other.markers]


# --- back into the cells -------------------------------------------------------------------------


def _put_back_all(cells: Cells, analysis: Analysis, options: Options) -> Dict[str, int]:
    """All edits; gives how often the rules were applied outside of the program."""
    applied: Dict[str, int] = {}
    for cell in cells.python:
        pins = notebook_lines.pins_in(cell.source, options)
        _put_back(cell, analysis, pins)
        if pins:
            applied["pin"] = applied.get("pin", 0) + len(pins)
    for other in cells.others:
        if other.text != other.source:
            _set_source(other.entry, other.text)
            for rule, number in other.applied.items():
                applied[rule] = applied.get(rule, 0) + number
    return applied


def _put_back(cell: Cell, analysis: Analysis, pins: List[Edit]) -> None:
    """Apply the edits of a cell to its own source, where magics still are."""
    size = len(cell.text.encode("utf-8"))
    inside = [e for e in analysis.edits if cell.start <= e.start and e.end <= cell.start + size + 1]
    mine = [e for e in inside if e.start < cell.start + size or e.end <= cell.start + size]
    if not mine and not pins:
        return
    raw = cell.source.encode("utf-8")
    end = cell.start + size
    moved = [shifted(edit, lambda position: _moved(cell, min(position, end))) for edit in mine]
    _set_source(cell.entry, apply(raw, [*moved, *pins]).decode("utf-8"))


def _set_source(entry: Dict[str, Any], text: str) -> None:
    is_text = isinstance(entry["source"], str)
    entry["source"] = text if is_text else re.findall(r"[^\n]*\n|[^\n]+$", text)


def _moved(cell: Cell, position: int) -> int:
    """Where a byte of the program stands in the source of its cell. Raises Left."""
    before = cell.text.encode("utf-8")[: position - cell.start]
    number, column = before.count(b"\n"), len(before) - before.rfind(b"\n") - 1
    lines = cell.source.encode("utf-8").split(b"\n")
    line = cell.text.encode("utf-8").split(b"\n")[number]
    # Of ``%time x`` the Python stands where it stood.
    is_same = len(line) == len(lines[number]) and line[column:] == lines[number][column:]
    if column and not is_same:
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
