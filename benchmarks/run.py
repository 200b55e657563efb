"""Measure dsadapter against the SDKs, HTTP by hand and others, side by side.

python benchmarks/run.py --quick            # two minutes, rough
python benchmarks/run.py                    # everything, about half an hour
python benchmarks/run.py --parts table --rows raw,sdk --columns chunk,call
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any, Dict, List

from bench import columns as column_table
from bench import docs_pages, envs, machine, parts, report, rows, runner
from bench.results import Results

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PARTS = ("table", "scale", "answers")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", help="beginnings of row ids, comma-separated (default: all)")
    parser.add_argument("--columns", help="column ids, comma-separated (default: all)")
    parser.add_argument("--parts", default=",".join(PARTS), help="of: %(default)s")
    parser.add_argument("--quick", action="store_true", help="one round, a tenth of the work")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="DIR")
    parser.add_argument("--cache", type=Path, default=HERE.parent / ".bench", metavar="DIR")
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
        results.take(measure(options))
        results.write(path)
    results = Results.read(path)
    pages = report.render(results, options.output)
    if options.output == RESULTS and results.columns:
        pages += docs_pages.write(results)
    for written in pages:
        say(f"wrote {written}")
    return 0


def measure(options: argparse.Namespace) -> Dict[str, Any]:
    wanted = rows.chosen(options.rows)
    picked = column_table.chosen(options.columns, options.quick)
    chosen_parts = [name for name in PARTS if name in options.parts.split(",")]
    facts = machine.facts()
    environments = build(wanted, options)
    absent = {r.id: str(environments[r.env].problem) for r in wanted if environments[r.env].problem}
    present = [row for row in wanted if row.id not in absent]
    shapes = [shape for column in picked for shape in column.shapes] + parts.shapes(options.quick)
    data: Dict[str, Any] = {}
    with runner.serving(shapes) as ports:
        run = runner.Runner(environments, ports)
        with run.empty_folder():
            if "table" in chosen_parts:
                data["columns"] = [column._asdict() for column in picked]
                data["rows"] = [row._asdict() for row in wanted]
                data["absent"] = absent
                data["samples"] = runner.interleaved(run, present, picked, say)
            if "scale" in chosen_parts:
                data["scale"] = parts.scale(run, present, options.quick, say)
            if "answers" in chosen_parts:
                data["answers"] = parts.answers(run, present, options.quick, say)
    about = {
        "command": machine.command(),
        "machine": {**facts, "load_after": machine.load()},
        "versions": {name: environment.versions for name, environment in environments.items()},
        "source": machine.source_digest(),
        "quick": options.quick,
    }
    names = [_named(part, options) for part in chosen_parts]
    return {**data, "about": dict.fromkeys(names, about)}


def _named(part: str, options: argparse.Namespace) -> str:
    some = part == "table" and options.columns
    return f"table: {options.columns}" if some else part


def build(wanted: List[rows.Row], options: argparse.Namespace) -> Dict[str, envs.Environment]:
    built: Dict[str, envs.Environment] = {}
    for name in envs.names_for(wanted):
        say(f"environment {name} in {options.cache}")
        built[name] = envs.build(name, options.cache, fresh=options.fresh)
        if built[name].problem:
            say(f"  is absent: {built[name].problem}")
    return built


if __name__ == "__main__":
    sys.exit(main())
