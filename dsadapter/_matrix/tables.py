"""The tables of the page. A cell has two marks: the SDK alone / the same with dsadapter."""

from __future__ import annotations

from typing import Iterable, Iterator, List, Sequence

from . import product
from .capabilities import CAPABILITIES, CORE, Group
from .notes import Notes
from .results import Outcome, Result, Results

PASS, FAIL, NONE, MIXED = "✓", "✗", "–", "✓✗"
NOT_RUN = "·"
#: In whose code an SDK is asked for the first table.
FACES = {product.RAW: "modern", product.LEGACY: "legacy", product.MODERN: "modern"}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield line(head)
    yield line(["---"] * len(head))
    yield from map(line, rows)


def line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# --- cells ---------------------------------------------------------------------------------------


def mark(outcomes: Sequence[Outcome]) -> str:
    """One mark for what was seen once or on several Pythons."""
    seen = {outcome.outcome for outcome in outcomes if outcome.outcome != "not-applicable"}
    if not seen:
        return NONE
    return MIXED if len(seen) > 1 else PASS if seen == {"pass"} else FAIL


def marked(outcomes: Sequence[Outcome], notes: Notes, place: str) -> str:
    """The mark, and the numbers of the texts behind it."""
    numbers = notes.refer([row.text for row in outcomes if row.outcome == "fail"], place)
    return f"{mark(outcomes)} {numbers}".rstrip()


def core(result: Result) -> List[Outcome]:
    """The SDK alone, in the code of its own generation."""
    face = FACES[result.environment.sdk.backend]
    return [result.outcome("native", name) for name in CORE[face]]


def native_mark(result: Result, notes: Notes) -> str:
    outcomes = core(result)
    numbers = marked(outcomes, notes, result.environment.sdk.title).partition(" ")[2]
    sign = PASS if is_native_whole(result) else NONE if mark(outcomes) == NONE else FAIL
    return f"{sign} {numbers}".rstrip()


def is_native_whole(result: Result) -> bool:
    return all(row.outcome == "pass" for row in core(result))


def is_whole(result: Result) -> bool:
    """Whether dsadapter did everything here, and every test passed."""
    rows = [result.outcome("dsadapter", capability.id) for capability in CAPABILITIES]
    return mark(rows) == PASS and not result.total("failed")


# --- tables --------------------------------------------------------------------------------------


def pythons(results: Results) -> List[str]:
    """The columns: the Pythons of the product; an optional one only where it was run."""
    seen = {row.environment.python for row in results.rows}
    return [p for p in product.PYTHONS if p in seen or p not in product.OPTIONAL_PYTHONS]


def at_a_glance(results: Results, notes: Notes) -> Iterator[str]:
    columns = pythons(results)
    rows = [
        [sdk.title, *(_glance(results, sdk, python, notes) for python in columns)]
        for sdk in product.SDKS
    ]
    return table(["openai", *columns], rows)


def _glance(results: Results, sdk: product.Sdk, python: str, notes: Notes) -> str:
    if python not in sdk.pythons:
        return ""
    for row in results.at(sdk):
        if row.environment.python == python:
            return f"{native_mark(row, notes)} / {PASS if is_whole(row) else FAIL}"
    return NOT_RUN


def of_group(results: Results, group: Group, notes: Notes) -> Iterator[str]:
    capabilities = [row for row in CAPABILITIES if row.group == group.id]
    head = ["openai", *(capability.column for capability in capabilities)]
    rows = [
        [sdk.title, *(_both(results.at(sdk), row.id, notes) for row in capabilities)]
        for sdk in product.SDKS
        if results.at(sdk)
    ]
    return table(head, rows)


def _both(rows: Sequence[Result], capability: str, notes: Notes) -> str:
    place = rows[0].environment.sdk.title
    native = [row.outcome("native", capability) for row in rows]
    ours = [row.outcome("dsadapter", capability) for row in rows]
    return f"{marked(native, notes, place)} / {marked(ours, notes, place + ' with dsadapter')}"


VERSIONS = ("openai", "httpx", "httpx2", "requests", "urllib3", "aiohttp", "pydantic", "anyio")


def environments(results: Results) -> Iterator[str]:
    head = ["environment", "Python", "backend", *VERSIONS, "passed / skipped / failed", "date"]
    return table(head, map(_environment, results.rows))


def _environment(result: Result) -> List[str]:
    data = result.data
    return [
        result.environment.name,
        data["python"]["version"],
        data["backend"],
        *(data["versions"].get(name, "") for name in VERSIONS),
        " / ".join(str(result.total(kind)) for kind in ("passed", "skipped", "failed")),
        data["started"][:10],
    ]
