"""Group code: one check per rule of ``doctor PATH``; the scan itself is in ``scan``."""

from __future__ import annotations

from typing import Iterator

from ..._texts.text import Text
from ..check import Check
from ..findings import Finding, info, skip
from ..rules import RULES, Rule
from ..snapshot import Snapshot

NO_PATH = Text("no PATH was given", "没有给出路径")


def _hits(rule: Rule, s: Snapshot) -> Iterator[Finding]:
    if s.code is None:
        yield skip(NO_PATH)
        return
    for hit in s.code.hits:
        if hit.rule == rule.id:
            yield hit.finding


def _unparsed(s: Snapshot) -> Iterator[Finding]:
    if s.code is None:
        yield skip(NO_PATH)
        return
    for file, why in s.code.unparsed:
        yield info(
            Text("{file} was passed over: {why}", "跳过 {file}：{why}")(file=file, why=why),
            file=file,
        )


def _check(rule: Rule) -> Check:
    if rule.id == "code-unparsed":
        return Check(rule.id, rule.title, _unparsed)
    return Check(rule.id, rule.title, lambda s: _hits(rule, s))


CHECKS = tuple(map(_check, RULES))
