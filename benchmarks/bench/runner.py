"""Starts the server and the clients, each in a process of its own, and collects their numbers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

from .columns import Column, whole_process
from .envs import Environment, variables
from .rows import Row
from .wire import Shape

LONGEST = 300  # seconds for one measurement
LONGEST_CELL = 60  # for one of the table
Samples = Dict[str, Dict[str, List[Dict[str, Any]]]]  # by column and row
OPTIONAL_ROUNDS = 2  # others are slow, and no figure depends on them


class Failed(Exception):
    """A measurement that gave no numbers; the text says why."""


class Runner:
    """One run: environments are there, the server listens, nothing of this folder is read."""

    def __init__(self, environments: Dict[str, Environment], ports: Dict[Shape, int]) -> None:
        self.environments = environments
        self._ports = ports
        self._folder = ""
        self.ended = ""  # where a person ended it

    def urls(self, shapes: List[Shape]) -> List[str]:
        return [f"http://127.0.0.1:{self._ports[shape]}" for shape in shapes]

    def cell(self, row: Row, column: Column) -> Dict[str, Any]:
        """One measurement of one row."""
        if column.task is not None:
            job = {"longest": LONGEST_CELL, **column.job}
            if not (row.is_adapter or row.id == "aiohttp"):  # no figure depends on others
                job["longest"] = LONGEST_CELL
            return self.child(row, column.task, column.shapes, **job)
        python, urls = self.environments[row.env].python, self.urls(column.shapes)
        try:
            numbers: Dict[str, Any] = whole_process(column, python, row, self._folder, urls)
        except subprocess.CalledProcessError as err:
            raise Failed(_last_line(err.stderr)) from err
        return numbers

    def child(
        self, row: Row, task: str, shapes: List[Shape], longest: float = LONGEST, **job: Any
    ) -> Dict[str, Any]:
        job.update(kind=row.kind, backend=row.backend, urls=self.urls(shapes))
        command = [self.environments[row.env].python, "-m", "bench.child", task, json.dumps(job)]
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env=variables(),
                capture_output=True,
                text=True,
                timeout=longest,
            )
        except subprocess.TimeoutExpired as err:
            raise Failed(f"no end within {longest} s") from err
        if done.returncode:
            raise Failed(_last_line(done.stderr))
        numbers: Dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return numbers

    @contextmanager
    def empty_folder(self) -> Iterator[None]:
        """Children run where there is no ``.env`` and nothing to import."""
        with tempfile.TemporaryDirectory() as folder:
            self._folder = folder
            yield


@contextmanager
def serving(shapes: List[Shape]) -> Iterator[Dict[Shape, int]]:
    """The server with a port for each shape."""
    shapes = list(dict.fromkeys(shapes))
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.server", json.dumps(shapes)],
        cwd=str(Path(__file__).resolve().parents[1]),
        env=variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        ports = json.loads(process.stdout.readline())
        yield dict(zip(shapes, ports))
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait()


def interleaved(
    runner: Runner, rows: List[Row], columns: List[Column], say: Any
) -> Tuple[Samples, Dict[str, float]]:
    """Rounds over all rows (A B C ..., A B C ...): samples by column and row, and how many seconds
    each column took. Ctrl-C ends it; what was measured by then stays."""
    samples: Samples = {c.id: {} for c in columns}
    seconds = dict.fromkeys(samples, 0.0)
    rounds = range(max(column.rounds for column in columns))
    for number, column in ((n, c) for n in rounds for c in columns if n < c.rounds):
        title = f"round {number + 1}: {column.title}"
        say(title)
        begun = time.monotonic()
        try:
            for row in rows:
                if is_asked(row, column, number):
                    _add(samples, runner, row, column)
        except KeyboardInterrupt:
            runner.ended = title
            break
        seconds[column.id] += time.monotonic() - begun
    return samples, {name: round(taken, 1) for name, taken in seconds.items()}


def is_asked(row: Row, column: Column, number: int) -> bool:
    """Whether a row has this column in round ``number``."""
    if row.optional and number >= OPTIONAL_ROUNDS:
        return False
    return column.id in (row.columns or [column.id]) and row.id in (column.rows or [row.id])


def _add(samples: Samples, runner: Runner, row: Row, column: Column) -> None:
    """One more number, unless it is known that none will come."""
    earlier = samples[column.id].setdefault(row.id, [])
    if any("absent" in item for item in earlier):
        return
    if any("absent" in item for item in samples.get(column.after, {}).get(row.id, [])):
        earlier.append({"absent": f"not asked: {column.after} gave no number"})
        return
    try:
        earlier.append(runner.cell(row, column))
    except Failed as err:
        earlier.append({"absent": str(err)})


def _last_line(text: str) -> str:
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it ended without a word"
