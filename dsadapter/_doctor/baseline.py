"""``--baseline FILE``: what an earlier ``doctor --json`` found is not told again."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, List, Sequence, Tuple
from typing import Counter as CounterOf

from .._texts.text import LANGUAGES, untranslated
from .check import Result
from .findings import FAIL, WARN, ok
from .secrets import Secrets

Key = Tuple[str, str, str]


def read(file: str) -> CounterOf[Key]:
    """How often each finding stands in a report. Raises OSError, ValueError for no report."""
    with open(file, encoding="utf-8-sig") as stream:
        data: Any = json.load(stream)
    try:
        return Counter(
            (row["id"], row["data"].get("file", ""), row["message"]) for row in data["findings"]
        )
    except (TypeError, KeyError, AttributeError) as err:
        raise ValueError("no report of doctor --json") from err


def without(results: Sequence[Result], known: CounterOf[Key], secrets: Secrets) -> List[Result]:
    """The results without known faults. Lines do not count: code moves. A check of which every
    fault was known passed."""
    known = Counter(known)
    remaining: List[Result] = []
    for result in results:
        key = _known_as(result, known, secrets)
        if key is None:
            remaining.append(result)
            continue
        known[key] -= 1
    shown = {result.check.id for result in remaining}
    passed = {r.check.id: r.check for r in results if r.check.id not in shown}
    return remaining + [Result(check, ok(untranslated(""))) for check in passed.values()]


def _known_as(result: Result, known: CounterOf[Key], secrets: Secrets) -> Any:
    finding = result.finding
    if finding.status not in (FAIL, WARN):
        return None
    file = finding.location.file if finding.location else str(finding.data.get("file", ""))
    keys = [(result.check.id, file, secrets.hide(finding.message.say(lg))) for lg in LANGUAGES]
    return next((key for key in keys if known[key] > 0), None)
