"""Fixtures of the tests of settings."""

from __future__ import annotations

from typing import Any, Dict

import pytest


@pytest.fixture()
def env(monkeypatch: Any) -> Any:
    """Sets environment variables."""

    def put(variables: Dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return put
