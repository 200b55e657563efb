"""Group sdk, what hides it: files of the user that are imported in place of a package."""

from __future__ import annotations

from typing import Iterator

from ..._texts.text import Text, untranslated
from ..check import Check
from ..findings import Finding, Fix, fail
from ..fix_commands import fix, rename
from ..package_names import SHADOWABLE
from ..snapshot import Module, Snapshot


def shadow(s: Snapshot) -> Iterator[Finding]:
    """Files of the user that hide the SDK or what it stands on."""
    for name in SHADOWABLE:
        module = s.packages.modules.get(name)
        if module is None:
            continue
        if module.by_user:
            yield _hidden(s, module)
        elif module.kind == "namespace" and name == "openai" and not s.packages.all_of("openai"):
            yield _empty_folder(module)


def _hidden(s: Snapshot, module: Module) -> Finding:
    folder = module.origin.endswith("__init__.py")
    location = module.origin[: -len("/__init__.py")] if folder else module.origin
    new = f"{location}_app" if folder else f"{location[: -len('.py')]}_app.py"
    behind = module.hides or untranslated(f"package {module.name}")
    return fail(
        Text(
            "{place} hides the {behind}: programs in this folder import that file instead, and "
            "fail with an AttributeError or ImportError.",
            "{place} 遮住了 {behind}：本目录的程序导入的是这个文件，会报 AttributeError 或 "
            "ImportError。",
        )(place=location, behind=behind),
        fix=fix(s, Text("Rename it.", "请给它改名。"), rename(s, location, new)),
        file=location,
    )


def _empty_folder(module: Module) -> Finding:
    return fail(
        Text(
            "The folder {folder} has no code, and openai is not installed: `import openai` "
            "succeeds and gives an empty module.",
            "目录 {folder} 里没有代码，而 openai 并未安装：import openai 不报错，得到的却是空模"
            "块。",
        )(folder=module.origin),
        fix=Fix(Text("Delete the folder.", "请删除该目录。")),
    )


def stdlib_shadow(s: Snapshot) -> Iterator[Finding]:
    """Files of the user that hide the standard library."""
    for name in s.packages.stdlib_shadows:
        new = f"{name[:-3]}_app.py" if name.endswith(".py") else f"{name}_app"
        yield fail(
            Text(
                "{name} in this folder hides Python's own module of that name: the SDK imports it "
                "and breaks, in places that name neither.",
                "本目录的 {name} 遮住了 Python 标准库的同名模块：SDK 导入后会在别处出错，报错里看"
                "不出原因。",
            )(name=name),
            fix=fix(s, Text("Rename it.", "请给它改名。"), rename(s, name, new)),
            file=name,
        )


CHECKS = (
    Check(
        "sdk-shadow",
        Text("no file of yours hides the SDK or what it needs", "没有自己的文件遮住 SDK 及其依赖"),
        shadow,
    ),
    Check(
        "sdk-stdlib-shadow",
        Text("no file of yours hides the standard library", "没有自己的文件遮住标准库"),
        stdlib_shadow,
    ),
)
