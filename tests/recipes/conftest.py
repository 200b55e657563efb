"""The server that answers the recipes."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from dsadapter.testing import Emulator


@pytest.fixture()
def emulator(monkeypatch: Any) -> Iterator[Emulator]:
    """It answers this process, and those that inherit its environment."""
    with Emulator() as server:
        monkeypatch.setenv("DSADAPTER_OFFLINE_URL", server.base_url)
        yield server
