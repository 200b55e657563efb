"""An operation that any transport can send."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dsadapter._backends.base import Operation

sys.path.append(str(Path(__file__).resolve().parents[3] / "faults"))  # its scripted server


@pytest.fixture()
def op() -> Operation:
    headers = {"Authorization": "Bearer k"}
    return Operation("POST", "http://127.0.0.1:9/x", headers, b"{}", 5, 5)
