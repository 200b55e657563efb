"""What doctor prints beside openai 1.55.2 and httpx 0.28.1, as one of the quick tests has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import PAGES, blocks, installed_version, name_of, python, sdk

SHOWN = [
    pytest.param(block.text, id=name_of(path))
    for path in PAGES
    for block in blocks(path)
    if block.text.startswith("[✗]") and "conflict-httpx-proxies" in block.text
]


@pytest.fixture(autouse=True)
def pair() -> None:
    chosen = sdk()
    versions = (chosen and chosen.version, installed_version("httpx"))
    if versions != ("1.55.2", "0.28.1"):
        pytest.skip(f"the pages show openai 1.55.2 beside httpx 0.28.1, here is {versions}")


@pytest.mark.parametrize("shown", SHOWN)
def test_doctor_says_what_the_page_shows(shown: str, tmp_path: Path) -> None:
    lang = "en" if "Conflicts" in shown else "zh"
    done = python(["-m", "dsadapter", "doctor", "--lang", lang], tmp_path)
    printed = " ".join(done.out.split())
    proof, _, fixes = " ".join(shown.split()).partition(" fix: " if lang == "en" else " 修复：")
    assert proof in printed
    assert fixes.partition("pip install")[0] in printed
    assert all(part in printed for part in re.findall(r'"[^"]+"', fixes))  # pip itself may be uv


def test_the_selection_is_what_the_page_shows(tmp_path: Path) -> None:
    for path in (path for path in PAGES if path.name == "install.md"):
        rows = blocks(path)
        program = next(b for b in rows if b.language == "python" and "selection()" in b.text)
        done = python(["-c", program.text], tmp_path)
        assert done.out == rows[program.number + 1].text
