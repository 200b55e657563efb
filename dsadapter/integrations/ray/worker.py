"""The actor that asks: one of several, each with several blocks at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import Any, Callable, Dict, Optional
from uuid import uuid4

from ..._backends.shared_gate import SharedGate
from ..._texts.text import Text
from ...batch.calls import Attempt, Caller, Outcome
from ...batch.job import pause_before_next
from ...batch.options import Options
from ...batch.rows import BadRow, Row, RowReader
from ...batch.schedule import Item
from .columns import Answer, check_columns, request_of, with_answers
from .limit import SharedLimit

MOST_CONNECTIONS = 2500
LAST_SECONDS = 2.0  # to close connections


@dataclass(frozen=True)
class Plan:
    """What a worker is told. ``client`` makes an AsyncOpenAI, None: by the settings of the
    worker's environment; ``limiter`` is the name of the limiter."""

    options: Options
    id_column: str
    limiter: str
    client: Optional[Callable[[], Any]] = None


class ChatWorker:
    """Asks the rows of a block side by side with those of others."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._reader = RowReader(plan.options)
        self._client = (plan.client or _new_client)()
        self._caller = Caller(self._client)
        self._gate: Optional[SharedGate] = None
        self._loop: Optional[asyncio.AbstractEventLoop] = None

    async def __call__(self, block: Any) -> Any:
        """The block with its answers; a row that fails raises nothing."""
        check_columns(block.column_names, self._plan.id_column)
        if self._gate is None:
            self._loop = asyncio.get_running_loop()
            shared = SharedLimit(self._plan.limiter, uuid4().hex)
            self._gate = SharedGate(shared.renew, self._plan.options.concurrency)
        asked = [asyncio.ensure_future(self._answer(row)) for row in block.to_pylist()]
        try:
            answers = await asyncio.gather(*asked)
        finally:
            for task in asked:
                task.cancel()
        return with_answers(block, answers)

    async def _answer(self, fields: Dict[str, Any]) -> Answer:
        row = request_of(self._reader, fields, self._plan.id_column)
        if isinstance(row, BadRow):
            return Answer(False, error_code="invalid_request", error_message=_said(row.problem))
        attempt = await self._last_attempt(row)
        return Answer.of_line(attempt.finished.line)

    async def _last_attempt(self, row: Row) -> Attempt:
        """Ask until nothing follows."""
        item, deadline = Item(row), self._plan.options.deadline
        while True:
            attempt = await self._attempt(item, deadline)
            pause = pause_before_next(item, attempt, deadline)
            if pause is None:
                return attempt
            await asyncio.sleep(pause)

    async def _attempt(self, item: Item, deadline: Optional[float]) -> Attempt:
        gate = self._gate
        assert gate is not None
        epoch = await gate.acquire(first=item.began is not None)
        now = monotonic()
        item.began = now if item.began is None else item.began
        try:
            remaining = None if deadline is None else item.began + deadline - now
            attempt = await self._caller.attempt(item.row, remaining)
        except BaseException:
            gate.release()
            raise
        if attempt.outcome is Outcome.REFUSED:
            gate.refused(epoch, attempt.message)
        elif attempt.status is not None and attempt.status < 500:
            gate.answered(epoch)
        else:
            gate.release()
        return attempt

    def __del__(self) -> None:
        """Ray lets go of the actor in another thread than that of its event loop."""
        loop = getattr(self, "_loop", None)
        if loop is not None and loop.is_running():
            asyncio.run_coroutine_threadsafe(self._client.close(), loop).result(LAST_SECONDS)


def _new_client() -> Any:
    from ..._client.async_client import AsyncOpenAI

    return AsyncOpenAI(max_connections=MOST_CONNECTIONS)


def _said(problem: Text) -> str:
    return problem.en
