"""Each backend and each reply fits the seam; mypy says so, and says so of a wrong one."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

import pytest

import dsadapter

pytestmark = pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed here")

PACKAGE = Path(str(dsadapter.__file__)).parent
ROOT = PACKAGE.parent
HEAD = "from __future__ import annotations\nfrom typing import Any, AsyncGenerator, Iterator\n"
HEAD += "from dsadapter._backends import base\nfrom dsadapter._headers import Headers\n"


def implementations() -> Iterator[Tuple[str, str, str]]:
    """(module, class, protocol) of every backend and reply."""
    for path in sorted((PACKAGE / "_backends").rglob("*.py")):
        if path.name == "base.py":
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith(("Backend", "Reply")):
                if node.name.startswith("_"):  # a base of others
                    continue
                kind = "Backend" if node.name.endswith("Backend") else "Reply"
                is_async = any(isinstance(method, ast.AsyncFunctionDef) for method in node.body)
                yield module, node.name, f"{'Async' if is_async else 'Sync'}{kind}"


def program() -> str:
    lines = [HEAD]
    for number, (module, cls, protocol) in enumerate(implementations()):
        lines.append(f"import {module}")
        lines.append(f"def f{number}(value: {module}.{cls}) -> base.{protocol}: return value")
    return "\n".join(lines) + "\n"


BACKEND = """
class {name}:
    {attributes}
    {async_}def send(self, op: base.Operation) -> base.{side}Reply: ...
    {async_}def close(self) -> None: ...
"""
REPLY = """
class {name}:
    status: int
    headers: {headers}
    content_encoding: str
    {async_}def chunks(self) -> {chunks}: ...
    {async_close}def close(self) -> None: ...
    def abort(self) -> None: ...
"""
FIELDS = "name: str = 'x'\n    per_thread: bool = False\n    pool_size: float = 1"
Fields = Dict[str, Any]
BACKENDS: Dict[str, Fields] = {
    "right": {"attributes": FIELDS, "async_": "", "side": "Sync"},
    "without per_thread": {"attributes": "name: str = 'x'", "async_": "", "side": "Sync"},
    "async in the place of sync": {"attributes": FIELDS, "async_": "async ", "side": "Async"},
    "the other side's reply": {"attributes": FIELDS, "async_": "", "side": "Async"},
}
REPLIES: Dict[str, Fields] = {
    "right": {},
    "headers of a library": {"headers": "dict[str, str]"},
    "text instead of bytes": {"chunks": "Iterator[str]"},
    "async chunks": {"chunks": "AsyncGenerator[bytes, None]"},
    "async close": {"async_close": "async "},
}
USUAL = {"headers": "Headers", "async_": "", "async_close": "", "chunks": "Iterator[bytes]"}


def wrong_program() -> Tuple[str, List[int]]:
    """The rows above as classes, and the lines that mypy must refuse."""
    text, refused = HEAD, []
    rows = [(BACKEND, name, fields, "SyncBackend") for name, fields in BACKENDS.items()]
    rows += [(REPLY, name, {**USUAL, **fields}, "SyncReply") for name, fields in REPLIES.items()]
    for number, (template, name, fields, protocol) in enumerate(rows):
        text += template.format(name=f"C{number}", **fields)
        text += f"def f{number}(value: C{number}) -> base.{protocol}: return value\n"
        if name != "right":
            refused.append(text.count("\n"))
    return text, refused


@pytest.fixture(scope="module")
def errors(tmp_path_factory: Any) -> Dict[str, List[int]]:
    """The lines of each program in which mypy finds a value that does not fit."""
    folder = tmp_path_factory.mktemp("seam")
    (folder / "right_seam.py").write_text(program(), encoding="utf-8")
    (folder / "wrong_seam.py").write_text(wrong_program()[0], encoding="utf-8")
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary"]
    options += ["--cache-dir", str(folder / "cache"), "--disable-error-code", "empty-body"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *map(str, sorted(folder.glob("*.py")))],
        cwd=str(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
    )
    lines: Dict[str, List[int]] = {"right_seam.py": [], "wrong_seam.py": []}
    for line in done.stdout.splitlines():
        place, _, message = line.partition(": error: ")
        if message:
            name, number = place.rsplit(":", 1)
            lines.setdefault(Path(name).name, []).append(int(number))
    assert done.returncode in (0, 1), done.stdout
    return lines


def test_every_backend_and_reply_is_asked_about() -> None:
    protocols = [protocol for _, _, protocol in implementations()]
    for protocol in ("SyncBackend", "AsyncBackend", "SyncReply", "AsyncReply"):
        assert protocols.count(protocol) >= 2


def test_each_backend_and_reply_fits_the_seam(errors: Any) -> None:
    assert {name for name, lines in errors.items() if lines} == {"wrong_seam.py"}


def test_what_does_not_fit_is_refused(errors: Any) -> None:
    assert errors["wrong_seam.py"] == wrong_program()[1]
