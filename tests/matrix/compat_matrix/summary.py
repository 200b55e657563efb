"""What ``python -m dsadapter matrix`` answers from: the results, small enough for the wheel."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional

from . import tables
from .capabilities import CAPABILITIES, GROUPS
from .notes import Notes
from .results import Result, Results

#: The packages that decide how an SDK, or dsadapter without one, speaks HTTP.
LIBRARIES = ("openai", "httpx", "httpx2", "requests", "aiohttp")


def render(results: Results) -> str:
    """The data file, as JSON with a line for each row."""
    return _in_lines(data(results))


def data(results: Results) -> Dict[str, Any]:
    """Everything that the command needs.

    An environment's ``native`` and ``dsadapter`` name what did not pass: the number of the note
    that says why, or null for what there was nothing to ask.
    """
    page = tables.of(results)
    days = sorted(row.date for row in results.rows)
    return {
        "adapter": results.latest.data["adapter"],
        "measured": {"from": days[0], "to": days[-1]},
        "groups": [{"id": g.id, "en": g.title, "zh": g.chinese} for g in GROUPS],
        "capabilities": [
            {"id": c.id, "group": c.group, "en": c.title, "zh": c.chinese} for c in CAPABILITIES
        ],
        "environments": [_environment(row, page.notes) for row in results.rows],
        "tables": _tables(page),
        "notes": [{"text": text, "of": subjects} for text, subjects in page.notes.rows()],
    }


def _environment(result: Result, notes: Notes) -> Dict[str, Any]:
    python, versions = result.data["python"], result.data["versions"]
    return {
        "name": result.environment.name,
        "measured": result.date,
        "backend": result.data["backend"],
        "python": python["version"],
        "implementation": python["implementation"],
        "platform": python["platform"],
        "versions": {name: versions[name] for name in LIBRARIES if name in versions},
        "native": _not_passed(result, "native", notes),
        "dsadapter": _not_passed(result, "dsadapter", notes),
        "failed_tests": result.total("failed"),
    }


def _not_passed(result: Result, subject: str, notes: Notes) -> Dict[str, Optional[int]]:
    outcomes = {row.id: result.outcome(subject, row.id) for row in CAPABILITIES}
    title = result.environment.sdk.title + (" with dsadapter" if subject == "dsadapter" else "")
    return {
        name: int(notes.refer([row.text], title)) if row.outcome == "fail" else None
        for name, row in outcomes.items()
        if row.outcome != "pass"
    }


def _tables(page: tables.Tables) -> List[Dict[str, Any]]:
    titled = [
        ("At a glance", "总览", page.at_a_glance),
        *((group.title, group.chinese, table) for group, table in page.groups),
        ("Environments", "环境", page.environments),
    ]
    return [{"en": en, "zh": zh, "head": t.head, "rows": t.rows} for en, zh, t in titled]


def _in_lines(value: Dict[str, Any]) -> str:
    parts = []
    for name, part in value.items():
        text = _compact(part)
        if isinstance(part, list):
            text = "[\n" + ",\n".join("  " + _compact(row) for row in part) + "\n ]"
        parts.append(f' "{name}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
