"""Fixtures of the tests of the integrations."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from dsadapter.testing import Emulator


@pytest.fixture(name="emulator")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as server:
        yield server


@pytest.fixture(scope="module")
def shared_gateway() -> Iterator[Any]:
    from gateways import serving

    with Emulator() as server, serving(server) as made:
        yield made


@pytest.fixture()
def gateway(shared_gateway: Any) -> Any:
    """One gateway with the default limits, and an upstream that has forgotten earlier tests."""
    shared_gateway.emulator.clear()
    return shared_gateway
