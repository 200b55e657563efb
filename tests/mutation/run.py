"""How much of a change the core's own tests notice: ``tox run -e mutation``.

Each mutant is one small change of a file in the core; the test file that mirrors it runs against
it. A mutant that no test notices has survived. ``survivors.txt`` lists those that cannot matter,
each with a word why; every other one is printed. Exit code 1 below the rate that is asked for.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any, Iterable, Iterator, List, NamedTuple, Set, Tuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED, SAMPLE, RATE = 20261128, 500, 0.90
TIMEOUT = 120  # seconds: a mutant that never ends is noticed
IGNORED = shutil.ignore_patterns(".git", ".tox", ".hypothesis", "*.egg-info", "__pycache__", "dist")

FORK = multiprocessing.get_context("fork")  # a test run that has not to import everything anew
PRELOADED = ("aiohttp", "httpx", "orjson", "pydantic", "requests", "opentelemetry.sdk.trace")
SECONDS = itertools.count(10**9)

if __package__ in (None, ""):
    sys.path.insert(0, str(ROOT))

from tests.mutation.mutants import Mutant, sample  # noqa: E402
from tests.mutation.named import named, tests_of  # noqa: E402


class Outcome(NamedTuple):
    """A mutant, and whether its tests noticed it."""

    mutant: Mutant
    killed: bool


def key(mutant: Mutant) -> str:
    """How survivors.txt names a mutant: by the text of its line, so that other lines may move."""
    original = (ROOT / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1]
    return f"{mutant.path} | {original.strip()} | {mutant.what}"


def listed_survivors() -> Set[str]:
    """The keys of those that cannot matter; the word why follows a last bar."""
    lines = (Path(__file__).parent / "survivors.txt").read_text(encoding="utf-8").splitlines()
    return {line.rpartition(" | ")[0] for line in lines if line and not line.startswith("#")}


def pytest_in(checkout: Path, tests: Iterable[str]) -> None:
    """Run the tests of a checkout, silently, in this process, and leave it with their status."""
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(silence, descriptor)
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path[:] = [str(checkout), *(path for path in sys.path if path != str(ROOT))]
    os.environ["PYTHONPATH"] = str(checkout)
    os.chdir(checkout)
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])))


def passes(checkout: Path, tests: Iterable[str]) -> bool:
    """Whether the tests of a checkout pass; those that do not end in time do not."""
    process = FORK.Process(target=pytest_in, args=(checkout, tests))
    process.start()
    process.join(TIMEOUT)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0


def is_killed(checkout: Path, mutant: Any) -> bool:
    """Whether its tests fail, or do not end, with the mutant in place."""
    path = checkout / mutant.path
    original, times = path.read_bytes(), path.stat()
    path.write_text(mutant.source, encoding="utf-8")
    os.utime(path, (next(SECONDS), next(SECONDS)))  # what was compiled of another one is not used
    try:
        return not passes(checkout, tests_for(mutant))
    finally:
        path.write_bytes(original)
        os.utime(path, (times.st_atime, times.st_mtime))


def tests_for(mutant: Any) -> Tuple[str, ...]:
    """Those a named mutant names, else those of its file."""
    return getattr(mutant, "tests", None) or (tests_of(mutant.path),)


def red_without_a_mutant(mutants: List[Any], jobs: int) -> List[str]:
    """The test files that fail as it is: whatever they tried they would seem to notice."""
    files = sorted({file for mutant in mutants for file in tests_for(mutant)})
    with ThreadPoolExecutor(jobs) as pool:
        green = list(pool.map(lambda file: passes(ROOT, [file]), files))
    return [file for file, passed in zip(files, green) if not passed]


def work(todo: Any, outcomes: Any) -> None:
    """Try one mutant after the other, in a copy of the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        shutil.copytree(ROOT, checkout, ignore=IGNORED)
        for mutant in iter(todo.get, None):
            outcomes.put(Outcome(mutant, is_killed(checkout, mutant)))


def run_all(mutants: List[Any], jobs: int) -> Iterator[Outcome]:
    """Try them, ``jobs`` at a time; gives what came of each as it comes."""
    todo, outcomes = FORK.Queue(), FORK.Queue()
    for mutant in (*mutants, *[None] * jobs):
        todo.put(mutant)
    workers = [FORK.Process(target=work, args=(todo, outcomes)) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    for _ in mutants:
        yield outcomes.get()
    for worker in workers:
        worker.join()


def main() -> int:
    """Run the sample, or the named mutants, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many mutants")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    parser.add_argument("--named", action="store_true", help="the mutants of named.py instead")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False  # else each mutant compiles everything
    for name in PRELOADED:
        import_module(name)
    mutants = named(ROOT) if options.named else sample(ROOT, options.sample, options.seed)
    mutants = [each for each in mutants if options.only in each.path]
    red = red_without_a_mutant(mutants, options.jobs)
    if red:
        parser.error(f"these fail without a mutant: {' '.join(red)}")
    known, outcomes = listed_survivors(), []
    for outcome in run_all(mutants, options.jobs):
        outcomes.append(outcome)
        if not outcome.killed and key(outcome.mutant) not in known:
            at = f"line {outcome.mutant.line}, {len(outcomes)} of {len(mutants)} tried"
            print(f"survived: {key(outcome.mutant)} ({at})", flush=True)
    survivors = [each.mutant for each in outcomes if not each.killed]
    equivalent = [each for each in survivors if key(each) in known]
    counted = len(outcomes) - len(equivalent)
    killed = len(outcomes) - len(survivors)
    rate = killed / max(1, counted)
    print(f"{killed} of {counted} killed ({rate:.1%}); {len(equivalent)} cannot matter")
    return 0 if rate >= (1 if options.named else RATE) else 1


if __name__ == "__main__":
    sys.exit(main())
