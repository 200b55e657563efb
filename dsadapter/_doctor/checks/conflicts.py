"""Group conflicts: the rows of ``pairs``, requirements that deserve a name, and who pins what."""

from __future__ import annotations

from typing import Dict, Iterator, List, Optional, Set

from .. import needs
from ..fixing import fix
from ..model import LIST_COMMA, Check, Finding, Text, fail, ok, same, together, warn
from ..pairs import MISSING, PAIRS, Pair
from ..pep440 import contains, satisfiable
from ..snapshot import Snapshot
from ..stack import STACK

# Packages of which a too old or too new version is told by a check of its own.
NAMED = ("pydantic-core", "typing-extensions")


def _hit(s: Snapshot, pair: Pair) -> Optional[Dict[str, str]]:
    """The versions, when the pair is here."""
    found = {}
    for name, specifier in pair.when.items():
        version = s.python.version if name == "python" else s.packages.version(name)
        if specifier == MISSING:
            if version:
                return None
        elif not version or not contains(specifier, version):
            return None
        found[name] = version
    return found


def _judge(pair: Pair, s: Snapshot) -> Iterator[Finding]:
    versions = _hit(s, pair)
    if versions is None:
        return
    details = [*pair.details, *_proof(s, pair)]
    hindered = [needs.hindrance(s, command) for command in pair.commands]
    details += [NOT_THAT(command=c, why=why) for c, why in zip(pair.commands, hindered) if why.en]
    advice = needs.feasible(s, fix(s, pair.advice, *pair.commands), list(pair.commands))
    yield Finding(pair.status, pair.message(**versions), tuple(details), advice, data={**versions})


NOT_THAT = Text("Not `{command}`: {why}.", "不要用 {command}：{why}。")
PROVED = Text("Proved: {what} raised {error} here.", "已验证：在这里{what}确实抛出 {error}。")
CONSTRUCTING = Text("constructing the client", "构造客户端时")
IMPORTING = Text("importing it", "导入时")
CALLING = Text("calling it", "调用时")


def _proof(s: Snapshot, pair: Pair) -> List[Text]:
    failed = s.probe.failed() if s.probe and pair.proof else None
    if failed is None or pair.proof not in " ".join((failed.text, failed.where, *failed.causes)):
        return []
    steps = {"import": IMPORTING, "construct": CONSTRUCTING}
    return [PROVED(what=steps.get(failed.name, CALLING), error=failed.error)]


def _check(pair: Pair) -> Check:
    return Check(pair.id, pair.title, lambda s: _judge(pair, s))


def explained_packages(s: Snapshot) -> Set[str]:
    """Packages whose state a check of this group tells about."""
    fired = (pair for pair in PAIRS if _hit(s, pair) is not None)
    return {*NAMED, *(name for pair in fired for name in pair.when)}


# --- requirements that deserve a name ------------------------------------------------------------


def _unmet(s: Snapshot, name: str) -> List[needs.Need]:
    dists = (dist for dist in s.packages.dists if not needs.is_foreign(s, dist))
    stack = (dist for dist in dists if dist.name in STACK)
    found = [need for dist in stack for need in needs.of(dist) if need.name == name]
    return [need for need in found if s.packages.version(name) and not need.met(s)]


def typing_extensions(s: Snapshot) -> Iterator[Finding]:
    unmet = _unmet(s, "typing-extensions")
    if unmet:
        need = unmet[0]
        yield fail(
            Text(
                "typing-extensions {v} is too old: {by} needs {need} and fails with `cannot "
                "import name ... from 'typing_extensions'`.",
                "typing-extensions {v} 太旧：{by} 需要 {need}，会报 cannot import name ... from "
                "'typing_extensions'。",
            )(v=s.packages.version("typing-extensions"), by=need.by(), need=need.shown()),
            fix=fix(s, UPGRADE, 'pip install --upgrade "typing-extensions<5"'),
        )


UPGRADE = Text("Upgrade it.", "请升级。")


def pydantic_core(s: Snapshot) -> Iterator[Finding]:
    for need in _unmet(s, "pydantic-core"):
        core = s.packages.version("pydantic-core")
        yield fail(
            Text(
                "{by} works with {need} only, and pydantic-core {core} is here: importing it "
                "raises SystemError.",
                "{by} 只能配 {need}，而这里是 pydantic-core {core}：导入会抛 SystemError。",
            )(by=need.by(), need=need.shown(), core=core),
            fix=fix(
                s,
                Text("Install the one that belongs to it.", "请安装配套的版本。"),
                f'pip install "pydantic=={need.owner.version}" "{need.shown()}"',
            ),
        )


def openssl(s: Snapshot) -> Iterator[Finding]:
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
    inside = {"openai", *(need.name for need in needs.closure(s, "openai"))}
    for name in STACK:
        wishes = [need for need in needs.on(s, name) if need.owner.name not in inside]
        if wishes and s.packages.version(name):
            yield from _wishes(s, name, wishes)


def _wishes(s: Snapshot, name: str, wishes: List[needs.Need]) -> Iterator[Finding]:
    version = s.packages.version(name)
    everyone = needs.on(s, name)
    unmet = [need for need in wishes if not need.met(s)]
    listed = together((same(f"{n.by()}: {n.shown()}") for n in everyone), LIST_COMMA)
    if unmet and not satisfiable(need.specifier for need in everyone):
        yield fail(
            Text(
                "No version of {name} satisfies all that is installed: {listed}. Here is {v}.",
                "没有哪个版本的 {name} 能满足所有已装的包：{listed}。这里是 {v}。",
            )(name=name, listed=listed, v=version),
            fix=fix(s, SPLIT),
            package=name,
        )
    elif unmet:
        joined = ",".join(dict.fromkeys(need.specifier for need in everyone))
        yield fail(
            Text("{by} needs {need}; here is {v}.", "{by} 需要 {need}，这里是 {v}。")(
                by=unmet[0].by(), need=unmet[0].shown(), v=version
            ),
            fix=fix(s, BOTH, f'pip install "{name}{joined}"'),
            package=name,
        )
    elif name == "openai":
        yield ok(same(f"openai {version}"), listed)


SPLIT = Text(
    "Upgrade one of them, or give each an environment of its own; dsadapter runs with either SDK.",
    "请升级其中一个，或各用各的虚拟环境；dsadapter 配哪个 SDK 都能用。",
)
BOTH = Text("Install a version that suits all.", "请安装大家都能用的版本。")

CHECKS = (
    *map(_check, PAIRS),
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
