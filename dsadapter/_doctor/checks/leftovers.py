"""Group sdk, whether it is whole: half-finished upgrades, copies, missing files, leftovers."""

from __future__ import annotations

from typing import Iterator, List, Tuple

from ..._backends.versions import below
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from ..check import Check
from ..findings import Finding, Fix, fail, warn
from ..fix_commands import fix
from ..package_names import STACK, import_name
from ..snapshot import Dist, Snapshot

AGAIN = Text("Install it again.", "请重新安装。")
CLEAN = Text("Remove all of them and install one.", "全部卸载后重装一份。")


def duplicates(s: Snapshot) -> Iterator[Finding]:
    """A package that is installed more than once."""
    for name in STACK:
        dists = s.packages.all_of(name)
        versions = sorted({dist.version for dist in dists})
        running = s.packages.version(name)
        if len(dists) > 1 and len({dist.folder for dist in dists}) < len(dists):
            yield _two_infos(s, name, versions, running)
        elif len(versions) > 1:
            yield _two_folders(dists, running)


def _two_infos(s: Snapshot, name: str, versions: List[str], running: str) -> Finding:
    command = f'pip install "{name}=={running or versions[-1]}"'
    removes = ["pip uninstall " + name] * len(s.packages.all_of(name))
    return fail(
        Text(
            "{name} is installed {n} times in one folder ({versions}): an upgrade stopped "
            "halfway. The code is {running}; what metadata says depends on chance.",
            "{name} 在同一目录装了 {n} 份（{versions}）：升级中断过。实际代码是 {running}，元数据"
            "说哪个全凭运气。",
        )(name=name, n=len(removes), versions=" + ".join(versions), running=running or "?"),
        fix=fix(s, CLEAN, *removes, command, steps=True),
        versions=versions,
        running=running,
    )


def _two_folders(dists: Tuple[Dist, ...], running: str) -> Finding:
    locations = join((untranslated(f"{d.version} ({d.folder})") for d in dists), LIST_COMMA)
    return warn(
        Text(
            "Several versions of {name} lie on the search path: {places}. The first one, "
            "{running}, is used.",
            "搜索路径上有多个版本的 {name}：{places}。用的是第一个 {running}。",
        )(name=dists[0].name, places=locations, running=running),
        fix=Fix(Text("Keep one of them.", "请只保留一个。")),
    )


def leftovers(s: Snapshot) -> Iterator[Finding]:
    """What interrupted installations and removals left behind."""
    yield from _mixed(s)
    yield from _without_code(s)
    for path in s.packages.debris:
        yield warn(
            Text(
                "{path} is left over from an interrupted pip: pip warns about it at every call.",
                "{path} 是 pip 中断后的残留：每次运行 pip 都会警告。",
            )(path=path),
            fix=Fix(Text("Delete the folder.", "请删除该目录。")),
        )


def _mixed(s: Snapshot) -> Iterator[Finding]:
    """Files of both generations: 1.x copied over 0.28, or the other way round (sdk-matrix 11)."""
    legacy = bool(s.sdk()) and below(s.sdk(), "1")
    wrong = s.packages.modern_files if legacy else s.packages.legacy_files
    enough = len(wrong) > 1 if s.sdk() else False
    if enough:
        command = f'pip install --force-reinstall --no-deps "openai=={s.sdk()}"'
        yield warn(
            Text(
                "openai {v} has files of {other} in it ({files}): `import openai.error` and "
                "`hasattr` tests tell the wrong generation.",
                "openai {v} 里混有 {other} 的文件（{files}）：import openai.error、hasattr 之类的"
                "判断会出错。",
            )(v=s.sdk(), other="1.x+" if legacy else "0.x", files=", ".join(wrong)),
            fix=fix(s, CLEAN, "pip uninstall openai", command, steps=True),
        )


def _without_code(s: Snapshot) -> Iterator[Finding]:
    for name in STACK:
        module = s.packages.modules.get(import_name(name))
        dists = s.packages.all_of(name)
        if dists and module and module.kind in ("missing", "namespace"):
            yield fail(
                Text(
                    "{name} {v} is registered as installed, but its code is gone: `import "
                    "{module}` fails or gives an empty module.",
                    "{name} {v} 显示为已安装，但代码已不在：import {module} 会失败或得到空模块。",
                )(name=name, v=dists[0].version, module=module.name),
                fix=fix(s, AGAIN, f'pip install --force-reinstall "{name}=={dists[0].version}"'),
            )


def files(s: Snapshot) -> Iterator[Finding]:
    """Installed packages of which files are missing."""
    for name, missing in s.packages.missing_files.items():
        module = s.packages.modules.get(import_name(name))
        if module is None or module.kind in ("missing", "namespace") or _replaced(s, name):
            continue  # told by sdk-leftovers and sdk-duplicates
        version = s.packages.version(name) or s.packages.all_of(name)[0].version
        yield fail(
            Text(
                "{name} {v} is incomplete: {file} is missing{more}.",
                "{name} {v} 不完整：缺少 {file}{more}。",
            )(name=name, v=version, file=missing[0], more=_more(len(missing) - 1)),
            fix=fix(s, AGAIN, f'pip install --force-reinstall --no-deps "{name}=={version}"'),
            missing=list(missing[:20]),
        )


def _replaced(s: Snapshot, name: str) -> bool:
    return len(s.packages.all_of(name)) > 1


def _more(count: int) -> Text:
    if count <= 0:
        return untranslated("")
    return Text(" and {n} more", "等 {m} 个文件")(n=count, m=count + 1)


def metadata(s: Snapshot) -> Iterator[Finding]:
    """Metadata that cannot be read, or says another version than the code."""
    for dist in s.packages.dists:
        if dist.name in STACK and dist.fault == "no-metadata":
            yield warn(
                Text(
                    "The metadata of {name} {v} cannot be read ({folder}): pip cannot upgrade or "
                    "remove it.",
                    "{name} {v} 的元数据读不出来（{folder}）：pip 无法升级或卸载它。",
                )(name=dist.name, v=dist.version, folder=dist.folder),
                fix=fix(s, AGAIN, f'pip install --ignore-installed "{dist.name}=={dist.version}"'),
            )
    running = s.sdk()
    recorded = [dist.version for dist in s.packages.all_of("openai")]
    if running and len(recorded) == 1 and recorded[0] != running:
        yield fail(
            Text(
                "The code of openai is {running}, its metadata says {said}: pip resolves for the "
                "wrong one.",
                "openai 的代码是 {running}，元数据却写着 {said}：pip 会按错误的版本解析依赖。",
            )(running=running, said=recorded[0]),
            fix=fix(s, AGAIN, f'pip install --force-reinstall "openai=={running}"'),
        )


def binaries(s: Snapshot) -> Iterator[Finding]:
    """Compiled parts that were made for another Python."""
    for name, file in s.packages.wrong_binaries.items():
        dist = name.replace("_", "-")
        yield fail(
            Text(
                "{name} was compiled for another Python ({file}): importing it fails here, and "
                "the SDK with it.",
                "{name} 是为另一个 Python 编译的（{file}）：在这里导入会失败，SDK 也随之失败。",
            )(name=dist, file=file),
            fix=fix(s, AGAIN, f"pip install --force-reinstall --no-deps {_pinned(s, dist)}"),
        )


def _pinned(s: Snapshot, name: str) -> str:
    version = s.packages.version(name)
    return f'"{name}=={version}"' if version else name


def stray_install(s: Snapshot) -> Iterator[Finding]:
    """A package that a doubled command installed."""
    for dist in s.packages.all_of("install"):
        yield warn(
            Text(
                "A package named `install` ({v}) is here. Nobody wants it: it comes from a "
                "doubled command, `pip install pip install ...`.",
                "装了一个叫 install 的包（{v}）。它没有用处，来自写重了的命令 pip install pip "
                "install ...。",
            )(v=dist.version),
            fix=fix(s, Text("Remove it.", "请卸载它。"), "pip uninstall install"),
        )


CHECKS = (
    Check("sdk-duplicates", Text("each package is installed once", "每个包只装了一份"), duplicates),
    Check("sdk-leftovers", Text("nothing is left over from removals", "没有卸载残留"), leftovers),
    Check("sdk-files", Text("no installed file is missing", "安装的文件没有缺失"), files),
    Check("sdk-metadata", Text("metadata and code agree", "元数据与代码一致"), metadata),
    Check(
        "sdk-binaries", Text("compiled parts fit this Python", "编译部分适配这个 Python"), binaries
    ),
    Check(
        "sdk-stray-install",
        Text("no package came with a mistyped command", "没有因命令写错而装上的包"),
        stray_install,
    ),
)
