"""Tests of a checkout, in a process forked from this one: what they import is there already."""

from __future__ import annotations

import hashlib
import itertools
import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any, Dict, Iterable, List, NamedTuple, Tuple

import pytest

from .named import tests_of

SHORTEST, LONGEST = 30, 120  # seconds: a mutant that never ends is noticed then
SLOWDOWN = 8  # times the seconds of the tests without a mutant, on a busy machine

FORK = multiprocessing.get_context("fork")
SECONDS = itertools.count(10**9)


class Baseline(NamedTuple):
    """A test file without a mutant: whether it passes, and the seconds of each test."""

    passed: bool
    seconds: Dict[str, float]

    @property
    def timeout(self) -> float:
        """Seconds after which the tests will not end."""
        return min(LONGEST, max(SHORTEST, SLOWDOWN * sum(self.seconds.values())))


class _QuickestFirst:
    """A plugin of pytest: most mutants are noticed by most tests, so the slow ones come last."""

    def __init__(self, seconds: Dict[str, float]) -> None:
        self.known = seconds
        self.measured: Dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: List[Any]) -> None:
        items.sort(key=lambda item: self.known.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.measured[report.nodeid] = self.measured.get(report.nodeid, 0.0) + report.duration


def _run(root: Path, checkout: Path, tests: Iterable[str], plugin: _QuickestFirst) -> int:
    """Run the tests of a checkout, silently, in this process."""
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(silence, descriptor)
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path[:] = [str(checkout), *(path for path in sys.path if path != str(root))]
    os.environ["PYTHONPATH"] = str(checkout)
    os.chdir(checkout)
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests], [plugin]))


def _measure(root: Path, file: str, report: str) -> None:
    plugin = _QuickestFirst({})
    status = _run(root, root, [file], plugin)
    Path(report).write_text(json.dumps(plugin.measured), encoding="utf-8")
    os._exit(status)


def _try(root: Path, checkout: Path, tests: Iterable[str], seconds: Dict[str, float]) -> None:
    os._exit(_run(root, checkout, tests, _QuickestFirst(seconds)))


def _passes(process: Any, timeout: float) -> bool:
    process.start()
    process.join(timeout)
    if process.is_alive():
        process.kill()
        process.join()
    return bool(process.exitcode == 0)


def tree_digest(root: Path) -> str:
    """The core and its tests, in a few letters: what was measured of another tree is not used."""
    digest = hashlib.sha256()
    for folder in ("dsadapter", "tests/unit"):
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def baseline(root: Path, file: str, measured: Path) -> Baseline:
    """A test file on the tree as it is, measured once: ``measured`` is the folder for it."""
    report = measured / f"{file.replace('/', '.')}.json"
    if not report.exists():
        process = FORK.Process(target=_measure, args=(root, file, str(report)))
        if not _passes(process, LONGEST):
            report.unlink(missing_ok=True)
            return Baseline(False, {})
    return Baseline(True, json.loads(report.read_text("utf-8")))


def is_killed(root: Path, checkout: Path, mutant: Any, baselines: List[Baseline]) -> bool:
    """Whether its tests fail, or do not end, with the mutant in place."""
    path = checkout / mutant.path
    original, times = path.read_bytes(), path.stat()
    path.write_text(mutant.source, encoding="utf-8")
    os.utime(path, (next(SECONDS), next(SECONDS)))  # what was compiled of another one is not used
    seconds = {name: n for each in baselines for name, n in each.seconds.items()}
    timeout = sum(each.timeout for each in baselines)
    try:
        process = FORK.Process(target=_try, args=(root, checkout, tests_for(mutant), seconds))
        return not _passes(process, timeout)
    finally:
        path.write_bytes(original)
        os.utime(path, (times.st_atime, times.st_mtime))


def tests_for(mutant: Any) -> Tuple[str, ...]:
    """Those a named mutant names, else those of its file."""
    return getattr(mutant, "tests", None) or (tests_of(mutant.path),)
