"""Whether installed files are as their distribution's RECORD lists them: sizes, and hashes where a
file was touched after the installation."""

from __future__ import annotations

import os
import re
from importlib.machinery import EXTENSION_SUFFIXES
from typing import Dict, Iterable, List, Mapping

from ..data.package_names import COMPILED, import_name
from ..snapshot import Damage, Dist

_SAME_TIME = 2.0  # seconds between a file and the RECORD that is written after it


# Name, digest and size of what a program loads; a page that is missing hurts nobody.
_ENTRY = re.compile(
    r'^"?((?!\.\./|/)[^"\n]*\.(?:py|so|pyd|dll|dylib|pem))"?,sha256=([^,\n]*),(\d+)', re.M
)


def damages(dists: Iterable[Dist]) -> Mapping[str, Damage]:
    """What is wrong with the files of these distributions, by name."""
    found = {}
    for dist in dists:
        damage = _damage(dist)
        if damage != Damage():
            found[dist.name] = damage
    return found


def _damage(dist: Dist) -> Damage:
    folder = os.path.expanduser(dist.folder)
    record = os.path.join(folder, dist.info, "RECORD")
    kinds: Dict[str, List[str]] = {"missing": [], "cut": [], "changed": []}
    try:
        installed_at = os.stat(record).st_mtime
    except OSError:  # a distribution of the system, or an egg: nothing is listed
        return Damage(binary=_wrong_binary(folder, dist.name))
    for name, digest, size in _ENTRY.findall(_text(record)):
        kind = _state(f"{folder}{os.sep}{name}", int(size), digest, installed_at)
        if kind:
            kinds[kind].append(name)
    missing, cut, changed = (tuple(kinds[kind]) for kind in ("missing", "cut", "changed"))
    return Damage(missing, cut, changed, _wrong_binary(folder, dist.name))


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _state(path: str, size: int, digest: str, installed_at: float) -> str:
    """ "missing", "cut", "changed", or "" for a file as it was installed."""
    try:
        stat = os.stat(path)
    except OSError:
        return "" if _is_left_out(path) else "missing"
    if stat.st_size < size:
        return "cut" if stat.st_size * 2 <= size or not _is_python(path) else "changed"
    if path.endswith(".pem"):
        return ""  # a certificate of one's own was added, as many companies do
    if stat.st_size > size:
        return "changed"
    touched = stat.st_mtime > installed_at + _SAME_TIME
    return "changed" if touched and _digest(path) != digest else ""


def _is_python(path: str) -> bool:
    return path.endswith(".py")


def _is_left_out(path: str) -> bool:
    """Compiled beforehand, or a test: images leave these out on purpose."""
    return os.path.exists(f"{path}c") or "/tests/" in path.replace(os.sep, "/")


def _digest(path: str) -> str:
    import base64
    import hashlib

    with open(path, "rb") as file:
        raw = hashlib.sha256(file.read()).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


# --- compiled parts ------------------------------------------------------------------------------


def _wrong_binary(folder: str, dist: str) -> str:
    """A compiled part that this interpreter cannot load: made for another Python."""
    module = import_name(dist)
    if module not in COMPILED:
        return ""
    names = [n for n in _listed(os.path.join(folder, module)) if n.endswith((".so", ".pyd"))]
    loadable = any("." + name.partition(".")[2] in EXTENSION_SUFFIXES for name in names)
    return "" if loadable or not names else names[0]


def _listed(folder: str) -> List[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
