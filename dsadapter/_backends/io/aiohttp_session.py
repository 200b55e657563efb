"""Sessions of aiohttp of our own, and the backend that is the quickest for many calls at once."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib import import_module
from typing import Any, Dict, Iterable, Optional
from urllib.parse import quote, urlsplit

import aiohttp
from yarl import URL

from ..base import Operation
from .aiohttp import AiohttpReply, request_body, translated
from .aiohttp_connections import ConnectionTrace, OwnConnector, current_trace
from .libraries import httpx_library
from .proxies import Proxies

CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
# What aiohttp adds where an operation has no such header: nothing, as the others do.
_NOT_ADDED = frozenset(("Accept", "Accept-Encoding", "Content-Type", "User-Agent"))


def own_session(not_added: Iterable[str] = _NOT_ADDED) -> aiohttp.ClientSession:
    """A session that leaves bodies encoded, and whose connections note how they end; it adds no
    header of these names."""
    session = aiohttp.ClientSession(
        auto_decompress=False,
        connector=OwnConnector(),
        cookie_jar=aiohttp.CookieJar(unsafe=True),  # of hosts without a name, too: as httpx
        skip_auto_headers=not_added,
    )
    session._retry_connection = False  # aiohttp itself asks twice for a GET
    return session


_LEGAL = "-._~:/?[]@!$&'()*+,;=%"  # beside letters and digits, in a URL that is sent


@lru_cache(maxsize=128)
def _url(url: str) -> URL:
    """The URL as aiohttp takes it: what can be sent as it is stays so, %2F and all, the rest is
    escaped as httpx does it."""
    parts = urlsplit(url)
    if not parts.netloc.isascii():  # a name in letters of its own
        return URL(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return URL(origin + quote(url[len(origin) :].partition("#")[0], safe=_LEGAL), encoded=True)


@lru_cache(maxsize=128)
def _timeout(connect: Optional[float], read: Optional[float]) -> aiohttp.ClientTimeout:
    """The two of an operation; ``connect`` of aiohttp's bounds what has no limit of its own: to
    look up a name, and what a proxy takes to answer."""
    whole = None if connect is None or read is None else connect + read
    return aiohttp.ClientTimeout(total=None, connect=whole, sock_connect=connect, sock_read=read)


class OwnAiohttpBackend:
    """``raw-requests`` over a session of our own, for one event loop."""

    name = "raw-requests"
    pool_size = float(sys.maxsize)  # a session costs the same with any number of connections

    def __init__(self, proxies: Optional[Proxies] = None) -> None:
        """``proxies`` of the environment, as it is now, where none are given."""
        self._proxies = Proxies.of_environment() if proxies is None else proxies
        self._session: Optional[aiohttp.ClientSession] = None  # is made on its event loop
        self._tls: Dict[str, Any] = {}
        if any(map(os.environ.get, CERTIFICATE_VARIABLES)):  # a wrong one is told at once
            self._tls_options()

    async def send(self, op: Operation) -> AiohttpReply:
        """Answers when the response headers are there."""
        session, trace = self._session or self._open(), ConnectionTrace()
        current_trace.set(trace)
        try:
            response = await session.request(
                op.method,
                _url(op.url),
                headers=op.headers,
                data=request_body(op),
                timeout=_timeout(op.connect, op.read),
                allow_redirects=False,
                proxy=self._proxies.proxy_for(op.url),
                skip_auto_headers=None if op.headers.keys() >= _NOT_ADDED else _NOT_ADDED,
                **(self._tls_options() if op.url.startswith("https:") else {}),
            )
        except Exception as err:
            raise translated(err, reused=not trace.opened) from err
        return AiohttpReply(response, decoded=False)

    def _open(self) -> aiohttp.ClientSession:
        self._session = own_session(())  # a request says itself what is not added
        return self._session

    def _tls_options(self) -> Dict[str, Any]:
        """The certificates that httpx (httpx2, where it is there) trusts; read once, as it does."""
        if not self._tls:
            from .httpx import certificates

            self._tls = {"ssl": certificates(import_module(httpx_library()))}
        return self._tls

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            await self._session.close()
