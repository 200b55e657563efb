"""One transport for each HTTP library: every async path asks as often as the others do.

A server on loopback counts what it is asked, and answers as badly as the test wants.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any, Awaitable, Callable, List, Optional

import pytest
from sample_calls import CALL
from scripted import REPLY

import dsadapter
from dsadapter._call import steps

BODY = json.dumps(REPLY).encode()
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(
    BODY
)
GOOD += BODY
UNREADABLE = b"SSH-2.0-OpenSSH_9.6\r\n\r\n"

# From the number of a connection and of a request on it to bytes; None hangs up.
Answers = Callable[[int, int], Optional[bytes]]


class Server:
    """Answers on loopback; ``asked`` has (connection, request on it) for each request."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: List[Any] = []
        self.connections = 0

    async def serve(self, reader: Any, writer: Any) -> None:
        self.connections += 1
        connection, number = self.connections, 0
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                await reader.readexactly(int(length.group(1)) if length else 0)
                number += 1
                self.asked.append((connection, number))
                answer = self.answers(connection, number)
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):  # the client has left
            pass
        finally:
            writer.close()


# --- the paths -----------------------------------------------------------------------------------

Ask = Callable[[], Awaitable[Any]]


async def by_client(base: str, use: Callable[[Ask], Awaitable[None]]) -> None:
    async with dsadapter.AsyncOpenAI(api_key="k", base_url=base) as client:
        await use(lambda: client.chat.completions.create(**CALL))


async def by_module(base: str, use: Callable[[Ask], Awaitable[None]]) -> None:
    await use(lambda: dsadapter.ChatCompletion.acreate(api_key="k", api_base=base, **CALL))


async def by_session(base: str, use: Callable[[Ask], Awaitable[None]]) -> None:
    import aiohttp

    async with aiohttp.ClientSession() as session:
        token = dsadapter.aiosession.set(session)
        try:
            await by_module(base, use)
        finally:
            dsadapter.aiosession.reset(token)


@pytest.fixture(params=["auto", "raw-requests"])
def backend(request: Any, monkeypatch: Any) -> str:
    monkeypatch.setenv("DSADAPTER_BACKEND", request.param)
    return str(request.param)


@pytest.fixture(params=[by_client, by_module, by_session], ids=lambda path: path.__name__)
def path(request: Any, backend: str, monkeypatch: Any) -> Any:
    if request.param is by_session:
        pytest.importorskip("aiohttp", reason="aiohttp is not installed here")

    async def no_pause(step: Any, call: Any) -> None:
        pass

    monkeypatch.setattr(steps.Sleep, "arun", no_pause)
    return request.param


def asked(
    path: Any, answers: Answers, use: Callable[[Ask], Awaitable[None]], max_retries: int = 2
) -> List[Any]:
    """What the server is asked while ``use`` calls."""
    server = Server(answers)
    vars(dsadapter)["max_retries"] = max_retries

    async def main() -> None:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        host, port = listening.sockets[0].getsockname()
        try:
            await path(f"http://{host}:{port}", use)
        finally:
            listening.close()

    asyncio.run(asyncio.wait_for(main(), 20))
    return server.asked


# --- what each path does -------------------------------------------------------------------------


def test_an_unreadable_head_is_asked_for_once(path: Any) -> None:
    """An answer began: the work may be billed."""

    async def use(ask: Ask) -> None:
        with pytest.raises(dsadapter.APIConnectionError, match="head of the answer"):
            await ask()

    assert asked(path, lambda connection, number: UNREADABLE, use) == [(1, 1)]


def test_an_unreadable_head_on_a_kept_connection_is_asked_for_once(path: Any) -> None:
    async def use(ask: Ask) -> None:
        await ask()
        with pytest.raises(dsadapter.APIConnectionError, match="head of the answer"):
            await ask()

    def answers(connection: int, number: int) -> bytes:
        return GOOD if (connection, number) == (1, 1) else UNREADABLE

    assert asked(path, answers, use) == [(1, 1), (1, 2)]


@pytest.mark.parametrize(("max_retries", "last"), [(0, []), (1, [(2, 1)]), (2, [(2, 1), (3, 1)])])
def test_a_request_that_was_read_on_a_kept_connection_costs_retries(
    path: Any, max_retries: int, last: List[Any]
) -> None:
    """It may have been worked on: only what was not written whole is free."""

    async def use(ask: Ask) -> None:
        await ask()
        with pytest.raises(dsadapter.APIConnectionError):
            await ask()

    def answers(connection: int, number: int) -> Optional[bytes]:
        return GOOD if (connection, number) == (1, 1) else None

    assert asked(path, answers, use, max_retries=max_retries) == [(1, 1), (1, 2), *last]


def test_a_new_connection_that_is_hung_up_on_costs_retries(path: Any) -> None:
    async def use(ask: Ask) -> None:
        with pytest.raises(dsadapter.APIConnectionError):
            await ask()

    def answers(connection: int, number: int) -> None:
        return None

    assert asked(path, answers, use, max_retries=0) == [(1, 1)]
    assert asked(path, answers, use, max_retries=2) == [(1, 1), (2, 1), (3, 1)]
