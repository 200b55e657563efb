"""What is installed, read from the folders: no package is imported, no metadata is trusted."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import Dict, Iterator, List, Set, Tuple

from ..._backends import detection as _detect
from ..._source.versions import Unavailable, applies, normalize, parse
from .. import needs
from ..data.package_names import LEGACY_ONLY, MODERN_ONLY, MODULES, STDLIB
from ..search_path import Subject, program_path
from ..secrets import all_shown, shown
from ..snapshot import SITE, SYSTEM, TARGET, USER, Dist, Module, Packages, Requires
from .free_names import beside, free
from .integrity import damages

_HEADER_LIMIT = 200_000  # characters of a METADATA whose headers do not end before


def collect(subject: Subject) -> Packages:
    """What the folders of the search path hold."""
    folders = _site_folders(subject)
    dists = tuple(dist for folder in folders for dist in _dists(folder))
    modules = {name: _module(name, subject, dists) for name in MODULES}
    packages = Packages(
        dists=dists,
        modules=modules,
        debris=tuple(path for folder in folders for path in _debris(folder)),
        legacy_files=_foreign_files(modules["openai"], LEGACY_ONLY),
        modern_files=_foreign_files(modules["openai"], MODERN_ONLY),
        damages=damages(needs.closure(dists, "openai", needs.OWN.name)),
        stdlib_shadows=_stdlib_shadows(subject),
        folders=tuple(all_shown(folders)),
    )
    return packages._replace(aside=dict(_aside(packages)))


def _site_folders(subject: Subject) -> List[str]:
    """Folders of the path that hold distributions, once each (lib64 is a link to lib)."""
    by_real_path: Dict[str, str] = {}
    for folder in subject.path:
        if os.path.isdir(folder):
            by_real_path.setdefault(os.path.realpath(folder), folder)
    return list(by_real_path.values())


def _listed(folder: str) -> List[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


# --- distributions -------------------------------------------------------------------------------


def _dists(folder: str) -> Iterator[Dist]:
    for entry in _listed(folder):
        if entry.startswith("~"):
            continue
        if entry.endswith((".dist-info", ".egg-info")):
            yield _dist(folder, entry)


def _dist(folder: str, entry: str) -> Dist:
    headers = _headers(os.path.join(folder, entry))
    stem = entry.rpartition(".")[0]
    name, _, version = stem.partition("-")
    name = normalize(headers.get("name", [name])[0])
    return Dist(
        name=name,
        version=headers.get("version", [version.partition("-py")[0]])[0],
        folder=shown(folder),
        requires=tuple(_requires(headers.get("requires-dist", []))),
        requires_python=headers.get("requires-python", [""])[0],
        fault="" if headers else "no-metadata",
        local=os.path.exists(os.path.join(folder, entry, "direct_url.json")),
        place=_place(folder),
        installer=_start_of(os.path.join(folder, entry, "INSTALLER")).strip() or "pip",
        info=entry,
        recorded=os.path.exists(os.path.join(folder, entry, "RECORD")),
    )


def _headers(path: str) -> Dict[str, List[str]]:
    """The headers of METADATA (PKG-INFO of an egg), {} when there are none."""
    names = (os.path.join(path, "METADATA"), os.path.join(path, "PKG-INFO"), path)
    text = next((text for text in map(_start_of, names) if text), "")
    headers: Dict[str, List[str]] = {}
    for line in text.splitlines():
        if not line.strip():
            break
        name, colon, value = line.partition(":")
        if colon and not line[0].isspace():
            headers.setdefault(name.strip().lower(), []).append(value.strip())
    return headers if "name" in headers else {}


def _start_of(path: str, limit: int = 8_000) -> str:
    """The headers, which end at a blank line; what follows is long and not read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(limit)
            return text if "\n\n" in text or len(text) < limit else text + file.read(_HEADER_LIMIT)
    except OSError:
        return ""


@lru_cache(maxsize=None)
def _own_folders() -> Tuple[Set[str], str]:
    """Where pip installs for this interpreter, and where ``--user`` does."""
    import site

    own = {os.path.realpath(folder) for folder in getattr(site, "getsitepackages", list)()}
    user = getattr(site, "getusersitepackages", str)()
    return own, os.path.realpath(user) if user else ""


def _place(folder: str) -> str:
    """How a distribution in this folder came there."""
    real = os.path.realpath(folder)
    own, user = _own_folders()
    if real == user:
        return USER
    if "dist-packages" in real and "local" not in real.split(os.sep):
        return SYSTEM
    prefixes = (os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix))
    inside = real.startswith(prefixes) and os.path.basename(real).endswith("-packages")
    return SITE if real in own or inside else TARGET


def _requires(lines: List[str]) -> Iterator[Requires]:
    for line in lines:
        parsed = parse(line)
        if parsed and not parsed.url and _counts(parsed.marker):
            yield Requires(parsed.name, parsed.specifier)


def _counts(marker: str) -> bool:
    """Whether the marker applies here; no where nothing can read it: nothing is claimed."""
    try:
        return applies(marker)
    except Unavailable:
        return False


# --- modules -------------------------------------------------------------------------------------


def _module(name: str, subject: Subject, dists: Tuple[Dist, ...]) -> Module:
    with program_path(subject):
        spec = _detect.spec_of(name)
        version = _version(name) if spec is not None else ""
    if spec is None:
        return Module(name, "missing")
    origin = spec.origin
    if origin is None or origin == "namespace":
        return Module(
            name, "namespace", shown(next(iter(spec.submodule_search_locations or ()), ""))
        )
    package = bool(spec.submodule_search_locations)
    at = os.path.dirname(os.path.dirname(origin)) if package else os.path.dirname(origin)
    single = name in ("typing_extensions", "six")  # the real ones are single files
    kind = "package" if package or (single and at != subject.program) else "file"
    by_user = at == subject.program and not (version and package)
    return Module(
        name,
        kind,
        shown(origin),
        version if kind == "package" else "",
        by_user,
        _hidden_by(name, dists) if by_user else "",
    )


def _version(name: str) -> str:
    if name == "openai":
        sdk = _detect.sdk()
        return sdk.version if sdk else ""
    return _detect.installed_version(name) or ""


def _hidden_by(name: str, dists: Tuple[Dist, ...]) -> str:
    wanted = normalize({"dotenv": "python-dotenv"}.get(name, name))
    return next((f"{d.name} {d.version}" for d in dists if d.name == wanted), "")


def _stdlib_shadows(subject: Subject) -> Tuple[str, ...]:
    """Files and packages beside the program with a name of the standard library; those in the
    working directory by their names."""
    folder = subject.program
    if folder == os.path.dirname(os.__file__):
        return ()
    known = getattr(sys, "stdlib_module_names", STDLIB)
    names = _listed(folder)
    files = [n for n in names if n.endswith(".py") and n[:-3] in known]
    packages = [
        n for n in names if n in known and os.path.isfile(os.path.join(folder, n, "__init__.py"))
    ]
    inside = folder == subject.cwd
    return tuple(n if inside else shown(os.path.join(folder, n)) for n in (*files, *packages))


# --- half-finished installations -----------------------------------------------------------------


def _debris(folder: str) -> Iterator[str]:
    for entry in _listed(folder):
        if entry.startswith("~"):
            yield shown(os.path.join(folder, entry))


def _foreign_files(module: Module, names: Tuple[str, ...]) -> Tuple[str, ...]:
    if module.kind != "package" or not module.origin:
        return ()
    folder = os.path.dirname(os.path.expanduser(module.origin))
    return tuple(name for name in names if os.path.exists(os.path.join(folder, name)))


def _aside(packages: Packages) -> Iterator[Tuple[str, str]]:
    """A name that nobody has for each thing that may have to make way."""
    for path in (*map(_location, packages.modules.values()), *packages.stdlib_shadows):
        if path:
            yield path, _free_name(path, "_app")
    folder = os.path.dirname(packages.modules["openai"].origin)
    for name in (*packages.legacy_files, *packages.modern_files):
        path = f"{folder}/{name}"
        yield path, shown(free(f"{os.path.expanduser(path)}.leftover"))
    for path in packages.debris:
        folder, name = os.path.split(os.path.expanduser(path))
        leftover = name.lstrip("~").replace(".dist-info", "").replace(".egg-info", "")
        yield path, shown(free(os.path.join(folder, f"{leftover}.leftover")))
    for dist in packages.dists:
        if dist.fault:
            path = f"{dist.folder}{os.sep}{dist.info}"
            yield path, shown(free(f"{os.path.expanduser(path)}.leftover"))


def _location(module: Module) -> str:
    """The file or the folder of what is in the way, "" for what is not."""
    if not module.by_user and module.kind != "namespace":
        return ""
    ending = f"{os.sep}__init__.py"
    return module.origin[: -len(ending)] if module.origin.endswith(ending) else module.origin


def _free_name(path: str, tag: str) -> str:
    relative = not os.path.isabs(os.path.expanduser(path))
    name = beside(os.path.expanduser(path), tag)
    return name if relative else shown(name)
