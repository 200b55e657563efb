"""``python -m dsadapter batch``: many prompts from a file; and what became of them."""

from __future__ import annotations

import argparse
import asyncio
import json
import shlex
import signal
import sys
from typing import Any, List

from .. import _console
from .._errors.tree import OpenAIError
from .._texts import batch as texts
from ..batch import output as outputs
from ..batch.errors import BatchError, InputError, StateError
from ..batch.lines import Lines
from ..batch.progress import new_reporter
from ..batch.results import Summary, summary_of
from ..batch.runs import Run, errors_path, state_path
from ..batch.state import State
from .batch_arguments import merge_parser, options_of, output_parser, run_parser
from .batch_plan import plan
from .batch_report import report
from .common import check_model, endpoint_arguments, fail, plain_warnings, say_whose_key, upstream
from .problem import Problem


def main(argv: List[str], command: str) -> int:
    """Run a job, or ``status``, ``export``, ``merge``; gives the exit code: 0 every row done,
    1 some failed or the job was stopped, 2 usage or unreadable input, 130 interrupted."""
    parts = {"status": _status, "export": _export, "merge": _merge}
    part = parts.get(argv[0]) if argv else None
    language = _console.language(_console.language_argument(argv))
    try:
        return _run(argv) if part is None else part(argv[1:])
    except BatchError as err:
        _console.let_go()  # of what `-o -` could not write
        _console.line(err.text.say(language), sys.stderr)
        return 2 if isinstance(err, (InputError, StateError)) else 1
    except Problem as problem:
        _console.line(problem.text.say(language), sys.stderr)
        return 2


# --- a job ---------------------------------------------------------------------------------------


def _run(argv: List[str]) -> int:
    parser = run_parser()
    arguments = parser.parse_args(argv)
    try:
        return _job(arguments, argv)
    except BatchError:
        raise
    except OpenAIError as err:
        command = " ".join(["batch", *map(shlex.quote, argv)])
        return fail(err, _console.language(arguments.lang), arguments, command)


def _job(arguments: argparse.Namespace, argv: List[str]) -> int:
    language = _console.language(arguments.lang)
    options = options_of(arguments)
    lines = Lines.of_file(arguments.input, may_be_csv=options.has_plain_prompts)
    if arguments.dry_run:
        return plan(lines, options, arguments.output, language)
    if options.model is None and options.has_plain_prompts:
        check_model(arguments)
    reporter = new_reporter(language)
    try:
        with plain_warnings(), upstream(arguments.offline), Run(
            lines,
            arguments.output,
            options,
            errors=arguments.errors,
            reporter=reporter,
            endpoint=endpoint_arguments(arguments),
        ) as run:
            say_whose_key(arguments, language)
            summary = _execute(run)
    finally:
        reporter.close()
    _show(summary, arguments, language, argv)
    return summary.exit_code


def _execute(run: Run) -> Summary:
    """Run to the end, or to the first Ctrl-C; a second one kills."""

    async def interruptible() -> Summary:
        loop = asyncio.get_running_loop()

        def interrupt(*_: Any) -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            loop.call_soon_threadsafe(run.interrupt)

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            return await run.execute()
        finally:
            signal.signal(signal.SIGINT, before)

    return asyncio.run(interruptible())


def _show(summary: Summary, arguments: argparse.Namespace, language: str, argv: List[str]) -> None:
    if arguments.json:
        stream = sys.stderr if arguments.output == "-" else sys.stdout
        _console.line(json.dumps(summary.to_dict(), ensure_ascii=False), stream)
        return
    errors = arguments.errors or errors_path(arguments.output)
    for text in report(summary, argv, arguments.output, errors):
        _console.line(text.say(language), sys.stderr)


# --- what became of it ---------------------------------------------------------------------------


def _status(argv: List[str]) -> int:
    arguments = output_parser("status").parse_args(argv)
    state = State(state_path(arguments.output), for_run=False)
    try:
        running = state.is_running()
        live = state.read("live") or [0, 0]
        summary = summary_of(state, arguments.currency or state.read("currency") or "USD")
    finally:
        state.close()
    if arguments.json:
        data = {**summary.to_dict(), "running": running}
        data.update(zip(("in_flight", "limit"), live if running else (0, 0)))
        _console.line(json.dumps(data, ensure_ascii=False))
        return 0
    language = _console.language(arguments.lang)
    head = texts.RUNNING(in_flight=live[0], limit=live[1]) if running else texts.NOT_RUNNING
    for text in (head, *report(summary)):
        _console.line(text.say(language))
    return 0


def _export(argv: List[str]) -> int:
    parser = output_parser("export")
    arguments = parser.parse_args(argv)
    state = State(state_path(arguments.output), for_run=False)
    try:
        done, failed = outputs.export(state, arguments.to, arguments.errors)
    finally:
        state.close()
    text = texts.EXPORTED(done=done, failed=failed)
    _console.line(text.say(_console.language(arguments.lang)), sys.stderr)
    return 0


def _merge(argv: List[str]) -> int:
    arguments = merge_parser().parse_args(argv)
    count = outputs.merge(arguments.outputs, arguments.to)
    _console.line(texts.MERGED(count=count).say(_console.language(arguments.lang)))
    return 0
