"""Result files made up for tests: valid ones of every environment that a page asks for."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Callable, Dict

from compat_matrix.capabilities import CAPABILITIES
from compat_matrix.product import BY_NAME, REQUIRED
from compat_matrix.results import SUITES

from dsadapter import __version__

PASS = {"outcome": "pass", "text": "", "seconds": 0.1}
NAME = "py38-openai1.0.0"


def failed(text: str) -> Dict[str, Any]:
    return {"outcome": "fail", "text": text, "seconds": 0.1}


def sample(name: str) -> Dict[str, Any]:
    """A result in which everything passed."""
    environment = BY_NAME[name]
    every = {row.id: PASS for row in CAPABILITIES}
    return copy.deepcopy(
        {
            "schema": 1,
            "environment": name,
            "adapter": __version__,
            "source": "0" * 64,
            "started": "2026-01-02T03:04:05Z",
            "seconds": 1.5,
            "command": f"tox run -e {name}",
            "python": {
                "version": environment.python + ".1",
                "implementation": "CPython",
                "platform": "Linux x86_64",
            },
            "versions": {"openai": "1.2.3"},
            "backend": environment.sdk.backend,
            "native": every,
            "dsadapter": every,
            "tests": {suite: {"passed": 5, "failed": 0, "skipped": 1} for suite in SUITES},
            "failures": {},
            "skips": {"not here": 4},
        }
    )


def write(folder: Path, data: Dict[str, Any], name: str = "") -> Path:
    path = folder / f"{name or data['environment']}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def fill(folder: Path) -> Path:
    """A folder with all that a page asks for."""
    folder.mkdir(exist_ok=True)
    for row in REQUIRED:
        write(folder, sample(row.name))
    return folder


def change(folder: Path, edit: Callable[[Dict[str, Any]], Any], name: str = NAME) -> None:
    path = folder / f"{name}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    edit(data)
    write(folder, data, name)
