"""The command ``doctor``: arguments, one run, output, exit code."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import sys
from typing import List, Optional, Tuple, Union

from .. import _console
from .._named_tuple import NamedTuple
from .._texts import doctor_report as texts
from .._texts.text import NOTHING, Text
from . import registry, render, report
from .arguments import DoctorParser
from .collect import Request, collect
from .report import Report
from .search_path import Subject
from .search_path import subject as find_subject
from .secrets import Secrets

WIDEST = 100  # columns; longer lines are hard to read


class Selection(NamedTuple):
    """The arguments, sorted."""

    names: Tuple[str, ...]  # ids and groups
    paths: Tuple[str, ...]

    @property
    def asked(self) -> Tuple[str, ...]:
        """What is run, () for everything: a path beside names asks for its code, unless the names
        say which rules."""
        says_rules = any(name.partition("-")[0] == "code" for name in self.names)
        implied = ("code",) if self.names and self.paths and not says_rules else ()
        return (*self.names, *implied)


def run(argv: List[str], path: List[str]) -> int:
    """One run with these arguments and the search path of a program; gives the exit code."""
    parser = DoctorParser(argv)
    arguments = parser.parse_args(argv)
    language = screen_language(arguments.lang)
    if arguments.list:
        return _list(arguments, language)
    selection = _select(arguments.what)
    if isinstance(selection, str):
        _console.line(_unknown(selection).say(language), sys.stderr)
        _console.line(texts.TRY.say(language), sys.stderr)
        return 2
    return _run(arguments, selection, _subject(find_subject(path), selection), language)


def screen_language(explicit: Optional[str]) -> str:
    """English where Chinese cannot be printed, also when it was asked for."""
    language = _console.language(explicit)
    return language if _console.can_print(texts.SAMPLE.say(language)) else "en"


def _select(words: List[str]) -> Union[Selection, str]:
    names = [word for word in words if word in registry.BY_ID or word in registry.GROUPS]
    paths = [word for word in words if word not in names]
    missing = next((word for word in paths if not os.path.exists(word)), None)
    return Selection(tuple(names), tuple(paths)) if missing is None else missing


def _unknown(name: str) -> Text:
    import difflib

    close = difflib.get_close_matches(name, [*registry.GROUPS, *registry.BY_ID], 1)
    like = texts.LIKE(name=close[0]) if close else NOTHING
    return texts.NO_SUCH_NAME(name=name, like=like)


def _subject(subject: Subject, selection: Selection) -> Subject:
    """A named program counts with its own folder, as it would when it is run."""
    if not selection.paths:
        return subject
    first = os.path.abspath(selection.paths[0])
    return subject.of(first if os.path.isdir(first) else os.path.dirname(first))


def _run(
    arguments: argparse.Namespace, selection: Selection, subject: Subject, language: str
) -> int:
    secrets = Secrets()
    checks = registry.chosen(selection.asked)
    needs_probe = any(check.probe or check.group == "conflicts" for check in checks)
    request = Request(
        probe=needs_probe and not arguments.no_probe,
        online=arguments.online or any(name.startswith("online") for name in selection.names),
        paths=selection.paths,
    )
    snapshot = collect(subject, secrets, request)
    doctor_report = Report(snapshot, registry.run(snapshot, checks), arguments.strict)
    screen = screen_of(arguments, language, bool(selection.names))
    try:
        doctor_report = _written(doctor_report, arguments, language, secrets)
    except _FileFault as err:
        _console.line(err.text.say(language), sys.stderr)
        return 2
    if arguments.fix:
        from .fix_runner import FixOptions, FixRunner

        options = FixOptions(arguments.yes, arguments.verify)
        doctor_report = FixRunner(options, subject, secrets, request, checks, screen).run(
            doctor_report
        )
    elif arguments.verify:
        from . import verify

        doctor_report = verify.verify_report(doctor_report, secrets, screen)
    _show(doctor_report, arguments, screen, secrets)
    return doctor_report.exit_code


class _FileFault(Exception):
    """A file that was named cannot be read or written."""

    def __init__(self, text: Text, file: str, err: Exception) -> None:
        super().__init__(file)
        why = getattr(err, "strerror", None) or str(err) or type(err).__name__
        self.text = text(file=file, why=why)


def _written(
    doctor_report: Report, arguments: argparse.Namespace, language: str, secrets: Secrets
) -> Report:
    """The report without what the baseline has, after the files that were asked for are written.
    Raises _FileFault."""
    if arguments.baseline:
        from . import baseline

        try:
            known = baseline.read(arguments.baseline)
        except (OSError, ValueError) as err:
            raise _FileFault(texts.NOT_READ, arguments.baseline, err) from err
        results = baseline.without(doctor_report.results, known, secrets)
        doctor_report = doctor_report._replace(results=results)
    for name in ("markdown", "sarif"):
        file = arguments.report if name == "markdown" else arguments.sarif
        try:
            if file:
                writer = importlib.import_module(f"{__package__}.{name}")
                writer.write(file, doctor_report, language, secrets)
        except OSError as err:
            raise _FileFault(texts.NOT_WRITTEN, file, err) from err
    return doctor_report


def screen_of(arguments: argparse.Namespace, language: str, show_passed: bool) -> render.Screen:
    """The screen that the terminal and the arguments ask for."""
    return render.Screen(
        language,
        min(shutil.get_terminal_size().columns, WIDEST),
        _console.has_colour() and not getattr(arguments, "no_color", False),
        _console.can_print("✓✗·"),
        show_passed,
    )


def _show(
    doctor_report: Report, arguments: argparse.Namespace, screen: render.Screen, secrets: Secrets
) -> None:
    if arguments.json:
        _console.line(report.as_json(report.as_data(doctor_report, screen.language), secrets))
    else:
        _console.write(secrets.hide(render.text(doctor_report, screen)))


def _list(arguments: argparse.Namespace, language: str) -> int:
    from . import reference  # its texts are of no use to a run

    entries = [reference.entry(check) for check in registry.CHECKS]
    if arguments.json:
        data = [reference.entry_data(row, language) for row in entries]
        _console.line(report.as_json(data, Secrets()))
        return 0
    for row in entries:
        _console.line(f"{row.id:28}  {row.title.say(language)}")
    return 0
