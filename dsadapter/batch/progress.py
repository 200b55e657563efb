"""What a person sees while a job runs: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from time import monotonic
from typing import Any, Optional, TextIO

from .. import _console, _prices
from .._texts import batch as texts
from .._texts.text import Text
from .job import Job

PIPED_SECONDS, TERMINAL_SECONDS = 10.0, 2.0  # between two lines
_SYMBOLS = {"USD": "$", "CNY": "¥"}


def amount(cost: Any, currency: str) -> str:
    """``$1.23``; small amounts with more digits."""
    value = cost.in_currency(currency)
    digits = 2 if value >= 1 or not value else 4 if value >= 0.01 else 6
    return f"{_SYMBOLS[currency]}{value:,.{digits}f}"


def duration(seconds: float) -> Text:
    """Seconds as people say them."""
    minutes = int(seconds) // 60
    if minutes >= 60:
        return texts.HOURS(count=minutes // 60, minutes=minutes % 60)
    return texts.MINUTES(count=minutes) if minutes else texts.SECONDS(count=max(0, round(seconds)))


def progress(job: Job, currency: str) -> Text:
    """How far a job is, in one line."""
    elapsed = max(0.001, monotonic() - job.began)
    estimate, rate = job.estimate(), job.finished_now / elapsed
    expected = texts.EXPECTED(cost=amount(estimate.cost, currency)) if estimate else Text("", "")
    time = texts.TIME_LEFT(time=duration(job.remaining / rate)) if rate else Text("", "")
    return texts.PROGRESS(
        done=f"{job.done:,}",
        total=f"{job.total:,}",
        failed=f"{job.failed:,}",
        in_flight=job.limiter.in_flight,
        limit=job.limiter.limit,
        tokens=f"{job.costs.tokens / elapsed:,.0f}",
        cost=amount(job.costs.total, currency),
        expected=expected,
        time=time,
    )


class LineReporter:
    """One line every few seconds; a ``Reporter`` of jobs."""

    def __init__(self, language: str, currency: str, stream: Optional[TextIO] = None) -> None:
        self._language = language
        self.currency = currency
        self._stream = sys.stderr if stream is None else stream
        is_terminal = _console.is_terminal(self._stream)
        self._interval = TERMINAL_SECONDS if is_terminal else PIPED_SECONDS
        self._shown = monotonic()

    def say(self, text: Text) -> None:
        """Write a line."""
        _console.line(text.say(self._language), self._stream)

    def update(self, job: Job) -> None:
        """Show how far the job is, where it is time to."""
        if monotonic() - self._shown >= self._interval:
            self._shown = monotonic()
            self.say(progress(job, self.currency))

    def waits(self, seconds: float) -> None:
        """Say that it is peak time."""
        self.say(texts.WAITS(time=duration(seconds)))

    def estimated(self, job: Job) -> None:
        """Say what everything will cost."""
        estimate = job.estimate()
        if estimate is not None:
            self.say(
                texts.ESTIMATE(
                    count=job.done + job.failed,
                    cost=amount(estimate.cost, self.currency),
                    band=max(1, round(100 * estimate.band)),
                    date=_prices.PAGE_DATE,
                    hours=texts.PEAK if _prices.is_peak() else texts.OFF_PEAK,
                )
            )

    def close(self) -> None:
        """Nothing more will be shown."""


class BarReporter(LineReporter):
    """A bar, drawn by rich; raises ImportError without it."""

    def __init__(self, language: str, currency: str) -> None:
        super().__init__(language, currency)
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn
        from rich.table import Column

        words = TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=False))
        self._console = Console(stderr=True)
        self._bar = Progress(BarColumn(20), words, console=self._console, expand=True)
        self._task = self._bar.add_task("", total=None)
        self._job: Optional[Job] = None
        self._bar.start()

    def say(self, text: Text) -> None:
        """Write a line above the bar."""
        self._console.print(text.say(self._language), markup=False, highlight=False)

    def update(self, job: Job) -> None:
        """Draw how far the job is."""
        self._job = job
        self._bar.update(
            self._task,
            total=job.total,
            completed=job.done + job.failed,
            description=progress(job, self.currency).say(self._language),
        )

    def close(self) -> None:
        """Draw the end and leave it there."""
        if self._job is not None:
            self.update(self._job)
        self._bar.stop()


def new_reporter(language: str, currency: str = "USD") -> LineReporter:
    """A bar where somebody watches and rich is installed (in a notebook ipywidgets, too), else
    lines."""
    in_notebook = "ipykernel" in sys.modules and find_spec("ipywidgets") is not None
    if _console.is_terminal(sys.stderr) or in_notebook:
        try:
            return BarReporter(language, currency)
        except ImportError:
            pass
    return LineReporter(language, currency)
