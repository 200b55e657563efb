"""Sessions of aiohttp of our own; what they are on the wire is in ``test_httpcore.py``."""

from __future__ import annotations

from typing import Any

import pytest

from _backends.io.heads_on_a_wire import Wire, ask
from dsadapter._backends.io.proxies import Proxies

pytest.importorskip("aiohttp", reason="aiohttp is not installed here")
sessions: Any = pytest.importorskip("dsadapter._backends.io.aiohttp_session")


def test_timeouts_are_those_of_the_operation() -> None:
    timeout = sessions._timeout(2.0, 30.0)
    assert (timeout.total, timeout.sock_connect, timeout.sock_read) == (None, 2.0, 30.0)
    assert timeout.connect == 32.0
    assert sessions._timeout(None, 30.0).connect is None


def test_proxies_that_are_named_count_alone(monkeypatch: Any) -> None:
    wire = Wire([])

    async def use() -> Any:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        backend = sessions.OwnAiohttpBackend(Proxies({"http": f"127.0.0.1:{wire.port}"}))
        outcome = await ask(backend, "http://far.invalid/v1")
        await backend.close()
        return outcome

    assert wire.run(use) == (200, b"{}")
