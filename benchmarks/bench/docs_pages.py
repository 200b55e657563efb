"""The table that stands in docs/benchmarks.md and its Chinese twin, between two marks."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, NamedTuple

from . import table
from .envs import REPOSITORY
from .results import Results
from .rows import BY_ID, ROWS, Row

BEGIN, END = "<!-- benchmarks/run.py writes from here -->\n", "<!-- to here -->"
COLUMNS = ("first", "call", "chunk", "memory", "streams-1000")


class Words(NamedTuple):
    file: str
    head: List[str]
    caption: str


WORDS = (
    Words(
        "docs/benchmarks.md",
        ["dsadapter", "against", "first answer", "call", "chunk", "memory", "1,000 streams"],
        "{date}, {cpu}, {cores} cores, {python}: {commands}.",
    ),
    Words(
        "docs/zh/benchmarks.md",
        ["dsadapter", "对比", "首个回答", "一次调用", "流的每块", "内存", "1,000 条并发流"],
        "{date}，{cpu}，{cores} 核，{python}：{commands}。",
    ),
)


def write(results: Results) -> List[Path]:
    """Put the medians of a whole run into the pages; gives the files that have the marks."""
    written = []
    for words in WORDS:
        path = REPOSITORY / words.file
        before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        if begin and end:
            text = f"{before}{begin}\n{_section(results, words)}\n{end}{after}"
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def _section(results: Results, words: Words) -> str:
    rows = [row for row in ROWS if row.native and row.id.endswith(":modern")]
    lines = table.markdown(words.head, [_line(results, row) for row in rows])
    abouts = [about for part, about in results.data["about"].items() if part.startswith("table")]
    commands = ", ".join(f"`{about['command']}`" for about in abouts)
    machine: Dict[str, str] = abouts[-1]["machine"]
    facts = {**machine, "date": machine["date"][:10], "commands": commands}
    return lines + "\n" + words.caption.format(**facts) + "\n"


def _line(results: Results, row: Row) -> List[str]:
    native = BY_ID[str(row.native)]
    ratios = (results.ratio(column, row.id, native.id) for column in COLUMNS)
    title = row.title.replace(", modern face", "")
    return [title, native.title.replace(" itself", ""), *map(table.times, ratios)]
