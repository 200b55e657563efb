"""Who needs what among the installed packages, and the smallest change that gives it to all."""

from __future__ import annotations

from typing import Dict, Iterable, Iterator, List, Sequence, Set, Tuple

from .._named_tuple import NamedTuple
from .._source.versions import (
    Unavailable,
    available,
    clauses,
    contains,
    newest,
    oldest,
    satisfiable,
)
from .._version import __version__
from .data.known_conflicts import KNOWN_CONFLICTS, MISSING
from .data.package_names import STACK, import_name
from .findings import FAIL
from .snapshot import Dist, Requires, Snapshot

# What dsadapter itself needs, where its own metadata cannot be asked; a test holds it to them.
OWN = Dist(
    "dsadapter",
    __version__,
    requires=(
        Requires("requests", ">=2.25"),
        Requires("httpx", ">=0.23.1"),
        Requires("python-dotenv", ">=0.19"),
        Requires("packaging", ">=20"),
    ),
)


class Need(NamedTuple):
    """``owner`` (a distribution) needs ``name`` within ``specifier``."""

    owner: Dist
    name: str
    specifier: str

    def is_met(self, s: Snapshot) -> bool:
        """Whether the version that is here lies within the specifier; yes for any where nothing can
        compare them."""
        version = s.packages.version(self.name)
        try:
            return bool(version) and (not self.specifier or contains(self.specifier, version))
        except Unavailable:
            return True

    def shown(self) -> str:
        """The requirement as pip writes it."""
        return f"{self.name}{self.specifier}"

    def owner_label(self) -> str:
        """Name and version of the owner."""
        return f"{self.owner.name} {self.owner.version}"


def is_foreign(s: Snapshot, dist: Dist) -> bool:
    """Whether it was made for other Pythons: what it needs cannot be had here."""
    wanted = dist.requires_python
    try:
        return bool(wanted) and not contains(wanted, s.python.version)
    except Unavailable:
        return False


def closure(dists: Iterable[Dist], *roots: str) -> List[Dist]:
    """The distributions of these names, and those that they need in turn."""
    known: Dict[str, Dist] = {OWN.name: OWN}
    for dist in dists:
        if dist.name != OWN.name:  # an older copy of ours may be installed; this one runs
            known.setdefault(dist.name, dist)
    queue = list(roots)
    reached: Dict[str, Dist] = {}
    while queue:
        name = queue.pop(0)
        if name in known and name not in reached:
            reached[name] = known[name]
            queue += [requires.name for requires in known[name].requires]
    return list(reached.values())


def that_matter(s: Snapshot) -> List[Dist]:
    """The SDK, dsadapter, and all that they stand on."""
    return closure(s.packages.dists, "openai", OWN.name)


def needs_of(s: Snapshot, dists: Iterable[Dist]) -> Iterator[Need]:
    """What these need here; one that was made for other Pythons needs nothing."""
    for dist in dists:
        if not is_foreign(s, dist):
            yield from (Need(dist, row.name, row.specifier) for row in dist.requires)


def unmet(s: Snapshot) -> List[Need]:
    """What the SDK and dsadapter stand on and is not here, or in the wrong version."""
    rows = (need for need in needs_of(s, that_matter(s)) if not need.is_met(s))
    return [need for need in rows if not has_no_code(s, need.name)]


def unmet_of_others(s: Snapshot) -> List[Need]:
    """What other packages want of the SDK and its stack, and do not get."""
    inside = {dist.name for dist in that_matter(s)}
    others = [dist for dist in s.packages.dists if dist.name not in inside]
    rows = (need for need in needs_of(s, others) if need.name in STACK and need.specifier)
    return [need for need in rows if s.packages.version(need.name) and not need.is_met(s)]


def needs_on(s: Snapshot, name: str) -> List[Need]:
    """What everybody here wants of a package."""
    everyone = [OWN, *(dist for dist in s.packages.dists if dist.name != OWN.name)]
    return [need for need in needs_of(s, everyone) if need.name == name]


def has_no_code(s: Snapshot, name: str) -> bool:
    """A registration whose code is gone (sdk-leftovers tells of it)."""
    module = s.packages.modules.get(import_name(name))
    gone = module is not None and module.kind in ("missing", "namespace")
    return gone and bool(s.packages.all_of(name))


# --- the smallest change -------------------------------------------------------------------------


class Change(NamedTuple):
    """``requirements`` for one installation; ``upgrades``: packages that must give way for it;
    ``hopeless``: what no version can satisfy."""

    requirements: Tuple[str, ...] = ()
    upgrades: Tuple[str, ...] = ()
    hopeless: Tuple[Need, ...] = ()


def smallest_change(s: Snapshot, needs: Sequence[Need]) -> Change:
    """What to install so that these needs are met, and no other is broken by it."""
    if not available():
        return Change(tuple(dict.fromkeys(need.shown() for need in needs)))
    requirements: List[str] = []
    upgrades: List[str] = []
    hopeless: List[Need] = []
    for name in dict.fromkeys(need.name for need in needs):
        bounds = [need for need in needs_on(s, name) if need.owner.name not in upgrades]
        owner = _in_the_way(bounds)
        if owner:
            upgrades.append(owner)
            bounds = [need for need in bounds if need.owner.name != owner]
        specifiers = [*(need.specifier for need in bounds), *_known_to_work(s, name)]
        if satisfiable(specifiers):
            requirements.append(f"{name}{tightest(specifiers)}")
        else:
            hopeless += bounds
    return Change(tuple(requirements), tuple(upgrades), tuple(hopeless))


def _in_the_way(bounds: Sequence[Need]) -> str:
    """The one package without whose upper bound all others can be satisfied, "" for none."""
    if satisfiable(need.specifier for need in bounds):
        return ""
    for need in bounds:
        others = [other.specifier for other in bounds if other.owner.name != need.owner.name]
        is_upper = any(op in ("<", "<=", "==", "~=") for op, _ in clauses(need.specifier))
        if is_upper and len(bounds) > 1 and satisfiable(others):
            return need.owner.name
    return ""


_OUTSIDE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _known_to_work(s: Snapshot, name: str) -> Iterator[str]:
    """What keeps a package out of the pairs that are known not to work."""
    for conflict in KNOWN_CONFLICTS:
        bad = conflict.when.get(name)
        others = [(n, text) for n, text in conflict.when.items() if n != name]
        if conflict.status != FAIL or not bad or not all(_holds(s, *other) for other in others):
            continue
        pairs = clauses(bad)
        if len(pairs) == 1 and pairs[0][0] in _OUTSIDE:
            yield f"{_OUTSIDE[pairs[0][0]]}{pairs[0][1]}"


def _holds(s: Snapshot, name: str, specifier: str) -> bool:
    version = s.python.version if name == "python" else s.packages.version(name)
    return specifier != MISSING and bool(version) and contains(specifier, version)


def tightest(specifiers: Iterable[str]) -> str:
    """One specifier for all of these, without bounds that another one includes."""
    rows: Set[Tuple[str, str]] = {row for text in specifiers for row in clauses(text)}
    exact = sorted(text for op, text in rows if op == "==" and "*" not in text)
    if exact:
        return f"=={exact[0]}"
    lower = sorted(text for op, text in rows if op in (">=", ">"))
    upper = sorted(text for op, text in rows if op in ("<", "<="))
    parts = [_bound(rows, newest(lower), (">", ">="))] if lower else []
    parts += [_bound(rows, oldest(upper), ("<", "<="))] if upper else []
    parts += sorted(f"{op}{text}" for op, text in rows if op in ("~=", "!=", "===", "=="))
    return ",".join(parts)


def _bound(rows: Set[Tuple[str, str]], text: str, ops: Tuple[str, str]) -> str:
    strict, loose = ops
    return f"{strict if (strict, text) in rows else loose}{text}"


def broken_by(s: Snapshot, requirements: Sequence[Tuple[str, str]]) -> List[Need]:
    """Whose needs an installation of these (name, specifier) would break."""
    replaced = {name for name, _ in requirements}
    return [
        need
        for name, specifier in requirements
        for need in needs_on(s, name)
        if need.specifier
        and need.owner.name not in replaced
        and not satisfiable([specifier, need.specifier])
    ]
