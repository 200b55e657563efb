"""An operation that any transport can send."""

from __future__ import annotations

import pytest

from dsadapter._backends.base import Operation


@pytest.fixture()
def op() -> Operation:
    headers = {"Authorization": "Bearer k"}
    return Operation("POST", "http://127.0.0.1:9/x", headers, b"{}", 5, 5)
