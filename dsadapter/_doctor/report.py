"""One run of the doctor, and its JSON form (schema 1)."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Sequence

from .._distribution import REPOSITORY
from .._named_tuple import NamedTuple
from .._texts.text import ENGLISH
from .._version import __version__
from .check import Check, Result
from .findings import CRASH, FAIL, STATUSES, WARN, Finding
from .secrets import Secrets
from .snapshot import Snapshot

SCHEMA = 1


class Report(NamedTuple):
    """What one run found."""

    snapshot: Snapshot
    results: Sequence[Result]
    strict: bool = False

    def number(self, status: str) -> int:
        """How many findings have this status."""
        return sum(result.finding.status == status for result in self.results)

    @property
    def exit_code(self) -> int:
        """0 fine, 1 a problem, 2 a named file that nobody could read, 3 a check crashed and
        nothing failed."""
        if self.snapshot.code is not None and self.snapshot.code.unread:
            return 2
        if self.number(FAIL) or (self.strict and self.number(WARN)):
            return 1
        return 3 if self.number(CRASH) else 0


def as_data(report: Report, language: str) -> Dict[str, Any]:
    """The report as JSON data, by the schema that ships with the package."""
    s = report.snapshot
    counts = {status: report.number(status) for status in STATUSES}
    return {
        "schema": SCHEMA,
        "tool": {"name": "dsadapter", "version": __version__},
        "python": {
            "version": s.python.version,
            "implementation": s.python.implementation,
            "executable": s.python.executable,
            "environment": s.python.kind,
        },
        "selection": {
            "backend": s.choice.name,
            "reason": s.choice.reason or s.choice.fault,
            "rejected": [{"backend": name, "reason": why} for name, why in s.choice.rejected],
        },
        "packages": versions(s),
        "summary": {**counts, "exit_code": report.exit_code},
        "findings": [_finding(result, language) for result in report.results],
    }


def versions(s: Snapshot) -> Dict[str, str]:
    """The versions that run, of what an SDK stands on."""
    names = (name.replace("_", "-") for name in s.packages.modules)
    by_name = {name: s.packages.version(name) for name in names}
    return {name: version for name, version in by_name.items() if version}


def _finding(result: Result, language: str) -> Dict[str, Any]:
    check, finding = result
    return {
        "id": check.id,
        "group": check.group,
        "status": finding.status,
        "title": check.title.say(language),
        "message": finding.message.say(language),
        "details": [detail.say(language) for detail in finding.details],
        "fix": fix_data(finding, language),
        "follows": list(finding.follows),
        "consequences": [
            {"id": row.id, "message": row.message.say(language)} for row in finding.consequences
        ],
        "link": link(check.id, language),
        "data": {**_location(check, finding), **finding.data},
    }


def link(identity: str, language: str) -> str:
    """The page about a check, at its row."""
    folder = "docs/zh" if language != ENGLISH else "docs"
    return f"{REPOSITORY}/blob/main/{folder}/doctor.md#{identity}"


def _location(check: Check, finding: Finding) -> Dict[str, Any]:
    if finding.location is None:
        return {}
    place = finding.location._asdict()
    if not place["cell"]:
        del place["cell"]
    return {**place, "rule": check.id}


def fix_data(finding: Finding, language: str) -> Any:
    """A finding's fix as JSON data, None for none."""
    if finding.fix is None:
        return None
    return {
        "text": finding.fix.text.say(language) if finding.fix.text else "",
        "commands": [command.shown for command in finding.fix.commands],
        "all_of_them": finding.fix.steps,
        "verified": [command.shown for command in finding.fix.commands if command.verified],
    }


def as_json(data: Any, secrets: Secrets) -> str:
    """Hidden value by value, so that what is hidden cannot break the JSON."""
    return json.dumps(hidden(data, secrets), ensure_ascii=False, indent=2)


def hidden(data: Any, secrets: Secrets) -> Any:
    """Data without secrets, value by value."""
    if isinstance(data, str):
        return secrets.hide(data)
    if isinstance(data, dict):
        return {key: hidden(value, secrets) for key, value in data.items()}
    return [hidden(item, secrets) for item in data] if isinstance(data, (list, tuple)) else data


def problems(results: Sequence[Result]) -> List[Result]:
    """The results that need attention."""
    return [r for r in results if r.finding.status in (FAIL, WARN, CRASH)]
