"""A caller's ``openai.aiosession``: the transport over an aiohttp session that is theirs."""

from __future__ import annotations

from typing import Any, AsyncIterator, Dict, Optional

from ..._errors.tree import (
    APIConnectionError,
    APITimeoutError,
    LegacyAPIConnectionError,
    ServerDisconnectedError,
)
from ..._headers import Headers
from ..base import Operation


class _Reply:
    def __init__(self, response: Any) -> None:
        self.status = int(response.status)
        # aiohttp has undone the content encoding already
        items = [(k, v) for k, v in response.headers.items() if k.lower() != "content-encoding"]
        self.headers = Headers(items)
        self._response = response

    async def chunks(self) -> AsyncIterator[bytes]:
        try:
            async for data in self._response.content.iter_any():
                yield data
        except Exception as err:
            raise _translated(err, reading=True) from err

    async def close(self) -> None:
        self._response.close()

    def abort(self) -> None:
        connection = self._response.connection
        if connection is not None and connection.transport is not None:
            connection.transport.abort()


class AiohttpBackend:
    name = "raw-requests"

    def __init__(self, session: Any, proxies: Optional[Dict[str, str]] = None) -> None:
        self._session = session
        self._proxies = proxies or {}

    async def send(self, op: Operation) -> _Reply:
        import aiohttp

        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=op.connect, connect=op.read, sock_read=op.read
        )
        try:
            response = await self._session.request(
                op.method,
                op.url,
                headers=op.headers,
                data=op.body,
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxies.get("https") or self._proxies.get("http"),
            )
        except Exception as err:
            raise _translated(err) from err
        return _Reply(response)

    async def close(self) -> None:
        """The session is the caller's."""


def _translated(err: Exception, *, reading: bool = False) -> APIConnectionError:
    import asyncio

    names = {cls.__name__ for cls in type(err).__mro__}
    text = str(err) or type(err).__name__
    if isinstance(err, (asyncio.TimeoutError, TimeoutError)):
        return APITimeoutError(f"Request timed out: {text}")
    if reading:
        return LegacyAPIConnectionError(f"The connection broke: {text}")
    if names & {"ServerDisconnectedError", "ConnectionResetError"}:
        return ServerDisconnectedError("The server closed the connection without an answer.")
    return LegacyAPIConnectionError(f"Connection error: {text}")
