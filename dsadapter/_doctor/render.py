"""The doctor's screen. Only this module decides what it looks like."""

from __future__ import annotations

from typing import Dict, Iterator, List, Sequence, Tuple

from .. import _console
from .._backends.versions import at_least, below
from .._named_tuple import NamedTuple
from .._texts import doctor_report as texts
from .._texts.text import Text
from .._version import __version__
from .check import Result
from .findings import CRASH, FAIL, INFO, OK, SKIP, WARN, Finding, Fix
from .report import Report
from .snapshot import Snapshot
from .text_wrap import display_width, pad, wrap

MARKS = {OK: "✓", INFO: "i", SKIP: "-", WARN: "!", FAIL: "✗", CRASH: "✗"}
ASCII = {**MARKS, OK: "+", FAIL: "x", CRASH: "x"}
COLOURS = {OK: _console.GREEN, WARN: _console.YELLOW, FAIL: _console.RED, CRASH: _console.RED}
PROBLEMS = (FAIL, WARN, CRASH)
SHOWN_LOCATIONS = 8


class Screen(NamedTuple):
    """How to print: language, width, colour, characters, and whether passed checks are shown."""

    language: str = "en"
    columns: int = 80
    colour: bool = False
    unicode: bool = True
    show_passed: bool = False  # passed checks too: these were asked for by name

    def say(self, text: Text) -> str:
        """A text in the screen's language, with characters that it can print."""
        line = text.say(self.language)
        return line if self.unicode else line.replace("·", "-").replace("—", "-")

    def mark(self, status: str) -> str:
        """The sign of a status, in its colour."""
        mark = (MARKS if self.unicode else ASCII)[status]
        return _console.paint(mark, COLOURS.get(status, _console.DIM), self.colour)

    def counted(self, status: str, n: int) -> str:
        """ "1 problem", "3 warnings": how often a status occurs."""
        return self.say(texts.COUNTED[status](n=n))


def text(report: Report, screen: Screen) -> str:
    """The whole report as text."""
    lines = [*_head(report.snapshot, screen), ""]
    for group, name in texts.GROUP_NAMES.items():
        results = [r for r in report.results if r.check.group == group]
        if any(r.finding.status != SKIP for r in results) or (results and screen.show_passed):
            lines += _group(name, results, screen)
    return "\n".join([*lines, "", *_foot(report, screen)]) + "\n"


def _head(s: Snapshot, screen: Screen) -> Iterator[str]:
    dot = " · " if screen.unicode else " - "
    versions = [f"{name} {v}" for name in _sdk_packages(s) if (v := s.packages.version(name))]
    parts = [f"dsadapter {__version__}", f"Python {s.python.version} ({s.python.kind})", *versions]
    yield from wrap(dot.join(parts), screen.columns, "  ", "")
    if {"settings", "choice"} & set(dict(s.crashes)):
        return  # nothing is known of them
    key = s.settings.key
    where = f"{key.variable} ({key.tail})" if key else screen.say(texts.NO_KEY)
    backend = s.choice.name or screen.say(texts.NO_BACKEND(name=s.choice.wanted))
    yield from wrap(f"{backend}{dot}{s.settings.base_url}{dot}{where}", screen.columns, "  ", "  ")


def _sdk_packages(s: Snapshot) -> Tuple[str, ...]:
    """The SDK and the HTTP library that it uses."""
    if not s.sdk() or below(s.sdk(), "1"):
        return ("openai", "requests")
    return ("openai", "httpx2" if at_least(s.sdk(), "3") else "httpx")


def _foot(report: Report, screen: Screen) -> Iterator[str]:
    counts = {status: report.number(status) for status in (FAIL, CRASH, WARN, OK)}
    shown = [FAIL, *(status for status in (CRASH, WARN, OK) if counts[status])]
    line = screen.say(texts.COMMA).join(screen.counted(status, counts[status]) for status in shown)
    code = _console.RED if counts[FAIL] or counts[CRASH] else _console.GREEN
    yield _console.paint(line + screen.say(Text(".", "。")), code, screen.colour)
    if not screen.show_passed:
        yield from wrap(screen.say(texts.HINT), screen.columns)


# --- a group -------------------------------------------------------------------------------------


def _group(name: Text, results: Sequence[Result], screen: Screen) -> Iterator[str]:
    counts: Dict[str, int] = {}
    for result in results:
        counts[result.finding.status] = counts.get(result.finding.status, 0) + 1
    worst = next((status for status in (FAIL, CRASH, WARN, OK) if counts.get(status)), SKIP)
    counted = [
        screen.counted(st, counts[st]) for st in (FAIL, CRASH, WARN, OK, SKIP) if counts.get(st)
    ]
    title = _console.paint(pad(screen.say(name), 10), _console.BOLD, screen.colour)
    yield f"[{screen.mark(worst)}] {title} {screen.say(texts.COMMA).join(counted)}"
    before = ""
    for block in _blocks(results):
        if screen.show_passed or block[0].finding.status not in (OK, SKIP):
            yield from _block(block, screen, block[0].check.id == before)
            before = block[0].check.id


def _blocks(results: Sequence[Result]) -> List[List[Result]]:
    """Results that say the same of different places, together."""
    blocks: Dict[Tuple[object, ...], List[Result]] = {}
    for number, result in enumerate(results):
        finding = result.finding
        key = (result.check.id, finding.message if finding.location else number)
        blocks.setdefault(key, []).append(result)
    return list(blocks.values())


def _block(block: Sequence[Result], screen: Screen, again: bool) -> Iterator[str]:
    check, finding = block[0]
    if finding.status in PROBLEMS:  # there the message leads: the title says what should be
        yield from _headline(screen, finding, check.id)
    else:
        if not again:
            yield _title(screen, finding.status, screen.say(check.title), check.id)
        if finding.message.en:
            yield from wrap(screen.say(finding.message), screen.columns, " " * 6)
    yield from _locations(block, screen)
    for detail in (*finding.details, *_related(finding)):
        yield from wrap(screen.say(detail), screen.columns, " " * 8, "      - ")
    if finding.fix is not None:
        yield from fix_lines(finding.fix, screen)


def _related(finding: Finding) -> Iterator[Text]:
    """What the finding follows from, and what follows from it."""
    if finding.follows:
        yield texts.SEE(ids=", ".join(finding.follows))
    ids = dict.fromkeys(row.id for row in finding.consequences)
    if ids:
        yield texts.BECAUSE(ids=", ".join(ids))


def _headline(screen: Screen, finding: Finding, identity: str) -> Iterator[str]:
    """What is wrong, and which check says so."""
    text = f"{screen.say(finding.message)} [{identity}]"
    yield from wrap(text, screen.columns, " " * 6, f"    {screen.mark(finding.status)} ")


def _title(screen: Screen, status: str, title: str, identity: str) -> str:
    gap = screen.columns - 6 - display_width(title) - len(identity)
    bold = _console.paint(title, _console.BOLD, screen.colour)
    dim = _console.paint(identity, _console.DIM, screen.colour)
    between = " " * gap if gap > 1 else "  "
    return f"    {screen.mark(status)} {bold}{between}{dim}"


def _locations(block: Sequence[Result], screen: Screen) -> Iterator[str]:
    locations = [result.finding.location for result in block if result.finding.location]
    for location in locations[:SHOWN_LOCATIONS]:
        yield f"      {location}"
    if len(locations) > SHOWN_LOCATIONS:
        yield f"      {screen.say(texts.MORE_LOCATIONS(n=len(locations) - SHOWN_LOCATIONS))}"


def fix_lines(fix: Fix, screen: Screen, indent: str = "      ") -> Iterator[str]:
    """A fix as lines: its advice, then its commands."""
    label = f"{indent}{screen.say(texts.FIX)}"
    inner = " " * display_width(label)
    if fix.text is not None:
        yield from wrap(screen.say(fix.text), screen.columns, inner, label)
    for number, command in enumerate(fix.commands, 1):
        step = f"{number}. " if fix.steps and len(fix.commands) > 1 else ""
        shown = _console.paint(command.shown, _console.BOLD, screen.colour)
        yield f"{inner}{step}{shown}"
        if command.verdict is not None:
            yield from wrap(screen.say(command.verdict), screen.columns, f"{inner}  ")
