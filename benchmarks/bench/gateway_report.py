"""The table of a run of benchmarks/gateway.py, and whether the figures hold."""

from __future__ import annotations

from typing import Any, Dict, Iterator, Optional, Tuple

Row = Tuple[str, Tuple[Optional[float], ...], str, str, bool]

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
    lines = [f"| what | {' | '.join(names)} | measured | figure |", "|---" * (len(names) + 3) + "|"]
    for what, values, measured, figure, _ in rows(medians):
        cells = " | ".join("" if value is None else f"{value:,.1f}" for value in values)
        lines.append(f"| {what} | {cells} | {measured} | {figure} |")
    return "\n".join(lines)


def rows(medians: Dict[str, Any]) -> Iterator[Row]:
    """What was measured: its name, the numbers of each gateway, what is compared with the figure,
    the figure, and whether it is held."""
    columns, hand, gateway = list(medians.values()), medians[HAND], medians["gateway"]
    for task, title in TITLES.items():
        if task in hand:
            values = tuple(column[task]["cpu_us"] for column in columns)
            ratio = gateway[task]["cpu_us"] / hand[task]["cpu_us"]
            most = CPU.get(task)
            figure = f"<= {most}x" if most else ""
            yield title, values, f"{ratio:.2f}x", figure, most is None or ratio <= most
    for task, most in ADDED_P99_MS.items():
        if task in hand:
            values = tuple(column[task]["p99_ms"] for column in columns)
            added = gateway[task]["p99_ms"] - hand[task]["p99_ms"]
            figure = f"<= {most:g} ms more"
            yield f"{task}: p99 of a chunk, ms", values, f"+{added:.1f} ms", figure, added <= most
            lost = tuple(float(c[task]["calls"] - c[task]["complete"]) for c in columns)
            mine = float(gateway[task]["calls"] - gateway[task]["complete"])
            yield f"{task}: streams lost", lost, f"{mine:g}", "0", not mine
    megabytes = tuple(column["peak_kb"] / 1024 for column in columns)
    more = (gateway["peak_kb"] - hand["peak_kb"]) / 1024
    figure = f"<= {MEMORY_MB:g} MB more"
    yield "peak of memory, MB", megabytes, f"+{more:.1f} MB", figure, more <= MEMORY_MB
    ready = tuple(column["ready_ms"] for column in columns)
    measured = f"{gateway['ready_ms']:.0f} ms"
    yield "ready, ms", ready, measured, f"<= {READY_MS:g} ms", gateway["ready_ms"] <= READY_MS
    yield "ready, CPU ms", tuple(c["ready_cpu_ms"] for c in columns), "", "", True
