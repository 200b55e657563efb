"""A plugin of pytest that collects outcomes, and the result file made of them."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Dict

from compat_matrix.results import SCHEMA, SUITES, problems_of

import dsadapter
from dsadapter import __version__

PACKAGES = (
    "openai httpx httpx2 httpcore requests urllib3 aiohttp pydantic pydantic-core anyio "
    "typing-extensions python-dotenv packaging certifi idna h11 jiter sniffio pytest"
).split()
FOLDERS = {
    "tests/test_contract.py": "contract",
    "tests/legacy/": "idioms",
    "tests/dropin/": "dropin",
    "tests/matrix/": "environment",
}


def source() -> str:
    """One digest of dsadapter's code."""
    root = Path(str(dsadapter.__file__)).parent
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + text + b"\0")
    return total.hexdigest()


def is_done(path: Path) -> bool:
    """Whether the file is a whole result of this very code, without a failure."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    fine = not problems_of(data, path.stem) and not data["failures"]
    return fine and data["source"] == source()


class Recording:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.began = time.time()
        self.counts: Dict[str, Any] = {name: Counter() for name in SUITES}
        self.failures: Dict[str, str] = {}
        self.skips: Any = Counter()
        self.measured: Dict[str, Dict[str, Any]] = {"native": {}, "dsadapter": {}}

    # --- hooks

    def pytest_runtest_logreport(self, report: Any) -> None:
        for name, value in report.user_properties if report.when == "call" else ():
            subject, _, capability = name.partition(":")
            self.measured[subject][capability] = value
        if report.when == "call" or report.outcome != "passed":
            self._count(report)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        asked = [suite for suite in SUITES if not self.counts[suite]]
        if asked:  # a run of a part must not replace the record of a whole one
            terminalreporter.write_line(f"no result is written: nothing ran of {', '.join(asked)}")
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        half = self.path.with_suffix(".part")
        half.write_bytes(in_lines(self.result()).encode("utf-8"))
        os.replace(str(half), str(self.path))
        terminalreporter.write_line(f"result: {self.path}")

    # --- inside

    def _count(self, report: Any) -> None:
        suite = next((FOLDERS[f] for f in FOLDERS if report.nodeid.startswith(f)), "environment")
        self.counts[suite][report.outcome] += 1
        if report.outcome == "failed":
            self.failures[f"{report.nodeid} ({report.when})"] = last_line(report)
        elif report.outcome == "skipped" and isinstance(report.longrepr, tuple):
            self.skips[report.longrepr[2].replace("Skipped: ", "", 1)] += 1

    def result(self) -> Dict[str, Any]:
        began = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.began))
        name = self.path.stem
        return {
            "schema": SCHEMA,
            "environment": name,
            "adapter": __version__,
            "source": source(),
            "started": began,
            "seconds": round(time.time() - self.began, 1),
            "command": f"tox run -e {name}",
            "python": {
                "version": platform.python_version(),
                "implementation": platform.python_implementation(),
                "platform": f"{platform.system()} {platform.machine()}",
            },
            "versions": versions(),
            "backend": dsadapter.selection().name,
            **self.measured,
            "tests": {suite: self._totals(suite) for suite in SUITES},
            "failures": self.failures,
            "skips": dict(self.skips),
        }

    def _totals(self, suite: str) -> Dict[str, int]:
        return {kind: self.counts[suite][kind] for kind in ("passed", "failed", "skipped")}


def in_lines(result: Dict[str, Any]) -> str:
    """JSON with a line for each fact, so that a change of one is a change of one line."""
    parts = []
    for name, value in sorted(result.items()):
        text = dumped(value)
        if isinstance(value, dict) and value:
            rows = ",\n".join(f"  {dumped(key)}: {dumped(value[key])}" for key in sorted(value))
            text = "{\n" + rows + "\n }"
        parts.append(f" {dumped(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def versions() -> Dict[str, str]:
    found = {str(dist.metadata["Name"]).lower().replace("_", "-"): dist for dist in distributions()}
    return {name: found[name].version for name in PACKAGES if name in found}


def last_line(report: Any) -> str:
    lines = [line for line in str(report.longrepr).splitlines() if line.startswith("E  ")]
    return (lines or [str(report.longrepr).strip() or "failed"])[0][:300].lstrip("E ").strip()
