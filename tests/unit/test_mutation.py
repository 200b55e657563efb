"""The mutants that tests/mutation tries: the same each time, each a change, none of them broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def checkout_on_the_path(monkeypatch: Any) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def test_each_named_mutant_still_has_its_text() -> None:
    """Where code has moved, its row in tests/mutation/named.py moves with it."""
    from tests.mutation.named import MUTANTS, named

    mutants = named(ROOT)
    assert len(mutants) == len(MUTANTS)
    for mutant in mutants:
        compile(mutant.source, mutant.path, "exec")
        assert mutant.source != (ROOT / mutant.path).read_text(encoding="utf-8")
        assert all((ROOT / test).exists() for test in mutant.tests)


@pytest.mark.parametrize(("text", "times"), [("nothing like this", 0), ("import", 2)])
def test_a_named_mutant_without_its_text_says_so(tmp_path: Path, text: str, times: int) -> None:
    from tests.mutation.named import _mutant

    (tmp_path / "dsadapter").mkdir()
    (tmp_path / "dsadapter" / "file.py").write_text("import os\nimport sys\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"what: '{text}' stands {times} times"):
        _mutant(tmp_path, "what", "file.py", text, "pass")


SOURCE = """def halves(numbers: list[int]) -> list[int]:
    log.debug("%s", numbers and 1)
    numbers.sort()
    return [number // 2 for number in numbers if number > 1]
"""


def test_the_sample_is_the_same_for_the_same_tree_and_seed(tmp_path: Path) -> None:
    pytest.importorskip("cosmic_ray", reason="the mutants are cosmic-ray's")
    from tests.mutation.mutants import sample

    for folder in ("dsadapter/_call", "tests/unit/_call"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("dsadapter/_call/half.py", "dsadapter/_call/untested.py"):
        (tmp_path / file).write_text(SOURCE, encoding="utf-8")
    (tmp_path / "tests/unit/_call/test_half.py").write_text("", encoding="utf-8")
    mutants = sample(tmp_path, 500, 1)
    assert mutants == sample(tmp_path, 500, 1)
    assert mutants != sample(tmp_path, 500, 2)
    assert {mutant.path for mutant in mutants} == {"dsadapter/_call/half.py"}
    assert {mutant.line for mutant in mutants} == {3, 4}  # neither annotations nor log lines
    assert all(mutant.source != SOURCE for mutant in mutants)
