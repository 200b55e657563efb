"""compat_matrix.md: a function of the result files, to the byte."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterable, Iterator, List

from dsadapter import __version__

from . import product, tables
from .capabilities import CAPABILITIES
from .differences import DIFFERENCES
from .notes import code
from .results import Result, Results

HEAD = f"""\
# Compatibility matrix

Every mark on this page was measured. In each environment the same calls were made twice against
the same emulator of the DeepSeek API: by the openai SDK alone, in a process without dsadapter, and
through dsadapter. Then dsadapter's contract, the idioms of openai 0.28, the programs that run
unedited and the doctor's verdict were tested there.

本页的每个标记都由实测得出：在每个环境里，同样的调用先由 openai SDK 单独完成（斜线左边），
再通过 dsadapter 完成（斜线右边）。{tables.PASS} 可用，{tables.FAIL} 不可用（数字见文末的 Notes），
{tables.NONE} 没有安装 SDK，{tables.NOT_RUN} 没有运行，空白：该 Python 装不上。
"""
LEGEND = f"""\
Left of the stroke the SDK alone, right of it the same with dsadapter. {tables.PASS} works,
{tables.FAIL} does not (the numbers are the notes below), {tables.MIXED} differs by Python,
{tables.NONE} there is no SDK, {tables.NOT_RUN} not run, blank: does not install there.
"""
COMMANDS = """\
```bash
tox run -m quick                    # four environments, for a change
tox run-parallel -m full            # every environment; each writes tests/matrix/results/NAME.json
tox run -e py38-openai1.0.0         # one of them
python tests/matrix/page.py --write # this page from those files
python tests/matrix/page.py --check # whether it follows from them
```

Interpreters that a machine lacks are skipped and named. With `DSADAPTER_MATRIX_RESUME=1` a run
passes over what it has measured already with the same code. The table of environments is
`tests/matrix/compat_matrix/product.py`.
"""


def render(results: Results) -> str:
    """The page, as Markdown."""
    page = tables.of(results)
    parts = [
        HEAD,
        _lines(_summary(results)),
        "## At a glance",
        "The SDK alone works when a whole answer and a stream, sync and async, come back in the "
        "code of its own generation. dsadapter works when it did everything in the tables below "
        "and every test passed.",
        LEGEND,
        _lines(page.at_a_glance.markdown()),
        _lines(_not_run(results)),
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
    rows = results.rows
    works = sum(map(tables.adapter_works, rows))
    alone = [tables.native_works(row) for row in rows if row.environment.sdk.requirements]
    days = sorted({row.date for row in rows})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    platforms = ", ".join(sorted({row.data["python"]["platform"] for row in rows}))
    passed, failed = (sum(row.total(kind) for row in rows) for kind in ("passed", "failed"))
    yield f"**dsadapter {__version__} works in {works} of {len(rows)} environments,"
    yield f"the SDK alone in {sum(alone)} of the {len(alone)} that have one.**"
    yield (
        f"Run on {when}, {platforms}: {passed} tests passed, {failed} failed; "
        f"{len(CAPABILITIES)} capabilities each."
    )


def _not_run(results: Results) -> Iterator[str]:
    measured = {row.environment for row in results.rows}
    pythons = {row.python for row in measured}
    never = [python for python in product.PYTHONS if python not in pythons]
    columns = [row for row in product.ENVIRONMENTS if row.python in tables.pythons(results)]
    if len(measured) < len(columns):
        yield (
            f"Of {len(columns)} environments {len(measured)} were run: for each SDK at "
            "least the lowest, a middle and the newest Python that it installs on."
        )
    if never:
        yield f"No environment was run on Python {', '.join(never)}."


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
