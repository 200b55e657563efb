"""The checks, in the order in which they are run and shown, and the run itself."""

from __future__ import annotations

from typing import Iterable, List, Sequence, Tuple

from .._source.versions import Unavailable
from .._texts.doctor_report import CRASHED, NOT_COMPARED, NOT_SEEN
from .._texts.text import Text, untranslated
from .causes import fold, follows, is_fault
from .check import Check, Result
from .checks import (
    code,
    conflicts,
    env_files,
    keys,
    leftovers,
    network,
    online,
    python,
    sdk,
    settings,
    shadow,
)
from .findings import CRASH, OK, Finding, skip
from .snapshot import Snapshot

CHECKS: Tuple[Check, ...] = (
    *python.CHECKS,
    *shadow.CHECKS,
    *leftovers.CHECKS,
    *sdk.CHECKS,
    *conflicts.CHECKS,
    *keys.CHECKS,
    *settings.CHECKS,
    *env_files.CHECKS,
    *network.CHECKS,
    *code.CHECKS,
    *online.CHECKS,
)
# The parts of a snapshot that the checks of a group read; where one of them could not be collected,
# they are not to be trusted.
_PARTS = {
    "python": ("python", "packages"),
    "sdk": ("python", "packages", "choice", "probe"),
    "conflicts": ("python", "packages", "probe"),
    "settings": ("packages", "settings"),
    "network": ("packages", "settings", "network"),
    "code": ("packages", "settings", "code"),
    "online": ("settings", "online"),
}
GROUPS = tuple(dict.fromkeys(check.group for check in CHECKS))
BY_ID = {check.id: check for check in CHECKS}


def chosen(names: Iterable[str]) -> Tuple[Check, ...]:
    """The checks of these ids and groups; all for none."""
    wanted = set(names)
    return tuple(c for c in CHECKS if not wanted or c.id in wanted or c.group in wanted)


def run(s: Snapshot, checks: Sequence[Check] = CHECKS) -> List[Result]:
    """One result per finding; a check that finds nothing gives one ``ok``."""
    results = [result for check in checks for result in _run(check, s)]
    parts = {part for check in checks for part in _PARTS[check.group]}
    for part, error in ((part, error) for part, error in s.crashes if part in parts):
        results.append(Result(COLLECTION, Finding(CRASH, NOT_SEEN(part=part, error=error))))
    return fold(results, _not_asked_for(s, results))


def _run(check: Check, s: Snapshot) -> List[Result]:
    try:
        findings = list(check.run(s))
    except Unavailable:
        return [Result(check, skip(NOT_COMPARED))]
    except Exception as err:  # one broken check must not hide the others
        crash = Finding(CRASH, CRASHED(error=f"{type(err).__name__}: {err}"))
        return [Result(check, crash)]
    return [Result(check, finding) for finding in findings or [Finding(OK, untranslated(""))]]


def findings_of(identity: str, s: Snapshot) -> List[Finding]:
    """What one check finds; what it cannot compare or look at is skipped."""
    return [result.finding for result in _run(BY_ID[identity], s)]


def _not_asked_for(s: Snapshot, results: List[Result]) -> List[Result]:
    """What the checks say that one of these findings may follow from, and that were not run."""
    asked = {result.check.id for result in results}
    loud = [result.check for result in results if is_fault(result.finding)]
    causes = [
        cause
        for cause in CHECKS
        if cause.id not in asked and any(follows(check, cause) for check in loud)
    ]
    return [result for cause in causes for result in _run(cause, s)]


def _nothing(s: Snapshot) -> Iterable[Finding]:
    return ()


COLLECTION = Check(
    "python-collection", Text("the facts could be collected", "信息收集正常"), _nothing
)
