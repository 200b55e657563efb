"""The figures of the first screen, for both languages."""

from __future__ import annotations

from collections import Counter
from typing import Dict, List, NamedTuple, Tuple

from . import product, tables
from .results import Result, Results


class Figures(NamedTuple):
    """Of the results of the latest code; ``earlier`` counts the others."""

    measured: int
    works: int
    with_sdk: int
    alone: int
    passed: int
    failed: int
    dates: Tuple[str, ...]
    platforms: str
    earlier: int
    asked: int  # capabilities that every one of them was asked
    commands: str
    due: Dict[str, int]  # how many have no result of this code, by Python
    absent: List[str]  # Pythons without any result

    def days(self, to: str) -> str:
        """The day, or the first and the last."""
        return to.join(dict.fromkeys((self.dates[0], self.dates[-1])))


def of(results: Results) -> Figures:
    """What these results come to."""
    rows = results.current
    alone = [tables.native_works(row) for row in rows if row.environment.sdk.has_sdk]
    seen = {row.environment.python for row in results.rows}
    done = {row.environment for row in rows}
    return Figures(
        measured=len(rows),
        works=sum(map(tables.adapter_works, rows)),
        with_sdk=len(alone),
        alone=sum(alone),
        passed=sum(row.total("passed") for row in rows),
        failed=sum(row.total("failed") for row in rows),
        dates=tuple(sorted(row.date for row in rows)),
        platforms=", ".join(sorted({row.data["python"]["platform"] for row in rows})),
        earlier=len(results.rows) - len(rows),
        asked=min(len(row.data["dsadapter"]) for row in rows),
        commands=_commands(rows),
        due=dict(Counter(r.python for r in product.REQUIRED if r.python in seen and r not in done)),
        absent=[python for python in product.PYTHONS if python not in seen],
    )


def _commands(rows: List[Result]) -> str:
    """What was typed, without the names."""
    said = {row.data["command"].replace(row.environment.name, "NAME") for row in rows}
    return ", ".join(f"`{command}`" for command in sorted(said))
