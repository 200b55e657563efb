"""Say for each row of the contract's section 12 whether the results hold it.

    python benchmarks/check.py [benchmarks/results]

The figures of the gateway are in ``gateway.json`` there, all others in ``results.json``.

Exit code 1 where a row is not held, 3 where nothing failed but something was not measured.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench import machine, report
from bench.contract import of_gateway, verdicts
from bench.results import of_state

MARKS = {True: "held", False: "NOT HELD", None: "unknown"}


def main() -> int:
    here = Path(__file__).resolve().parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "results"
    results, gateway = report.read(folder)
    found = [*verdicts(results), *of_gateway(gateway)]
    for verdict in found:
        mark = MARKS[verdict.held]
        print(f"{mark:8}  {verdict.what}: {verdict.measured} (asked for: {verdict.figure})")
    runs = [run for run, _ in results.runs()] + ([gateway] if gateway else [])
    if len({of_state(run) for run in runs}) > 1:
        print("these are numbers of different states or machines")
    if {run["source"] for run in runs} - {machine.source_digest()}:
        print("the adapter has changed since: some numbers are of other sources")
    states = [verdict.held for verdict in found]
    held, failed = states.count(True), states.count(False)
    print(f"{held} held, {failed} not held, {states.count(None)} not measured")
    return 1 if failed else 3 if None in states else 0


if __name__ == "__main__":
    sys.exit(main())
