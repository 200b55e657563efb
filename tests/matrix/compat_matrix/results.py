"""The result files: one per environment, written by its run, read and checked here."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

from . import product
from .capabilities import BY_ID
from .shape import count, mapping, one_of, record, seconds, some, text

SCHEMA = 2
SCHEMAS = (1, SCHEMA)  # the first knew no commit
OUTCOMES = ("pass", "fail", "not-applicable")
#: Parts of an environment's run: what is counted apart.
SUITES = ("contract", "idioms", "dropin", "environment")

_OUTCOME = record({"outcome": one_of(OUTCOMES), "text": text(), "seconds": seconds})
_CAPABILITIES = some(dict.fromkeys(BY_ID, _OUTCOME))
_COUNTS = record({"passed": count, "failed": count, "skipped": count})
_CHECK = record(
    {
        "schema": one_of(SCHEMAS),
        "environment": one_of(product.BY_NAME),
        "adapter": text(".+"),
        "source": text("[0-9a-f]{64}"),
        "started": text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
        "seconds": seconds,
        "command": text(".+"),
        "python": record(
            {"version": text(r"3\.\d+\..+"), "implementation": text(".+"), "platform": text(".+")}
        ),
        "versions": mapping(text(".+")),
        "backend": one_of((product.RAW, product.LEGACY, product.MODERN)),
        "native": _CAPABILITIES,
        "dsadapter": _CAPABILITIES,
        "tests": record(dict.fromkeys(SUITES, _COUNTS)),
        "failures": mapping(text(".+")),
        "skips": mapping(count),
    },
    optional={"commit": text("([0-9a-f]{40})?")},
)
RUN = "python tests/matrix/run.py"
#: What an earlier run did not ask yet.
NOT_ASKED = "not-asked"


class BadResults(Exception):
    """The folder does not hold what a page can be made of. ``problems`` has one line for each."""

    def __init__(self, problems: List[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Outcome(NamedTuple):
    """What one capability did. ``text`` is the last line of the failure, "" after a pass."""

    outcome: str
    text: str
    seconds: float


class Result(NamedTuple):
    """One environment's run."""

    environment: product.Environment
    data: Dict[str, Any]

    def outcome(self, subject: str, capability: str) -> Outcome:
        """What ``native`` or ``dsadapter`` did; ``not-asked`` where the run did not know of it."""
        row = self.data[subject].get(capability)
        return Outcome(**row) if row else Outcome(NOT_ASKED, "", 0.0)

    @property
    def source(self) -> str:
        """The digest of the code that was measured."""
        return str(self.data["source"])

    @property
    def is_whole(self) -> bool:
        """Whether everything was asked."""
        return all(set(self.data[subject]) == set(BY_ID) for subject in ("native", "dsadapter"))

    @property
    def date(self) -> str:
        """The day of the run, as 2026-01-31."""
        return str(self.data["started"])[:10]

    def total(self, kind: str) -> int:
        """How many tests ``passed``, ``failed`` or were ``skipped``."""
        return sum(int(counts[kind]) for counts in self.data["tests"].values())


class Results(NamedTuple):
    """Every result of a folder."""

    rows: Tuple[Result, ...]  # in the order of the product
    digest: str  # of every byte of every file
    latest: Result  # the run that began last: its code is the tree that the page speaks of

    @property
    def current(self) -> List[Result]:
        """The results of that tree; the others are of earlier code."""
        return [row for row in self.rows if self.is_current(row)]

    def is_current(self, row: Result) -> bool:
        """Whether the result is of the tree that the page speaks of."""
        return row.source == self.latest.source

    def at(self, sdk: product.Sdk) -> List[Result]:
        """The results beside one SDK, a Python each; earlier ones where there is no other."""
        rows = [row for row in self.rows if row.environment.sdk == sdk]
        return [row for row in rows if self.is_current(row)] or rows

    def unfinished(self, source: str) -> List[str]:
        """The environments without a whole result of the code with this digest."""
        done = {row.environment for row in self.rows if row.source == source and row.is_whole}
        return [row.name for row in product.REQUIRED if row not in done]


def read(folder: Path) -> Results:
    """The results of a folder.

    BadResults when there is none, or one is half-written, or says what is not known.
    """
    if not folder.is_dir():
        raise BadResults([f"{folder} is no folder here; --from DIR names another"])
    paths = sorted(folder.glob("*.json"))
    loaded = [_load(path) for path in paths]
    problems = [line for _, lines in loaded for line in lines]
    if not paths:
        problems.append(f"there is no result in {folder}. To make them: {RUN}")
    if problems:
        raise BadResults(problems)
    by_name = {data["environment"]: data for data, _ in loaded}
    rows = [Result(row, by_name[row.name]) for row in product.ENVIRONMENTS if row.name in by_name]
    latest = max(rows, key=lambda row: (str(row.data["started"]), row.environment.name))
    return Results(tuple(rows), digest(paths), latest)


def is_done(path: Path, source: str) -> bool:
    """Whether the file is a whole result of the code with this digest, without a failure."""
    data, problems = _load(path) if path.is_file() else ({}, ["there is none"])
    if problems or data["source"] != source or data["failures"]:
        return False
    return Result(product.BY_NAME[path.stem], data).is_whole


def digest(paths: List[Path]) -> str:
    """One sha256 of the names and the bytes of these files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _load(path: Path) -> Tuple[Any, List[str]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as err:  # half-written, or not text at all
        return {}, [f"{path.name}: no JSON: {err}"]
    return data, [f"{path.name}: {problem}" for problem in problems_of(data, path.stem)]


def problems_of(data: Any, name: str) -> List[str]:
    """What is wrong with the data of the environment ``name``."""
    return list(_CHECK(data, "")) or list(_contradictions(data, name))


def _contradictions(data: Dict[str, Any], name: str) -> Iterator[str]:
    if data["environment"] != name:
        yield f"it says that it is of {data['environment']}"
        return
    version, expected = data["python"]["version"], product.BY_NAME[name]
    if not version.startswith(expected.python + "."):
        yield f"python.version is {version!r}, the environment's is {expected.python}"
    if data["backend"] != expected.sdk.backend:
        yield f"backend is {data['backend']!r}, the environment's is {expected.sdk.backend}"
    for suite, counts in data["tests"].items():
        if not counts["passed"]:
            yield f"tests.{suite} has no test that passed"
    for subject in ("native", "dsadapter"):
        for capability, row in data[subject].items():
            if (row["outcome"] == "pass") == bool(row["text"]):
                yield f"{subject}.{capability} is {row['outcome']!r} with the text {row['text']!r}"
    if sum(counts["failed"] for counts in data["tests"].values()) != len(data["failures"]):
        yield "tests and failures do not agree"
