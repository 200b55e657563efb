"""What ``batch`` says at its end, and of a job that is or was."""

from __future__ import annotations

import shlex
from typing import Iterator, List, Optional

from .. import _prices
from .._prices import Cost
from .._texts import batch as texts
from .._texts.text import LIST_COMMA, Text, join, untranslated
from ..batch.progress import amount
from ..batch.results import Stop, Summary
from ..batch.state import BillRow

_LONGEST_REASON = 120  # characters


def report(
    summary: Summary, argv: Optional[List[str]] = None, output: str = "", errors: str = ""
) -> Iterator[Text]:
    """The lines about a job; with ``argv`` also how to go on."""
    if summary.stopped is not None:
        yield texts.STOPPED[summary.stopped](message=summary.message)
    yield texts.SUMMARY(
        done=f"{summary.done:,}",
        total=f"{summary.total:,}",
        failed=f"{summary.failed:,}",
        remaining=f"{summary.remaining:,}",
    )
    if summary.bad_rows:
        yield texts.BAD_SKIPPED(count=f"{summary.bad_rows:,}")
    if summary.maybe_twice:
        yield texts.MAYBE_TWICE(count=f"{summary.maybe_twice:,}")
    yield from _costs(summary)
    if summary.errors:
        rows = [
            texts.ERROR_ROW(count=count, reason=shortened(reason))
            for reason, count in summary.errors.items()
        ]
        yield texts.with_list(texts.ERRORS, rows)
    if argv is not None:
        yield from _next_steps(summary, argv, output, errors)


def _costs(summary: Summary) -> Iterator[Text]:
    if summary.bill:
        cost = amount(summary.cost, summary.currency)
        head = texts.COST(cost=cost, date=_prices.PAGE_DATE)
        yield texts.with_list(head, [_bill_row(row, summary.currency) for row in summary.bill])
    if summary.unpriced:
        names = join((untranslated(name) for name in summary.unpriced), LIST_COMMA)
        yield texts.UNPRICED(models=names)


def _bill_row(row: BillRow, currency: str) -> Text:
    cost = texts.NO_AMOUNT
    if row.usd is not None and row.cny is not None:
        cost = untranslated(amount(Cost(row.usd, row.cny), currency))
    return texts.BILL_ROW(
        model=row.model,
        rows=f"{row.rows:,}",
        miss=f"{row.miss:,}",
        hit=f"{row.hit:,}",
        output=f"{row.output:,}",
        cost=cost,
    )


def _next_steps(summary: Summary, argv: List[str], output: str, errors: str) -> Iterator[Text]:
    command = "python -m dsadapter batch " + " ".join(map(shlex.quote, argv))
    if output != "-":
        yield texts.FILES(output=output, errors=errors)
        if summary.stopped is not None:
            resume = texts.RESUME_BUDGET if summary.stopped == Stop.BUDGET else texts.RESUME
            yield resume(command=command)
        elif summary.failed and "--retry-failed" not in argv:
            yield texts.RETRY(command=command)


def shortened(reason: str) -> str:
    """A server's text on one line, and not too long."""
    line = " ".join(reason.split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 3] + "..."
