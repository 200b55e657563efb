"""``explain`` over a corpus: how often it is right, and that it is never wrong and certain."""

from __future__ import annotations

import re
from typing import Dict, List, NamedTuple, Tuple

import pytest
from doctor_machines import machine
from error_texts import FRAMES, VENDORS, Case
from error_texts_fresh import FRESH
from error_texts_local import INSTALL, NETWORK, PROGRAM, SHAPES, UNKNOWN
from error_texts_printed import PRINTED
from error_texts_reported import REPORTED

from dsadapter._doctor import explain_match
from dsadapter._doctor.explain import ROWS
from dsadapter._doctor.explain.clues import clues
from dsadapter._doctor.explain.row import CERTAIN

WRITTEN = [*FRAMES, *VENDORS, *INSTALL, *NETWORK, *PROGRAM, *SHAPES, *UNKNOWN, *FRESH, *PRINTED]
CASES = [*WRITTEN, *REPORTED]


class Answer(NamedTuple):
    row: str = ""
    sure: str = ""
    vendor: str = ""


def answer(case: Case, generation: str = "3.54.0") -> Answer:
    found = explain_match.matches(explain_match.clean(case.text), machine(generation))
    return Answer(found[0].row.id, found[0].sure, found[0].vendor) if found else Answer()


def right(case: Case, got: Answer) -> bool:
    return got.row == case.row and (not case.vendor or got.vendor == case.vendor)


def told(case: Case, got: Answer) -> str:
    return f"{got} for {case.row} {case.vendor}: {case.text[-200:]}"


@pytest.mark.parametrize("generation", ["none", "0.28.1", "1.109.1", "3.54.0"])
def test_rates(generation: str) -> None:
    """90 % right, none wrong and certain, at most 2 % wrong; on every SDK."""
    answers: Dict[Case, Answer] = {case: answer(case, generation) for case in CASES}
    wrong = [case for case, got in answers.items() if got.row and not right(case, got)]
    sure = [case for case in wrong if answers[case].sure == CERTAIN]
    assert len(answers) >= 200
    assert not sure, [told(case, answers[case]) for case in sure]
    assert len(wrong) <= len(CASES) * 0.02, [told(case, answers[case]) for case in wrong]
    correct = [case for case, got in answers.items() if right(case, got)]
    print(f"{len(correct)} of {len(CASES)} right, {len(wrong)} wrong, {len(sure)} of them certain")
    assert len(correct) >= len(CASES) * 0.9


@pytest.mark.parametrize("generation", ["none", "0.28.1", "3.54.0"])
@pytest.mark.parametrize("case", REPORTED, ids=[f"{n}-{c.row}" for n, c in enumerate(REPORTED)])
def test_what_was_reported_stays_mended(case: Case, generation: str) -> None:
    got = answer(case, generation)
    assert right(case, got), told(case, got)
    assert case.certain or got.sure != CERTAIN


def test_certain_needs_a_frame_or_an_exact_text() -> None:
    bold: List[str] = []
    for case in CASES:
        got = answer(case)
        if got.sure == CERTAIN and not case.certain:
            bold.append(told(case, got))
    assert not bold


def test_no_pattern_is_passed_over_that_fits() -> None:
    """What spares the compiling of a pattern never spares one that matches."""
    text = "\n".join(explain_match.clean(case.text) for case in CASES)
    lines = [*text.splitlines(), *(explain_match.clean(case.text) for case in CASES)]
    for row in ROWS:
        words = clues(row.pattern)
        matching = [line for line in lines if re.search(row.pattern, line, re.M)]
        assert all(not words or any(word in line for word in words) for line in matching), row.id


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"abcd|efgh", ("abcd", "efgh")),
        (r"abcd|[ef]", ()),
        (r"abcde?", ("abcd",)),
        (r"(?:abc|def)x?", ("abc", "def")),
        (r"(?:abc)?defg", ("defg",)),
        (r"(?!abcd)[^)]ef", ()),
        (r"(?P<name>ab) cde", ("cde",)),
        (r"\babc\.d\d", ("abc.d",)),
    ],
)
def test_words_without_which_a_pattern_cannot_match(pattern: str, words: Tuple[str, ...]) -> None:
    assert clues(pattern) == words
