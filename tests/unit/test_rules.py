"""Rules of the house that no other test would miss: read from the source."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, Iterator, List, Set, Tuple

import pytest

import dsadapter

ROOT = Path(str(dsadapter.__file__)).parent
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def trees(folder: str = "") -> Iterator[Tuple[str, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


# --- sync and async: what is written twice is wrong once -----------------------------------------


class Synchronous(ast.NodeTransformer):
    """An async function as its sync twin would be written."""

    def visit_Await(self, node: ast.Await) -> ast.AST:
        return self.visit(node.value)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AST:
        self.generic_visit(node)
        return ast.For(**{name: getattr(node, name) for name in ast.For._fields})

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.AST:
        self.generic_visit(node)
        return ast.With(**{name: getattr(node, name) for name in ast.With._fields})

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(synchronous_name(node.id), node.ctx)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        return ast.Attribute(node.value, synchronous_name(node.attr), node.ctx)


def synchronous_name(name: str) -> str:
    """``arun`` is ``run``, ``AsyncStream`` is ``Stream``."""
    twins = {"arun": "run", "adrive": "drive", "aclose": "close", "aiter": "iter", "anext": "next"}
    return twins.get(name.strip("_"), name).replace("Async", "")


def statements(function: ast.AST) -> Iterator[str]:
    """Each statement but docstrings and imports, without what stands inside of it."""
    for node in ast.walk(function):
        if node is function or not isinstance(node, (ast.stmt, ast.ExceptHandler)):
            continue
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if text or isinstance(node, (*Function, ast.Import, ast.ImportFrom, ast.Pass)):
            continue
        bodies = ("body", "orelse", "finalbody", "handlers")
        fields = [value for name, value in ast.iter_fields(node) if name not in bodies]
        yield f"{type(node).__name__} {[dumped(value) for value in fields]}"


def dumped(value: Any) -> Any:
    if isinstance(value, list):
        return [dumped(item) for item in value]
    return ast.dump(value) if isinstance(value, ast.AST) else value


def sync_and_async(tree: ast.Module) -> Tuple[List[str], List[str]]:
    """Statements of sync functions, and of async ones as their twins would be written."""
    sync: List[str] = []
    asynchronous: List[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            sync += statements(Synchronous().visit(node))
        elif isinstance(node, ast.AsyncFunctionDef):
            asynchronous += statements(Synchronous().visit(node))
    return sync, asynchronous


def repeated(tree: ast.Module) -> List[str]:
    """The statements of async functions that a sync function of the file has, too."""
    sync, asynchronous = sync_and_async(tree)
    return [statement for statement in asynchronous if statement in set(sync)]


TWINS = """
class Stream:
    def next(self):
        while not self.ready:
            self.advance()
        return self.ready.pop()

class AsyncStream:
    async def anext(self):
        while not self.ready:
            await self.advance()
        return self.ready.pop()
    async def other(self):
        await asyncio.sleep(0)
"""


def test_a_twin_is_recognised() -> None:
    assert len(repeated(ast.parse(TWINS))) == 3
    assert len(sync_and_async(ast.parse(TWINS))[1]) == 4


def test_a_call_is_written_once_for_sync_and_async() -> None:
    """A flow is written once and driven twice; what stands twice are the drivers, the steps and
    the loops of a stream."""
    twins = {file: repeated(tree) for file, tree in trees("_call")}
    files = {file.split("/")[1] for file, statements in twins.items() if statements}
    assert files == {"drivers.py", "run.py", "steps.py", "stream.py"}
    total = sum(len(part) for _, tree in trees("_call") for part in sync_and_async(tree))
    assert sum(map(len, twins.values())) / total < 0.085  # 64 of 813 when this was written


# --- a call is whole when it is made -------------------------------------------------------------

# The names under which an object travels, by its class.
NAMES = {"Call": ("call", "_call"), "AdapterInfo": ("info", "_info")}


def assigned(tree: ast.AST, names: Tuple[str, ...]) -> Set[str]:
    """Attributes that are set on a variable, or on an attribute, of one of these names."""
    attributes: Set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, (ast.Store, ast.Del)):
            holder = getattr(node.value, "id", getattr(node.value, "attr", ""))
            if holder in names:
                attributes.add(node.attr)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr":
            holder = getattr(node.args[0], "id", getattr(node.args[0], "attr", ""))
            if holder in names:
                attributes.add(ast.dump(node.args[1]))
    return attributes


def set_when_made(cls: ast.ClassDef) -> Set[str]:
    (init,) = (n for n in cls.body if isinstance(n, ast.FunctionDef) and n.name == "__init__")
    return assigned(init, ("self",))


def classes(name: str) -> List[ast.ClassDef]:
    nodes = [node for _, tree in trees() for node in ast.walk(tree)]
    return [node for node in nodes if isinstance(node, ast.ClassDef) and node.name == name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_added_to_an_object_after_it_was_made(name: str) -> None:
    (cls,) = classes(name)
    known = set_when_made(cls)
    assert known
    assert assigned(cls, ("self",)) <= known
    later = {file: assigned(tree, NAMES[name]) - known for file, tree in trees()}
    assert {file: names for file, names in later.items() if names} == {}


@pytest.mark.parametrize(
    "line",
    [
        "call.added = 1",
        "self._call.added += 1",
        "call.status, call.added = 1, 2",
        "call.added: int = 1",
        "setattr(call, 'added', 1)",
        "for call.added in []: pass",
    ],
)
def test_what_is_added_is_seen(line: str) -> None:
    attributes = assigned(ast.parse(line), NAMES["Call"])
    assert any("added" in name for name in attributes)
