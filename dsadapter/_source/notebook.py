"""Jupyter notebooks: their code as one module, with the cell and line that each line stands on."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

from .python_file import parse
from .requirements import DeclaredRequirement, declared

# Cell magics whose cell is still Python; every other one hands the cell to another program.
_PYTHON_MAGICS = frozenset("time timeit capture prun snakeviz memit mprun".split())
_ASSIGNED = re.compile(r"^(\s*[\w.,\s]+=\s*)[!%].*$")
_INDENT = re.compile(r"^\s*")
_INSTALLER = r"(?:pip[\d.]*|conda|mamba|uv\s+pip)"  # without a mark, too: IPython knows them
_INSTALL = re.compile(
    rf"^(?:[!%]\s*(?:\S*\bpip[\d.]*|.*-m\s+pip|{_INSTALLER})|{_INSTALLER})\s+install\s+(.*)$"
)
_INSTALLATION = re.compile(rf"^\s*{_INSTALLER}\s+install\s")
# Line magics that run the Python behind them, and their options that take a value.
_RUNNING = {"time": "", "timeit": "nrp", "prun": "lsTD", "memit": "rtic", "mprun": "fmTD"}
_RUN = re.compile(r"^(\s*(?:[\w.,\s]+=\s*)?)%(\w+)\s+(?=\S)")
_HELP = re.compile(r"^\s*(\?{1,2}\s*[\w.]+|[\w.]+\s*\?{1,2})\s*$")
_WITH_VALUE = frozenset("-r -c -i -f -e -t --index-url --extra-index-url --target".split())


class Place(NamedTuple):
    """A line of a notebook: the code cell, counted from 1, and the line in it."""

    cell: int
    line: int


class Install(NamedTuple):
    """A requirement that a line installs, where that stands, and the line."""

    requirement: DeclaredRequirement
    place: Place
    written: str


class Notebook(NamedTuple):
    """``places[n - 1]`` is where line n of ``text`` stands, or that of an installation, whose
    lines count on from there; ``written`` has the lines as they stand in the cells; ``unread``
    says why a cell is left out."""

    text: str
    places: Tuple[Place, ...]
    installs: Tuple[DeclaredRequirement, ...]
    unread: Tuple[Tuple[int, str], ...]
    written: str = ""


def read(raw: bytes) -> Notebook:
    """The code cells of a notebook. Raises ValueError for what is none."""
    lines: List[str] = []
    written: List[str] = []
    places: List[Place] = []
    installs: List[Install] = []
    unread: List[Tuple[int, str]] = []
    for number, source in enumerate(_code_cells(raw), 1):
        installs += installations(number, source)
        text = without_magics(source)
        try:
            parse(text)
        except (SyntaxError, ValueError) as err:
            unread.append((number, str(getattr(err, "msg", err))))
            continue
        rows = text.split("\n")
        lines += rows
        written += source.split("\n")
        places += [Place(number, line) for line in range(1, len(rows) + 1)]
    first = len(places) + 1
    requirements = tuple(
        install.requirement._replace(line=first + at) for at, install in enumerate(installs)
    )
    places += [install.place for install in installs]
    written += [install.written for install in installs]
    text = "\n".join(lines)
    return Notebook(text, tuple(places), requirements, tuple(unread), "\n".join(written))


def _code_cells(raw: bytes) -> Iterator[str]:
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
        sheets: List[Any] = notebook.get("worksheets") or [notebook]  # format 3 has sheets
        cells: List[Dict[str, Any]] = [cell for sheet in sheets for cell in sheet["cells"]]
        for cell in cells:
            if cell.get("cell_type") == "code":
                source = cell.get("source") or cell.get("input") or ""  # None in a damaged one
                yield source if isinstance(source, str) else "".join(source)
    except (AttributeError, KeyError, TypeError) as err:
        raise ValueError("no cells: this is no notebook") from err


def without_magics(source: str) -> str:
    """The Python of a cell, line for line: what IPython alone understands is blank."""
    first = source.lstrip().split("\n")[0]
    if first.startswith("%%") and first[2:].split(" ")[0].strip() not in _PYTHON_MAGICS:
        return "\n" * source.count("\n")
    rows, continued = [], False
    for line in source.split("\n"):
        rows.append("" if continued else _python_of(line))
        is_magic = continued or line.lstrip().startswith(("!", "%"))
        continued = is_magic and line.rstrip().endswith("\\")
    return "\n".join(rows)


def _python_of(line: str) -> str:
    indent = _INDENT.match(line)
    before = indent.group() if indent else ""
    run = _RUN.match(line)
    if run and run[2] in _RUNNING:
        text = _run_by_magic(line, run[1], run[2], run.end())
        if text:
            return text
    assigned = _ASSIGNED.match(line)
    if assigned and not assigned.group(1).rstrip().endswith("=="):
        return f"{assigned.group(1)}None"
    is_magic = line.lstrip().startswith(("!", "%"))
    if is_magic or _HELP.match(line) or _INSTALLATION.match(line):
        return f"{before}pass"
    return line


def _run_by_magic(line: str, before: str, magic: str, start: int) -> str:
    """``%time x = f()`` with each letter of its Python where it stood; "" for what is none."""
    value = f"[{_RUNNING[magic]}]" if _RUNNING[magic] else r"(?!)"
    options = re.compile(rf"(?:-{value}\s*\S+\s+|-\w+\s+)*").match(line, start)
    start = options.end() if options else start
    opening = "" if before.strip() else "if 1:"
    text = (before + opening).ljust(start) + line[start:]
    try:
        parse(text.lstrip())
    except (SyntaxError, ValueError):
        return ""
    return text


def installations(cell: int, source: str) -> Iterator[Install]:
    """What ``!pip install`` and ``%pip install`` of a cell ask for."""
    for number, line in enumerate(source.split("\n"), 1):
        match = _INSTALL.match(line.strip())
        for word in _requirements(match.group(1)) if match else ():
            for requirement in declared(word, number):
                yield Install(requirement, Place(cell, number), line)


def _requirements(arguments: str) -> Iterator[str]:
    try:
        words = shlex.split(arguments.rstrip("\\"), comments=True)
    except ValueError:
        words = arguments.split()
    skipped = False
    for word in words:
        if word in ("&&", "||", ";", "|", ">"):
            return
        if not skipped and not word.startswith("-"):
            yield word
        skipped = word in _WITH_VALUE
