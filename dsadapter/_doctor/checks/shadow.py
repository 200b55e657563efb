"""Group sdk, what hides it: files of the user that are imported in place of a package."""

from __future__ import annotations

from typing import Iterator

from ..._texts import doctor_sdk as texts
from ..._texts.text import untranslated
from ..check import check
from ..data.package_names import SHADOWABLE, STDLIB
from ..findings import Finding, fail, package, path
from ..fix_commands import fix, move_aside
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
            yield _empty_folder(s, module)


def _hidden(s: Snapshot, module: Module) -> Finding:
    is_folder = module.origin.endswith("__init__.py")
    location = module.origin[: -len("/__init__.py")] if is_folder else module.origin
    new = f"{location}_app" if is_folder else f"{location[: -len('.py')]}_app.py"
    behind = module.hides or untranslated(f"package {module.name}")
    advice = texts.RENAME_FOLDER if is_folder else texts.RENAME_FILE
    return fail(
        texts.HIDES(place=location, behind=behind),
        fix=fix(s, advice, move_aside(s, location, new)),
        about=[path(location), package(module.name)],
        file=location,
    )


def _empty_folder(s: Snapshot, module: Module) -> Finding:
    folder = module.origin
    return fail(
        texts.EMPTY_FOLDER(folder=folder),
        fix=fix(s, texts.RENAME_FOLDER, move_aside(s, folder, f"{folder}_app")),
        about=[path(folder), package("openai")],
    )


def stdlib_shadow(s: Snapshot) -> Iterator[Finding]:
    """Files of the user that hide a part of the standard library that the SDK imports: tried,
    else known from other Pythons."""
    imported = s.probe.stdlib if s.probe and s.probe.stdlib else STDLIB
    for name in s.packages.stdlib_shadows:
        stem = name.replace("\\", "/").rpartition("/")[2]
        if stem.partition(".")[0] not in imported:
            continue
        new = f"{name[:-3]}_app.py" if name.endswith(".py") else f"{name}_app"
        advice = texts.RENAME_FILE if name.endswith(".py") else texts.RENAME_FOLDER
        yield fail(
            texts.HIDES_STDLIB(name=name),
            fix=fix(s, advice, move_aside(s, name, new)),
            about=[path(name)],
            file=name,
        )


CHECKS = (check("sdk-shadow", shadow), check("sdk-stdlib-shadow", stdlib_shadow))
