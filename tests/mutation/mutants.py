"""Mutants of the core: small changes of its code that its tests should notice.

The operators are cosmic-ray's, and one of ours that leaves a statement out. Texts, log lines and
annotations are not changed: no test has to notice those.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Tuple

import parso
from cosmic_ray.plugins import get_operator, operator_names

from .named import tests_of

FOLDERS = ("_call", "_response", "_settings", "_repairs", "_backends")
TEXTS = {"fstring", "annassign", "tfpdef", "decorator"}  # parso's node types that hold no logic
LOGGING = ("log.", "logger.", "_log.", "logging.")


class Mutant(NamedTuple):
    """One changed file: its path in the checkout, the line, what changed, and the new text."""

    path: str
    line: int
    what: str
    source: str


class Change(NamedTuple):
    """A mutant not yet written: where, and how the new text is had."""

    position: Tuple[int, int]
    what: str
    text: Callable[[], str]


class Place(NamedTuple):
    """One place of a file, and the changes that it can have.

    ``name`` says where without a line number: it stays when other lines come or go.
    """

    path: Path
    name: str
    changes: List[Change]


def sample(root: Path, size: int, seed: int) -> List[Mutant]:
    """``size`` mutants, each of another place, the same for the same tree and seed.

    Each place has a number by its own text: an edited tree keeps the rest of its sample.
    """
    places = [
        place
        for folder in FOLDERS
        for path in sorted((root / "dsadapter" / folder).rglob("*.py"))
        if (root / tests_of(path.relative_to(root).as_posix())).exists()
        for place in _places(path)
    ]
    numbers = {id(place): _number(seed, root, place) for place in places}
    mutants: List[Mutant] = []
    for place in sorted(places, key=lambda place: numbers[id(place)]):
        if len(mutants) == size:
            break
        changes = sorted(place.changes, key=lambda change: change.what)
        change = changes[numbers[id(place)] % len(changes)]
        text = change.text()
        if _compiles(text):
            name, line = place.path.relative_to(root).as_posix(), change.position[0]
            what = f"{change.what}: {text.splitlines()[line - 1].strip()}"
            mutants.append(Mutant(name, line, what, text))
    return mutants


def _number(seed: int, root: Path, place: Place) -> int:
    text = f"{seed} {place.path.relative_to(root).as_posix()} {place.name}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def _places(path: Path) -> Iterator[Place]:
    """The places of a file that can be changed."""
    source = path.read_text(encoding="utf-8")
    places: Dict[Tuple[int, int], List[Change]] = {}
    tree = parso.parse(source)
    for change in (*_by_operators(source, tree), *_without_statements(source)):
        places.setdefault(change.position, []).append(change)
    lines = source.splitlines()
    seen: Dict[str, int] = Counter()
    for position in sorted(places):
        line = lines[position[0] - 1]
        name = f"{line.strip()} {position[1] - len(line) + len(line.lstrip())}"
        seen[name] += 1
        if not _is_text(tree, lines, position):
            yield Place(path, f"{name} {seen[name]}", places[position])


def _by_operators(source: str, tree: Any) -> Iterator[Change]:
    nodes = list(_nodes(tree))
    for name in sorted(operator_names()):
        kind = get_operator(name)
        if name.endswith("NoOp") or kind.arguments():
            continue
        operator = kind()
        for index, node in enumerate(nodes):
            for occurrence, (start, _) in enumerate(operator.mutation_positions(node)):
                text = partial(_mutated, source, operator, index, occurrence)
                yield Change(start, name.partition("/")[2], text)


def _mutated(source: str, operator: Any, index: int, occurrence: int) -> str:
    tree = parso.parse(source)
    node = list(_nodes(tree))[index]
    siblings = node.parent.children if node.parent is not None else None
    mutated = operator.mutate(node, occurrence)
    if mutated is not node and siblings is not None:
        i = next(i for i, each in enumerate(siblings) if each is node)
        siblings[i : i + 1] = [] if mutated is None else [mutated]
    return str(tree.get_code())


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", ()):
        yield from _nodes(child)


def _without_statements(source: str) -> Iterator[Change]:
    """Each call and each assignment to an attribute or item, left out."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if _is_call(node) or _is_store(node):
            first, last = node.lineno - 1, node.end_lineno
            indent = lines[first][: node.col_offset]
            if not indent.strip():
                text = "".join([*lines[:first], f"{indent}pass\n", *lines[last:]])
                yield Change((node.lineno, node.col_offset), "leave out", partial(str, text))


def _is_call(node: Any) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Await))


def _is_store(node: Any) -> bool:
    if not isinstance(node, (ast.Assign, ast.AugAssign)):
        return False
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return isinstance(target, (ast.Attribute, ast.Subscript))


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _is_text(tree: Any, lines: List[str], position: Tuple[int, int]) -> bool:
    """Whether nothing that a program does depends on what stands there."""
    if lines[position[0] - 1].strip().startswith(LOGGING):
        return True
    child = tree.get_leaf_for_position(position, include_prefixes=True)
    node = child.parent
    while node is not None:
        if node.type in TEXTS or _is_annotation(node, child) or _for_people(node):
            return True
        child, node = node, node.parent
    return False


def _is_annotation(node: Any, child: Any) -> bool:
    return node.type == "funcdef" and child is node.annotation


def _for_people(node: Any) -> bool:
    """A repr, a log line, and what only type checkers read."""
    if node.type == "atom_expr":
        return str(node.get_code()).strip().startswith(LOGGING)
    if node.type == "funcdef":
        return node.name.value == "__repr__"
    if node.type == "if_stmt":
        return "TYPE_CHECKING" in node.children[1].get_code()
    return node.type == "expr_stmt" and node.get_code().strip().startswith("TYPE_CHECKING")
