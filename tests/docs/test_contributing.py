"""CONTRIBUTING.md is true: its paths exist, its order is that of the layout test."""

from __future__ import annotations

import re
from typing import List

import pytest
from pages import CONTRIBUTING, ROOT, generate, prose

SECTIONS = dict(re.findall(r"^## (.*)\n((?:(?!^## ).*\n)+)", prose(CONTRIBUTING), re.M))
MAP = [
    re.split(r"(?<!\\)\|", line)[1:-1]
    for line in re.findall(r"^\| .*$", SECTIONS["What to change where"], re.M)[1:]
]


def paths(text: str) -> List[str]:
    """Everything in backticks that is a path; ``test_x.py`` stands beside the one before it."""
    written = re.findall(r"`([\w.-]*/[\w./-]*|\w+\.py)`", text)
    whole: List[str] = []
    for path in written:
        whole.append(path if "/" in path else f"{whole[-1].rpartition('/')[0]}/{path}")
    return whole


@pytest.mark.parametrize("path", sorted(set(paths(prose(CONTRIBUTING)))))
def test_a_path_exists(path: str) -> None:
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == (path.endswith("/") or path == "tests/unit")


@pytest.mark.parametrize("row", MAP, ids=[row[0].strip() for row in MAP])
def test_a_row_names_a_test(row: List[str]) -> None:
    assert [path for path in paths(row[2]) if path.startswith("tests/")]


def test_the_map_leads_to_every_folder() -> None:
    inside = re.compile(r"dsadapter/(\w+)/")
    named = {match[1] for row in MAP for match in map(inside.match, paths(row[1])) if match}
    unnamed = {"_source"}  # read by the doctor; nothing in it is a row of a table
    assert {name for level in generate.order() for name in level} == named | unnamed


def test_the_order_is_that_of_the_layout() -> None:
    line = next(x for x in SECTIONS["The folders"].splitlines() if " > " in x)
    levels = [tuple(re.findall(r"`(\w+)`", level)) for level in line.split(" > ")]
    assert levels == generate.order()
