"""Section 12 of the contract: each figure, and what a results file says about it."""

from __future__ import annotations

from statistics import median
from typing import Iterator, List, NamedTuple, Optional

from .results import Results
from .rows import BY_ID, ROWS, Row

NEWEST = "sdk-3.54.0"
MB = 1024  # KB
SHORT, LONG = 10**4, 10**6  # chunks


class Verdict(NamedTuple):
    what: str
    figure: str  # what the contract asks for
    measured: str
    held: Optional[bool]  # None: not measured


def _at_most(what: str, limit: float, ratio: Optional[float], of: str) -> Verdict:
    measured = "not measured" if ratio is None else f"{ratio:.3f}x"
    held = None if ratio is None else ratio <= limit
    return Verdict(what, f"<= {limit:.3g}x {of}", measured, held)


def _adapters(prefix: str) -> List[Row]:
    return [row for row in ROWS if row.is_adapter and row.id.startswith(prefix)]


def _import(results: Results) -> Iterator[Verdict]:
    for row in _adapters("raw"):
        took = results.median("import", row.id, "wall_ms")
        measured = "not measured" if took is None else f"{took:.1f} ms"
        held = None if took is None else took <= 30
        yield Verdict(f"import dsadapter ({row.title})", "<= 30 ms", measured, held)
        samples = [item["modules"] for item in results.samples("import", row.id)]
        foreign = sorted({name for names in samples for name in names} - {"dsadapter"})
        measured = ", ".join(foreign) or "none"
        held = not foreign if samples else None
        yield Verdict(f"third-party modules imported ({row.title})", "none", measured, held)


def _first(results: Results) -> Iterator[Verdict]:
    for row in _adapters("raw"):
        ratio = results.ratio("first", row.id, NEWEST)
        yield _at_most(f"first answer ({row.title})", 1 / 5, ratio, "openai 3.54.0 itself")


def _chunk(results: Results) -> Iterator[Verdict]:
    for row in _adapters("raw"):
        what = f"stream chunk, CPU ({row.title})"
        yield _at_most(what, 1 / 8, results.ratio("chunk", row.id, NEWEST), "openai 3.54.0 itself")
        yield _at_most(what, 2, results.ratio("chunk", row.id, "requests"), "requests by hand")
    for prefix, limit in (("modern", 1 / 4), ("legacy", 1 / 2)):
        for row in _adapters(prefix):
            yield _against_native(results, "chunk", "stream chunk, CPU", row, limit)


def _call(results: Results) -> Iterator[Verdict]:
    for prefix, limit in (("modern", 1.0), ("legacy", 1.15), ("raw", 1.2)):
        for row in _adapters(prefix):
            yield _against_native(results, "call", "non-stream call, CPU", row, limit)


def _against_native(results: Results, column: str, what: str, row: Row, limit: float) -> Verdict:
    native = BY_ID[str(row.native)]
    ratio = results.ratio(column, row.id, native.id)
    return _at_most(f"{what} ({row.title})", limit, ratio, native.title)


def peak(results: Results, row: str, chunks: int) -> Optional[float]:
    """KB by which one stream of so many chunks raised the peak."""
    points = results.points("scale", row=row, chunks=chunks)
    grown = [p["peak_kb"] - p["before_kb"] for p in points if "peak_kb" in p]
    return median(grown) if grown else None


def _memory(results: Results) -> Iterator[Verdict]:
    for row in ROWS:
        short, long = (peak(results, row.id, chunks) for chunks in (SHORT, LONG))
        if short is None or long is None or not row.is_adapter:
            continue
        more = (long - short) / MB
        what = f"memory, {LONG:,} chunks over {SHORT:,} ({row.title})"
        yield Verdict(what, "<= 5 MB", f"{more:+.1f} MB", more <= 5)


def _async(results: Results) -> Iterator[Verdict]:
    column = "streams-1000"
    for row in (row for row in ROWS if row.is_adapter):
        lost = [item["lost"] for item in results.samples(column, row.id) if "lost" in item]
        ratio = results.ratio(column, row.id, NEWEST)
        measured, held = "not measured", None
        if ratio is not None:
            measured = f"{ratio:.2f}x its rate, {sum(lost)} chunks lost"
            held = ratio > 1 and not sum(lost)
        what = f"1,000 concurrent streams ({row.title})"
        yield Verdict(what, "nothing lost, > 1x AsyncOpenAI 3.54.0", measured, held)


def verdicts(results: Results) -> List[Verdict]:
    parts = (_import, _first, _chunk, _call, _memory, _async)
    return [verdict for part in parts for verdict in part(results)]
