"""Group sdk: what is installed, what it needs, which backend uses it, and whether that works."""

from __future__ import annotations

import re
from typing import Iterator, List, Optional, Sequence

from ..._backends.versions import below
from ..._texts import doctor_sdk as texts
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from .. import needs
from ..check import check
from ..data.package_names import DIST_OF
from ..findings import Finding, Fix, fail, info, ok, package, skip, warn
from ..fix_commands import fix, reinstall, where
from ..needs import Change, Need
from ..snapshot import Dist, Module, Probe, Snapshot, Step
from .conflicts import explained_packages


def installed(s: Snapshot) -> Iterator[Finding]:
    """Which SDK is here, and whether it can be used."""
    module = s.packages.modules.get("openai", Module("openai", "missing"))
    if module.kind == "missing" and not s.packages.all_of("openai"):
        yield ok(texts.NO_SDK)
    elif s.sdk() and below(s.sdk(), "0.27"):
        commands = ('pip install "openai>=1.55.3"', 'pip install "openai>=0.28,<1"')
        yield warn(
            texts.TOO_OLD(v=s.sdk()),
            fix=fix(s, texts.INSTALL_NEWER, *commands),
            about=[package("openai")],
        )
    elif s.sdk():
        yield ok(untranslated(f"openai {s.sdk()}"))


# --- requirements --------------------------------------------------------------------------------


def python_floor(s: Snapshot) -> Iterator[Finding]:
    """Packages that need another Python: the SDK, or what it stands on."""
    foreign = [dist for dist in needs.that_matter(s) if needs.is_foreign(s, dist)]
    if foreign:
        first, *others = foreign
        pins = " ".join(f'"{dist.name}!={dist.version}"' for dist in foreign)
        yield fail(
            _needs_python(s, first),
            *(_needs_python(s, dist) for dist in others),
            fix=fix(s, texts.ANOTHER_VERSION, f"pip install {pins}"),
            about=[package(dist.name) for dist in foreign],
        )


def _needs_python(s: Snapshot, dist: Dist) -> Text:
    return texts.NEEDS_PYTHON(
        name=dist.name, v=dist.version, need=dist.requires_python, python=s.python.version
    )


def requirements(s: Snapshot) -> Iterator[Finding]:
    """All that the SDK and dsadapter stand on: one finding, and one command for all of it."""
    explained = explained_packages(s)
    rows = [need for need in needs.unmet(s) if need.name not in explained]
    if not rows:
        return
    level = fail if any(_is_needed(s, need) for need in rows) else warn
    yield level(
        _unmet_message(s, rows),
        *_unmet_details(s, rows),
        fix=change_fix(s, needs.smallest_change(s, rows)),
        about=[package(need.name) for need in rows],
        packages=sorted({need.name for need in rows}),
    )


def _is_needed(s: Snapshot, need: Need) -> bool:
    """Whether calls fail without it: what the SDK stands on, the HTTP libraries where there is no
    SDK, and the reader of a .env that is there."""
    if need.owner.name != needs.OWN.name:
        return True
    if need.name == "python-dotenv":
        return any(file.state == "ok" for file in s.settings.files)
    return need.name in ("requests", "httpx") and not s.sdk()


def _unmet_message(s: Snapshot, rows: Sequence[Need]) -> Text:
    names = sorted({need.name for need in rows})
    if len(names) == 1:
        return _unmet_line(s, rows[0])
    return texts.UNMET_MORE(count=len(names), names=", ".join(names))


def _unmet_line(s: Snapshot, need: Need) -> Text:
    version = s.packages.version(need.name)
    state = texts.VERSION_HERE(v=version) if version else texts.MISSING_HERE
    return texts.UNMET(owner=need.owner_label(), need=need.shown(), state=state)


def _unmet_details(s: Snapshot, rows: Sequence[Need]) -> Iterator[Text]:
    by_name = {need.name: need for need in reversed(rows)}
    if len(by_name) > 1:
        yield from (_unmet_line(s, need) for need in by_name.values())
    yield from (texts.EFFECTS[name] for name in by_name if name in texts.EFFECTS)


def change_fix(s: Snapshot, change: Change) -> Fix:
    """The fix for unmet needs; by hand where no version satisfies everybody."""
    if not change.requirements:
        return Fix(texts.SPLIT)
    words = [*change.upgrades, *(f'"{text}"' for text in change.requirements)]
    option = "--upgrade " if change.upgrades else ""
    return fix(s, texts.SMALLEST, f"pip install {option}{' '.join(words)}")


def pins(s: Snapshot) -> Iterator[Finding]:
    """Installed packages whose wish for the SDK or its stack is not, or cannot be, met."""
    explained = explained_packages(s) | {need.name for need in needs.unmet(s)}
    rows = [need for need in needs.unmet_of_others(s) if need.name not in explained]
    for name in dict.fromkeys(need.name for need in rows):
        mine = [need for need in rows if need.name == name]
        change = needs.smallest_change(s, mine)
        yield fail(
            _no_version(change) if change.hopeless else _unmet_line(s, mine[0]),
            *_wishes(s, name, mine),
            fix=change_fix(s, change),
            about=[package(name), *(package(need.owner.name) for need in mine)],
            package=name,
        )
    if s.sdk() and not rows:
        yield ok(untranslated(f"openai {s.sdk()}"), *_wishes(s, "openai", []))


def _no_version(change: Change) -> Text:
    listed = join(
        (untranslated(f"{n.owner_label()}: {n.shown()}") for n in change.hopeless), LIST_COMMA
    )
    return texts.NO_VERSION(name=change.hopeless[0].name, needs=listed)


def _wishes(s: Snapshot, name: str, told: Sequence[Need]) -> List[Text]:
    """What everybody wants of a package, but for what was told already."""
    rows = [need for need in needs.needs_on(s, name) if need.specifier]
    if len(rows) <= (1 if told else 0):
        return []
    return [untranslated(", ".join(f"{need.owner_label()}: {need.shown()}" for need in rows))]


# --- backend -------------------------------------------------------------------------------------


def backend(s: Snapshot) -> Iterator[Finding]:
    """Which backend was chosen, and why not the others."""
    choice = s.choice
    if choice.fault:
        yield fail(
            texts.BACKEND_UNUSABLE(name=choice.wanted, fault=choice.fault),
            fix=Fix(texts.CHOOSE_BACKEND),
        )
        return
    rejected = [texts.NOT_CHOSEN(name=name, why=why) for name, why in choice.rejected]
    yield ok(untranslated(f"{choice.name} ({choice.reason})"), *rejected)


# What an error says of a package that is not there, or not in the right version.
_LACKING = re.compile(
    r"No module named '(\w+)|cannot import name '\w+' from '(\w+)|installed ([\w-]+) version"
)
TRIED = ("own", "import", "construct", "call", "stream", "async")


def works(s: Snapshot) -> Iterator[Finding]:
    """Whether the chosen backend did what the probe asked of it."""
    probe = s.probe
    if probe is None:
        yield skip(texts.NOT_TRIED)
        return
    failed = probe.failed(*TRIED)
    if failed:
        yield _raised(s, probe, failed)
    elif probe.fault == "timeout":
        yield info(texts.NOT_DONE(backend=probe.backend, seconds=round(probe.seconds)))
    elif probe.fault or not probe.steps:
        text = texts.PROCESS_ENDED if probe.ended_in else texts.PROCESS_NOT_STARTED
        yield fail(
            text(backend=probe.backend, step=probe.ended_in, why=probe.fault),
            about=[package(name) for name in s.packages.damages],
        )
    else:
        yield ok(texts.WORKED(backend=probe.backend, seconds=probe.seconds))


def _raised(s: Snapshot, probe: Probe, failed: Step) -> Finding:
    culprit, absent = _culprit(s, failed), _absent(failed)
    mend = _mend(s, culprit) if culprit and not absent else None
    name = "dsadapter" if failed.name == "own" else probe.backend
    return fail(
        texts.STEP_RAISED(backend=name, step=failed.name, error=failed.error, text=failed.text),
        *(texts.CAUSED_BY(cause=cause) for cause in failed.causes),
        *([untranslated(failed.where)] if failed.where else []),
        fix=mend,
        about=[package(name) for name in (absent, culprit.name if culprit else "") if name],
    )


def _absent(failed: Step) -> str:
    """The distribution that is not there or is another than was meant, "" for other errors."""
    match = _LACKING.search(" ".join((failed.text, *failed.causes)))
    name = next(filter(None, match.groups())) if match else ""
    return DIST_OF.get(name, name.replace("_", "-"))


def _mend(s: Snapshot, dist: Dist) -> Fix:
    """Files that nothing vouches for are installed again; of whole ones another version may do."""
    if dist.recorded and dist.name not in s.packages.damages:
        text = texts.TRY_NEWER(package=dist.name)
        return fix(s, text, f"pip install --upgrade {where(dist)}{dist.name}")
    return reinstall(s, texts.RAISING_PACKAGE(package=dist.name), [dist])


def _culprit(s: Snapshot, failed: Step) -> Optional[Dist]:
    """The installed package in whose file the error was raised."""
    where = failed.where.replace("\\", "/")
    for dist in s.packages.dists:
        folder = dist.folder.replace("\\", "/") + "/"
        if where.startswith(folder):
            top = where[len(folder) :].partition("/")[0].partition(".")[0]
            name = DIST_OF.get(top, top.replace("_", "-"))
            return next((d for d in s.packages.all_of(name) if d.folder == dist.folder), None)
    return None


# What can keep a backend from answering.
CAUSES = ("python-path", "sdk", "conflicts", "python", "network")

CHECKS = (
    check("sdk-installed", installed),
    check("sdk-python", python_floor, follows=("sdk-duplicates", "sdk-metadata")),
    check(
        "sdk-requirements",
        requirements,
        follows=("sdk-duplicates", "sdk-metadata", "sdk-leftovers", "sdk-python", "conflicts"),
    ),
    check("conflict-pins", pins, follows=("sdk-duplicates", "sdk-metadata", "sdk-requirements")),
    check("sdk-backend", backend, follows=("sdk-shadow", "sdk-files", "sdk-leftovers")),
    check("sdk-works", works, follows=CAUSES, probe=True),
)
