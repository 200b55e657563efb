"""A job survives kill -9: every row once in the output, few of them sent twice, and counted."""

from __future__ import annotations

import os

import pytest
from kills import comparable, survive, undisturbed

ROWS, KILLS = 200, 3


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_it_survives() -> None:
    result = survive(ROWS, KILLS, seed=7)
    assert (result["exit"], result["done"], result["kills"]) == (0, ROWS, KILLS)
    assert comparable("out.jsonl") == undisturbed(ROWS)
    assert 0 <= result["resent"] <= result["allowed"]
    assert result["resent"] <= result["counted as maybe twice"]
