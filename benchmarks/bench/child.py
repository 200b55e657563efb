"""One measurement in a process of its own.

    python -m bench.child TASK '{"kind": ..., "backend": ..., "urls": [...], ...}'

prints one JSON object of raw numbers.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Callable, Dict, List, Tuple

from . import limits

Job = Dict[str, Any]
Numbers = Dict[str, Any]


def _timed(work: Callable[[], int]) -> Tuple[int, float, float]:
    """Count, CPU us and wall us per unit of ``work``."""
    cpu, wall = time.process_time(), time.perf_counter()
    count = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return count, cpu / count * 1e6, wall / count * 1e6


def _client(job: Job, url: int = 0) -> Any:
    from . import clients

    return clients.opened(job["kind"], job["backend"], job["urls"][url])


def _calls(client: Any, count: int) -> int:
    for _ in range(count):
        assert client.call()
    return count


def _read(client: Any, chunks: int) -> int:
    count = client.count(client.open())
    if not chunks <= count <= chunks + 2:  # the last chunk, without text, is not always handed out
        raise SystemExit(f"{count} chunks arrived of {chunks}")
    return int(count)


def call(job: Job) -> Numbers:
    client = _client(job)
    _calls(client, 20)
    _, cpu, wall = _timed(lambda: _calls(client, job["calls"]))
    return {"cpu_us": cpu, "wall_us": wall}


def chunk(job: Job) -> Numbers:
    _calls(_client(job, 1), 2)
    _read(_client(job, 1), job["warm"])
    client = _client(job)
    _, cpu, wall = _timed(lambda: _read(client, job["chunks"]))
    return {"cpu_us": cpu, "wall_us": wall}


def chunk_alone(job: Job) -> Numbers:
    """A chunk at a time, some milliseconds apart, as a model writes them."""
    _calls(_client(job, 1), 2)
    _read(_client(job, 1), job["warm"])
    client = _client(job)
    texts = client.texts(client.open())
    next(texts)
    _, cpu, wall = _timed(lambda: sum(1 for _ in texts))
    return {"cpu_us": cpu, "wall_us": wall}


def first_chunk(job: Job) -> Numbers:
    """From the call to the first chunk in hand, on a warm connection; the server then waits."""
    client = _client(job)
    walls: List[float] = []
    for _ in range(job["times"]):
        begun = time.perf_counter()
        texts = client.texts(client.open())
        next(texts)
        walls.append((time.perf_counter() - begun) * 1e6)
        for _ in texts:
            pass
    return {"wall_us": sorted(walls[2:])[len(walls[2:]) // 2], "each_us": walls}


def memory(job: Job) -> Numbers:
    _calls(_client(job, 1), 1)
    _read(_client(job), job["chunks"])
    return {"peak_kb": limits.peak_memory()}


def scale(job: Job) -> Numbers:
    _calls(_client(job, 1), 2)
    _read(_client(job, 1), job["warm"])
    client = _client(job)
    limits.reset_peak()
    before = limits.memory()
    _, cpu, wall = _timed(lambda: _read(client, job["chunks"]))
    now, peak = limits.memory(), limits.peak_memory()
    return {"cpu_us": cpu, "wall_us": wall, "before_kb": before, "after_kb": now, "peak_kb": peak}


def answer(job: Job) -> Numbers:
    """One answer: ``whole``, as a ``stream``, or as a stream whose texts are ``joined``."""
    _calls(_client(job, 1), 2)
    _read(_client(job, 1), job["warm"])
    client, mode, size = _client(job), job["mode"], 0
    limits.reset_peak()
    before, cpu, begun = limits.memory(), time.process_time(), time.perf_counter()
    first = 0.0
    if mode == "whole":
        size = len(client.call())
    else:
        kept: List[str] = []
        for text in client.texts(client.open()):
            first = first or time.perf_counter()
            size += len(text)
            if mode == "joined":
                kept.append(text)
        text = "".join(kept)
    ended = time.perf_counter()
    return {
        "bytes": size,
        "first_s": (first or ended) - begun,
        "whole_s": ended - begun,
        "cpu_s": time.process_time() - cpu,
        "before_kb": before,
        "peak_kb": limits.peak_memory(),
    }


def concurrent(job: Job) -> Numbers:
    import asyncio

    from . import async_clients

    limits.raise_open_files()

    async def main() -> Numbers:
        warm = async_clients.opened(job["kind"], job["backend"], job["urls"][1])
        await warm.count()
        client = async_clients.opened(job["kind"], job["backend"], job["urls"][0])
        cpu, wall = time.process_time(), time.perf_counter()
        streams = (client.count() for _ in range(job["streams"]))
        counts = await asyncio.gather(*streams, return_exceptions=True)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        return _concurrent_numbers(counts, job["chunks"], cpu, wall)

    return asyncio.run(main())


def calls_at_once(job: Job) -> Numbers:
    """CPU of a call where so many places make one after the other, their connections open."""
    import asyncio

    from . import async_clients

    limits.raise_open_files()
    at_once, each = job["at_once"], job["each"]

    async def main() -> Numbers:
        client = async_clients.opened(job["kind"], job["backend"], job["urls"][0])

        async def place(count: int) -> None:
            for _ in range(count):
                assert await client.call()

        await asyncio.gather(*(place(1) for _ in range(at_once)))
        cpu, wall = time.process_time(), time.perf_counter()
        await asyncio.gather(*(place(each) for _ in range(at_once)))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        return {"cpu_us": cpu / (at_once * each) * 1e6, "wall_s": wall}

    return asyncio.run(main())


def _concurrent_numbers(counts: List[Any], chunks: int, cpu: float, wall: float) -> Numbers:
    errors = [f"{type(item).__name__}: {item}" for item in counts if not isinstance(item, int)]
    arrived = [item for item in counts if isinstance(item, int)]
    total = max(1, sum(arrived))
    return {
        "per_second": total / wall,
        "cpu_us": cpu / total * 1e6,
        "wall_s": wall,
        "lost": sum(max(0, chunks - item) for item in arrived) + chunks * len(errors),
        "errors": errors[:3],
        "peak_kb": limits.peak_memory(),
    }


_TASKS = (call, chunk, chunk_alone, first_chunk, memory, scale, answer, concurrent, calls_at_once)
TASKS = {task.__name__: task for task in _TASKS}


def main() -> None:
    job = json.loads(sys.argv[2])
    try:
        numbers = TASKS[sys.argv[1]](job)
    except LookupError as err:
        if str(err) != repr(job["kind"]):
            raise
        numbers = {"absent": "this client has no such side"}
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
