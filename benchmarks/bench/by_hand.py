"""The gateway's yardstick: uvicorn and aiohttp, and as few lines between them as pass bytes on.

    python -m bench.by_hand UPSTREAM PORT

It checks nothing: no token, no limit, no end of a stream, no error.
"""

from __future__ import annotations

import sys
from typing import Any

import aiohttp
import uvicorn

HEADERS = [(b"content-type", b"text/event-stream")]


class Relay:
    def __init__(self, upstream: str) -> None:
        self._upstream = upstream
        self._session: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] == "GET":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"{}"})
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
        url = self._upstream + "/chat/completions"
        headers = {"Authorization": "Bearer any", "Content-Type": "application/json"}
        async with self._session.post(url, data=body, headers=headers) as response:
            start = {"type": "http.response.start", "status": response.status, "headers": HEADERS}
            await send(start)
            async for data in response.content.iter_any():
                await send({"type": "http.response.body", "body": data, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def main() -> None:
    upstream, port = sys.argv[1:]
    uvicorn.run(
        Relay(upstream),
        host="127.0.0.1",
        port=int(port),
        access_log=False,
        lifespan="off",
        log_level="warning",
    )


if __name__ == "__main__":
    main()
