"""The command ``explain``: reads a text, says what is known about it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional

from .. import _console
from .._settings.dotenv_file import decode
from .._texts import explain_report as texts
from .._texts.text import Text
from .._version import __version__
from . import explain_match, report
from .arguments import ExplainParser
from .collect import Request, collect
from .doctor_command import screen_language, screen_of
from .explain import ROWS
from .explain_match import Match
from .registry import BY_ID
from .render import Screen, fix_lines
from .search_path import subject
from .secrets import Secrets
from .text_wrap import wrap

if TYPE_CHECKING:
    from .reference import Entry

LARGEST = 200_000  # bytes; in a longer log the error stands at the end
SHOWN = 3


def run(argv: List[str], path: List[str]) -> int:
    """Explain the text of a file or of standard input; gives 0 when it is known, or no error."""
    arguments = ExplainParser(argv).parse_args(argv)
    language = screen_language(arguments.lang)
    known = _entry(arguments.file)
    if known is not None:
        return _print_entry(known, arguments, language)
    try:
        raw = _read(arguments.file, language)
    except OSError as err:
        message = texts.CANNOT_READ(file=arguments.file, why=err.strerror or type(err).__name__)
        _console.line(message.say(language), sys.stderr)
        return 2
    secrets = Secrets()
    text = explain_match.clean(decode(_end_of(raw)))
    snapshot = collect(subject(path), secrets, Request(probe=False))
    matches = explain_match.matches(text, snapshot, secrets.hide)
    error = explain_match.last_error(secrets.hide(text))
    if arguments.json:
        data = _data(matches, error, language)
        _console.line(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        screen = screen_of(arguments, language, False)
        lines = _lines(matches, error, explain_match.summary(snapshot), screen)
        _console.write("\n".join(lines) + "\n")
    return 0 if matches or not error else 1


def _entry(identity: Any) -> Optional[Entry]:
    """The check, rule or row of that id, None for none."""
    row = next((row for row in ROWS if row.id == identity), None)
    if row is None and identity not in BY_ID:
        return None
    from . import reference  # its texts are of no use to an error text

    return reference.row_entry(row) if row else reference.entry(BY_ID[identity])


def _print_entry(row: Entry, arguments: Any, language: str) -> int:
    from . import reference

    if arguments.json:
        _console.line(report.as_json(reference.entry_data(row, language), Secrets()))
    else:
        screen = screen_of(arguments, language, False)
        _console.write("\n".join(reference.entry_lines(row, screen)) + "\n")
    return 0


def _end_of(raw: bytes) -> bytes:
    """Whole lines: half a character would make the text look like another encoding's."""
    return raw if len(raw) <= LARGEST else raw[-LARGEST:].partition(b"\n")[2]


def _read(file: Any, language: str) -> bytes:
    if file and file != "-":
        with open(file, "rb") as stream:
            return stream.read()
    if _console.is_terminal(sys.stdin):
        _console.line(texts.TYPE_IT.say(language), sys.stderr)
    return sys.stdin.buffer.read()


# --- text ----------------------------------------------------------------------------------------


def _lines(matches: List[Match], error: str, here: Text, screen: Screen) -> Iterator[str]:
    if not matches:
        yield from _unknown(error, here, screen)
        return
    first, *others_found = matches
    yield from _print_match(first, screen)
    others = [match for match in others_found if match.row.id != first.row.id][: SHOWN - 1]
    if others:
        yield ""
        yield screen.say(texts.ALSO)
    for match in others:
        sure = screen.say(texts.SURENESS[match.sure])
        yield from wrap(
            f"{screen.say(match.cause)} ({sure}, {match.row.id})", screen.columns, "    ", "  - "
        )


def _print_match(match: Match, screen: Screen) -> Iterator[str]:
    sure = screen.say(texts.SURENESS[match.sure])
    head = screen.say(texts.CAUSE(sure=sure))
    yield f"{_console.paint(head, _console.BOLD, screen.colour)} {_dim(match.row.id, screen)}"
    yield from wrap(screen.say(match.cause), screen.columns, "  ")
    for here in match.here:
        yield from wrap(screen.say(here), screen.columns, "  ")
    yield from fix_lines(match.fix, screen, "")


def _dim(text: str, screen: Screen) -> str:
    return _console.paint(text, _console.DIM, screen.colour)


def _unknown(error: str, here: Text, screen: Screen) -> Iterator[str]:
    if not error:
        yield screen.say(texts.NOTHING)
        return
    yield screen.say(texts.UNKNOWN)
    yield from wrap(error[:500], screen.columns, "  ")
    yield from wrap(screen.say(here), screen.columns)
    yield from wrap(screen.say(texts.NEXT), screen.columns)


# --- JSON ----------------------------------------------------------------------------------------


def _data(matches: List[Match], error: str, language: str) -> Dict[str, Any]:
    return {
        "schema": report.SCHEMA,
        "tool": {"name": "dsadapter", "version": __version__},
        "error": error,
        "explained": bool(matches),
        "matches": [_match(match, language) for match in matches],
    }


def _match(match: Match, language: str) -> Dict[str, Any]:
    return {
        "id": match.row.id,
        "certainty": match.sure,
        "vendor": match.vendor,
        "cause": match.cause.say(language),
        "here": [text.say(language) for text in match.here],
        "fix": {
            "text": match.fix.text.say(language) if match.fix.text else "",
            "commands": [command.shown for command in match.fix.commands],
            "all_of_them": match.fix.steps,
        },
    }
