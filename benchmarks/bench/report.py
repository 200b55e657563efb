"""A results file as pages for people: ``table.md`` and the charts."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List, Tuple

from . import svg, table
from .parts import RATE
from .results import Results
from .rows import BY_ID, NEWEST, ROWS, Row

OURS, NATIVE, OTHER = "#1f6feb", "#cf222e", "#8c959f"


def render(results: Results, folder: Path) -> List[Path]:
    """Write every page there are numbers for."""
    pages = {"table.md": _page(results)}
    if results.columns:
        pages["chart.svg"] = svg.bars(_bar_groups(results))
        pages["concurrency.svg"] = svg.lines(_concurrency(results))
    if results.points("scale"):
        pages["scale.svg"] = svg.lines(_scale(results))
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


def _page(results: Results) -> str:
    parts = ["# Measured\n", _about(results)]
    if results.columns:
        parts += [
            "## Against what it stands in for\n\n"
            "Smaller is better, except for the rates on the right (chunks/s).\n",
            table.against_native(results),
            f"## Against openai {NEWEST} itself\n",
            table.against_newest(results),
            "## In numbers\n\nMedians; every single number is in `results.json`.\n",
            table.absolute(results),
            table.absences(results),
        ]
    if results.points("scale"):
        parts += [
            "## Against the length of a stream\n\nCPU per chunk; by how much the peak of "
            "memory rose.\n",
            table.scale(results),
        ]
    if results.points("answers"):
        parts += ["## A whole answer or a stream\n\nFrom a server that costs nothing.\n"]
        parts += [table.answers(results, 0)]
        parts += [f"From a server that writes {RATE:,} bytes of text a second.\n"]
        parts += [table.answers(results, RATE)]
    if results.columns:
        parts += ["## The contract's figures\n", table.contract(results)]
    return "\n".join(part for part in parts if part)


def _about(results: Results) -> str:
    seen: Dict[str, List[str]] = {}
    for part, about in results.data.get("about", {}).items():
        machine = about["machine"]
        text = (
            f"{machine['date']}, {machine['cpu']}, {machine['cores']} cores, {machine['system']}, "
            f"{machine['python']}; load {machine['load_before'][:1]} before and "
            f"{machine['load_after'][:1]} after; sources {about['source']}; `{about['command']}`"
        )
        seen.setdefault(text, []).append(part)
    return "".join(f"- {', '.join(parts)}: {text}\n" for text, parts in seen.items())


# --- charts --------------------------------------------------------------------------------------


def _colour(row: Row) -> str:
    return OURS if row.is_adapter else NATIVE if row.id.startswith("sdk") else OTHER


def _bar_groups(results: Results) -> List[Tuple[str, List[svg.Bar]]]:
    groups = []
    for column in results.columns:
        if column["id"] in ("first", "call", "chunk", "streams-1000"):
            bars = [_bar(results, column, row) for row in ROWS]
            better = " (more is better)" if column["more_is_better"] else ""
            title = f"{column['title']}, {column['unit']}{better}"
            groups.append((title, [bar for bar in bars if bar is not None]))
    return groups


def _bar(results: Results, column: Dict[str, Any], row: Row) -> Any:
    value = results.median(column["id"], row.id)
    if value is None:
        return None
    colour = _colour(row)
    return svg.Bar(row.title, value, table.number(value), colour, colour != OTHER)


def _concurrency(results: Results) -> List[Tuple[str, str, svg.Series]]:
    shown = ("raw:modern", "legacy-openai-0.28.1:modern", f"modern-openai-{NEWEST}:modern")
    shown += ("sdk-0.28.1", f"sdk-{NEWEST}", "httpx")
    panels = []
    for key, title, unit in (
        ("cpu_us", "CPU us per chunk", 1),
        ("peak_kb", "peak memory, MB", 1024),
    ):
        series: svg.Series = {}
        for id in shown:
            values = [(n, results.median(f"streams-{n}", id, key)) for n in (1, 100, 1000)]
            line = [(float(n), value / unit) for n, value in values if value is not None]
            if line:
                series[BY_ID[id].title] = line
        panels.append((title, "concurrent streams on one event loop", series))
    return panels


def _scale(results: Results) -> List[Tuple[str, str, svg.Series]]:
    def cost(point: Dict[str, Any]) -> float:
        return float(point["cpu_us"])

    axis = "chunks in the stream"
    return [
        ("CPU us per chunk", axis, _series(results, cost)),
        ("memory grown, MB", axis, _series(results, table.grown)),
    ]


def _series(results: Results, value: Callable[[Dict[str, Any]], float]) -> svg.Series:
    series: svg.Series = {}
    for point in results.points("scale"):
        if "peak_kb" in point:
            series.setdefault(BY_ID[point["row"]].title, [])
    for name in series:
        points = [p for p in results.points("scale") if BY_ID[p["row"]].title == name]
        for chunks in sorted({p["chunks"] for p in points}):
            values = [value(p) for p in points if p["chunks"] == chunks and "peak_kb" in p]
            if values:
                series[name].append((float(chunks), median(values)))
    return series
