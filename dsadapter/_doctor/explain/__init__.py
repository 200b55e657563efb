"""Known error texts, as tables: text, cause, what to do."""

from __future__ import annotations

from typing import Tuple

from . import api, environment, generations, network, quirks
from .row import Row

# Of rows that are equally sure the later place in the text wins; of one place the earlier row.
ROWS: Tuple[Row, ...] = (
    *generations.ROWS,
    *environment.ROWS,
    *network.ROWS,
    *api.ROWS,
    *quirks.ROWS,
)
