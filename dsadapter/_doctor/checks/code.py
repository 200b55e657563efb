"""Group code: one check per rule of ``doctor PATH``; the scan itself is in ``scan``."""

from __future__ import annotations

from typing import Iterator

from ..._texts import rules_files as texts
from ..check import Check
from ..findings import Finding, fail, info, skip
from ..rules import RULES, Rule
from ..snapshot import Code, Snapshot


def _hits(rule: Rule, s: Snapshot) -> Iterator[Finding]:
    if s.code is None:
        yield skip(texts.NO_PATH)
        return
    found = [hit.finding for hit in s.code.hits if hit.rule == rule.id]
    yield from found or _not_judged(s.code)


def _not_judged(code: Code) -> Iterator[Finding]:
    """Why finding nothing says nothing, () where it says that all is well."""
    for file, why in code.unread[:1]:
        yield skip(texts.NOT_READ(file=file, why=why))
    if not code.files:
        yield skip(texts.NO_FILES)


def _unparsed(s: Snapshot) -> Iterator[Finding]:
    if s.code is None:
        yield skip(texts.NO_PATH)
        return
    for row in s.code.unparsed:
        file, why = row
        level, text = (fail, texts.NOT_READ) if row in s.code.unread else (info, texts.PASSED_OVER)
        yield level(text(file=file, why=why), file=file)
    if not s.code.files:
        yield info(texts.NO_FILES)


def _check(rule: Rule) -> Check:
    if rule.id == "code-unparsed":
        return Check(rule.id, rule.title, _unparsed)
    return Check(rule.id, rule.title, lambda s: _hits(rule, s))


CHECKS = tuple(map(_check, RULES))
