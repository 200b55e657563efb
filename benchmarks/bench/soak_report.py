"""What a soak came to."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any, Dict, List, Optional

from .soak_calls import ENDS

GROWTH_KB = 4096  # what the process may grow by between its middle and its end


def growth(samples: List[Dict[str, Any]]) -> Optional[float]:
    """KB between the middle of a run (40-60 % of its calls) and its last fifth."""
    sizes = [sample["kb"] for sample in samples[:-1]]
    count = len(sizes)
    if count < 10:
        return None
    middle, end = sizes[count * 2 // 5 : count * 3 // 5], sizes[count * 4 // 5 :]
    return median(end) - median(middle)


def _worker(report: Dict[str, Any]) -> Dict[str, Any]:
    if "failed" in report:
        return {"failed": report["failed"], "held": False}
    grown = growth(report["samples"])
    calls = sum(sum(counts.values()) for counts in report["tally"].values())
    faulty = sum(
        sum(counts.values()) for cell, counts in report["tally"].items() if _is_fault(cell)
    )
    facts = {
        "calls": calls,
        "faults": faulty,
        "not_as_expected": report["problem_count"],
        "memory_kb": [report["samples"][0]["kb"], report["samples"][-1]["kb"]],
        "grown_kb": grown,
        "most_sockets": max(sample["sockets"] for sample in report["samples"]),
        "sockets_left": report["sockets_left"],
        "connections_left": report["connections_left"],
        "asked_too_often": len(report["asked_too_often"]),
        "noise_lines": report["noise_lines"],
        "retried_without_fault": len(report["retried_without_fault"]),
        "lost_with_connection": len(report["lost_with_connection"]),
    }
    facts["held"] = (
        not report["problem_count"]
        and (grown is None or grown <= GROWTH_KB)
        and not report["connections_left"]
        and not report["asked_too_often"]
        and not report["noise_lines"]
    )
    return facts


def _is_fault(cell: str) -> bool:
    return cell.partition(",")[0] not in ("no fault", *ENDS)


def summary(data: Dict[str, Any]) -> Dict[str, Any]:
    workers = {name: _worker(report) for name, report in data["workers"].items()}
    outcomes: Counter[str] = Counter()
    for report in data["workers"].values():
        for counts in report.get("tally", {}).values():
            outcomes.update(counts)
    return {
        "workers": workers,
        "outcomes": dict(outcomes.most_common()),
        "calls": sum(facts.get("calls", 0) for facts in workers.values()),
        "faults": sum(facts.get("faults", 0) for facts in workers.values()),
        "held": all(facts["held"] for facts in workers.values()),
    }


def text(data: Dict[str, Any]) -> str:
    found = data["summary"]
    lines = [
        f"{found['calls']:,} calls, {found['faults']:,} with a fault, {data['seconds']} s: "
        + ("every outcome as expected" if found["held"] else "NOT as expected"),
        ", ".join(f"{name} {count:,}" for name, count in found["outcomes"].items()),
    ]
    for name, facts in found["workers"].items():
        lines.append(f"{name}: " + ", ".join(f"{key} {value}" for key, value in facts.items()))
        report = data["workers"][name]
        lines += [f"  {line}" for line in report.get("problems", [])[:12]]
        lines += [f"  retried: {line}" for line in report.get("retried_without_fault", [])[:6]]
        lines += [f"  {line}" for line in report.get("asked_too_often", [])]
        lines += [f"  stderr: {line}" for line in report.get("noise", [])[:6]]
    return "\n".join(lines)
