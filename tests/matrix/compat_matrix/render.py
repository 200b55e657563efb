"""compat_matrix.md: a function of the result files, to the byte."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterable, Iterator, List

from . import figures, product, tables
from .capabilities import CAPABILITIES
from .differences import DIFFERENCES
from .notes import code
from .results import RUN, Result, Results
from .tables import SHORT

HEAD = """\
# Compatibility matrix

[中文](compat_matrix.zh.md)
"""
LEGEND = f"""\
Left of the stroke the SDK alone, right of it the same with dsadapter: {tables.PASS} works,
{tables.FAIL} does not (the numbers are the notes below), {tables.NONE} nothing to ask,
{tables.NOT_RUN} not run, blank: does not install there. In brackets: measured with earlier code.
"""
MEANING = f"""\
Every mark on this page was measured. In each environment the same calls were made twice against
the same emulator of the DeepSeek API: by the openai SDK alone, in a process without dsadapter, and
through dsadapter. Then dsadapter's contract, the idioms of openai 0.28, the programs that run
unedited and the doctor's verdict were tested there; `install()` and what else needs a process for
each test on the oldest and the newest Python of each row.

At a glance, the SDK alone works when a whole answer and a stream, sync and async, come back in the
code of its own generation. dsadapter works when it did everything in the tables below and every
test passed. In the tables below {tables.MIXED} differs by Python.
"""
COMMANDS = """\
```bash
python tests/matrix/run.py                   # every environment that has no result of this code
python tests/matrix/run.py --list            # which those are
python tests/matrix/run.py --limit-minutes 150 --commit
python tests/matrix/run.py py38-openai1.0.0  # one of them; also: tox run -e py38-openai1.0.0
python tests/matrix/page.py --write          # this page from the result files
python tests/matrix/page.py --check          # whether it follows from them
python tests/matrix/page.py --check --current # and whether they are of the code that is here
```

A run may be ended at any time; the next goes on. Interpreters that a machine lacks are named. The
table of environments is `tests/matrix/compat_matrix/product.py`. "The code" is the sha256 of every
Python file of `dsadapter/` but `_version.py` and the words for people in `_texts/`: no decision
reads a word.
"""


def render(results: Results) -> str:
    """The page, as Markdown."""
    page = tables.of(results)
    parts = [
        HEAD,
        _lines(_summary(results)),
        "## At a glance",
        _lines(page.at_a_glance.markdown()),
        LEGEND,
        _lines(_not_run(results)),
        "## What was asked",
        MEANING,
        *_groups(page),
        "## Notes",
        "What was said where a mark is ✗, word for word, and by which SDK.",
        _lines(page.notes.lines()),
        *_failures(results),
        "## Known differences between the backends",
        _lines(_differences()),
        "## How to run it",
        COMMANDS,
        "## Environments",
        _lines(page.environments.markdown()),
        "### Tests that were skipped, and why",
        _lines(_skips(results)),
        _lines(_sources(results)),
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _summary(results: Results) -> Iterator[str]:
    seen = figures.of(results)
    latest = results.latest
    yield f"**dsadapter works in {seen.works} of {seen.measured} environments,"
    yield f"the SDK alone in {seen.alone} of the {seen.with_sdk} that have one.**"
    yield (
        f"Run on {seen.days(' to ')}, {seen.platforms}, by {seen.commands}: "
        f"{seen.passed} tests passed, {seen.failed} failed; {seen.asked} capabilities each."
    )
    yield f"Code: dsadapter {latest.data['adapter']}, {_tree(latest)}."
    if seen.earlier:
        yield f"{_environments(seen.earlier)} in brackets, of earlier code, not counted."


def _tree(row: Result) -> str:
    commit = row.data.get("commit", "")
    of = f", commit `{commit[:SHORT]}`" if commit else ""
    return f"sha256 `{row.source[:SHORT]}`{of}"


def _not_run(results: Results) -> Iterator[str]:
    """What has no result of this code, and why."""
    seen = figures.of(results)
    for python in seen.absent:
        why = product.ABSENT.get(python, ("it was not its turn yet",))[0]
        yield f"- Python {python}: not run: {why}."
    if seen.due:
        counts = ", ".join(f"{count} on {python}" for python, count in seen.due.items())
        yield f"- Not run with this code yet: {counts}. `{RUN}` goes on with them."


def _groups(page: tables.Tables) -> Iterator[str]:
    for group, table in page.groups:
        yield f"## {group.title}"
        yield group.note
        yield _lines(table.markdown())
        yield _lines(
            f"- **{row.column}**: {row.title}" for row in CAPABILITIES if row.group == group.id
        )


def _failures(results: Results) -> Iterator[str]:
    rows = [[row.environment.name, *item] for row in results.rows for item in _failed(row)]
    if rows:
        yield "## Tests that failed"
        yield _lines(tables.Table(["environment", "test", "text"], rows).markdown())


def _failed(row: Result) -> List[List[str]]:
    return [[name, code(text)] for name, text in sorted(row.data["failures"].items())]


def _differences() -> Iterator[str]:
    rows = [list(row) for row in DIFFERENCES]
    return tables.Table(["backend", "difference", "why"], rows).markdown()


def _skips(results: Results) -> Iterator[str]:
    tests: Any = Counter()
    environments: Any = Counter()
    for row in results.rows:
        tests.update(row.data["skips"])
        environments.update(dict.fromkeys(row.data["skips"], 1))
    for reason in sorted(tests):
        yield f"- {code(reason)}: {tests[reason]} in {_environments(environments[reason])}"


def _sources(results: Results) -> Iterator[str]:
    yield f"Result files: {len(results.rows)}, sha256 `{results.digest}`. The code they measured:"
    yield ""
    counts = Counter(row.data["source"] for row in results.rows)
    for digest in sorted(counts):
        yield f"- sha256 `{digest}` in {_environments(counts[digest])}"


def _environments(count: int) -> str:
    return f"{count} environment" if count == 1 else f"{count} environments"
