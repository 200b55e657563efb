"""Result files made up for tests: valid ones, of three Pythons for each SDK."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

from compat_matrix.capabilities import CAPABILITIES
from compat_matrix.product import BY_NAME, OPTIONAL_PYTHONS, REQUIRED, Sdk
from compat_matrix.results import SUITES

PASS = {"outcome": "pass", "text": "", "seconds": 0.1}
NAME = "py38-openai1.0.0"
SOURCE = "0" * 64


def least(sdk: Sdk) -> Tuple[str, ...]:
    """The lowest, a middle and the newest Python of an SDK."""
    pythons = [python for python in sdk.pythons if python not in OPTIONAL_PYTHONS]
    return tuple(dict.fromkeys((pythons[0], pythons[len(pythons) // 2], pythons[-1])))


FILLED = tuple(row for row in REQUIRED if row.python in least(row.sdk))


def failed(text: str) -> Dict[str, Any]:
    return {"outcome": "fail", "text": text, "seconds": 0.1}


def sample(name: str) -> Dict[str, Any]:
    """A result in which everything passed."""
    environment = BY_NAME[name]
    every = {row.id: PASS for row in CAPABILITIES}
    return copy.deepcopy(
        {
            "schema": 2,
            "environment": name,
            "adapter": "1.2.3",
            "source": SOURCE,
            "commit": "c" * 40,
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
    """A folder with the lowest, a middle and the newest Python of each SDK."""
    folder.mkdir(exist_ok=True)
    for row in FILLED:
        write(folder, sample(row.name))
    return folder


def change(folder: Path, edit: Callable[[Dict[str, Any]], Any], name: str = NAME) -> None:
    path = folder / f"{name}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    edit(data)
    write(folder, data, name)
