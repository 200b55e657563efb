"""Who needs what among the installed packages, and whether it can be had."""

from __future__ import annotations

import shlex
from typing import Dict, Iterator, List, NamedTuple, Set

from .._source.versions import contains, parse, satisfiable
from .._texts.text import Text, untranslated
from .findings import Fix
from .package_names import import_name
from .snapshot import Dist, Snapshot


class Dependency(NamedTuple):
    """``owner`` (a distribution) needs ``name`` within ``specifier``."""

    owner: Dist
    name: str
    specifier: str

    def is_met(self, s: Snapshot) -> bool:
        """Whether the version that is here lies within the specifier."""
        version = s.packages.version(self.name)
        return bool(version) and contains(self.specifier, version)

    def shown(self) -> str:
        """The requirement as pip writes it."""
        return f"{self.name}{self.specifier}"

    def owner_label(self) -> str:
        """Name and version of the owner."""
        return f"{self.owner.name} {self.owner.version}"


def requirements_of(dist: Dist) -> Iterator[Dependency]:
    """What a distribution needs here."""
    return (Dependency(dist, dependency.name, dependency.specifier) for dependency in dist.requires)


def is_foreign(s: Snapshot, dist: Dist) -> bool:
    """Whether it was made for other Pythons: what it needs cannot be had here."""
    wanted = dist.requires_python
    return bool(wanted) and not contains(wanted, s.python.version)


def closure(s: Snapshot, name: str) -> Iterator[Dependency]:
    """What ``name`` needs, and what that needs in turn."""
    known: Dict[str, Dist] = {}
    for dist in s.packages.dists:
        known.setdefault(dist.name, dist)
    queue: List[str] = [name]
    seen: Set[str] = set()
    while queue:
        current = queue.pop(0)
        if current in seen or current not in known or is_foreign(s, known[current]):
            continue
        seen.add(current)
        for dependency in requirements_of(known[current]):
            yield dependency
            queue.append(dependency.name)


def dependents_of(s: Snapshot, name: str) -> List[Dependency]:
    """Everything installed that needs ``name`` within bounds."""
    needs = (dependency for dist in s.packages.dists for dependency in requirements_of(dist))
    return [dependency for dependency in needs if dependency.name == name and dependency.specifier]


def has_no_code(s: Snapshot, name: str) -> bool:
    """A registration whose code is gone (sdk-leftovers tells of it)."""
    module = s.packages.modules.get(import_name(name))
    gone = module is not None and module.kind in ("missing", "namespace")
    return gone and bool(s.packages.all_of(name))


def broken_by(s: Snapshot, command: str) -> Text:
    """Who would be broken by ``pip install "name<spec>"``; empty for nobody."""
    words = shlex.split(command)
    parsed = [req for req in map(parse, words[2:]) if req and req.specifier]
    replaced = {req.name for req in parsed}
    for req in parsed:
        for dependency in dependents_of(s, req.name):
            stays = dependency.owner.name not in replaced
            if stays and not satisfiable([req.specifier, dependency.specifier]):
                return Text("{by} needs {need}", "{by} 需要 {need}")(
                    by=dependency.owner_label(), need=dependency.shown()
                )
    return untranslated("")


def without_breaking(s: Snapshot, fix: Fix, commands: List[str]) -> Fix:
    """``fix`` without the alternatives that would break another installed package."""
    kept = [shown for shown, text in zip(fix.commands, commands) if not broken_by(s, text).en]
    return fix._replace(commands=tuple(kept))
