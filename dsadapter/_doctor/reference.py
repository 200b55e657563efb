"""``explain ID`` and ``doctor --list``: what stands behind each check, rule and error text."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, Optional

from .. import _console
from .._named_tuple import NamedTuple
from .._texts.doctor_reasons import REASONS as CHECK_REASONS
from .._texts.doctor_reasons_settings import REASONS as SETTING_REASONS
from .._texts.rules_reasons import REASONS as RULE_REASONS
from .._texts.text import NOTHING, Text, join, untranslated
from .._texts.topic import Reason
from .check import Check
from .explain.row import Row
from .render import Screen
from .text_wrap import display_width, wrap

WHY = Text("Why:     ", "原因：")
EXAMPLE = Text("Example: ", "例子：")
REMEDY = Text("Fix:     ", "修复：")
_REASONS = {**CHECK_REASONS, **SETTING_REASONS, **RULE_REASONS}


_FIELD = re.compile(r"\{(\w+)\}")


class Entry(NamedTuple):
    """A check, a rule or a row of ``explain``, and why it is there."""

    id: str
    group: str
    title: Text
    reason: Optional[Reason]


def entry(check: Check) -> Entry:
    """What is known about a check or rule."""
    return Entry(check.id, check.group, check.title, _REASONS.get(check.id))


def row_entry(row: Row) -> Entry:
    """What is known about an error text; what differs from text to text is written <name>."""
    commands = "".join(f"\n{command}" for command in row.commands)
    cause, remedy = row.cause, join([row.fix, untranslated(commands)], NOTHING)
    return Entry(row.id, "explain", untranslated(""), Reason(_shown(cause), _shown(remedy)))


def _shown(text: Text) -> Text:
    return Text(_FIELD.sub(r"<\1>", text.en), _FIELD.sub(r"<\1>", text.zh))


def entry_lines(shown: Entry, screen: Screen) -> Iterator[str]:
    """An entry as lines of a screen."""
    identity = _console.paint(shown.id, _console.BOLD, screen.colour)
    yield f"{identity}  {screen.say(shown.title)}".rstrip()
    if shown.reason is None:
        return
    yield from _labelled(WHY, screen.say(shown.reason.why), screen)
    for number, line in enumerate(shown.reason.example.splitlines()):
        label = screen.say(EXAMPLE)
        yield f"{label if not number else ' ' * display_width(label)}{line}"
    advice, *commands = screen.say(shown.reason.remedy).split("\n")
    yield from _labelled(REMEDY, advice, screen)
    yield from (f"{' ' * display_width(screen.say(REMEDY))}{command}" for command in commands)


def _labelled(label: Text, text: str, screen: Screen) -> Iterator[str]:
    start = screen.say(label)
    yield from wrap(text, screen.columns, " " * display_width(start), start)


def entry_data(shown: Entry, language: str) -> Dict[str, Any]:
    """An entry as JSON has it."""
    reason = shown.reason
    return {
        "id": shown.id,
        "group": shown.group,
        "title": shown.title.say(language),
        "why": reason.why.say(language) if reason else "",
        "example": reason.example if reason else "",
        "fix": reason.remedy.say(language) if reason else "",
    }
