"""``--fix``: each fix is shown, asked for, run, checked; and how to undo it is said."""

from __future__ import annotations

import sys
from typing import Dict, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple

from .. import _console
from .._backends import detection as _detect
from .._texts.text import Text
from . import installer, registry
from .check import Check, Result
from .collect import Request, collect
from .findings import FAIL, WARN, Command, Fix
from .fix_commands import command as command_of
from .render import Screen, fix_lines
from .report import Report
from .search_path import Subject
from .secrets import Secrets
from .snapshot import Snapshot
from .text_wrap import wrap

ASK = Text("Run it? [y/N] ", "执行吗？[y/N] ")
ASK_ONE = Text("Run `{command}`? [y/N] ", "执行 {command} 吗？[y/N] ")
NOBODY = Text(
    "Not run: nobody can be asked here. To accept all: --yes",
    "没有执行：这里没法询问。要全部接受请加 --yes",
)
DECLINED = Text("Not run.", "没有执行。")
RUNNING = Text("$ {command}", "$ {command}")
FIXED = Text("Mended: {id}", "已修好：{id}")
STILL_BROKEN = Text("Still there: {id}", "仍然存在：{id}")
UNDO = Text("To undo:", "撤销：")
BY_HAND = Text("This one is done by hand.", "这一项需要手动处理。")
PROVING = Text("Proving it in a throwaway environment ...", "正在临时环境里验证……")


class FixOptions(NamedTuple):
    """What the command line asked for."""

    yes: bool
    verify: bool


class FixRunner:
    """One round of ``--fix``."""

    def __init__(
        self,
        options: FixOptions,
        subject: Subject,
        secrets: Secrets,
        request: Request,
        checks: Sequence[Check],
        screen: Screen,
    ) -> None:
        self.options = options
        self.subject = subject
        self.secrets = secrets
        self.request = request
        self.checks = checks
        self.screen = screen
        self.seen: Set[Tuple[str, str]] = set()

    def print_text(self, text: Text) -> None:
        """Print a text, without secrets."""
        _console.write(self.secrets.hide(self.screen.say(text)) + "\n")

    def print_lines(self, lines: Iterator[str]) -> None:
        """Print lines, without secrets."""
        _console.write(self.secrets.hide("\n".join(lines)) + "\n")

    # -- the round

    def run(self, report: Report) -> Report:
        """Offers the fixes one by one; each is judged against the environment as it then is."""
        while True:
            result = next((r for r in report.results if self._is_open(r)), None)
            if result is None:
                return report
            self.seen.add((result.check.id, result.finding.message.en))
            report = self._offer(result, report)

    def _is_open(self, result: Result) -> bool:
        key = (result.check.id, result.finding.message.en)
        return result.finding.status in (FAIL, WARN) and key not in self.seen

    def _offer(self, result: Result, report: Report) -> Report:
        self._show(result)
        commands = self._chosen(result, report.snapshot)
        if not commands:
            self.print_text(BY_HAND)
            return report
        is_alternative = len(commands) < len(
            (result.finding.fix or Fix()).commands
        )  # of alternatives
        if not self._accepted(ASK_ONE(command=commands[0].shown) if is_alternative else ASK):
            return report
        before = report.snapshot
        if not self._run(commands):
            return report
        after = self._collect_again(report.strict)
        open_ids = {r.check.id for r in after.results if r.finding.status in (FAIL, WARN)}
        self.print_text(
            (STILL_BROKEN if result.check.id in open_ids else FIXED)(id=result.check.id)
        )
        self._undo(commands, before, after.snapshot)
        return after

    def _show(self, result: Result) -> None:
        finding, columns = result.finding, self.screen.columns
        _console.line()
        title = f"{self.screen.mark(finding.status)} {result.check.id}: "
        self.print_lines(iter(wrap(self.screen.say(finding.message), columns, "  ", title)))
        if finding.fix is not None:
            self.print_lines(fix_lines(finding.fix, self.screen, "  "))

    def _chosen(self, result: Result, s: Snapshot) -> List[Command]:
        """The commands to run: all steps, or the first alternative (the first proved one)."""
        fix = result.finding.fix or Fix()
        commands = [c for c in fix.commands if c.argv and "..." not in c.argv]
        if fix.steps:
            return commands if len(commands) == len(fix.commands) else []
        if self.options.verify:
            proved = self._proved(commands, s)
            return [proved] if proved else []
        return commands[:1]

    def _proved(self, commands: List[Command], s: Snapshot) -> Optional[Command]:
        from . import verify

        for command in commands:
            if not verify.can_prove(command):
                return command
            self.print_text(PROVING)
            verdict = verify.prove(command, s, self.secrets)
            self.print_lines(iter([f"{command.shown}: {self.screen.say(verdict.text)}"]))
            if verdict.ok:
                return command
        return None

    def _accepted(self, question: Text) -> bool:
        if self.options.yes:
            return True
        if not _console.is_terminal(sys.stdin):
            self.print_text(NOBODY)
            return False
        _console.write(self.screen.say(question))
        if sys.stdin.readline().strip().lower() in ("y", "yes", "是"):
            return True
        self.print_text(DECLINED)
        return False

    def _run(self, commands: List[Command]) -> bool:
        for command in commands:
            self.print_text(RUNNING(command=command.shown))
            outcome = installer.run(installer.expand(command.argv, sys.executable))
            if not outcome.ok:
                self.print_text(installer.explain_failure(outcome.output))
                return False
        return True

    def _collect_again(self, strict: bool) -> Report:
        import importlib

        importlib.invalidate_caches()
        _detect.forget()
        snapshot = collect(self.subject, self.secrets, self.request)
        return Report(snapshot, registry.run(snapshot, self.checks), strict)

    # -- undoing

    def _undo(self, commands: List[Command], before: Snapshot, after: Snapshot) -> None:
        texts = [*_undo_moves(commands), *_undo_packages(before, after)]
        if texts:
            self.print_text(UNDO)
            shown = (command_of(after.python, text).shown for text in texts)
            self.print_lines(f"  {text}" for text in shown)


def _undo_moves(commands: List[Command]) -> Iterator[str]:
    for command in commands:
        if command.argv[:1] == ("mv",):
            yield f"mv {command.argv[2]} {command.argv[1]}"


def _undo_packages(before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, new = _versions(before), _versions(after)
    back = [f'"{n}=={v}"' for n, v in sorted(old.items()) if new.get(n) != v]
    added = sorted(set(new) - set(old))
    if back:
        yield f"pip install {' '.join(back)}"
    if added:
        yield f"pip uninstall {' '.join(added)}"


def _versions(s: Snapshot) -> Dict[str, str]:
    names = {dist.name for dist in s.packages.dists}
    return {name: s.packages.version(name) or s.packages.all_of(name)[0].version for name in names}
