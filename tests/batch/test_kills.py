"""A job survives kill -9: every row once in the output, few of them sent twice, and counted."""

from __future__ import annotations

import os

import pytest
from kills import comparable, survive, undisturbed

from dsadapter.batch.state import State

ROWS, KILLS = 200, 3


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_it_survives() -> None:
    result = survive(ROWS, KILLS, seed=7)
    assert (result["exit"], result["done"], result["kills"]) == (0, ROWS, KILLS)
    assert comparable("out.jsonl") == undisturbed(ROWS)
    assert 0 <= result["resent"] <= result["allowed"]
    assert result["resent"] <= result["counted as maybe twice"]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_it_survives_with_each_commit_on_the_disk() -> None:
    result = survive(ROWS, 2, seed=3, options=["--durable"])
    assert (result["exit"], result["done"], result["kills"]) == (0, ROWS, 2)
    assert 0 <= result["resent"] <= min(result["allowed"], result["counted as maybe twice"])


@pytest.mark.parametrize(("durable", "level"), [(False, 1), (True, 2)])
def test_durable_waits_for_the_disk(durable: bool, level: int) -> None:
    state = State("out.jsonl.state", for_run=True, durable=durable)
    assert state._db.execute("pragma synchronous").fetchone() == (level,)  # normal, full
    assert state._db.execute("pragma journal_mode").fetchone() == ("wal",)
    state.close()
