"""The command ``doctor``: arguments, one run, output, exit code."""

from __future__ import annotations

import argparse
import difflib
import os
import shutil
import sys
from typing import List, NamedTuple, Optional, Tuple, Union

from .. import _console
from . import registry, render, report
from .collect import Request, collect
from .model import Text
from .paths import Subject
from .paths import subject as find_subject
from .report import Report
from .secrets import Secrets
from .usage import Parser

WIDEST = 100  # columns; longer lines are hard to read


class Wish(NamedTuple):
    """The arguments, sorted."""

    names: Tuple[str, ...]  # ids and groups
    paths: Tuple[str, ...]


NOTHING_LIKE = Text(
    "dsadapter doctor: {name!r} is no path, no check and no group{like}.",
    "dsadapter doctor：{name!r} 既不是路径，也不是检查项或分组{like}。",
)
NOT_WRITTEN = Text("{file} cannot be written: {why}", "无法写入 {file}：{why}")
LIKE = Text("; did you mean {name}", "；是不是 {name}")
TRY = Text("python -m dsadapter doctor --list", "python -m dsadapter doctor --list")


def run(argv: List[str], path: List[str]) -> int:
    parser = Parser(argv)
    arguments = parser.parse_args(argv)
    language = screen_language(arguments.lang)
    if arguments.list:
        return _list(arguments, language)
    wish = _sorted(arguments.what)
    if isinstance(wish, str):
        _console.line(_unknown(wish).say(language), sys.stderr)
        _console.line(TRY.say(language), sys.stderr)
        return 2
    return _examine(arguments, wish, _subject(find_subject(path), wish), language)


def screen_language(explicit: Optional[str]) -> str:
    """English where Chinese cannot be printed, also when it was asked for."""
    found = _console.language(explicit)
    return found if _console.can_print("检查") else "en"


def _sorted(what: List[str]) -> Union[Wish, str]:
    names = [word for word in what if word in registry.BY_ID or word in registry.GROUPS]
    rest = [word for word in what if word not in names]
    missing = next((word for word in rest if not os.path.exists(word)), None)
    return Wish(tuple(names), tuple(rest)) if missing is None else missing


def _unknown(name: str) -> Text:
    close = difflib.get_close_matches(name, [*registry.GROUPS, *registry.BY_ID], 1)
    like = LIKE(name=close[0]) if close else Text("", "")
    return Text(
        NOTHING_LIKE.en.format(name=name, like=like.en),
        NOTHING_LIKE.zh.format(name=name, like=like.zh),
    )


def _subject(subject: Subject, wish: Wish) -> Subject:
    """A named program counts with its own folder, as it would when it is run."""
    if not wish.paths:
        return subject
    first = os.path.abspath(wish.paths[0])
    return subject.of(first if os.path.isdir(first) else os.path.dirname(first))


def _examine(arguments: argparse.Namespace, wish: Wish, subject: Subject, language: str) -> int:
    secrets = Secrets()
    checks = registry.chosen((*wish.names, *(("code",) if wish.paths and wish.names else ())))
    needs_probe = any(check.fallback or check.id.startswith("conflict") for check in checks)
    request = Request(
        probe=needs_probe and not arguments.no_probe,
        online=arguments.online or any(name.startswith("online") for name in wish.names),
        paths=wish.paths,
    )
    snapshot = collect(subject, secrets, request)
    done = Report(snapshot, registry.run(snapshot, checks), arguments.strict)
    screen = screen_of(arguments, language, bool(wish.names))
    if arguments.report:
        from . import markdown

        try:
            markdown.write(arguments.report, done, language, secrets)
        except OSError as err:
            why = err.strerror or type(err).__name__
            _console.line(NOT_WRITTEN(file=arguments.report, why=why).say(language), sys.stderr)
            return 2
    if arguments.fix:
        from .fixes import Mender
        from .fixes import Wish as Asked

        asked = Asked(arguments.yes, arguments.verify)
        done = Mender(asked, subject, secrets, request, checks, screen).mend(done)
    elif arguments.verify:
        from . import proving

        done = proving.proved(done, secrets, screen)
    _show(done, arguments, screen, secrets)
    return done.exit_code


def screen_of(arguments: argparse.Namespace, language: str, every: bool) -> render.Screen:
    return render.Screen(
        language,
        min(shutil.get_terminal_size().columns, WIDEST),
        _console.has_colour() and not getattr(arguments, "no_color", False),
        _console.can_print("✓✗·"),
        every,
    )


def _show(
    done: Report, arguments: argparse.Namespace, screen: render.Screen, secrets: Secrets
) -> None:
    if arguments.json:
        _console.line(report.as_json(report.as_data(done, screen.language), secrets))
    else:
        _console.write(secrets.hide(render.text(done, screen)))


def _list(arguments: argparse.Namespace, language: str) -> int:
    rows = [(check.id, check.group, check.title.say(language)) for check in registry.CHECKS]
    if arguments.json:
        data = [{"id": i, "group": g, "title": t} for i, g, t in rows]
        _console.line(report.as_json(data, Secrets()))
        return 0
    for identity, _, title in rows:
        _console.line(f"{identity:28}  {title}")
    return 0
