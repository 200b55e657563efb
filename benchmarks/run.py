"""Measure dsadapter against the SDKs, HTTP by hand and others, side by side.

python benchmarks/run.py --quick            # two minutes, rough
python benchmarks/run.py                    # everything, about three quarters of an hour
python benchmarks/run.py --old ../before    # and another state of the repository beside it
python benchmarks/run.py --parts table --columns chunk,call
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Tuple

from bench import columns as column_table
from bench import docs_pages, envs, machine, parts, report, rows, runner
from bench.results import Results

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
BESIDE = {"scale": parts.scale, "answers": parts.answers}
PARTS = ("table", *BESIDE)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", help="beginnings of row ids, comma-separated (default: all)")
    parser.add_argument("--columns", help="column ids, comma-separated (default: all)")
    parser.add_argument("--parts", default=",".join(PARTS), help="of: %(default)s")
    parser.add_argument("--quick", action="store_true", help="one round, a tenth of the work")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="DIR")
    parser.add_argument("--cache", type=Path, default=HERE.parent / ".bench", metavar="DIR")
    parser.add_argument("--old", type=Path, metavar="DIR", help="another state of the repository")
    parser.add_argument("--fresh", action="store_true", help="build the environments anew")
    parser.add_argument("--render", action="store_true", help="only render results.json again")
    return parser.parse_args()


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def main() -> int:
    options = arguments()
    path = options.output / "results.json"
    if not options.render:
        results = Results.read(path) if path.exists() else Results({})
        results.take(*measure(options))
        results.write(path)
    pages = report.render_folder(options.output)
    if options.output == RESULTS:
        pages += docs_pages.write()
    for written in pages:
        say(f"wrote {written}")
    return 0


def measure(options: argparse.Namespace) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """The numbers, and the run that they are of."""
    wanted = [row for row in rows.chosen(options.rows) if row != rows.BEFORE or options.old]
    picked = column_table.chosen(options.columns, options.quick)
    chosen_parts = [name for name in PARTS if name in options.parts.split(",")]
    facts, state = machine.facts(), {"source": machine.source_digest(), "commit": machine.commit()}
    environments = build(wanted, options)
    absent = {r.id: str(environments[r.env].problem) for r in wanted if environments[r.env].problem}
    present = [row for row in wanted if row.id not in absent]
    shapes = [shape for column in picked for shape in column.shapes] + parts.shapes(options.quick)
    data: Dict[str, Any] = {}
    seconds: Dict[str, float] = {}
    with runner.serving(shapes) as ports:
        run = runner.Runner(environments, ports)
        with run.empty_folder():
            if "table" in chosen_parts:
                data["columns"] = [column._asdict() for column in picked]
                data["absent"] = absent
                data["samples"], seconds = runner.interleaved(run, present, picked, say)
            for name in chosen_parts:
                if name in BESIDE and not run.ended:
                    begun = time.monotonic()
                    data[name] = BESIDE[name](run, present, options.quick, say)
                    seconds[name] = round(time.monotonic() - begun, 1)
    about = {
        "command": machine.command() + (f"  # ended in {run.ended}" if run.ended else ""),
        **state,
        "machine": {**facts, "load_after": machine.load()},
        "versions": {name: environment.versions for name, environment in environments.items()},
        "seconds": seconds,
        "quick": options.quick,
    }
    return data, about


def build(wanted: List[rows.Row], options: argparse.Namespace) -> Dict[str, envs.Environment]:
    built: Dict[str, envs.Environment] = {}
    for name in envs.names_for(wanted):
        say(f"environment {name} in {options.cache}")
        source = options.old.resolve() if name == rows.BEFORE.env else envs.REPOSITORY
        built[name] = envs.build(name, options.cache, fresh=options.fresh, source=source)
        if built[name].problem:
            say(f"  is absent: {built[name].problem}")
    return built


if __name__ == "__main__":
    sys.exit(main())
