"""``--report FILE``: a Markdown report for an issue tracker, without secrets."""

from __future__ import annotations

import sys
from typing import Iterator, List, Sequence

from .. import _console
from .._texts import doctor_report as texts
from .._version import __version__
from .check import Result
from .findings import OK, SKIP
from .report import Report, problems, versions
from .secrets import Secrets
from .snapshot import ENVIRONMENT, Snapshot


def write(path: str, report: Report, language: str, secrets: Secrets) -> None:
    """Write the report, and say so on stderr. Raises OSError."""
    text = secrets.hide("\n".join(_lines(report, language)) + "\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    _console.line(texts.WRITTEN(file=path).say(language), sys.stderr)


def _lines(report: Report, language: str) -> Iterator[str]:
    yield f"# {texts.TITLE.say(language)} {__version__}"
    yield ""
    yield f"## {texts.FACTS.say(language)}"
    yield ""
    yield from _facts(report.snapshot)
    yield ""
    yield f"## {texts.FOUND.say(language)}"
    yield ""
    problem_results = problems(report.results)
    for result in problem_results:
        yield from _problem(result, language)
    if not problem_results:
        yield texts.NOTHING.say(language)
    yield ""
    yield f"<details><summary>{texts.ALL.say(language)}</summary>"
    yield ""
    yield from _table(report.results, language)
    yield ""
    yield f"{texts.SET.say(language)}: {', '.join(_variables(report.snapshot)) or '-'}"
    yield ""
    yield "</details>"


def _facts(s: Snapshot) -> Iterator[str]:
    python = s.python
    yield f"- {python.implementation} {python.version} ({python.kind}), {python.openssl}"
    yield f"- {s.choice.name or s.choice.wanted}: {s.choice.reason or s.choice.fault}"
    for name, why in s.choice.rejected:
        yield f"- not {name}: {why}"
    yield f"- {s.settings.base_url} ({s.settings.base_source})"
    yield f"- {', '.join(f'{name} {version}' for name, version in versions(s).items())}"


def _problem(result: Result, language: str) -> Iterator[str]:
    finding = result.finding
    location = f" `{finding.location}`" if finding.location else ""
    yield f"- **{result.check.id}** ({finding.status}){location}: {finding.message.say(language)}"
    for detail in finding.details:
        yield f"  - {detail.say(language)}"
    for command in finding.fix.commands if finding.fix else ():
        yield f"  - `{command.shown}`"


def _table(results: Sequence[Result], language: str) -> Iterator[str]:
    yield "| check | status | |"
    yield "|---|---|---|"
    for result in results:
        if result.finding.status in (OK, SKIP) or result.finding.location is None:
            message = result.finding.message.say(language).replace("|", "\\|")
            yield f"| {result.check.id} | {result.finding.status} | {message} |"


def _variables(s: Snapshot) -> List[str]:
    return [
        row.name if row.source == ENVIRONMENT else f"{row.name} ({row.source})"
        for row in s.settings.variables
    ]
