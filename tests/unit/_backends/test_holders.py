"""The holders of clients, and of calls that have no client."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dsadapter._backends import holders
from dsadapter._backends.selection import Selection

RAW = Selection("raw-requests", "any reason")


def test_calls_without_a_client_share_one_holder_for_each_backend(monkeypatch: Any) -> None:
    monkeypatch.setattr(holders, "_shared", {})
    shared = holders.shared_sync(RAW)
    assert holders.shared_sync(RAW._replace(reason="another")) is shared
    asynchronous = holders.shared_async(RAW)
    assert holders.shared_async(RAW) is asynchronous

    async def main() -> None:
        backend = asynchronous.backend()
        await holders.close_shared_async()
        assert asynchronous.backend() is not backend

    asyncio.run(main())
    shared.close()


@pytest.mark.parametrize(
    ("connections", "concurrency", "width", "adaptive"),
    [(3, None, 3, False), (3, "auto", 3, True)],
)
def test_the_gate_of_the_settings(
    connections: Any, concurrency: Any, width: int, adaptive: bool
) -> None:
    gate = holders.gate_of(connections, concurrency)()
    assert (gate.width, gate.is_adaptive) == (width, adaptive)


def test_calls_without_a_client_keep_to_the_settings_of_the_module(monkeypatch: Any) -> None:
    monkeypatch.setattr(holders, "_shared", {})
    monkeypatch.setenv("DSADAPTER_MAX_CONCURRENCY", "auto")
    shared = holders.shared_sync(RAW)
    assert shared.backend()._gate.is_adaptive
    shared.close()
