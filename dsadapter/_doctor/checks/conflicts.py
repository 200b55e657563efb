"""Group conflicts: ``known_conflicts``, requirements that deserve a name, and who pins what."""

from __future__ import annotations

from typing import Dict, Iterator, List, Optional, Set

from ..._source.versions import contains, satisfiable
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from .. import dependencies
from ..check import Check
from ..findings import Finding, fail, ok, warn
from ..fix_commands import fix
from ..known_conflicts import KNOWN_CONFLICTS, MISSING, KnownConflict
from ..package_names import STACK
from ..snapshot import Snapshot

# Packages of which a too old or too new version is told by a check of its own.
NAMED = ("pydantic-core", "typing-extensions")


def _versions_of(s: Snapshot, conflict: KnownConflict) -> Optional[Dict[str, str]]:
    """The versions, when the pair is here."""
    versions = {}
    for name, specifier in conflict.when.items():
        version = s.python.version if name == "python" else s.packages.version(name)
        if specifier == MISSING:
            if version:
                return None
        elif not version or not contains(specifier, version):
            return None
        versions[name] = version
    return versions


def _findings(conflict: KnownConflict, s: Snapshot) -> Iterator[Finding]:
    versions = _versions_of(s, conflict)
    if versions is None:
        return
    details = [*conflict.details, *_proof(s, conflict)]
    hindered = [dependencies.broken_by(s, command) for command in conflict.commands]
    details += [
        NOT_THAT(command=c, why=why) for c, why in zip(conflict.commands, hindered) if why.en
    ]
    advice = dependencies.without_breaking(
        s, fix(s, conflict.advice, *conflict.commands), list(conflict.commands)
    )
    yield Finding(
        conflict.status, conflict.message(**versions), tuple(details), advice, data={**versions}
    )


NOT_THAT = Text("Not `{command}`: {why}.", "不要用 {command}：{why}。")
PROVED = Text("Proved: {what} raised {error} here.", "已验证：在这里{what}确实抛出 {error}。")
CONSTRUCTING = Text("constructing the client", "构造客户端时")
IMPORTING = Text("importing it", "导入时")
CALLING = Text("calling it", "调用时")


def _proof(s: Snapshot, conflict: KnownConflict) -> List[Text]:
    failed = s.probe.failed() if s.probe and conflict.proof else None
    if failed is None or conflict.proof not in " ".join(
        (failed.text, failed.where, *failed.causes)
    ):
        return []
    steps = {"import": IMPORTING, "construct": CONSTRUCTING}
    return [PROVED(what=steps.get(failed.name, CALLING), error=failed.error)]


def _check(conflict: KnownConflict) -> Check:
    return Check(conflict.id, conflict.title, lambda s: _findings(conflict, s))


def explained_packages(s: Snapshot) -> Set[str]:
    """Packages whose state a check of this group tells about."""
    fired = (conflict for conflict in KNOWN_CONFLICTS if _versions_of(s, conflict) is not None)
    return {*NAMED, *(name for conflict in fired for name in conflict.when)}


# --- requirements that deserve a name ------------------------------------------------------------


def _unmet(s: Snapshot, name: str) -> List[dependencies.Dependency]:
    dists = (dist for dist in s.packages.dists if not dependencies.is_foreign(s, dist))
    stack = (dist for dist in dists if dist.name in STACK)
    dependencies_on = [
        dependency
        for dist in stack
        for dependency in dependencies.requirements_of(dist)
        if dependency.name == name
    ]
    return [
        dependency
        for dependency in dependencies_on
        if s.packages.version(name) and not dependency.is_met(s)
    ]


def typing_extensions(s: Snapshot) -> Iterator[Finding]:
    """A typing-extensions older than what stands on it."""
    unmet = _unmet(s, "typing-extensions")
    if unmet:
        dependency = unmet[0]
        yield fail(
            Text(
                "typing-extensions {v} is too old: {by} needs {need} and fails with `cannot "
                "import name ... from 'typing_extensions'`.",
                "typing-extensions {v} 太旧：{by} 需要 {need}，会报 cannot import name ... from "
                "'typing_extensions'。",
            )(
                v=s.packages.version("typing-extensions"),
                by=dependency.owner_label(),
                need=dependency.shown(),
            ),
            fix=fix(s, UPGRADE, 'pip install --upgrade "typing-extensions<5"'),
        )


UPGRADE = Text("Upgrade it.", "请升级。")


def pydantic_core(s: Snapshot) -> Iterator[Finding]:
    """A pydantic-core that belongs to another pydantic."""
    for dependency in _unmet(s, "pydantic-core"):
        core = s.packages.version("pydantic-core")
        yield fail(
            Text(
                "{by} works with {need} only, and pydantic-core {core} is here: importing it "
                "raises SystemError.",
                "{by} 只能配 {need}，而这里是 pydantic-core {core}：导入会抛 SystemError。",
            )(by=dependency.owner_label(), need=dependency.shown(), core=core),
            fix=fix(
                s,
                Text("Install the one that belongs to it.", "请安装配套的版本。"),
                f'pip install "pydantic=={dependency.owner.version}" "{dependency.shown()}"',
            ),
        )


def openssl(s: Snapshot) -> Iterator[Finding]:
    """An OpenSSL that urllib3 2 does not support."""
    urllib3, ssl = s.packages.version("urllib3"), s.python.openssl
    if not urllib3 or not contains(">=2", urllib3) or not ssl:
        return
    if not ssl.startswith("OpenSSL"):
        yield warn(
            Text(
                "urllib3 {v} supports OpenSSL only; this Python has {ssl}. It prints a warning.",
                "urllib3 {v} 只支持 OpenSSL，而这个 Python 用的是 {ssl}，会打印警告。",
            )(v=urllib3, ssl=ssl),
            fix=fix(s, OLDER_URLLIB3, 'pip install "urllib3<2"'),
        )
    elif s.python.openssl_number < (1, 1, 1):
        yield fail(
            Text(
                "urllib3 {v} needs OpenSSL 1.1.1; this Python has {ssl}: `import requests` raises "
                "ImportError.",
                "urllib3 {v} 需要 OpenSSL 1.1.1，而这个 Python 用的是 {ssl}：import requests 会抛 "
                "ImportError。",
            )(v=urllib3, ssl=ssl),
            fix=fix(s, OLDER_URLLIB3, 'pip install "urllib3<2"'),
        )


OLDER_URLLIB3 = Text("Install the line that still supports it.", "请安装仍支持它的旧版。")


# --- who pins what -------------------------------------------------------------------------------


def pins(s: Snapshot) -> Iterator[Finding]:
    """Installed packages whose wish for the SDK or its stack is not, or cannot be, met."""
    inside = {"openai", *(dependency.name for dependency in dependencies.closure(s, "openai"))}
    for name in STACK:
        bounds = [
            dependency
            for dependency in dependencies.dependents_of(s, name)
            if dependency.owner.name not in inside
        ]
        if bounds and s.packages.version(name):
            yield from _bound_findings(s, name, bounds)


def _bound_findings(
    s: Snapshot, name: str, bounds: List[dependencies.Dependency]
) -> Iterator[Finding]:
    version = s.packages.version(name)
    everyone = dependencies.dependents_of(s, name)
    unmet = [dependency for dependency in bounds if not dependency.is_met(s)]
    listed = join((untranslated(f"{n.owner_label()}: {n.shown()}") for n in everyone), LIST_COMMA)
    if unmet and not satisfiable(dependency.specifier for dependency in everyone):
        yield fail(
            Text(
                "No version of {name} satisfies all that is installed: {listed}. Here is {v}.",
                "没有哪个版本的 {name} 能满足所有已装的包：{listed}。这里是 {v}。",
            )(name=name, listed=listed, v=version),
            fix=fix(s, SPLIT),
            package=name,
        )
    elif unmet:
        joined = ",".join(dict.fromkeys(dependency.specifier for dependency in everyone))
        yield fail(
            Text("{by} needs {need}; here is {v}.", "{by} 需要 {need}，这里是 {v}。")(
                by=unmet[0].owner_label(), need=unmet[0].shown(), v=version
            ),
            fix=fix(s, BOTH, f'pip install "{name}{joined}"'),
            package=name,
        )
    elif name == "openai":
        yield ok(untranslated(f"openai {version}"), listed)


SPLIT = Text(
    "Upgrade one of them, or give each an environment of its own; dsadapter runs with either SDK.",
    "请升级其中一个，或各用各的虚拟环境；dsadapter 配哪个 SDK 都能用。",
)
BOTH = Text("Install a version that suits all.", "请安装大家都能用的版本。")

CHECKS = (
    *map(_check, KNOWN_CONFLICTS),
    Check(
        "conflict-typing-extensions",
        Text("typing-extensions is new enough", "typing-extensions 版本够新"),
        typing_extensions,
    ),
    Check(
        "conflict-pydantic-core",
        Text("pydantic and pydantic-core belong together", "pydantic 与 pydantic-core 配套"),
        pydantic_core,
    ),
    Check("conflict-openssl", Text("urllib3 fits OpenSSL", "urllib3 与 OpenSSL 配套"), openssl),
    Check(
        "conflict-pins",
        Text("installed packages agree on versions", "已装的包对版本没有分歧"),
        pins,
    ),
)
