"""``python -m dsadapter matrix``: what was measured for the SDK, HTTP stack and Python here."""

from __future__ import annotations

import json
import pkgutil
from typing import Any, Dict, List

from .. import _console
from .._parser import Parser
from .._texts import matrix as texts
from . import matrix_tables
from .nearest import Fact, Match, installed, nearest

#: Options of the command that made the page before the page's code left the package.
MOVED = ("--write", "--check", "--from")
SCRIPT = "python tests/matrix/page.py"


def main(argv: List[str], command: str) -> int:
    """Print the measured rows nearest to this environment, or the tables of the page."""
    parser = _parser(command)
    parser.choose_language(argv)
    _refuse_moved(parser, argv)
    arguments = parser.parse_args(argv)
    data, language = load(), _console.language(arguments.lang)
    if arguments.all:
        _console.line(_dump(data) if arguments.json else matrix_tables.page(data, language))
        return 0
    here = installed()
    matches = nearest(data["environments"], here)
    if arguments.json:
        _console.line(_dump(answer(data, here, matches)))
    else:
        _console.line(matrix_tables.nearest(data, here, matches, language))
    return 0


def load() -> Dict[str, Any]:
    """The measured environments, from the file that ``tests/matrix/page.py --write`` made."""
    text = pkgutil.get_data(__package__, "matrix.json") or b"{}"
    return dict(json.loads(text.decode("utf-8")))


def answer(data: Dict[str, Any], here: Any, matches: List[Match]) -> Dict[str, Any]:
    """The answer as data. ``measured`` is true where this very combination was."""
    return {
        "adapter": data["adapter"],
        "installed": here._asdict(),
        "measured": any(not match.differing for match in matches),
        "rows": [_row(data, match) for match in matches],
    }


def _row(data: Dict[str, Any], match: Match) -> Dict[str, Any]:
    return {
        **match.environment,
        "same": [fact.name for fact in match.same],
        "differing": {fact.name: _both(fact) for fact in match.differing},
        "native": matrix_tables.outcomes(data, match, "native"),
        "dsadapter": matrix_tables.outcomes(data, match, "dsadapter"),
    }


def _both(fact: Fact) -> Dict[str, str]:
    return {"measured": fact.measured, "installed": fact.installed}


def _dump(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _parser(command: str) -> Parser:
    parser = Parser(
        command,
        texts.MATRIX,
        f"python -m dsadapter {command} --all",
    )
    parser.add_argument("--all", action="store_true", help=texts.MATRIX_ALL)
    parser.add_argument("--json", action="store_true", help=texts.MATRIX_JSON)
    return parser


def _refuse_moved(parser: Parser, argv: List[str]) -> None:
    for option in (argument.partition("=")[0] for argument in argv):
        if option in MOVED:
            parser.error(texts.MATRIX_MOVED(option=option, script=SCRIPT))
