"""The table of a run of benchmarks/gateway.py, and whether the figures hold."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, NamedTuple, Optional

HAND, OURS = "by hand", "gateway"
# task -> the most CPU beside by hand
CPU = {"calls": 2.0, "bursts": 2.0, "paced": 1.7, "few": 1.7}
MEMORY_MB, READY_MS = 24.0, 1000.0
ADDED_P99_MS = {"paced": 40.0, "open": 20.0}
TITLES = {
    "calls": "a call, CPU us",
    "bursts": "a chunk in bursts, CPU us",
    "paced": "a chunk paced at 20 ms, 200 streams, CPU us",
    "few": "a chunk paced at 20 ms, 20 streams, CPU us",
    "open": "a chunk a second, 2,000 streams, CPU us",
}
P99 = {
    "paced": "200 streams, 20 ms apart: p99 of a chunk's delay, ms",
    "open": "2,000 open streams: p99 of a chunk's delay, ms",
}
LOST = {"paced": "200 streams, 20 ms apart: streams lost", "open": "2,000 open: streams lost"}
MEMORY, MEMORY_OPEN = "memory of a worker, MB", "memory with 2,000 open streams, MB"
READY, READY_CPU = "ready, ms", "ready, CPU ms"
NOT_MEASURED = "not measured"


class Line(NamedTuple):
    """One thing measured: of each gateway, what is compared with the figure, and whether it is
    held (None: not measured, or nothing is asked for)."""

    what: str
    values: Dict[str, Optional[float]]
    measured: str
    figure: str
    held: Optional[bool]


def table(data: Dict[str, Any]) -> str:
    """Rows for each thing measured, a column for each gateway, the ratio and the figure."""
    names = list(data["medians"])
    lines = [f"| what | {' | '.join(names)} | measured | figure |", "|---" * (len(names) + 3) + "|"]
    for line in rows(data):
        values = [line.values.get(name) for name in names]
        cells = " | ".join("" if value is None else f"{value:,.1f}" for value in values)
        lines.append(f"| {line.what} | {cells} | {line.measured} | {line.figure} |")
    return "\n".join(lines)


def rows(data: Dict[str, Any]) -> Iterator[Line]:
    """Everything that is asked of a gateway; ``data`` is gateway.json, or nothing."""
    medians: Dict[str, Any] = data.get("medians", {})
    for task, title in TITLES.items():
        yield _times(title, _values(medians, task, "cpu_us"), CPU.get(task))
    for task, most in ADDED_P99_MS.items():
        yield _more(P99[task], _values(medians, task, "p99_ms"), most, "ms")
        yield _none_lost(LOST[task], _lost(medians, task))
    yield _more(MEMORY, _megabytes(medians, [name for name in TITLES if name != "open"]), MEMORY_MB)
    yield _more(MEMORY_OPEN, _megabytes(medians, ["open"]), None)
    ready = _values(medians, "ready_ms")
    mine = ready.get(OURS)
    figure, held = f"<= {READY_MS:g} ms", None if mine is None else mine <= READY_MS
    yield Line(READY, ready, NOT_MEASURED if mine is None else f"{mine:.0f} ms", figure, held)
    yield Line(READY_CPU, _values(medians, "ready_cpu_ms"), "", "", None)


def _values(medians: Dict[str, Any], *keys: str) -> Dict[str, Optional[float]]:
    values: Dict[str, Optional[float]] = {}
    for name, column in medians.items():
        for key in keys:
            column = column.get(key) if isinstance(column, dict) else None
        values[name] = column
    return values


def _megabytes(medians: Dict[str, Any], tasks: List[str]) -> Dict[str, Optional[float]]:
    """The peak of memory until the last of these tasks."""
    peaks: Dict[str, Optional[float]] = {}
    for name, column in medians.items():
        known = [column[task]["peak_kb"] / 1024 for task in tasks if task in column]
        peaks[name] = max(known, default=None)
    return peaks


def _lost(medians: Dict[str, Any], task: str) -> Dict[str, Optional[float]]:
    asked, got = (_values(medians, task, key) for key in ("calls", "complete"))
    both = [(name, asked[name], got[name]) for name in medians]
    return {name: None if a is None or g is None else a - g for name, a, g in both}


def _two(values: Dict[str, Optional[float]]) -> List[float]:
    """Ours and by hand, where both are there."""
    both = [values.get(OURS), values.get(HAND)]
    return [value for value in both if value is not None] if None not in both else []


def _times(what: str, values: Dict[str, Optional[float]], most: Optional[float]) -> Line:
    figure, both = f"<= {most:g}x by hand" if most else "", _two(values)
    if not both or not both[1]:
        return Line(what, values, NOT_MEASURED, figure, None)
    ratio = both[0] / both[1]
    return Line(what, values, f"{ratio:.2f}x", figure, ratio <= most if most else None)


def _more(
    what: str, values: Dict[str, Optional[float]], most: Optional[float], unit: str = "MB"
) -> Line:
    figure, both = f"<= {most:g} {unit} more than by hand" if most else "", _two(values)
    if not both:
        return Line(what, values, NOT_MEASURED, figure, None)
    more = both[0] - both[1]
    return Line(what, values, f"{more:+.1f} {unit}", figure, more <= most if most else None)


def _none_lost(what: str, values: Dict[str, Optional[float]]) -> Line:
    mine = values.get(OURS)
    if mine is None:
        return Line(what, values, NOT_MEASURED, "0", None)
    return Line(what, values, f"{mine:g}", "0", not mine)
