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
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Set

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


def digest(mutant: Any) -> str:
    """The mutant's whole text and that of its tests, in a few letters."""
    texts = [mutant.path, mutant.source]
    texts += [(ROOT / file).read_text(encoding="utf-8") for file in tests_for(mutant)]
    return hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()


def kept_outcomes(file: Path) -> Dict[str, bool]:
    """By digest: whether the mutant was killed."""
    if not file.exists():
        return {}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {row["digest"]: row["killed"] for row in rows}


def keep(file: Path, outcome: Outcome) -> None:
    """Add one to the file."""
    row = {"digest": digest(outcome.mutant), "killed": outcome.killed, "key": key(outcome.mutant)}
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(row) + "\n")


# --- one after the other -------------------------------------------------------------------------


def tried(mutant: Any, checkout: Path, kept: Path) -> Outcome:
    """What comes of one mutant; tests that fail without it would seem to notice it."""
    baselines = [baseline(ROOT, file, kept) for file in tests_for(mutant)]
    if not all(each.passed for each in baselines):
        return Outcome(mutant, None)
    return Outcome(mutant, is_killed(ROOT, checkout, mutant, baselines))


def work(todo: Any, outcomes: Any, kept: Path, ends: float) -> None:
    """Try one mutant after the other, in a copy of the checkout, while there is time."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        shutil.copytree(ROOT, checkout, ignore=IGNORED)
        for mutant in iter(todo.get, None):
            outcomes.put(tried(mutant, checkout, kept) if monotonic() < ends else None)


def run_all(mutants: List[Any], jobs: int, kept: Path, ends: float = inf) -> Iterator[Outcome]:
    """Try them, ``jobs`` at a time; gives what came of each as it comes."""
    todo, outcomes = FORK.Queue(), FORK.Queue()
    for mutant in (*mutants, *[None] * jobs):
        todo.put(mutant)
    workers = [FORK.Process(target=work, args=(todo, outcomes, kept, ends)) for _ in range(jobs)]
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
    file, kept = choice.kept / "outcomes.jsonl", choice.kept / tree_digest(ROOT)
    kept.mkdir(parents=True, exist_ok=True)
    earlier = kept_outcomes(file)
    outcomes = [Outcome(each, earlier[digest(each)]) for each in mutants if digest(each) in earlier]
    todo = [each for each in mutants if digest(each) not in earlier]
    for outcome in outcomes:
        show(outcome)
    for outcome in run_all(todo, choice.jobs, kept, ends):
        show(outcome)
        if outcome.killed is not None:
            keep(file, outcome)
            outcomes.append(outcome)
    rate = summary(outcomes, len(mutants))
    return 0 if rate >= (1 if choice.named else RATE) else 1


if __name__ == "__main__":
    sys.exit(main())
