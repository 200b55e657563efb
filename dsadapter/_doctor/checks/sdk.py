"""Group sdk: what is installed, what it needs, which backend uses it, and whether that works."""

from __future__ import annotations

from typing import Iterator

from ..._backends.versions import below
from ..._texts.text import Text, untranslated
from ..check import Check
from ..dependencies import closure, has_no_code, is_foreign
from ..findings import Finding, fail, info, ok, skip, warn
from ..fix_commands import fix
from ..snapshot import Module, Snapshot
from .conflicts import explained_packages

# dsadapter's own: what the backend raw-requests stands on.
OWN = ("requests", "httpx", "python-dotenv", "packaging")


def installed(s: Snapshot) -> Iterator[Finding]:
    """Which SDK is here, and whether it can be used."""
    module = s.packages.modules.get("openai", Module("openai", "missing"))
    if module.kind == "missing" and not s.packages.all_of("openai"):
        yield ok(
            Text(
                "no openai SDK; dsadapter talks to the API by itself",
                "未安装 openai SDK；dsadapter 自己访问 API",
            )
        )
    elif s.sdk() and below(s.sdk(), "0.27"):
        yield warn(
            Text(
                "openai {v} is older than 0.27: dsadapter does not use it, and it has no "
                "ChatCompletion.",
                "openai {v} 早于 0.27：没有 ChatCompletion，dsadapter 不会使用它。",
            )(v=s.sdk()),
            fix=fix(s, NEWER, 'pip install "openai>=1.55.3"', 'pip install "openai>=0.28,<1"'),
        )
    elif s.sdk():
        yield ok(untranslated(f"openai {s.sdk()}"))


NEWER = Text("Install one that has it.", "请安装较新的版本。")


# --- requirements --------------------------------------------------------------------------------


def python_floor(s: Snapshot) -> Iterator[Finding]:
    """An SDK that needs a newer Python."""
    for dist in s.packages.all_of("openai")[:1]:
        if is_foreign(s, dist):
            yield fail(
                Text(
                    "openai {v} needs Python {need}; this is {python}.",
                    "openai {v} 需要 Python {need}，这里是 {python}。",
                )(v=dist.version, need=dist.requires_python, python=s.python.version),
                fix=fix(
                    s,
                    Text("Let pip choose one that fits.", "让 pip 选一个合适的版本。"),
                    "pip install --force-reinstall openai",
                ),
            )


def requirements(s: Snapshot) -> Iterator[Finding]:
    """What openai needs, and what that needs in turn."""
    explained = explained_packages(s)
    for dependency in closure(s, "openai"):
        version = s.packages.version(dependency.name)
        if dependency.is_met(s) or dependency.name in explained or has_no_code(s, dependency.name):
            continue
        state = (
            Text("it is missing", "没有安装")
            if not version
            else untranslated(f"{dependency.name} {version}")
        )
        yield fail(
            Text("{owner} needs {need}: {state}.", "{owner} 需要 {need}，而这里：{state}。")(
                owner=dependency.owner_label(), need=dependency.shown(), state=state
            ),
            fix=fix(s, Text("Install it.", "请安装。"), f'pip install "{dependency.shown()}"'),
            package=dependency.name,
        )


def own_requirements(s: Snapshot) -> Iterator[Finding]:
    """Packages that dsadapter itself needs and that are missing."""
    missing = [name for name in OWN if not s.packages.version(name)]
    if missing:
        level = fail if {"requests", "httpx"} & set(missing) and not s.sdk() else warn
        yield level(
            Text(
                "dsadapter's own requirements are missing: {names}.",
                "缺少 dsadapter 自己的依赖：{names}。",
            )(names=", ".join(missing)),
            fix=fix(s, Text("Install them.", "请安装。"), f"pip install {' '.join(missing)}"),
        )


# --- backend -------------------------------------------------------------------------------------


def backend(s: Snapshot) -> Iterator[Finding]:
    """Which backend was chosen, and why not the others."""
    choice = s.choice
    if choice.fault:
        yield fail(
            Text(
                "DSADAPTER_BACKEND asks for {name}, which cannot work here: {fault}",
                "DSADAPTER_BACKEND 指定了 {name}，但在这里用不了：{fault}",
            )(name=choice.wanted, fault=choice.fault)
        )
        return
    rejected = [
        Text("not {n}: {w}", "没选 {n}：{w}")(n=name, w=why) for name, why in choice.rejected
    ]
    yield ok(untranslated(f"{choice.name} ({choice.reason})"), *rejected)


def works(s: Snapshot) -> Iterator[Finding]:
    """Whether the chosen backend did what the probe asked of it."""
    probe = s.probe
    if probe is None:
        yield skip(Text("not tried (--no-probe)", "未试运行（--no-probe）"))
        return
    failed = probe.failed("import", "construct", "call", "stream", "async")
    if failed:
        yield fail(
            Text(
                "{backend}: the step `{step}` raised {error}: {text}",
                "{backend}：步骤 {step} 抛出 {error}：{text}",
            )(backend=probe.backend, step=failed.name, error=failed.error, text=failed.text),
            *(Text("caused by {c}", "起因：{c}")(c=cause) for cause in failed.causes),
            *([untranslated(failed.where)] if failed.where else []),
        )
    elif probe.fault == "timeout":
        yield info(
            Text(
                "{backend} was not done after {n} seconds: not proved. (The first start after an "
                "installation takes longest; run the doctor again.)",
                "{backend} 过了 {n} 秒还没完成：未能验证。（刚安装后的首次启动最慢，请再运行一"
                "次。）",
            )(backend=probe.backend, n=round(probe.seconds))
        )
    elif not probe.steps:
        yield warn(Text("The probe died: {why}", "试运行的进程意外结束：{why}")(why=probe.fault))
    else:
        yield ok(
            Text(
                "{backend} was constructed and called here, in {n} s",
                "{backend} 在这里构造并调用成功，用时 {n} 秒",
            )(backend=probe.backend, n=probe.seconds)
        )


# What can keep a backend from answering.
WORKS_FOLLOWS = ("python", "sdk", "conflicts", "network")

CHECKS = (
    Check("sdk-installed", Text("the SDK is one that can be used", "SDK 可用"), installed),
    Check("sdk-python", Text("the SDK supports this Python", "SDK 支持这个 Python"), python_floor),
    Check("sdk-requirements", Text("what the SDK needs is there", "SDK 的依赖齐全"), requirements),
    Check(
        "sdk-own-requirements",
        Text("what dsadapter needs is there", "dsadapter 的依赖齐全"),
        own_requirements,
    ),
    Check("sdk-backend", Text("a backend was chosen", "已选定后端"), backend),
    Check(
        "sdk-works",
        Text("the SDK answers when called", "SDK 能构造并调用"),
        works,
        follows=WORKS_FOLLOWS,
        probe=True,
    ),
)
