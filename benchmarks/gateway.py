"""Measure the gateway beside uvicorn and aiohttp by hand: CPU, memory, start, lost streams.

python benchmarks/gateway.py --quick                   # one round, a tenth of the work
python benchmarks/gateway.py --old ../dsadapter-before  # another state of the repository beside it
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any, Dict, List

from bench import gateway_report, machine
from bench.gateway_processes import Gateway, Upstream

HERE = Path(__file__).resolve().parent
# What is asked of each gateway in a round: the job of bench.gateway_load, and what CPU is told of.
TASKS: Dict[str, Dict[str, Any]] = {
    "calls": {"streams": 8, "calls": 100, "per": "complete"},
    "bursts": {"streams": 4, "calls": 3, "frames": 20_000, "per": "frames"},
    "paced": {"streams": 200, "frames": 64, "interval": 0.02, "per": "frames"},
    # On a busy machine frames of 200 streams arrive several at a time; those of 20 one by one.
    "few": {"streams": 20, "frames": 200, "interval": 0.02, "per": "frames"},
    "open": {"streams": 2000, "frames": 10, "interval": 1.0, "spread": 0.002, "per": "frames"},
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", default=sys.executable, help="with the extra gateway installed")
    parser.add_argument("--old", type=Path, metavar="DIR", help="another state of the repository")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks", default=",".join(TASKS), help="of: %(default)s")
    parser.add_argument("--quick", action="store_true", help="one round, a tenth of the work")
    parser.add_argument("--output", type=Path, default=HERE / "results", metavar="DIR")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    sources = {"by hand": None, "gateway": HERE.parent}
    if options.old:
        sources["before"] = options.old.resolve()
    tasks = {name: _smaller(TASKS[name], options.quick) for name in options.tasks.split(",")}
    samples: Dict[str, List[Dict[str, Any]]] = {name: [] for name in sources}
    facts = machine.facts()
    with Upstream(options.python) as upstream:
        for number in range(1 if options.quick else options.rounds):
            for name, source in sources.items():
                print(f"round {number + 1}: {name}", file=sys.stderr, flush=True)
                samples[name].append(measured(options.python, source, upstream.url, tasks))
    facts["load_after"] = machine.load()
    data = {"command": machine.command(), "machine": facts, "samples": samples}
    data["medians"] = {name: medians(rounds) for name, rounds in samples.items()}
    options.output.mkdir(parents=True, exist_ok=True)
    path = options.output / "gateway.json"
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(gateway_report.table(data))
    return 0


def _smaller(task: Dict[str, Any], quick: bool) -> Dict[str, Any]:
    shares = {"calls": 10, "frames": 10} if quick else {}
    return {key: max(1, v // shares[key]) if key in shares else v for key, v in task.items()}


def measured(python: str, source: Any, upstream: str, tasks: Dict[str, Any]) -> Dict[str, Any]:
    """One round of one gateway, in a fresh process."""
    with Gateway(python, source, upstream) as gateway:
        numbers: Dict[str, Any] = {"ready_ms": gateway.ready_ms}
        numbers["ready_cpu_ms"] = gateway.ready_cpu_ms
        gateway.ask({"streams": 8, "calls": 20})
        gateway.ask({"streams": 8, "frames": 50})  # what is made with the first call is there
        for name, task in tasks.items():
            numbers[name] = gateway.ask(task)
        numbers["peak_kb"] = gateway.peak_kb()
        return numbers


def medians(rounds: List[Any]) -> Any:
    """The median of each number, at whatever depth."""
    first = rounds[0]
    if isinstance(first, dict):
        return {key: medians([item[key] for item in rounds if key in item]) for key in first}
    numbers = [item for item in rounds if item is not None]
    return statistics.median(numbers) if numbers else None


if __name__ == "__main__":
    sys.exit(main())
