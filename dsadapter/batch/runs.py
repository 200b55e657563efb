"""A whole run: input, state, client, job, output, summary."""

from __future__ import annotations

import os
import shutil
import tempfile
from time import monotonic
from typing import Any, Dict, List, Optional, Set, Tuple

from .. import _prices
from .._backends.gate import file_limit
from .._backends.limiter import FIRST_LIMIT, HIGHEST_LIMIT, Limiter
from .._texts import batch as texts
from .._texts.text import LIST_COMMA, Text, join, untranslated
from .calls import Caller
from .costs import SMALLEST_SAMPLE, sample_of
from .errors import InputError, StateError
from .intake import Intake, Unfinished
from .job import AfterRow, Job, RowCaller
from .lines import Lines, is_network_file_system
from .options import Options
from .output import Output
from .progress import LineReporter
from .results import Stop, Summary, summary_of
from .state import State

BUDGET_EXCEEDED = ("budget_exceeded", "The budget was used up before this row was sent.")


def state_path(output: str) -> str:
    """Where the state of an output lies."""
    return f"{output}.state"


def errors_path(output: str) -> str:
    """Where errors go when nothing else is said."""
    if output == "-":
        return "-"
    stem, extension = os.path.splitext(output)
    return f"{stem}.errors{extension or '.jsonl'}"


class Run:
    """One run of a job. Use it as a context manager: it holds the state's lock.

    ``endpoint`` are arguments of a client: where calls go. ``output`` None or ``-`` means a state
    in a temporary folder, which no later run finds. Entering raises InputError and StateError:
    nothing was sent then.
    """

    def __init__(
        self,
        lines: Lines,
        output: Optional[str],
        options: Options,
        *,
        errors: Optional[str] = None,
        reporter: Optional[LineReporter] = None,
        after_row: Optional[AfterRow] = None,
        endpoint: Optional[Dict[str, Any]] = None,
    ) -> None:
        self._options = options
        self._path = output
        self._errors = errors
        self._reporter = reporter
        self._after_row = after_row
        self._endpoint = endpoint or {}
        self._intake = Intake(lines, options)
        self._folder: Optional[str] = None
        self._currency = options.currency or "USD"
        self._last: Optional[int] = None
        self._output: Optional[Output] = None
        self._interrupted = False
        self.job: Optional[Job] = None

    def __enter__(self) -> Run:
        self._check_paths()
        path = self._path
        if path is None or path == "-":
            self._folder = tempfile.mkdtemp(prefix="dsadapter-batch-")
            path = os.path.join(self._folder, "output")
        elif is_network_file_system(os.path.dirname(path) or "."):
            raise StateError(texts.NETWORK_DISK(path=path))
        self.state: State = State(state_path(path), for_run=True, durable=self._options.durable)
        try:
            self._begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    @property
    def _outputs(self) -> List[Tuple[str, Text]]:
        """The files that are written."""
        if self._path is None:
            return []
        errors = self._errors or errors_path(self._path)
        files = [(self._path, texts.THE_OUTPUT), (errors, texts.THE_ERRORS)]
        return [(path, what) for path, what in files if path != "-"]

    def _check_paths(self) -> None:
        """Raise InputError where a file would be written over another one of the job."""
        places = {os.path.realpath(self._intake.path): texts.THE_INPUT}
        for path, what in self._outputs:
            place = os.path.realpath(path)
            if place in places:
                raise InputError(texts.SAME_FILE(path=path, first=places[place], second=what))
            places[place] = what

    def _check_strangers(self) -> None:
        """Raise InputError where a new job would write over what it has not written."""
        for path, _ in self._outputs:
            if os.path.isfile(path) and os.path.getsize(path):
                raise InputError(texts.OUTPUT_EXISTS(path=path))

    def _begin(self) -> None:
        if not self.state.is_loaded and self._folder is None:
            self._check_strangers()
        self._intake.take_over(self.state)
        self._check_prices()
        if self._options.retry_failed:
            self.state.retry_failed()
        if self._options.max_rows is not None:
            self._last = self.state.number_at(self._options.max_rows - 1)
        if self._path is not None:
            self._output = Output(self.state, self._path, self._errors or errors_path(self._path))

    def __exit__(self, *_: Any) -> None:
        try:
            if self._output is not None:
                self._output.close()
        finally:
            self.state.close()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _check_prices(self) -> None:
        unpriced = sorted(name for name in self._intake.models if not _prices.price(name))
        if self._options.budget is not None and unpriced:
            names = join((untranslated(name) for name in unpriced[:5]), LIST_COMMA)
            raise InputError(texts.NO_PRICE(models=names))

    # -- running

    def interrupt(self) -> None:
        """End now; to be called on the event loop."""
        self._interrupted = True
        if self.job is not None:
            self.job.interrupt()

    async def execute(self, client: Any = None, caller: Optional[RowCaller] = None) -> Summary:
        """Send what is unfinished; gives the summary. Raises StorageError, CredentialsError."""
        limiter = new_limiter(self._options.concurrency)
        own_client = None
        if caller is None:
            client = client or (own_client := _new_client(limiter, self._endpoint))
            caller = Caller(client)
            self._currency = self._options.currency or await caller.currency() or "USD"
        try:
            return await self._execute(caller, limiter)
        finally:
            if own_client is not None:
                await own_client.close()

    async def _execute(self, caller: RowCaller, limiter: Limiter) -> Summary:
        self.state.write("currency", self._currency)
        if self._reporter is not None:
            self._reporter.currency = self._currency
        sample = self._sample()
        rows = Unfinished(
            self._intake, self.state, sample, float("inf") if self._last is None else self._last
        )
        job = self.job = Job(
            rows,
            self.state,
            caller,
            self._options,
            limiter,
            reporter=self._reporter,
            advance=None if self._output is None else self._output.advance,
            after_row=self._after_row,
            sample=len(sample),
            mean_size=self._intake.mean_size,
            last=self._last,
        )
        try:
            if self._interrupted:
                job.stop(Stop.INTERRUPTED)
            await job.run()
        finally:
            if self._output is not None:
                at_end = BUDGET_EXCEEDED if job.stopped == Stop.BUDGET else None
                self._output.advance(unfinished_as=at_end)
        return self._summary(job)

    def _sample(self) -> Set[int]:
        """Numbers of the rows that are asked first, none where enough are answered already."""
        counts = self.state.counts(self._last)
        if counts.done + counts.failed >= SMALLEST_SAMPLE:
            return set()
        indexes = sample_of(counts.total)
        return {row[0] for index, row in enumerate(self.state.keys()) if index in indexes}

    def _summary(self, job: Job) -> Summary:
        return summary_of(
            self.state,
            self._currency,
            last=self._last,
            bad_rows=self._intake.bad_rows,
            stopped=job.stopped,
            message=job.message,
            elapsed=monotonic() - job.began,
            estimate=job.first_estimate,
        )


def new_limiter(concurrency: Optional[int]) -> Limiter:
    """The limiter of a run: of a number of calls, or with None one that finds it."""
    if concurrency is not None:
        return Limiter(concurrency, adaptive=False)
    files = file_limit()
    highest = HIGHEST_LIMIT if files is None else min(HIGHEST_LIMIT, max(FIRST_LIMIT, files // 2))
    return Limiter(highest=highest)


def _new_client(limiter: Limiter, endpoint: Dict[str, Any]) -> Any:
    from .._client.async_client import AsyncOpenAI

    return AsyncOpenAI(max_connections=limiter.highest, **endpoint)
