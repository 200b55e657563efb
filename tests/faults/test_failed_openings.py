"""A stream that could not be opened leaves nothing that complains when it is collected."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator, List

import pytest
from test_heads import COLUMNS, Client, new_legacy_session
from wire_server import CLOSE, WireServer, answer

import dsadapter

OPENINGS = {
    "refused": [answer(b'{"error": {"message": "no"}}', "400 Bad Request")],
    "closed": [CLOSE],
    "half-a-head": [b"HTTP/1.1 200 OK\r\nContent-Type: text", CLOSE],
    "moved": [answer(b"", "302 Found", "Location: /elsewhere")],
    "blank": [answer(b"")],
    "no-stream": [answer(b"<html>")],
}


@pytest.fixture(name="complaints")
def collected_complaints(monkeypatch: Any) -> Iterator[List[Any]]:
    complaints: List[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda event: complaints.append(event.exc_value))
    yield complaints


@pytest.mark.parametrize("opening", list(OPENINGS))
@pytest.mark.parametrize("column", COLUMNS, ids="-".join)
def test_a_stream_that_does_not_open(column: Any, opening: str, complaints: List[Any]) -> None:
    new_legacy_session()
    with WireServer(lambda number, of_connection: OPENINGS[opening]) as server:
        client = Client(column, server.url, max_retries=0)
        with pytest.raises(dsadapter.APIError):
            consume(client, client.call(stream=True))
        client.close()
    new_legacy_session()
    gc.collect()
    assert complaints == []


def consume(client: Client, stream: Any) -> None:
    if client.mode == "sync":
        for _ in stream:
            pass
    else:
        client.run(_all_of(stream))


async def _all_of(stream: Any) -> None:
    async for _ in stream:
        pass


@pytest.mark.parametrize("cls", [dsadapter.Stream, dsadapter.AsyncStream])
def test_a_stream_that_was_not_even_made(cls: Any, complaints: List[Any]) -> None:
    """By a subclass, say, whose ``__init__`` fails first."""
    stream = cls.__new__(cls)
    del stream
    gc.collect()
    assert complaints == []


def test_nothing_of_ours_is_deprecated_python() -> None:
    """Every module is imported with warnings as errors; what an SDK or an extra lacks is not."""
    program = (
        "import importlib, pkgutil, dsadapter\n"
        "for module in pkgutil.walk_packages(dsadapter.__path__, 'dsadapter.'):\n"
        "    if '.site.' in module.name or module.name.endswith('__main__'):\n"
        "        continue\n"
        "    try:\n"
        "        importlib.import_module(module.name)\n"
        "    except ImportError:\n"
        "        pass\n"
    )
    root = str(Path(dsadapter.__file__).resolve().parents[1])
    command = [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning:openai", "-c"]
    done = subprocess.run([*command, program], cwd=root, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
