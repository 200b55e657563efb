"""requests as a transport: proxies of the environment, exceptions, replies."""

from __future__ import annotations

import socket
from typing import Any

import pytest

import dsadapter
from dsadapter.testing import Emulator

CALL = {"model": "deepseek-flash", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def test_a_proxy_that_comes_and_goes(monkeypatch: Any, closed_port: int) -> None:
    """requests looks at every call; so does a client that remembers what it saw."""
    with Emulator() as emulator, dsadapter.OpenAI(
        api_key="sk-x", base_url=emulator.base_url, backend="raw-requests", max_retries=0
    ) as client:
        client.chat.completions.create(**CALL)
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port}")
        with pytest.raises(dsadapter.APIConnectionError, match="proxy"):
            client.chat.completions.create(**CALL)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        client.chat.completions.create(**CALL)
        monkeypatch.delenv("no_proxy")
        monkeypatch.delenv("http_proxy")
        client.chat.completions.create(**CALL)
        assert len(emulator.requests) == 3
