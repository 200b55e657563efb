"""Rows, what is written of them, and callers without a network."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from dsadapter.batch.calls import Attempt, Outcome
from dsadapter.batch.output import failure_line, response_line
from dsadapter.batch.state import DONE, FAILED, Finished

USAGE = {"prompt_tokens": 1000, "prompt_cache_hit_tokens": 0, "completion_tokens": 1000}


def line(number: int, **fields: Any) -> Dict[str, Any]:
    body = {"model": "deepseek-flash", "messages": [{"role": "user", "content": f"Row {number}"}]}
    row = {"custom_id": f"r{number}", "method": "POST", "url": "/v1/chat/completions", "body": body}
    return {**row, **fields}


def read(path: str) -> List[Any]:
    return [json.loads(text) for text in Path(path).read_text(encoding="utf-8").splitlines()]


def ids(path: str) -> List[str]:
    return [row["custom_id"] for row in read(path)]


class Calls:
    """A caller without a network: ``answer(row, n)`` gives the nth attempt at a row."""

    def __init__(self, answer: Optional[Callable[[Any, int], Attempt]] = None) -> None:
        self.answer = answer or (lambda row, number: done(row))
        self.sent: List[str] = []
        self.in_flight = self.most_in_flight = 0
        self.deadlines: List[Optional[float]] = []

    async def attempt(self, row: Any, deadline: Optional[float]) -> Attempt:
        self.sent.append(row.custom_id)
        self.deadlines.append(deadline)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0.001)
            return self.answer(row, self.sent.count(row.custom_id))
        finally:
            self.in_flight -= 1


def done(row: Any, **usage: int) -> Attempt:
    counts = {**USAGE, **usage}
    data = response_line(row.number, row.custom_id, 200, "", {"choices": [], "usage": counts})
    return Attempt(
        Outcome.FINISHED,
        Finished(row.number, DONE, data),
        200,
        model="deepseek-flash",
        usage=counts,
        priced=True,
    )


def refused(
    row: Any, status: int, message: str = "no", outcome: Outcome = Outcome.FINISHED
) -> Attempt:
    data = response_line(row.number, row.custom_id, status, "", {"error": {"message": message}})
    finished = Finished(row.number, FAILED, data, f"{status}: {message}")
    return Attempt(outcome, finished, status, message, 0.001)


def lost(row: Any, *, billed: bool = True) -> Attempt:
    data = failure_line(row.number, row.custom_id, "connection_error", "gone")
    finished = Finished(row.number, FAILED, data, "connection_error: gone", billed)
    return Attempt(Outcome.RETRY, finished, retry_after=0.001, billed=billed)
