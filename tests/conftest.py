"""Every test owns the process: a clean environment, no settings left behind, loopback only."""

from __future__ import annotations

import os
import socket
import sys
from importlib import import_module
from typing import Any, Iterator, List

import pytest

import dsadapter
from dsadapter._backends import selection
from dsadapter._call import prepare
from dsadapter._settings.providers import is_loopback
from dsadapter._settings.table import CANONICAL

try:
    import hypothesis
except ImportError:  # the tests of the integrations need none
    pass
else:  # `pytest --hypothesis-profile=default` looks further, with other examples each time
    hypothesis.settings.register_profile(
        "repeatable",
        derandomize=True,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("repeatable")

VARIABLES = ("OPENAI_", "AZURE_OPENAI_", "DEEPSEEK_", "DSADAPTER_")
VARIABLES += ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
KEPT = ("DSADAPTER_EXPECT_BACKEND", "DSADAPTER_BASELINE", "DSADAPTER_TEST_")


def pytest_report_header() -> List[str]:
    import importlib.metadata as metadata

    names = ("openai", "httpx", "httpx2", "pydantic", "requests", "aiohttp")
    known = {dist.metadata["Name"]: dist.version for dist in metadata.distributions()}
    versions = [f"{name} {known[name]}" for name in names if name in known]
    return [f"dsadapter: {', '.join(versions)}", f"backend: {dsadapter.selection().name}"]


@pytest.fixture(autouse=True)
def clean(monkeypatch: Any, tmp_path: Any) -> Iterator[None]:
    """No variable, setting, .env or earlier finding of this machine reaches a test."""
    for name in list(os.environ):
        if name.upper().startswith(VARIABLES) and not name.startswith(KEPT):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    prepare._announced.clear()
    broken = dict(selection.broken)
    yield
    selection.broken.clear()
    selection.broken.update(broken)
    for name in CANONICAL:
        vars(dsadapter).pop(name, None)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: Any) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            raise AssertionError(f"a test connects to {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture()
def fresh_detection(monkeypatch: Any) -> None:
    """What is detected is looked up anew (tests change sys.path and sys.modules)."""
    monkeypatch.setattr(import_module("dsadapter._backends.detection"), "_last", (None, None))


assert sys.version_info >= (3, 8)
