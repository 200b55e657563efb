"""Group sdk, whether it is whole: half-finished upgrades, damaged files, leftovers."""

from __future__ import annotations

from typing import Dict, Iterator, List, Sequence

from ..._backends.versions import below
from ..._texts import doctor_sdk as texts
from ..._texts.doctor_fixes import INSTALL_AGAIN
from ..._texts.text import LIST_COMMA, Text, join, untranslated
from ..check import check
from ..data.package_names import STACK, import_name
from ..findings import FAIL, WARN, Finding, fail, package, warn
from ..fix_commands import fix, move_aside, reinstall
from ..snapshot import Damage, Dist, Snapshot


def duplicates(s: Snapshot) -> Iterator[Finding]:
    """A package that is registered more than once in one folder; copies in several folders are
    layers, of which the first is used."""
    for name in STACK:
        running = _code_version(s, name)
        first = [dist for dist in s.packages.all_of(name) if dist.folder == _folder(s, name)]
        if len(first) > 1:
            stale = [dist for dist in first if dist.version != running] if running else first[1:]
            yield fail(
                texts.TWO_INFOS(
                    name=name,
                    count=len(first),
                    versions=" + ".join(sorted(dist.version for dist in first)),
                    running=running or "?",
                ),
                fix=fix(s, texts.MOVE_INFOS, *_moved(s, stale), steps=True),
                about=[package(name)],
                versions=sorted(dist.version for dist in first),
                running=running,
            )


def _code_version(s: Snapshot, name: str) -> str:
    module = s.packages.modules.get(import_name(name))
    return module.version if module is not None and module.kind == "package" else ""


def _folder(s: Snapshot, name: str) -> str:
    """The folder of the first copy, the one that is used."""
    return next((dist.folder for dist in s.packages.all_of(name)), "")


def _moved(s: Snapshot, dists: Sequence[Dist]) -> List[str]:
    paths = [
        f"{dist.folder}/{dist.info or f'{dist.name}-{dist.version}.dist-info'}" for dist in dists
    ]
    return [move_aside(s, path, f"{path}.leftover") for path in paths]


def leftovers(s: Snapshot) -> Iterator[Finding]:
    """What interrupted installations and removals left behind."""
    yield from _mixed(s)
    yield from _without_code(s)
    for path in s.packages.debris:
        folder, _, name = path.rpartition("/")
        fallback = f"{folder}/{name.lstrip('~')}.leftover"
        yield warn(
            texts.DEBRIS(path=path), fix=fix(s, texts.MOVE_DEBRIS, move_aside(s, path, fallback))
        )


def _mixed(s: Snapshot) -> Iterator[Finding]:
    """Files of both generations: 1.x copied over 0.28, or the other way round (sdk-matrix 11)."""
    legacy = bool(s.sdk()) and below(s.sdk(), "1")
    wrong = s.packages.modern_files if legacy else s.packages.legacy_files
    if not s.sdk() or len(wrong) < 2:
        return
    folder = s.packages.modules["openai"].origin.rpartition("/")[0]
    paths = [f"{folder}/{name}" for name in wrong]
    yield warn(
        texts.MIXED(v=s.sdk(), other="1.x+" if legacy else "0.x", files=", ".join(wrong)),
        fix=fix(
            s,
            texts.MOVE_FILES,
            *(move_aside(s, path, f"{path}.leftover") for path in paths),
            steps=True,
        ),
        about=[package("openai")],
    )


def _without_code(s: Snapshot) -> Iterator[Finding]:
    for name in STACK:
        module = s.packages.modules.get(import_name(name))
        dists = s.packages.all_of(name)
        if dists and module and module.kind in ("missing", "namespace"):
            yield fail(
                texts.NO_CODE(name=name, v=dists[0].version, module=module.name),
                fix=reinstall(s, INSTALL_AGAIN, dists[:1]),
                about=[package(name)],
            )


# --- files ---------------------------------------------------------------------------------------


def files(s: Snapshot) -> Iterator[Finding]:
    """Installed packages whose files are not as they were installed: one finding, one command."""
    by_status: Dict[str, List[Dist]] = {FAIL: [], WARN: []}
    for name, damage in s.packages.damages.items():
        dist = next((dist for dist in s.packages.all_of(name)), None)
        module = s.packages.modules.get(import_name(name))
        if dist is None or (module is not None and module.kind in ("missing", "namespace")):
            continue  # told by sdk-leftovers
        edited = not (damage.missing or damage.cut or damage.binary)
        by_status[WARN if edited else FAIL].append(dist)
    for status, dists in by_status.items():
        if dists:
            yield _damaged(s, status, dists)


def _damaged(s: Snapshot, status: str, dists: Sequence[Dist]) -> Finding:
    first, *others = dists
    damage = s.packages.damages[first.name]
    names = join((untranslated(f"{d.name} ({_worst(s, d)})") for d in others), LIST_COMMA)
    return Finding(
        status,
        _message(first, damage),
        (texts.MORE_PACKAGES(names=names),) if others else (),
        reinstall(s, INSTALL_AGAIN, dists),
        tuple(package(dist.name) for dist in dists),
        data={"missing": list(damage.missing[:20]), "changed": list(damage.changed[:20])},
    )


def _worst(s: Snapshot, dist: Dist) -> str:
    damage = s.packages.damages[dist.name]
    return damage.binary or damage.files()[0]


def _message(dist: Dist, damage: Damage) -> Text:
    if damage.binary:
        return texts.WRONG_BINARY(name=dist.name, file=damage.binary)
    rows = (
        (texts.FILES_MISSING, damage.missing),
        (texts.FILES_CUT, damage.cut),
        (texts.FILES_CHANGED, damage.changed),
    )
    text, names = next(row for row in rows if row[1])
    return text(name=dist.name, v=dist.version, file=names[0], more=_more(len(names) - 1))


def _more(count: int) -> Text:
    return texts.MORE_FILES(more=count) if count > 0 else untranslated("")


# --- metadata ------------------------------------------------------------------------------------


def metadata(s: Snapshot) -> Iterator[Finding]:
    """Metadata that cannot be read, or says another version than the code."""
    for dist in s.packages.dists:
        if dist.name in STACK and dist.fault == "no-metadata":
            yield _unreadable(s, dist)
    running = s.sdk()
    recorded = [dist for dist in s.packages.all_of("openai") if not dist.fault]
    if running and len(recorded) == 1 and recorded[0].version != running:
        yield fail(
            texts.METADATA_DIFFERS(running=running, recorded=recorded[0].version),
            fix=reinstall(s, INSTALL_AGAIN, [recorded[0]._replace(version=running)]),
            about=[package("openai")],
        )


def _unreadable(s: Snapshot, dist: Dist) -> Finding:
    moves = _moved(s, [dist])
    again = reinstall(s, texts.ANEW, [dist], force=False)
    steps = fix(s, texts.ANEW, *moves, steps=True)
    return warn(
        texts.NO_METADATA(name=dist.name, v=dist.version, folder=dist.folder),
        fix=steps._replace(commands=(*steps.commands, *again.commands)),
        about=[package(dist.name)],
    )


def stray_install(s: Snapshot) -> Iterator[Finding]:
    """A package that a doubled command installed."""
    for dist in s.packages.all_of("install"):
        yield warn(
            texts.STRAY(v=dist.version), fix=fix(s, texts.REMOVE_STRAY, "pip uninstall install")
        )


CHECKS = (
    check("sdk-duplicates", duplicates),
    check("sdk-leftovers", leftovers, follows=("sdk-duplicates",)),
    check("sdk-metadata", metadata, follows=("sdk-duplicates", "sdk-leftovers")),
    check("sdk-files", files, follows=("sdk-duplicates", "sdk-leftovers", "sdk-metadata")),
    check("sdk-stray-install", stray_install),
)
