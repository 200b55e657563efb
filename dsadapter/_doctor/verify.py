"""``--verify``: a fix is proved in a throwaway environment before anything is touched.

The environment gets the versions that are installed here, then the fix, then the probe: the same
installer, the same index settings, the same client against the emulator.
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Dict, List, Sequence

from .. import _console
from .._named_tuple import NamedTuple
from .._source.versions import parse
from .._texts import doctor_fixes as texts
from .._texts.text import Text
from ..testing.emulator import Emulator
from . import file_changes, installer, needs, probe
from .check import Result
from .findings import CREATE, FAIL, INSTALL, MOVE, SAVE, UNINSTALL, WARN, Command
from .render import Screen
from .report import Report
from .secrets import Secrets, shown
from .snapshot import Snapshot

LIMIT = 60.0  # seconds: the first start after an installation is slow
OWN = ("requests", "httpx", "httpx2", "openai", "pydantic", "aiohttp")


class Verdict(NamedTuple):
    """Whether a fix was proved, in words."""

    ok: bool
    text: Text


def prove(commands: Sequence[Command], s: Snapshot, secrets: Secrets) -> Verdict:
    """Try these commands, one after the other, where they can do no harm."""
    kinds = {command.kind for command in commands}
    if kinds <= {INSTALL, UNINSTALL, CREATE} and kinds & {INSTALL, UNINSTALL}:
        return _prove_packages(commands, s, secrets)
    if kinds <= {MOVE, SAVE} and kinds:
        verdicts = [_prove_file(command) for command in commands]
        return next((verdict for verdict in verdicts if not verdict.ok), verdicts[0])
    return Verdict(False, texts.NOT_VERIFIED(why=texts.NOT_PROVABLE))


def _prove_packages(commands: Sequence[Command], s: Snapshot, secrets: Secrets) -> Verdict:
    """In a throwaway environment with the versions that are here."""
    with tempfile.TemporaryDirectory(prefix="dsadapter-") as folder:
        python = installer.create_environment(os.path.join(folder, "env"))
        if not python:
            return Verdict(False, texts.NOT_VERIFIED(why=texts.NO_ENVIRONMENT))
        absent = _install_versions_of(python, s, commands)
        for command in commands:
            if command.kind == CREATE or (command.kind == UNINSTALL and absent):
                continue
            argv = installer.expand(_without_place(command.argv), python)
            outcome = installer.run(argv)
            if not outcome.ok:
                return Verdict(
                    False, texts.NOT_VERIFIED(why=installer.explain_failure(outcome.output))
                )
        return _probe(python, folder, s, secrets)


def _without_place(argv: Sequence[str]) -> List[str]:
    """Without ``--user`` and ``--target FOLDER``: the throwaway environment has one place."""
    words: List[str] = []
    for before, word in zip(("", *argv), argv):
        if word not in ("--user", "--target") and before != "--target":
            words.append(word)
    return words


def _install_versions_of(python: str, s: Snapshot, commands: Sequence[Command]) -> List[str]:
    """The versions of here, without their requirements; gives those that no index has."""
    pins = [f"{name}=={version}" for name, version in sorted(_versions(s, commands).items())]
    install = ("{pip}", "install", "--no-deps")
    if not pins or installer.run(installer.expand([*install, *pins], python)).ok:
        return []
    one_by_one = (installer.run(installer.expand([*install, pin], python)).ok for pin in pins)
    return [pin for pin, done in zip(pins, one_by_one) if not done]


def _versions(s: Snapshot, commands: Sequence[Command]) -> Dict[str, str]:
    """Of what the SDK and dsadapter stand on, and of what the fix names."""
    names = {dist.name for dist in needs.that_matter(s)} - {needs.OWN.name}
    parsed = (parse(word) for command in commands for word in command.argv[2:])
    names |= {req.name for req in parsed if req}
    local = {dist.name for dist in s.packages.dists if dist.local}
    versions = {name: s.packages.version(name) for name in names - local}
    return {name: version for name, version in versions.items() if version}


def _prove_file(command: Command) -> Verdict:
    """That nothing is overwritten, the folder can be written, and a .env says the same."""
    target = os.path.expanduser(command.writes[0])
    if os.path.lexists(target):
        return Verdict(False, texts.OVERWRITES(path=shown(target)))
    if not os.access(os.path.dirname(os.path.abspath(target)), os.W_OK):
        return Verdict(
            False, texts.NOT_VERIFIED(why=texts.NOT_MOVED(path=shown(target), why="EACCES"))
        )
    if command.kind == MOVE:
        return Verdict(True, texts.VERIFIED_MOVE)
    count = file_changes.variables_kept(command.argv[1])
    return Verdict(
        count >= 0,
        texts.VERIFIED_SAVE(count=count)
        if count >= 0
        else texts.NOT_VERIFIED(why=texts.SETS_OTHERS),
    )


def _probe(python: str, folder: str, s: Snapshot, secrets: Secrets) -> Verdict:
    versions = _installed_versions(python, folder)
    shown_versions = ", ".join(
        f"{n} {v}" for n, v in versions.items() if n in ("openai", *OWN[1:3])
    )
    backend = s.choice.name or "raw-requests"
    with Emulator() as emulator:
        result = probe.run([python], backend, emulator.base_url, [], secrets, LIMIT)
    failed = result.failed("import", "construct", "call", "stream", "async")
    if failed is None and not result.fault:
        return Verdict(True, texts.VERIFIED(versions=shown_versions))
    if failed is None:
        return Verdict(False, texts.NOT_VERIFIED(why=result.fault))
    still = texts.STILL_RAISES(
        versions=shown_versions, step=failed.name, error=failed.error, text=failed.text
    )
    return Verdict(False, texts.NOT_VERIFIED(why=still))


def _installed_versions(python: str, folder: str) -> Dict[str, str]:
    """What the environment ended up with."""
    from .collect import packages
    from .search_path import Subject

    outcome = installer.run([python, "-c", "import sys; print('\\n'.join(sys.path[1:]))"])
    path: List[str] = [line for line in outcome.output.splitlines() if line.strip()]
    packages_found = packages.collect(Subject(folder, folder, [folder, *path]))
    return {name: packages_found.version(name) for name in OWN if packages_found.version(name)}


# --- without --fix -------------------------------------------------------------------------------


def verify_report(report: Report, secrets: Secrets, screen: Screen) -> Report:
    """The report, with a verdict on each command that could be proved."""
    results = [_verify_result(result, report, secrets, screen) for result in report.results]
    return report._replace(results=results)


def _verify_result(result: Result, report: Report, secrets: Secrets, screen: Screen) -> Result:
    finding = result.finding
    if finding.status not in (FAIL, WARN) or finding.fix is None:
        return result
    fix = finding.fix
    runs = [fix.commands] if fix.steps else [(command,) for command in fix.commands]
    judged = [_judge(run, report, secrets, screen) for run in runs]
    commands = tuple(command for run in judged for command in run)
    return Result(result.check, finding._replace(fix=fix._replace(commands=commands)))


def _judge(
    run: Sequence[Command], report: Report, secrets: Secrets, screen: Screen
) -> Sequence[Command]:
    """The commands of one run, the last of them with the verdict."""
    if not run or not all(command.argv for command in run):
        return run
    shown_commands = " && ".join(command.shown for command in run)
    _console.line(screen.say(texts.PROVING(command=shown_commands)), sys.stderr)
    verdict = prove(run, report.snapshot, secrets)
    judged = [command._replace(verified=verdict.ok) for command in run]
    return [*judged[:-1], judged[-1]._replace(verdict=verdict.text)]
