"""Which HTTP library carries the async calls of raw-requests: what is installed decides."""

from __future__ import annotations

from typing import Optional, Set

from .. import detection
from .proxies import Proxies

# What is installed and turned out to be of no use when it was loaded.
broken: Set[str] = set()


def async_library(proxies: Optional[Proxies] = None) -> str:
    """ "aiohttp" where it is there and speaks to these proxies (those of the environment) as httpx
    does, which it does over http:// alone; else :func:`httpx_library`."""
    if "aiohttp" in broken or not detection.is_installed("aiohttp"):
        return httpx_library()
    proxies = Proxies.of_environment() if proxies is None else proxies
    return "aiohttp" if proxies.are_all("http") else httpx_library()


def httpx_library() -> str:
    """httpx2 where it is there: it lets go of connections of cancelled calls, and is faster."""
    return "httpx2" if detection.is_installed("httpx2") else "httpx"
