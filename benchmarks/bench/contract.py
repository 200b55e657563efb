"""Section 12 of the contract: each figure, and what a results file says about it."""

from __future__ import annotations

from statistics import median
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import gateway_report
from .columns import MANY
from .parts import SCALE_ROWS
from .results import Results
from .rows import BY_ID, NEWEST, ROWS, Row

SDK = f"sdk-{NEWEST}"
MB = 1024  # KB
SHORT, LONG = 10**4, 10**6  # chunks


class Verdict(NamedTuple):
    what: str
    figure: str  # what the contract asks for
    measured: str
    held: Optional[bool]  # None: not measured


class Ratio(NamedTuple):
    """At most ``limit`` times what row ``other`` takes, in every row that begins with ``row``.

    ``other_column``: where it is the same row in another column that is compared with.
    """

    what: str
    column: str
    row: str
    limit: float
    other: Optional[str] = None  # None: the SDK, or what is written by hand, of the same row
    other_column: Optional[str] = None
    key: Optional[str] = None


STREAM_CPU = "a stream's chunk among {} at once, CPU"
RATIOS = (
    Ratio("first answer", "first", "raw", 1.08, "requests"),
    Ratio("stream chunk, CPU", "chunk", "raw:modern", 0.85, "requests"),
    Ratio("stream chunk, CPU", "chunk", "fast:modern", 0.62, "requests"),
    Ratio("stream chunk, CPU", "chunk", "raw:legacy", 1.3, "requests"),
    Ratio("stream chunk, CPU", "chunk", "legacy-openai-0.28.1:legacy", 0.26),
    *(
        Ratio("stream chunk, CPU", "chunk", f"modern-openai-{version}:legacy", 0.24)
        for version in ("1.109.1", "2.54.0", NEWEST)
    ),
    *(
        Ratio("stream chunk, CPU", "chunk", f"modern-openai-{version}:modern", limit)
        for version, limit in (("1.109.1", 0.17), ("2.54.0", 0.17), (NEWEST, 0.15))
    ),
    Ratio("call, CPU", "call", "legacy-openai-0.28.1:legacy", 1.05),
    Ratio("call, CPU", "call", "legacy-openai-0.28.1:modern", 0.75),
    *(
        Ratio("call, CPU", "call", f"modern-openai-{version}:modern", 0.75)
        for version in ("1.109.1", "2.54.0", NEWEST)
    ),
    Ratio("async call, CPU, 64 in flight", "calls-64", "fast:modern", 2.1),
    Ratio("async call, CPU, 300 in flight", "calls-300", "fast:modern", 2.0),
    Ratio("async call, CPU, 64 in flight", "calls-64", "raw:modern", 0.5, "before"),
    *(
        Ratio(
            f"async call, CPU, {calls:,} in flight",
            f"calls-{calls}",
            "raw:modern",
            1.6,
            "raw:modern",
            "calls-64",
        )
        for calls in (2000, 5000)
    ),
    Ratio(STREAM_CPU.format(100), "streams-100", "fast:modern", 1 / 8, SDK, None, "cpu_us"),
    *(
        Ratio(
            STREAM_CPU.format(f"{count:,}"),
            f"streams-{count}",
            "fast:modern",
            1.2,
            "fast:modern",
            "streams-100",
            "cpu_us",
        )
        for count in (1000, 5000)
    ),
)


def _ratios(results: Results) -> Iterator[Verdict]:
    for figure in RATIOS:
        for row in (row for row in ROWS if row.id.startswith(figure.row)):
            yield _verdict(results, figure, row)


def _verdict(results: Results, figure: Ratio, row: Row) -> Verdict:
    other = BY_ID[figure.other or str(row.native)]
    column = figure.other_column or figure.column
    mine = results.median(figure.column, row.id, figure.key)
    theirs = results.median(column, other.id, figure.key)
    ratio = mine / theirs if mine is not None and theirs else None
    of = f"its own at {column.partition('-')[2]}" if figure.other_column else other.title
    return Verdict(
        f"{figure.what} ({row.title})",
        f"<= {figure.limit:.3g}x {of}",
        "not measured" if ratio is None else f"{ratio:.3f}x",
        None if ratio is None else ratio <= figure.limit,
    )


def _import(results: Results) -> Iterator[Verdict]:
    for row in (row for row in ROWS if row.id.startswith("raw")):
        took = results.median("import", row.id, "wall_ms")
        measured = "not measured" if took is None else f"{took:.1f} ms"
        held = None if took is None else took <= 30
        yield Verdict(f"import dsadapter ({row.title})", "<= 30 ms", measured, held)
        samples = [item["modules"] for item in results.samples("import", row.id)]
        foreign = sorted({name for names in samples for name in names} - {"dsadapter"})
        measured = (", ".join(foreign) or "none") if samples else "not measured"
        held = not foreign if samples else None
        yield Verdict(f"third-party modules imported ({row.title})", "none", measured, held)


def peak(results: Results, row: str, chunks: int) -> Optional[float]:
    """KB by which one stream of so many chunks raised the peak."""
    points = results.points("scale", row=row, chunks=chunks)
    grown = [p["peak_kb"] - p["before_kb"] for p in points if "peak_kb" in p]
    return median(grown) if grown else None


def _memory(results: Results) -> Iterator[Verdict]:
    for row in (BY_ID[id] for id in SCALE_ROWS):
        if not row.is_adapter:
            continue
        short, long = (peak(results, row.id, chunks) for chunks in (SHORT, LONG))
        what = f"memory, {LONG:,} chunks over {SHORT:,} ({row.title})"
        if short is None or long is None:
            yield Verdict(what, "<= 5 MB", "not measured", None)
        else:
            more = (long - short) / MB
            yield Verdict(what, "<= 5 MB", f"{more:+.1f} MB", more <= 5)


def _lost(results: Results) -> Iterator[Verdict]:
    """Of the adapter's streams, which all have to be open at once."""
    for count in (100, 1000, 5000):
        for row in (BY_ID[id] for id in MANY if BY_ID[id].is_adapter and id != "before"):
            samples = results.samples(f"streams-{count}", row.id)
            lost = [item["lost"] for item in samples if "lost" in item]
            measured, held = "not measured", None
            if lost:
                measured, held = f"{sum(lost)} chunks", not sum(lost)
            yield Verdict(f"lost of {count:,} streams at once ({row.title})", "0", measured, held)


def of_gateway(data: Dict[str, Any]) -> Iterator[Verdict]:
    """What ``gateway.json`` says; nothing in it: that nothing was measured."""
    for line in gateway_report.rows(data):
        if line.figure:
            yield Verdict(f"gateway: {line.what}", line.figure, line.measured, line.held)


def verdicts(results: Results) -> List[Verdict]:
    parts: Tuple[Any, ...] = (_import, _ratios, _memory, _lost)
    return [verdict for part in parts for verdict in part(results)]
