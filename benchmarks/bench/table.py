"""The results as markdown: ratios first, then what they are ratios of."""

from __future__ import annotations

from statistics import median
from typing import Any, Callable, Dict, Iterable, List, Optional

from .contract import SDK
from .results import Results
from .rows import BY_ID, ROWS, Row

Column = Dict[str, Any]


def markdown(head: List[str], lines: Iterable[List[str]]) -> str:
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ruler, *lines]) + "\n"


def number(value: Optional[float]) -> str:
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def times(value: Optional[float]) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}x" if value < 10 else f"{value:.0f}x"


def _shown(column: Column, value: Optional[float]) -> str:
    return number(value / 1024 if value is not None and column["unit"] == "MB" else value)


def _measured(results: Results) -> List[Row]:
    samples = results.data.get("samples", {}).values()
    ids = {id for rows in samples for id in rows} | set(results.data.get("absent", {}))
    return [row for row in ROWS if row.id in ids]


def against_native(results: Results) -> str:
    """Adapter rows: each against what it stands in for, in the same environment."""
    head = ["row", "against", *(column["title"] for column in results.columns)]
    lines = []
    for row in _measured(results):
        if row.native:
            ratios = (results.ratio(c["id"], row.id, row.native) for c in results.columns)
            lines.append([row.title, BY_ID[row.native].title, *map(times, ratios)])
    return markdown(head, lines)


def against_newest(results: Results) -> str:
    head = ["row", *(column["title"] for column in results.columns)]
    return _per_row(results, head, lambda c, row: times(results.ratio(c["id"], row.id, SDK)))


def absolute(results: Results) -> str:
    head = ["row", *(f"{column['title']} ({column['unit']})" for column in results.columns)]
    return _per_row(results, head, lambda c, row: _shown(c, results.median(c["id"], row.id)))


def _per_row(results: Results, head: List[str], cell: Callable[[Column, Row], str]) -> str:
    return markdown(
        head, [[row.title, *(cell(c, row) for c in results.columns)] for row in _measured(results)]
    )


def absences(results: Results) -> str:
    """Why a cell is empty."""
    reasons: Dict[str, str] = {}
    for row in _measured(results):
        for column in results.columns:
            why = results.why_absent(column["id"], row.id)
            if why:
                reasons.setdefault(f"{row.title}: {why}", column["title"])
    return "".join(f"- {reason} ({column})\n" for reason, column in reasons.items())


# --- the parts beside the table ------------------------------------------------------------------


def _median(points: List[Dict[str, Any]], value: Callable[[Dict[str, Any]], float]) -> Any:
    values = [value(point) for point in points if "peak_kb" in point]
    return median(values) if values else None


def grown(point: Dict[str, Any]) -> float:
    return float(point["peak_kb"] - point["before_kb"]) / 1024


def scale(results: Results) -> str:
    points = results.points("scale")
    lengths = sorted({point["chunks"] for point in points})
    head = ["row", *(f"{n:,} chunks" for n in lengths)]
    lines = []
    for row in (row for row in ROWS if results.points("scale", row=row.id)):
        cells = []
        for n in lengths:
            found = results.points("scale", row=row.id, chunks=n)
            cost, memory = _median(found, lambda p: float(p["cpu_us"])), _median(found, grown)
            cells.append("–" if cost is None else f"{number(cost)} us, {memory:+.1f} MB")
        lines.append([row.title, *cells])
    return markdown(head, lines)


def answers(results: Results, rate: int) -> str:
    head = ["row", "answer", "first text: whole / stream", "all of it: whole / stream"]
    head.append("memory: whole / stream / stream joined")
    head += ["first text sooner", "less memory"]
    points = results.points("answers", rate=rate)
    sizes = sorted({point["size"] for point in points})
    ids = [row for row in ROWS if any(point["row"] == row.id for point in points)]
    return markdown(head, [_answer_line(results, row, size, rate) for row in ids for size in sizes])


def _answer_line(results: Results, row: Row, size: int, rate: int) -> List[str]:
    whole, stream, joined = (
        results.points("answers", row=row.id, size=size, rate=rate, mode=mode)
        for mode in ("whole", "stream", "joined")
    )
    first = [_median(points, lambda p: float(p["first_s"])) for points in (whole, stream)]
    ends = [_median(points, lambda p: float(p["whole_s"])) for points in (whole, stream)]
    memory = [_median(points, grown) for points in (whole, stream, joined)]
    if None in (*first, *ends, *memory):
        return [row.title, f"{size:,} B", *["–"] * 5]
    less = f"{100 * (1 - memory[1] / memory[0]):.0f} %" if memory[0] >= 1 else "(too small)"
    return [
        row.title,
        f"{size:,} B",
        " / ".join(f"{value * 1e3:.3g} ms" for value in first),
        " / ".join(f"{value * 1e3:.3g} ms" for value in ends),
        " / ".join(f"{value:.1f}" for value in memory) + " MB",
        times(first[0] / first[1]),
        less,
    ]
