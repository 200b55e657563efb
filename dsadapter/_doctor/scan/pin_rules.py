"""Rules about declared versions: what they resolve to, and whether the code is made for it."""

from __future__ import annotations

from typing import Any, Dict, List

from ..._source.requirements import DeclaredRequirement
from ..._source.versions import clauses, satisfiable
from ..data import violations
from ..data.known_conflicts import KNOWN_CONFLICTS, MISSING, KnownConflict
from ..findings import FAIL, Location
from ..rules import Violation
from ..snapshot import Hit, Snapshot
from .sdk_rules import GENERATION_RULES
from .source import Summary, hit_at

# The lowest openai that needs this Python (sdk-matrix 5).
FLOORS = (("2.49", (3, 10)), ("2.7.2", (3, 9)), ("1.54", (3, 8)))


def judge(file: str, pins: List[DeclaredRequirement], s: Snapshot) -> List[Hit]:
    """What is wrong with the declared versions of one file."""
    known = {pin.name: pin for pin in pins}
    if "openai" not in known:
        return []
    judged = [p for p in KNOWN_CONFLICTS if p.status == FAIL and "openai" in p.when]
    hits = [
        _bad_combination(file, conflict, known["openai"])
        for conflict in judged
        if _resolves(conflict, known, s)
    ]
    return hits + _floor(file, known["openai"], s)


def _resolves(conflict: KnownConflict, known: Dict[str, DeclaredRequirement], s: Snapshot) -> bool:
    """Whether the declared versions resolve to the pair."""
    return all(
        satisfiable([f"=={s.python.version}", bad])
        if name == "python"
        else _is_bad(name, bad, conflict, known)
        for name, bad in conflict.when.items()
    )


def _is_bad(
    name: str, bad: str, conflict: KnownConflict, known: Dict[str, DeclaredRequirement]
) -> bool:
    specifier = known[name].specifier if name in known else ""
    if name == "openai" or name in conflict.newest:
        return _newest_is(specifier, bad)
    return bad != MISSING and name in known and _always_is(specifier, bad)


_OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _always_is(specifier: str, bad: str) -> bool:
    """Whether every version that ``specifier`` allows lies within ``bad``."""
    outside = [f"{_OPPOSITES[op]}{text}" for op, text in clauses(bad) if op in _OPPOSITES]
    return not any(satisfiable([specifier, clause]) for clause in outside)


def _newest_is(specifier: str, bad: str) -> bool:
    """Whether the newest version that ``specifier`` allows lies within ``bad``."""
    if not satisfiable([specifier, bad]):
        return False
    above = [f">={text}" for op, text in clauses(bad) if op in ("<", "<=")]
    return not above or not satisfiable([specifier, *above])


def _bad_combination(file: str, conflict: KnownConflict, pin: DeclaredRequirement) -> Hit:
    others = [name for name in conflict.when if name not in ("openai", "python")]
    wanted = "   or   ".join(command.replace("pip install ", "") for command in conflict.commands)
    values = {"others": ", ".join(others), "pins": wanted, "pair": conflict.id}
    return _at_pin(violations.BAD_COMBINATION, file, pin, **values)


def _floor(file: str, pin: DeclaredRequirement, s: Snapshot) -> List[Hit]:
    for version, floor in FLOORS:
        older = satisfiable([pin.specifier, f"<{version}"])
        if older or s.python.is_at_least(*floor):
            continue
        needed = ".".join(map(str, floor))
        values = {"version": version, "floor": needed, "python": s.python.version}
        return [_at_pin(violations.TOO_NEW, file, pin, **values)]
    return []


def _at_pin(violation: Violation, file: str, pin: DeclaredRequirement, **values: Any) -> Hit:
    return hit_at(violation, Location(file, pin.line, 1), spec=pin.specifier, **values)


def mismatch(file: str, pin: DeclaredRequirement, source: Summary) -> List[Hit]:
    """The declared openai is of another generation than code that happens to work here."""
    declared = "modern" if satisfiable([pin.specifier, ">=1"]) else "legacy"
    other = "legacy" if declared == "modern" else "modern"
    is_reported = any(hit.rule in GENERATION_RULES for hit in source.hits)
    if other not in source.lines or declared in source.lines or source.dual or is_reported:
        return []
    names = {"modern": "1.0+", "legacy": "0.x"}
    values = {"declared": names[declared], "other": names[other], "source": source.file}
    line = source.lines[other]
    return [_at_pin(violations.OTHER_GENERATION, file, pin, **values, line=line)]


def replaced(file: str, installs: List[DeclaredRequirement], s: Snapshot) -> List[Hit]:
    """Cells that install another openai than the one here, below the notebook's feet."""
    hits = []
    for pin in installs:
        if pin.name != "openai" or not pin.specifier:
            continue
        legacy_only = not satisfiable([pin.specifier, ">=1"])
        if s.sdk() and not satisfiable([pin.specifier, f"=={s.sdk()}"]):
            hits.append(_at_pin(violations.REPLACES, file, pin, sdk=s.sdk()))
        elif not s.sdk() and legacy_only:
            hits.append(_at_pin(violations.INSTALLS_LEGACY, file, pin))
    return hits
