"""Which HTTP library async calls go through, and what ``selection().io`` says of it."""

from __future__ import annotations

import asyncio
from typing import Any, Set

import pytest

import dsadapter
from dsadapter._backends import detection, raw_requests
from dsadapter._backends.io import libraries
from dsadapter._backends.io.proxies import Proxies

NONE = Proxies({})


@pytest.fixture()
def having(monkeypatch: Any) -> Any:
    """``having("aiohttp")``: these are installed, beside httpx."""
    monkeypatch.setattr(libraries, "broken", set())

    def install(*names: str) -> None:
        monkeypatch.setattr(detection, "is_installed", lambda name: name in {"httpx", *names})

    return install


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        ({"aiohttp"}, "aiohttp"),
        ({"aiohttp", "httpx2"}, "aiohttp"),
        ({"httpx2"}, "httpx2"),
        (set(), "httpx"),
    ],
)
def test_the_quickest_that_is_there(having: Any, installed: Set[str], expected: str) -> None:
    having(*installed)
    assert libraries.async_library(NONE) == expected


@pytest.mark.parametrize("proxy", ["socks5://one:1", "https://one:1"])
def test_a_proxy_that_aiohttp_does_not_know_is_left_to_httpx(having: Any, proxy: str) -> None:
    having("aiohttp")
    assert libraries.async_library(Proxies({"https": proxy})) == "httpx"
    assert libraries.async_library(Proxies({"https": "http://one:1"})) == "aiohttp"


def test_the_selection_says_it(having: Any, monkeypatch: Any) -> None:
    having("aiohttp")
    assert dsadapter.selection("raw-requests").io == ("requests", "aiohttp")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://one:1")
    assert dsadapter.selection("raw-requests").io == ("requests", "httpx")


def test_the_library_of_a_client_is_the_one_that_is_said() -> None:
    name = dsadapter.selection("raw-requests").io[1]
    backend: Any = raw_requests.async_backend()
    assert (backend._library.__name__ if hasattr(backend, "_library") else "aiohttp") == name
    asyncio.run(backend.close())


def test_an_aiohttp_that_cannot_be_imported_is_passed_over(having: Any, monkeypatch: Any) -> None:
    import sys

    having("aiohttp")
    monkeypatch.setitem(sys.modules, "dsadapter._backends.io.aiohttp_session", None)
    backend: Any = raw_requests.async_backend()
    assert backend._library.__name__ == "httpx"
    assert dsadapter.selection("raw-requests").io == ("requests", "httpx")
    asyncio.run(backend.close())
