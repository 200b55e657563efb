"""The pages: which there are, their blocks, tables, headings and links."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Iterator, List, NamedTuple, Tuple

import pytest

# The code's tables that the pages are compared with: these tests name no private module elsewhere.
from dsadapter.__main__ import COMMANDS as COMMANDS
from dsadapter._backends.detection import installed_version as installed_version
from dsadapter._backends.detection import sdk as sdk
from dsadapter._client.not_offered import WITHOUT_METHODS as WITHOUT_METHODS
from dsadapter._client.offered_resources import RESOURCES as RESOURCES
from dsadapter._errors.statuses import class_for_status as class_for_status
from dsadapter._settings.providers import PRESETS as PRESETS
from dsadapter._settings.table import OFFLINE_URL as OFFLINE_URL
from dsadapter._settings.table import SETTINGS as SETTINGS
from dsadapter._settings.table import TRUST_HOSTS as TRUST_HOSTS
from dsadapter._settings.values import DEFAULT_RETRIES as DEFAULT_RETRIES

ROOT = Path(__file__).resolve().parents[2]
DOCS, CHINESE_DOCS = ROOT / "docs", ROOT / "docs" / "zh"
sys.path[:0] = [str(ROOT / "tests" / "guide"), str(DOCS)]
import generate as generate  # noqa: E402
from processes import plugin_arguments as plugin_arguments  # noqa: E402
from processes import python as python  # noqa: E402

ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
OTHERS = [
    ROOT / "compat_matrix.md",
    ROOT / "compat_matrix.zh.md",
    ROOT / "CHANGELOG.md",
    ROOT / "benchmarks" / "README.md",
]
ONLY_CHINESE = {"guide.md"}
PAGES = [
    ENGLISH,
    CONTRIBUTING,
    *sorted(DOCS.glob("*.md")),
    CHINESE,
    *sorted(CHINESE_DOCS.glob("*.md")),
]
TWINS = [(ENGLISH, CHINESE)] + [
    (DOCS / path.name, path)
    for path in sorted(CHINESE_DOCS.glob("*.md"))
    if path.name not in ONLY_CHINESE
]


def name_of(path: Path) -> str:
    """``docs/zh/run.md``"""
    return path.relative_to(ROOT).as_posix()


def languages(name: str) -> Any:
    """A test of the page ``name`` in both languages; its argument is ``path``."""
    paths = [DOCS / name, CHINESE_DOCS / name]
    return pytest.mark.parametrize("path", paths, ids=name_of)


every_page = pytest.mark.parametrize("path", PAGES, ids=name_of)
every_twin = pytest.mark.parametrize(("english", "chinese"), TWINS, ids=name_of)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Block(NamedTuple):
    """A fenced block."""

    page: str
    number: int
    language: str
    text: str
    output: str  # of the ```text block right behind it, or ""


def blocks(path: Path) -> List[Block]:
    """The fenced blocks of a page, in order."""
    text = read(path)
    fences = list(re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S))
    rows = []
    for i, match in enumerate(fences):
        after = fences[i + 1] if i + 1 < len(fences) else None
        shown = after and after[1] == "text" and not text[match.end() : after.start()].strip()
        output = after[2] if after and shown else ""
        rows.append(Block(name_of(path), i, match[1], match[2], output))
    return rows


def every_block(language: str = "") -> Iterator[Block]:
    """The blocks of all pages, of one language if it is named."""
    for path in PAGES:
        yield from (b for b in blocks(path) if language in ("", b.language))


def code(block: Block) -> Tuple[str, str]:
    """A block without its comments, which the pages have in their own languages."""
    return block.language, re.sub(r"(^|\s+)# .*$", "", block.text, flags=re.M)


def prose(path: Path) -> str:
    """A page without its blocks."""
    return re.sub(r"^```.*?^```$", "", read(path), flags=re.M | re.S)


def headings(path: Path) -> List[Tuple[str, str]]:
    """``("##", "Upgrade")``, in order."""
    return re.findall(r"^(#+) (.*)$", prose(path), re.M)


def anchors(path: Path) -> List[str]:
    """The anchors of a page's headings, as code forges and Sphinx make them."""
    titles = (re.sub(r"[`*]|\]\([^)]*\)", "", title).lower() for _, title in headings(path))
    return [re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles]


def links(path: Path) -> List[Tuple[str, str]]:
    """File and anchor of each link that stays in the repository; either may be ""."""
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(path))
    return [
        (file, anchor)
        for target in targets
        if "://" not in target
        for file, _, anchor in [target.partition("#")]
    ]


def table(path: Path, key: str) -> List[List[str]]:
    """The rows of the table that has ``key`` in its first column; cells without backticks, links
    as their text."""
    for lines in re.findall(r"(?:^\|.*\n)+", read(path), re.M):
        rows = [
            re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in lines.strip().split("\n")[2:]
        ]
        rows = [[unmarked(cell) for cell in row] for row in rows]
        if any(row[0] == key for row in rows):
            return rows
    raise AssertionError(f"{name_of(path)} has no table with {key!r}")


def unmarked(cell: str) -> str:
    """A cell without backticks, its link as text."""
    return re.sub(r"\[(`[^`]*`|[^]]*)\]\([^)]*\)", r"\1", cell.strip()).replace("`", "")


def words(cell: str) -> Tuple[str, ...]:
    """The names of a cell."""
    return tuple(cell.split(", ")) if cell else ()
