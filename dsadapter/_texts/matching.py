"""Sentences that were made in English only, said in another language for people.

Errors that programs catch, and argparse's own words, are English. Where a command shows one, the
row whose English it fits says it in the reader's language. Nothing is decided by it.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Dict, Iterable, List, Mapping, Pattern, Sequence, Set

from .text import SIMPLIFIED, TRADITIONAL, Text

_patterns: Dict[str, Pattern[str]] = {}


def translated(
    sentence: str,
    language: str,
    rows: Sequence[Text],
    fields: Mapping[str, Sequence[Text]],
) -> str:
    """The sentence in that language, as it is where no row fits; ``fields`` has the rows for what
    fills some of its fields."""
    if language not in (SIMPLIFIED, TRADITIONAL):
        return sentence
    for row in rows:
        match = _pattern(row.en).fullmatch(sentence)
        if match:
            values = {
                name: translated(value, language, fields.get(name, ()), fields)
                for name, value in match.groupdict().items()
            }
            return "".join(_filled(row.say(language), values))
    return sentence


def _pattern(template: str) -> Pattern[str]:
    if template not in _patterns:
        parts: List[str] = []
        seen: Set[str] = set()
        for literal, name, _, _ in Formatter().parse(template):
            parts.append(re.escape(literal))
            if name:
                parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
                seen.add(name)
        _patterns[template] = re.compile("".join(parts), re.DOTALL)
    return _patterns[template]


def _filled(template: str, values: Dict[str, str]) -> Iterable[str]:
    """The template with its fields as they stood in the sentence: what was quoted is quoted."""
    for literal, name, _, _ in Formatter().parse(template):
        yield literal
        yield values.get(name or "", "")
