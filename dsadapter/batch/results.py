"""What a caller gets: one Result a row, and a Summary of the job."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Dict, List, NamedTuple, Optional

from .._prices import PAGE_DATE, Cost
from .costs import Costs, Estimate
from .state import BillRow, State

COMMONEST = 10  # errors in a summary


class Failure(NamedTuple):
    """Why a row has no answer: ``code`` is connection_error, timeout, truncated,
    budget_exceeded or invalid_request."""

    code: str
    message: str


@dataclass(frozen=True)
class Result:
    """What became of a row.

    ``status_code`` and ``body`` are the server's answer, also where it refused the row; None where
    there was none, and then ``error`` says why. ``line`` is the row's number in the input.
    """

    custom_id: str
    line: int
    status_code: Optional[int] = None
    body: Any = None
    request_id: str = ""
    error: Optional[Failure] = None

    @property
    def ok(self) -> bool:
        """Whether the row was answered well."""
        return self.status_code is not None and self.status_code < 400

    @property
    def text(self) -> Optional[str]:
        """The words of the answer, None where there are none."""
        if not self.ok:
            return None
        choices = self.body.get("choices") or [{}]
        content = (choices[0].get("message") or {}).get("content")
        return None if content is None else str(content)

    @classmethod
    def of_line(cls, number: int, line: bytes) -> Result:
        """From a line of the output or of the errors."""
        data = json.loads(line)
        response, error = data["response"] or {}, data["error"]
        return cls(
            data["custom_id"],
            number,
            response.get("status_code"),
            response.get("body"),
            response.get("request_id", ""),
            Failure(error["code"], error["message"]) if error else None,
        )


class Stop:
    """Why a job ended before its last row."""

    BUDGET, BALANCE, KEY, INTERRUPTED = "budget", "402", "401", "interrupted"


@dataclass(frozen=True)
class Summary:
    """A job when it ended, or as far as it is.

    ``remaining`` rows were not asked; ``bad_rows`` were no requests and were skipped;
    ``maybe_twice`` is how many requests may have been billed a second time, at most. ``stopped`` is
    None, or one of the reasons in ``Stop``. ``cost`` is of all runs; models of ``unpriced`` are not
    in it. ``elapsed`` is in seconds, of this run.
    """

    total: int
    done: int
    failed: int
    remaining: int
    maybe_twice: int
    cost: Cost
    currency: str
    bad_rows: int = 0
    stopped: Optional[str] = None
    message: str = ""
    elapsed: float = 0.0
    estimate: Optional[Estimate] = None
    unpriced: List[str] = field(default_factory=list)
    bill: List[BillRow] = field(default_factory=list)
    errors: Dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 every row done, 1 some failed or the job was stopped, 130 it was interrupted."""
        if self.stopped == Stop.INTERRUPTED:
            return 130
        return 1 if self.failed or self.stopped else 0

    def to_dict(self) -> Dict[str, Any]:
        """The summary as JSON has it."""
        data = dict(vars(self))
        data["cost"] = self.cost._asdict()
        data["bill"] = [row._asdict() for row in self.bill]
        data["prices_of"] = PAGE_DATE
        if self.estimate is not None:
            data["estimate"] = {**self.estimate.cost._asdict(), "band": self.estimate.band}
        return data


def summary_of(state: State, currency: str, *, last: Optional[int] = None, **more: Any) -> Summary:
    """The summary of a state; ``last`` is the number of the last row that counts."""
    counts, costs = state.counts(last), Costs(state)
    return Summary(
        total=counts.total,
        done=counts.done,
        failed=counts.failed,
        remaining=counts.new + counts.sent,
        maybe_twice=state.read("maybe_twice") or 0,
        cost=costs.total,
        currency=currency,
        unpriced=sorted(costs.unpriced),
        bill=state.bill(),
        errors=dict(state.reasons(COMMONEST)),
        **more,
    )
