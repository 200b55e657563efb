"""What is installed, read from the folders: no package is imported, no metadata is trusted."""

from __future__ import annotations

import os
from importlib.machinery import EXTENSION_SUFFIXES
from typing import Dict, Iterator, List, Mapping, Optional, Tuple

from ..._backends import detection as _detect
from ..._source.versions import Unavailable, applies, normalize, parse
from ..package_names import COMPILED, LEGACY_ONLY, MODERN_ONLY, MODULES, STDLIB
from ..search_path import Subject, program_path
from ..secrets import all_shown, shown
from ..snapshot import Dist, Module, Packages, Requires

_HEADER_LIMIT = 200_000


def collect(subject: Subject) -> Packages:
    """What the folders of the search path hold."""
    folders = _site_folders(subject)
    dists = tuple(dist for folder in folders for dist in _dists(folder))
    modules = {name: _module(name, subject, dists) for name in MODULES}
    return Packages(
        dists=dists,
        modules=modules,
        debris=tuple(path for folder in folders for path in _debris(folder)),
        legacy_files=_foreign_files(modules["openai"], LEGACY_ONLY),
        modern_files=_foreign_files(modules["openai"], MODERN_ONLY),
        missing_files=_missing_files(folders, dists),
        wrong_binaries=_wrong_binaries(modules),
        stdlib_shadows=_stdlib_shadows(subject.program),
        folders=tuple(all_shown(folders)),
    )


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


def _foreign_files(module: Module, names: Tuple[str, ...]) -> Tuple[str, ...]:
    if module.kind != "package" or not module.origin:
        return ()
    folder = os.path.dirname(os.path.expanduser(module.origin))
    return tuple(name for name in names if os.path.exists(os.path.join(folder, name)))


def _missing_files(folders: List[str], dists: Tuple[Dist, ...]) -> Mapping[str, Tuple[str, ...]]:
    """Python files of the stack that a distribution lists and that are not there."""
    wanted = {normalize(name) for name in MODULES}
    by_name: Dict[str, Tuple[str, ...]] = {}
    for folder in folders:
        for entry in _listed(folder):
            if entry.endswith(".dist-info") and normalize(entry.partition("-")[0]) in wanted:
                missing = tuple(_missing_of(folder, entry))
                if missing:
                    by_name[normalize(entry.partition("-")[0])] = missing
    return by_name


def _missing_of(folder: str, entry: str) -> Iterator[str]:
    for line in _start_of(os.path.join(folder, entry, "RECORD")).splitlines():
        name = line.partition(",")[0].strip('"')
        code = name.endswith(".py") and not name.startswith(("..", "/"))
        if code and not os.path.exists(os.path.join(folder, name)):
            yield name


def _wrong_binaries(modules: Mapping[str, Module]) -> Mapping[str, str]:
    """Compiled parts that this interpreter cannot load: made for another Python."""
    by_name = {}
    for name in COMPILED:
        module = modules.get(name)
        wrong = (
            _wrong_binary(os.path.dirname(os.path.expanduser(module.origin))) if module else None
        )
        if wrong:
            by_name[name] = wrong
    return by_name


def _wrong_binary(folder: str) -> Optional[str]:
    names = [n for n in _listed(folder) if n.endswith((".so", ".pyd"))]
    if not names or any("." + name.partition(".")[2] in EXTENSION_SUFFIXES for name in names):
        return None
    return names[0]
