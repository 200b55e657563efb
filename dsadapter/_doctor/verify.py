"""``--verify``: a fix is proved in a throwaway environment before anything is touched.

The environment gets the versions that are installed here, then the fix, then the probe: the same
installer, the same index settings, the same client against the emulator.
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Dict, List, NamedTuple

from .. import _console
from .._source.versions import parse
from .._texts.text import Text
from ..testing.emulator import Emulator
from . import dependencies, installer, probe
from .check import Result
from .findings import FAIL, WARN, Command
from .render import Screen
from .report import Report
from .secrets import Secrets
from .snapshot import Snapshot

PROVING = Text("Proving in a throwaway environment: {command}", "正在临时环境里验证：{command}")
VERIFIED = Text("verified: {versions} constructed and called", "已验证：{versions} 构造并调用成功")
NOT_VERIFIED = Text("not verified: {why}", "未通过验证：{why}")
NO_ENVIRONMENT = Text("no throwaway environment can be made here", "这里无法创建临时环境")
STILL_RAISES = Text(
    "with {versions} the step `{step}` raises {error}: {text}",
    "装上 {versions} 后，步骤 {step} 抛出 {error}：{text}",
)
LIMIT = 60.0  # seconds: the first start after an installation is slow
OWN = ("requests", "httpx", "httpx2", "openai", "pydantic", "aiohttp")


class Verdict(NamedTuple):
    """Whether a fix was proved, in words."""

    ok: bool
    text: Text


def can_prove(command: Command) -> bool:
    """Whether a command is an installation, the only kind that can be proved."""
    return command.argv[:2] == ("{pip}", "install")


def prove(command: Command, s: Snapshot, secrets: Secrets) -> Verdict:
    """Try the command in a throwaway environment with the versions that are here."""
    with tempfile.TemporaryDirectory(prefix="dsadapter-") as folder:
        python = installer.create_environment(os.path.join(folder, "env"))
        if not python:
            return Verdict(False, NOT_VERIFIED(why=NO_ENVIRONMENT))
        _install_versions_of(python, s, command)
        outcome = installer.run(installer.expand(command.argv, python))
        if not outcome.ok:
            return Verdict(False, NOT_VERIFIED(why=installer.explain_failure(outcome.output)))
        return _probe(python, folder, s, secrets)


def _install_versions_of(python: str, s: Snapshot, command: Command) -> None:
    """The versions of here, without their requirements. One that no index has is left out."""
    pins = [f"{name}=={version}" for name, version in sorted(_versions(s, command).items())]
    install = ("{pip}", "install", "--no-deps")
    if pins and not installer.run(installer.expand([*install, *pins], python)).ok:
        for pin in pins:
            installer.run(installer.expand([*install, pin], python))


def _versions(s: Snapshot, command: Command) -> Dict[str, str]:
    """Of what the SDK stands on, and of what the fix names."""
    names = {need.name for name in OWN for need in dependencies.closure(s, name)} | set(OWN)
    parsed = (parse(word) for word in command.argv[2:])
    names |= {req.name for req in parsed if req}
    local = {dist.name for dist in s.packages.dists if dist.local}
    versions = {name: s.packages.version(name) for name in names - local}
    return {name: version for name, version in versions.items() if version}


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
        return Verdict(True, VERIFIED(versions=shown_versions))
    if failed is None:
        return Verdict(False, NOT_VERIFIED(why=result.fault))
    still = STILL_RAISES(
        versions=shown_versions, step=failed.name, error=failed.error, text=failed.text
    )
    return Verdict(False, NOT_VERIFIED(why=still))


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
    if finding.status not in (FAIL, WARN) or finding.fix is None or finding.fix.steps:
        return result
    commands = tuple(_judge(c, report, secrets, screen) for c in finding.fix.commands)
    return Result(result.check, finding._replace(fix=finding.fix._replace(commands=commands)))


def _judge(command: Command, report: Report, secrets: Secrets, screen: Screen) -> Command:
    if not can_prove(command):
        return command
    _console.line(screen.say(PROVING(command=command.shown)), sys.stderr)
    verdict = prove(command, report.snapshot, secrets)
    return command._replace(verified=verdict.ok, verdict=verdict.text)
