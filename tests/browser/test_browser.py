"""The Streamlit recipe and the gateway's pages in a browser without a network."""

from __future__ import annotations

import socket
from typing import Any, Iterator, List

import pytest
from browsing import SERVE, STREAMLIT_RUN, Page, ask_streamlit, browser_page, chromium, served

from dsadapter.testing import Emulator

pytest.importorskip("playwright", reason="the environment browser has it")
pytestmark = pytest.mark.skipif(not chromium(), reason="there is no Chromium here")

# A web page of the gateway's own origin: what a stream gives, piece by piece.
READ_STREAM = """
async (question) => {
  const response = await fetch("/v1/chat/completions", {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({
      model: "deepseek-flash", stream: true, messages: [{role: "user", content: question}],
    }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const pieces = [];
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return pieces;
    pieces.push(value);
  }
}
"""


@pytest.fixture()
def upstream() -> Iterator[str]:
    with Emulator(chunk_delay=0.3) as server:
        yield server.base_url


@pytest.fixture()
def page() -> Iterator[Page]:
    with browser_page() as opened:
        yield opened


@pytest.fixture()
def port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture()
def gateway(upstream: str, port: int) -> Iterator[str]:
    pytest.importorskip("fastapi")
    with served(SERVE, port, upstream, "/healthz") as url:
        yield url


@pytest.fixture()
def streamlit(upstream: str, port: int) -> Iterator[str]:
    pytest.importorskip("streamlit")
    with served(STREAMLIT_RUN, port, upstream) as url:
        yield url


def assert_well(page: Page) -> None:
    """No error on the console, and nothing was asked for elsewhere."""
    assert page.problems == []
    assert page.addresses
    here = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in page.addresses if not url.startswith(here)] == []


def assert_grew(seen: List[str]) -> None:
    """A part was there before the whole."""
    assert len(seen) > 1, seen
    assert seen[-1].startswith(seen[0].strip())


def test_streamlit(streamlit: str, page: Page) -> None:
    page.tab.goto(streamlit)
    for question in ("Hello", "And again"):
        seen = ask_streamlit(page, question)
        assert_grew(seen)
        whole = f'You wrote: "{question}". This is the emulator, which repeats what reached it.'
        assert seen[-1].strip() == whole
    turns = page.tab.get_by_test_id("stChatMessageContent")
    assert turns.count() == 4
    assert turns.first.inner_text().strip() == "Hello"
    assert_well(page)


def test_a_stream_of_the_gateway(gateway: str, page: Page) -> None:
    page.tab.goto(gateway)
    pieces: Any = page.tab.evaluate(READ_STREAM, "Hello")
    assert len(pieces) > 2
    assert "".join(pieces).endswith("data: [DONE]\n\n")
    assert_well(page)


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_of_the_gateway(gateway: str, page: Page, path: str) -> None:
    page.tab.goto(gateway + path)
    text = page.tab.inner_text("body")
    assert "dsadapter" in text
    assert ("/v1/chat/completions" in text) == (path == "/docs")
    assert_well(page)
