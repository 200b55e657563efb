"""No function beyond 40 lines, no file beyond 400, and a docstring for everything public."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Iterator, List, Tuple

import pytest

import dsadapter

ROOT = Path(str(dsadapter.__file__)).parent
MAX_FUNCTION, MAX_FILE = 40, 400  # lines
FILES = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.rglob("*.py"))]
Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def definitions(body: List[ast.stmt], prefix: str = "") -> Iterator[Tuple[str, ast.AST]]:
    """Classes, functions and methods by their dotted names, also those behind an ``if``; what
    stands inside a function is not in reach of anybody and belongs to it."""
    for node in body:
        if isinstance(node, Definition):
            yield f"{prefix}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from definitions(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.If):
            if getattr(node.test, "id", "") != "TYPE_CHECKING":  # what checkers see does not run
                yield from definitions(node.body, prefix)
            yield from definitions(node.orelse, prefix)


def too_long(tree: ast.Module) -> List[str]:
    functions = (
        n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    sizes = [(node.name, int(node.end_lineno or 0) - node.lineno + 1) for node in functions]
    return [f"{name} {lines}" for name, lines in sizes if lines > MAX_FUNCTION]


def without_docstring(tree: ast.Module) -> List[str]:
    """Public names without a docstring; an override says what its base class says."""
    missing = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
    for name, node in definitions(tree.body):
        # The name of a test of the contract is its sentence.
        public = not any(part.startswith(("_", "test_")) for part in name.split("."))
        if public and not ast.get_docstring(node):  # type: ignore[arg-type]
            missing.append(name)
    return missing


def tree_of(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES)
def test_no_function_is_longer_than_a_screen(file: str) -> None:
    assert too_long(tree_of(file)) == []


@pytest.mark.parametrize("file", FILES)
def test_no_file_is_longer_than_ten_screens(file: str) -> None:
    assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) <= MAX_FILE


@pytest.mark.parametrize("file", FILES)
def test_everything_public_has_a_docstring(file: str) -> None:
    assert without_docstring(tree_of(file)) == []


SAMPLE = '''\
"""A module."""

class Public:
    """A class."""

    def method(self): ...
    def _inner(self): ...
    def __init__(self): ...

class _Hidden:
    def method(self): ...

def function():
    def inside(): ...

if TYPE_CHECKING:
    def checked(): ...
else:
    def run(): ...
'''


def test_what_is_missing_is_seen() -> None:
    assert without_docstring(ast.parse(SAMPLE)) == ["Public.method", "function", "run"]
    assert without_docstring(ast.parse("x = 1")) == ["the module"]
    assert too_long(ast.parse("def f():\n" + "    pass\n" * 40)) == ["f 41"]
    assert too_long(ast.parse("def f():\n" + "    pass\n" * 39)) == []
