"""Which folder may import which, read from the source. Folders only: no file is an exception."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
import sysconfig
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Set, Tuple

import pytest

import dsadapter

ROOT = Path(str(dsadapter.__file__)).parent
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))

# Top to bottom; a folder imports itself and what stands below its line. A module beside the
# folders is a leaf, or public: then it stands for the folder that it publishes.
ORDER: Tuple[Tuple[str, ...], ...] = (
    ("_cli",),
    ("integrations",),
    ("_dropin", "_migrate", "batch"),
    ("_doctor",),
    ("testing",),
    ("public", "types"),
    ("_types",),
    ("_client",),
    ("_legacy",),
    ("_call",),
    ("_response",),
    ("_backends",),
    ("_settings",),
    ("_errors", "_repairs"),
    ("leaf",),
    ("_source", "_texts"),  # import nothing of ours
)
LEVEL = {folder: level for level, row in enumerate(ORDER) for folder in row}

# Third parties by folder, and where: at the top of a module, or in functions only.
ANYONE = "any"
THIRD_PARTIES = {
    "_backends": ("openai requests urllib3 httpx httpx2 aiohttp yarl", "top"),
    "_response": ("orjson pydantic pydantic_core httpx", "function"),
    "_settings": ("dotenv httpx", "function"),
    "_legacy": ("requests aiohttp", "function"),
    "_dropin": ("openai httpx httpx2 requests sitecustomize", "function"),
    "_doctor": ("openai httpx requests packaging dotenv", "function"),
    "_cli": ("uvicorn prompt_toolkit rich", "function"),
    "batch": ("rich", "function"),
    "integrations": (ANYONE, "top"),
    "testing": ("pytest _pytest", "top"),
    "_types": ("typing_extensions", "function"),
}


class Import(NamedTuple):
    module: str  # absolute: "json", "dsadapter._errors.tree"
    when: str  # "top", "function", or "typing" (for checkers only)

    @property
    def own(self) -> bool:
        return self.module.partition(".")[0] == "dsadapter"


def folder_of(file: str) -> str:
    """The folder of ``_errors/tree.py``; files of the top level are leaves or public."""
    first, below, _ = file.partition("/")
    if below:
        return first
    return "leaf" if first.startswith("_") else "public"


def is_type_checking(test: ast.expr) -> bool:
    return getattr(test, "id", getattr(test, "attr", "")) == "TYPE_CHECKING"


def imports(tree: ast.AST, package: List[str], when: str = "top") -> Iterator[Import]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and is_type_checking(node.test):
            for branch, mode in ((node.body, "typing"), (node.orelse, when)):
                yield from imports(ast.Module(body=branch, type_ignores=[]), package, mode)
        elif isinstance(node, ast.Import):
            yield from (Import(alias.name, when) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                name = f"{base}.{alias.name}"
                yield Import(name if module_file(name) else base, when)
        else:
            inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from imports(node, package, "function" if inside and when == "top" else when)


def module_file(name: str) -> str:
    """``_errors/tree.py`` for "dsadapter._errors.tree"; "" for what is no module of ours."""
    parts = name.split(".")
    path = ROOT.joinpath(*parts[1:])
    if parts[0] != "dsadapter":
        return ""
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if len(parts) > 1 and candidate.exists():
            return candidate.relative_to(ROOT).as_posix()
    return "__init__.py" if len(parts) == 1 else ""


def found_imports(file: str, source: str) -> List[Import]:
    return list(imports(ast.parse(source), ["dsadapter", *file[:-3].split("/")[:-1]]))


def is_stdlib(root: str) -> bool:
    if root in {"__future__", "_winapi", "msvcrt", "winreg", *sys.builtin_module_names}:
        return True
    if sys.version_info >= (3, 10):
        return root in sys.stdlib_module_names
    spec = importlib.util.find_spec(root)
    origin = spec.origin if spec else None
    if origin in ("built-in", "frozen"):
        return True
    folder = os.path.realpath(sysconfig.get_paths()["stdlib"])
    path = os.path.realpath(origin) if origin else ""
    return path.startswith(folder) and "site-packages" not in path


def violations(file: str, source: str) -> Set[str]:
    """The rules that ``file`` with this ``source`` breaks, by name."""
    here = folder_of(file)
    found = found_imports(file, source)
    broken = {rule for item in found if not item.own for rule in _third_party(here, item)}
    if file == "__init__.py":
        return broken | {"imports nothing" for item in found if item.when == "top"}
    if file == "__main__.py":
        return broken | {"imports sys alone" for i in found if i.when == "top" and i.own}
    for item in found:
        if item.own and _stands_above(module_file(item.module), here):
            broken.add("upwards")
    return broken


def _third_party(folder: str, item: Import) -> Iterator[str]:
    root = item.module.partition(".")[0]
    if item.when == "typing" or is_stdlib(root):
        return
    names, when = THIRD_PARTIES.get(folder, ("", "function"))
    if names != ANYONE and root not in names.split():
        yield "third party"
    elif item.when == "top" and when == "function":
        yield "third party at module level"


def _stands_above(target: str, here: str) -> bool:
    folder = folder_of(target)
    if target == "__init__.py":  # the package publishes all; who is below must not ask it
        return LEVEL[here] > LEVEL["testing"]
    return folder != here and LEVEL[folder] <= LEVEL[here]


@pytest.mark.parametrize("file", FILES)
def test_a_folder_imports_only_what_is_below_it(file: str) -> None:
    assert violations(file, (ROOT / file).read_text(encoding="utf-8")) == set()


def test_every_folder_has_its_place() -> None:
    folders = {folder_of(file) for file in FILES}
    assert folders == set(LEVEL)
    assert set(THIRD_PARTIES) <= folders


def arrows(when: Tuple[str, ...]) -> Dict[str, Set[str]]:
    """file -> the files that it imports, among ours."""
    graph: Dict[str, Set[str]] = {}
    for file in FILES:
        if file == "__init__.py":  # its table names everything
            continue
        items = found_imports(file, (ROOT / file).read_text(encoding="utf-8"))
        targets = {module_file(i.module) for i in items if i.own and i.when in when}
        graph[file] = targets - {"", "__init__.py", file}
    return graph


def circles(graph: Dict[str, Set[str]]) -> List[List[str]]:
    """Each set of files that reach one another, smallest first (Tarjan's components, simply)."""
    reach = {file: _reachable(graph, file) for file in graph}
    tied = {file: frozenset(o for o in reach[file] if file in reach.get(o, ())) for file in graph}
    return sorted((sorted(group) for group in set(tied.values()) if group), key=len)


def _reachable(graph: Dict[str, Set[str]], start: str) -> Set[str]:
    seen: Set[str] = set()
    queue = list(graph[start])
    while queue:
        file = queue.pop()
        if file not in seen:
            seen.add(file)
            queue += graph.get(file, ())
    return seen


def test_no_import_circle_not_even_inside_functions_or_for_checkers() -> None:
    assert circles(arrows(("top", "function", "typing"))) == []


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert circles(graph) == [["a", "b", "c"]]


@pytest.mark.parametrize(
    "file, line, rule",
    [
        ("_response/sse.py", "from .._call import run", "upwards"),
        ("_errors/tree.py", "def f():\n    from .._client.client import OpenAI", "upwards"),
        ("_errors/tree.py", "from .._repairs import table", "upwards"),
        ("_backends/base.py", "import dsadapter", "upwards"),
        ("_response/sse.py", "if TYPE_CHECKING:\n    from .._call import run", "upwards"),
        ("_settings/keys.py", "from .._backends.raw_requests import sync_backend", "upwards"),
        ("_named_tuple.py", "from ._errors import tree", "upwards"),
        ("error.py", "from .testing import emulator", "upwards"),
        ("_settings/keys.py", "import requests", "third party"),
        ("_call/run.py", "def f():\n    import httpx", "third party"),
        ("_legacy/util.py", "import requests", "third party at module level"),
        ("_settings/dotenv_file.py", "class A:\n    import dotenv", "third party at module level"),
        ("_backends/raw_requests.py", "import numpy", "third party"),
        ("_doctor/render.py", "def f():\n    from .._dropin import install", "upwards"),
        ("__init__.py", "import sys", "imports nothing"),
        (
            "__init__.py",
            "if TYPE_CHECKING:\n    import ast\nelse:\n    import os",
            "imports nothing",
        ),
        ("__main__.py", "from . import _console", "imports sys alone"),
    ],
)
def test_a_wrong_import_is_found(file: str, line: str, rule: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert rule in violations(file, f"{source}\n{line}\n")


@pytest.mark.parametrize(
    "file, line",
    [
        ("_response/sse.py", "if TYPE_CHECKING:\n    import openai"),
        ("_settings/dotenv_file.py", "def f():\n    import dotenv"),
        ("__init__.py", "if TYPE_CHECKING:\n    import openai"),
        ("_cli/chat.py", "def f():\n    from ..testing.emulator import Emulator"),
        ("_settings/keys.py", "import json, os.path"),
    ],
)
def test_a_right_import_is_not(file: str, line: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert violations(file, f"{source}\n{line}\n") == set()


def test_backends_are_named_by_string() -> None:
    source = (ROOT / "_backends/selection.py").read_text(encoding="utf-8")
    texts = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    named = {text for text in texts if str(text).startswith("dsadapter._backends.")}
    modules = {"legacy_openai", "modern_openai", "raw_requests"}
    assert named == {f"dsadapter._backends.{name}" for name in modules}
    assert {f"_backends/{name}.py" for name in modules} <= set(FILES)


def test_every_command_has_its_module() -> None:
    from dsadapter.__main__ import COMMANDS

    assert {module.split(".")[0] for module in COMMANDS.values()} == {"dsadapter"}
    assert {"chat", "models", "balance", "doctor", "explain", "migrate", "run", "emulator"} <= set(
        COMMANDS
    )
