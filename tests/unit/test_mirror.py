"""Each file of the core has its tests where a reader looks for them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dsadapter

ROOT = Path(str(dsadapter.__file__)).parent
TESTS = Path(__file__).parent
ROOMS = ("_backends", "_call", "_client", "_errors", "_repairs", "_response", "_settings")
# Files that are tested as a whole, beside the SDK that they need or the checker that reads them.
ELSEWHERE = {
    "_backends/base.py": "unit/_backends/test_typed_seam.py",
    "_client/raw_types.py": "typing/test_programs.py",
    "_backends/legacy_openai.py": "test_contract.py",
    "_backends/modern_openai.py": "test_contract.py",
    "_distribution.py": "test_distribution.py",
    "_search_path.py": "faults/test_working_directory.py",
    "_version.py": "unit/test_public_api.py",
}


def has_logic(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(not isinstance(node, ast.Expr) for node in tree.body)


FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("_*.py", *(f"{room}/**/*.py" for room in ROOMS))
    for path in ROOT.glob(pattern)
    if path.name not in ("__init__.py", "__main__.py") and has_logic(path)
)


@pytest.mark.parametrize("file", FILES)
def test_a_file_has_its_tests(file: str) -> None:
    folder, _, name = file.rpartition("/")
    here = TESTS / folder / f"test_{name.lstrip('_')}"
    assert file in ELSEWHERE or here.exists()
    assert not (file in ELSEWHERE and here.exists())


@pytest.mark.parametrize("file", ELSEWHERE)
def test_what_is_tested_elsewhere_exists(file: str) -> None:
    assert file in FILES
    assert (TESTS.parent / ELSEWHERE[file]).exists()
