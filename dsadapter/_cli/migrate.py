"""``python -m dsadapter migrate PATH...``: programs of openai 0.28, rewritten."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from typing import Any, Dict, List, Sequence, Tuple

from .. import _console
from .._migrate import git, project
from .._migrate import prove as prove_runs
from .._migrate.analysis import Options
from .._migrate.project import Migration
from .._migrate.prove_compare import Verdict
from .._migrate.rules import BY_ID, UNSAFE
from .._migrate.source_file import Rewritten
from .._texts import migrate as texts
from .._texts.text import Text
from .common import Parser

EXAMPLE = "python -m dsadapter migrate app.py --diff"
PROVED = '"python app.py"'
SHOWN = 5  # uncommitted files that are named


def newest_target() -> int:
    """The newest major version of openai that this Python can install."""
    if sys.version_info >= (3, 10):
        return 3
    return 2 if sys.version_info >= (3, 9) else 1


def main(argv: List[str], command: str) -> int:
    """Show or write; gives the exit code: 0 nothing left to do, 1 something, 2 usage."""
    arguments = _parser(command).parse_args(argv)
    language = _console.language(arguments.lang)
    absent = [path for path in arguments.paths if not os.path.exists(path)]
    if absent:
        _console.line(texts.NO_SUCH_PATH(path=absent[0]).say(language), sys.stderr)
        return 2
    target = arguments.target or newest_target()
    options = Options(arguments.to, arguments.unsafe, target, arguments.style == "client")
    migration = project.rewrite(arguments.paths, options)
    run = Run(arguments, language, migration)
    if arguments.prove:
        code = run.prove()
        return code if code or not arguments.write else run.write()
    return run.write() if arguments.write else run.show()


def _parser(command: str) -> Parser:
    parser = Parser(command, texts.SUMMARY, EXAMPLE)
    parser.add_argument("paths", nargs="+", metavar="PATH", help=texts.PATHS)
    parser.add_argument("--to", choices=("openai", "dsadapter"), default="openai", help=texts.TO)
    parser.add_argument("--target", type=int, choices=(1, 2, 3), help=texts.TARGET)
    parser.add_argument("--style", choices=("module", "client"), default="module", help=texts.STYLE)
    parser.add_exclusive({"--diff": texts.DIFF, "--write": texts.WRITE})
    parser.add_argument("--unsafe", action="store_true", help=texts.RISKY)
    parser.add_argument("--force", action="store_true", help=texts.FORCE)
    parser.add_argument("--prove", metavar="CMD", help=texts.PROVE(example=PROVED))
    parser.add_argument(
        "--prove-ignore",
        metavar="RE",
        action="append",
        default=[],
        help=texts.PROVE_IGNORE,
    )
    parser.add_argument("--yes", action="store_true", help=texts.YES)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
    return parser


class Run:
    """One run, after the files were rewritten in memory."""

    def __init__(self, arguments: argparse.Namespace, language: str, migration: Migration) -> None:
        self.arguments = arguments
        self.language = language
        self.migration = migration

    def say(self, text: Text) -> None:
        """A line for a person: diffs alone go to stdout, so that they can be piped."""
        _console.line(text.say(self.language), sys.stderr)

    @property
    def markers(self) -> List[Tuple[Rewritten, Any]]:
        """What needs a person, file by file."""
        return [(file, marker) for file in self.migration.files for marker in file.markers]

    @property
    def edits(self) -> int:
        """How many places were rewritten, comments left out."""
        return sum(sum(file.applied.values()) for file in self.migration.changed)

    def show(self) -> int:
        """The diff."""
        code = 1 if self.migration.changed or self.markers or self.migration.skipped else 0
        if self.arguments.json:
            return self._print_json(None, code)
        count, changed = len(self.migration.files), len(self.migration.changed)
        if changed:
            self.say(texts.FIRST(changed=changed, count=count))
        for file in self.migration.changed:
            _console.write(_painted(project.diff(file)))
        self._tell(self.migration.skipped)
        self._advise()
        if changed or self.markers:  # last, where the eye ends
            counts = {"edits": self.edits, "markers": len(self.markers)}
            self.say(texts.WOULD_CHANGE(changed=changed, count=count, **counts))
        else:
            self.say(texts.NOTHING(count=count))
        return code

    def write(self) -> int:
        """Write the files, unless git has changes that an undo would take along."""
        trees = git.look([file.path for file in self.migration.changed])
        if trees.uncommitted and not self.arguments.force:
            names = ", ".join(trees.uncommitted[:SHOWN])
            more = " ..." if len(trees.uncommitted) > SHOWN else ""
            self.say(texts.DIRTY(files=names + more))
            return 2
        written = project.write_all(self.migration, trees)
        skipped = [*self.migration.skipped, *written.skipped]
        code = 1 if skipped or self.markers else 0
        if self.arguments.json:
            return self._print_json(written, code)
        self._tell(skipped)
        self._advise()
        counts = {"edits": self.edits, "markers": len(self.markers)}
        self.say(texts.WROTE(changed=len(written.paths), **counts))
        for command in written.undo:
            self.say(texts.UNDO(command=command))
        return code

    def prove(self) -> int:
        """Run before and after: 0 equal, 1 different, 3 where a run was not possible."""
        target = self.arguments.target or newest_target()
        command, paths = self.arguments.prove, self.arguments.paths
        try:
            plan = prove_runs.plan(
                command, paths, self.migration, target, self.arguments.prove_ignore
            )
            if not self._may_run(plan):
                return 3
            is_equal = prove_runs.prove(plan, self._verdict)
        except (re.error, prove_runs.NotPossible) as err:
            why = err.why if isinstance(err, prove_runs.NotPossible) else str(err)
            self.say(texts.NOT_PROVED(why=why))
            return 3
        self.say(texts.PROVED if is_equal else texts.NOT_EQUAL)
        return 0 if is_equal else 1

    def _may_run(self, plan: prove_runs.Plan) -> bool:
        count = 2 * len(prove_runs.FAULTS)
        values = {"command": self.arguments.prove, "folder": plan.folder, "target": plan.target}
        self.say(texts.WILL_RUN(count=count, **values))
        if self.arguments.yes:
            return True
        if not _console.is_terminal(sys.stdin):
            self.say(texts.NOT_ASKED)
            return False
        _console.write(texts.ASK.say(self.language), sys.stderr)
        return sys.stdin.readline().strip().lower() in ("y", "yes", "是")

    def _verdict(self, fault: str, verdict: Verdict) -> None:
        name = fault or texts.UNDISTURBED
        if verdict.difference is not None:
            self.say(texts.DIFFERS(fault=name, difference=verdict.difference))
        else:
            self.say((texts.EQUAL_BUT_CUT if verdict.is_cut else texts.EQUAL)(fault=name))

    def _tell(self, skipped: Sequence[Tuple[str, Text]]) -> None:
        for path, why in skipped:
            self.say(texts.LEFT(path=path, why=why))
        for file, marker in self.markers:
            what = BY_ID[marker.rule].what
            line = file.line_of(marker) if self.arguments.write else marker.line
            self.say(texts.MARKER(path=file.path, line=line, rule=marker.rule, what=what))

    def _advise(self) -> None:
        if not self.arguments.unsafe:
            unsafe = sum(BY_ID[marker.rule].kind == UNSAFE for _, marker in self.markers)
            if unsafe:
                self.say(texts.WITH_UNSAFE(count=unsafe))
        if self.arguments.to == "openai" and self.migration.changed:
            self.say(texts.ENVIRONMENT)

    def _print_json(self, written: Any, code: int) -> int:
        skipped = [*self.migration.skipped, *(written.skipped if written else ())]
        report: Dict[str, Any] = {
            "version": 1,
            "to": self.arguments.to,
            "target": self.arguments.target or newest_target(),
            "written": list(written.paths) if written else [],
            "undo": list(written.undo) if written else [],
            "files": [_as_json(file) for file in self.migration.files if _is_told(file)],
            "skipped": [{"path": path, "why": why.say(self.language)} for path, why in skipped],
        }
        _console.line(json.dumps(report, ensure_ascii=False, indent=2))
        return code


def _is_told(file: Rewritten) -> bool:
    return bool(file.is_changed or file.markers)


def _as_json(file: Rewritten) -> Dict[str, Any]:
    markers = [
        {"line": m.line, "rule": m.rule, "kind": BY_ID[m.rule].kind, "text": BY_ID[m.rule].what.en}
        for m in file.markers
    ]
    return {
        "path": file.path,
        "changed": file.is_changed,
        "applied": file.applied,
        "markers": markers,
        "diff": project.diff(file) if file.is_changed else "",
    }


def _painted(diff: str) -> str:
    """A diff in colours, on a terminal."""
    if not _console.has_colour():
        return diff
    colours = {"+": _console.GREEN, "-": _console.RED, "@": _console.DIM}
    lines = diff.splitlines(keepends=True)
    return "".join(
        _console.paint(line, colours.get(line[0], ""), line[0] in colours) for line in lines
    )
