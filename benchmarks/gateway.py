"""Measure the gateway beside uvicorn and aiohttp by hand, and litellm's proxy: CPU, memory, start,
lost streams.

python benchmarks/gateway.py --quick                   # one round, a tenth of the work
python benchmarks/gateway.py --old ../dsadapter-before  # another state of the repository beside it
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

from bench import docs_pages, envs, gateway_report, machine, report
from bench.gateway_processes import DoesNotServe, Gateway, Kind, Upstream, by_hand, litellm, ours
from bench.runner import OPTIONAL_ROUNDS

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PROXY = "litellm"
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
    parser = argparse.ArgumentParser(description=" ".join(__doc__.split("\n\n")[0].split()))
    parser.add_argument("--python", help="with the extra gateway installed (default: built)")
    parser.add_argument("--old", type=Path, metavar="DIR", help="another state of the repository")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks", default=",".join(TASKS), help="of: %(default)s")
    parser.add_argument("--quick", action="store_true", help="one round, a tenth of the work")
    parser.add_argument("--no-litellm", action="store_true", help="without litellm's proxy")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="DIR")
    parser.add_argument("--cache", type=Path, default=HERE.parent / ".bench", metavar="DIR")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    data: Dict[str, Any] = {"command": machine.command(), "source": machine.source_digest()}
    data.update(commit=machine.commit(), machine=machine.facts(), quick=options.quick)
    versions, absent, kinds = built(options)
    samples: Dict[str, List[Dict[str, Any]]] = {name: [] for name in kinds}
    with Upstream(kinds[gateway_report.HAND].python) as upstream:
        for number in range(1 if options.quick else options.rounds):
            for name, kind in kinds.items():
                if name in absent or (kind.optional and number >= OPTIONAL_ROUNDS):
                    continue
                print(f"round {number + 1}: {name}", file=sys.stderr, flush=True)
                try:
                    samples[name].append(measured(kind, upstream.url, options))
                except DoesNotServe as err:
                    absent[name] = str(err)
                    if not kind.optional:
                        raise
    data["machine"]["load_after"] = machine.load()
    medians_of = {name: medians(rounds) for name, rounds in samples.items() if rounds}
    data.update(versions=versions, absent=absent, samples=samples, medians=medians_of)
    written(data, options.output)
    print(gateway_report.table(data))
    return 0


def built(options: argparse.Namespace) -> Any:
    """Versions, why a gateway is not there, and how each is started."""
    versions: Dict[str, Dict[str, str]] = {}
    absent: Dict[str, str] = {}
    python: Any = options.python
    source: Optional[Path] = HERE.parent
    if python is None:
        environment = envs.build("gateway", options.cache)
        if environment.problem:
            raise SystemExit(f"{environment.name}: {environment.problem}")
        python, versions["gateway"] = environment.python, environment.versions
        source = None  # the copy there, which no edit changes meanwhile
    kinds = {gateway_report.HAND: by_hand(python), gateway_report.OURS: ours(python, source)}
    if options.old:
        kinds["before"] = ours(python, options.old.resolve())
    if not options.no_litellm:
        print("environment litellm-proxy", file=sys.stderr, flush=True)
        environment = envs.build("litellm-proxy", options.cache)
        kinds[PROXY], versions[PROXY] = litellm(environment.python), environment.versions
        if environment.problem:
            absent[PROXY] = environment.problem
    return versions, absent, kinds


def written(data: Dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, indent=1)
    (folder / "gateway.json").write_text(text + "\n", encoding="utf-8")
    report.render_folder(folder)
    if folder == RESULTS:
        docs_pages.write()


def measured(kind: Kind, upstream: str, options: argparse.Namespace) -> Dict[str, Any]:
    """One round of one gateway, in a fresh process."""
    with Gateway(kind, upstream) as gateway:
        numbers: Dict[str, Any] = {"ready_ms": gateway.ready_ms}
        numbers["ready_cpu_ms"] = gateway.ready_cpu_ms
        gateway.ask({"streams": 8, "calls": 20})
        gateway.ask({"streams": 8, "frames": 50})  # what is made with the first call is there
        for name in options.tasks.split(","):
            numbers[name] = gateway.ask(_smaller(name, options.quick, kind.optional))
            numbers[name]["peak_kb"] = gateway.peak_kb()
            if name == "calls" and numbers[name]["complete"] < numbers[name]["calls"]:
                raise DoesNotServe(
                    "calls were lost: {complete} of {calls} ended".format(**numbers[name])
                )
        return numbers


def _smaller(name: str, quick: bool, slow: bool) -> Dict[str, Any]:
    """A task; a tenth of its work where it would take too long."""
    shares = {"calls": 10, "frames": 10} if quick else {}
    if slow and name == "bursts":
        shares["frames"] = 10 * shares.get("frames", 1)
    task = TASKS[name]
    return {key: max(1, v // shares[key]) if key in shares else v for key, v in task.items()}


def medians(rounds: List[Any]) -> Any:
    """The median of each number, at whatever depth."""
    first = rounds[0]
    if isinstance(first, dict):
        return {key: medians([item[key] for item in rounds if key in item]) for key in first}
    numbers = [item for item in rounds if item is not None]
    return statistics.median(numbers) if numbers else None


if __name__ == "__main__":
    sys.exit(main())
