"""The table of a run of benchmarks/gateway.py, and whether the figures hold."""

from __future__ import annotations

from typing import Any, Dict, Iterator, Optional, Tuple

HAND = "by hand"
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


def table(data: Dict[str, Any]) -> str:
    """Rows for each thing measured, a column for each gateway, the ratio and the figure."""
    medians = data["medians"]
    names = list(medians)
    lines = [f"| what | {' | '.join(names)} | ratio | figure |", "|---" * (len(names) + 3) + "|"]
    for what, values, ratio, figure in _rows(medians):
        cells = " | ".join("" if value is None else f"{value:,.1f}" for value in values)
        lines.append(f"| {what} | {cells} | {ratio} | {figure} |")
    return "\n".join(lines)


def _rows(medians: Dict[str, Any]) -> Iterator[Tuple[str, Tuple[Optional[float], ...], str, str]]:
    columns, hand, gateway = list(medians.values()), medians[HAND], medians["gateway"]
    for task, title in TITLES.items():
        if task in hand:
            values = tuple(column[task]["cpu_us"] for column in columns)
            ratio = gateway[task]["cpu_us"] / hand[task]["cpu_us"]
            yield title, values, f"{ratio:.2f}x", f"<= {CPU[task]}x" if task in CPU else ""
    for task, most in ADDED_P99_MS.items():
        if task in hand:
            values = tuple(column[task]["p99_ms"] for column in columns)
            added = gateway[task]["p99_ms"] - hand[task]["p99_ms"]
            yield f"{task}: p99 of a chunk, ms", values, f"+{added:.1f} ms", f"<= {most:g} ms more"
            lost = tuple(float(c[task]["calls"] - c[task]["complete"]) for c in columns)
            yield f"{task}: streams lost", lost, "", "0"
    megabytes = tuple(column["peak_kb"] / 1024 for column in columns)
    more = (gateway["peak_kb"] - hand["peak_kb"]) / 1024
    yield "peak of memory, MB", megabytes, f"+{more:.1f} MB", f"<= {MEMORY_MB:g} MB more"
    yield "ready, ms", tuple(c["ready_ms"] for c in columns), "", f"<= {READY_MS:g} ms"
    yield "ready, CPU ms", tuple(c["ready_cpu_ms"] for c in columns), "", ""
