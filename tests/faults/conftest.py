"""What the tests of this folder share."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Iterator

import pytest
from columns import COLUMNS, Column, new_legacy_session


@pytest.fixture(params=COLUMNS, ids="-".join)
def column(request: Any, monkeypatch: Any) -> Iterator[Column]:
    monkeypatch.setattr(import_module("dsadapter._call.retries"), "FIRST_WAIT", 0.001)
    new_legacy_session()
    yield request.param
    new_legacy_session()
