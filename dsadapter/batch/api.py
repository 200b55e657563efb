"""The functions for programs: ``run``, ``arun`` and ``stream``."""

from __future__ import annotations

import asyncio
import os
from typing import Any, AsyncIterator, Iterable, Optional, Union

from .._backends.lifetime import running_loop
from .._console import language
from .lines import Lines
from .options import Budget, Options, Shard
from .progress import new_reporter
from .results import Result, Summary
from .rows import Row
from .runs import Run
from .state import DONE, FAILED, Finished, State

Rows = Union[str, "os.PathLike[str]", Iterable[Any]]

_WAITING_RESULTS = 100  # that nobody has read yet; then the job waits


def options_of(options: Any) -> Options:
    """The keyword arguments as options; ``budget`` and ``shard`` may be texts.

    Raises TypeError for an unknown one, ValueError for a wrong text.
    """
    budget, shard = options.get("budget"), options.get("shard")
    if isinstance(budget, str):
        options["budget"] = Budget.parse(budget)
    if isinstance(shard, str):
        options["shard"] = Shard.parse(shard)
    return Options(**options)


def lines_of(rows: Rows, options: Options) -> Lines:
    """A path is a file of rows, ``-`` standard input; anything else are the rows themselves."""
    if isinstance(rows, (str, os.PathLike)):
        return Lines.of_file(os.fspath(rows), may_be_csv=options.has_plain_prompts)
    return Lines.of_rows(rows)


def run(
    rows: Rows,
    output: Union[str, os.PathLike[str]],
    *,
    errors: Optional[str] = None,
    client: Any = None,
    progress: bool = False,
    **options: Any,
) -> Summary:
    """Ask every row and write the answers to ``output``; run again, it goes on where it ended.

    Args:
        rows: a path (JSONL as in OpenAI's batch files; with ``prompt_field`` or ``template`` also
            CSV or JSONL of fields), or an iterable of prompts, of chat requests as dicts, or of
            dicts as in a file. An iterable is copied to a temporary file first.
        output: the file of the answers; a state lies beside it.
        errors: the file of the rows that failed, by default beside the output.
        client: an AsyncOpenAI; else one by the settings of the environment.
        progress: show it on standard error.
        options: those of :class:`Options`; ``budget="20USD"``, ``shard="3/8"``.

    Raises:
        InputError, StateError: nothing was sent.
        StorageError: the disk is full; run again when there is room.
        CredentialsError: there is no key.

    A row that fails raises nothing: it is in the summary. Works inside a running event loop, too,
    a notebook's for one; there :func:`arun` can be awaited instead.
    """
    coroutine = arun(rows, output, errors=errors, client=client, progress=progress, **options)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def arun(
    rows: Rows,
    output: Union[str, os.PathLike[str]],
    *,
    errors: Optional[str] = None,
    client: Any = None,
    progress: bool = False,
    **options: Any,
) -> Summary:
    """As :func:`run`, on the running event loop of asyncio."""
    running_loop()
    reporter = new_reporter(language()) if progress else None
    settings = options_of(options)
    lines = lines_of(rows, settings)
    path = os.fspath(output)
    try:
        with Run(lines, path, settings, errors=errors, reporter=reporter) as job:
            return await job.execute(client)
    finally:
        if reporter is not None:
            reporter.close()


async def stream(
    rows: Rows,
    output: Union[str, os.PathLike[str], None] = None,
    *,
    client: Any = None,
    **options: Any,
) -> AsyncIterator[Result]:
    """The results as they come, failed rows too; with ``output`` they are also written, and those
    of an earlier run come first. Arguments and errors as :func:`run`.

    Who reads slowly slows the job; who stops reading ends it.
    """
    running_loop()
    settings = options_of(options)
    lines = lines_of(rows, settings)
    results: asyncio.Queue[Optional[Result]] = asyncio.Queue(_WAITING_RESULTS)

    async def deliver(row: Row, finished: Finished) -> None:
        await results.put(Result.of_line(row.number, finished.line))

    path = None if output is None else os.fspath(output)
    with Run(lines, path, settings, after_row=deliver) as job:
        for result in earlier(job.state):
            yield result
        task = asyncio.ensure_future(_until_end(job, client, results))
        try:
            result_or_end = await results.get()
            while result_or_end is not None:
                yield result_or_end
                result_or_end = await results.get()
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _until_end(job: Run, client: Any, results: asyncio.Queue[Optional[Result]]) -> None:
    """Run the job and then mark the end of its results; not where nobody reads them any more."""
    failure: Optional[Exception] = None
    try:
        await job.execute(client)
    except Exception as err:
        failure = err
    await results.put(None)
    if failure is not None:
        raise failure


def earlier(state: State) -> Iterable[Result]:
    """The results that a state has already."""
    number = 0
    while True:
        rows = state.answers_after(number)
        if not rows:
            return
        for number, _, row_state, line in rows:  # noqa: B007  # the next read begins behind it
            if row_state in (DONE, FAILED) and line:
                yield Result.of_line(number, line)
