"""The Chinese pages say what the English ones say; both are short, and Chinese is Chinese."""

from __future__ import annotations

import re
from pathlib import Path
from typing import List

import pytest
from pages import (
    CHINESE,
    CHINESE_DOCS,
    DOCS,
    ENGLISH,
    PAGES,
    blocks,
    code,
    every_twin,
    headings,
    name_of,
    prose,
    read,
)

WORDS, CHARACTERS = 1300, 2600  # of the READMEs
CHARACTERS_WITH_CODE = 4000
ONLY_ENGLISH = "All faults"  # a section at the end of its page


@every_twin
def test_the_pages_show_the_same_code(english: Path, chinese: Path) -> None:
    """The blocks of the English page stand in the Chinese one, in order, comments aside."""
    theirs = iter([code(block) for block in blocks(chinese)])
    for block in blocks(english):
        if block.language != "console":
            assert code(block) in theirs, block.text


@every_twin
def test_the_pages_have_the_same_sections(english: Path, chinese: Path) -> None:
    marks = [level for level, title in headings(english) if title != ONLY_ENGLISH]
    assert [level for level, _ in headings(chinese)] == marks


@every_twin
def test_the_pages_have_the_same_tables(english: Path, chinese: Path) -> None:
    """Each row begins with the same names, where it begins with names."""
    assert names(chinese) == names(english)


def names(path: Path) -> List[str]:
    """The first cells that are nothing but code, perhaps in a link."""
    text = prose(path).partition(f"## {ONLY_ENGLISH}")[0].replace("、", ", ")
    return re.findall(r"^\| \[?(`[^`]+`(?:, `[^`]+`)*)(?:\]\([^)]*\))? \|", text, re.M)


def test_four_subjects_have_twins_at_least() -> None:
    subjects = {"index.md", "install.md", "settings.md", "doctor.md", "run.md"}
    assert subjects <= {path.name for path in CHINESE_DOCS.glob("*.md")}
    assert subjects <= {path.name for path in DOCS.glob("*.md")}


def test_the_readmes_are_one_screen_long() -> None:
    """Characters of the Chinese one are counted without its code, which is the English one's."""
    assert len(read(ENGLISH).split()) <= WORDS
    assert len(prose(CHINESE)) <= CHARACTERS
    assert len(read(CHINESE)) <= CHARACTERS_WITH_CODE


@pytest.mark.parametrize(
    "path", [p for p in PAGES if p.parent.name == "zh"] + [CHINESE], ids=name_of
)
def test_chinese_has_chinese_punctuation(path: Path) -> None:
    """Between Chinese characters no half-width comma, full stop, colon, semicolon or bracket."""
    text = re.sub(r"`[^`\n]*`|\]\([^)]*\)", "", prose(path))
    character = "[\u4e00-\u9fff]"
    assert re.findall(rf"{character}[,.:;!?(]|[,:;!?)]{character}", text) == []
