"""Links lead somewhere, every page can be reached, and llms.txt lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import (
    CHINESE,
    CHINESE_DOCS,
    DOCS,
    ENGLISH,
    OTHERS,
    PAGES,
    ROOT,
    anchors,
    links,
    name_of,
    read,
)


@pytest.mark.parametrize("path", [*PAGES, *OTHERS], ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for file, anchor in links(path):
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), file
        if anchor:
            assert anchor in anchors(target), f"{file}#{anchor}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_the_pages_name_no_place_of_their_writer(path: Path) -> None:
    assert not re.search(r"/(tmp|home|root|work|Users)/", read(path))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_two_headings_have_one_anchor(path: Path) -> None:
    assert len(set(anchors(path))) == len(anchors(path))


@pytest.mark.parametrize(
    ("index", "folder"),
    [(ENGLISH, DOCS), (DOCS / "index.md", DOCS), (CHINESE_DOCS / "index.md", CHINESE_DOCS)],
    ids=["README", "index", "zh"],
)
def test_an_index_leads_to_every_page(index: Path, folder: Path) -> None:
    linked = {(index.parent / file).resolve() for file, _ in links(index) if file}
    assert set(folder.glob("*.md")) - {index} <= linked


def test_the_chinese_readme_leads_to_the_chinese_pages() -> None:
    linked = {(ROOT / file).resolve() for file, _ in links(CHINESE)}
    assert set(CHINESE_DOCS.glob("*.md")) <= linked
    english = {path.name for path in linked if path.parent == DOCS}
    assert english & {path.name for path in CHINESE_DOCS.glob("*.md")} == set()


# --- llms.txt ------------------------------------------------------------------------------------


def test_llms_txt_has_the_form() -> None:
    """https://llmstxt.org: a title, a quoted summary, lists of links with a sentence each."""
    lines = read(ROOT / "llms.txt").splitlines()
    assert re.match(r"# \S", lines[0])
    assert re.match(r"> \S", lines[2])
    for line in filter(None, lines[3:]):
        assert re.match(r"## \S|- \[[^]]+\]\([^)]+\): \S", line), line


def test_llms_txt_lists_the_pages() -> None:
    listed = [ROOT / file for file, _ in links(ROOT / "llms.txt")]
    assert len(set(listed)) == len(listed)
    assert [path for path in listed if not path.is_file()] == []
    assert set(DOCS.glob("*.md")) - {DOCS / "index.md"} <= set(listed)
