"""English sentences, recognised and said in Chinese."""

from __future__ import annotations

import pytest

from dsadapter._texts.matching import translated
from dsadapter._texts.text import Text

ROWS = (
    Text("{a} and {a!r} of {place}", "{place}：{a}"),
    Text("It is 1+1 (or {n}).", "是 {n}。"),
)
FIELDS = {"place": (Text("the {x}", "这个 {x}"),)}


@pytest.mark.parametrize(
    ("sentence", "chinese"),
    [
        ("b and b of the house", "这个 house：b"),
        ("b and c of the house", "b and c of the house"),
        ("It is 1+1 (or 3).", "是 3。"),
        ("It is 1+1 (or the 3).", "是 the 3。"),
        ("It is 11 (or 3).", "It is 11 (or 3)."),
        ("It is 1+1 (or 3). Yes", "It is 1+1 (or 3). Yes"),
        ("line\nand line\nand of the x", "line\nand line\nand of the x"),
        ("", ""),
    ],
)
def test_a_row_that_fits_says_it(sentence: str, chinese: str) -> None:
    assert translated(sentence, "zh", ROWS, FIELDS) == chinese
    assert translated(sentence, "en", ROWS, FIELDS) == sentence
