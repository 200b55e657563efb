"""What is installed, read from the folders: no package is imported, no metadata is trusted."""

from __future__ import annotations

import os
from importlib.machinery import EXTENSION_SUFFIXES
from typing import Dict, Iterator, List, Mapping, Optional, Tuple

from ..._backends import detection as _detect
from .. import pep508
from ..paths import Subject, as_programs_see
from ..secrets import all_shown, shown
from ..snapshot import Dist, Module, Packages, Requires
from ..stack import COMPILED, LEGACY_ONLY, MODERN_ONLY, MODULES, STDLIB

_HEADER_LIMIT = 200_000


def collect(subject: Subject) -> Packages:
    folders = _site_folders(subject)
    dists = tuple(dist for folder in folders for dist in _dists(folder))
    modules = {name: _module(name, subject, dists) for name in MODULES}
    return Packages(
        dists=dists,
        modules=modules,
        debris=tuple(path for folder in folders for path in _debris(folder)),
        legacy_files=_strange_files(modules["openai"], LEGACY_ONLY),
        modern_files=_strange_files(modules["openai"], MODERN_ONLY),
        missing_files=_missing_files(folders, dists),
        wrong_binaries=_wrong_binaries(modules),
        stdlib_shadows=_stdlib_shadows(subject.program),
        folders=tuple(all_shown(folders)),
    )


def _site_folders(subject: Subject) -> List[str]:
    """Folders of the path that hold distributions, once each (lib64 is a link to lib)."""
    found: Dict[str, str] = {}
    for folder in subject.path:
        if os.path.isdir(folder):
            found.setdefault(os.path.realpath(folder), folder)
    return list(found.values())


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
    name = pep508.normal(headers.get("name", [name])[0])
    return Dist(
        name=name,
        version=headers.get("version", [version.partition("-py")[0]])[0],
        folder=shown(folder),
        requires=tuple(_requires(headers.get("requires-dist", []))),
        requires_python=headers.get("requires-python", [""])[0],
        fault="" if headers else "no-metadata",
        local=os.path.exists(os.path.join(folder, entry, "direct_url.json")),
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


def _start_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(_HEADER_LIMIT)
    except OSError:
        return ""


def _requires(lines: List[str]) -> Iterator[Requires]:
    values = pep508.here()
    for line in lines:
        parsed = pep508.parse(line)
        if parsed and not parsed.url and pep508.applies(parsed.marker, values):
            yield Requires(parsed.name, parsed.specifier)


# --- modules -------------------------------------------------------------------------------------


def _module(name: str, subject: Subject, dists: Tuple[Dist, ...]) -> Module:
    with as_programs_see(subject):
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
        _behind(name, dists) if by_user else "",
    )


def _version(name: str) -> str:
    if name == "openai":
        found = _detect.sdk()
        return found.version if found else ""
    return _detect.installed_version(name) or ""


def _behind(name: str, dists: Tuple[Dist, ...]) -> str:
    wanted = pep508.normal({"dotenv": "python-dotenv"}.get(name, name))
    return next((f"{d.name} {d.version}" for d in dists if d.name == wanted), "")


def _stdlib_shadows(cwd: str) -> Tuple[str, ...]:
    if cwd == os.path.dirname(os.__file__):
        return ()
    names = _listed(cwd)
    files = [n for n in names if n.endswith(".py") and n[:-3] in STDLIB]
    folders = [
        n for n in names if n in STDLIB and os.path.isfile(os.path.join(cwd, n, "__init__.py"))
    ]
    return tuple(files + folders)


# --- half-finished installations -----------------------------------------------------------------


def _debris(folder: str) -> Iterator[str]:
    for entry in _listed(folder):
        if entry.startswith("~"):
            yield shown(os.path.join(folder, entry))


def _strange_files(module: Module, names: Tuple[str, ...]) -> Tuple[str, ...]:
    if module.kind != "package" or not module.origin:
        return ()
    folder = os.path.dirname(os.path.expanduser(module.origin))
    return tuple(name for name in names if os.path.exists(os.path.join(folder, name)))


def _missing_files(folders: List[str], dists: Tuple[Dist, ...]) -> Mapping[str, Tuple[str, ...]]:
    """Python files of the stack that a distribution lists and that are not there."""
    wanted = {pep508.normal(name) for name in MODULES}
    found: Dict[str, Tuple[str, ...]] = {}
    for folder in folders:
        for entry in _listed(folder):
            if entry.endswith(".dist-info") and pep508.normal(entry.partition("-")[0]) in wanted:
                missing = tuple(_not_there(folder, entry))
                if missing:
                    found[pep508.normal(entry.partition("-")[0])] = missing
    return found


def _not_there(folder: str, entry: str) -> Iterator[str]:
    for line in _start_of(os.path.join(folder, entry, "RECORD")).splitlines():
        name = line.partition(",")[0].strip('"')
        code = name.endswith(".py") and not name.startswith(("..", "/"))
        if code and not os.path.exists(os.path.join(folder, name)):
            yield name


def _wrong_binaries(modules: Mapping[str, Module]) -> Mapping[str, str]:
    """Compiled parts that this interpreter cannot load: made for another Python."""
    found = {}
    for name in COMPILED:
        module = modules.get(name)
        wrong = (
            _wrong_binary(os.path.dirname(os.path.expanduser(module.origin))) if module else None
        )
        if wrong:
            found[name] = wrong
    return found


def _wrong_binary(folder: str) -> Optional[str]:
    names = [n for n in _listed(folder) if n.endswith((".so", ".pyd"))]
    if not names or any("." + name.partition(".")[2] in EXTENSION_SUFFIXES for name in names):
        return None
    return names[0]
