"""Who needs what among the installed packages, and whether it can be had."""

from __future__ import annotations

import shlex
from typing import Dict, Iterator, List, NamedTuple, Set

from . import pep508
from .model import Fix, Text, same
from .pep440 import contains, satisfiable
from .snapshot import Dist, Snapshot
from .stack import import_name


class Need(NamedTuple):
    """``owner`` (a distribution) needs ``name`` within ``specifier``."""

    owner: Dist
    name: str
    specifier: str

    def met(self, s: Snapshot) -> bool:
        version = s.packages.version(self.name)
        return bool(version) and contains(self.specifier, version)

    def shown(self) -> str:
        return f"{self.name}{self.specifier}"

    def by(self) -> str:
        return f"{self.owner.name} {self.owner.version}"


def of(dist: Dist) -> Iterator[Need]:
    return (Need(dist, need.name, need.specifier) for need in dist.requires)


def is_foreign(s: Snapshot, dist: Dist) -> bool:
    """Whether it was made for other Pythons: what it needs cannot be had here."""
    wanted = dist.requires_python
    return bool(wanted) and not contains(wanted, s.python.version)


def closure(s: Snapshot, name: str) -> Iterator[Need]:
    """What ``name`` needs, and what that needs in turn."""
    known: Dict[str, Dist] = {}
    for dist in s.packages.dists:
        known.setdefault(dist.name, dist)
    waiting: List[str] = [name]
    seen: Set[str] = set()
    while waiting:
        current = waiting.pop(0)
        if current in seen or current not in known or is_foreign(s, known[current]):
            continue
        seen.add(current)
        for need in of(known[current]):
            yield need
            waiting.append(need.name)


def on(s: Snapshot, name: str) -> List[Need]:
    """Everything installed that needs ``name`` within bounds."""
    needs = (need for dist in s.packages.dists for need in of(dist))
    return [need for need in needs if need.name == name and need.specifier]


def without_code(s: Snapshot, name: str) -> bool:
    """A registration whose code is gone (sdk-leftovers tells of it)."""
    module = s.packages.modules.get(import_name(name))
    gone = module is not None and module.kind in ("missing", "namespace")
    return gone and bool(s.packages.all_of(name))


def hindrance(s: Snapshot, command: str) -> Text:
    """Who would be broken by ``pip install "name<spec>"``; empty for nobody."""
    words = shlex.split(command)
    parsed = [req for req in map(pep508.parse, words[2:]) if req and req.specifier]
    replaced = {req.name for req in parsed}
    for req in parsed:
        for need in on(s, req.name):
            kept = need.owner.name not in replaced
            if kept and not satisfiable([req.specifier, need.specifier]):
                return Text("{by} needs {need}", "{by} 需要 {need}")(
                    by=need.by(), need=need.shown()
                )
    return same("")


def feasible(s: Snapshot, fix: Fix, commands: List[str]) -> Fix:
    """``fix`` without the alternatives that would break another installed package."""
    kept = [shown for shown, text in zip(fix.commands, commands) if not hindrance(s, text).en]
    return fix._replace(commands=tuple(kept))
