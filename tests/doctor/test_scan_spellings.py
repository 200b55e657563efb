"""How much of what is wrong the scan finds, and that it finds nothing in healthy code."""

from __future__ import annotations

from typing import List, Set

import pytest
from doctor_machines import machine
from scan_spellings import FAULTY, HEALTHY, Spelling
from scan_spellings_fresh import FAULTY_FRESH, HEALTHY_FRESH
from scan_spellings_third import FAULTY_THIRD, HEALTHY_THIRD

from dsadapter._doctor import scan

RECALL = 0.95


def lines_of(spelling: Spelling) -> Set[int]:
    """The lines at which the rule finds something; the marks are taken out first."""
    s = machine(spelling.sdk)
    code = spelling.code.replace("#!", "")
    summary = scan.examine("app.py", code, scan.target(s))
    return {hit.line for hit in summary.hits if hit.rule == spelling.rule}


def marked(spelling: Spelling) -> Set[int]:
    rows = enumerate(spelling.code.splitlines(), 1)
    return {number for number, line in rows if line.endswith("#!")}


def is_missed(spelling: Spelling) -> bool:
    return not marked(spelling) <= lines_of(spelling) or not lines_of(spelling)


def test_recall() -> None:
    for faulty in (FAULTY, FAULTY_FRESH, FAULTY_THIRD):
        missed: List[Spelling] = [spelling for spelling in faulty if is_missed(spelling)]
        print(f"{len(faulty) - len(missed)} of {len(faulty)} found")
        assert len(missed) <= (1 - RECALL) * len(faulty), missed
    assert len(FAULTY) >= 150


@pytest.mark.parametrize(
    "spelling", [*HEALTHY, *HEALTHY_FRESH, *HEALTHY_THIRD], ids=lambda s: s.code[:50]
)
def test_healthy_code_is_left_alone(spelling: Spelling) -> None:
    summary = scan.examine("app.py", spelling.code, scan.target(machine(spelling.sdk)))
    assert [(hit.rule, hit.line) for hit in summary.hits] == []
