"""Inputs, an emulator, and runs."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
from batch_samples import line

from dsadapter import _prices, batch
from dsadapter.batch.lines import Lines
from dsadapter.batch.options import Options
from dsadapter.batch.runs import Run
from dsadapter.testing.emulator import Emulator


@pytest.fixture(autouse=True)
def off_peak(monkeypatch: Any) -> None:
    """Prices do not depend on the hour in which the tests run."""
    days = (date.today() + timedelta(days=number) for number in (-1, 0, 1, 2))
    monkeypatch.setattr(_prices, "holidays", set(days))


@pytest.fixture
def emulator(monkeypatch: Any) -> Iterator[Emulator]:
    with Emulator() as started:
        monkeypatch.setenv("DEEPSEEK_BASE_URL", started.base_url)
        monkeypatch.setenv("DEEPSEEK_API_KEY", "k")
        yield started


@pytest.fixture
def write() -> Callable[..., str]:
    """Write an input of rows, texts or dicts; gives its path."""

    def write(*rows: Any, name: str = "in.jsonl") -> str:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        Path(name).write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")
        return name

    return write


@pytest.fixture
def rows(write: Any) -> Callable[[int], str]:
    """An input with so many rows r1, r2 ..."""
    return lambda count: write(*(line(number + 1) for number in range(count)))  # type: ignore[no-any-return]


@pytest.fixture
def run() -> Callable[..., batch.Summary]:
    """Run a job with a caller."""

    def run(
        path: str, calls: Any, output: str = "out.jsonl", reporter: Any = None, **options: Any
    ) -> batch.Summary:
        settings = Options(**options)
        lines = Lines.of_file(path, may_be_csv=settings.has_plain_prompts)
        with Run(lines, output, settings, reporter=reporter) as job:
            return asyncio.run(job.execute(caller=calls))

    return run
