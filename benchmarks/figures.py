"""Every figure on one page, docs/figures.md and its Chinese twin, each with its command.

python benchmarks/figures.py --measure sizes wheel    # measure these anew, and write the pages
python benchmarks/figures.py --measure mutation --from printed.txt   # of a run that took place
python benchmarks/figures.py --write                  # write the pages from the results
python benchmarks/figures.py --check                  # exit code 1 where a page does not follow

What run.py, gateway.py and soak.py measure is read from their results; the rest is kept in
``results/figures.json``, an entry for each measure. What nobody measured is "not measured".
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

from bench import docs_pages, figures_page, machine
from bench.figures_page import FIGURES
from bench.measures import MEASURES, Measure, taken


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="measures: " + ", ".join(f"{k} ({m.minutes:g} min)" for k, m in MEASURES.items()),
    )
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--measure", nargs="+", choices=list(MEASURES), metavar="NAME")
    choice.add_argument("--write", action="store_true", help="write the pages")
    choice.add_argument("--check", action="store_true", help="exit code 1 where one is outdated")
    parser.add_argument("--from", dest="printed", type=Path, metavar="FILE", help="see above")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    if options.measure:
        for name in options.measure:
            keep(name, entry(name, MEASURES[name], options.printed))
    outdated = {**docs_pages.outdated(), **figures_page.outdated()}
    for path, text in outdated.items():
        name = path.relative_to(figures_page.REPOSITORY).as_posix()
        print(f"{name} {'does not follow from the results' if options.check else 'written'}")
        if not options.check:
            path.write_text(text, encoding="utf-8")
    for line in figures_page.other_states():
        print(line)
    return 1 if options.check and outdated else 0


def entry(name: str, measure: Measure, printed: Optional[Path]) -> Dict[str, Any]:
    """One measurement, and of what; ``printed`` is the output of its command, if that ran."""
    state = {"source": machine.source_digest(), "commit": machine.commit()}
    facts = machine.facts()
    if printed is None:
        value = taken(measure)
    elif measure.read is None:
        raise SystemExit(f"{name} is measured, not read: leave out --from")
    else:
        value = measure.read(printed.read_text(encoding="utf-8"))
    about = {"date": facts["date"], **state, "command": measure.shown(name)}
    about.update(python=facts["python"], system=facts["system"])
    return {**about, "value": value}


def keep(name: str, new: Dict[str, Any]) -> None:
    """Put an entry in the place of its older self."""
    known: Dict[str, Any] = figures_page.entries()
    ordered: List[str] = [key for key in MEASURES if key in known or key == name]
    text = json.dumps({key: new if key == name else known[key] for key in ordered}, indent=1)
    FIGURES.write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {json.dumps(new['value'])}")


if __name__ == "__main__":
    sys.exit(main())
