"""A plugin of pytest that collects outcomes, and the result file made of them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Dict

from compat_matrix import digest
from compat_matrix.results import SCHEMA, SUITES

import dsadapter
from dsadapter import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "openai httpx httpx2 httpcore requests urllib3 urllib3-future niquests aiohttp httpx-aiohttp "
    "orjson pydantic pydantic-core anyio "
    "typing-extensions python-dotenv packaging certifi idna h11 jiter sniffio pytest"
).split()
FOLDERS = {
    "tests/test_contract.py": "contract",
    "tests/legacy/": "idioms",
    "tests/dropin/": "dropin",
    "tests/matrix/": "environment",
}


COMMIT = ("git", "log", "-1", "--format=%H", "--", ":(glob)dsadapter/**/*.py")


def source() -> str:
    """The digest of the code that is measured: of the package that is installed here."""
    return digest.of(Path(str(dsadapter.__file__)).parent)


def commit() -> str:
    """The last commit of the code, where git knows it; "" elsewhere."""
    try:
        done = subprocess.run(COMMIT, cwd=str(ROOT), capture_output=True, encoding="utf-8")
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


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
            "commit": commit(),
            "started": began,
            "seconds": round(time.time() - self.began, 1),
            "command": os.environ.get("DSADAPTER_MATRIX_COMMAND") or f"tox run -e {name}",
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
