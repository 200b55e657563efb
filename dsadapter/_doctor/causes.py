"""One fault, one finding: what follows from a fault is told inside of it."""

from __future__ import annotations

from typing import List, Optional, Sequence

from .check import Check, Result
from .findings import FAIL, INFO, WARN, Consequence, Finding

_RANK = {FAIL: 2, WARN: 1}


def is_fault(finding: Finding) -> bool:
    """Whether something is wrong, rather than healthy, unknown or worth knowing."""
    return finding.status in _RANK


def fold(results: Sequence[Result], elsewhere: Sequence[Result] = ()) -> List[Result]:
    """The results with each consequence inside its cause; ``elsewhere`` are results of checks that
    were not asked for: what follows from one of those stays, as information that names it."""
    rows: List[Optional[Result]] = list(results)
    for at in reversed(range(len(rows))):  # the last first: a chain ends at its first cause
        result = rows[at]
        if result is None or not is_fault(result.finding):
            continue
        cause = _cause_of(result, rows)
        if cause is None:
            rows[at] = _softened(result, elsewhere)
        else:
            rows[at], rows[cause] = None, _with(rows[cause], result)
    return [row for row in rows if row is not None]


def follows(check: Check, cause: Check) -> bool:
    """Whether faults of ``cause`` can bring about those of ``check``."""
    return any(_is_named(cause, name) for name in check.follows)


def _cause_of(result: Result, rows: Sequence[Optional[Result]]) -> Optional[int]:
    """Where the fault stands that this one follows from, the likeliest first."""
    for name in result.check.follows:
        for at, other in enumerate(rows):
            if other is not None and _is_named(other.check, name) and _explains(other, result):
                return at
    return None


def _is_named(check: Check, name: str) -> bool:
    return name in (check.id, check.group)


def _explains(cause: Result, result: Result) -> bool:
    if not is_fault(cause.finding) or cause.check.id == result.check.id:
        return False
    ours, theirs = set(result.finding.about), set(cause.finding.about)
    if cause.finding.status == WARN and result.finding.status == FAIL:
        return bool(ours & theirs)  # what merely may do harm is not why something failed
    return not ours or not theirs or bool(ours & theirs)


def _with(cause: Optional[Result], result: Result) -> Optional[Result]:
    """The cause with a consequence in it, and all that was told inside of that one."""
    if cause is None:
        return None
    finding = cause.finding
    told = (Consequence(result.check.id, result.finding.message), *result.finding.consequences)
    status = max(finding.status, result.finding.status, key=lambda status: _RANK.get(status, 0))
    consequences = (*told, *finding.consequences)
    return Result(cause.check, finding._replace(status=status, consequences=consequences))


def _softened(result: Result, elsewhere: Sequence[Result]) -> Result:
    causes = [
        other.check.id
        for other in elsewhere
        if follows(result.check, other.check) and _explains(other, result)
    ]
    if not causes:
        return result
    names = tuple(dict.fromkeys(causes))
    return Result(result.check, result.finding._replace(status=INFO, follows=names))
