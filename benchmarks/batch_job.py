"""What a batch job costs beside its calls, and how well it keeps a limit.

python benchmarks/batch_job.py null 1000000     # CPU and memory of rows without calls
python benchmarks/batch_job.py limit [notext]   # a limit that moves 39, 20, 60, 39
python benchmarks/batch_job.py pace [notext]    # the same without HTTP, for a busy machine
python benchmarks/batch_job.py calls 5000       # CPU beside the same by hand; needs aiohttp
python benchmarks/batch_job.py estimate         # the estimate after 1 % of the rows
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any, Dict, Iterator, List

from dsadapter.batch.calls import Attempt, Outcome
from dsadapter.batch.lines import Lines
from dsadapter.batch.options import Options
from dsadapter.batch.output import response_line
from dsadapter.batch.rows import Row
from dsadapter.batch.runs import Run
from dsadapter.batch.state import DONE, FAILED, Finished
from dsadapter.testing.emulator import Emulator

USAGE = {"prompt_tokens": 10, "prompt_cache_hit_tokens": 0, "completion_tokens": 10}
BODY = {"choices": [{"message": {"content": "x" * 40}}], "usage": USAGE}


def write_rows(path: str, count: int) -> None:
    """An input of so many small rows."""
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            body = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "Hi"}]}
            file.write(json.dumps({"custom_id": f"r{number}", "body": body}) + "\n")


class NullCaller:
    """Answers at once."""

    async def attempt(self, row: Any, deadline: Any) -> Attempt:
        """The same answer to every row."""
        await asyncio.sleep(0)
        line = response_line(row.number, row.custom_id, 200, "", BODY)
        finished = Finished(row.number, DONE, line)
        return Attempt(
            Outcome.FINISHED, finished, 200, model="deepseek-flash", usage=USAGE, priced=True
        )


def null(count: int) -> Dict[str, Any]:
    """CPU and memory of a job whose calls do nothing."""
    write_rows("in.jsonl", count)
    began = time.process_time()
    with Run(Lines.of_file("in.jsonl", may_be_csv=False), "out.jsonl", Options()) as run:
        read = time.process_time()
        summary = asyncio.run(run.execute(caller=NullCaller()))
    ended = time.process_time()
    alone = asyncio.run(_alone(min(count, 20_000)))
    return {
        "rows": summary.done,
        "us a row, reading and checking": round(1e6 * (read - began) / count, 1),
        "us a row, running": round(1e6 * (ended - read) / count - alone, 1),
        "us a row, the calls that do nothing": round(alone, 1),
        "peak memory in MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


async def _alone(count: int) -> float:
    """Microseconds of CPU of a call that does nothing."""
    caller, row = NullCaller(), Row(1, "r1", b"", {})
    began = time.process_time()
    for _ in range(count):
        await caller.attempt(row, None)
    return 1e6 * (time.process_time() - began) / count


IN_FLIGHT = 300
SERVER = """
from dsadapter.testing.emulator import Emulator
with Emulator(max_recorded=1) as emulator:
    print(emulator.base_url, flush=True)
    input()
"""
LIMITS, PHASE, SETTLED, SECONDS = (39, 20, 60, 39), 15.0, 5.0, 0.2


class Served(Emulator):
    """Notes when which row was answered or refused."""

    def __init__(self) -> None:
        super().__init__(max_recorded=1)
        self.log: List[Any] = []

    def respond(self, request: Any, number: int) -> Any:
        response = super().respond(request, number)
        began = time.monotonic()
        if response.status == 429:
            self.log.append((began, 429, 0.0))
        elif response.at_end is not None:
            response.at_end = partial(self._ended, began, response.at_end)
        return response

    def _ended(self, began: float, at_end: Any) -> None:
        """A busy machine has it open for longer than it was told to."""
        at_end()
        self.log.append((began, 200, time.monotonic() - began))


class LimitedCaller:
    """A server without HTTP that refuses what exceeds a limit which moves."""

    def __init__(self, hidden: bool) -> None:
        self.log: List[Any] = []
        self.limit = LIMITS[0]
        self._hidden = hidden
        self._open = 0
        self._chance = random.Random(5)

    async def attempt(self, row: Any, deadline: Any) -> Attempt:
        """Answer after about ``SECONDS``, or refuse at once."""
        await asyncio.sleep(0.002)  # the way there
        message = f"Your current concurrency is {self._open + 1}, which exceeds your concurrency "
        message += f"limit of {self.limit}"
        if self._open >= self.limit:
            self.log.append((time.monotonic(), 429, 0.0))
            finished = Finished(row.number, FAILED, b"", "429")
            return Attempt(Outcome.REFUSED, finished, 429, "" if self._hidden else message)
        seconds = SECONDS * self._chance.uniform(0.5, 1.5)
        began = time.monotonic()
        self._open += 1
        await asyncio.sleep(seconds)
        self._open -= 1
        self.log.append((began, 200, time.monotonic() - began))  # on a busy machine it is longer
        return await NullCaller().attempt(row, deadline)


def pace(hidden: bool) -> Dict[str, Any]:
    """As :func:`limit` without HTTP: what the arithmetic does, not the machine."""
    write_rows("in.jsonl", 60_000)
    moments: List[float] = []

    async def moving() -> None:
        for caller.limit in LIMITS:
            moments.append(time.monotonic())
            await asyncio.sleep(PHASE)
        run.interrupt()

    async def both() -> None:
        await asyncio.gather(run.execute(caller=caller), moving())

    caller = LimitedCaller(hidden)
    with Run(Lines.of_file("in.jsonl", may_be_csv=False), "out.jsonl", Options()) as run:
        asyncio.run(both())
    return _used(caller.log, moments)


def _used(log: List[Any], moments: List[float]) -> Dict[str, Any]:
    refused = sum(status == 429 for _, status, _ in log)
    return {"phases": list(_phases(log, moments)), "wasted %": round(100 * refused / len(log), 2)}


def limit(hidden: bool) -> Dict[str, Any]:
    """Which share of a moving limit is used, from 5 s after each change, and what is wasted."""
    write_rows("in.jsonl", 60_000)
    with Served() as emulator:
        os.environ.update(DEEPSEEK_BASE_URL=emulator.base_url, DEEPSEEK_API_KEY="k")

        def move() -> None:
            for of in LIMITS:
                emulator.fault("limit", times=-1, of=of, seconds=SECONDS, notext=int(hidden))
                moments.append(time.monotonic())
                time.sleep(PHASE)
            loop.call_soon_threadsafe(run.interrupt)

        moments: List[float] = []
        with Run(Lines.of_file("in.jsonl", may_be_csv=False), "out.jsonl", Options()) as run:
            loop = asyncio.new_event_loop()
            threading.Thread(target=move, daemon=True).start()
            while not moments:
                time.sleep(0.001)
            loop.run_until_complete(run.execute())
    return _used(emulator.log, moments)


def _phases(log: List[Any], moments: List[float]) -> Iterator[Dict[str, Any]]:
    for of, moment in zip(LIMITS, moments):
        first, last = moment + SETTLED, moment + PHASE
        served = [delay for at, status, delay in log if status == 200 and first <= at < last]
        busy = sum(served) / (last - first)  # the mean number of open requests
        yield {"limit": of, "used %": round(100 * busy / of, 1), "answers": len(served)}


def calls(count: int) -> Dict[str, Any]:
    """CPU of a job with 300 calls in flight beside the same by hand: aiohttp, json and SQLite."""
    write_rows("in.jsonl", count)
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as server:
        assert server.stdout is not None
        url = server.stdout.readline().decode().strip()
        os.environ.update(DEEPSEEK_BASE_URL=url, DEEPSEEK_API_KEY="k")
        seconds = {}
        for name, work in (("by hand", lambda: by_hand(url)), ("batch", in_batch)) * 2:
            began = time.process_time()
            work()
            spent = time.process_time() - began
            seconds[name] = min(spent, seconds.get(name, spent))
        server.kill()
    result = {f"{name}, us a row": round(1e6 * spent / count) for name, spent in seconds.items()}
    return {**result, "ratio": round(seconds["batch"] / seconds["by hand"], 2)}


def in_batch() -> None:
    """The job, whatever carries its calls."""
    for path in ("out.jsonl", "out.jsonl.state"):
        with suppress(FileNotFoundError):
            os.remove(path)
    options = Options(concurrency=IN_FLIGHT, currency="USD")
    with Run(Lines.of_file("in.jsonl", may_be_csv=False), "out.jsonl", options) as run:
        assert asyncio.run(run.execute()).failed == 0


def by_hand(url: str) -> None:
    """What a careful script does: rows and answers in SQLite, a fixed number of workers."""
    asyncio.run(_by_hand(url))


async def _by_hand(url: str) -> None:
    import aiohttp

    database = sqlite3.connect("hand.sqlite", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("drop table if exists answer")
    database.execute("create table answer(id text primary key, line text)")
    with open("in.jsonl", encoding="utf-8") as file:
        rows = iter([json.loads(text) for text in file])
    connector = aiohttp.TCPConnector(limit=0)
    headers = {"Authorization": "Bearer k"}
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def worker() -> None:
            for row in rows:
                address = f"{url}/chat/completions"
                async with session.post(address, json=row["body"]) as response:
                    body = json.loads(await response.read())
                answer = {"custom_id": row["custom_id"], "response": body}
                values = (row["custom_id"], json.dumps(answer))
                database.execute("insert into answer values(?, ?)", values)

        await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    with open("hand.jsonl", "w", encoding="utf-8") as file:
        for (text,) in database.execute("select line from answer"):
            file.write(text + "\n")
    database.close()


def estimate() -> Dict[str, Any]:
    """How near the estimate after 1 % of the rows is to the cost of all; with a context cache."""
    chance = random.Random(3)
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for number in range(5000):
            system = f"You are clerk {number % 3}. " + "Sort what comes with great care. " * 30
            words = " ".join(chance.choices(["red", "green", "blue"], k=chance.randint(1, 60)))
            messages = [
                {"role": "system", "content": system},
                {"role": "user", "content": words},
            ]
            body = {
                "model": "deepseek-flash",
                "thinking": {"type": "disabled"},
                "messages": messages,
            }
            file.write(json.dumps({"custom_id": f"r{number}", "body": body}) + "\n")
    with Emulator(prefix_cache=True, max_recorded=1) as emulator:
        os.environ.update(DEEPSEEK_BASE_URL=emulator.base_url, DEEPSEEK_API_KEY="k")
        with Run(Lines.of_file("in.jsonl", may_be_csv=False), "out.jsonl", Options()) as run:
            summary = asyncio.run(run.execute())
    assert summary.estimate is not None
    expected, paid = summary.estimate.cost.usd, summary.cost.usd
    (bill,) = summary.bill
    return {
        "estimated": round(expected, 5),
        "paid": round(paid, 5),
        "error %": round(100 * (expected / paid - 1), 2),
        "band %": round(100 * summary.estimate.band, 2),
        "hits %": round(100 * bill.hit / (bill.hit + bill.miss), 1),
    }


def main(argv: List[str]) -> None:
    """Run one of them in a temporary folder and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        if argv[0] == "null":
            result = null(int(argv[1]))
        elif argv[0] == "calls":
            result = calls(int(argv[1]))
        elif argv[0] in ("limit", "pace"):
            result = {"limit": limit, "pace": pace}[argv[0]]("notext" in argv)
        else:
            result = estimate()
        os.chdir("/")
    print(json.dumps(result))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(sys.argv[1:])
