"""Known error texts, as tables: text, cause, what to do."""

from __future__ import annotations

from typing import Tuple

from .row import Row
from .rows import (
    api,
    clients,
    environment,
    generations,
    install,
    keys,
    network,
    program,
    quirks,
    shell,
    statuses,
    vendor_texts,
)

# Of rows that are equally sure the later place in the text wins; of one place the earlier row.
ROWS: Tuple[Row, ...] = (
    *generations.ROWS,
    *clients.ROWS,
    *program.ROWS,
    *keys.ROWS,
    *shell.ROWS,
    *install.ROWS,
    *environment.ROWS,
    *network.ROWS,
    *api.ROWS,
    *vendor_texts.ROWS,
    *statuses.ROWS,
    *quirks.ROWS,
)
