"""In an environment of the product, writes what the run has seen to DSADAPTER_MATRIX_RESULTS.

That folder is tests/matrix/results if nothing is said. With DSADAPTER_MATRIX_RESUME a run ends at
once whose result is there already: of this very code, whole and without a failure.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from compat_matrix.product import BY_NAME
from compat_matrix.results import is_done
from recording import Recording, source

NAME = os.environ.get("TOX_ENV_NAME", "")
FOLDER = os.environ.get("DSADAPTER_MATRIX_RESULTS") or Path(__file__).parent / "results"
RESUME = os.environ.get("DSADAPTER_MATRIX_RESUME")


def pytest_configure(config: Any) -> None:
    if NAME not in BY_NAME:
        return
    path = Path(FOLDER) / f"{NAME}.json"
    if RESUME and is_done(path, source()):
        pytest.exit(f"{path} is there", 0)
    config.pluginmanager.register(Recording(path))
