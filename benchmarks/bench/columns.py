"""What is measured: the columns of the table, and how one cell of one round comes about."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from . import fresh
from .rows import NEWEST, ROWS, Row
from .wire import Shape


class Column(NamedTuple):
    id: str
    title: str
    unit: str
    key: str  # which of the raw numbers stands in the table
    rounds: int
    task: Optional[str] = None  # of bench.child; None: a whole process
    job: Dict[str, Any] = {}
    shapes: List[Shape] = []
    more_is_better: bool = False
    rows: Tuple[str, ...] = ()  # ids of those that are asked; none named: all
    after: str = ""  # not asked where this smaller column gave no number


# On one event loop: today's face beside what it stands in for. All rows of all generations would
# take an hour, and no figure speaks of them.
MANY = (
    "raw:modern",
    "fast:modern",
    "legacy-openai-0.28.1:modern",
    f"modern-openai-{NEWEST}:modern",
    "sdk-0.28.1",
    f"sdk-{NEWEST}",
    "aiohttp",
    "httpx",
    "before",
)
# With thousands in flight the others need minutes for a number, or give none.
THOUSANDS = ("raw:modern", "fast:modern", f"sdk-{NEWEST}", "aiohttp")
SMALL = Shape(chunks=2000, size=60)
# Beside chunks that come many a packet: what the page shows, for it takes three seconds a cell.
ALONE = (
    "raw:modern",
    "fast:modern",
    *(row.id for row in ROWS if row.kind == "adapter-modern" and row.backend != "raw-requests"),
    *(row.id for row in ROWS if row.id.startswith("sdk-")),
    "requests",
    "httpx",
)


def _concurrent(
    streams: int, chunks: int, rounds: int, rows: Tuple[str, ...] = (), after: str = ""
) -> Column:
    return Column(
        f"streams-{streams}",
        f"{streams:,} concurrent streams" if streams > 1 else "1 stream, async",
        "chunks/s",
        "per_second",
        rounds,
        "concurrent",
        {"streams": streams, "chunks": chunks},
        [Shape(chunks=chunks, barrier=streams if streams > 1 else 0), Shape(chunks=200)],
        True,
        rows,
        after,
    )


def _calls_at_once(calls: int, each: int, rounds: int, after: str = "") -> Column:
    return Column(
        f"calls-{calls}",
        f"call, {calls:,} in flight",
        "CPU us",
        "cpu_us",
        rounds,
        "calls_at_once",
        {"at_once": calls, "each": each, "longest": 240},
        [SMALL],
        rows=MANY if calls < 1000 else THOUSANDS,
        after=after,
    )


def columns(quick: bool) -> List[Column]:
    rounds, share = (1, 10) if quick else (5, 1)
    chunks, few = 10_000 // share, min(rounds, 3)
    return [
        Column("import", "import", "ms", "wall_ms", rounds),
        Column("first", "first answer, whole process", "ms", "wall_ms", rounds, shapes=[SMALL]),
        Column(
            "call", "call", "CPU us", "cpu_us", rounds, "call", {"calls": 300 // share}, [SMALL]
        ),
        Column(
            "chunk",
            "stream chunk",
            "CPU us",
            "cpu_us",
            rounds,
            "chunk",
            {"chunks": chunks, "warm": SMALL.chunks},
            [Shape(chunks=chunks), SMALL],
        ),
        Column(
            "chunk-alone",
            "stream chunk by itself",
            "CPU us",
            "cpu_us",
            rounds,
            "chunk_alone",
            {"chunks": 300 // share, "warm": SMALL.chunks},
            [Shape(chunks=300 // share, rate=1), SMALL],
            rows=ALONE,
        ),
        Column(
            "first-chunk",
            "time to first chunk",
            "us",
            "wall_us",
            rounds,
            "first_chunk",
            {"times": 42 // share},
            [Shape(chunks=3, pause=0.005)],
        ),
        Column(
            "memory",
            "peak memory",
            "MB",
            "peak_kb",
            few,
            "memory",
            {"chunks": chunks},
            [Shape(chunks=chunks), SMALL],
        ),
        _concurrent(1, 5000 // share, few),
        _concurrent(100, 100 // share, few),
        _concurrent(1000, 100 // share, few, MANY),
        _concurrent(5000, 100 // share, few, MANY, "streams-1000"),
        _calls_at_once(8, 100 // min(share, 5), rounds),
        _calls_at_once(64, 25 // min(share, 5), rounds),
        _calls_at_once(300, 5, rounds),
        _calls_at_once(2000, 10, few, "calls-300"),
        _calls_at_once(5000, 10, few, "calls-2000"),
    ]


def chosen(pattern: Optional[str], quick: bool) -> List[Column]:
    known = columns(quick)
    if not pattern:
        return known
    words = [word.strip() for word in pattern.split(",") if word.strip()]
    unknown = [word for word in words if word not in [column.id for column in known]]
    if unknown:
        names = ", ".join(column.id for column in known)
        raise SystemExit(f"no column {unknown[0]!r}; there are: {names}")
    return [column for column in known if column.id in words]


Whole = Callable[..., Dict[str, Any]]


def whole_process(column: Column, python: str, row: Row, folder: str, urls: List[str]) -> Any:
    if column.id == "import":
        return fresh.import_time(python, row, folder)
    return fresh.first_answer(python, row, folder, urls[0])
