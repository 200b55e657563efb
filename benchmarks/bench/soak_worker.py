"""One environment's share of a soak, in one process: threads and an event loop side by side.

    python -m bench.soak_worker '{"calls": 1000, "faults": 0.05, "backends": [...], ...}'

prints one JSON object (the tally, what was not as expected, samples of memory and sockets), and
stays until its standard input ends.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import sys
import threading
import time
import warnings
from collections import Counter, defaultdict
from queue import Empty, SimpleQueue
from typing import Any, Dict, List, Optional

from . import limits, soak_watchdog
from .soak_calls import (
    CANCELLED,
    CLOSED,
    KEY,
    LEFT,
    OK,
    TAKEN,
    TWICE,
    Call,
    Seen,
    calls,
    lost_with_connection,
    problem,
)

THREADS, TASKS, SAMPLES, SHOWN = 8, 24, 60, 40


class Ledger:
    """Everything that happened, counted under one lock."""

    def __init__(self, total: int) -> None:
        self.tally: Dict[str, Counter[str]] = defaultdict(Counter)
        self.kinds: Counter[str] = Counter()
        self.problems: List[str] = []
        self.problem_count = 0
        self.retried: List[str] = []  # good answers that took a retry without a fault of their own
        self.lost: Dict[int, str] = {}  # calls by number, see lost_with_connection
        self.samples: List[Dict[str, Any]] = []
        self.under_way: Dict[int, Call] = {}
        self.done, self._every = 0, max(1, total // SAMPLES)
        self._lock = threading.Lock()

    def begin(self, call: Call) -> Call:
        self.under_way[call.number] = call
        return call

    def enter(self, call: Call, seen: Seen) -> None:
        wrong = problem(call, seen)
        shape = "stream" if call.stream else "whole"
        with self._lock:
            del self.under_way[call.number]
            self.done += 1
            self.tally[f"{call.cell}, {shape}"][seen.outcome] += 1
            self.kinds[f"{call.backend}, {call.face}, {call.colour}, {shape}"] += 1
            what = f"{call.cell}, {shape}, {call.backend}, {call.face}, {call.colour}"
            if call.fault is None and seen.retries:
                self.retried.append(f"#{call.number} ({what}): {seen.why}")
            if lost_with_connection(call, seen):
                self.lost[call.number] = f"#{call.number} ({what}): {seen.error!r}"
            elif wrong:
                self.problem_count += 1
                if len(self.problems) < SHOWN:
                    self.problems.append(f"#{call.number} ({what}): {wrong}: {seen.error!r}")
            if self.done % self._every == 0:
                self.sample()

    def sample(self) -> None:
        sockets = limits.open_sockets()
        sample = {"calls": self.done, "kb": limits.memory(), "sockets": sockets}
        self.samples.append({**sample, "threads": threading.active_count()})


def _text(call: Call, reply: Any) -> str:
    if call.fault is not None and not call.fault.readable:
        return repr(reply) and ""
    return "".join(choice["message"]["content"] or "" for choice in reply["choices"])


def _piece(call: Call, chunk: Any) -> str:
    if call.fault is not None and not call.fault.readable:
        return repr(chunk) and ""  # whatever is in it
    return "".join(choice["delta"].get("content") or "" for choice in chunk["choices"])


def _retries(result: Any) -> Optional[int]:
    info = getattr(result, "adapter", None)
    return None if info is None else len(info.retries)


def _why(result: Any) -> str:
    info = getattr(result, "adapter", None)
    return repr(info.retries) if info is not None and info.retries else ""


def _failed(err: BaseException, pieces: List[str]) -> Seen:
    return Seen(type(err).__name__, "".join(pieces), None, err)


class Worker:
    def __init__(self, job: Dict[str, Any]) -> None:
        import dsadapter

        self.dsadapter, self.job = dsadapter, job
        self.ledger = Ledger(job["calls"])
        self.sync_calls: SimpleQueue[Call] = SimpleQueue()
        self.async_calls: SimpleQueue[Call] = SimpleQueue()
        self.closing: List[asyncio.Task[None]] = []
        settings = {"api_key": KEY, "base_url": job["url"], "provider": "deepseek"}
        for name, value in {**settings, "backend": job["backends"][0]}.items():
            setattr(dsadapter, name, value)
        self.sync = {b: dsadapter.OpenAI(**settings, backend=b) for b in job["backends"]}
        self.asynchronous = {
            b: dsadapter.AsyncOpenAI(**settings, backend=b) for b in job["backends"]
        }

    def run(self) -> Dict[str, Any]:
        made = calls(self.job["calls"], self.job["faults"], self.job["backends"], self.job["seed"])
        for call in made:
            (self.sync_calls if call.colour == "sync" else self.async_calls).put(call)
        soak_watchdog.watch(lambda: self.ledger.done, self.ledger.under_way)
        threads = [threading.Thread(target=self._thread) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        asyncio.run(self._loop())
        for thread in threads:
            thread.join()
        for client in self.sync.values():
            client.close()
        return self._report()

    def _report(self) -> Dict[str, Any]:
        ledger = self.ledger
        ledger.sample()
        del self.sync, self.asynchronous
        _close_shared()
        gc.collect()
        time.sleep(0.5)
        return {
            "tally": {cell: dict(counts) for cell, counts in sorted(ledger.tally.items())},
            "kinds": dict(sorted(ledger.kinds.items())),
            "problems": ledger.problems,
            "problem_count": ledger.problem_count,
            "retried_without_fault": ledger.retried,
            "lost_with_connection": ledger.lost,
            "samples": ledger.samples,
            "sockets_left": limits.open_sockets(),
        }

    # sync

    def _thread(self) -> None:
        while True:
            try:
                call = self.ledger.begin(self.sync_calls.get_nowait())
            except Empty:
                return
            self.ledger.enter(call, self._seen(call))

    def _seen(self, call: Call) -> Seen:
        pieces: List[str] = []
        try:
            if call.face == "modern":
                create = self.sync[call.backend].chat.completions.create
            else:
                create = self.dsadapter.ChatCompletion.create
            result = create(**call.params())
            if not call.stream:
                return Seen(OK, _text(call, result), _retries(result), None, _why(result))
            if call.ends == CLOSED:
                threading.Timer(call.ends_after, result.close).start()
            for chunk in result:
                pieces.append(_piece(call, chunk))
                if call.ends == LEFT and len(pieces) == TAKEN:
                    return Seen(LEFT)
            return Seen(OK, "".join(pieces), _retries(result), None, _why(result))
        except Exception as err:
            return _failed(err, pieces)

    # async

    async def _loop(self) -> None:
        await asyncio.gather(*(self._task() for _ in range(TASKS)))
        await asyncio.gather(*self.closing)
        for client in self.asynchronous.values():
            await client.close()

    async def _task(self) -> None:
        while True:
            try:
                call = self.ledger.begin(self.async_calls.get_nowait())
            except Empty:
                return
            self.ledger.enter(call, await self._aseen(call))

    async def _aseen(self, call: Call) -> Seen:
        if call.ends not in (CANCELLED, TWICE):
            return await self._acall(call)
        task = asyncio.ensure_future(self._acall(call))
        await asyncio.wait([task], timeout=call.ends_after)
        task.cancel()
        if call.ends == TWICE:
            await asyncio.sleep(0)
            task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            return Seen(CANCELLED)

    async def _acall(self, call: Call) -> Seen:
        pieces: List[str] = []
        try:
            if call.face == "modern":
                create = self.asynchronous[call.backend].chat.completions.create
            else:
                create = self.dsadapter.ChatCompletion.acreate
            result = await create(**call.params())
            if not call.stream:
                return Seen(OK, _text(call, result), _retries(result), None, _why(result))
            if call.ends == CLOSED:
                self.closing.append(asyncio.ensure_future(_close_later(call, result)))
            async for chunk in result:
                pieces.append(_piece(call, chunk))
                if call.ends == LEFT and len(pieces) == TAKEN:
                    await result.aclose()
                    return Seen(LEFT)
            return Seen(OK, "".join(pieces), _retries(result), None, _why(result))
        except Exception as err:
            return _failed(err, pieces)


async def _close_later(call: Call, stream: Any) -> None:
    await asyncio.sleep(call.ends_after)
    await stream.aclose()


def _close_shared() -> None:
    """Calls without a client share connections until the process ends; here they are counted."""
    from dsadapter._backends import holders

    for (make, _), holder in holders._shared.items():
        if make is holders.sync_holder:
            holder.close()


def main() -> None:
    import dsadapter

    limits.raise_open_files()
    logging.getLogger("dsadapter").addHandler(logging.NullHandler())  # it tells of each retry
    warnings.simplefilter("always", ResourceWarning)
    warnings.simplefilter("ignore", dsadapter.RepairWarning)
    print(json.dumps(Worker(json.loads(sys.argv[1])).run()), flush=True)
    sys.stdin.read()  # whoever started us counts what is left open meanwhile


if __name__ == "__main__":
    main()
