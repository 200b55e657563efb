"""``explain ID`` and ``doctor --list``: what stands behind each check and rule."""

from __future__ import annotations

from typing import Any, Dict, Iterator, NamedTuple, Optional

from .. import _console
from .._texts.doctor_reasons import REASONS as CHECK_REASONS
from .._texts.doctor_reasons_settings import REASONS as SETTING_REASONS
from .._texts.rules_reasons import REASONS as RULE_REASONS
from .._texts.text import Text
from .._texts.topic import Reason
from .check import Check
from .render import Screen
from .text_wrap import display_width, wrap

WHY = Text("Why:     ", "原因：")
EXAMPLE = Text("Example: ", "例子：")
REMEDY = Text("Fix:     ", "修复：")
_REASONS = {**CHECK_REASONS, **SETTING_REASONS, **RULE_REASONS}


class Entry(NamedTuple):
    """A check or rule, and why it is there."""

    check: Check
    reason: Optional[Reason]


def entry(check: Check) -> Entry:
    """What is known about a check or rule."""
    return Entry(check, _REASONS.get(check.id))


def entry_lines(shown: Entry, screen: Screen) -> Iterator[str]:
    """An entry as lines of a screen."""
    identity = _console.paint(shown.check.id, _console.BOLD, screen.colour)
    yield f"{identity}  {screen.say(shown.check.title)}"
    if shown.reason is None:
        return
    yield from _labelled(WHY, screen.say(shown.reason.why), screen)
    for number, line in enumerate(shown.reason.example.splitlines()):
        label = screen.say(EXAMPLE)
        yield f"{label if not number else ' ' * display_width(label)}{line}"
    yield from _labelled(REMEDY, screen.say(shown.reason.remedy), screen)


def _labelled(label: Text, text: str, screen: Screen) -> Iterator[str]:
    start = screen.say(label)
    yield from wrap(text, screen.columns, " " * display_width(start), start)


def entry_data(shown: Entry, language: str) -> Dict[str, Any]:
    """An entry as JSON has it."""
    reason = shown.reason
    return {
        "id": shown.check.id,
        "group": shown.check.group,
        "title": shown.check.title.say(language),
        "why": reason.why.say(language) if reason else "",
        "example": reason.example if reason else "",
        "fix": reason.remedy.say(language) if reason else "",
    }
