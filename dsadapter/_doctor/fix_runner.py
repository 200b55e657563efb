"""``--fix``: each fix is shown, asked for, run, checked; and how to undo it is said."""

from __future__ import annotations

import os
import sys
from typing import Dict, Iterator, List, Optional, Sequence, Set, Tuple

from .. import _console
from .._backends import detection as _detect
from .._named_tuple import NamedTuple
from .._source import env_file, versions
from .._source.versions import parse
from .._texts.doctor_fixes import (
    ASK,
    ASK_ONE,
    BY_HAND,
    DECLINED,
    MENDED,
    NO_INSTALLER,
    NO_TERMINAL,
    NO_WAY_BACK,
    NOT_MOVED,
    NOT_PROVED,
    OVERWRITES,
    PROVING,
    ROOT_CAUSE,
    RUNNING,
    START_THERE,
    STILL_BROKEN,
    STOPPED,
    UNDO,
)
from .._texts.text import Text
from . import file_changes, installer, registry
from .check import Check, Result
from .collect import Request, collect
from .findings import FAIL, INSTALL, MOVE, SAVE, UNINSTALL, WARN, Command, Fix
from .fix_commands import command as command_of
from .fix_commands import get_pip, rename, where
from .render import Screen, fix_lines
from .report import Report
from .search_path import Subject
from .secrets import Secrets
from .snapshot import Dist, Snapshot
from .text_wrap import wrap


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
        if not commands or not self._is_safe(commands, report.snapshot):
            self._leave_consequences(result)
            return report
        fix = result.finding.fix or Fix()
        is_alternative = not fix.steps and len(fix.commands) > 1
        if not self._accepted(ASK_ONE(command=commands[0].shown) if is_alternative else ASK):
            return report
        before = report.snapshot
        if not self._run(commands):
            return report
        after = self._collect_again(report.strict)
        open_ids = {r.check.id for r in after.results if r.finding.status in (FAIL, WARN)}
        still = result.check.id in open_ids
        self.print_text((STILL_BROKEN if still else MENDED)(id=result.check.id))
        if still and commands[0].argv[1:3] == ("-m", "venv"):
            self.print_text(START_THERE(python=commands[-1].argv[0]))
        self._undo(commands, before, after.snapshot)
        return after

    def _leave_consequences(self, result: Result) -> None:
        """A root cause that cannot be run: what follows from it would be mended in vain."""
        ids = dict.fromkeys(row.id for row in result.finding.consequences)
        if ids:
            self.print_text(ROOT_CAUSE(ids=", ".join(ids)))

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
        runnable = [c for c in fix.commands if c.argv and "..." not in c.argv]
        if fix.steps and len(runnable) < len(fix.commands):
            runnable = []
        if not runnable:
            self.print_text(BY_HAND)
            return []
        runs = [runnable] if fix.steps else [[command] for command in runnable]
        if not self.options.verify:
            return runs[0]
        proved = next((commands for commands in runs if self._is_proved(commands, s)), [])
        if not proved:
            self.print_text(NOT_PROVED)
        return proved

    def _is_proved(self, commands: List[Command], s: Snapshot) -> bool:
        from . import verify

        shown = " && ".join(command.shown for command in commands)
        self.print_text(PROVING(command=shown))
        verdict = verify.prove(commands, s, self.secrets)
        self.print_lines(iter([f"{shown}: {self.screen.say(verdict.text)}"]))
        return verdict.ok

    def _is_safe(self, commands: List[Command], s: Snapshot) -> bool:
        """Whether nothing is overwritten, all of it can be undone or was proved, and an installer
        is there; if not, it is said."""
        writes = [os.path.expanduser(path) for command in commands for path in command.writes]
        taken = next((path for path in writes if os.path.lexists(path)), None)
        if taken is not None:
            self.print_text(OVERWRITES(path=taken))
        pip = any(c.argv[:1] == ("{pip}",) for c in commands)
        missing = pip and not installer.install_command(sys.executable)
        if missing:
            python, command = s.python.executable, get_pip(s.python)
            self.print_text(NO_INSTALLER(python=python, command=command))
        local = "" if self.options.verify else ", ".join(_local(commands, s))
        if local:
            self.print_text(NO_WAY_BACK(names=local))
        return taken is None and not missing and not local

    def _accepted(self, question: Text) -> bool:
        if self.options.yes:
            return True
        if not _console.is_terminal(sys.stdin):
            self.print_text(NO_TERMINAL)
            return False
        _console.write(self.screen.say(question))
        if sys.stdin.readline().strip().lower() in ("y", "yes", "是"):
            return True
        self.print_text(DECLINED)
        return False

    def _run(self, commands: List[Command]) -> bool:
        for command in commands:
            self.print_text(RUNNING(command=command.shown))
            failure = self._failure_of(command)
            if failure is not None:
                self.print_text(failure)
                if command is not commands[-1]:
                    self.print_text(STOPPED)
                return False
        return True

    def _failure_of(self, command: Command) -> Optional[Text]:
        """Run one command; why it failed, None when it did not."""
        if command.kind in (MOVE, SAVE):
            change = file_changes.move if command.kind == MOVE else file_changes.save_as_utf8
            try:
                change(*command.argv[1:])
            except OSError as err:
                return NOT_MOVED(path=command.writes[0], why=err.strerror or type(err).__name__)
            return None
        argv = installer.expand(command.argv, sys.executable)
        outcome = installer.run(argv, lambda line: self.print_lines(iter([line])))
        return None if outcome.ok else installer.explain_failure(outcome.output)

    def _collect_again(self, strict: bool) -> Report:
        import importlib

        importlib.invalidate_caches()
        _detect.forget()
        env_file.forget()
        versions.forget()
        snapshot = collect(self.subject, self.secrets, self.request)
        return Report(snapshot, registry.run(snapshot, self.checks), strict)

    # -- undoing

    def _undo(self, commands: List[Command], before: Snapshot, after: Snapshot) -> None:
        texts = [*_undo_files(commands, after), *_undo_packages(before, after)]
        if texts:
            self.print_text(UNDO)
            self.print_lines(iter([f"  {text}" for text in texts]))


def _local(commands: List[Command], s: Snapshot) -> List[str]:
    """The packages that a command replaces and that no index has."""
    words = [w for c in commands if c.kind in (INSTALL, UNINSTALL) for w in c.argv[2:]]
    named = {requirement.name for requirement in map(parse, words) if requirement}
    return sorted({dist.name for dist in s.packages.dists if dist.local and dist.name in named})


def _undo_files(commands: List[Command], after: Snapshot) -> Iterator[str]:
    for command in reversed(commands):
        if command.kind == MOVE:
            yield rename(after, command.undo[1], command.undo[2])
        elif command.kind == SAVE:
            yield rename(after, command.undo[1], command.undo[2]).replace("mv ", "mv -f ")


def _undo_packages(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Each package to where it lay, in the version that it had."""
    old, new = _versions(before), _versions(after)
    back: Dict[str, List[str]] = {}
    for key, dist in sorted(old.items()):
        if key not in new or new[key].version != dist.version:
            back.setdefault(where(dist), []).append(f'"{dist.name}=={dist.version}"')
    for place, pins in back.items():
        yield command_of(after.python, f"pip install {place}{' '.join(pins)}").shown
    added = sorted({name for name, _ in set(new) - set(old)} - {name for name, _ in old})
    if added:
        yield command_of(after.python, f"pip uninstall {' '.join(added)}").shown


def _versions(s: Snapshot) -> Dict[Tuple[str, str], Dist]:
    return {(dist.name, dist.folder): dist for dist in reversed(s.packages.dists)}
