"""``python tests/matrix/page.py``: the page and the package's data, from the result files."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple

from dsadapter import _console

from . import chinese, digest, render, summary
from .results import RUN, BadResults, Results, read

ROOT = Path(__file__).resolve().parents[3]
RESULTS = Path("tests", "matrix", "results")
PAGE = Path("compat_matrix.md")
CHINESE = Path("compat_matrix.zh.md")
DATA = Path("dsadapter", "_cli", "matrix.json")
WRITTEN = (PAGE, CHINESE, DATA)
LINES_OF_A_DIFFERENCE = 20
LINE_LENGTH = 200
WRITE = "python tests/matrix/page.py --write"


class Target(NamedTuple):
    """A file that follows from the results, and what has to stand in it."""

    path: Path
    text: str


def main(argv: List[str], root: Path = ROOT) -> int:
    """Print, write or check. The exit code: 0, 1 where something does not follow, 2 usage."""
    arguments = _parser().parse_args(argv)
    try:
        results = read(arguments.folder or root / RESULTS)
    except (BadResults, OSError) as err:
        _console.line(f"{err}\nThe results cannot be used: nothing is written.", sys.stderr)
        return 1
    targets = list(_targets(results))
    if arguments.check:
        follows = _check(targets, root, len(results.rows))
        stale = list(_stale(results, root))
        for line in stale:
            _console.line(line, sys.stderr if arguments.current else sys.stdout)
        return 1 if follows or (stale and arguments.current) else 0
    if not arguments.write:
        _console.write(targets[0].text)
        return 0
    for target in targets:
        _replace(root / target.path, target.text)
    _console.line(f"{_names(targets)} are written, from {len(results.rows)} results.")
    return 0


def _targets(results: Results) -> Iterator[Target]:
    yield Target(PAGE, render.render(results))
    yield Target(CHINESE, chinese.render(results))
    yield Target(DATA, summary.render(results))


def _names(targets: List[Target]) -> str:
    return ", ".join(target.path.as_posix() for target in targets)


def _stale(results: Results, root: Path) -> Iterator[str]:
    """What the page cannot say of the code that is here."""
    source, measured = digest.of(root / "dsadapter"), results.latest.source
    if measured != source:
        yield f"The page is of code {measured[:12]}; the code here is {source[:12]}."
    unfinished = results.unfinished(source)
    if unfinished:
        count = len(unfinished)
        yield f"{count} environments have no whole result of the code here: {RUN} makes them."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python tests/matrix/page.py",
        description=f"Make {', '.join(path.as_posix() for path in WRITTEN)} from the results.",
        epilog=f"example: {RUN} && {WRITE}",
    )
    parser.add_argument(
        "--from",
        dest="folder",
        metavar="DIR",
        type=Path,
        help=f"the result files (default: {RESULTS.as_posix()} of this clone)",
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--write", action="store_true", help="write them; else the page is printed")
    action.add_argument("--check", action="store_true", help="exit code 1 if one does not follow")
    parser.add_argument(
        "--current",
        action="store_true",
        help="with --check: exit code 1 as well if the code here is not what was measured",
    )
    return parser


def _replace(path: Path, text: str) -> None:
    """At once or not at all."""
    half = path.with_suffix(".part")
    half.write_bytes(text.encode("utf-8"))
    os.replace(str(half), str(path))


def _check(targets: List[Target], root: Path, count: int) -> int:
    differences: Dict[Path, List[str]] = {
        target.path: lines for target in targets for lines in [_difference(target, root)] if lines
    }
    for path, lines in differences.items():
        _console.line("\n".join(lines), sys.stderr)
        text = f"{path.as_posix()} does not follow from the results. Write it anew: {WRITE}"
        _console.line(text, sys.stderr)
    if differences:
        return 1
    _console.line(f"{_names(targets)} follow from their {count} results.")
    return 0


def _difference(target: Target, root: Path) -> List[str]:
    """The first lines in which the file differs; [] where it does not."""
    name = target.path.as_posix()
    try:
        present = (root / target.path).read_text(encoding="utf-8")  # any line ends
    except FileNotFoundError:
        return [f"there is no {name}"]
    lines = difflib.unified_diff(
        present.splitlines(), target.text.splitlines(), name, "results", lineterm="", n=0
    )
    return [line[:LINE_LENGTH] for line in lines][:LINES_OF_A_DIFFERENCE]
