"""``python tests/matrix/run.py``: the environments that are due, some at once, until a limit."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, Optional

from dsadapter import _console

from . import building, command, digest, plan, product, publishing
from .results import RUN

ENVIRONMENTS = Path(".tox", "matrix")
#: How long an environment may take; the slowest took three minutes beside six busy processes.
LONGEST = 30 * 60
STOPPED = 130
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def main(argv: List[str], root: Path = command.ROOT) -> int:
    """Run what is due. The exit code: 0, 1 where something failed or is left, 130 when stopped."""
    arguments = _parser().parse_args(argv)
    source = digest.of(root / "dsadapter")
    found = {python: building.interpreter(python) for python in product.PYTHONS}
    pythons = {python: path for python, path in found.items() if path}
    folder = arguments.results or root / command.RESULTS
    names = plan.due(folder, source, pythons, arguments.names)
    _console.line(f"{len(names)} environments are due, code {source[:12]}.")
    absent = [python for python in product.PYTHONS if python not in pythons]
    if absent:
        _console.line(f"There is no interpreter of Python {', '.join(absent)}.")
    if arguments.list or not names:
        _console.line("\n".join(names))
        return 0
    run = Run(root, folder, arguments)
    return run.everything(names, pythons)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=RUN,
        description="Measure the environments that have no whole result of the code that is here.",
        epilog=f"example: {RUN} --jobs 2 --limit-minutes 150 --commit",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="these; else all that are due")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once (default: 2)")
    parser.add_argument("--limit-minutes", type=float, metavar="N", help="end after N minutes")
    parser.add_argument("--commit", action="store_true", help="commit what comes, as it comes")
    parser.add_argument("--list", action="store_true", help="say what is due, and end")
    parser.add_argument("--results", type=Path, metavar="DIR", help="where the result files are")
    parser.add_argument("--environments", type=Path, metavar="DIR", help="where they are kept")
    return parser


class Run:
    """One run. Threads take the names; stopping ends their processes, whose results are lost."""

    def __init__(self, root: Path, folder: Path, arguments: Any) -> None:
        self.root, self.folder = root, folder
        self.home = (arguments.environments or root / ENVIRONMENTS).resolve()
        self.jobs = arguments.jobs
        self.limit: Optional[float] = arguments.limit_minutes and arguments.limit_minutes * 60
        self.page = publishing.Page(root, folder, arguments.commit)
        self.began = time.monotonic()
        self.longest = 0.0
        self.failed: Dict[str, str] = {}
        self.left: List[str] = []
        self.stopped = threading.Event()
        self._processes: Dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    def everything(self, names: List[str], pythons: Dict[str, str]) -> int:
        """Run them; a signal ends what runs, and the page says what came before."""
        before = {number: signal.signal(number, self._stop) for number in SIGNALS}
        try:
            self.builder = building.builder(self.root, self.home, pythons)
            with ThreadPoolExecutor(self.jobs) as pool:
                list(pool.map(self._one, names))
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self.page.publish()
        return self._said(len(names))

    def _stop(self, *_: Any) -> None:
        self.stopped.set()
        with self._lock:
            for process in self._processes.values():
                _kill(process)

    # --- one environment

    def _one(self, name: str) -> None:
        if self.stopped.is_set() or self._is_late():
            self.left.append(name)
            return
        began = time.monotonic()
        try:
            programs = self.builder.build(product.BY_NAME[name])
        except building.BuildError as err:
            self._say(name, "cannot be made", str(err))
            return
        log = self.home / name / "log.txt"
        code = self._tests(name, programs, log)
        seconds = time.monotonic() - began
        if self.stopped.is_set():
            self.left.append(name)
            return
        self.longest = max(self.longest, seconds)
        said = _last_line(log)
        if code:
            self._say(name, said, str(log))
        else:
            _console.line(f"{name}: {said} ({seconds:.0f} s with its environment)")
        self.page.came(name)

    def _is_late(self) -> bool:
        passed = time.monotonic() - self.began
        return self.limit is not None and passed + self.longest > self.limit

    def _tests(self, name: str, programs: Path, log: Path) -> int:
        tests = product.tests_of(product.BY_NAME[name])
        words = [str(programs / "pytest"), "-q", "-p", "no:cacheprovider", *tests]
        with open(log, "wb") as output:
            with self._lock:
                if self.stopped.is_set():
                    return STOPPED
                process = subprocess.Popen(
                    words,
                    cwd=str(self.root),
                    env=self._variables(name),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,  # its children end with it
                )
                self._processes[name] = process
            try:
                return process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                return STOPPED
            finally:
                _kill(process)
                with self._lock:
                    del self._processes[name]

    def _variables(self, name: str) -> Dict[str, str]:
        # The tests start hundreds of Pythons, each of which would compile the SDK anew.
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {
            **inherited,
            "TOX_ENV_NAME": name,
            "DSADAPTER_MATRIX_RESULTS": str(self.folder),
            "DSADAPTER_MATRIX_COMMAND": f"{RUN} {name}",
        }

    # --- what is said

    def _say(self, name: str, problem: str, more: str) -> None:
        self.failed[name] = problem
        _console.line(f"{name}: {problem}\n  {more}", sys.stderr)

    def _said(self, count: int) -> int:
        minutes = (time.monotonic() - self.began) / 60
        cpu = sum(os.times()[:4]) / 60
        done = count - len(self.left) - len(self.failed)
        _console.line(
            f"{done} of {count} measured, {len(self.failed)} failed, {len(self.left)} left, "
            f"in {minutes:.1f} minutes ({cpu:.1f} of CPU). {RUN} goes on."
        )
        if self.stopped.is_set():
            return STOPPED
        return 1 if self.failed or self.left else 0


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process with all that it started."""
    try:
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # it has ended


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.strip("= ") for line in reversed(lines) if line.strip()), "nothing was said")
