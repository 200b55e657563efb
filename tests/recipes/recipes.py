"""What the tests of the recipes share: the files, their text, fresh processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Dict, List

import dsadapter

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "examples" / "recipes"
PAGES = [ROOT / "docs" / "recipes.md", ROOT / "docs" / "zh" / "recipes.md"]


def texts() -> Dict[str, List[str]]:
    """File name -> what of it stands on the page: the whole file, or a notebook's cells."""
    return {
        path.name: cells() if path.suffix == ".ipynb" else [path.read_text(encoding="utf-8")]
        for path in sorted(RECIPES.iterdir())
        if path.is_file()
    }


def cells() -> List[str]:
    """The notebook's code, cell by cell."""
    book = json.loads((RECIPES / "notebook.ipynb").read_text(encoding="utf-8"))
    return ["".join(c["source"]) + "\n" for c in book["cells"] if c["cell_type"] == "code"]


def load(name: str) -> Any:
    """A recipe as a module."""
    spec = spec_from_file_location(name, RECIPES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def environment(**variables: str) -> Dict[str, str]:
    """For a process in which the package under test is importable, in UTF-8."""
    root = str(Path(dsadapter.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8", **variables}


def run(*arguments: str, folder: Path = ROOT, **variables: str) -> str:
    """What this interpreter prints; it must end well."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=str(folder),
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    assert done.returncode == 0, out + err
    return out
