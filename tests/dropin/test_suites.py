"""The contract and the idioms once more, on the module ``openai`` of install() and of run."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List

import pytest

TESTS = Path(__file__).parents[1]
INSTALL = (
    "import sys, dsadapter, pytest; dsadapter.install(modern='adapter'); "
    "sys.exit(pytest.main(sys.argv[1:]))"
)
WAYS = {
    "run": ["-m", "dsadapter", "run", "--modern", "adapter", "-m", "pytest"],
    "install": ["-c", INSTALL],
}
CONTRACT, IDIOMS = str(TESTS / "test_contract.py"), str(TESTS / "legacy" / "test_idioms.py")
SUITES = [  # the modern face is the same class in both: one of them runs it
    ("install", [CONTRACT]),
    ("run", [CONTRACT, "-k", "legacy-sync or legacy-async"]),
    ("install", [IDIOMS]),
    ("run", [IDIOMS]),
]


@pytest.mark.parametrize(("way", "suite"), SUITES)
def test_with_the_module_that_the_program_gets(python: Any, way: str, suite: List[str]) -> None:
    flags = ["-q", "-x", "--no-header", "--tb=short", "-p", "no:cacheprovider"]
    result = python(*WAYS[way], *flags, *suite, timeout=300, DSADAPTER_TEST_OPENAI="present")
    assert result.code == 0, result.out[-3000:] + result.err[-3000:]
    assert " passed" in result.out
