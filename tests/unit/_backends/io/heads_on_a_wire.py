"""A wire that answers on loopback, and the backends on connections of our own that ask there."""

from __future__ import annotations

import asyncio
import re
import ssl
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple

import httpx

from dsadapter._backends.base import Operation
from dsadapter._backends.io.httpcore import HttpcoreBackend
from dsadapter._backends.io.httpx import AsyncHttpxBackend, own_client
from dsadapter._backends.io.proxies import Proxies

CERTIFICATE = str(Path(__file__).parents[3] / "faults" / "loopback.pem")
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
HEADERS = {"Accept": "application/json", "User-Agent": "test", "Accept-Encoding": "gzip"}


def by_client() -> Any:
    """httpx's own client: what the others are on the wire."""
    return AsyncHttpxBackend(own_client(httpx, "AsyncClient"), 1)


def by_connections() -> Any:
    return HttpcoreBackend(httpx, Proxies.of_environment())


def by_aiohttp() -> Any:
    from dsadapter._backends.io.aiohttp_session import OwnAiohttpBackend

    return OwnAiohttpBackend()


class Wire:
    """Answers on loopback; ``heads`` has what was asked, ``answers`` what is said in turn. With
    ``closes`` each connection ends behind its first answer, which does not say so."""

    closes = False

    def __init__(self, answers: List[bytes], tls: Optional[ssl.SSLContext] = None) -> None:
        self.heads: List[bytes] = []
        self.answers, self.tls, self.port = answers, tls, 0

    async def serve(self, reader: Any, writer: Any) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                await reader.readexactly(int(length.group(1)) if length else 0)
                writer.write(self.answers.pop(0) if self.answers else WHOLE)
                if self.closes:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):  # the client has left
            pass
        finally:
            writer.close()

    def run(self, use: Callable[[], Awaitable[Any]]) -> Any:
        async def main() -> Any:
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=self.tls)
            self.port = server.sockets[0].getsockname()[1]
            try:
                return await asyncio.wait_for(use(), 20)
            finally:
                server.close()
                await asyncio.sleep(0.05)  # its connections end

        return asyncio.run(main())


async def ask(
    backend: Any,
    url: str,
    headers: Dict[str, str] = HEADERS,
    *,
    method: str = "GET",
    body: Optional[bytes] = None,
) -> Tuple[int, bytes]:
    reply = await backend.send(Operation(method, url, headers, body, 5.0, 5.0))
    content = b"".join([data async for data in reply.chunks()])
    await reply.close()
    return reply.status, content


def fields(head: bytes) -> Dict[bytes, bytes]:
    """The header fields of a request, but for the library's own choice of ``Connection``."""
    lines = (line.partition(b": ") for line in head.strip().split(b"\r\n")[1:])
    found = {name.lower(): value for name, _, value in lines}
    found.pop(b"connection", None)
    return found


def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context
