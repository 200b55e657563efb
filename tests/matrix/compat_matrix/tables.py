"""The tables of the page. A cell has two marks: the SDK alone / the same with dsadapter."""

from __future__ import annotations

from typing import Iterator, List, NamedTuple, Sequence, Tuple

from . import product
from .capabilities import CAPABILITIES, CORE, GROUPS, Group
from .notes import Notes
from .results import NOT_ASKED, Outcome, Result, Results

PASS, FAIL, NONE, MIXED = "✓", "✗", "–", "✓✗"
NOT_RUN = "·"
#: In whose code an SDK is asked for the first table.
FACES = {product.RAW: "modern", product.LEGACY: "legacy", product.MODERN: "modern"}
VERSIONS = ("openai", "httpx", "httpx2", "requests", "urllib3", "aiohttp", "pydantic", "anyio")
SHORT = 12  # characters of a digest


class Table(NamedTuple):
    """Cells as text; ``head`` names the columns."""

    head: List[str]
    rows: List[List[str]]

    def markdown(self) -> Iterator[str]:
        """The lines of the table on a page."""
        yield line(self.head)
        yield line(["---"] * len(self.head))
        yield from map(line, self.rows)


class Tables(NamedTuple):
    """All of a page. ``notes`` has the texts behind the marks, numbered across the tables."""

    at_a_glance: Table
    groups: Tuple[Tuple[Group, Table], ...]
    environments: Table
    notes: Notes


def of(results: Results) -> Tables:
    """The tables of these results. Their order is the order of the notes."""
    notes = Notes()
    glance = _at_a_glance(results, notes)
    groups = tuple((group, _of_group(results, group, notes)) for group in GROUPS)
    return Tables(glance, groups, _environments(results), notes)


def line(cells: Sequence[str]) -> str:
    """A row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# --- cells ---------------------------------------------------------------------------------------


def mark(outcomes: Sequence[Outcome]) -> str:
    """One mark for what was seen once or on several Pythons."""
    every = {outcome.outcome for outcome in outcomes}
    seen = every - {"not-applicable", NOT_ASKED}
    if not seen:
        return NONE if "not-applicable" in every else NOT_RUN
    return MIXED if len(seen) > 1 else PASS if seen == {"pass"} else FAIL


def _numbered_mark(outcomes: Sequence[Outcome], notes: Notes, subject: str) -> str:
    """The mark, and the numbers of the texts behind it."""
    numbers = notes.refer([row.text for row in outcomes if row.outcome == "fail"], subject)
    return f"{mark(outcomes)} {numbers}".rstrip()


def _core(result: Result) -> List[Outcome]:
    """The SDK alone, in the code of its own generation."""
    face = FACES[result.environment.sdk.backend]
    return [result.outcome("native", name) for name in CORE[face]]


def _native_mark(result: Result, notes: Notes) -> str:
    outcomes = _core(result)
    numbers = _numbered_mark(outcomes, notes, result.environment.sdk.title).partition(" ")[2]
    sign = PASS if native_works(result) else NONE if mark(outcomes) == NONE else FAIL
    return f"{sign} {numbers}".rstrip()


def native_works(result: Result) -> bool:
    """Whether the SDK alone gave a whole answer and a stream, sync and async."""
    return all(row.outcome == "pass" for row in _core(result))


def adapter_works(result: Result) -> bool:
    """Whether dsadapter did everything here, and every test passed."""
    rows = [result.outcome("dsadapter", capability.id) for capability in CAPABILITIES]
    return mark(rows) == PASS and not result.total("failed")


# --- tables --------------------------------------------------------------------------------------


def pythons(results: Results) -> List[str]:
    """The columns: the Pythons of the product; an optional one only where it was run."""
    seen = {row.environment.python for row in results.rows}
    return [p for p in product.PYTHONS if p in seen or p not in product.OPTIONAL_PYTHONS]


def _at_a_glance(results: Results, notes: Notes) -> Table:
    columns = pythons(results)
    rows = [
        [sdk.title, *(_glance(results, sdk, python, notes) for python in columns)]
        for sdk in product.SDKS
    ]
    return Table(["openai", *columns], rows)


def _glance(results: Results, sdk: product.Sdk, python: str, notes: Notes) -> str:
    if python not in sdk.pythons:
        return ""
    for row in results.rows:
        if row.environment.python == python and row.environment.sdk == sdk:
            cell = f"{_native_mark(row, notes)} / {PASS if adapter_works(row) else FAIL}"
            return _of_its_tree(cell, results, row)
    return NOT_RUN


def _of_group(results: Results, group: Group, notes: Notes) -> Table:
    capabilities = [row for row in CAPABILITIES if row.group == group.id]
    head = ["openai", *(capability.column for capability in capabilities)]
    rows = [
        [sdk.title, *(_both(results, sdk, row.id, notes) for row in capabilities)]
        for sdk in product.SDKS
        if results.at(sdk)
    ]
    return Table(head, rows)


def _of_its_tree(cell: str, results: Results, row: Result) -> str:
    """In brackets where the code was an earlier one."""
    return cell if results.is_current(row) else f"({cell})"


def _both(results: Results, of: product.Sdk, capability: str, notes: Notes) -> str:
    rows, sdk = results.at(of), of.title
    native = [row.outcome("native", capability) for row in rows]
    adapter = [row.outcome("dsadapter", capability) for row in rows]
    left = _numbered_mark(native, notes, sdk)
    cell = f"{left} / {_numbered_mark(adapter, notes, f'{sdk} with dsadapter')}"
    return _of_its_tree(cell, results, rows[0])


def _environments(results: Results) -> Table:
    head = [
        "environment",
        "Python",
        "backend",
        *VERSIONS,
        "passed / skipped / failed",
        "date",
        "code",
    ]
    return Table(head, [_environment(row) for row in results.rows])


def _environment(result: Result) -> List[str]:
    data = result.data
    return [
        result.environment.name,
        data["python"]["version"],
        data["backend"],
        *(data["versions"].get(name, "") for name in VERSIONS),
        " / ".join(str(result.total(kind)) for kind in ("passed", "skipped", "failed")),
        result.date,
        f"`{result.source[:SHORT]}`",
    ]
