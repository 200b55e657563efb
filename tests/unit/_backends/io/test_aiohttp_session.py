"""Sessions of aiohttp of our own; what they are on the wire is in ``test_httpcore.py``."""

from __future__ import annotations

from typing import Any

import pytest

from _backends.io.heads_on_a_wire import Wire, ask, fields
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


def test_no_header_is_added_to_those_of_a_call() -> None:
    """Whether they have all that aiohttp would add, or none of it."""
    wire = Wire([])
    usual = {"Accept": "a/b", "Accept-Encoding": "gzip", "User-Agent": "me", "Content-Type": "c/d"}

    async def use() -> None:
        backend, url = sessions.OwnAiohttpBackend(), f"http://127.0.0.1:{wire.port}/v1"
        for headers in (usual, {}, {name.lower(): value for name, value in usual.items()}):
            await ask(backend, url, headers, method="POST", body=b"{}")
        await backend.close()

    wire.run(use)
    names = [set(fields(head)) - {b"host", b"content-length"} for head in wire.heads]
    assert names[0] == names[2] == {name.lower().encode() for name in usual}
    assert names[1] == set()
