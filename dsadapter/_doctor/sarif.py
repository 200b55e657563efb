"""``--sarif FILE``: the findings in SARIF 2.1.0, as code hosts and editors read it."""

from __future__ import annotations

from typing import Any, Dict, List

from .._distribution import REPOSITORY
from .._version import __version__
from .check import Result
from .findings import CRASH, FAIL, WARN
from .report import Report, as_json, link
from .secrets import Secrets

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {FAIL: "error", CRASH: "error", WARN: "warning"}


def write(file: str, report: Report, language: str, secrets: Secrets) -> None:
    """Write the file. Raises OSError."""
    text = as_json(as_data(report, language), secrets)
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text + "\n")


def as_data(report: Report, language: str) -> Dict[str, Any]:
    """One run with its rules and results; what is healthy or unknown is left out."""
    faults = [result for result in report.results if result.finding.status in LEVELS]
    checks = {result.check.id: result.check for result in faults}
    rules = [
        {
            "id": check.id,
            "shortDescription": {"text": check.title.say(language)},
            "helpUri": link(check.id, language),
        }
        for check in checks.values()
    ]
    driver = {
        "name": "dsadapter doctor",
        "version": __version__,
        "informationUri": REPOSITORY,
        "rules": rules,
    }
    results = [_result(result, language) for result in faults]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(result: Result, language: str) -> Dict[str, Any]:
    finding = result.finding
    text = finding.message.say(language)
    if finding.fix is not None and finding.fix.text is not None:
        text = f"{text}\n{finding.fix.text.say(language)}"
    return {
        "ruleId": result.check.id,
        "level": LEVELS[finding.status],
        "message": {"text": text},
        "locations": _locations(result),
    }


def _locations(result: Result) -> List[Dict[str, Any]]:
    location = result.finding.location
    if location is None:
        return []
    physical: Dict[str, Any] = {"artifactLocation": {"uri": location.file.replace("\\", "/")}}
    if location.line and not location.cell:  # a notebook's lines are not those of its file
        physical["region"] = {"startLine": location.line, "startColumn": max(location.column, 1)}
    place: Dict[str, Any] = {"physicalLocation": physical}
    if location.cell:
        place["message"] = {"text": str(location)}
    return [place]
