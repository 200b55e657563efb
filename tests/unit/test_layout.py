"""Which module may import which, read from the source: leaves, core, faces, backends, doctor."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
import sysconfig
from pathlib import Path
from typing import Iterator, List, NamedTuple, Optional, Set

import pytest

import dsadapter

ROOT = Path(str(dsadapter.__file__)).parent
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))

LEAVES = set(
    "_bounds _console _decode _detect _errors _json _keys _merge _models _observe _params "
    "_providers _repairs _rows _sse _types _version _versions".split()
)
FACES = {"_client", "_resources", "_selection"}
FOLDERS = set("_backends _cli _doctor _install _legacy _matrix integrations testing".split())
PUBLIC = {name[:-3] for name in FILES if "/" not in name and not name.startswith("_")}
CORE = {name[:-3] for name in FILES if "/" not in name and name.startswith("_")} - LEAVES - FACES
CORE -= {"__init__", "__main__"}
ENGINE = {"_calls", "_engine", "_flow", "_stream", "_transport", "_wire"}

# Third parties by top-level folder (or module), and whether only inside a function.
ANYONE = "any"
THIRD_PARTIES = {
    "_backends": ("openai requests httpx httpx2 aiohttp", False),
    "_dotenv": ("dotenv", True),
    "_json": ("orjson", True),
    "_legacy": ("requests aiohttp", True),
    "_install": ("openai httpx httpx2 requests sitecustomize", True),
    "_matrix": ("packaging", True),
    "_cli/serve": ("uvicorn", True),
    "integrations": (ANYONE, False),
    "testing": ("pytest _pytest", False),
    "_doctor/probe_child": ("openai httpx requests", True),  # the program of a child process
}
LAYERS = ("_errors", "_config", "_wire", "_flow", "_engine", "_calls", "_resources", "_client")


class Import(NamedTuple):
    module: str  # absolute: "json", "dsadapter._errors", "dsadapter._backends.raw_requests"
    lazy: bool  # inside a function

    @property
    def root(self) -> str:
        return self.module.partition(".")[0]

    @property
    def own(self) -> Optional[str]:
        """``_errors`` of ``dsadapter._errors``; "" is the package; None is another project."""
        if self.root != "dsadapter":
            return None
        return self.module.split(".")[1] if "." in self.module else ""


def is_type_checking(test: ast.expr) -> bool:
    return getattr(test, "id", getattr(test, "attr", "")) == "TYPE_CHECKING"


def imports(tree: ast.AST, package: List[str], lazy: bool = False) -> Iterator[Import]:
    """All that is imported when the module or one of its functions runs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and is_type_checking(node.test):
            for branch in node.orelse:
                yield from imports(ast.Module(body=[branch], type_ignores=[]), package, lazy)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, lazy)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield Import(whole if is_module(whole) else base, lazy)
        else:
            inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from imports(node, package, lazy or inside)


def is_module(name: str) -> bool:
    parts = name.split(".")
    path = ROOT.joinpath(*parts[1:])
    return parts[0] == "dsadapter" and (path.with_suffix(".py").exists() or path.is_dir())


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
    parts = file[:-3].split("/")
    where = parts[0]
    package = ["dsadapter", *parts[:-1]]
    found = list(imports(ast.parse(source), package))
    eager = [item for item in found if not item.lazy]
    own = {item.own for item in found if item.own is not None}
    own_eager = {item.own for item in eager if item.own is not None}
    broken: Set[str] = set()

    def rule(name: str, holds: bool) -> None:
        if not holds:
            broken.add(name)

    names, lazily = THIRD_PARTIES.get("/".join(parts), THIRD_PARTIES.get(where, ("", True)))
    for item in found:
        if item.own is None and not is_stdlib(item.root):
            rule("third party", names == ANYONE or item.root in names.split())
            rule("third party at module level", item.lazy or not lazily)
    if file == "__init__.py":
        rule("__init__ imports nothing", not eager)
    elif file == "__main__.py":
        rule("__main__ imports sys", {item.module for item in eager} <= {"sys", "__future__"})
    elif where in LEAVES:
        rule("leaf", own <= LEAVES)
    elif where in CORE:
        rule("core", not own & (FACES | FOLDERS | PUBLIC | {""}))
    elif where in FACES:
        rule("face", not own_eager & (FOLDERS | PUBLIC | {""}))
        rule("face", not own & (FOLDERS - {"_legacy"}))
    elif where == "_backends":
        rule("backend", own <= LEAVES | {"_backends"})
    elif where == "_doctor":
        rule("doctor", not own & (ENGINE | FACES | {"_backends", "_install", "_legacy"}))
        rule("doctor", "dsadapter._doctor.probe_child" not in {item.module for item in found})
    elif where == "_legacy":
        rule("legacy", not own & {"_cli", "_doctor", "_install", "integrations", "testing", ""})
    elif where in PUBLIC:
        rule("public module", own <= {"_errors", "_legacy"})
    if where not in ("_backends", "testing", "integrations"):
        rule("backend at module level", "_backends" not in own_eager)
    if where not in ("_doctor", "testing", "integrations"):
        rule("testing at module level", not own_eager & {"testing", "integrations"})
    if where in LAYERS:
        above = set(LAYERS[LAYERS.index(where) + 1 :])
        rule("upwards", not own_eager & above)
    return broken


@pytest.mark.parametrize("file", FILES)
def test_imports(file: str) -> None:
    assert violations(file, (ROOT / file).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "file, line, rule",
    [
        ("_sse.py", "from . import _config", "leaf"),
        ("_errors.py", "def f():\n    from ._client import OpenAI", "leaf"),
        ("_types.py", "import dsadapter", "leaf"),
        ("_decode.py", "from .testing import emulator", "leaf"),
        ("_config.py", "import requests", "third party"),
        ("_config.py", "def f():\n    import httpx", "third party"),
        ("_config.py", "try:\n    import openai\nexcept ImportError:\n    pass", "third party"),
        ("_config.py", "import httpx.decoders as d", "third party"),
        ("_dotenv.py", "from dotenv import dotenv_values", "third party at module level"),
        ("_dotenv.py", "class A:\n    import dotenv", "third party at module level"),
        ("_dotenv.py", "def f():\n    import requests", "third party"),
        ("_legacy/util.py", "import requests", "third party at module level"),
        ("_doctor/model.py", "def f():\n    import packaging", "third party"),
        ("_doctor/probe_child.py", "import openai", "third party at module level"),
        ("_doctor/probe.py", "from . import probe_child", "doctor"),
        ("_doctor/checks/sdk.py", "from ..._client import OpenAI", "doctor"),
        ("_doctor/render.py", "def f():\n    from .. import _flow", "doctor"),
        ("_config.py", "from ._client import OpenAI", "core"),
        ("_config.py", "from dsadapter import OpenAI", "core"),
        ("_wire.py", "def f():\n    from ._legacy import settings", "core"),
        ("_registry.py", "from ._backends import raw_requests", "core"),
        ("_registry.py", "from dsadapter._backends import raw_requests", "core"),
        ("_registry.py", "if True:\n    from . import _backends", "backend at module level"),
        ("_flow.py", "from .testing.emulator import Emulator", "testing at module level"),
        ("_flow.py", "from . import error", "core"),
        ("_client.py", "from . import _legacy", "face"),
        ("_client.py", "def f():\n    from ._install import install", "face"),
        ("_backends/raw_requests.py", "from .. import _config", "backend"),
        ("_backends/raw_requests.py", "def f():\n    from .._client import OpenAI", "backend"),
        ("_backends/raw_requests.py", "import numpy", "third party"),
        ("_legacy/util.py", "def f():\n    from .. import _doctor", "legacy"),
        ("error.py", "from . import _client", "public module"),
        ("_wire.py", "from . import _flow", "upwards"),
        ("_config.py", "from ._wire import Request", "upwards"),
        ("__init__.py", "import sys", "__init__ imports nothing"),
        ("__init__.py", "if not TYPE_CHECKING:\n    import os", "__init__ imports nothing"),
        (
            "__init__.py",
            "if TYPE_CHECKING:\n    import ast\nelse:\n    import os",
            "__init__ imports nothing",
        ),
        ("__main__.py", "from . import _console", "__main__ imports sys"),
        ("__main__.py", "import os", "__main__ imports sys"),
    ],
)
def test_a_wrong_import_is_found(file: str, line: str, rule: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert rule in violations(file, f"{source}\n{line}\n")


@pytest.mark.parametrize(
    "file, line",
    [
        ("_errors.py", "def f():\n    from ._models import Record"),
        ("_sse.py", "if TYPE_CHECKING:\n    import openai"),
        ("_dotenv.py", "def f():\n    import dotenv"),
        ("__init__.py", "if TYPE_CHECKING:\n    import openai"),
        ("_cli/chat.py", "def f():\n    from ..testing.emulator import Emulator"),
        ("_config.py", "import json, os.path"),
    ],
)
def test_a_right_import_is_not(file: str, line: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert violations(file, f"{source}\n{line}\n") == set()


def test_every_module_that_the_rules_name_is_there() -> None:
    named = LEAVES | FACES | ENGINE | set(LAYERS)
    assert {f"{name}.py" for name in named} <= set(FILES)
    assert {"_config", "_dotenv", "_registry"} | ENGINE == CORE  # a new module takes a side


def test_the_registry_names_backends_by_string() -> None:
    source = (ROOT / "_registry.py").read_text(encoding="utf-8")
    texts = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    named = {text for text in texts if str(text).startswith("dsadapter._backends.")}
    modules = {"legacy_openai", "modern_openai", "raw_requests"}
    assert named == {f"dsadapter._backends.{name}" for name in modules}
    assert {f"_backends/{name}.py" for name in modules} <= set(FILES)


def test_every_command_has_its_module() -> None:
    from dsadapter.__main__ import COMMANDS

    assert {row[0].split(".")[0] for row in COMMANDS.values()} == {"dsadapter"}
    assert {"chat", "models", "balance", "doctor", "explain", "run", "emulator"} <= set(COMMANDS)
