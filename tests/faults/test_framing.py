"""A body that breaks the framing of its chunks ends the call, whatever packets it comes in."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Iterator, List

import pytest
from columns import HANGS, Client, Column, outcome
from wire_server import CLOSE, HOLD, TEXT, WireServer

import dsadapter
from dsadapter.testing.callers import KEY, USER

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
FIRST = b"%x\r\n%s" % (60, TEXT[:60])  # without its line end
PACKETS = {
    "one": lambda broken: [HEAD + FIRST + b"\r\n" + broken],
    "behind the head": lambda broken: [HEAD, FIRST + b"\r\n" + broken],
    "behind the text": lambda broken: [HEAD + FIRST, b"\r\n" + broken],
    "behind the chunk": lambda broken: [HEAD + FIRST + b"\r\n", broken],
    "five": lambda broken: [HEAD, FIRST, b"\r\n", broken[:1], broken[1:]],
}


def served(packets: List[bytes], ending: str) -> WireServer:
    """Each request is answered so."""

    def script(number: int, of_connection: int) -> Iterator[Any]:
        for packet in packets:
            yield packet
            time.sleep(0.02)  # or the next might come with it
        yield ending

    return WireServer(script)


def end(column: Column, packets: List[bytes], ending: str) -> Any:
    """The error of a call that is answered so."""
    with served(packets, ending) as server:
        return outcome(Client(column, server.url, max_retries=0))


def broken(size: bytes) -> bytes:
    return size + b"\r\n" + TEXT[60:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize("ending", [CLOSE, HOLD])
@pytest.mark.parametrize("packets", PACKETS)
def test_a_size_that_is_none_ends_the_call_at_once(
    column: Column,
    packets: str,
    ending: str,
) -> None:
    err = end(column, PACKETS[packets](broken(b"+f3")), ending)
    assert isinstance(err, dsadapter.APIConnectionError), repr(err)
    assert not isinstance(err, dsadapter.APITimeoutError)


@pytest.mark.parametrize("size", [b"-0009", b"0x5", b"1_0", b"zz", b"\xff"], ids=repr)
def test_no_number_in_other_words_is_a_size(column: Column, size: bytes) -> None:
    err = end(column, PACKETS["behind the text"](broken(size)), CLOSE)
    assert isinstance(err, dsadapter.APIConnectionError), repr(err)


@pytest.mark.parametrize("packets", PACKETS)
def test_over_a_client_on_aiohttp(packets: str) -> None:
    """The SDK's own call over this client waits for ever (openai 3.57.0, aiohttp 3.14.5)."""
    openai = pytest.importorskip("openai")
    try:
        asyncio.run(openai.DefaultAioHttpClient().aclose())
    except (AttributeError, RuntimeError):
        pytest.skip("an SDK without aiohttp, or without what it needs for that")

    async def call(url: str) -> None:
        async with openai.DefaultAioHttpClient() as http_client, dsadapter.AsyncOpenAI(
            KEY, base_url=url, http_client=http_client, max_retries=0
        ) as client:
            await client.chat.completions.create(model="deepseek-flash", messages=USER)

    with served(PACKETS[packets](broken(b"+f3")), CLOSE) as server:
        with pytest.raises(dsadapter.APIConnectionError, match="(?i)chunk size"):
            asyncio.run(asyncio.wait_for(call(server.url), HANGS))
