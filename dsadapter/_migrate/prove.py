"""``--prove``: the program is run before and after, in environments of its own, and compared."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from typing import Callable, Dict, List, NamedTuple, Pattern, Sequence, Tuple

from .._doctor import installer
from .._source import declarations
from .._source.files import project_files
from .._texts.migrate import (
    CANNOT_INSTALL,
    CANNOT_RUN,
    FAILS_BEFORE,
    NO_ENVIRONMENT,
    NO_PYTHON,
    TOO_SLOW,
)
from .._texts.text import Text, untranslated
from .project import Migration
from .prove_compare import Verdict, compare
from .prove_runs import Outcome, Stage

FAULTS = ("", "status-429", "status-503", "cut")
OLD = "openai==0.28.1"
NEW = {1: "openai>=1.55.3,<2", 2: "openai>=2,<3", 3: "openai>=3"}
_PYTHON = re.compile(r"(?:.*[/\\])?(?:python[\d.]*|py)(?:\.exe)?$")


class NotPossible(Exception):
    """A run was not possible, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class Plan(NamedTuple):
    """What runs: the words behind ``python``, the folder that is copied, the files of the new
    program in it, and what both environments get besides openai."""

    words: Tuple[str, ...]
    folder: str
    files: Dict[str, bytes]
    requirements: Tuple[str, ...]
    target: int
    ignored: Tuple[Pattern[str], ...]


def plan(
    command: str, paths: Sequence[str], migration: Migration, target: int, ignored: Sequence[str]
) -> Plan:
    """Raises NotPossible, and re.error for a pattern that is none."""
    words = shlex.split(command)
    if len(words) < 2 or not _PYTHON.match(words[0]):
        raise NotPossible(NO_PYTHON(command=command))
    first = os.path.abspath(paths[0])
    folder = first if os.path.isdir(first) else os.path.dirname(first)
    files = {os.path.relpath(f.path, folder): f.after for f in migration.changed}
    if any(name.startswith(os.pardir) for name in files):
        folder = os.path.commonpath([os.path.abspath(file.path) for file in migration.changed])
        files = {os.path.relpath(f.path, folder): f.after for f in migration.changed}
    patterns = tuple(re.compile(pattern) for pattern in ignored)
    return Plan(tuple(words[1:]), folder, files, _requirements(folder), target, patterns)


def _requirements(folder: str) -> Tuple[str, ...]:
    """What the project declares beside openai."""
    rows: Dict[str, str] = {}
    for path in project_files((folder,)).declared:
        try:
            with open(path, encoding="utf-8") as file:
                declared = declarations.read(path, file.read())
        except (OSError, ValueError):  # the installation says what is missing
            continue
        rows.update((row.name, row.specifier) for row in declared if row.name != "openai")
    return tuple(f"{name}{specifier}" for name, specifier in sorted(rows.items()))


def prove(plan: Plan, tell: Callable[[str, Verdict], None]) -> bool:
    """All runs; tells each verdict, and gives whether all are equal. Raises NotPossible."""
    with tempfile.TemporaryDirectory(prefix="dsadapter-") as folder:
        old = _environment(os.path.join(folder, "old"), [OLD, *plan.requirements])
        new = _environment(os.path.join(folder, "new"), [NEW[plan.target], *plan.requirements])
        stage = Stage(folder)
        verdicts: List[Verdict] = []
        for fault in FAULTS:
            before = _run(stage, old, plan, fault, {})
            if not fault and (before.error or before.code):
                raise NotPossible(FAILS_BEFORE(why=_last_line(before)))
            after = _run(stage, new, plan, fault, plan.files)
            verdicts.append(compare(before, after, plan.ignored))
            tell(fault, verdicts[-1])
    return all(verdict.difference is None for verdict in verdicts)


def _environment(folder: str, requirements: Sequence[str]) -> str:
    python = installer.create_environment(folder)
    if not python:
        raise NotPossible(NO_ENVIRONMENT)
    outcome = installer.run(installer.expand(["{pip}", "install", "-q", *requirements], python))
    if not outcome.ok:
        why = installer.explain_failure(outcome.output)
        raise NotPossible(CANNOT_INSTALL(what=" ".join(requirements), why=why))
    return python


def _run(stage: Stage, python: str, plan: Plan, fault: str, files: Dict[str, bytes]) -> Outcome:
    try:
        return stage.run(python, plan.folder, plan.words, fault, files)
    except subprocess.TimeoutExpired as err:
        raise NotPossible(TOO_SLOW(seconds=int(err.timeout))) from err
    except OSError as err:
        raise NotPossible(CANNOT_RUN(why=untranslated(str(err)))) from err


def _last_line(outcome: Outcome) -> str:
    lines = [line for line in outcome.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else str(outcome.code)
