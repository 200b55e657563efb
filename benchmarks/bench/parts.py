"""What is measured beside the table: against the length of a stream, and the guide's claims."""

from __future__ import annotations

from typing import Any, Dict, List

from .rows import NEWEST, Row
from .runner import Failed, Runner
from .wire import Shape

Point = Dict[str, Any]
WARM = Shape(chunks=2000, size=60)
TOKEN = 6  # bytes of text in a chunk, on average

SCALE_ROWS = (
    "raw:modern",
    "raw:legacy",
    "fast:modern",
    "legacy-openai-0.28.1:modern",
    f"modern-openai-{NEWEST}:modern",
    "sdk-0.28.1",
    f"sdk-{NEWEST}",
)
ANSWER_ROWS = ("raw:modern", "legacy-openai-0.28.1:modern", f"modern-openai-{NEWEST}:modern")
MODES = ("whole", "stream", "joined")
RATE = 100_000  # bytes of text a second, where the server generates


def lengths(quick: bool) -> List[int]:
    return [10**3, 10**4] if quick else [10**3, 10**4, 10**5, 10**6]


def sizes(quick: bool) -> List[int]:
    return [10**3, 10**5] if quick else [10**3, 10**4, 10**5, 10**6, 10**7]


def paced_sizes(quick: bool) -> List[int]:
    return [10**3, 10**4] if quick else [10**3, 10**4, 10**5]


def _length(chunks: int) -> Shape:
    return Shape(chunks=chunks)


def _answer(size: int, rate: int = 0) -> Shape:
    return Shape(chunks=max(1, size // TOKEN), size=size, rate=rate)


def shapes(quick: bool) -> List[Shape]:
    return [
        WARM,
        *map(_length, lengths(quick)),
        *map(_answer, sizes(quick)),
        *(_answer(size, RATE) for size in paced_sizes(quick)),
    ]


def _rounds(amount: int, quick: bool) -> int:
    """Large ones repeat themselves inside, so to speak."""
    return 1 if quick or amount > 100_000 else 3 if amount > 10_000 else 5


def _among(rows: List[Row], ids: Any) -> List[Row]:
    return [row for row in rows if row.id in ids]


def scale(run: Runner, rows: List[Row], quick: bool, say: Any) -> List[Point]:
    """CPU per chunk and memory against the length of a stream."""
    points: List[Point] = []
    for chunks in lengths(quick):
        say(f"scale: {chunks:,} chunks")
        measured = [row for row in _among(rows, SCALE_ROWS) if row.is_adapter or chunks <= 10**5]
        for number in range(_rounds(chunks, quick)):
            for row in measured:
                point: Point = {"row": row.id, "chunks": chunks, "round": number}
                shapes = [_length(chunks), WARM]
                job = {"chunks": chunks, "warm": WARM.chunks}
                points.append(_measured(point, run, row, "scale", shapes, job))
    return points


def answers(run: Runner, rows: List[Row], quick: bool, say: Any) -> List[Point]:
    """Memory and time of one answer: whole, as a stream, and as a stream put together."""
    points: List[Point] = []
    for rate, every_size in ((0, sizes(quick)), (RATE, paced_sizes(quick))):
        for size in every_size:
            say(f"answers: {size:,} bytes" + (f" at {rate:,} bytes/s" if rate else ""))
            for number in range(_rounds(size, quick)):
                # The longest takes a minute each, and the backends differ in nothing else by then.
                for row in _among(rows, ANSWER_ROWS[: 1 if size > 10**6 else None]):
                    for mode in MODES:
                        point = {"row": row.id, "size": size, "rate": rate, "mode": mode}
                        point["round"] = number
                        job = {"mode": mode, "warm": WARM.chunks}
                        shapes = [_answer(size, rate), WARM]
                        points.append(_measured(point, run, row, "answer", shapes, job))
    return points


def _measured(
    point: Point, run: Runner, row: Row, task: str, shapes: List[Shape], job: Dict[str, Any]
) -> Point:
    try:
        return {**point, **run.child(row, task, shapes, **job)}
    except Failed as err:
        return {**point, "absent": str(err)}
