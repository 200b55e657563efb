"""``python -m dsadapter matrix``: the compatibility page, from the result files of its runs."""

from __future__ import annotations

import difflib
import os
import sys
from pathlib import Path
from typing import Dict, List

from .. import _console
from .common import Parser

FOLDER = Path("tests", "matrix", "results")
PAGE = Path("compat_matrix.md")
SHOWN = 20  # lines of a difference
SAID = {
    "en": {
        "bad": "{page} is left as it was: the results cannot be used.",
        "written": "{page} is written, from {count} results.",
        "follows": "{page} follows from its {count} results.",
        "differs": "{page} does not follow from the results. Write it anew: {command}",
        "missing": "there is no {page} here",
    },
    "zh": {
        "bad": "{page} 没有改动:结果文件不可用。",
        "written": "已由 {count} 个结果文件生成 {page}。",
        "follows": "{page} 与 {count} 个结果文件一致。",
        "differs": "{page} 与结果文件不一致。重新生成:{command}",
        "missing": "当前目录没有 {page}",
    },
}
WRITE = "python -m dsadapter matrix --write"


def main(argv: List[str], command: str) -> int:
    from .._matrix.page import render
    from .._matrix.results import BadResults, read

    arguments = _parser(command).parse_args(argv)
    said = SAID[_console.language(arguments.lang)]
    try:
        results = read(arguments.folder)
    except (BadResults, OSError) as err:
        _console.line(f"{err}\n{said['bad'].format(page=PAGE)}", sys.stderr)
        return 1
    page, count = render(results), len(results.rows)
    if arguments.check:
        return _check(page, count, said)
    if not arguments.write:
        _console.write(page)
        return 0
    _replace(page)
    _console.line(said["written"].format(page=PAGE, count=count))
    return 0


def _parser(command: str) -> Parser:
    parser = Parser(
        command,
        "Make compat_matrix.md in this folder from the result files of the test runs.",
        f"tox run-parallel -m full && {WRITE}",
    )
    parser.add_argument(
        "--from",
        dest="folder",
        metavar="DIR",
        type=Path,
        default=FOLDER,
        help=f"the result files (default: {FOLDER.as_posix()}, as in a clone of the repository)",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="write the page; else it is printed")
    what.add_argument(
        "--check", action="store_true", help="exit code 1 where the page does not follow"
    )
    return parser


def _replace(page: str) -> None:
    """At once or not at all."""
    half = PAGE.with_suffix(".part")
    half.write_bytes(page.encode("utf-8"))
    os.replace(str(half), str(PAGE))


def _check(page: str, count: int, said: Dict[str, str]) -> int:
    try:
        there = PAGE.read_text(encoding="utf-8")  # line ends are the checkout's own
    except FileNotFoundError:
        _console.line(said["missing"].format(page=PAGE), sys.stderr)
        return 1
    if there == page:
        _console.line(said["follows"].format(page=PAGE, count=count))
        return 0
    differing = difflib.unified_diff(
        there.splitlines(), page.splitlines(), str(PAGE), "results", lineterm="", n=0
    )
    _console.line("\n".join(list(differing)[:SHOWN]), sys.stderr)
    _console.line(said["differs"].format(page=PAGE, command=WRITE), sys.stderr)
    return 1
