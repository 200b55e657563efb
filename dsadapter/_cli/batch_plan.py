"""``batch --dry-run``: the input is read and checked, and nothing is sent."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from typing import Any, Dict, Optional

from .. import _console, _prices
from .._prices import Cost
from .._texts import batch as texts
from .._texts.text import Text, untranslated
from ..batch.costs import SMALLEST_SAMPLE
from ..batch.intake import Intake
from ..batch.lines import Lines
from ..batch.options import CURRENCIES, Options
from ..batch.progress import amount
from ..batch.rows import Row, RowReader
from ..batch.state import State

_LATIN, _OTHER = 0.3, 0.6  # tokens of a character, by the documented rule
_FIRST_OTHER = "\u2e80"


def plan(lines: Lines, options: Options, output: str, language: str) -> int:
    """Say how many rows there are and what their prompts cost; gives the exit code.

    Raises InputError as a run would.
    """
    intake = Intake(lines, options)
    with tempfile.TemporaryDirectory() as folder:
        state = State(os.path.join(folder, "state"), for_run=True)
        try:
            intake.take_over(state)
        finally:
            state.close()
    tokens: Dict[str, float] = defaultdict(float)
    rows: Dict[str, int] = defaultdict(int)
    for row in good_rows(lines, options):
        model = str(row.body.get("model"))
        tokens[model] += prompt_tokens(row.body)
        rows[model] += 1
    for text in _texts(rows, tokens, options.currency):
        _console.line(text.say(language))
    return 0


def good_rows(lines: Lines, options: Options) -> Any:
    """The requests of an input."""
    reader = RowReader(options)
    for line in lines:
        row = reader.read(line)
        if isinstance(row, Row) and (options.shard is None or options.shard.has(row.custom_id)):
            yield row


def prompt_tokens(body: Dict[str, Any]) -> float:
    """About how many tokens the texts of a request have."""
    text = "".join(str(message.get("content") or "") for message in body["messages"])
    latin = sum(character < _FIRST_OTHER for character in text)
    return _LATIN * latin + _OTHER * (len(text) - latin)


def _texts(rows: Dict[str, int], tokens: Dict[str, float], currency: Optional[str]) -> Any:
    total, unpriced = Cost(0.0, 0.0), []
    for model, count in tokens.items():
        cost = _prices.cost(model, {"prompt_tokens": count}, _prices.next_off_peak())
        total = total.plus(cost)
        unpriced += [model] if cost is None else []
    yield texts.PLAN(
        rows=f"{sum(rows.values()):,}",
        tokens=f"{sum(tokens.values()):,.0f}",
        cost=" / ".join(amount(total, name) for name in ([currency] if currency else CURRENCIES)),
        date=_prices.PAGE_DATE,
    )
    for model, count in rows.items():
        name: Text = untranslated(model)
        yield texts.PLAN_MODEL(model=name, rows=f"{count:,}")
    if unpriced:
        yield texts.UNPRICED(models=", ".join(unpriced))
    yield texts.PLAN_ANSWERS(count=SMALLEST_SAMPLE)
