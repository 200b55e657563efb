"""The doctor stays small: at most so many lines of logic.

Counted are the lines of ``dsadapter/_doctor`` that are code: no blank lines, comments and
docstrings, and not the files that hold nothing but tables, which may grow with what is known.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Set

import pytest

import dsadapter

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
from bench.code_lines import code_lines, lines_of  # noqa: E402

DOCTOR = Path(str(dsadapter.__file__)).parent / "_doctor"
MOST = 6_500
DATA = ("data", "explain/rows")
FILES = [path.relative_to(DOCTOR).as_posix() for path in sorted(DOCTOR.rglob("*.py"))]
TABLES = [file for file in FILES if file.startswith(tuple(f"{folder}/" for folder in DATA))]


def read(file: str) -> str:
    return (DOCTOR / file).read_text(encoding="utf-8")


def test_the_logic_is_no_longer_than_this() -> None:
    assert sum(len(code_lines(read(file))) for file in FILES if file not in TABLES) <= MOST


@pytest.mark.parametrize("file", [file for file in TABLES if not file.endswith("__init__.py")])
def test_files_that_are_not_counted_hold_tables(file: str) -> None:
    source = read(file)
    tables: Set[int] = set()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)):
            tables |= lines_of(node)
    assert len(code_lines(source) & tables) >= 0.85 * len(code_lines(source))


def test_what_counts_as_a_line() -> None:
    body = 'def f():\n    """It."""\n    return 1\n'
    source = f'"""A module."""\n\n# a comment\nx = [\n    1,\n]\n\n{body}'
    assert code_lines(source) == {4, 5, 6, 8, 10}
