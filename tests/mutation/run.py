"""How much of a change the core's own tests notice: ``tox run -e mutation``.

Each mutant is one small change of a file in the core; the test file that mirrors it runs against
it. A mutant that no test notices has survived. ``survivors.txt`` lists those that cannot matter,
each with a word why; every other one is printed. Exit code 1 below the rate that is asked for.

What came of each is kept in ``.mutation``: a run that was stopped goes on, and after an edit only
the mutants of that file, or of its tests, are tried again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from importlib import import_module
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, Iterator, List, NamedTuple, Optional, Set, Tuple

ROOT = Path(__file__).resolve().parents[2]
SEED, SAMPLE, RATE, MINUTES = 20261128, 500, 0.90, 60.0
NOT_SOURCE = (".git", ".tox", ".mutation", ".bench", ".hypothesis", "__pycache__", "dist")
IGNORED = shutil.ignore_patterns(*NOT_SOURCE, "*.egg-info")
PRELOADED = ("aiohttp", "httpx", "orjson", "pydantic", "requests", "opentelemetry.sdk.trace")

if __package__ in (None, ""):
    sys.path.insert(0, str(ROOT))

from tests.mutation.mutants import sample  # noqa: E402
from tests.mutation.named import named  # noqa: E402
from tests.mutation.trial import FORK, baseline, is_killed, tests_for, tree_digest  # noqa: E402


class Outcome(NamedTuple):
    """A mutant, and whether its tests noticed it; None where they fail without it."""

    mutant: Any
    killed: Optional[bool]


def key(mutant: Any) -> str:
    """How survivors.txt names a mutant: by the text of its line, so that other lines may move."""
    original = (ROOT / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1]
    return f"{mutant.path} | {original.strip()} | {mutant.what}"


def listed_survivors() -> Set[str]:
    """The keys of those that cannot matter; the word why follows a last bar."""
    lines = (Path(__file__).parent / "survivors.txt").read_text(encoding="utf-8").splitlines()
    return {line.rpartition(" | ")[0] for line in lines if line and not line.startswith("#")}


# --- what came of earlier runs -------------------------------------------------------------------


def digests(mutant: Any) -> Tuple[str, str]:
    """Of the mutant's whole text, and of its tests', in a few letters."""
    tests = "\0".join((ROOT / file).read_text(encoding="utf-8") for file in tests_for(mutant))
    texts = (f"{mutant.path}\0{mutant.source}", tests)
    first, second = (hashlib.sha256(text.encode("utf-8")).hexdigest()[:20] for text in texts)
    return first, second


class Kept:
    """What came of each mutant in earlier runs, in a file.

    ``more_tests``: the tests have only become more since, so that a mutant that one of them noticed
    is not tried again; else every change of its tests has it tried again.
    """

    def __init__(self, file: Path, more_tests: bool) -> None:
        self._file = file
        self._more_tests = more_tests
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        rows = [json.loads(line) for line in lines]
        self._killed = {(row["mutant"], row["tests"]): row["killed"] for row in rows}
        self._once_killed = {row["mutant"] for row in rows if row["killed"]}

    def outcome(self, mutant: Any) -> Optional[Outcome]:
        """What is known of it."""
        both = digests(mutant)
        if self._more_tests and both[0] in self._once_killed:
            return Outcome(mutant, True)
        return Outcome(mutant, self._killed[both]) if both in self._killed else None

    def add(self, outcome: Outcome) -> None:
        """Keep one more."""
        text, tests = digests(outcome.mutant)
        row = {"mutant": text, "tests": tests, "killed": outcome.killed}
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({**row, "key": key(outcome.mutant)}) + "\n")


# --- one after the other -------------------------------------------------------------------------


def tried(mutant: Any, checkout: Path, measured: Path) -> Outcome:
    """What comes of one mutant; tests that fail without it would seem to notice it."""
    baselines = [baseline(ROOT, file, measured) for file in tests_for(mutant)]
    if not all(each.passed for each in baselines):
        return Outcome(mutant, None)
    return Outcome(mutant, is_killed(ROOT, checkout, mutant, baselines))


def work(todo: Any, outcomes: Any, measured: Path, ends: float) -> None:
    """Try one mutant after the other, in a copy of the checkout, while there is time."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        shutil.copytree(ROOT, checkout, ignore=IGNORED)
        for mutant in iter(todo.get, None):
            outcomes.put(tried(mutant, checkout, measured) if monotonic() < ends else None)


def run_all(mutants: List[Any], jobs: int, measured: Path, ends: float = inf) -> Iterator[Outcome]:
    """Try them, ``jobs`` at a time; gives what came of each as it comes."""
    todo, outcomes = FORK.Queue(), FORK.Queue()
    for mutant in (*mutants, *[None] * jobs):
        todo.put(mutant)
    workers = [
        FORK.Process(target=work, args=(todo, outcomes, measured, ends)) for _ in range(jobs)
    ]
    for worker in workers:
        worker.start()
    for _ in mutants:
        outcome = outcomes.get()
        if outcome is not None:
            yield outcome
    for worker in workers:
        worker.join()


def options() -> Any:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many mutants")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    parser.add_argument("--named", action="store_true", help="the mutants of named.py instead")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="begin no mutant later")
    parser.add_argument("--more-tests", action="store_true", help="what was noticed once stays so")
    parser.add_argument("--kept", type=Path, default=ROOT / ".mutation", metavar="FOLDER")
    return parser.parse_args()


def show(outcome: Outcome) -> None:
    """Print a survivor that may matter."""
    if outcome.killed is None:
        print(f"these fail without a mutant: {' '.join(tests_for(outcome.mutant))}", flush=True)
    elif not outcome.killed and key(outcome.mutant) not in listed_survivors():
        print(f"survived: {key(outcome.mutant)} (line {outcome.mutant.line})", flush=True)


def summary(outcomes: List[Outcome], size: int) -> float:
    """Print the numbers; gives the rate."""
    known = listed_survivors()
    survivors = [each.mutant for each in outcomes if not each.killed]
    equivalent = sum(key(each) in known for each in survivors)
    killed, counted = len(outcomes) - len(survivors), len(outcomes) - equivalent
    rate = killed / max(1, counted)
    print(
        f"{len(outcomes)} of {size} tried; {killed} of {counted} killed ({rate:.1%}); "
        f"{equivalent} cannot matter"
    )
    return rate


def main() -> int:
    """Run the sample, or the named mutants, and print what survived."""
    choice, ends = options(), monotonic()
    ends += 60 * choice.minutes
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False  # else each mutant compiles everything
    for name in PRELOADED:
        import_module(name)
    mutants = named(ROOT) if choice.named else sample(ROOT, choice.sample, choice.seed)
    mutants = [each for each in mutants if choice.only in each.path]
    measured = choice.kept / tree_digest(ROOT)
    measured.mkdir(parents=True, exist_ok=True)
    kept = Kept(choice.kept / "outcomes.jsonl", choice.more_tests)
    known = [(mutant, kept.outcome(mutant)) for mutant in mutants]
    outcomes = [outcome for _, outcome in known if outcome is not None]
    todo = [mutant for mutant, outcome in known if outcome is None]
    for outcome in outcomes:
        show(outcome)
    for outcome in run_all(todo, choice.jobs, measured, ends):
        show(outcome)
        if outcome.killed is not None:
            kept.add(outcome)
            outcomes.append(outcome)
    rate = summary(outcomes, len(mutants))
    return 0 if rate >= (1 if choice.named else RATE) else 1


if __name__ == "__main__":
    sys.exit(main())
