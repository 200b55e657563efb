"""``--verify``: a fix is proved in a throwaway environment before anything is touched.

The environment gets the versions that are installed here, then the fix, then the probe: the same
installer, the same index settings, the same client against the emulator.
"""

from __future__ import annotations

import os
import tempfile
from typing import Dict, List, NamedTuple

from ..testing.emulator import Emulator
from . import installing, needs, pep508, probe
from .model import Command, Text
from .secrets import Secrets
from .snapshot import Snapshot

VERIFIED = Text("verified: {versions} constructed and called", "已验证：{versions} 构造并调用成功")
NOT_VERIFIED = Text("not verified: {why}", "未通过验证：{why}")
NO_ENVIRONMENT = Text("no throwaway environment can be made here", "这里无法创建临时环境")
STILL = Text(
    "with {versions} the step `{step}` raises {error}: {text}",
    "装上 {versions} 后，步骤 {step} 抛出 {error}：{text}",
)
LIMIT = 60.0  # seconds: the first start after an installation is slow
OWN = ("requests", "httpx", "httpx2", "openai", "pydantic", "aiohttp")


class Verdict(NamedTuple):
    ok: bool
    text: Text


def can_prove(command: Command) -> bool:
    return command.argv[:2] == ("{pip}", "install")


def prove(command: Command, s: Snapshot, secrets: Secrets) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="dsadapter-") as folder:
        python = installing.environment(os.path.join(folder, "env"))
        if not python:
            return Verdict(False, NOT_VERIFIED(why=NO_ENVIRONMENT))
        _as_here(python, s, command)
        done = installing.run(installing.expanded(command.argv, python))
        if not done.ok:
            return Verdict(False, NOT_VERIFIED(why=installing.why(done.output)))
        return _tried(python, folder, s, secrets)


def _as_here(python: str, s: Snapshot, command: Command) -> None:
    """The versions of here, without their requirements. One that no index has is left out."""
    pins = [f"{name}=={version}" for name, version in sorted(_versions(s, command).items())]
    install = ("{pip}", "install", "--no-deps")
    if pins and not installing.run(installing.expanded([*install, *pins], python)).ok:
        for pin in pins:
            installing.run(installing.expanded([*install, pin], python))


def _versions(s: Snapshot, command: Command) -> Dict[str, str]:
    """Of what the SDK stands on, and of what the fix names."""
    names = {need.name for name in OWN for need in needs.closure(s, name)} | set(OWN)
    named = (pep508.parse(word) for word in command.argv[2:])
    names |= {req.name for req in named if req}
    local = {dist.name for dist in s.packages.dists if dist.local}
    found = {name: s.packages.version(name) for name in names - local}
    return {name: version for name, version in found.items() if version}


def _tried(python: str, folder: str, s: Snapshot, secrets: Secrets) -> Verdict:
    versions = _now(python, folder)
    told = ", ".join(f"{n} {v}" for n, v in versions.items() if n in ("openai", *OWN[1:3]))
    backend = s.choice.name or "raw-requests"
    with Emulator() as emulator:
        result = probe.run([python], backend, emulator.base_url, [], secrets, LIMIT)
    failed = result.failed("import", "construct", "call", "stream", "async")
    if failed is None and not result.fault:
        return Verdict(True, VERIFIED(versions=told))
    if failed is None:
        return Verdict(False, NOT_VERIFIED(why=result.fault))
    still = STILL(versions=told, step=failed.name, error=failed.error, text=failed.text)
    return Verdict(False, NOT_VERIFIED(why=still))


def _now(python: str, folder: str) -> Dict[str, str]:
    """What the environment ended up with."""
    from .collect import packages
    from .paths import Subject

    done = installing.run([python, "-c", "import sys; print('\\n'.join(sys.path[1:]))"])
    path: List[str] = [line for line in done.output.splitlines() if line.strip()]
    found = packages.collect(Subject(folder, folder, [folder, *path]))
    return {name: found.version(name) for name in OWN if found.version(name)}
