"""A folder of results as pages for people: ``table.md`` and the charts, those in two languages."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import gateway_report, svg, table
from .parts import RATE
from .results import Results
from .rows import BY_ID, NEWEST, ROWS, SDKS, Row
from .words import LANGUAGES, said

OURS, NATIVE, OTHER = "ours", "native", "other"
GATEWAYS = {
    gateway_report.HAND: ("uvicorn + aiohttp by hand", OTHER),
    gateway_report.OURS: ("dsadapter's gateway", OURS),
    "litellm": ("litellm's proxy", NATIVE),
}
# What a picture shows of the gateways, of TITLES and the memory.
GATEWAY_GROUPS = ("calls", "bursts", "paced")
IN_FLIGHT, STREAMS = (8, 64, 300, 2000, 5000), (1, 100, 1000, 5000)
Pages = Dict[str, str]


def read(folder: Path) -> Tuple[Results, Dict[str, Any]]:
    """results.json and gateway.json; nothing where there is none."""
    path, gateway = folder / "results.json", folder / "gateway.json"
    results = Results.read(path) if path.exists() else Results({})
    return results, json.loads(gateway.read_text(encoding="utf-8")) if gateway.exists() else {}


def render_folder(folder: Path) -> List[Path]:
    """Write every page there are numbers for."""
    results, gateway = read(folder)
    rendered = pages(results, gateway)
    for name, text in rendered.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in rendered]


def pages(results: Results, gateway: Dict[str, Any]) -> Pages:
    """Everything that follows from the numbers, by file name."""
    drawn: Pages = {"table.md": _page(results)} if results.data else {}
    if results.columns:
        drawn["chart.svg"] = svg.bars(_bar_groups(results))
    for language in LANGUAGES:
        end = ".svg" if language == "en" else f"-{language}.svg"
        for name, text in _pictures(results, gateway, language).items():
            drawn[name + end] = text
    return drawn


def _page(results: Results) -> str:
    parts = ["# Measured\n", _about(results)]
    if results.columns:
        parts += [
            "## Against what it stands in for\n\n"
            "Smaller is better, except for the rates (chunks/s).\n",
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
    return "\n".join(part for part in parts if part)


def _about(results: Results) -> str:
    lines = []
    for run, names in results.runs():
        machine = run["machine"]
        lines.append(
            f"- {', '.join(names)}: {machine['date']}, {machine['cpu']}, {machine['cores']} cores, "
            f"{machine['system']}, {machine['python']}; load {machine['load_before'][:1]} before "
            f"and {machine['load_after'][:1]} after; commit {run['commit'] or 'unknown'}, sources "
            f"{run['source']}; `{run['command']}`\n"
        )
    if not results.is_of_one_state():
        lines.append("- **These are runs of different states or machines.**\n")
    return "".join(lines)


# --- charts --------------------------------------------------------------------------------------


def _colour(row: Row) -> str:
    return OURS if row.is_adapter else NATIVE if row.id.startswith("sdk") else OTHER


def _bar_groups(results: Results) -> List[Tuple[str, List[svg.Bar]]]:
    groups = []
    for column in results.columns:
        if column["id"] in ("first", "call", "chunk", "streams-1000"):
            groups.append(_group(results, column, ROWS, "en"))
    return groups


def _group(results: Results, column: Any, rows: List[Row], language: str) -> Any:
    better = " (more is better)" if column["more_is_better"] else ""
    title = said(f"{column['title']}, {column['unit']}{better}", language)
    bars = [_bar(results, column, row, language) for row in rows]
    return title, [bar for bar in bars if bar is not None]


def _bar(results: Results, column: Dict[str, Any], row: Row, language: str) -> Optional[svg.Bar]:
    value = results.median(column["id"], row.id)
    if value is None:
        return None
    colour, title = _colour(row), said(row.title, language)
    value = value / 1024 if column["unit"] == "MB" else value
    return svg.Bar(title, value, table.number(value), colour, colour != OTHER)


def _pictures(results: Results, gateway: Dict[str, Any], language: str) -> Pages:
    """Those of the page of benchmarks."""
    drawn: Pages = {}
    if results.columns:
        drawn["cost"] = svg.bars(_cost(results, language))
        drawn["concurrency"] = svg.lines(_concurrency(results, language))
    if results.points("scale"):
        drawn["scale"] = svg.lines(_scale(results, language))
    if gateway:
        drawn["gateway"] = svg.bars(_gateways(gateway, language))
    return drawn


def _cost(results: Results, language: str) -> List[Tuple[str, List[svg.Bar]]]:
    """Today's face of each backend below what it stands in for."""
    ids = ["requests", "raw:modern", "fast:modern"]
    for version in SDKS:
        generation = "legacy" if version.startswith("0.") else "modern"
        ids += [f"sdk-{version}", f"{generation}-openai-{version}:modern"]
    rows = [BY_ID[id] for id in (*ids, "litellm", "langchain")]
    wanted = {column["id"]: column for column in results.columns}
    columns = [wanted[id] for id in ("chunk", "call", "first", "memory") if id in wanted]
    groups = [_group(results, column, rows, language) for column in columns]
    return [(title, bars) for title, bars in groups if bars]


def _concurrency(results: Results, language: str) -> List[svg.Panel]:
    shown: Tuple[str, ...] = ("fast:modern", "raw:modern", f"modern-openai-{NEWEST}:modern")
    shown += ("legacy-openai-0.28.1:modern", f"sdk-{NEWEST}", "aiohttp", "httpx")
    panels = []
    panels_of: Any = (
        ("calls", IN_FLIGHT, "CPU us per call", "calls in flight on one event loop"),
        ("streams", STREAMS, "CPU us per chunk", "concurrent streams on one event loop"),
    )
    for column, counts, title, axis in panels_of:
        series: svg.Series = {}
        for id in shown:
            values = [(n, results.median(f"{column}-{n}", id, "cpu_us")) for n in counts]
            line = [(float(n), value) for n, value in values if value is not None]
            if line:
                series[said(BY_ID[id].title, language)] = line
        panels.append(svg.Panel(said(title, language), said(axis, language), series, True))
    return panels


def _scale(results: Results, language: str) -> List[svg.Panel]:
    def cost(point: Dict[str, Any]) -> float:
        return float(point["cpu_us"])

    axis = said("chunks in the stream", language)
    grown = _series(results, table.grown, language)
    return [
        svg.Panel(said("CPU us per chunk", language), axis, _series(results, cost, language), True),
        svg.Panel(said("memory grown, MB", language), axis, grown),
    ]


def _series(
    results: Results, value: Callable[[Dict[str, Any]], float], language: str
) -> svg.Series:
    series: svg.Series = {}
    for row in ROWS:
        points = [p for p in results.points("scale", row=row.id) if "peak_kb" in p]
        line = []
        for chunks in sorted({p["chunks"] for p in points}):
            values = [value(p) for p in points if p["chunks"] == chunks]
            line.append((float(chunks), median(values)))
        if line:
            series[said(row.title, language)] = line
    return series


def _gateways(gateway: Dict[str, Any], language: str) -> List[Tuple[str, List[svg.Bar]]]:
    titles = [gateway_report.TITLES[task] for task in GATEWAY_GROUPS] + [gateway_report.MEMORY]
    groups = []
    for line in gateway_report.rows(gateway):
        if line.what in titles:
            bars = []
            for name, (title, colour) in GATEWAYS.items():
                value = line.values.get(name)
                if value is not None:
                    text, scales = table.number(value), colour != NATIVE
                    bars.append(svg.Bar(said(title, language), value, text, colour, scales))
            if bars:
                groups.append((said(line.what, language), bars))
    return groups
