"""``--verify`` without ``--fix``: says of each fix whether it was proved."""

from __future__ import annotations

import sys

from .. import _console
from . import verify
from .model import FAIL, WARN, Command, Result, Text
from .render import Screen
from .report import Report
from .secrets import Secrets

PROVING = Text("Proving in a throwaway environment: {command}", "正在临时环境里验证：{command}")


def proved(done: Report, secrets: Secrets, screen: Screen) -> Report:
    results = [_proved(result, done, secrets, screen) for result in done.results]
    return done._replace(results=results)


def _proved(result: Result, done: Report, secrets: Secrets, screen: Screen) -> Result:
    finding = result.finding
    if finding.status not in (FAIL, WARN) or finding.fix is None or finding.fix.steps:
        return result
    commands = tuple(_judged(c, done, secrets, screen) for c in finding.fix.commands)
    return Result(result.check, finding._replace(fix=finding.fix._replace(commands=commands)))


def _judged(command: Command, done: Report, secrets: Secrets, screen: Screen) -> Command:
    if not verify.can_prove(command):
        return command
    _console.line(screen.say(PROVING(command=command.shown)), sys.stderr)
    verdict = verify.prove(command, done.snapshot, secrets)
    return command._replace(verified=verdict.ok, verdict=verdict.text)
