"""What is run, and in which order: what says most comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Collection, List, Sequence, Tuple

from . import product
from .product import Environment
from .results import is_done

#: The two ends of each Python, then the rest: a run that ends early has seen the extremes.
FIRST_SDKS = ("newest", "openai0.28.1", "none", "lowest-modern", "lowest-legacy", "openai1.0.0")
FIRST_PYTHONS = ("3.13", "3.8", "3.12", "3.9", "3.11", "3.10", "3.14")
_PLACES = {row: place for place, row in enumerate(product.ENVIRONMENTS)}


def order(rows: Sequence[Environment]) -> List[Environment]:
    """The extremes of every Python first."""
    return sorted(rows, key=_rank)


def _rank(row: Environment) -> Tuple[int, int, int]:
    ids = (*FIRST_SDKS, row.sdk.id)
    return ids.index(row.sdk.id), FIRST_PYTHONS.index(row.python), _PLACES[row]


def due(folder: Path, source: str, pythons: Collection[str], names: Sequence[str]) -> List[str]:
    """The environments to run: asked for by name, or all, without a whole result of this code."""
    rows = [product.BY_NAME[name] for name in names] or list(product.ENVIRONMENTS)
    ready = [row for row in rows if row.python in pythons]
    return [row.name for row in order(ready) if not is_done(folder / f"{row.name}.json", source)]
